//! Suspends a market: out of the directory for the time being (暂停).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::MarketSuspended;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::market;
use crate::rules::lifecycle::{Step, after};
use crate::rules::naming::some;
use crate::store::{history, market as rows, visible};

/// Characters a reason may have.
const REASON: usize = 500;

kernel::refusals! {
    /// Why it was not done (不予暂停).
    pub SuspendMarket => SuspendMarketReason, SuspendMarketRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this market (now version {current}); reload and try again.",
        /// Not from the state it is in.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "该市场当前状态为“{status_zh}”，只有已列入名录的市场可以暂停。" /
            "This market is {status_en}; only a listed market is suspended.",
        /// No reason.
        ReasonMissing @ "reason": "请填写理由。" / "Give a reason.",
        /// A reason longer than is kept.
        ReasonTooLong { limit: usize } @ "reason":
            "理由超过 {limit} 个字，请缩短。" / "The reason has more than {limit} characters; shorten it.",
    }
}

/// Suspends a market: out of the directory for the time being (暂停).
pub async fn suspend_market(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<SuspendMarket>> {
    ctx.transact_once(&policy::SUSPEND, once, |tx| async move {
        let market = visible::load_for(&tx, &policy::SUSPEND, id).await?;
        let (status, reason) = decide(&market, version, &reason).map_err(Stop::Refused)?;
        let change = market::ActiveModel {
            status: Set(status),
            status_reason: Set(Some(reason.clone())),
            ..market::ActiveModel::default()
        };
        if !rows::change(&tx, &market, change).await? {
            return Err(Stop::Refused(SuspendMarket::Conflict { current: market.version + 1 }));
        }
        history::write(&tx, id, "suspended", Some(reason));
        tx.announce(&MarketSuspended { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(market: &market::Model, version: i32, reason: &str) -> Result<(MarketStatus, String), SuspendMarket> {
    if market.version != version {
        return Err(SuspendMarket::Conflict { current: market.version });
    }
    let title = market.status.title();
    let status = after(market.status, Step::Suspend)
        .ok_or_else(|| SuspendMarket::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() })?;
    let reason = some(Some(reason)).ok_or(SuspendMarket::ReasonMissing)?;
    if reason.chars().count() > REASON {
        return Err(SuspendMarket::ReasonTooLong { limit: REASON });
    }
    Ok((status, reason))
}
