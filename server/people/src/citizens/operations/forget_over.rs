//! Forgetting what citizens need no longer (清理过期会话和验证码): each night, with what accounts need no longer.

use chrono::{DateTime, Duration, Utc};
use kernel::{Fault, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::citizens::rows::{citizen_session, code_quota, phone_code};
use crate::citizens::rules::codes;

/// Forgets sessions that ended before `long_ago`, codes that are over and counts of hours gone by.
pub(crate) async fn forget_over(tx: &Tx, long_ago: DateTime<Utc>) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let sessions = citizen_session::Entity::delete_many()
        .filter(citizen_session::Column::ExpiresAt.lt(long_ago))
        .exec(tx)
        .await?
        .rows_affected;
    let codes = phone_code::Entity::delete_many()
        .filter(phone_code::Column::ExpiresAt.lt(now - Duration::hours(codes::KEPT_HOURS)))
        .exec(tx)
        .await?
        .rows_affected;
    code_quota::Entity::delete_many()
        .filter(code_quota::Column::Since.lt(now - Duration::minutes(codes::WINDOW_MINUTES)))
        .exec(tx)
        .await?;
    tx.note("citizenSessions", sessions);
    tx.note("phoneCodes", codes);
    Ok(())
}
