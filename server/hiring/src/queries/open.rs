//! What everybody finds (公开招聘信息): published postings with a shift ahead, by trade, place, pay day and time.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

use async_graphql::{Enum, ID, InputObject};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use kernel::clock::day_of;
use kernel::geo::{Crs, Point};
use kernel::gql::{Paging, RowKey};
use kernel::store::Kept;
use kernel::{Ctx, Fault};
use markets::NearInput;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, Condition, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    StatementBuilder, Value,
};
use serde::Serialize;
use uuid::Uuid;

use super::conditions::{self, beyond, part};
use super::public_row::{PublicRow, Wanted, postings};
use crate::kinds::{EngagementType, PayDay, PostingKind, PostingStatus};
use crate::rows::posting::{self, Column};

/// What is searched for among open postings (找活筛选).
#[derive(Clone, Debug, Default, PartialEq, InputObject, Serialize)]
pub struct OpenPostingFilter {
    /// A trade: code, official name or street name (工种).
    pub trade: Option<String>,
    /// Words of the title (标题检索词).
    pub search: Option<String>,
    /// Code of the county where the work is (区县代码).
    pub county: Option<String>,
    /// At this market (市场).
    pub market_id: Option<ID>,
    /// Around a place (附近); what has no point of its own is where its market is.
    pub near: Option<NearInput>,
    /// When it is paid (结算方式).
    pub pay_day: Option<PayDay>,
    /// Work that ends after this (用工时间起).
    pub from: Option<DateTime<FixedOffset>>,
    /// Work that begins before this (用工时间止).
    pub to: Option<DateTime<FixedOffset>>,
    /// Confirms whoever applies (即时快招).
    pub instant: Option<bool>,
    /// Takes those first who find work hard to get (优先招用困难零工).
    pub priority: Option<bool>,
    /// Asks for no certificate (无需证书).
    pub without_certificate: Option<bool>,
    /// Odd job or internship (信息类别).
    pub kind: Option<PostingKind>,
    /// Engagement type (用工类型).
    pub engagement: Option<EngagementType>,
}

/// The order of open postings (找活排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum OpenPostingOrder {
    /// By the beginning of the work (按开工时间).
    #[default]
    Start,
    /// Nearest first; refused without `near` (按距离).
    Distance,
    /// Best paid first, as a day's wage (按报酬).
    Wage,
}

/// A row of a page, with its sort key and its distance.
pub struct Found {
    /// The sort key.
    pub key: RowKey,
    /// The row.
    pub row: PublicRow,
    /// Metres from the place that was searched around.
    pub distance: Option<i32>,
}

/// A page of open postings, and how many there are if that was asked: one statement, three around a place, and one more for the
/// count.
pub async fn page(
    ctx: &Ctx,
    filter: &OpenPostingFilter,
    order: OpenPostingOrder,
    paging: &Paging,
    (wanted, count): (Wanted, bool),
) -> Result<(Vec<Found>, Option<i64>), Fault> {
    if let Some(near) = &filter.near {
        let query = postings().filter(condition(ctx, filter)?);
        return around(ctx, query, near, order, (paging, &wanted)).await;
    }
    let total = match count {
        true => Some(whole(postings().filter(condition(ctx, filter)?).count(&ctx.scope()).await?)),
        false => None,
    };
    let by_wage = order == OpenPostingOrder::Wage;
    let wanted = if by_wage { wanted.by_wage() } else { wanted };
    let limit = paging.limit();
    let rows = match (codes_alone(filter), paging.after.as_deref()) {
        (Some(codes), None) => wanted.rows(&front(ctx, codes, (by_wage, limit), &wanted), &ctx.scope()).await?,
        (_, after) => {
            let query = postings().filter(condition(ctx, filter)?).filter(further(by_wage, after)?);
            wanted.rows(&wanted.select(sorted(query, by_wage).limit(limit)), &ctx.scope()).await?
        }
    };
    let found = rows.into_iter().map(|row| {
        let key = match by_wage {
            true => RowKey::Number(*row.wage_order()?, row.id),
            false => RowKey::Moment(row.starts_at, row.id),
        };
        Ok(Found { key, row, distance: None })
    });
    Ok((found.collect::<Result<_, Fault>>()?, total))
}

