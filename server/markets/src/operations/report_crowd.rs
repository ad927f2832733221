//! Saying how full a market is (发布拥挤程度): for the public, and for a while.

use chrono::Duration;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use crate::kinds::{CrowdLevel, MarketStatus};
use crate::policy;
use crate::rows::market_crowd::{ActiveModel, Column, Entity};
use crate::store::visible;

/// Minutes it holds unless said otherwise.
const USUAL: i32 = 60;

kernel::refusals! {
    /// Why it was not published (不予发布拥挤程度).
    pub ReportCrowd => ReportCrowdRefused, ReportCrowdRefusalCode {
        /// The public does not see the market.
        NotListed @ "marketId": "该市场未列入名录，无需发布拥挤程度。" / "This market is not in the directory; the public does not see it.",
        /// Too short or too long.
        Minutes @ "minutes": "有效时间应为 10—480 分钟。" / "It holds for 10 to 480 minutes.",
    }
}

/// Publishes how full a market is (发布拥挤程度). The last word counts, until it expires.
pub async fn report_crowd(
    ctx: &Ctx,
    market: Uuid,
    level: CrowdLevel,
    minutes: Option<i32>,
    once: Option<Once>,
) -> Result<Outcome, Stop<ReportCrowd>> {
    ctx.transact_once(&policy::CROWD, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CROWD, market).await?;
        if row.status != MarketStatus::Listed {
            return Err(Stop::Refused(ReportCrowd::NotListed));
        }
        let minutes = minutes.unwrap_or(USUAL);
        if !(10..=480).contains(&minutes) {
            return Err(Stop::Refused(ReportCrowd::Minutes));
        }
        let now = tx.ctx().now();
        let said = ActiveModel {
            market_id: Set(market),
            level: Set(level),
            reported_at: Set(now),
            expires_at: Set(now + Duration::minutes(i64::from(minutes))),
        };
        let over = OnConflict::column(Column::MarketId)
            .update_columns([Column::Level, Column::ReportedAt, Column::ExpiresAt])
            .to_owned();
        Entity::insert(said).on_conflict(over).exec_without_returning(&tx).await?;
        tx.note("level", level.code());
        Ok(Outcome::of("Market", market, row.version))
    })
    .await
}
