//! Saving a facility (保存便民设施).

use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::FacilityInput;
use crate::policy;
use crate::rows::market_facility;
use crate::rules::venue::{self, NAME};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a facility was not saved (不予保存便民设施).
    pub SaveFacility => SaveFacilityReason, SaveFacilityRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "便民设施已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this facility (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// No name.
        NameMissing { limit: usize } @ "input.name": "请填写设施名称，不超过 {limit} 个字。" / "Name the facility, in at most {limit} characters.",
        /// A number that cannot be.
        Quantity @ "input.quantity": "数量应为 0—100000。" / "The quantity is from 0 to 100,000.",
        /// A day to come.
        CheckedInFuture @ "input.lastCheckedOn": "检查日期不能晚于今天。" / "The day of the check cannot be later than today.",
    }
}

/// Saves a new or a known facility of a market (保存便民设施).
pub async fn save_facility(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: FacilityInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveFacility>> {
    ctx.transact_once(&policy::ARRANGE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::ARRANGE, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveFacility::Delisted));
        }
        let kept = kept(&tx, market, which).await?;
        let version =
            saving::version(which, kept).map_err(|current| Stop::Refused(SaveFacility::Conflict { current }))?;
        decide(&input, tx.ctx().today()).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "arranged", None);
        Ok(Outcome::of("Facility", id, version))
    })
    .await
}

/// The version of a known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_market = market_facility::Column::MarketId.eq(market);
    let row = market_facility::Entity::find_by_id(id).filter(of_market).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

async fn save(tx: &Tx, market: Uuid, id: Uuid, version: i32, input: &FacilityInput) -> Result<(), Fault> {
    let row = market_facility::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        kind: Set(input.kind),
        name: Set(text::tidy(&input.name)),
        quantity: Set(input.quantity),
        state: Set(input.state),
        last_checked_on: Set(input.last_checked_on.map(|day| day.0)),
    };
    if version == 1 {
        market_facility::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        market_facility::Entity::update_many().set(row).filter(market_facility::Column::Id.eq(id)).exec(tx).await?;
    }
    Ok(())
}

fn decide(input: &FacilityInput, today: chrono::NaiveDate) -> Result<(), SaveFacility> {
    if !venue::fits(&input.name, NAME) {
        return Err(SaveFacility::NameMissing { limit: NAME });
    }
    if !venue::facility_quantity(input) {
        return Err(SaveFacility::Quantity);
    }
    if input.last_checked_on.is_some_and(|day| day.0 > today) {
        return Err(SaveFacility::CheckedInFuture);
    }
    Ok(())
}
