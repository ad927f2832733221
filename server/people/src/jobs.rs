//! What runs by itself (作业): each night what nobody needs is forgotten, each morning passwords that run out are named.

use chrono::{Days, Duration};
use entities::{account, api_key, role_assignment, session};
use kernel::clock;
use kernel::fault::{Fault, Never, Stop};
use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::policy::ROLES;
use kernel::text::Text;
use kernel::{Ctx, Tx};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::operations::shared;
use crate::rows::{invitation, sign_in_failure, totp_pending};
use crate::rules::lockout;
use crate::{mail, policy};

/// Sessions that ended and invitations that are over are kept so long, in days: networks that were used are known by them.
const KEPT_DAYS: i64 = 90;
/// An account that nobody used for so many days is locked (多余的、过期的账户, GB/T 22239-2019 8.1.4.2 c).
const UNUSED_DAYS: i64 = 180;
/// Days before the end of a password on which its owner is reminded.
const REMINDED: [u64; 2] = [7, 1];

/// Forgets what is over (清理过期会话、邀请和失败计数).
#[derive(Serialize, Deserialize)]
struct Purge {}

impl Job for Purge {
    const KIND: &'static str = "people.purge";
}

/// Reminds of passwords that run out (口令到期提醒).
#[derive(Serialize, Deserialize)]
struct Remind {}

impl Job for Remind {
    const KIND: &'static str = "people.remind";
}

/// Locks accounts that nobody uses (锁定长期未用账号).
#[derive(Serialize, Deserialize)]
struct Lock {}

impl Job for Lock {
    const KIND: &'static str = "people.lock";
}

/// The jobs of this chapter.
pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind::new::<Purge, _, _>(
            Text::new("清理过期会话和邀请", "Forget sessions and invitations that are over"),
            |run, _| purge(run),
        )
        .every("10 3 * * *"),
        JobKind::new::<Lock, _, _>(Text::new("锁定长期未用账号", "Lock accounts that nobody uses"), |run, _| lock(run))
            .every("40 3 * * *"),
        JobKind::new::<Remind, _, _>(Text::new("口令到期提醒", "Remind of passwords that run out"), |run, _| {
            remind(run)
        })
        .every("30 8 * * *"),
    ]
}

async fn purge(run: JobRun) -> Result<JobEnd, Fault> {
    let now = run.ctx.now();
    let long_ago = now - Duration::days(KEPT_DAYS);
    let purged: Result<u64, Stop<Never>> = run
        .ctx
        .transact(&policy::PURGE, |tx| async move {
            let sessions = session::Entity::delete_many()
                .filter(session::Column::ExpiresAt.lt(long_ago))
                .exec(&tx)
                .await?
                .rows_affected;
            let invitations = invitation::Entity::delete_many()
                .filter(invitation::Column::ExpiresAt.lt(long_ago))
                .exec(&tx)
                .await?
                .rows_affected;
            let remembered = now - Duration::hours(lockout::MEMORY_HOURS);
            let over = Condition::any()
                .add(sign_in_failure::Column::BlockedUntil.is_null())
                .add(sign_in_failure::Column::BlockedUntil.lt(now));
            let failures = sign_in_failure::Entity::delete_many()
                .filter(sign_in_failure::Column::LastAt.lt(remembered))
                .filter(over)
                .exec(&tx)
                .await?
                .rows_affected;
            let yesterday = now - Duration::days(1);
            totp_pending::Entity::delete_many().filter(totp_pending::Column::CreatedAt.lt(yesterday)).exec(&tx).await?;
            tx.note("sessions", sessions);
            tx.note("invitations", invitations);
            tx.note("failures", failures);
            Ok(sessions + invitations + failures)
        })
        .await;
    purged.map(|_| JobEnd::Done(None)).map_err(Stop::into_fault)
}

/// The accounts that nobody used; administrators stay, so that a city never locks itself out, and so do owners of keys.
async fn unused(tx: &Tx) -> Result<Vec<account::Model>, Fault> {
    let (now, today) = (tx.ctx().now(), tx.ctx().today());
    let since = now - Duration::days(UNUSED_DAYS);
    let names = ROLES.iter().filter(|def| def.exclusive.is_some()).map(|def| def.name);
    let administrators = role_assignment::Entity::find()
        .select_only()
        .column(role_assignment::Column::AccountId)
        .filter(role_assignment::Column::Role.is_in(names))
        .filter(
            Condition::any()
                .add(role_assignment::Column::ValidUntil.is_null())
                .add(role_assignment::Column::ValidUntil.gte(today)),
        )
        .into_query();
    let owners = api_key::Entity::find()
        .select_only()
        .column(api_key::Column::AccountId)
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(now))
        .into_query();
    let rows = account::Entity::find()
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(
            Condition::any().add(account::Column::LastSignInAt.is_null()).add(account::Column::LastSignInAt.lt(since)),
        )
        // Whoever was made or enabled again lately has time to come.
        .filter(account::Column::UpdatedAt.lt(since))
        .filter(account::Column::Id.not_in_subquery(administrators))
        .filter(account::Column::Id.not_in_subquery(owners))
        .all(tx)
        .await?;
    Ok(rows)
}

async fn lock(run: JobRun) -> Result<JobEnd, Fault> {
    let locked: Result<(), Stop<Never>> = run
        .ctx
        .transact(&policy::LOCK_UNUSED, |tx| async move {
            let rows = unused(&tx).await?;
            for row in &rows {
                shared::set_status(&tx, row, "LOCKED").await?;
                shared::end_sessions(&tx, row.id, None).await?;
            }
            tx.note("accounts", rows.len());
            Ok(())
        })
        .await;
    locked.map(|()| JobEnd::Done(None)).map_err(Stop::into_fault)
}

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

async fn remind(run: JobRun) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let Some(age) = ctx.kernel().config.people.password_preset.max_age_days() else { return Ok(JobEnd::Done(None)) };
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
    reminded.map(|()| JobEnd::Done(None)).map_err(Stop::into_fault)
}
