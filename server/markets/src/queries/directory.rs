//! The public directory (公开名录): who may see it is everybody, what is in it is listed.

use std::cmp::Ordering;

use async_graphql::{Enum, InputObject};
use kernel::geo::{Crs, Point};
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use serde::Serialize;
use uuid::Uuid;

use super::public_row::{PublicRow, Wanted};
use super::{conditions, standard};
use crate::kinds::{FacilityKind, MarketStatus, OperatingNature, ServiceKind};
use crate::rows::market;

/// What is searched for in the directory (名录筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct DirectoryFilter {
    /// Words: names, addresses, trades and their street names (检索词).
    pub search: Option<String>,
    /// A trade: code, official name or street name (工种).
    pub trade: Option<String>,
    /// A division of any level (区划代码).
    pub division: Option<String>,
    /// Operating nature (运营性质).
    pub nature: Option<OperatingNature>,
    /// Public interest (公益性).
    pub public_interest: Option<bool>,
    /// Opens early (提早开放).
    pub early_opening: Option<bool>,
    /// Offers such a service (服务项目).
    pub service: Option<ServiceKind>,
    /// Has such a facility, in service (便民设施).
    pub facility: Option<FacilityKind>,
    /// Standardised (规范化).
    pub standardised: Option<bool>,
    /// Code of a township (乡镇街道代码).
    pub township: Option<String>,
    /// A village or neighbourhood, by name or by its twelve digits (村、社区名称或代码).
    pub village: Option<String>,
    /// Open now (正在营业).
    pub open_now: Option<bool>,
    /// Around a place (附近).
    pub near: Option<NearInput>,
}

/// Around a place (附近).
#[derive(Clone, Copy, Debug, PartialEq, InputObject, Serialize)]
pub struct NearInput {
    /// Latitude in degrees (纬度).
    pub lat: f64,
    /// Longitude in degrees (经度).
    pub lng: f64,
    /// Reference system (坐标系).
    pub crs: Crs,
    /// Metres around it, 1–200,000 (半径).
    pub radius_metres: i32,
}

/// How far somebody looks, metres.
pub const RADIUS: std::ops::RangeInclusive<i32> = 1..=200_000;

/// The order of the directory (名录排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum DirectoryOrder {
    /// By name (按名称).
    #[default]
    Name,
    /// By division, then name (按区划).
    Division,
    /// Nearest first; refused without `near` (按距离).
    Distance,
}

/// A row of a page, with its sort key and its distance.
pub struct Found {
    /// The sort key.
    pub key: Vec<String>,
    /// The row.
    pub row: PublicRow,
    /// Metres from the place that was searched around.
    pub distance: Option<i32>,
}

