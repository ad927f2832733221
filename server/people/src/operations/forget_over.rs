//! Forgetting what is over (清理过期会话、邀请和失败计数): each night, by the house itself.

use chrono::Duration;
use entities::session;
use kernel::Ctx;
use kernel::fault::{Fault, Never, Stop};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};

use crate::citizens;
use crate::policy;
use crate::rows::{invitation, sign_in_failure, totp_pending};
use crate::rules::lockout;

/// Sessions that ended and invitations that are over are kept so long, in days: networks that were used are known by them.
const KEPT_DAYS: i64 = 90;

/// Forgets what is over (清理过期会话、邀请和失败计数).
pub(crate) async fn forget_over(ctx: &Ctx) -> Result<(), Fault> {
    let now = ctx.now();
    let long_ago = now - Duration::days(KEPT_DAYS);
    let purged: Result<(), Stop<Never>> = ctx
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
            citizens::operations::forget_over::forget_over(&tx, long_ago).await?;
            tx.note("sessions", sessions);
            tx.note("invitations", invitations);
            tx.note("failures", failures);
            Ok(())
        })
        .await;
    purged.map_err(Stop::into_fault)
}
