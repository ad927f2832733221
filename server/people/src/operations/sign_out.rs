//! Signing out (退出登录).

use kernel::fault::{Fault, Stop};
use kernel::invalidate::SESSIONS;
use kernel::{Actor, Ctx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::shared::own_session;
use crate::{citizens, policy};
use entities::session;

kernel::refusals! {
    /// Why nobody was signed out (不予退出登录).
    pub SignOut => SignOutRefused, SignOutRefusalCode {
        /// It came with an API key, which has no session to end.
        NotASession:
            "接口密钥没有会话可以退出；如需停用，请吊销该密钥。" /
            "An API key has no session to end; revoke the key instead.",
    }
}

/// Signs out (退出登录): the session of this request ends at once.
pub async fn sign_out(ctx: &Ctx) -> Result<(), Stop<SignOut>> {
    if !matches!(ctx.actor(), Actor::Citizen(_)) {
        ctx.account()?;
    }
    ctx.transact(&policy::SIGN_OUT, |tx| async move {
        if let Actor::Citizen(citizen) = tx.ctx().actor() {
            citizens::store::end_session(&tx, citizen.session).await?;
            return Ok(());
        }
        let Ok((_, id)) = own_session(tx.ctx()) else { return Err(Stop::Refused(SignOut::NotASession)) };
        tx.about("Session", id);
        session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(tx.ctx().now()))
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::RevokedAt.is_null())
            .exec(&tx)
            .await
            .map_err(Fault::from)?;
        tx.invalidate(SESSIONS);
        Ok(())
    })
    .await
}
