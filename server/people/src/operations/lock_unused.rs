//! Locking accounts that nobody uses (锁定长期未用账号): each night, by the house itself.

use chrono::Duration;
use entities::{account, api_key, role_assignment};
use kernel::fault::{Fault, Never, Stop};
use kernel::policy::ROLES;
use kernel::{Ctx, Tx};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _};

use super::shared;
use crate::policy;

/// An account that nobody used for so many days is locked (多余的、过期的账户, GB/T 22239-2019 8.1.4.2 c).
const UNUSED_DAYS: i64 = 180;

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

/// Locks the accounts that nobody used (锁定长期未用账号), and ends what sessions they have.
pub(crate) async fn lock_unused(ctx: &Ctx) -> Result<(), Fault> {
    let locked: Result<(), Stop<Never>> = ctx
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
    locked.map_err(Stop::into_fault)
}
