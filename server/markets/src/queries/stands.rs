//! Where markets stand (市场所在), for chapters whose things are at markets: one by its id, a class by its rows, a name in the
//! statement that reads the thing itself.

use std::collections::HashMap;

use kernel::Fault;
use kernel::policy::{OperatorClass, Place};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::directory::{NearInput, box_around};
use crate::kinds::{MarketStatus, OperatorKind};
use crate::rows::market;
use crate::store::visible;

/// A market, as far as what is at it asks (市场概况).
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// The market.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Where it stands for policy.
    pub place: Place,
    /// Its county.
    pub county: String,
    /// Is it in the directory?
    pub listed: bool,
}

impl From<market::Model> for Stand {
    fn from(row: market::Model) -> Self {
        Self {
            id: row.id,
            place: visible::place_of(&row),
            listed: row.status == MarketStatus::Listed,
            name: row.display_name,
            county: row.county,
        }
    }
}

/// A market by its id, or [`Fault::NotFound`]. Asks nobody's permission: whoever has a thing at it was asked there.
pub async fn stand(db: &impl ConnectionTrait, id: Uuid) -> Result<Stand, Fault> {
    market::Entity::find_by_id(id).one(db).await?.map(Stand::from).ok_or(Fault::NotFound)
}

/// The ids of the markets of a class, to be asked inside another statement.
#[must_use]
pub fn ids_of_class(class: OperatorClass) -> SelectStatement {
    let kinds = OperatorKind::ALL.into_iter().filter(|kind| kind.class() == class);
    Query::select()
        .column(market::Column::Id)
        .from(market::Entity)
        .and_where(market::Column::OperatorKind.is_in(kinds))
        .to_owned()
}

/// The markets of the directory that an agency runs.
pub async fn listed_of_agency(db: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<Stand>, Fault> {
    let rows = market::Entity::find()
        .filter(market::Column::Agency.eq(agency))
        .filter(market::Column::Status.eq(MarketStatus::Listed))
        .order_by_asc(market::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Stand::from).collect())
}

/// Adds the name of the market that `at` names to what a query selects, as a column called `alias`; null without a market.
#[must_use]
pub fn with_name<E: EntityTrait>(mut query: Select<E>, at: E::Column, alias: &str) -> Select<E> {
    let same = Expr::col(market::Column::Id.as_column_ref()).equals(at.as_column_ref());
    let select = QueryTrait::query(&mut query);
    select.left_join(market::Entity, same);
    select.expr_as(Expr::col(market::Column::DisplayName.as_column_ref()), Alias::new(alias));
    query
}

/// Markets around a place (附近市场), each with its point in degrees of GCJ-02: for things without a point of their own that are at
/// them.
pub async fn points_around(db: &impl ConnectionTrait, near: &NearInput) -> Result<HashMap<Uuid, (f64, f64)>, Fault> {
    let rows: Vec<(Uuid, Option<f64>, Option<f64>)> = market::Entity::find()
        .filter(box_around(near, market::Column::GcjLat, market::Column::GcjLng))
        .select_only()
        .columns([market::Column::Id, market::Column::GcjLat, market::Column::GcjLng])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, lat, lng)| Some((id, lat.zip(lng)?))).collect())
}
