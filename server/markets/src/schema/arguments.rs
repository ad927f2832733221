//! Arguments of queries that no market can fit (查询参数): said, instead of an empty page that looks like an answer.

use async_graphql::Error;
use kernel::divisions::{Divisions, Level};
use kernel::geo::{GeoError, Point};
use kernel::gql::invalid_argument;
use kernel::refusal::Refusal as _;
use kernel::{Ctx, Lang};

use crate::operations::register_market::RegisterMarket;
use crate::queries::directory::{DirectoryFilter, DirectoryOrder, NearInput, RADIUS};
use crate::queries::markets::MarketFilter;
use crate::rules::place;

/// Checks the filter of the public directory, and that its order is one: nothing is nearest without a place.
pub(super) fn directory(ctx: &Ctx, filter: &DirectoryFilter, order: DirectoryOrder) -> Result<(), Error> {
    check_division(ctx, "filter.division", filter.division.as_deref())?;
    check_division(ctx, "filter.township", filter.township.as_deref())?;
    match &filter.near {
        Some(near) => check_near(ctx, near),
        None if order == DirectoryOrder::Distance => {
            let text = match ctx.lang() {
                Lang::Zh => "按距离排序须给出附近的地点和半径（filter.near）。",
                Lang::En => "Ordering by distance needs a place and a radius (filter.near).",
            };
            Err(invalid_argument("filter.near", text))
        }
        None => Ok(()),
    }
}

/// Checks the level of the gaps in service: only counties and townships are ever one.
pub(super) fn gaps(ctx: &Ctx, level: Level) -> Result<(), Error> {
    if matches!(level, Level::County | Level::Township) {
        return Ok(());
    }
    let text = match ctx.lang() {
        Lang::Zh => "服务空白按区县或街道、乡镇统计，级别（level）须为 COUNTY 或 TOWNSHIP。",
        Lang::En => "Gaps in service are told by county or by township: level is COUNTY or TOWNSHIP.",
    };
    Err(invalid_argument("level", text))
}

/// Checks the filter of the markets that staff look at.
pub(super) fn markets(ctx: &Ctx, filter: &MarketFilter) -> Result<(), Error> {
    check_division(ctx, "filter.division", filter.division.as_deref())
}

/// A division in force; the successor of a retired one is named in the same words as where an address is refused.
pub fn check_division(ctx: &Ctx, argument: &str, code: Option<&str>) -> Result<(), Error> {
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else { return Ok(()) };
    match place::in_force(Divisions::standard(), code) {
        Ok(_) => Ok(()),
        Err(flaw) => Err(invalid_argument(argument, RegisterMarket::from(flaw).message(ctx.lang()))),
    }
}

/// A place on the Earth, and a radius that somebody looks within: `filter.near`.
pub fn check_near(ctx: &Ctx, near: &NearInput) -> Result<(), Error> {
    let zh = ctx.lang() == Lang::Zh;
    if let Err(error) = Point::new(near.lat, near.lng, near.crs) {
        let argument = match error {
            GeoError::Latitude => "filter.near.lat",
            GeoError::Longitude => "filter.near.lng",
        };
        return Err(invalid_argument(argument, if zh { error.zh().to_owned() } else { error.to_string() }));
    }
    if RADIUS.contains(&near.radius_metres) {
        return Ok(());
    }
    let text = if zh { "半径应在 1 到 200000 米之间。" } else { "A radius is from 1 to 200,000 metres." };
    Err(invalid_argument("filter.near.radiusMetres", text))
}
