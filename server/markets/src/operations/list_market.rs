//! Listing a market (列入名录).

use kernel::maps::MapProvider;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::events::MarketListed;
use crate::kinds::{AnnotationStatus, MarketStatus};
use crate::policy;
use crate::rows::{map_annotation, market, market_hours, market_trade};
use crate::rules::lifecycle::{Completeness, Incomplete, Step, after, missing};
use crate::schema::parts::provider_code;
use crate::store::{history, market as rows, visible};

kernel::refusals! {
    /// Why a market was not listed (不予列入名录).
    pub ListMarket => ListMarketRefused, ListMarketRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this market (now version {current}); reload and try again.",
        /// It is listed, suspended or delisted.
        NotFromHere { status: String } @ "id":
            "该市场当前状态为“{status}”，不能列入名录；暂停的市场请办理“恢复”。" /
            "This market is {status} and cannot be listed; resume it if it is suspended.",
        /// No address.
        NoAddress @ "address.text": "列入名录前请先填写详细地址。" / "Enter the address before listing.",
        /// No hours.
        NoHours @ "hours": "列入名录前请先填写运行时间。" / "Enter the hours before listing.",
        /// No trades.
        NoTrades @ "trades": "列入名录前请先填写主要招聘工种。" / "Enter at least one trade before listing.",
        /// An operator without a name.
        NoOperatorName @ "operatorName":
            "列入名录前请先填写运营机构名称：经营性市场须由持证机构诚信运营（人社部发〔2022〕38号第九条）。" /
            "Enter the operator's name before listing: commercial markets are run by licensed agencies (人社部发〔2022〕38号 art 9).",
    }
}

/// Lists a market in the directory (列入名录). A public-interest market gets its tasks to be annotated on Baidu and Gaode
/// maps (晋人社厅发〔2022〕60号 三).
pub async fn list_market(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<ListMarket>> {
    ctx.transact_once(&policy::LIST, once, |tx| async move {
        let market = visible::load_for(&tx, &policy::LIST, id).await?;
        let has = completeness(&tx, &market).await?;
        let status = decide(&market, version, &has).map_err(Stop::Refused)?;
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
            annotation_tasks(&tx, id).await?;
        }
        history::write(&tx, id, "listed", None).await?;
        tx.announce(&MarketListed { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(market: &market::Model, version: i32, has: &Completeness) -> Result<MarketStatus, ListMarket> {
    if market.version != version {
        return Err(ListMarket::Conflict { current: market.version });
    }
    let Some(status) = after(market.status, Step::List) else {
        let title = market.status.title();
        return Err(ListMarket::NotFromHere { status: format!("{} ({})", title.zh, title.en) });
    };
    match missing(has) {
        None => Ok(status),
        Some(Incomplete::Address) => Err(ListMarket::NoAddress),
        Some(Incomplete::Hours) => Err(ListMarket::NoHours),
        Some(Incomplete::Trades) => Err(ListMarket::NoTrades),
        Some(Incomplete::OperatorName) => Err(ListMarket::NoOperatorName),
    }
}

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

/// The two tasks, unless they are there.
async fn annotation_tasks(tx: &Tx, market: Uuid) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let tasks = [MapProvider::Baidu, MapProvider::Gaode].map(|provider| map_annotation::ActiveModel {
        id: Set(ctx.new_id()),
        market_id: Set(market),
        version: Set(1),
        provider: Set(provider_code(provider).to_owned()),
        status: Set(AnnotationStatus::Todo),
        poi_id: Set(None),
        checked_on: Set(None),
        note: Set(None),
    });
    let keep = OnConflict::columns([map_annotation::Column::MarketId, map_annotation::Column::Provider])
        .do_nothing()
        .to_owned();
    map_annotation::Entity::insert_many(tasks).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(())
}
