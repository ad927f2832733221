//! Where markets stand (市场所在), for chapters whose things are at markets: one by its id, a class by its rows, a name in the
//! statement that reads the thing itself.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::policy::{OperatorClass, Place};
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    Select,
};
use uuid::Uuid;

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

/// A market by its id, or [`Fault::NotFound`]. Asks nobody's permission: whoever has a thing at it was asked there.
pub async fn stand(db: &impl ConnectionTrait, id: Uuid) -> Result<Stand, Fault> {
    let row = market::Entity::find_by_id(id).one(db).await?.ok_or(Fault::NotFound)?;
    Ok(Stand {
        id,
        place: visible::place_of(&row),
        listed: row.status == MarketStatus::Listed,
        name: row.display_name,
        county: row.county,
    })
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

/// The markets of the directory that an agency runs, with their names.
pub async fn listed_of_agency(ctx: &Ctx, agency: Uuid) -> Result<Vec<(Uuid, String)>, Fault> {
    Ok(market::Entity::find()
        .select_only()
        .columns([market::Column::Id, market::Column::DisplayName])
        .filter(market::Column::Agency.eq(agency))
        .filter(market::Column::Status.eq(MarketStatus::Listed))
        .order_by_asc(market::Column::Id)
        .into_tuple()
        .all(&ctx.scope())
        .await?)
}

/// Adds the name of the market that `at` names to what a query selects, as a column called `alias`; null without a market.
#[must_use]
pub fn with_name<E: EntityTrait>(mut query: Select<E>, at: E::Column, alias: &str) -> Select<E> {
    let same = Expr::col(market::Column::Id.as_column_ref()).equals(at.as_column_ref());
    query.query().left_join(market::Entity, same);
    query.query().expr_as(Expr::col(market::Column::DisplayName.as_column_ref()), Alias::new(alias));
    query
}

/// The last day each agency's licence is good for, as the markets it runs say it; the latest of several, none where none is
/// said.
pub async fn licences_until(db: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<HashMap<Uuid, NaiveDate>, Fault> {
    let said: Vec<(Option<Uuid>, Option<NaiveDate>)> = market::Entity::find()
        .select_only()
        .column(market::Column::Agency)
        .column_as(market::Column::LicenceUntil.max(), "until")
        .filter(market::Column::Agency.is_in(agencies.iter().copied()))
        .filter(market::Column::LicenceUntil.is_not_null())
        .group_by(market::Column::Agency)
        .into_tuple()
        .all(db)
        .await?;
    Ok(said.into_iter().filter_map(|(agency, until)| Some((agency?, until?))).collect())
}
