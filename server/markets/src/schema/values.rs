//! Small values of GraphQL (值类型): points, hours, figures, contacts.

use async_graphql::{ID, Object, SimpleObject};
use kernel::geo::{self, Crs};
use kernel::gql::{Date, moment};
use kernel::maps::{MapProvider, marker_link};
use kernel::{Ctx, Lang};

use super::reference::Division;
use crate::kinds::{CheckItem, CrowdLevel, FigureMethod, Season, Weekday};
use crate::rows::{market_crowd, market_event};
use crate::rules::figures;
use crate::rules::spans::{self, Span};
use crate::rules::standard::Verdict;
use crate::rules::village::Village;
use crate::store::history;

/// A point with its reference system (坐标点).
#[derive(Clone, Copy, Debug, PartialEq, SimpleObject)]
pub struct Point {
    /// Latitude in degrees (纬度).
    pub lat: f64,
    /// Longitude in degrees (经度).
    pub lng: f64,
    /// Reference system (坐标系).
    pub crs: Crs,
}

impl From<geo::Point> for Point {
    fn from(p: geo::Point) -> Self {
        Self { lat: p.lat, lng: p.lng, crs: p.crs }
    }
}

/// Links that open the place in a map (地图链接), each in the provider's own coordinates.
#[derive(Clone, Debug, SimpleObject)]
pub struct MapLinks {
    /// Baidu (百度地图).
    pub baidu: String,
    /// Gaode (高德地图).
    pub gaode: String,
    /// Tencent (腾讯地图).
    pub tencent: String,
}

impl MapLinks {
    /// Links to a place.
    #[must_use]
    pub fn to(place: geo::Point, name: &str, address: &str) -> Self {
        let link = |provider| marker_link(provider, place, name, address);
        Self { baidu: link(MapProvider::Baidu), gaode: link(MapProvider::Gaode), tencent: link(MapProvider::Tencent) }
    }
}

/// An address (地址).
#[derive(Clone, Debug)]
pub struct Address {
    pub(crate) division: String,
    pub(crate) text: String,
    pub(crate) name: String,
    pub(crate) village: Option<Village>,
    pub(crate) point: Option<geo::Point>,
}

/// An address (地址).
#[Object]
impl Address {
    /// The finest division known (所在区划).
    async fn division(&self) -> Division {
        Division::stored(&self.division)
    }

    /// Street and number or landmark (详细地址).
    async fn text(&self) -> &str {
        &self.text
    }

    /// The divisions from the province down (区划链).
    async fn chain(&self) -> Vec<Division> {
        kernel::divisions::Divisions::standard().chain(&self.division).into_iter().map(Division::current).collect()
    }

    /// Village or neighbourhood (村、社区).
    async fn village(&self) -> Option<&str> {
        self.village.as_ref().map(|village| village.name.as_str())
    }

    /// Its twelve digits, where they are known (村、社区代码).
    async fn village_code(&self) -> Option<&str> {
        self.village.as_ref().and_then(|village| village.code.as_deref())
    }

    /// The point at the door, as given (坐标).
    async fn point(&self) -> Option<Point> {
        self.point.map(Point::from)
    }

    /// The same point in another reference system (换算坐标).
    async fn point_in(&self, #[graphql(desc = "Reference system (坐标系)")] crs: Crs) -> Option<Point> {
        self.point.map(|p| p.to(crs).into())
    }

    /// Links that open it in a map (地图链接).
    async fn map_links(&self) -> Option<MapLinks> {
        self.point.map(|p| MapLinks::to(p, &self.name, &self.text))
    }
}

/// A span of opening hours (运行时段). Times are Asia/Shanghai.
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct OpeningHours {
    /// The part of the year (季节).
    pub season: Season,
    /// First month, 1–12 (起始月份).
    pub from_month: Option<i32>,
    /// Last month; below the first it lies in the next year (结束月份).
    pub to_month: Option<i32>,
    /// Days of the week (星期).
    pub weekdays: Vec<Weekday>,
    /// `04:30` (开始时间).
    pub opens: String,
    /// `08:00`, `24:00`, or `+02:00` on the next day (结束时间).
    pub closes: String,
    /// Opens before the office hours of halls, 08:00 (提早开放)?
    pub early_opening: bool,
}

impl From<&Span> for OpeningHours {
    fn from(span: &Span) -> Self {
        Self {
            season: span.season,
            from_month: Some(span.from_month),
            to_month: Some(span.to_month),
            weekdays: spans::days(span.weekdays),
            opens: spans::shown(span.opens),
            closes: spans::shown(span.closes),
            early_opening: spans::is_early(span),
        }
    }
}

/// A contact of a market (联系方式).
#[derive(Clone, Debug, PartialEq, SimpleObject)]
pub struct MarketContact {
    /// Its id (标识).
    pub id: ID,
    /// Whose number it is (名称).
    pub label: String,
    /// To dial (拨号); masked where it is not public and the caller may not amend the market.
    pub phone: String,
    /// As people write it (显示号码).
    pub phone_display: String,
    /// Shown to everybody (是否公开)?
    pub public: bool,
}

/// A number of people (人数).
#[derive(Clone, Debug, SimpleObject)]
pub struct Figure {
    /// Lower end (下限).
    pub low: i32,
    /// Upper end (上限).
    pub high: i32,
    /// About (约)?
    pub approximate: bool,
    /// How it came about (数据来源).
    pub method: FigureMethod,
    /// The same in words (数据来源说明).
    pub method_text: String,
    /// Why it overrides the computed number (修正理由).
    pub override_reason: Option<String>,
    /// The day it holds for (统计日期).
    pub as_of: Date,
    /// In words: `约200—300` (文字).
    pub text: String,
    /// What it was computed from, where it was (计算依据).
    pub computed_from: Option<ComputedFrom>,
}

