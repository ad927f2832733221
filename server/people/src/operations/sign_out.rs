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

/// Signs out (退出登录): the session of this request ends at once; `everywhere`, one's other sessions too.
pub async fn sign_out(ctx: &Ctx, everywhere: bool) -> Result<(), Stop<SignOut>> {
    if !matches!(ctx.actor(), Actor::Citizen(_)) {
        ctx.account()?;
    }
    ctx.transact(&policy::SIGN_OUT, |tx| async move {
        if let Actor::Citizen(citizen) = tx.ctx().actor() {
            let (citizen, own) = (citizen.id, citizen.session);
            citizens::store::end_session(&tx, own).await?;
            if everywhere {
                citizens::store::end_sessions(&tx, citizen, None).await?;
            }
            return Ok(());
        }
        let Ok((actor, id)) = own_session(tx.ctx()) else { return Err(Stop::Refused(SignOut::NotASession)) };
        tx.about("Session", id);
        let which = if everywhere { session::Column::AccountId.eq(actor.id) } else { session::Column::Id.eq(id) };
        session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(tx.ctx().now()))
            .filter(which)
            .filter(session::Column::RevokedAt.is_null())
            .exec(&tx)
            .await
            .map_err(Fault::from)?;
        tx.invalidate(SESSIONS);
        Ok(())
    })
    .await
}
