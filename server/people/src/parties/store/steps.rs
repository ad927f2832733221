//! What was looked at (核验事项): of each step the newest result counts, and none from before the party was closed.

use std::collections::HashMap;

use kernel::{Fault, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::parties::kinds::{PartyStep, PartyStepResult};
use crate::parties::rows::verification_step::{self, Column, Model};

/// The newest result of each step, of rows in the order they were entered.
pub fn newest<'a>(rows: impl IntoIterator<Item = &'a Model>) -> HashMap<PartyStep, PartyStepResult> {
    rows.into_iter().filter(|row| !row.void).map(|row| (row.step, row.result)).collect()
}

/// The newest result of each step of a party.
pub async fn of_party(db: &impl ConnectionTrait, party: Uuid) -> Result<HashMap<PartyStep, PartyStepResult>, Fault> {
    let rows =
        verification_step::Entity::find().filter(Column::PartyId.eq(party)).order_by_asc(Column::Id).all(db).await?;
    Ok(newest(&rows))
}

/// Nothing that was looked at until now counts any more.
pub async fn void_all(tx: &Tx, party: Uuid) -> Result<(), Fault> {
    verification_step::Entity::update_many()
        .col_expr(Column::Void, Expr::value(true))
        .filter(Column::PartyId.eq(party))
        .exec(tx)
        .await?;
    Ok(())
}
