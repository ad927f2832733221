//! What people fill in (表单): the inputs of GraphQL, as they come. Nothing here is checked yet; see [`crate::rules`].

use async_graphql::{ID, InputObject};
use kernel::geo::Crs;
use kernel::gql::Date;
use kernel::maps::MapProvider;
use serde::{Deserialize, Serialize};

use crate::kinds::{
    AliasBasis, AnnotationStatus, CheckItem, CheckResult, ConstructionMode, FacilityKind, FacilityState, FigureMethod,
    MarketLayout, OperatingNature, OperatorKind, SampleSession, Season, ServiceKind, Weekday, ZoneKind,
};

/// A market as filled in (市场信息).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct MarketInput {
    /// Official name (正规名称).
    pub official_name: Option<String>,
    /// What it is called without one (代称).
    pub alias: Option<String>,
    /// What the shown name rests on (名称依据).
    pub alias_basis: AliasBasis,
    /// Operating nature (运营性质).
    pub nature: OperatingNature,
    /// Who runs it (运营主体).
    pub operator_kind: OperatorKind,
    /// The operator's name (运营机构名称).
    pub operator_name: Option<String>,
    /// The number of its licence, as printed on it (人力资源服务许可证编号).
    pub licence_no: Option<String>,
    /// The last day the licence is good for (许可证有效期至).
    pub licence_until: Option<Date>,
    /// Free of charge and in the public interest (公益性)?
    pub public_interest: bool,
    /// Layout (布局类型).
    pub layout: Option<MarketLayout>,
    /// Where it is (地址).
    pub address: AddressInput,
    /// Opening hours (运行时间).
    pub hours: Vec<HoursInput>,
    /// Main trades (主要招聘工种): occupation codes, official names or street names.
    pub trades: Vec<String>,
    /// Contacts (联系方式).
    pub contacts: Vec<ContactInput>,
    /// Services (服务项目).
    pub services: Vec<ServiceKind>,
    /// Number of seekers (求职人员规模).
    pub seeker_scale: Option<FigureInput>,
    /// Daily average of successes (日均招聘成功人数).
    pub daily_successes: Option<FigureInput>,
    /// Remark (备注).
    pub remark: Option<String>,
    /// Area in square metres (面积).
    pub area_square_metres: Option<i32>,
}

/// An address as filled in (地址).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AddressInput {
    /// Code of the county or township (区划代码).
    pub division: String,
    /// Street and number or landmark (详细地址).
    pub text: String,
    /// Village or neighbourhood (村、社区).
    pub village: Option<String>,
    /// Its twelve digits, where they are known (村、社区代码).
    pub village_code: Option<String>,
    /// The point at the door (坐标).
    pub point: Option<PointInput>,
}

/// A point as filled in (坐标). Without its reference system it is refused.
#[derive(Clone, Copy, Debug, InputObject, Serialize, Deserialize)]
pub struct PointInput {
    /// Latitude in degrees (纬度).
    pub lat: f64,
    /// Longitude in degrees (经度).
    pub lng: f64,
    /// Reference system (坐标系).
    pub crs: Option<Crs>,
}

/// A span of opening hours as filled in (运行时段).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct HoursInput {
    /// The part of the year (季节).
    pub season: Season,
    /// First month, 1–12; the season's own unless given (起始月份).
    pub from_month: Option<i32>,
    /// Last month, 1–12; below the first it lies in the next year (结束月份).
    pub to_month: Option<i32>,
    /// Days of the week (星期).
    pub weekdays: Vec<Weekday>,
    /// `04:30` (开始时间).
    pub opens: String,
    /// `08:00`, `24:00`, or `+02:00` for the next day (结束时间).
    pub closes: String,
}

/// A contact as filled in (联系方式).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ContactInput {
    /// Whose number it is (名称).
    pub label: String,
    /// Telephone number (电话).
    pub phone: String,
    /// Shown to everybody (是否公开)?
    pub public: bool,
}

/// A number of people as filled in (人数).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct FigureInput {
    /// Lower end (下限).
    pub low: i32,
    /// Upper end (上限); the same for one number.
    pub high: i32,
    /// About (约)?
    pub approximate: bool,
    /// How it came about (数据来源).
    pub method: FigureMethod,
    /// Why it overrides the computed number (修正理由).
    pub override_reason: Option<String>,
    /// The day it holds for (统计日期).
    pub as_of: Date,
}

