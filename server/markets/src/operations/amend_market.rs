//! Amending a market (修改市场信息).

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::events::MarketAmended;
use crate::forms::MarketInput;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::{market, market_contact, market_service, market_trade};
use crate::rules::changes::{Before, changed};
use crate::rules::describe::{self, Described};
use crate::rules::flaw::{Flaw, from_flaw, refusals_of_a_market};
use crate::rules::inclusion::Unfit;
use crate::rules::lifecycle::{Lacking, lacking};
use crate::rules::trades::Trade;
use crate::store::parts::{Parts, clear};
use crate::store::{annotations, credit, history, market as rows, visible};

refusals_of_a_market! {
    /// Why a market was not amended (不予修改).
    pub AmendMarket => AmendMarketReason, AmendMarketRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请核对最新内容后再保存。" /
            "Someone else changed this market (now version {current}); look at the newest state and save again.",
        /// It is delisted.
        Delisted @ "id":
            "该市场已移出名录，不能再修改；如重新开放，请重新登记。" /
            "This market is delisted and stays as it is; register it anew if it opens again.",
        /// Nature, operator, licence and public interest are the county's to change.
        ReclassificationNotAllowed @ "nature":
            "运营性质、运营主体、许可证和公益性只能由县区或市级经办人变更，请联系主管部门。" /
            "Only county or city officers change nature, operator, licence and public interest; ask them.",
        /// Listed markets keep what the public is told.
        ListedNeedsHours @ "hours":
            "已列入名录的市场必须有运行时间；如暂停开放，请办理“暂停”。" /
            "A listed market must have hours; suspend it if it is closed.",
        /// Listed markets keep what the public is told.
        ListedNeedsTrades @ "trades":
            "已列入名录的市场至少要有一个主要工种。" / "A listed market must have at least one trade.",
        /// Listed commercial markets keep their licence.
        ListedNeedsLicence @ "licenceNo":
            "已列入名录的经营性市场必须有人力资源服务许可证编号；许可证被吊销或注销的，请办理“移出名录”。" /
            "A listed commercial market must have the number of its licence; delist it if the licence was withdrawn.",
        /// A licence that ran out.
        LicenceExpired { until: String } @ "licenceUntil":
            "所填的人力资源服务许可证已于 {until} 到期，已列入名录的市场不能改用；请核对新证后填写其编号和有效期，或先办理“暂停”。" /
            "This licence ran out on {until}, and a listed market is not put under it: look at the new one and enter its number and last day, or suspend the market first.",
        /// What is registered of the agency says that its licence ran out.
        AgencyLicenceExpired { since: String } @ "licenceNo":
            "登记的机构许可证自 {since} 起已过期，已列入名录的市场不能改由该机构运营；请先由登记机关变更有效期并核验新证，或填写另一家机构的许可证编号。" /
            "By what is registered of this agency its licence is good for nothing since {since}, and no listed market is handed to it: have its last day amended and the new one verified, or enter the licence of another agency.",
        /// The agency's licence is suspended.
        LicenceSuspended { since: String } @ "licenceNo":
            "该机构的许可证自 {since} 起已暂停，已列入名录的市场在其恢复之前不能改由该机构运营；请填写另一家持证机构的许可证编号，或先办理“暂停”（人力资源市场暂行条例第十八条）。" /
            "The licence of this agency is suspended since {since}, and no listed market is handed to it until it is given back: enter the licence of another agency, or suspend the market first (Interim Regulations on the Human Resources Market, art 18).",
        /// The agency's licence is revoked.
        LicenceRevoked { since: String } @ "licenceNo":
            "该机构的许可证自 {since} 起已吊销，已列入名录的市场不能改由该机构运营；请填写另一家持证机构的许可证编号（人力资源市场暂行条例第十八条）。" /
            "The licence of this agency is revoked since {since}, and no listed market is handed to it: enter the licence of another agency (Interim Regulations on the Human Resources Market, art 18).",
    }
}

from_flaw!(AmendMarket);

