//! Imports in the store (导入存取): in bulk, a few statements for thousands of rows.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entities::{blob, job};
use kernel::{Ctx, Fault, Tx};
use people::LicenceState;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, IntoActiveModel as _, Iterable as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;

use super::desired::Existing;
use super::issue::{Issue, Staged};
use super::settle::Tally;
use crate::kinds::{ImportStatus, MarketStatus};
use crate::rows::{cell_issue, directory_import, import_row, market, market_hours, market_trade};
use crate::rules::spans::Span;
use crate::rules::trades::Trade;
use crate::store::market as rows;

/// Values of one statement; `SQLite` takes 32,766.
const VALUES: usize = 30_000;
/// Keys looked up in one statement.
const KEYS: usize = 500;

/// Inserts many rows in as few statements as the back ends take.
pub async fn insert<E>(tx: &Tx, rows: Vec<E::ActiveModel>) -> Result<(), Fault>
where
    E: EntityTrait,
    E::ActiveModel: sea_orm::ActiveModelTrait<Entity = E>,
{
    let at_once = (VALUES / E::Column::iter().count().max(1)).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(at_once).collect();
        E::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Writes rows and their issues.
pub async fn write(tx: &Tx, import: Uuid, staged: &[Staged]) -> Result<(), Fault> {
    let rows = staged.iter().map(|s| s.row.clone().into_active_model()).collect();
    insert::<import_row::Entity>(tx, rows).await?;
    let issues: Vec<&Issue> = staged.iter().flat_map(|s| &s.issues).collect();
    write_issues(tx, import, &issues).await
}

/// Writes issues; their order among those of a row is kept.
pub async fn write_issues(tx: &Tx, import: Uuid, issues: &[&Issue]) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let mut last = (0, 0);
    let rows = issues.iter().map(|issue| {
        last = if last.0 == issue.row_no { (last.0, last.1 + 1) } else { (issue.row_no, 0) };
        cell_issue::ActiveModel {
            id: Set(ctx.new_id()),
            import_id: Set(import),
            row_no: Set(issue.row_no),
            position: Set(last.1),
            column_name: Set(issue.column.clone()),
            column_title: Set(issue.title.clone()),
            value: Set(issue.value.clone()),
            code: Set(issue.code.clone()),
            is_error: Set(issue.is_error),
            message_zh: Set(issue.message.zh.clone()),
            message_en: Set(issue.message.en.clone()),
            hint_zh: Set(issue.hint.zh.clone()),
            hint_en: Set(issue.hint.en.clone()),
        }
    });
    insert::<cell_issue::Entity>(tx, rows.collect()).await
}

/// Takes rows and issues of an import away: a job that begins again begins with nothing.
pub async fn clear(tx: &Tx, import: Uuid) -> Result<(), Fault> {
    cell_issue::Entity::delete_many().filter(cell_issue::Column::ImportId.eq(import)).exec(tx).await?;
    import_row::Entity::delete_many().filter(import_row::Column::ImportId.eq(import)).exec(tx).await?;
    Ok(())
}

/// Replaces some rows of an import, issues included.
pub async fn replace(tx: &Tx, import: Uuid, staged: &[Staged]) -> Result<(), Fault> {
    for some in staged.chunks(KEYS) {
        let numbers = || some.iter().map(|s| s.row.row_no);
        cell_issue::Entity::delete_many()
            .filter(cell_issue::Column::ImportId.eq(import))
            .filter(cell_issue::Column::RowNo.is_in(numbers()))
            .exec(tx)
            .await?;
        import_row::Entity::delete_many()
            .filter(import_row::Column::ImportId.eq(import))
            .filter(import_row::Column::RowNo.is_in(numbers()))
            .exec(tx)
            .await?;
    }
    write(tx, import, staged).await
}

