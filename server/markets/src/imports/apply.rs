//! The write of an import (导入写库): all rows in the one transaction that is given, in bulk.

use std::collections::{BTreeMap, HashMap};

use kernel::{Fault, Tx};
use people::Agencies;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, IntoActiveModel as _, Iterable as _};
use uuid::Uuid;

use super::desired::{Existing, desired};
use super::issue::Staged;
use super::store;
use crate::kinds::{ImportAction, MarketStatus};
use crate::rows::{import_row, market, market_event};
use crate::rules::changes::{Before, changed};
use crate::rules::describe::Described;
use crate::store::parts::{Parts, clear};
use crate::store::{annotations, history, market as rows, slug};

/// Rows of the widest table in one statement: `SQLite` takes 32,766 values.
const WIDE: usize = 500;

/// What is written, and in whose name.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The file, named in the history of each market.
    pub file_name: &'a str,
    /// Who asked for the import.
    pub asker: Option<String>,
}

/// Writes settled rows: new markets as drafts, changed ones under their next version. Bad and unchanged rows write
/// nothing. Gives the number of markets made and changed.
pub async fn write(
    tx: &Tx,
    staged: &mut [Staged],
    existing: &[Existing],
    sheet: &Sheet<'_>,
) -> Result<(i32, i32), Fault> {
    let ctx = tx.ctx().clone();
    let known: HashMap<Uuid, &Existing> = existing.iter().map(|market| (market.row.id, market)).collect();
    let mut made: Vec<(usize, Described)> = Vec::new();
    let mut changed: Vec<(&Existing, Described)> = Vec::new();
    for (at, row) in staged.iter().enumerate() {
        let market = row.row.market_id.and_then(|id| known.get(&id).copied());
        let wanted = || {
            let wanted = desired(&row.row, market, &ctx.tenant().code, ctx.today());
            wanted.map_err(|flaw| {
                tracing::error!(?flaw, row = row.row.row_no, "a settled row is not accepted");
                Fault::internal("import a settled row")
            })
        };
        match (row.row.action, market) {
            (ImportAction::Create, _) => made.push((at, wanted()?)),
            (ImportAction::Update, Some(market)) => changed.push((market, wanted()?)),
            _ => {}
        }
    }
    let mut parts = Parts::default();
    let agencies = rows::agencies(tx, changed.iter().map(|(_, wanted)| wanted)).await?;
    let mut touched = create(tx, staged, &made, &mut parts).await?;
    touched.extend(update(tx, &agencies, &changed, &mut parts).await?);
    parts.write(tx).await?;
    remember(tx, touched, sheet).await?;
    link(tx, staged).await?;
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    Ok((count(made.len()), count(changed.len())))
}

/// New markets: drafts, because listing is an act of its own.
async fn create(
    tx: &Tx,
    staged: &mut [Staged],
    made: &[(usize, Described)],
    parts: &mut Parts,
) -> Result<Vec<Touched>, Fault> {
    let ctx = tx.ctx();
    let mut counties: BTreeMap<&str, Vec<&(usize, Described)>> = BTreeMap::new();
    for one in made {
        counties.entry(&one.1.located.county).or_default().push(one);
    }
    let mut markets = Vec::with_capacity(made.len());
    let mut ids = Vec::with_capacity(made.len());
    for (county, ones) in counties {
        let count = i64::try_from(ones.len()).unwrap_or_default();
        let first = slug::take(tx, county, count).await?;
        for ((at, wanted), number) in ones.into_iter().zip(first..) {
            let id = ctx.new_id();
            markets.push(rows::fresh(ctx, id, slug::of(county, number), MarketStatus::Draft, wanted));
            parts.add(ctx, id, wanted).await?;
            staged[*at].row.market_id = Some(id);
            ids.push((id, None));
        }
    }
    store::insert::<market::Entity>(tx, markets).await?;
    Ok(ids)
}

/// A market that was made or changed, and the fields that changed.
type Touched = (Uuid, Option<String>);

/// Changed markets: each row is there and held, so that the insert always meets it and only the update happens. One
/// statement for hundreds of markets instead of one each.
async fn update(
    tx: &Tx,
    agencies: &Agencies,
    changed: &[(&Existing, Described)],
    parts: &mut Parts,
) -> Result<Vec<Touched>, Fault> {
    let ctx = tx.ctx();
    let kept = |column: &market::Column| {
        matches!(
            column,
            market::Column::Id
                | market::Column::Slug
                | market::Column::Status
                | market::Column::StatusReason
                | market::Column::ListedOn
                | market::Column::CreatedAt
        )
    };
    let over = OnConflict::column(market::Column::Id)
        .update_columns(market::Column::iter().filter(|column| !kept(column)))
        .to_owned();
    let ids: Vec<Uuid> = changed.iter().map(|(market, _)| market.row.id).collect();
    clear(tx, &ids, false).await?;
    for some in changed.chunks(WIDE) {
        let models = some.iter().map(|(market, wanted)| {
            let row = &market.row;
            market::ActiveModel {
                id: Set(row.id),
                version: Set(row.version + 1),
                slug: Set(row.slug.clone()),
                status: Set(row.status),
                status_reason: Set(row.status_reason.clone()),
                listed_on: Set(row.listed_on),
                created_at: Set(row.created_at),
                updated_at: Set(ctx.now()),
                agency: Set(rows::agency_of(agencies, wanted)),
                ..rows::described(wanted)
            }
        });
        market::Entity::insert_many(models).on_conflict(over.clone()).exec_without_returning(tx).await?;
    }
    let mut annotated = Vec::new();
    for (market, wanted) in changed {
        parts.add(ctx, market.row.id, wanted).await?;
        if wanted.public_interest && market.row.status == MarketStatus::Listed {
            annotated.push(market.row.id);
        }
    }
    annotations::ensure(tx, &annotated).await?;
    Ok(changed.iter().map(|(market, wanted)| (market.row.id, Some(fields(market, wanted)))).collect())
}

/// The fields that change, as an amendment names them.
fn fields(market: &Existing, wanted: &Described) -> String {
    let (services, contacts) = (wanted.services.clone(), Vec::new());
    let before = Before { row: &market.row, trades: market.trades.clone(), services, contacts };
    changed(&before, wanted).join(" ")
}

/// An entry in the history of each market that was made or changed.
async fn remember(tx: &Tx, markets: Vec<Touched>, sheet: &Sheet<'_>) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let entries = markets.into_iter().map(|(id, fields)| market_event::ActiveModel {
        actor: Set(sheet.asker.clone()),
        fields: Set(fields),
        ..history::entry(ctx, id, "imported", Some(sheet.file_name.to_owned()))
    });
    store::insert::<market_event::Entity>(tx, entries.collect()).await
}

/// Writes down which market each row became.
async fn link(tx: &Tx, staged: &[Staged]) -> Result<(), Fault> {
    let over = OnConflict::columns([import_row::Column::ImportId, import_row::Column::RowNo])
        .update_columns([import_row::Column::MarketId, import_row::Column::Action, import_row::Column::Good])
        .to_owned();
    for some in staged.chunks(WIDE) {
        let models = some.iter().map(|row| row.row.clone().into_active_model());
        // A whole model's values count as unchanged and would be left out.
        let models = models.map(sea_orm::ActiveModelTrait::reset_all);
        import_row::Entity::insert_many(models).on_conflict(over.clone()).exec_without_returning(tx).await?;
    }
    Ok(())
}
