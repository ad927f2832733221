//! Whose a form is and where it would be published (归属): the hiring party, its agency, the market, and what follows from them.

use entities::hiring_party;
use kernel::policy::{OperatorClass, Place};
use kernel::trades::Trades;
use kernel::{Actor, Ctx, Fault, Tx};
use markets::Stand;
use people::PartyKind;
use sea_orm::{ConnectionTrait, EntityTrait as _};
use uuid::Uuid;

use super::posting::Belongs;
use super::{doors, visible};
use crate::forms::PostingInput;
use crate::kinds::PostingSource;
use crate::policy;
use crate::rows::posting;
use crate::rules::describe::{Around, Described, describe};
use crate::rules::flaw::Flaw;
use crate::rules::lane::{By, Lane, Stopped, Trust, lane};
use crate::rules::shifts::Kept;

/// What a form names (表单归属).
#[derive(Clone, Debug)]
pub struct Ground {
    /// The hiring party.
    pub party: hiring_party::Model,
    /// The market.
    pub market: Option<Stand>,
    /// The agency whose licence a posting rests on.
    pub agency: Option<Uuid>,
    own: bool,
}

/// Finds what a form names: a party the caller may act for, and a market; another's, and what is not there, is *not found*.
pub async fn ground(ctx: &Ctx, db: &impl ConnectionTrait, input: &PostingInput) -> Result<Ground, Fault> {
    // Whoever may enter postings nowhere is told so before anything is looked up.
    let own = matches!(ctx.actor(), Actor::Citizen(_));
    if own {
        ctx.require(&policy::CREATE, &Place::city()).await?;
    } else {
        ctx.reach(&policy::CREATE).await?;
    }
    let party = ctx.parse_id("HiringParty", &input.party_id)?;
    let party = people::acts_for(ctx, db, party).await?.ok_or(Fault::NotFound)?;
    let market = match &input.market_id {
        Some(id) => Some(markets::stand(db, ctx.parse_id("Market", id)?).await?),
        None => None,
    };
    // The agency whose lead the party is, unless it comes by itself; else the one that runs the market.
    let led = party.agency_id.filter(|_| !own);
    let agency = led.or_else(|| market.as_ref().and_then(|market| market.place.agency));
    Ok(Ground { party, market, agency, own })
}

/// What a stored posting names. Asks nobody's permission: whoever is at work on the posting was asked there.
pub async fn stored(tx: &Tx, row: &posting::Model) -> Result<Ground, Fault> {
    let party = hiring_party::Entity::find_by_id(row.party_id).one(tx).await?.ok_or(Fault::NotFound)?;
    let market = match row.market_id {
        Some(id) => Some(markets::stand(tx, id).await?),
        None => None,
    };
    let own = matches!(tx.ctx().actor(), Actor::Citizen(_));
    Ok(Ground { party, market, agency: row.agency_id, own })
}

/// Where what is a party's own stands: with the market that registered it, or its agency, or its county.
pub async fn of_party(db: &impl ConnectionTrait, party: &hiring_party::Model) -> Result<Place, Fault> {
    let class = match party.market_id {
        Some(market) => Some(markets::stand(db, market).await?.place.class),
        None => None,
    };
    Ok(visible::place(class, &party.county, party.market_id, party.agency_id))
}

impl Ground {
    /// Whose it is.
    #[must_use]
    pub fn belongs(&self) -> Belongs {
        let market = self.market.as_ref().map(|market| market.id);
        Belongs { party: self.party.id, agency: self.agency, market }
    }

    /// Where a posting in this county stands.
    #[must_use]
    pub fn place(&self, county: &str) -> Place {
        let Belongs { agency, market, .. } = self.belongs();
        visible::place(self.market.as_ref().map(|stand| stand.place.class), county, market, agency)
    }

    /// Reads the form; everything that is wrong with it, its market included.
    pub fn read(&self, ctx: &Ctx, input: &PostingInput, kept: &[Kept]) -> Result<Described, Vec<Flaw>> {
        let source = match (self.own, self.agency) {
            (true, _) => PostingSource::Online,
            (false, Some(_)) => PostingSource::AgencyFeed,
            (false, None) => PostingSource::Counter,
        };
        let around = Around {
            city: &ctx.tenant().code,
            now: ctx.now(),
            county: self.market.as_ref().map_or(self.party.county.as_str(), |market| market.county.as_str()),
            unit: PartyKind::of(&self.party).is_unit(),
            source,
            may_say_source: !self.own,
            trades: Trades::standard(),
            kept,
        };
        let flaw = self.flaw();
        match (describe(input, &around), flaw) {
            (Ok(read), None) => Ok(read),
            (Ok(_), Some(flaw)) => Err(vec![flaw]),
            (Err(flaws), flaw) => Err(flaws.into_iter().chain(flaw).collect()),
        }
    }

    fn flaw(&self) -> Option<Flaw> {
        let market = self.market.as_ref()?;
        let name = market.name.clone();
        if !market.listed {
            return Some(Flaw::MarketNotListed { name });
        }
        (self.agency != market.place.agency).then_some(Flaw::MarketOfOthers { name })
    }

    /// Which way a posting in this county goes when the caller hands it in.
    pub async fn lane(
        &self,
        ctx: &Ctx,
        db: &impl ConnectionTrait,
        county: &str,
    ) -> Result<Result<Lane, Stopped>, Fault> {
        let by = self.by(ctx, &self.place(county)).await?;
        let licence = doors::licence(ctx, db, self.agency).await?;
        Ok(lane(Trust::of(&self.party, ctx.today()), &licence, by))
    }

    /// Who hands it in: at a market of volunteers whoever acts for another and may not review there is one of them.
    async fn by(&self, ctx: &Ctx, place: &Place) -> Result<By, Fault> {
        if ctx.allows(&policy::PUBLISH, place).await? {
            return Ok(By::Right);
        }
        let proposed = !self.own && place.class == OperatorClass::Volunteer;
        let proposed = proposed && !ctx.allows(&policy::REVIEW, place).await?;
        Ok(if proposed { By::Volunteers } else { By::Other })
    }
}
