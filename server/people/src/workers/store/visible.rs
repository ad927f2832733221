//! Which workers an account may see (可见范围): those in its reach, and those that it registered itself. A citizen sees its own.

use std::collections::HashSet;

use entities::worker;
use kernel::policy::{Action, OperatorClass, Place};
use kernel::{Actor, Ctx, Fault, Tx, places};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QuerySelect as _};
use uuid::Uuid;

use crate::workers::policy;

/// What an account does with whom it registered itself, wherever its role reaches: a volunteer sees and corrects what it
/// entered, and nothing else.
static OWN_ENTRIES: [&Action; 6] =
    [&policy::READ, &policy::AMEND, &policy::LOOKING, &policy::CLOSE, &policy::SLIP, &policy::REVEAL];

/// What whoever may find people by a whole number does for anybody who stands at the counter: nobody is sent to another hall to
/// say that it still looks for work.
static AT_ANY_COUNTER: [&Action; 2] = [&policy::LOOKING, &policy::SLIP];

fn about_own(action: &Action) -> bool {
    OWN_ENTRIES.contains(&action)
}

/// Where somebody may do something with workers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Within {
    city: bool,
    counties: HashSet<String>,
    markets: HashSet<Uuid>,
    registered_by: Option<Uuid>,
    own: Option<Uuid>,
}

impl Within {
    /// Where the actor of `ctx` may do `action`; a fault where that is nowhere.
    pub(crate) async fn of(ctx: &Ctx, action: &Action) -> Result<Self, Fault> {
        if let Actor::Citizen(citizen) = ctx.actor() {
            ctx.require(action, &Place::city()).await?;
            return Ok(Self { own: Some(citizen.id), ..Self::default() });
        }
        let registers = match ctx.reach(&policy::REGISTER).await {
            Ok(_) if about_own(action) => ctx.actor().account_id(),
            Ok(_) | Err(Fault::Forbidden | Fault::Unauthenticated) => None,
            Err(fault) => return Err(fault),
        };
        let reach = match ctx.reach(action).await {
            Ok(reach) => reach,
            Err(Fault::Forbidden) if registers.is_some() => {
                return Ok(Self { registered_by: registers, ..Self::default() });
            }
            Err(fault) => return Err(fault),
        };
        let mut markets = HashSet::new();
        for market in reach.markets {
            // A role may reach a market whose class it does not do this in.
            if ctx.allows(action, &at_market(ctx, market, None).await?).await? {
                markets.insert(market);
            }
        }
        let counties = reach.counties.into_iter().collect();
        let within = Self { city: reach.city, counties, markets, registered_by: registers, own: None };
        if within.is_somewhere() || registers.is_some() { Ok(within) } else { Err(Fault::Forbidden) }
    }

    /// As [`Within::of`], nothing at all where that is nowhere.
    pub(crate) async fn or_nothing(ctx: &Ctx, action: &Action) -> Result<Self, Fault> {
        match Self::of(ctx, action).await {
            Err(Fault::Forbidden | Fault::Unauthenticated) => Ok(Self::default()),
            other => other,
        }
    }

    /// Anywhere at all?
    fn is_somewhere(&self) -> bool {
        self.city || !self.counties.is_empty() || !self.markets.is_empty()
    }

    /// The rows within.
    pub(crate) fn condition(&self) -> Condition {
        if self.city {
            return Condition::all();
        }
        Condition::any()
            .add(worker::Column::County.is_in(self.counties.iter().cloned()))
            .add(worker::Column::MarketId.is_in(self.markets.iter().copied()))
            .add_option(self.registered_by.map(|account| worker::Column::RegisteredBy.eq(account)))
            .add_option(self.own.map(|citizen| worker::Column::CitizenId.eq(citizen)))
    }

    /// Is this one within?
    pub(crate) fn holds(&self, row: &worker::Model) -> bool {
        self.city
            || self.counties.contains(&row.county)
            || row.market_id.is_some_and(|market| self.markets.contains(&market))
            || self.registered_by.is_some() && row.registered_by == self.registered_by
            || self.own == Some(row.citizen_id)
    }
}

/// Where a market stands, whoever asks; in this county if one is named. A market that is not there any more belongs to nobody.
pub(crate) async fn at_market(ctx: &Ctx, market: Uuid, county: Option<&str>) -> Result<Place, Fault> {
    let gone = Place {
        class: OperatorClass::Unattended,
        county: None,
        departments: false,
        market: Some(market),
        agency: None,
    };
    let place = of_market(ctx, market).await?.unwrap_or(gone);
    Ok(Place { county: county.map(str::to_owned).or(place.county), departments: false, ..place })
}

/// Where a market is, if it is there.
pub(crate) async fn of_market(ctx: &Ctx, market: Uuid) -> Result<Option<Place>, Fault> {
    let house = ctx.as_actor(Actor::System("people"));
    match places::place_of(&house, "Market", &ctx.gid("Market", market)).await {
        Ok(place) => Ok(place),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Where somebody is registered: at the market, in the county.
pub(crate) async fn place(ctx: &Ctx, market: Option<Uuid>, county: &str) -> Result<Place, Fault> {
    match market {
        Some(market) => at_market(ctx, market, Some(county)).await,
        None => Ok(Place::county(county.to_owned())),
    }
}

/// Where a worker stands.
pub(crate) async fn place_of(ctx: &Ctx, row: &worker::Model) -> Result<Place, Fault> {
    place(ctx, row.market_id, &row.county).await
}

/// The worker, if the actor may see it; else *not found*.
pub(crate) async fn load(ctx: &Ctx, id: Uuid) -> Result<worker::Model, Fault> {
    let row = super::load::worker(&ctx.scope(), id).await?;
    let within = Within::of(ctx, &policy::READ).await?;
    Some(row).filter(|row| within.holds(row)).ok_or(Fault::NotFound)
}

/// Loads a worker that an operation is about, held until the end of the transaction, and authorises it: *not found* for whoever
/// may not see it, *forbidden* for whoever may not do that.
pub(crate) async fn load_for(tx: &Tx, action: &'static Action, id: Uuid) -> Result<worker::Model, Fault> {
    let ctx = tx.ctx();
    let row = worker::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)?;
    let counter = AT_ANY_COUNTER.contains(&action)
        && ctx.actor().account_id().is_some()
        && Within::or_nothing(ctx, &policy::LOOK_UP).await?.is_somewhere();
    let sees = match ctx.actor() {
        Actor::Citizen(citizen) => citizen.id == row.citizen_id,
        Actor::Anonymous => return Err(Fault::Unauthenticated),
        Actor::Account(_) | Actor::System(_) => {
            counter
                || Within::or_nothing(ctx, &policy::READ).await?.holds(&row)
                || Within::or_nothing(ctx, action).await?.holds(&row)
        }
    };
    if !sees {
        return Err(Fault::NotFound);
    }
    tx.about("Worker", id);
    if !counter {
        authorise(ctx, action, &row).await?;
    }
    Ok(row)
}

/// May the actor do this with the worker? With whom an account registered itself it may do what [`OWN_ENTRIES`] says.
pub(crate) async fn authorise(ctx: &Ctx, action: &Action, row: &worker::Model) -> Result<(), Fault> {
    if ctx.actor().citizen_id().is_some() {
        return ctx.require(action, &Place::city()).await;
    }
    let place = place_of(ctx, row).await?;
    let own_entry = row.registered_by.is_some() && row.registered_by == ctx.actor().account_id();
    if own_entry && about_own(action) && ctx.allows(&policy::REGISTER, &place).await? {
        return Ok(());
    }
    ctx.require(action, &place).await
}
