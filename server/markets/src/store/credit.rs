//! Which operators are of seriously bad credit today (严重失信), and what speaks against being in the directory.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::Fault;
use people::LicenceState;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityName as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::rows::bad_credit::{self, Column};
use crate::rows::market;
use crate::rules::describe::Described;
use crate::rules::inclusion::{self, Unfit};

/// The entries in force today.
fn now(today: NaiveDate) -> Condition {
    let open = Condition::any().add(Column::LiftedOn.is_null()).add(Column::LiftedOn.gt(today));
    Condition::all().add(Column::Since.lte(today)).add(open)
}

/// Those of these markets whose operator is of seriously bad credit today, and since when.
pub async fn in_force(
    db: &impl ConnectionTrait,
    markets: &[Uuid],
    today: NaiveDate,
) -> Result<HashMap<Uuid, NaiveDate>, Fault> {
    let rows = bad_credit::Entity::find()
        .filter(Column::MarketId.is_in(markets.iter().copied()))
        .filter(now(today))
        .all(db)
        .await?;
    let mut since: HashMap<Uuid, NaiveDate> = HashMap::new();
    for row in rows {
        since.entry(row.market_id).and_modify(|day| *day = row.since.min(*day)).or_insert(row.since);
    }
    Ok(since)
}

/// What speaks against this market's being in the directory.
pub async fn unfit(db: &impl ConnectionTrait, row: &market::Model, today: NaiveDate) -> Result<Option<Unfit>, Fault> {
    let since = in_force(db, &[row.id], today).await?.remove(&row.id);
    let agency = licence_of(db, row.agency, today).await?;
    Ok(inclusion::unfit(row.nature, row.licence().as_ref(), agency, since, today))
}

/// What speaks against running this market as described, by the agency that follows from it.
pub async fn unfit_as_amended(
    db: &impl ConnectionTrait,
    row: &market::Model,
    d: &Described,
    agency: Option<Uuid>,
    today: NaiveDate,
) -> Result<Option<Unfit>, Fault> {
    let agency = licence_of(db, agency, today).await?;
    Ok(inclusion::unfit_as_amended(row.status, &row.run_under(), &d.run_under(), agency, today))
}

/// How the licence of an agency stands; unknown where there is none.
async fn licence_of(db: &impl ConnectionTrait, agency: Option<Uuid>, today: NaiveDate) -> Result<LicenceState, Fault> {
    match agency {
        Some(agency) => people::licence_of(db, agency, today).await,
        None => Ok(LicenceState::Unknown),
    }
}

/// The markets whose operator is of seriously bad credit today.
pub fn markets(today: NaiveDate) -> SelectStatement {
    Query::select().column(Column::MarketId).from(bad_credit::Entity.table_ref()).cond_where(now(today)).to_owned()
}