/// Amends a market (修改市场信息). Its slug, status and history stay.
pub async fn amend_market(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: MarketInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AmendMarket>> {
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let market = visible::load_for(&tx, &policy::AMEND, id).await?;
        if market.version != version {
            return Err(Stop::Refused(AmendMarket::Conflict { current: market.version }));
        }
        let kept = rows::other_trades(&tx, id).await?;
        let (scale, successes) = (market.scale(), market.successes());
        let figures = (scale.as_ref(), successes.as_ref());
        let around = describe::Around { kept: &kept, figures, ..rows::around(&ctx) };
        let described = describe::describe(&input, &around).map_err(|f| Stop::Refused(f.into()))?;
        decide(&market, &described).map_err(Stop::Refused)?;
        let fields = changed(&before(&tx, &market).await?, &described);
        let agency = authorise(&tx, &market, &described).await?;
        let unfit = credit::unfit_as_amended(&tx, &market, &described, agency, ctx.today()).await?;
        fit(unfit).map_err(Stop::Refused)?;
        if let Some(name) = rows::double(&tx, &described, Some(id)).await? {
            return Err(Stop::Refused(Flaw::DuplicateMarket { name }.into()));
        }
        let row = market::ActiveModel { agency: Set(agency), ..rows::described(&described) };
        let saved = rows::change(&tx, &market, row).await;
        if !saved.map_err(|error| rows::taken(error, &described))? {
            return Err(Stop::Refused(AmendMarket::Conflict { current: market.version + 1 }));
        }
        clear(&tx, &[id], true).await?;
        let mut parts = Parts::default();
        parts.add(&ctx, id, &described).await?;
        parts.write(&tx).await?;
        keep_maps(&tx, &market, &described).await?;
        history::write_fields(&tx, id, "amended", &fields);
        tx.announce(&MarketAmended { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(market: &market::Model, d: &Described) -> Result<(), AmendMarket> {
    if market.status == MarketStatus::Delisted {
        return Err(AmendMarket::Delisted);
    }
    match lacking(market.status, d) {
        Some(Lacking::Hours) => Err(AmendMarket::ListedNeedsHours),
        Some(Lacking::Trades) => Err(AmendMarket::ListedNeedsTrades),
        Some(Lacking::Licence) => Err(AmendMarket::ListedNeedsLicence),
        // A form without the operator's name was refused before.
        Some(Lacking::OperatorName) | None => Ok(()),
    }
}

/// What speaks against what the market would be run under, as a refusal.
fn fit(unfit: Option<Unfit>) -> Result<(), AmendMarket> {
    match unfit {
        Some(Unfit::NoLicence) => Err(AmendMarket::ListedNeedsLicence),
        Some(Unfit::Expired(until)) => Err(AmendMarket::LicenceExpired { until: until.to_string() }),
        Some(Unfit::RanOut(since)) => Err(AmendMarket::AgencyLicenceExpired { since: since.to_string() }),
        Some(Unfit::Suspended(since)) => Err(AmendMarket::LicenceSuspended { since: since.to_string() }),
        Some(Unfit::Revoked(since)) => Err(AmendMarket::LicenceRevoked { since: since.to_string() }),
        // It bars listing and resuming, and no amendment.
        Some(Unfit::BadCredit(_)) | None => Ok(()),
    }
}

/// The market as it stands, for the history.
async fn before<'a>(tx: &Tx, market: &'a market::Model) -> Result<Before<'a>, Fault> {
    let trade = |row: market_trade::Model| row.code.map(Trade::Known).or_else(|| row.name.map(Trade::Other));
    let trades = market_trade::Entity::find()
        .filter(market_trade::Column::MarketId.eq(market.id))
        .order_by_asc(market_trade::Column::Position)
        .all(tx)
        .await?;
    let contacts = market_contact::Entity::find()
        .filter(market_contact::Column::MarketId.eq(market.id))
        .order_by_asc(market_contact::Column::Position)
        .all(tx)
        .await?;
    let services =
        market_service::Entity::find().filter(market_service::Column::MarketId.eq(market.id)).all(tx).await?;
    Ok(Before {
        row: market,
        trades: trades.into_iter().filter_map(trade).collect(),
        services: services.into_iter().map(|row| row.kind).collect(),
        contacts: contacts.into_iter().map(|row| (row.label, row.phone_display, row.public)).collect(),
    })
}

/// A listed market that is in the public interest now is to be annotated on maps; one that moved, again.
async fn keep_maps(tx: &Tx, market: &market::Model, d: &Described) -> Result<(), Fault> {
    if d.public_interest && market.status == MarketStatus::Listed {
        annotations::ensure(tx, &[market.id]).await?;
    }
    if d.point != market.point() {
        annotations::moved(tx, market.id).await?;
    }
    Ok(())
}

/// Moving a market needs the right at both places; what it is and whose, and what its agency is called, is for those to say
/// who may register it. The answer is the agency that runs it from now on.
async fn authorise(tx: &Tx, market: &market::Model, d: &Described) -> Result<Option<Uuid>, Stop<AmendMarket>> {
    let there = |agency| visible::place(d.operator_kind, &d.located.county, Some(market.id), agency);
    let registers = tx.ctx().allows(&policy::REGISTER, &there(None)).await?;
    let same = market.run_under() == d.run_under() && market.public_interest == d.public_interest;
    let agency = match (registers, same) {
        (true, _) => rows::agency_of(&rows::agencies(tx, [d]).await?, d),
        (false, true) => market.agency,
        (false, false) => return Err(Stop::Refused(AmendMarket::ReclassificationNotAllowed)),
    };
    tx.authorize(&policy::AMEND, &there(agency)).await?;
    Ok(agency)
}
