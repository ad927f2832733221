//! Reminding (提醒填报): 30, 10, 3 and 1 working days before the day reminded for, each once, by mail.

use chrono::Datelike as _;
use kernel::calendar::Calendar;
use kernel::jobs::{JobEnd, JobRun};
use kernel::{Ctx, Fault, Never, Stop, Tx, Words};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use crate::rows::return_reminder;
use crate::rules::calendar::{Schedule, reminder_due, schedule, working_days_left};
use crate::rules::returns::return_id;
use crate::{mail, policy, records};

/// Runs once a day in every city.
pub async fn remind_filers(run: JobRun) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    if ctx.tenant().is_platform() {
        return Ok(JobEnd::Done(None));
    }
    let this_year = ctx.today().year();
    let mut letters = 0;
    // A first report early in a year is reminded of in the year before.
    for year in [this_year, this_year + 1] {
        letters += remind_of(ctx, year).await?;
    }
    Ok(JobEnd::Done(
        (letters > 0)
            .then(|| Words::new(format!("已发出提醒邮件 {letters} 封"), format!("{letters} letters sent to remind"))),
    ))
}

/// Reminds of one year; how many letters went out.
pub async fn remind_of(ctx: &Ctx, year: i32) -> Result<usize, Fault> {
    let scope = ctx.scope();
    let first = records::first_report(&scope).await?.due_on;
    let Some(schedule) = schedule(Calendar::standard(), year, first) else { return Ok(0) };
    if let Some(row) = records::load(&scope, year).await?
        && !records::standing(&row)?.status.is_with_city()
    {
        return Ok(0);
    }
    if reminder_due(&schedule, &sent(&scope, year).await?, ctx.today()).is_none() {
        return Ok(0);
    }
    let sent: Result<usize, Stop<Never>> =
        ctx.transact(&policy::REMIND, |tx| async move { Ok(send(&tx, &schedule).await?) }).await;
    sent.map_err(Stop::into_fault)
}

async fn sent<C: sea_orm::ConnectionTrait>(db: &C, year: i32) -> Result<Vec<u32>, Fault> {
    let rows = return_reminder::Entity::find().filter(return_reminder::Column::Year.eq(year)).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| u32::try_from(row.days_before).ok()).collect())
}

async fn send(tx: &Tx, schedule: &Schedule) -> Result<usize, Fault> {
    let ctx = tx.ctx();
    tx.about("DirectoryReturn", return_id(schedule.year));
    // Asked again inside: another process may have been faster.
    let Some(stage) = reminder_due(schedule, &sent(tx, schedule.year).await?, ctx.today()) else { return Ok(0) };
    tx.note("year", schedule.year);
    tx.note("workingDaysBefore", stage.days_before);
    let officers = mail::officers(tx, mail::FILER_ROLE).await?;
    if officers.is_empty() {
        // Not marked as sent: it goes out as soon as somebody can read it.
        tracing::warn!(tenant = ctx.tenant().code, year = schedule.year, "nobody can be reminded of the yearly return");
        return Ok(0);
    }
    let left = working_days_left(Calendar::standard(), schedule, ctx.today());
    for officer in &officers {
        tx.mail(mail::reminder(officer, ctx.tenant(), schedule, left)).await?;
    }
    let row = return_reminder::ActiveModel {
        id: Set(ctx.new_id()),
        year: Set(schedule.year),
        days_before: Set(i32::try_from(stage.days_before).unwrap_or(i32::MAX)),
        due_on: Set(schedule.due_on),
        letters: Set(i32::try_from(officers.len()).unwrap_or(i32::MAX)),
        sent_at: Set(ctx.now()),
    };
    return_reminder::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(officers.len())
}