/// What a figure was computed from (计算依据): the arithmetic mean of the days of a window, half a person and more rounded up.
#[derive(Clone, Debug, SimpleObject)]
pub struct ComputedFrom {
    /// Samples that were counted (抽样次数).
    pub samples: i32,
    /// Days on which they were (抽样天数).
    pub days: i32,
    /// The first day of the window (起始日期).
    pub from: Date,
    /// Its last day (截止日期).
    pub to: Date,
    /// The same in words (说明).
    pub text: String,
}

impl ComputedFrom {
    fn of(computed: figures::Computed, to: chrono::NaiveDate, lang: Lang) -> Self {
        let figures::Computed { samples, days, from } = computed;
        let text = match lang {
            Lang::Zh => format!("{from} 至 {to} 共 {days} 天 {samples} 次抽样，各日合计的算术平均，四舍五入。"),
            Lang::En => format!("Mean of {days} days ({samples} samples) from {from} to {to}, rounded half up."),
        };
        Self { samples, days, from: Date(from), to: Date(to), text }
    }
}

impl Figure {
    /// A number for a caller.
    #[must_use]
    pub fn of(figure: &figures::Figure, lang: Lang) -> Self {
        Self {
            low: figure.low,
            high: figure.high,
            approximate: figure.approximate,
            method: figure.method,
            method_text: figure.method.title().get(lang).to_owned(),
            override_reason: figure.reason.clone(),
            as_of: Date(figure.as_of),
            text: figure.words(lang),
            computed_from: figure.computed.map(|computed| ComputedFrom::of(computed, figure.as_of, lang)),
        }
    }
}

/// Whether a market is standardised (规范化), and what is missing.
#[derive(Clone, Debug, SimpleObject)]
pub struct Standardisation {
    /// Standardised (已规范化)?
    pub standardised: bool,
    /// Required items never checked (未检查).
    pub missing: Vec<CheckItem>,
    /// Items failed (不合格).
    pub failed: Vec<CheckItem>,
    /// Required items whose check no longer counts (已过期).
    pub expired: Vec<CheckItem>,
    /// Why not, in words (原因).
    pub reasons: Vec<String>,
}

impl Standardisation {
    /// A verdict for a caller.
    #[must_use]
    pub fn of(verdict: Verdict, lang: Lang) -> Self {
        let reasons = verdict.reasons().into_iter().map(|text| text.get(lang).to_owned()).collect();
        Self {
            standardised: verdict.standardised,
            missing: verdict.missing,
            failed: verdict.failed,
            expired: verdict.expired,
            reasons,
        }
    }
}

/// How full a market is (拥挤程度).
#[derive(Clone, Debug, SimpleObject)]
pub struct Crowd {
    /// How full (程度).
    pub level: CrowdLevel,
    /// The same in words (说明).
    pub title: String,
    /// When that was said (发布时间).
    pub reported_at: chrono::DateTime<chrono::FixedOffset>,
    /// Until when it holds (有效至).
    pub expires_at: chrono::DateTime<chrono::FixedOffset>,
}

impl Crowd {
    /// What still holds of what was said last.
    pub(crate) fn of(ctx: &Ctx, said: &[market_crowd::Model]) -> Option<Self> {
        let said = said.first().filter(|said| said.expires_at > ctx.now())?;
        Some(Self {
            level: said.level,
            title: said.level.title().get(ctx.lang()).to_owned(),
            reported_at: moment(said.reported_at),
            expires_at: moment(said.expires_at),
        })
    }
}

/// An entry of a market's history (沿革).
#[derive(Clone, Debug, SimpleObject)]
pub struct MarketEvent {
    /// When (时间).
    pub at: chrono::DateTime<chrono::FixedOffset>,
    /// The kind (类型).
    pub kind: String,
    /// The same in words (事项).
    pub title: String,
    /// The reason that was given (理由).
    pub reason: Option<String>,
    /// Who did it (操作者).
    pub actor: Option<String>,
    /// The fields that changed, by their names; never what stood in them (变更字段).
    pub fields: Vec<String>,
}

impl MarketEvent {
    pub(crate) fn of(row: &market_event::Model, lang: Lang) -> Self {
        Self {
            at: moment(row.at),
            kind: row.kind.clone(),
            title: history::title(&row.kind).get(lang).to_owned(),
            reason: row.reason.clone(),
            actor: row.actor.clone(),
            fields: row.fields.iter().flat_map(|fields| fields.split(' ')).map(str::to_owned).collect(),
        }
    }
}

/// What the public is told about rules and complaints (公开事项; 人社部发〔2022〕38号 五).
#[derive(Clone, Debug, SimpleObject)]
pub struct TransparencyBlock {
    /// Hotline (服务热线).
    pub hotline: Option<String>,
    /// Complaint channels (投诉举报方式).
    pub complaint_channels: Vec<String>,
    /// What is said where nothing is published yet (说明).
    pub empty_text: Option<String>,
}

impl TransparencyBlock {
    /// What this city has published so far.
    #[must_use]
    pub fn of(ctx: &Ctx) -> Self {
        let text = match ctx.lang() {
            Lang::Zh => "本市尚未在此公布投诉举报渠道，可拨打服务热线咨询。",
            Lang::En => "This city has not published complaint channels here yet; the hotline will help.",
        };
        let none = match ctx.lang() {
            Lang::Zh => "本市尚未在此公布服务热线和投诉举报渠道。",
            Lang::En => "This city has not published a hotline or complaint channels here yet.",
        };
        let hotline = ctx.tenant().hotline.clone();
        let empty = if hotline.is_some() { text } else { none };
        Self { hotline, complaint_channels: Vec::new(), empty_text: Some(empty.to_owned()) }
    }
}