fn sorted(query: Select<posting::Entity>, by_wage: bool) -> Select<posting::Entity> {
    match by_wage {
        true => query.order_by_desc(Column::WageOrder).order_by_desc(Column::Id),
        false => query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id),
    }
}

/// What comes after a cursor.
fn further(by_wage: bool, after: Option<&[String]>) -> Result<Condition, Fault> {
    Ok(match after {
        None => Condition::all(),
        Some([value, id]) if by_wage => beyond(Column::WageOrder, (part::<i64>(value)?, part(id)?), true),
        Some([value, id]) => beyond(Column::StartsAt, (part::<DateTime<Utc>>(value)?, part(id)?), false),
        Some(_) => return Err(Fault::internal("read a cursor of open postings")),
    })
}

/// The codes of the trade, where nothing else is searched for: none where nothing is.
fn codes_alone(filter: &OpenPostingFilter) -> Option<Vec<String>> {
    if (OpenPostingFilter { trade: filter.trade.clone(), ..OpenPostingFilter::default() }) != *filter {
        return None;
    }
    match filter.trade.as_deref().filter(|name| !name.trim().is_empty()) {
        None => Some(Vec::new()),
        Some(name) => Some(conditions::codes_of(name)).filter(|codes| !codes.is_empty()),
    }
}

