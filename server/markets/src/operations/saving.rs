//! What saving a part of a market shares (从属对象保存): new or known, under its version.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use kernel::{Fault, Tx};
use uuid::Uuid;

use crate::kinds::MarketStatus;
use crate::rows::market;

/// Which part is saved (保存对象): a new one, or a known one under its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// The id of a known one.
    pub id: Option<Uuid>,
    /// The version it was read at.
    pub version: Option<i32>,
}

/// May this part be saved over what is kept? A known one needs its version. What is kept was read once the market was held,
/// so nobody changes it between this answer and the save.
pub(super) fn version(which: Which, kept: Option<i32>) -> Result<i32, i32> {
    match (which.id, kept) {
        (Some(_), Some(kept)) if which.version == Some(kept) => Ok(kept + 1),
        (Some(_), Some(kept)) => Err(kept),
        _ => Ok(1),
    }
}

/// A part was changed: so was its market, for lists by time; its own version stays, since its form does not have it.
pub(super) async fn touch(tx: &Tx, market: Uuid) -> Result<(), Fault> {
    market::Entity::update_many()
        .col_expr(market::Column::UpdatedAt, Expr::value(tx.ctx().now()))
        .filter(market::Column::Id.eq(market))
        .exec(tx)
        .await?;
    Ok(())
}

/// Is this market's entry closed?
pub(super) fn is_over(row: &market::Model) -> bool {
    row.status == MarketStatus::Delisted
}

/// Is this market in the directory, or only for the time being not?
pub(super) fn is_on_show(row: &market::Model) -> bool {
    matches!(row.status, MarketStatus::Listed | MarketStatus::Suspended)
}

/// Three columns of a point, and nothing where there is none.
pub(super) fn columns(
    point: Option<kernel::geo::Point>,
) -> (sea_orm::ActiveValue<Option<f64>>, sea_orm::ActiveValue<Option<f64>>, sea_orm::ActiveValue<Option<String>>) {
    (Set(point.map(|p| p.lat)), Set(point.map(|p| p.lng)), Set(point.map(|p| p.crs.code().to_owned())))
}