/// Rows of an import with their issues, narrowed down by `only`.
pub async fn staged(db: &impl ConnectionTrait, import: Uuid, only: sea_orm::Condition) -> Result<Vec<Staged>, Fault> {
    let rows = import_row::Entity::find()
        .filter(import_row::Column::ImportId.eq(import))
        .filter(only)
        .order_by_asc(import_row::Column::RowNo)
        .all(db)
        .await?;
    let mut issues: HashMap<i32, Vec<Issue>> = HashMap::new();
    for some in rows.chunks(KEYS) {
        for issue in issues_of(db, import, some.iter().map(|row| row.row_no)).await? {
            issues.entry(issue.row_no).or_default().push(issue);
        }
    }
    Ok(rows.into_iter().map(|row| Staged { issues: issues.remove(&row.row_no).unwrap_or_default(), row }).collect())
}

/// The issues of some rows, in order.
pub async fn issues_of(
    db: &impl ConnectionTrait,
    import: Uuid,
    rows: impl Iterator<Item = i32>,
) -> Result<Vec<Issue>, Fault> {
    let found = cell_issue::Entity::find()
        .filter(cell_issue::Column::ImportId.eq(import))
        .filter(cell_issue::Column::RowNo.is_in(rows))
        .order_by_asc(cell_issue::Column::RowNo)
        .order_by_asc(cell_issue::Column::Position)
        .all(db)
        .await?;
    Ok(found.into_iter().map(Issue::from).collect())
}

/// The markets that rows may be: those of the same names, delisted ones left out.
pub async fn existing(db: &impl ConnectionTrait, staged: &[Staged], today: NaiveDate) -> Result<Vec<Existing>, Fault> {
    let mut found = Vec::new();
    for some in names(staged).chunks(KEYS) {
        found.extend(called(some).order_by_asc(market::Column::Id).all(db).await?);
    }
    with_parts(db, found, today).await
}

/// The same, held until the end of the transaction: their hours and trades are read once nobody can change them.
pub async fn existing_held(tx: &Tx, staged: &[Staged]) -> Result<Vec<Existing>, Fault> {
    let mut ids: Vec<Uuid> = Vec::new();
    for some in names(staged).chunks(KEYS) {
        ids.extend(called(some).select_only().column(market::Column::Id).into_tuple::<Uuid>().all(tx).await?);
    }
    let mut held = rows::hold(tx, ids).await?;
    // What was delisted before it was held is out. What was renamed fits no row any more.
    held.retain(|row| row.status != MarketStatus::Delisted);
    with_parts(tx, held, tx.ctx().today()).await
}

fn names(staged: &[Staged]) -> Vec<&str> {
    let names: BTreeSet<&str> = staged.iter().filter_map(|s| s.row.name_key.as_deref()).collect();
    names.into_iter().collect()
}

fn called(names: &[&str]) -> Select<market::Entity> {
    market::Entity::find()
        .filter(market::Column::NameKey.is_in(names.iter().copied()))
        .filter(market::Column::Status.ne(MarketStatus::Delisted))
}

async fn with_parts(
    db: &impl ConnectionTrait,
    rows: Vec<market::Model>,
    today: NaiveDate,
) -> Result<Vec<Existing>, Fault> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut hours, mut trades) = parts(db, &ids).await?;
    let numbers: Vec<String> = rows.iter().filter_map(|row| row.licence_no.clone()).collect();
    let licences = people::licences_numbered(db, &numbers, today).await?;
    let existing = rows.into_iter().map(|row| Existing {
        hours: hours.remove(&row.id).unwrap_or_default(),
        trades: trades.remove(&row.id).unwrap_or_default(),
        licence: row.licence_no.as_deref().map_or(LicenceState::Unknown, |number| licences.of(number)),
        row,
    });
    Ok(existing.collect())
}

type Grouped<T> = HashMap<Uuid, Vec<T>>;

