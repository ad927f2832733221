//! What several operations of this chapter do alike.

use entities::session;
use kernel::ctx::{AccountActor, Via};
use kernel::invalidate::SESSIONS;
use kernel::{Ctx, Fault, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

/// The account that acts in its own matters, through a session: a key of a front-end team may not.
pub(crate) fn own_session(ctx: &Ctx) -> Result<(&AccountActor, Uuid), Fault> {
    let account = ctx.account()?;
    match account.via {
        Via::Session(id) => Ok((account, id)),
        Via::ApiKey { .. } => Err(Fault::Forbidden),
    }
}

/// As [`own_session`], for what waits until the account has changed its password and enrolled its second factor.
pub(crate) fn free_session(ctx: &Ctx) -> Result<(&AccountActor, Uuid), Fault> {
    let (account, session) = own_session(ctx)?;
    if account.restricted { Err(Fault::Forbidden) } else { Ok((account, session)) }
}

/// Ends the sessions of an account, all or all but one; they stop working at once, in every process.
pub(crate) async fn end_sessions(tx: &Tx, account: Uuid, except: Option<Uuid>) -> Result<u64, Fault> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(tx.ctx().now()))
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(except) = except {
        update = update.filter(session::Column::Id.ne(except));
    }
    let ended = update.exec(tx).await?.rows_affected;
    if ended > 0 {
        tx.invalidate(SESSIONS);
    }
    Ok(ended)
}