/// A functional zone as filled in (功能分区).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ZoneInput {
    /// What it is for (用途).
    pub kind: ZoneKind,
    /// The place it occupies; zones of one place share it by time (位置名称).
    pub name: String,
    /// Area in square metres (面积).
    pub area_square_metres: Option<i32>,
    /// People it holds (可容纳人数).
    pub capacity: Option<i32>,
    /// Free of charge (免费使用); as the market is in the public interest unless given.
    pub free_of_charge: Option<bool>,
    /// When it is used; empty: all the time (使用时段).
    pub timetable: Vec<HoursInput>,
}

/// A facility as filled in (便民设施).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct FacilityInput {
    /// What it is (类型).
    pub kind: FacilityKind,
    /// Its name (名称).
    pub name: String,
    /// How many (数量).
    pub quantity: i32,
    /// Its state (状态).
    pub state: FacilityState,
    /// When it was last looked at (最近检查日期).
    pub last_checked_on: Option<Date>,
}

/// A stop-and-go bay as filled in (上车点).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct BayInput {
    /// Its label (编号).
    pub label: String,
    /// Vehicles at a time (车位数).
    pub capacity: i32,
    /// Minutes a vehicle may stay (最长停留分钟数).
    pub max_stay_minutes: i32,
    /// Where it is (坐标).
    pub point: Option<PointInput>,
    /// The way in and out (进出路线).
    pub route_text: Option<String>,
}

/// A safety check as filled in (安全检查).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct SafetyCheckInput {
    /// What was checked (项目).
    pub item: CheckItem,
    /// The result (结果).
    pub result: CheckResult,
    /// Who checked (检查人).
    pub inspector: String,
    /// When (检查日期).
    pub inspected_on: Date,
    /// The last day it counts (有效期至).
    pub expires_on: Date,
    /// What was found (说明).
    pub note: Option<String>,
    /// Completed uploads of photos, six at most (检查照片).
    pub photos: Option<Vec<ID>>,
}

/// A map annotation as filled in (地图标注).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AnnotationInput {
    /// The provider (服务商).
    pub provider: MapProvider,
    /// How far it is (进度).
    pub status: AnnotationStatus,
    /// The provider's id of the place (POI 编号).
    pub poi_id: Option<String>,
    /// When the map was last looked at (核对日期).
    pub checked_on: Option<Date>,
    /// What the provider answered (说明).
    pub note: Option<String>,
    /// The account whose task it is; nobody's once it is approved (负责人).
    pub assignee: Option<ID>,
    /// By when, a working day (截止日期).
    pub due_on: Option<Date>,
}

/// An operator contract as filled in (运营协议).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ContractInput {
    /// The operator (运营方).
    pub operator: String,
    /// What it shall do (服务范围).
    pub scope: String,
    /// First day (起始日期).
    pub starts_on: Date,
    /// Last day (终止日期).
    pub ends_on: Date,
    /// Indicators (考核指标).
    pub indicators: Vec<ContractIndicatorInput>,
}

/// An indicator as filled in (考核指标).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ContractIndicatorInput {
    /// What is measured (指标).
    pub name: String,
    /// What shall be reached (目标值).
    pub target: i32,
    /// In what it is counted (单位).
    pub unit: String,
    /// What was reached (实际值).
    pub actual: Option<i32>,
}

/// An operator's seriously bad credit as filled in (严重失信).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct BadCreditInput {
    /// The first day it holds (列入日期).
    pub since: Date,
    /// What it rests on: which list, which decision (依据).
    pub source: String,
    /// The day from which it holds no more (移出日期).
    pub lifted_on: Option<Date>,
}

/// A sample as filled in (抽样).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct MonitoringSampleInput {
    /// The day (抽样日期).
    pub sampled_on: Date,
    /// The part of the day (时段).
    pub session: SampleSession,
    /// Seekers who were there (求职人数).
    pub seekers: i32,
    /// Of them, those who found work (招聘成功人数).
    pub successes: i32,
    /// Who counted (计数人).
    pub counted_by: String,
}

/// A construction project as filled in (建设改造项目).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ProjectInput {
    /// New or converted (建设方式).
    pub mode: ConstructionMode,
    /// Its title (名称).
    pub title: String,
    /// When it shall open (计划启用日期).
    pub planned_open_on: Option<Date>,
    /// Milestones (里程碑).
    pub milestones: Vec<MilestoneInput>,
}

/// A milestone as filled in (里程碑).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct MilestoneInput {
    /// What shall be done (内容).
    pub title: String,
    /// By when (计划日期).
    pub due_on: Date,
    /// When it was done (完成日期).
    pub done_on: Option<Date>,
}
