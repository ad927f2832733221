//! Revoking an API key (吊销接口密钥): its owner, or the security administrator.

use entities::api_key;
use kernel::fault::{Fault, Stop};
use kernel::invalidate::SESSIONS;
use kernel::{Ctx, Once, Outcome, Place};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::shared;
use crate::policy;

kernel::refusals! {
    /// Why the key was not revoked (不予吊销密钥).
    pub RevokeApiKey => RevokeApiKeyRefused, RevokeApiKeyRefusalCode {
        /// It was.
        AlreadyRevoked: "该密钥已经吊销。" / "This key was revoked already.",
    }
}

/// Revokes an API key (吊销接口密钥), at once. Another person's is *not found* without the permission.
pub async fn revoke_api_key(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<RevokeApiKey>> {
    let (actor, _) = shared::free_session(ctx)?;
    let me = actor.id;
    ctx.transact_once(&policy::REVOKE_KEYS, once, |tx| async move {
        let row = api_key::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        if row.account_id != me && !tx.ctx().allows(&policy::REVOKE_KEYS, &Place::city()).await? {
            return Err(Fault::NotFound.into());
        }
        tx.about("ApiKey", id);
        if row.revoked_at.is_some() {
            return Err(Stop::Refused(RevokeApiKey::AlreadyRevoked));
        }
        api_key::Entity::update_many()
            .col_expr(api_key::Column::RevokedAt, Expr::value(tx.ctx().now()))
            .filter(api_key::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        tx.invalidate(SESSIONS);
        Ok(Outcome::of("ApiKey", id, 1))
    })
    .await
}
