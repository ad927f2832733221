//! Which hiring parties somebody sees (可见范围), and where a party stands for policy.
//!
//! Officers see those of their city or county, a market those it registered, an agency its own leads. At a market that
//! volunteers run nobody sees more than what he entered himself. Citizens see the parties they act for.

use std::collections::BTreeSet;

use entities::hiring_party::{self, Column};
use kernel::policy::{Action, ClassedReach, OperatorClass, Place};
use kernel::{Actor, Ctx, Fault, Tx, places};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::members;
use crate::parties::policy;

/// Where a market stands; none where nobody has said where markets are.
pub async fn market_place(ctx: &Ctx, market: Uuid) -> Result<Option<Place>, Fault> {
    // Whoever registers there need not see the market itself.
    let itself = ctx.as_actor(Actor::System("parties"));
    places::place_of(&itself, "Market", &ctx.gid("Market", market)).await
}

/// Where a party of this county stands, which this market registered for this agency.
pub async fn place(ctx: &Ctx, county: &str, market: Option<Uuid>, agency: Option<Uuid>) -> Result<Place, Fault> {
    let stand = match market {
        Some(id) => market_place(ctx, id).await?,
        None => None,
    };
    let class = match (&stand, market, agency) {
        (Some(stand), _, _) => stand.class,
        (None, Some(_), _) => OperatorClass::Public,
        (None, None, Some(_)) => OperatorClass::Commercial,
        (None, None, None) => OperatorClass::Bureau,
    };
    Ok(Place { class, county: Some(county.to_owned()), departments: false, market, agency })
}

/// Where a party stands.
pub async fn place_of(ctx: &Ctx, row: &hiring_party::Model) -> Result<Place, Fault> {
    place(ctx, &row.county, row.market_id, row.agency_id).await
}

/// The columns of a table that say where its rows stand.
#[derive(Clone, Copy)]
pub struct Stands<C> {
    /// The county.
    pub county: C,
    /// The market.
    pub market: C,
    /// The agency.
    pub agency: C,
    /// Who entered it.
    pub entered_by: C,
}

/// What somebody sees.
#[derive(Debug)]
pub enum Sight {
    /// What lies in these scopes.
    Office(Scopes),
    /// What the citizen acts for.
    Own(Uuid),
}

/// The scopes in which somebody sees what there is.
#[derive(Debug, Default)]
pub struct Scopes {
    city: bool,
    counties: Vec<String>,
    markets: Vec<Uuid>,
    agencies: Vec<Uuid>,
    /// Markets where only what one entered oneself is seen.
    own_at: Vec<Uuid>,
    me: Option<Uuid>,
}

impl Scopes {
    /// Where the actor may do `action`. Refuses where that is nowhere.
    pub async fn of(ctx: &Ctx, action: &Action) -> Result<Self, Fault> {
        let reach = ctx.reach_by_class(action).await?;
        let (bureau, commercial) = (reach.of(OperatorClass::Bureau), reach.of(OperatorClass::Commercial));
        let mut scopes = Self {
            city: bureau.city,
            counties: bureau.counties.clone(),
            agencies: commercial.agencies.clone(),
            me: ctx.actor().account_id(),
            ..Self::default()
        };
        for market in markets(&reach) {
            let class = market_place(ctx, market).await.map(|place| place.map(|place| place.class));
            match class {
                Ok(class) if !reach.of(class.unwrap_or(OperatorClass::Public)).markets.contains(&market) => {}
                Ok(Some(OperatorClass::Volunteer)) => scopes.own_at.push(market),
                Ok(_) => scopes.markets.push(market),
                // A role at a market that is gone shows nothing.
                Err(Fault::NotFound) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(scopes)
    }

    /// The rows that lie in them.
    pub fn within<C: sea_orm::ColumnTrait>(&self, stands: Stands<C>) -> Condition {
        if self.city {
            return Condition::all();
        }
        let own = self.me.filter(|_| !self.own_at.is_empty()).map(|me| {
            Condition::all().add(stands.market.is_in(self.own_at.iter().copied())).add(stands.entered_by.eq(me))
        });
        Condition::any()
            .add(stands.county.is_in(self.counties.iter().cloned()))
            .add(stands.market.is_in(self.markets.iter().copied()))
            .add(stands.agency.is_in(self.agencies.iter().copied()))
            .add_option(own)
    }
}

/// The markets at which the actor may do it in some class: a handful, by the roles one person holds.
fn markets(reach: &ClassedReach) -> BTreeSet<Uuid> {
    OperatorClass::ALL.into_iter().flat_map(|class| reach.of(class).markets.iter().copied()).collect()
}

/// Where parties stand.
pub const PARTIES: Stands<Column> = Stands {
    county: Column::County,
    market: Column::MarketId,
    agency: Column::AgencyId,
    entered_by: Column::RegisteredBy,
};

impl Sight {
    /// What the actor sees for the sake of `action`. Refuses where that is nothing.
    pub async fn of(ctx: &Ctx, action: &Action) -> Result<Self, Fault> {
        match ctx.actor() {
            Actor::Citizen(citizen) => {
                ctx.require(action, &Place::city()).await?;
                Ok(Self::Own(citizen.id))
            }
            _ => Ok(Self::Office(Scopes::of(ctx, action).await?)),
        }
    }

    /// The parties that are seen.
    pub fn parties(&self) -> Condition {
        match self {
            Self::Office(scopes) => scopes.within(PARTIES),
            Self::Own(citizen) => Condition::all().add(Column::Id.in_subquery(members::parties_of(*citizen))),
        }
    }
}

/// The party, if the actor sees it; else *not found*.
pub async fn load(db: &impl ConnectionTrait, ctx: &Ctx, id: Uuid) -> Result<hiring_party::Model, Fault> {
    let sight = Sight::of(ctx, &policy::READ).await?;
    hiring_party::Entity::find_by_id(id).filter(sight.parties()).one(db).await?.ok_or(Fault::NotFound)
}

/// Loads a party that an operation is about, and authorises it. The party is held until the end of the transaction: all that
/// is written about one takes turns.
pub async fn load_for(tx: &Tx, action: &Action, id: Uuid) -> Result<hiring_party::Model, Fault> {
    let ctx = tx.ctx();
    let sight = Sight::of(ctx, &policy::READ).await?;
    let seen = hiring_party::Entity::find_by_id(id).filter(sight.parties());
    let row = seen.lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)?;
    tx.about("HiringParty", id);
    tx.authorize(action, &place_of(ctx, &row).await?).await?;
    Ok(row)
}
