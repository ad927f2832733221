//! Reminding of passwords that run out (口令到期提醒): each morning, by the house itself.

use chrono::{Days, Duration};
use entities::account;
use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, clock};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::shared;
use crate::{mail, policy};

/// Days before the end of a password on which its owner is reminded.
const REMINDED: [u64; 2] = [7, 1];

/// The accounts whose password was set on the day that makes it run out in `days`, an id at a time.
async fn running_out(ctx: &Ctx, age: u64, days: u64, after: Option<Uuid>) -> Result<Vec<account::Model>, Fault> {
    let Some(set_on) = ctx.today().checked_sub_days(Days::new(age - days)) else { return Ok(Vec::new()) };
    let begins = set_on.and_time(chrono::NaiveTime::MIN).and_local_timezone(clock::shanghai()).single();
    let Some(begins) = begins.map(|at| at.with_timezone(&chrono::Utc)) else { return Ok(Vec::new()) };
    let mut query = account::Entity::find()
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(account::Column::Email.is_not_null())
        .filter(account::Column::PasswordChangedAt.gte(begins))
        .filter(account::Column::PasswordChangedAt.lt(begins + Duration::days(1)));
    if let Some(after) = after {
        query = query.filter(account::Column::Id.gt(after));
    }
    Ok(query.order_by_asc(account::Column::Id).limit(500).all(&ctx.scope()).await?)
}

/// Reminds the owners of passwords that run out (口令到期提醒), in one transaction.
pub(crate) async fn remind_of_passwords(ctx: &Ctx) -> Result<(), Fault> {
    let Some(age) = ctx.kernel().config.people.password_preset.max_age_days() else { return Ok(()) };
    let mut due = Vec::new();
    for days in REMINDED {
        let mut after = None;
        loop {
            let rows = running_out(ctx, age, days, after).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            due.extend(rows.into_iter().map(|row| (days, row)));
        }
    }
    // All in one transaction: a job that is tried again does not write twice.
    let reminded: Result<(), Stop<Never>> = ctx
        .transact(&policy::REMIND, |tx| async move {
            for (days, row) in &due {
                shared::write_to(&tx, row, |to, lang, name| mail::password_ends(to, lang, name, *days)).await?;
            }
            tx.note("letters", due.len());
            Ok(())
        })
        .await;
    reminded.map_err(Stop::into_fault)
}
