//! Registering a market (登记市场).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;

use crate::events::MarketRegistered;
use crate::forms::MarketInput;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::market;
use crate::rules::describe;
use crate::rules::flaw::{Flaw, from_flaw, refusals_of_a_market};
use crate::store::parts::Parts;
use crate::store::{history, market as rows, slug, visible};

refusals_of_a_market! {
    /// Why a market was not registered (不予登记).
    pub RegisterMarket => RegisterMarketRefused, RegisterMarketRefusalCode {}
}

from_flaw!(RegisterMarket);

/// Registers a market (登记市场) as a draft. The public does not see it before it is listed.
pub async fn register_market(
    ctx: &Ctx,
    input: MarketInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RegisterMarket>> {
    register_as(ctx, input, MarketStatus::Draft, once).await
}

/// Registers a market that is not open yet (登记规划市场).
pub async fn plan_market(ctx: &Ctx, input: MarketInput, once: Option<Once>) -> Result<Outcome, Stop<RegisterMarket>> {
    register_as(ctx, input, MarketStatus::Planned, once).await
}

async fn register_as(
    ctx: &Ctx,
    input: MarketInput,
    status: MarketStatus,
    once: Option<Once>,
) -> Result<Outcome, Stop<RegisterMarket>> {
    let refused = |flaw: Flaw| Stop::Refused(flaw.into());
    ctx.transact_once(&policy::REGISTER, once, |tx| async move {
        let ctx = tx.ctx().clone();
        // Whoever may register nowhere is told so before his form is read.
        ctx.reach(&policy::REGISTER).await?;
        let described = describe::describe(&input, &rows::around(&ctx)).map_err(refused)?;
        let county = &described.located.county;
        tx.authorize(&policy::REGISTER, &visible::place(described.operator_kind, county, None, None)).await?;
        if let Some(name) = rows::double(&tx, &described, None).await? {
            return Err(refused(Flaw::DuplicateMarket { name }));
        }
        let id = ctx.new_id();
        tx.about("Market", id);
        // Agencies before numbers, as imports take them: in another order the two could wait for each other.
        let agencies = rows::agencies(&tx, [&described]).await?;
        let slug = slug::of(county, slug::take(&tx, county, 1).await?);
        let row = rows::fresh(&ctx, id, slug, status, &described);
        let agency = Set(rows::agency_of(&agencies, &described));
        let made = market::Entity::insert(market::ActiveModel { agency, ..row }).exec_without_returning(&tx).await;
        made.map_err(|error| rows::taken(error, &described))?;
        let mut parts = Parts::default();
        parts.add(&ctx, id, &described).await?;
        parts.write(&tx).await?;
        history::write(&tx, id, "registered", None);
        tx.announce(&MarketRegistered { id })?;
        Ok(Outcome::of("Market", id, 1))
    })
    .await
}
