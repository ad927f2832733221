//! Which postings an actor may see (可见范围), and where a posting stands for policy.
//!
//! A posting stands in the county where the work is, at its market and with its agency; its class is that of its market. Without
//! a market it is the agency's, else the county's. A citizen sees those of the parties it acts for.

use kernel::policy::{Action, ClassedReach, OperatorClass, Place, Reach};
use kernel::{Actor, Ctx, Fault, Tx};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::doors;
use crate::policy;
use crate::rows::posting::{self, Column};

/// The classes there are of postings at markets.
const AT_MARKETS: [OperatorClass; 4] =
    [OperatorClass::Public, OperatorClass::Commercial, OperatorClass::Volunteer, OperatorClass::Unattended];

/// The postings within a reach.
#[must_use]
pub fn within(reach: &ClassedReach) -> Condition {
    let bureau = reach.of(OperatorClass::Bureau);
    if OperatorClass::ALL.into_iter().all(|class| reach.of(class) == bureau) {
        return inside(bureau);
    }
    let without = Condition::all().add(Column::MarketId.is_null());
    let nobodys = without.clone().add(Column::AgencyId.is_null()).add(inside(bureau));
    let agencys = without.add(Column::AgencyId.is_not_null()).add(inside(reach.of(OperatorClass::Commercial)));
    AT_MARKETS.into_iter().fold(Condition::any().add(nobodys).add(agencys), |any, class| {
        let of_class = Condition::all().add(Column::MarketId.in_subquery(markets::ids_of_class(class)));
        any.add(of_class.add(inside(reach.of(class))))
    })
}

fn inside(reach: &Reach) -> Condition {
    if reach.city {
        return Condition::all();
    }
    Condition::any()
        .add(Column::County.is_in(reach.counties.iter().cloned()))
        .add(Column::MarketId.is_in(reach.markets.iter().copied()))
        .add(Column::AgencyId.is_in(reach.agencies.iter().copied()))
}

/// Those the actor may see by `action`: a citizen those of its parties, staff those within its reach.
pub async fn seen(ctx: &Ctx, action: &Action) -> Result<Condition, Fault> {
    match ctx.actor() {
        Actor::Citizen(citizen) => Ok(Condition::all().add(Column::PartyId.in_subquery(doors::parties_of(citizen.id)))),
        _ => Ok(within(&ctx.reach_by_class(action).await?)),
    }
}

/// The posting, if the actor may see it; else *not found*.
pub async fn load(db: &impl ConnectionTrait, ctx: &Ctx, id: Uuid) -> Result<posting::Model, Fault> {
    let seen = seen(ctx, &policy::READ).await?;
    posting::Entity::find_by_id(id).filter(seen).one(db).await?.ok_or(Fault::NotFound)
}

/// Loads a posting that an operation is about, and authorises it. It is held until the end of the transaction: what is done with
/// one takes turns. The lock lets whoever takes a place of it point to it meanwhile: they hold a shift that its holder may want.
pub async fn load_for(tx: &Tx, action: &Action, id: Uuid) -> Result<posting::Model, Fault> {
    let seen = seen(tx.ctx(), &policy::READ).await?;
    let held = posting::Entity::find_by_id(id).filter(seen).lock(LockType::NoKeyUpdate);
    let row = held.one(tx).await?.ok_or(Fault::NotFound)?;
    tx.about("Posting", id);
    tx.authorize(action, &place_of(tx, &row).await?).await?;
    Ok(row)
}

/// Where a posting stands.
pub async fn place_of(db: &impl ConnectionTrait, row: &posting::Model) -> Result<Place, Fault> {
    place_at(db, &row.county, row.market_id, row.agency_id).await
}

/// The same of a posting in this county, at this market and with this agency.
pub async fn place_at(
    db: &impl ConnectionTrait,
    county: &str,
    market: Option<Uuid>,
    agency: Option<Uuid>,
) -> Result<Place, Fault> {
    let class = match market {
        Some(market) => Some(markets::stand(db, market).await?.place.class),
        None => None,
    };
    Ok(place(class, county, market, agency))
}

/// Where a posting in this county stands, at a market of this class and with this agency.
#[must_use]
pub fn place(class: Option<OperatorClass>, county: &str, market: Option<Uuid>, agency: Option<Uuid>) -> Place {
    let class = match (class, agency) {
        (Some(class), _) => class,
        (None, Some(_)) => OperatorClass::Commercial,
        (None, None) => OperatorClass::Bureau,
    };
    Place { class, county: Some(county.to_owned()), departments: false, market, agency }
}