/// The first page of all postings, or of those of a trade: what a morning reads more than anything else, so its text is kept.
fn front(ctx: &Ctx, codes: Vec<String>, (by_wage, limit): (bool, u64), wanted: &Wanted) -> impl StatementBuilder {
    static TEXTS: LazyLock<Kept<(Wanted, bool, u64, usize)>> = LazyLock::new(Kept::default);
    let shape = (wanted.clone(), by_wage, limit, codes.len());
    let mut given: Vec<Value> = vec![ctx.now().into(), day_of(ctx.now()).into()];
    given.extend(codes.into_iter().map(Value::from));
    let wanted = wanted.clone();
    TEXTS.of(shape, given, move |given| {
        let [now, today, codes @ ..] = given else { return SelectStatement::new() };
        let open = conditions::open_at(now, today);
        let trade = (!codes.is_empty()).then(|| Column::Trade.is_in(codes.to_vec()));
        let query = postings().filter(open.add_option(trade));
        wanted.select(sorted(query, by_wage).limit(limit))
    })
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn condition(ctx: &Ctx, f: &OpenPostingFilter) -> Result<Condition, Fault> {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let market = f.market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose()?;
    Ok(conditions::open(ctx)
        .add_option(text(&f.trade).map(|name| conditions::trade(&name)))
        .add_option(text(&f.search).map(|words| conditions::title(&words)))
        .add_option(text(&f.county).map(|code| Column::County.eq(code.trim())))
        .add_option(market.map(|id| Column::MarketId.eq(id)))
        .add_option(f.pay_day.map(|v| Column::PayDay.eq(v)))
        .add_option(f.instant.map(|v| Column::Instant.eq(v)))
        .add_option(f.priority.map(|v| Column::Priority.eq(v)))
        .add_option(f.without_certificate.map(|flag| Column::NeedsCertificate.eq(!flag)))
        .add_option(f.kind.map(|v| Column::Kind.eq(v)))
        .add_option(f.engagement.map(|v| Column::Engagement.eq(v)))
        .add(conditions::between(f.from.map(|at| at.to_utc()), f.to.map(|at| at.to_utc()))))
}

/// A posting that lies around a place: its sort key, its id, its distance.
type Hit = (Vec<String>, Uuid, i32);

/// The search around a place: the markets there, a box by index, then exact distances, which no two back ends compute alike. The keys of the box are
/// read and sorted here, and the page is read by its ids.
async fn around(
    ctx: &Ctx,
    query: Select<posting::Entity>,
    near: &NearInput,
    order: OpenPostingOrder,
    (paging, wanted): (&Paging, &Wanted),
) -> Result<(Vec<Found>, Option<i64>), Fault> {
    let Ok(place) = Point::new(near.lat, near.lng, near.crs) else { return Ok((Vec::new(), Some(0))) };
    let markets = markets::points_around(&ctx.scope(), near).await?;
    let at_one = Condition::all().add(Column::Lat.is_null()).add(Column::MarketId.is_in(markets.keys().copied()));
    let here = Condition::any().add(markets::box_around(near, Column::Lat, Column::Lng)).add(at_one);
    let columns = [Column::Id, Column::StartsAt, Column::WageOrder, Column::MarketId, Column::Lat, Column::Lng];
    let rows: Vec<(Uuid, DateTime<Utc>, i64, Option<Uuid>, Option<f64>, Option<f64>)> =
        query.filter(here).select_only().columns(columns).into_tuple().all(&ctx.scope()).await?;
    let radius = f64::from(near.radius_metres);
    let mut hits: Vec<Hit> = rows
        .into_iter()
        .filter_map(|(id, starts, wage, market, lat, lng)| {
            let (lat, lng) = lat.zip(lng).or_else(|| markets.get(&market?).copied())?;
            let metres = Point::new(lat, lng, Crs::Gcj02).ok()?.distance_m(place);
            (metres <= radius).then(|| (sort_key(order, (id, starts, wage), metres), id, rounded(metres)))
        })
        .collect();
    let total = whole(hits.len() as u64);
    hits.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(after) = &paging.after {
        hits.retain(|(key, _, _)| key.cmp(after) == Ordering::Greater);
    }
    hits.truncate(usize::try_from(paging.limit()).unwrap_or(usize::MAX));
    let hit = Column::Id.is_in(hits.iter().map(|(_, id, _)| *id));
    let rows = wanted.rows(&wanted.select(postings().filter(hit)), &ctx.scope()).await?;
    let mut by_id: HashMap<Uuid, PublicRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let found = hits.into_iter().filter_map(|(key, id, metres)| {
        Some(Found { key: key.into(), row: by_id.remove(&id)?, distance: Some(metres) })
    });
    Ok((found.collect(), Some(total)))
}

/// A key that sorts as text: numbers are padded, and the best wage comes first.
fn sort_key(order: OpenPostingOrder, (id, starts, wage): (Uuid, DateTime<Utc>, i64), metres: f64) -> Vec<String> {
    /// More than any wage.
    const MOST: i64 = 1_000_000_000_000;
    let first = match order {
        OpenPostingOrder::Start => starts.to_rfc3339_opts(SecondsFormat::Micros, true),
        OpenPostingOrder::Distance => format!("{metres:012.3}"),
        OpenPostingOrder::Wage => format!("{:013}", MOST - wage.clamp(0, MOST)),
    };
    vec![first, id.to_string()]
}

/// Whole metres.
fn rounded(metres: f64) -> i32 {
    // `{:.0}` of a distance on Earth is an integer that fits; going through text needs no lossy cast.
    format!("{metres:.0}").parse().unwrap_or(i32::MAX)
}

/// A posting that everybody sees, by its id, filled ones included.
pub async fn one(ctx: &Ctx, id: Uuid, wanted: &Wanted) -> Result<PublicRow, Fault> {
    static TEXTS: LazyLock<Kept<Wanted>> = LazyLock::new(Kept::default);
    let statement = TEXTS.of(wanted.clone(), vec![id.into()], |given| {
        let shown = Column::Status.is_in([PostingStatus::Published, PostingStatus::Filled]);
        let [id] = given else { return SelectStatement::new() };
        wanted.select(postings().filter(Column::Id.eq(id.clone())).filter(shown))
    });
    wanted.row(&statement, &ctx.scope()).await?.ok_or(Fault::NotFound)
}
