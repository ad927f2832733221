//! A market (零工市场) and what is said of it once.

use sea_orm::entity::prelude::*;

use crate::kinds::{AliasBasis, FigureMethod, MarketLayout, MarketStatus, OperatingNature, OperatorKind};

/// A market (零工市场) and what is said of it once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts changes; a stale one is refused.
    pub version: i32,
    /// Its name in URLs and on its QR code.
    pub slug: String,
    /// Official name (正规名称).
    pub official_name: Option<String>,
    /// What it is called without one (代称).
    pub alias: Option<String>,
    /// What the shown name rests on.
    pub alias_basis: AliasBasis,
    /// The name shown: official name, else alias.
    pub display_name: String,
    /// Operating nature.
    pub nature: OperatingNature,
    /// Who runs it.
    pub operator_kind: OperatorKind,
    /// The operator's name.
    pub operator_name: Option<String>,
    /// The number of the operator's licence (人力资源服务许可证).
    pub licence_no: Option<String>,
    /// The last day the licence is good for.
    pub licence_until: Option<Date>,
    /// The agency with that licence, where it runs the market.
    pub agency: Option<Uuid>,
    /// Free of charge and in the public interest (公益性).
    pub public_interest: bool,
    /// Layout.
    pub layout: Option<MarketLayout>,
    /// State of its entry in the directory.
    pub status: MarketStatus,
    /// Why it was suspended or delisted.
    pub status_reason: Option<String>,
    /// First day in the directory.
    pub listed_on: Option<Date>,
    /// Division code of the address, the finest known.
    pub division: String,
    /// Township code, where known.
    pub township: Option<String>,
    /// County code, derived from the division.
    pub county: String,
    /// City code, derived from the division.
    pub city: String,
    /// Address as written.
    pub address: String,
    /// Village or neighbourhood.
    pub village_name: Option<String>,
    /// Its twelve digits.
    pub village_code: Option<String>,
    /// The name, folded, for finding doubles.
    pub name_key: String,
    /// The address, folded and without its divisions, for finding doubles.
    pub address_key: String,
    /// Latitude as given, degrees.
    pub lat: Option<f64>,
    /// Longitude as given, degrees.
    pub lng: Option<f64>,
    /// Reference system of both.
    pub crs: Option<String>,
    /// Latitude in GCJ-02, for distances and maps.
    pub gcj_lat: Option<f64>,
    /// Longitude in GCJ-02.
    pub gcj_lng: Option<f64>,
    /// The hours in the words of annex 2, rendered from their rows.
    pub hours_text: String,
    /// Opens before the office hours of halls (提早开放).
    pub early_opening: bool,
    /// Remark (备注).
    pub remark: Option<String>,
    /// Area in square metres.
    pub area_square_metres: Option<i32>,
    /// Seekers (求职人员规模), lower end.
    pub scale_low: Option<i32>,
    /// Seekers, upper end.
    pub scale_high: Option<i32>,
    /// Seekers: about.
    pub scale_approximate: bool,
    /// How the number of seekers came about.
    pub scale_method: Option<FigureMethod>,
    /// Why it overrides the computed number.
    pub scale_reason: Option<String>,
    /// The day it holds for.
    pub scale_as_of: Option<Date>,
    /// Seekers: the samples it was computed from.
    pub scale_samples: Option<i32>,
    /// Seekers: the days those were of.
    pub scale_days: Option<i32>,
    /// Seekers: the first day of the window.
    pub scale_from: Option<Date>,
    /// Daily successes (日均招聘成功人数), lower end.
    pub success_low: Option<i32>,
    /// Daily successes, upper end.
    pub success_high: Option<i32>,
    /// Daily successes: about.
    pub success_approximate: bool,
    /// How the number came about.
    pub success_method: Option<FigureMethod>,
    /// Why it overrides the computed number.
    pub success_reason: Option<String>,
    /// The day it holds for.
    pub success_as_of: Option<Date>,
    /// Daily successes: the samples they were computed from.
    pub success_samples: Option<i32>,
    /// Daily successes: the days those were of.
    pub success_days: Option<i32>,
    /// Daily successes: the first day of the window.
    pub success_from: Option<Date>,
    /// Names, address, divisions, trades and street names, folded.
    pub search_text: String,
    /// When it was registered.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
