//! Watching the clocks (限时办结): each morning what has one working day left gets its yellow mark, what is late its red one, and
//! letters go to the owner, then to the supervisors.

use std::collections::BTreeMap;

use kernel::calendar::Calendar;
use kernel::jobs::{JobEnd, JobRun};
use kernel::{Ctx, Fault, Never, Stop, Tx, Words};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::kinds::CaseEventKind;
use crate::mail::{self, Line, Mark};
use crate::rows::case_event;
use crate::rows::case_file::{Column, Entity, Model};
use crate::rules::clock;
use crate::store::officials::{self, Reader, Supervisor};
use crate::store::timeline;
use crate::{case_kind, policy};

/// Cases of one transaction.
const AT_ONCE: u64 = 200;

/// Runs each morning in every city (预警和超时标记).
pub(crate) async fn watch_clocks(run: JobRun) -> Result<JobEnd, Fault> {
    let late = mark_all(&run.ctx, Mark::Breached).await?;
    let nearly = mark_all(&run.ctx, Mark::Warned).await?;
    let word = (late + nearly > 0).then(|| {
        Words::new(
            format!("预警 {nearly} 件，超时 {late} 件"),
            format!("{nearly} with one working day left, {late} overdue"),
        )
    });
    Ok(JobEnd::Done(word))
}

/// Marks everything that is due for this mark; how many cases.
pub(crate) async fn mark_all(ctx: &Ctx, mark: Mark) -> Result<usize, Fault> {
    let Some(due) = due(ctx, mark) else { return Ok(0) };
    // On most mornings there is nothing to mark, and nothing to record.
    if Entity::find().filter(due.clone()).one(&ctx.scope()).await?.is_none() {
        return Ok(0);
    }
    let mut all = 0;
    loop {
        let due = due.clone();
        let marked: Result<usize, Stop<Never>> =
            ctx.transact(&policy::WATCH, |tx| async move { Ok(mark_some(&tx, mark, due).await?) }).await;
        let marked = marked.map_err(Stop::into_fault)?;
        all += marked;
        if u64::try_from(marked).unwrap_or(u64::MAX) < AT_ONCE {
            return Ok(all);
        }
    }
}

/// The cases that get the mark today; none on a day on which it is not given.
fn due(ctx: &Ctx, mark: Mark) -> Option<Condition> {
    let (calendar, today) = (Calendar::standard(), ctx.today());
    let open = Condition::all().add(Column::ClosedAt.is_null());
    match mark {
        Mark::Warned => {
            let (from, to) = clock::warned_on(calendar, today);
            Some(open.add(Column::WarnedAt.is_null()).add(Column::DueOn.gte(from)).add(Column::DueOn.lte(to)))
        }
        Mark::Breached => clock::marks_breaches(calendar, today)
            .then(|| open.add(Column::BreachedAt.is_null()).add(Column::DueOn.lt(today))),
    }
}

async fn mark_some(tx: &Tx, mark: Mark, due: Condition) -> Result<usize, Fault> {
    // Held, so that nobody decides a case between the look at it and its mark.
    let rows = Entity::find().filter(due).order_by_asc(Column::Id).limit(AT_ONCE).lock_exclusive().all(tx).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let now = tx.ctx().now();
    let (column, kind) = match mark {
        Mark::Warned => (Column::WarnedAt, CaseEventKind::Warned),
        Mark::Breached => (Column::BreachedAt, CaseEventKind::Breached),
    };
    Entity::update_many()
        .col_expr(column, Expr::value(now))
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    let entries = rows.iter().map(|row| timeline::entry(tx.ctx(), row.id, kind));
    case_event::Entity::insert_many(entries).exec_without_returning(tx).await?;
    let letters = write_letters(tx, mark, &rows).await?;
    tx.note("mark", kind.code());
    tx.note("cases", rows.len());
    tx.note("letters", letters);
    Ok(rows.len())
}

/// One letter to each who hears of some of these cases; how many letters.
async fn write_letters(tx: &Tx, mark: Mark, rows: &[Model]) -> Result<usize, Fault> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.owner_id).collect();
    let owners = officials::readers(tx, &ids).await?;
    let supervisors = officials::supervisors(tx).await?;
    let mut letters: BTreeMap<Uuid, (Reader, Vec<Line>)> = BTreeMap::new();
    for row in rows {
        let heard = hearers(mark, row, &owners, &supervisors);
        if heard.is_empty() {
            tracing::warn!(tenant = tx.ctx().tenant().code, reference = row.reference, "nobody can be told of a case");
        }
        let Some(kind) = case_kind::known(tx.ctx().kernel(), &row.kind) else { continue };
        for reader in heard {
            let lines = &mut letters.entry(reader.id).or_insert_with(|| (reader.clone(), Vec::new())).1;
            lines.push(Line::of(row, &kind));
        }
    }
    for (reader, lines) in letters.values() {
        tx.mail(mail::marked(reader, mark, lines)).await?;
    }
    Ok(letters.len())
}

/// Who hears of a case: its owner, and of what is late the supervisors as well; the supervisors alone where no owner can be
/// written to.
fn hearers<'a>(mark: Mark, row: &Model, owners: &'a [Reader], supervisors: &'a [Supervisor]) -> Vec<&'a Reader> {
    let mut heard: Vec<&Reader> = owners.iter().filter(|owner| Some(owner.id) == row.owner_id).collect();
    if heard.is_empty() || mark == Mark::Breached {
        let theirs = |county: &Option<String>| county.is_none() || *county == row.county;
        heard.extend(supervisors.iter().filter(|(_, county)| theirs(county)).map(|(reader, _)| reader));
    }
    heard.sort_by_key(|reader| reader.id);
    heard.dedup_by_key(|reader| reader.id);
    heard
}
