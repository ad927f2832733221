//! Listing a market (列入名录).

use kernel::{Ctx, Fault, Lang, Once, Outcome, Stop, Text, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::events::MarketListed;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::{market, market_hours, market_trade};
use crate::rules::inclusion::Unfit;
use crate::rules::lifecycle::{Completeness, Incomplete, Step, after, missing};
use crate::store::{annotations, credit, history, market as rows, visible};

kernel::refusals! {
    /// Why a market was not listed (不予列入名录).
    pub ListMarket => ListMarketReason, ListMarketRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this market (now version {current}); reload and try again.",
        /// It is listed, suspended or delisted.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "该市场当前状态为“{status_zh}”，不能列入名录；暂停的市场请办理“恢复”。" /
            "This market is {status_en} and cannot be listed; resume it if it is suspended.",
        /// More than one thing is missing: all of it is told at once.
        Incomplete { zh: String, en: String } @ "id":
            "列入名录前还缺以下内容，请一次补齐：{zh}。" / "Before listing, enter all of: {en}.",
        /// No address.
        NoAddress @ "address.text": "列入名录前请先填写详细地址。" / "Enter the address before listing.",
        /// No hours.
        NoHours @ "hours": "列入名录前请先填写运行时间。" / "Enter the hours before listing.",
        /// No trades.
        NoTrades @ "trades": "列入名录前请先填写主要招聘工种。" / "Enter at least one trade before listing.",
        /// An operator without a name.
        NoOperatorName @ "operatorName":
            "列入名录前请先填写运营机构名称：经营性市场须由持证机构诚信运营（人社部发〔2022〕38号第九条）。" /
            "Enter the operator's name before listing: commercial markets are run by licensed agencies of good record (national notice of 2022, art 9).",
        /// A commercial market without a licence.
        NoLicence @ "licenceNo":
            "经营性市场列入名录前，请先填写运营机构的人力资源服务许可证编号（人力资源市场暂行条例第十八条）。" /
            "Enter the number of the operator's licence before listing a commercial market (Interim Regulations on the Human Resources Market, art 18).",
        /// A licence that ran out.
        LicenceExpired { until: String } @ "licenceUntil":
            "运营机构的人力资源服务许可证已于 {until} 到期，请核对新证并更新编号和有效期后再列入。" /
            "The operator's licence ran out on {until}; look at the new one, enter its number and last day, then list.",
        /// What is registered of the agency says that its licence ran out.
        AgencyLicenceExpired { since: String } @ "agency":
            "登记的机构许可证自 {since} 起已过期，请先由登记机关变更有效期并核验新证，再办理列入。" /
            "By what is registered of the agency its licence is good for nothing since {since}; have its last day amended and the new one verified, then list the market.",
        /// The agency's licence is suspended.
        LicenceSuspended { since: String } @ "agency":
            "运营机构的许可证自 {since} 起已暂停，恢复之前不能列入（人力资源市场暂行条例第十八条）。" /
            "The operator's licence is suspended since {since}; list the market once it is given back (Interim Regulations on the Human Resources Market, art 18).",
        /// The agency's licence is revoked.
        LicenceRevoked { since: String } @ "agency":
            "运营机构的许可证自 {since} 起已吊销，不能列入；请更换持证的运营机构（人力资源市场暂行条例第十八条）。" /
            "The operator's licence is revoked since {since}; list the market under another agency (Interim Regulations on the Human Resources Market, art 18).",
        /// Bad credit in force.
        BadCredit { since: String } @ "badCredits":
            "运营机构自 {since} 起被列为严重失信，不能列入名录；信用修复后请先登记移出日期（人社部发〔2022〕38号第九条）。" /
            "The operator is of seriously bad credit since {since} and cannot be listed; once it is lifted, record the day (national notice of 2022, art 9).",
    }
}

/// Lists a market in the directory (列入名录). A public-interest market gets its tasks to be annotated on Baidu and Gaode
/// maps (晋人社厅发〔2022〕60号 三).
pub async fn list_market(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<ListMarket>> {
    ctx.transact_once(&policy::LIST, once, |tx| async move {
        let market = visible::load_for(&tx, &policy::LIST, id).await?;
        let has = completeness(&tx, &market).await?;
        let unfit = credit::unfit(&tx, &market, tx.ctx().today()).await?;
        let status = decide(&market, version, &has, unfit).map_err(Stop::Refused)?;
        let change = market::ActiveModel {
            status: Set(status),
            status_reason: Set(None),
            listed_on: Set(Some(market.listed_on.unwrap_or_else(|| tx.ctx().today()))),
            ..market::ActiveModel::default()
        };
        if !rows::change(&tx, &market, change).await? {
            return Err(Stop::Refused(ListMarket::Conflict { current: market.version + 1 }));
        }
        if market.public_interest {
            annotations::ensure(&tx, &[id]).await?;
        }
        history::write(&tx, id, "listed", None);
        tx.announce(&MarketListed { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(
    market: &market::Model,
    version: i32,
    has: &Completeness,
    unfit: Option<Unfit>,
) -> Result<MarketStatus, ListMarket> {
    if market.version != version {
        return Err(ListMarket::Conflict { current: market.version });
    }
    let Some(status) = after(market.status, Step::List) else {
        let title = market.status.title();
        return Err(ListMarket::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    };
    let missing = missing(has);
    match (&missing[..], unfit) {
        ([], None) => Ok(status),
        ([], Some(unfit)) => Err(unfit.into()),
        ([one], None) => Err(match one {
            Incomplete::Address => ListMarket::NoAddress,
            Incomplete::Hours => ListMarket::NoHours,
            Incomplete::Trades => ListMarket::NoTrades,
            Incomplete::OperatorName => ListMarket::NoOperatorName,
        }),
        (several, unfit) => Err(told_at_once(several, unfit)),
    }
}

/// All that is missing, in one refusal (一次性告知).
fn told_at_once(missing: &[Incomplete], unfit: Option<Unfit>) -> ListMarket {
    let all: Vec<Text> = missing.iter().map(|what| what.title()).chain(unfit.map(Unfit::cure)).collect();
    let list = |lang, between| all.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between);
    ListMarket::Incomplete { zh: list(Lang::Zh, "、"), en: list(Lang::En, ", ") }
}

crate::rules::inclusion::refused_as_unfit!(ListMarket);

/// How complete a stored market is.
async fn completeness(tx: &Tx, market: &market::Model) -> Result<Completeness, Fault> {
    let hours = market_hours::Entity::find().filter(market_hours::Column::MarketId.eq(market.id)).count(tx).await?;
    let trades = market_trade::Entity::find().filter(market_trade::Column::MarketId.eq(market.id)).count(tx).await?;
    let whole = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    Ok(Completeness {
        address: !market.address.is_empty(),
        hours: whole(hours),
        trades: whole(trades),
        operator: market.operator_kind,
        operator_name: market.operator_name.is_some(),
    })
}
