//! A city's returns (本市填报). Whoever may read anywhere in the city reads the whole return: its rows are public facts,
//! and the filer's number is masked.

use chrono::Datelike as _;
use kernel::calendar::Calendar;
use kernel::{Ctx, Fault, Pii};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::rows::{directory_return, return_event, return_reminder};
use crate::rules::calendar::{Schedule, schedule};
use crate::rules::returns::{ReturnStatus, return_id};
use crate::{policy, records};

/// The filer (填报人).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filer {
    /// The name.
    pub name: Pii<String>,
    /// The telephone number, as people write it.
    pub phone: Pii<String>,
}

/// A return as it is shown (填报详情).
#[derive(Clone)]
pub struct ReturnView {
    /// The row, perhaps not written yet.
    pub row: directory_return::Model,
    /// Its status.
    pub status: ReturnStatus,
    /// Its calendar.
    pub schedule: Schedule,
    /// Its filer, once frozen.
    pub filer: Option<Filer>,
    /// What happened, the latest first.
    pub events: Vec<return_event::Model>,
    /// Which reminders were sent, in working days before.
    pub sent: Vec<u32>,
}

/// The filer of the last snapshot, opened.
pub async fn filer(ctx: &Ctx, row: &directory_return::Model) -> Result<Option<Filer>, Fault> {
    let (Some(name), Some(phone)) = (&row.filer, &row.filer_phone) else { return Ok(None) };
    let ring = ctx.keys().await?;
    let open = |column: &str, sealed: &[u8]| ring.open("directory_return", column, row.id, sealed);
    Ok(Some(Filer { name: open("filer", name)?, phone: open("filer_phone", phone)? }))
}

async fn may_read(ctx: &Ctx) -> Result<(), Fault> {
    if ctx.tenant().is_platform() {
        return Err(Fault::NotFound);
    }
    ctx.reach(&policy::READ).await.map(|_| ())
}

/// The city's first report, where it has a day of its own.
pub async fn first_report(ctx: &Ctx) -> Result<records::FirstReport, Fault> {
    may_read(ctx).await?;
    records::first_report(&ctx.scope()).await
}

/// The return of `year`; not found before the city's first report and more than a year ahead.
pub async fn directory_return(ctx: &Ctx, year: i32) -> Result<ReturnView, Fault> {
    may_read(ctx).await?;
    let scope = ctx.scope();
    let row = match records::load(&scope, year).await? {
        Some(row) => row,
        None if year <= ctx.today().year() + 1 => records::blank(year, ctx.now()),
        None => return Err(Fault::NotFound),
    };
    views(ctx, vec![row]).await?.pop().ok_or(Fault::NotFound)
}

/// A return by its id.
pub async fn directory_return_by_id(ctx: &Ctx, id: Uuid) -> Result<ReturnView, Fault> {
    may_read(ctx).await?;
    let row = directory_return::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    views(ctx, vec![row]).await?.pop().ok_or(Fault::NotFound)
}

/// All returns that were begun, and this year's; the latest first.
pub async fn directory_returns(ctx: &Ctx) -> Result<Vec<ReturnView>, Fault> {
    may_read(ctx).await?;
    let mut rows =
        directory_return::Entity::find().order_by_desc(directory_return::Column::Year).all(&ctx.scope()).await?;
    let this_year = ctx.today().year();
    if rows.iter().all(|row| row.year != this_year) {
        rows.push(records::blank(this_year, ctx.now()));
        rows.sort_by_key(|row| std::cmp::Reverse(row.year));
    }
    views(ctx, rows).await
}

/// Three statements, however many returns.
async fn views(ctx: &Ctx, rows: Vec<directory_return::Model>) -> Result<Vec<ReturnView>, Fault> {
    let scope = ctx.scope();
    let first = records::first_report(&scope).await?.due_on;
    let events = events(&scope, &rows).await?;
    let sent = sent(&scope, &rows).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(schedule) = schedule(Calendar::standard(), row.year, first) else { continue };
        let status = records::standing(&row)?.status;
        let filer = if status == ReturnStatus::Open { None } else { filer(ctx, &row).await? };
        views.push(ReturnView {
            status,
            schedule,
            filer,
            events: events.iter().filter(|event| event.return_id == row.id).cloned().collect(),
            sent: sent.iter().filter(|(year, _)| *year == row.year).map(|(_, days)| *days).collect(),
            row,
        });
    }
    Ok(views)
}

/// What happens to a snapshot, in its order.
const LIFE: [&str; 6] = ["FROZEN", "UNFROZEN", "SUBMITTED", "DELIVERED", "RETURNED", "ACCEPTED"];

async fn events<C: ConnectionTrait>(
    db: &C,
    rows: &[directory_return::Model],
) -> Result<Vec<return_event::Model>, Fault> {
    let mut events = return_event::Entity::find()
        .filter(return_event::Column::ReturnId.is_in(rows.iter().map(|row| return_id(row.year))))
        .all(db)
        .await?;
    // Within one moment, the order in which a snapshot lives.
    let stage = |kind: &str| LIFE.iter().position(|known| *known == kind);
    events.sort_by_key(|event| std::cmp::Reverse((event.at, event.version_no, stage(&event.kind))));
    Ok(events)
}

async fn sent<C: ConnectionTrait>(db: &C, rows: &[directory_return::Model]) -> Result<Vec<(i32, u32)>, Fault> {
    let sent = return_reminder::Entity::find()
        .filter(return_reminder::Column::Year.is_in(rows.iter().map(|row| row.year)))
        .all(db)
        .await?;
    Ok(sent.into_iter().filter_map(|row| Some((row.year, u32::try_from(row.days_before).ok()?))).collect())
}
