//! Ending another session of one's own (下线会话).

use entities::session;
use kernel::fault::{Fault, Stop};
use kernel::invalidate::SESSIONS;
use kernel::{Ctx, Once, Outcome};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::shared;
use crate::{policy, queries};

kernel::refusals! {
    /// Why the session goes on (不予下线会话).
    pub RevokeSession => RevokeSessionRefused, RevokeSessionRefusalCode {
        /// It is over.
        AlreadyEnded: "该会话已经结束。" / "This session is over already.",
    }
}

/// Ends a session of one's own (下线会话), at once. Another person's is *not found*.
pub async fn revoke_session(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<RevokeSession>> {
    let (actor, _) = shared::free_session(ctx)?;
    let owner = actor.id;
    ctx.transact_once(&policy::REVOKE_SESSION, once, |tx| async move {
        let row = queries::session(&tx, id).await?.filter(|row| row.account_id == owner).ok_or(Fault::NotFound)?;
        tx.about("Session", id);
        if row.revoked_at.is_some() || row.expires_at <= tx.ctx().now() {
            return Err(Stop::Refused(RevokeSession::AlreadyEnded));
        }
        session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(tx.ctx().now()))
            .filter(session::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        tx.invalidate(SESSIONS);
        Ok(Outcome::of("Session", id, 1))
    })
    .await
}
