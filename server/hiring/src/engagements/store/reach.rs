//! Where engagements stand (所在与可及范围): at their market, else with the agency that published the work, else with the bureau.

use async_graphql::ID;
use kernel::policy::{ClassedReach, OperatorClass, Place, Reach};
use kernel::{Actor, Ctx, Fault, places};
use sea_orm::{ColumnTrait as _, Condition};

use crate::rows::posting::{self, Column as Posting};

/// Where a posting stands.
pub async fn place_of(ctx: &Ctx, row: &posting::Model) -> Result<Place, Fault> {
    let class = match (row.market_id, row.agency_id) {
        (Some(market), _) => {
            let house = ctx.as_actor(Actor::System("hiring"));
            let id: ID = ctx.gid("Market", market);
            places::place_of(&house, "Market", &id).await?.map_or(OperatorClass::Bureau, |place| place.class)
        }
        (None, Some(_)) => OperatorClass::Commercial,
        (None, None) => OperatorClass::Bureau,
    };
    Ok(Place {
        class,
        county: Some(row.county.clone()),
        departments: false,
        market: row.market_id,
        agency: row.agency_id,
    })
}

/// The postings within a reach: each class of market by itself, where the reach differs between them.
#[must_use]
pub fn within(reach: &ClassedReach) -> Condition {
    let everywhere = reach.of(OperatorClass::Bureau);
    if OperatorClass::ALL.iter().all(|class| reach.of(*class) == everywhere) {
        return inside(everywhere);
    }
    OperatorClass::ALL.into_iter().fold(Condition::any(), |any, class| {
        let markets = Condition::all().add(Posting::MarketId.in_subquery(markets::ids_of_class(class)));
        let of_class = match class {
            OperatorClass::Bureau => {
                Condition::all().add(Posting::MarketId.is_null()).add(Posting::AgencyId.is_null())
            }
            OperatorClass::Commercial => {
                let agency = Condition::all().add(Posting::MarketId.is_null()).add(Posting::AgencyId.is_not_null());
                Condition::any().add(markets).add(agency)
            }
            OperatorClass::Public | OperatorClass::Volunteer | OperatorClass::Unattended => markets,
        };
        any.add(Condition::all().add(of_class).add(inside(reach.of(class))))
    })
}

fn inside(reach: &Reach) -> Condition {
    if reach.city {
        return Condition::all();
    }
    Condition::any()
        .add(Posting::County.is_in(reach.counties.iter().cloned()))
        .add(Posting::MarketId.is_in(reach.markets.iter().copied()))
        .add(Posting::AgencyId.is_in(reach.agencies.iter().copied()))
}
