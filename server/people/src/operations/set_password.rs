//! Setting a password from the house (重设口令): for the command line and the demo; people change their own.

use entities::account;
use kernel::Tx;
use kernel::fault::Fault;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::create_account::HashedPassword;

/// Gives an account this password (重设口令). Asks no permission: whoever calls it stands in the house already.
pub async fn set_password(tx: &Tx, id: Uuid, password: &HashedPassword) -> Result<(), Fault> {
    tx.about("Account", id);
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(password.phc()))
        .col_expr(account::Column::PasswordChangedAt, Expr::value(tx.ctx().now()))
        .filter(account::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