/// Hours and trades of some markets.
pub async fn parts(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<(Grouped<Span>, Grouped<Trade>), Fault> {
    let (mut hours, mut trades): (Grouped<Span>, Grouped<Trade>) = (HashMap::new(), HashMap::new());
    for some in ids.chunks(KEYS) {
        let of = || some.iter().copied();
        let rows = market_hours::Entity::find().filter(market_hours::Column::MarketId.is_in(of())).all(db).await?;
        for row in rows {
            hours.entry(row.market_id).or_default().push(Span::from(&row));
        }
        let rows = market_trade::Entity::find()
            .filter(market_trade::Column::MarketId.is_in(of()))
            .order_by_asc(market_trade::Column::Position)
            .all(db)
            .await?;
        for row in rows {
            let trade = row.code.map(Trade::Known).or_else(|| row.name.map(Trade::Other));
            trades.entry(row.market_id).or_default().extend(trade);
        }
    }
    for spans in hours.values_mut() {
        spans.sort_unstable();
    }
    Ok((hours, trades))
}

/// Writes the counts of an import, as they stand among its rows.
pub async fn tally(tx: &Tx, import: Uuid) -> Result<Tally, Fault> {
    let actions = import_row::Entity::find()
        .select_only()
        .column(import_row::Column::Action)
        .filter(import_row::Column::ImportId.eq(import))
        .into_tuple()
        .all(tx)
        .await?;
    let tally = Tally::of(actions.iter());
    directory_import::Entity::update_many()
        .set(counts(&tally))
        .filter(directory_import::Column::Id.eq(import))
        .exec(tx)
        .await?;
    Ok(tally)
}

/// The counts as columns.
pub fn counts(tally: &Tally) -> directory_import::ActiveModel {
    directory_import::ActiveModel {
        row_count: Set(tally.rows),
        good_rows: Set(tally.good),
        bad_rows: Set(tally.bad()),
        created: Set(tally.created),
        updated: Set(tally.updated),
        unchanged: Set(tally.unchanged),
        ..directory_import::ActiveModel::default()
    }
}

/// Moves an import from one of some states to another, and says whether it was in one of them: the one place where two
/// who are at work on an import meet.
pub async fn advance(
    tx: &Tx,
    import: Uuid,
    from: &[ImportStatus],
    mut change: directory_import::ActiveModel,
    to: ImportStatus,
) -> Result<bool, Fault> {
    change.status = Set(to);
    let done = directory_import::Entity::update_many()
        .set(change)
        .col_expr(directory_import::Column::Version, next_version())
        .filter(directory_import::Column::Id.eq(import))
        .filter(directory_import::Column::Status.is_in(from.iter().copied()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The version after this one.
pub fn next_version() -> Expr {
    use sea_orm::ExprTrait as _;
    Expr::col(directory_import::Column::Version).add(1)
}

/// The state an import is really in: one whose job was cancelled or given up does not stay at work for ever.
pub fn standing(import: &directory_import::Model, job: Option<&job::Model>) -> ImportStatus {
    match (import.status, job.map(|job| job.status.as_str())) {
        (ImportStatus::Reading | ImportStatus::Applying, Some("CANCELLED")) => ImportStatus::Cancelled,
        (ImportStatus::Reading | ImportStatus::Applying, Some("FAILED")) => ImportStatus::Failed,
        (status, _) => status,
    }
}

/// An import with its job.
pub async fn load(db: &impl ConnectionTrait, id: Uuid) -> Result<(directory_import::Model, ImportStatus), Fault> {
    let import = directory_import::Entity::find_by_id(id).one(db).await?.ok_or(Fault::NotFound)?;
    let job = match import.job_id {
        Some(job) => job::Entity::find_by_id(job).one(db).await?,
        None => None,
    };
    let standing = standing(&import, job.as_ref());
    Ok((import, standing))
}

/// Keeps a file until `until`.
pub async fn keep(tx: &Tx, file: Uuid, until: chrono::DateTime<chrono::Utc>) -> Result<(), Fault> {
    blob::Entity::update_many()
        .col_expr(blob::Column::ExpiresAt, Expr::value(until))
        .filter(blob::Column::Id.eq(file))
        .exec(tx)
        .await?;
    Ok(())
}

/// Runs CPU work on a thread of its own, so that other requests go on.
pub async fn apart<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::of(what))
}

/// The user name of whoever asked for the import, for the history of markets.
pub async fn asker(ctx: &Ctx, import: &directory_import::Model) -> Result<Option<String>, Fault> {
    let Some(id) = import.created_by else { return Ok(None) };
    let account = entities::account::Entity::find_by_id(id).one(&ctx.scope()).await?;
    Ok(account.map(|account| account.username))
}
