//! Opening a planned market: what was being built is registered and waits to be listed (建成转登记).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::MarketRegistered;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::market;
use crate::rules::lifecycle::{Step, after};
use crate::store::{history, market as rows, visible};

kernel::refusals! {
    /// Why a planned market was not opened (不予转登记).
    pub OpenMarket => OpenMarketReason, OpenMarketRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this market (now version {current}); reload and try again.",
        /// It is not planned.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "该市场当前状态为“{status_zh}”，只有规划中的市场可以转为登记。" /
            "This market is {status_en}; only a planned market is opened.",
    }
}

/// Opens a planned market (建成转登记): it becomes a draft, is completed and then listed.
pub async fn open_market(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<OpenMarket>> {
    ctx.transact_once(&policy::PLAN, once, |tx| async move {
        let market = visible::load_for(&tx, &policy::PLAN, id).await?;
        let status = decide(&market, version).map_err(Stop::Refused)?;
        let change = market::ActiveModel { status: Set(status), ..market::ActiveModel::default() };
        if !rows::change(&tx, &market, change).await? {
            return Err(Stop::Refused(OpenMarket::Conflict { current: market.version + 1 }));
        }
        history::write(&tx, id, "opened", None);
        tx.announce(&MarketRegistered { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(market: &market::Model, version: i32) -> Result<MarketStatus, OpenMarket> {
    if market.version != version {
        return Err(OpenMarket::Conflict { current: market.version });
    }
    let title = market.status.title();
    after(market.status, Step::Open)
        .ok_or_else(|| OpenMarket::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() })
}
