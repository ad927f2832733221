//! Saving a zone (保存功能分区).

use kernel::refusal::Refusal as _;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Lang, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::ZoneInput;
use crate::policy;
use crate::rows::market_zone;
use crate::rows::zone_time;
use crate::rules::describe::hours_flaw;
use crate::rules::place::name_key;
use crate::rules::spans::{self, Span};
use crate::rules::venue::{self, NAME, Standing};
use crate::store::parts::insert;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a zone was not saved (不予保存功能分区).
    pub SaveZone => SaveZoneReason, SaveZoneRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "功能分区已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this zone (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// No name.
        NameMissing { limit: usize } @ "input.name": "请填写分区位置名称，不超过 {limit} 个字。" / "Name the place, in at most {limit} characters.",
        /// Numbers that cannot be.
        Figures @ "input.capacity": "面积应为 1—1000000 平方米，容纳人数应为 1—100000 人。" / "The area is 1 to 1,000,000 square metres, the capacity 1 to 100,000 people.",
        /// A public-interest market charges nothing.
        Charged @ "input.freeOfCharge":
            "公益性零工市场应免费提供对接洽谈场地（人社部发〔2022〕38号六）。" /
            "A public-interest market offers its places free of charge (national notice of 2022, section 6).",
        /// A timetable that cannot be.
        Timetable { zh: String, en: String } @ "input.timetable": "使用时段有误：{zh}" / "The timetable cannot be: {en}",
        /// The same place at the same time.
        Clash { zh: String, en: String } @ "input.timetable":
            "该位置在这一时段已用作“{zh}”，请错开时段或另选位置。" /
            "This place is already used for “{en}” at that time; choose another time or place.",
    }
}

/// Saves a new or a known zone of a market (保存功能分区).
pub async fn save_zone(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: ZoneInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveZone>> {
    ctx.transact_once(&policy::ARRANGE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::ARRANGE, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveZone::Delisted));
        }
        let free = input.free_of_charge.unwrap_or(row.public_interest);
        if row.public_interest && !free {
            return Err(Stop::Refused(SaveZone::Charged));
        }
        let input = ZoneInput { free_of_charge: Some(free), ..input };
        let kept = kept(&tx, market, which).await?;
        let version = saving::version(which, kept).map_err(|current| Stop::Refused(SaveZone::Conflict { current }))?;
        let others = others(&tx, market, which.id).await?;
        let times = decide(&input, &others).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input, &times).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "arranged", None);
        Ok(Outcome::of("Zone", id, version))
    })
    .await
}

/// The version of a known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_market = market_zone::Column::MarketId.eq(market);
    let row = market_zone::Entity::find_by_id(id).filter(of_market).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

async fn save(tx: &Tx, market: Uuid, id: Uuid, version: i32, input: &ZoneInput, times: &[Span]) -> Result<(), Fault> {
    let row = market_zone::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        kind: Set(input.kind),
        name: Set(text::tidy(&input.name)),
        name_key: Set(name_key(&input.name)),
        area_square_metres: Set(input.area_square_metres),
        capacity: Set(input.capacity),
        free_of_charge: Set(input.free_of_charge.unwrap_or_default()),
    };
    if version == 1 {
        market_zone::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        market_zone::Entity::update_many().set(row).filter(market_zone::Column::Id.eq(id)).exec(tx).await?;
    }
    zone_time::Entity::delete_many().filter(zone_time::Column::ZoneId.eq(id)).exec(tx).await?;
    let times = times.iter().map(|span| zone_time::ActiveModel {
        id: Set(tx.ctx().new_id()),
        zone_id: Set(id),
        market_id: Set(market),
        season: Set(span.season),
        from_month: Set(span.from_month),
        to_month: Set(span.to_month),
        weekdays: Set(span.weekdays),
        opens: Set(span.opens),
        closes: Set(span.closes),
    });
    insert::<zone_time::Entity>(tx, times.collect()).await
}

/// The other zones of the market with their times: two statements.
async fn others(tx: &Tx, market: Uuid, but: Option<Uuid>) -> Result<Vec<Standing>, Fault> {
    let zones = market_zone::Entity::find().filter(market_zone::Column::MarketId.eq(market)).all(tx).await?;
    let times = zone_time::Entity::find().filter(zone_time::Column::MarketId.eq(market)).all(tx).await?;
    Ok(zones
        .into_iter()
        .filter(|zone| Some(zone.id) != but)
        .map(|zone| Standing {
            times: times.iter().filter(|t| t.zone_id == zone.id).map(Span::from).collect(),
            kind: zone.kind,
            name: zone.name,
        })
        .collect())
}

fn decide(input: &ZoneInput, others: &[Standing]) -> Result<Vec<Span>, SaveZone> {
    if !venue::fits(&input.name, NAME) {
        return Err(SaveZone::NameMissing { limit: NAME });
    }
    if !venue::zone_figures(input) {
        return Err(SaveZone::Figures);
    }
    let times = spans::read(&input.timetable).map_err(|flaw| {
        let flaw = hours_flaw(flaw);
        SaveZone::Timetable { zh: flaw.message(Lang::Zh), en: flaw.message(Lang::En) }
    })?;
    match venue::clashing(&input.name, &times, others) {
        Some(other) => {
            Err(SaveZone::Clash { zh: other.kind.title().zh.to_owned(), en: other.kind.title().en.to_owned() })
        }
        None => Ok(times),
    }
}
