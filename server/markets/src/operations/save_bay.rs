//! Saving a bay (保存上车点).

use kernel::geo::Point;
use kernel::refusal::Refusal as _;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Lang, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::BayInput;
use crate::policy;
use crate::rows::market;
use crate::rows::pickup_bay;
use crate::rules::naming::some;
use crate::rules::place;
use crate::rules::venue::{self, NAME, TEXT};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a bay was not saved (不予保存上车点).
    pub SaveBay => SaveBayReason, SaveBayRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "上车点已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this bay (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// No label.
        LabelMissing { limit: usize } @ "input.label": "请填写上车点编号或名称，不超过 {limit} 个字。" / "Label the bay, in at most {limit} characters.",
        /// Numbers that cannot be.
        Figures @ "input.capacity": "车位数应为 1—1000，停留时间应为 1—1440 分钟。" / "The capacity is 1 to 1,000 vehicles, the stay 1 to 1,440 minutes.",
        /// A point that cannot be.
        Point { zh: String, en: String } @ "input.point": "坐标有误：{zh}" / "The point cannot be: {en}",
        /// Far from its market.
        FarAway @ "input.point":
            "上车点距市场超过 5 公里，请核对坐标和坐标系。" /
            "The bay is more than five kilometres from its market; look at the coordinates and their system again.",
        /// A route longer than is kept.
        RouteTooLong { limit: usize } @ "input.routeText": "路线说明超过 {limit} 个字，请缩短。" / "The route has more than {limit} characters; shorten it.",
    }
}

/// Saves a new or a known bay of a market (保存上车点).
pub async fn save_bay(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: BayInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveBay>> {
    ctx.transact_once(&policy::ARRANGE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::ARRANGE, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveBay::Delisted));
        }
        let kept = kept(&tx, market, which).await?;
        let version = saving::version(which, kept).map_err(|current| Stop::Refused(SaveBay::Conflict { current }))?;
        let point = decide(&input, &row, &tx.ctx().tenant().code).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input, point).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "arranged", None);
        Ok(Outcome::of("PickupBay", id, version))
    })
    .await
}

/// The version of a known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_market = pickup_bay::Column::MarketId.eq(market);
    let row = pickup_bay::Entity::find_by_id(id).filter(of_market).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

async fn save(
    tx: &Tx,
    market: Uuid,
    id: Uuid,
    version: i32,
    input: &BayInput,
    point: Option<Point>,
) -> Result<(), Fault> {
    let (lat, lng, crs) = saving::columns(point);
    let row = pickup_bay::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        label: Set(text::tidy(&input.label)),
        capacity: Set(input.capacity),
        max_stay_minutes: Set(input.max_stay_minutes),
        lat,
        lng,
        crs,
        route_text: Set(some(input.route_text.as_deref())),
    };
    if version == 1 {
        pickup_bay::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        pickup_bay::Entity::update_many().set(row).filter(pickup_bay::Column::Id.eq(id)).exec(tx).await?;
    }
    Ok(())
}

/// A bay stands at its market: farther off, the coordinates or their system are wrong. Metres.
const NEAR: f64 = 5000.0;

fn decide(input: &BayInput, market: &market::Model, city: &str) -> Result<Option<Point>, SaveBay> {
    if !venue::fits(&input.label, NAME) {
        return Err(SaveBay::LabelMissing { limit: NAME });
    }
    if !venue::bay_figures(input) {
        return Err(SaveBay::Figures);
    }
    if !venue::may_fit(input.route_text.as_deref(), TEXT) {
        return Err(SaveBay::RouteTooLong { limit: TEXT });
    }
    let point = input
        .point
        .as_ref()
        .map(|p| place::point(p, city))
        .transpose()
        .map_err(|flaw| SaveBay::Point { zh: flaw.message(Lang::Zh), en: flaw.message(Lang::En) })?;
    match (point, market.point()) {
        (Some(bay), Some(door)) if bay.distance_m(door) > NEAR => Err(SaveBay::FarAway),
        _ => Ok(point),
    }
}