/// A page of the directory, and how many there are if that was asked: one statement, two around a place, and one more
/// for the count.
pub async fn page(
    ctx: &Ctx,
    filter: &DirectoryFilter,
    order: DirectoryOrder,
    paging: &Paging,
    asked: (Wanted, bool),
) -> Result<(Vec<Found>, Option<i64>), Fault> {
    let (wanted, count) = asked;
    let wanted = if order == DirectoryOrder::Division { wanted.with_division() } else { wanted };
    let query = market::Entity::find().filter(condition(ctx, filter));
    if let Some(near) = &filter.near {
        return around(ctx, query, near, order, (paging, &wanted)).await;
    }
    let total = if count { Some(number(query.clone().count(&ctx.scope()).await?)) } else { None };
    let mut sorted = match order {
        DirectoryOrder::Division => query.order_by_asc(market::Column::Division),
        DirectoryOrder::Name | DirectoryOrder::Distance => query,
    }
    .order_by_asc(market::Column::DisplayName)
    .order_by_asc(market::Column::Id);
    if let Some(after) = &paging.after {
        sorted = sorted.filter(beyond(order, after)?);
    }
    let rows = wanted.rows(sorted.limit(paging.limit()), &ctx.scope()).await?;
    let found = rows.into_iter().map(|row| Ok(Found { key: key(order, &row)?, row, distance: None }));
    Ok((found.collect::<Result<_, Fault>>()?, total))
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn key(order: DirectoryOrder, row: &PublicRow) -> Result<Vec<String>, Fault> {
    let (name, id) = (row.display_name.clone(), row.id.to_string());
    Ok(match order {
        DirectoryOrder::Division => vec![row.division()?.clone(), name, id],
        DirectoryOrder::Name | DirectoryOrder::Distance => vec![name, id],
    })
}

/// What comes after a key.
fn beyond(order: DirectoryOrder, after: &[String]) -> Result<Condition, Fault> {
    let broken = || Fault::internal("read a cursor of the directory");
    let (name, id) = (market::Column::DisplayName, market::Column::Id);
    let rest = |n: &String, i: &String| -> Result<Condition, Fault> {
        let i: Uuid = i.parse().map_err(Fault::of("read a cursor of the directory"))?;
        let same = Condition::all().add(name.eq(n.as_str())).add(id.gt(i));
        Ok(Condition::any().add(name.gt(n.as_str())).add(same))
    };
    match (order, after) {
        (DirectoryOrder::Division, [division, n, i]) => {
            let column = market::Column::Division;
            let same = Condition::all().add(column.eq(division.as_str())).add(rest(n, i)?);
            Ok(Condition::any().add(column.gt(division.as_str())).add(same))
        }
        (DirectoryOrder::Name | DirectoryOrder::Distance, [n, i]) => rest(n, i),
        _ => Err(broken()),
    }
}

/// What is listed, and meets the filter; a place is left to [`around`], but for its box.
fn condition(ctx: &Ctx, filter: &DirectoryFilter) -> Condition {
    let mut all = Condition::all().add(market::Column::Status.eq(MarketStatus::Listed));
    if let Some(search) = &filter.search {
        all = all.add(conditions::words(search));
    }
    if let Some(trade) = filter.trade.as_deref().filter(|t| !t.trim().is_empty()) {
        all = all.add(conditions::trade(trade));
    }
    if let Some(division) = filter.division.as_deref().filter(|d| !d.trim().is_empty()) {
        all = all.add(conditions::division(division));
    }
    if let Some(nature) = filter.nature {
        all = all.add(market::Column::Nature.eq(nature));
    }
    if let Some(flag) = filter.public_interest {
        all = all.add(market::Column::PublicInterest.eq(flag));
    }
    if let Some(flag) = filter.standardised {
        let yes = standard::is_standardised(ctx.today());
        all = all.add(if flag { yes } else { yes.not() });
    }
    all = all
        .add_option(filter.early_opening.map(|flag| market::Column::EarlyOpening.eq(flag)))
        .add_option(filter.township.as_deref().filter(|t| !t.trim().is_empty()).map(conditions::division))
        .add_option(filter.village.as_deref().filter(|v| !v.trim().is_empty()).map(conditions::village))
        .add_option(filter.service.map(conditions::offers))
        .add_option(filter.facility.map(conditions::has_facility_in_service));
    if let Some(open) = filter.open_now {
        let now = conditions::open_at(ctx.today(), crate::schema::shown::minute_of(ctx));
        all = all.add(if open { now } else { now.not() });
    }
    if let Some(near) = &filter.near {
        all = all.add(box_around(near, market::Column::GcjLat, market::Column::GcjLng));
    }
    all
}

/// The search around a place: a box in GCJ-02 by index, then exact distances. No back end can compute them alike, so
/// the box's keys are read, sorted here, and the page is read by its ids.
async fn around(
    ctx: &Ctx,
    query: Select<market::Entity>,
    near: &NearInput,
    order: DirectoryOrder,
    (paging, wanted): (&Paging, &Wanted),
) -> Result<(Vec<Found>, Option<i64>), Fault> {
    let Ok(place) = Point::new(near.lat, near.lng, near.crs) else { return Ok((Vec::new(), Some(0))) };
    let columns = [
        market::Column::Id,
        market::Column::DisplayName,
        market::Column::Division,
        market::Column::GcjLat,
        market::Column::GcjLng,
    ];
    let rows: Vec<(Uuid, String, String, Option<f64>, Option<f64>)> =
        query.select_only().columns(columns).into_tuple().all(&ctx.scope()).await?;
    let radius = f64::from(near.radius_metres);
    let mut hits: Vec<(Vec<String>, Uuid, i32)> = rows
        .into_iter()
        .filter_map(|(id, name, division, lat, lng)| {
            let metres = Point::new(lat?, lng?, Crs::Gcj02).ok()?.distance_m(place);
            (metres <= radius).then(|| (sort_key(order, id, name, division, metres), id, whole(metres)))
        })
        .collect();
    let total = number(hits.len() as u64);
    hits.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(after) = &paging.after {
        hits.retain(|(key, _, _)| key.cmp(after) == Ordering::Greater);
    }
    hits.truncate(usize::try_from(paging.limit()).unwrap_or(usize::MAX));
    let hit = market::Column::Id.is_in(hits.iter().map(|(_, id, _)| *id));
    let rows = wanted.rows(market::Entity::find().filter(hit), &ctx.scope()).await?;
    let mut by_id: std::collections::HashMap<Uuid, PublicRow> = rows.into_iter().map(|r| (r.id, r)).collect();
    let found = hits
        .into_iter()
        .filter_map(|(key, id, metres)| Some(Found { key, row: by_id.remove(&id)?, distance: Some(metres) }));
    Ok((found.collect(), Some(total)))
}

/// A key that sorts as text: metres are padded.
fn sort_key(order: DirectoryOrder, id: Uuid, name: String, division: String, metres: f64) -> Vec<String> {
    match order {
        DirectoryOrder::Name => vec![name, id.to_string()],
        DirectoryOrder::Division => vec![division, name, id.to_string()],
        DirectoryOrder::Distance => vec![format!("{metres:012.3}"), id.to_string()],
    }
}

/// Whole metres.
fn whole(metres: f64) -> i32 {
    // `{:.0}` of a distance on Earth is an integer that fits; going through text needs no lossy cast.
    format!("{metres:.0}").parse().unwrap_or(i32::MAX)
}

/// The box around the place, for columns of GCJ-02 degrees, a hundredth wider than the radius.
pub fn box_around(near: &NearInput, lat: impl ColumnTrait, lng: impl ColumnTrait) -> Condition {
    /// Metres of a degree of latitude, the least there is.
    const DEGREE: f64 = 110_500.0;
    let Ok(place) = Point::new(near.lat, near.lng, near.crs) else {
        return conditions::nothing();
    };
    let map = place.to(Crs::Gcj02);
    // The offset of GCJ-02 differs a little from place to place: ten metres more than the radius.
    let reach = f64::from(near.radius_metres).mul_add(1.01, 10.0);
    let (high, wide) = (reach / DEGREE, reach / DEGREE / map.lat.to_radians().cos().max(0.1));
    Condition::all().add(lat.between(map.lat - high, map.lat + high)).add(lng.between(map.lng - wide, map.lng + wide))
}

/// A listed market by its id or slug, as far as it is asked for.
pub async fn one(ctx: &Ctx, id_or_slug: &str, wanted: &Wanted) -> Result<PublicRow, Fault> {
    let by = match ctx.parse_id("Market", &async_graphql::ID(id_or_slug.to_owned())) {
        Ok(id) => market::Column::Id.eq(id),
        Err(_) => market::Column::Slug.eq(id_or_slug),
    };
    let query = market::Entity::find().filter(market::Column::Status.eq(MarketStatus::Listed)).filter(by);
    wanted.rows(query, &ctx.scope()).await?.pop().ok_or(Fault::NotFound)
}
