//! What hangs on a market (从属对象): zones, facilities, bays, checks, annotations, contracts, projects.

use std::sync::Arc;

use async_graphql::{Error, ID, Object, Result, SimpleObject};
use kernel::gql::{self, Date};
use kernel::maps::MapProvider;
use kernel::{Fault, geo};

use super::values::{OpeningHours, Point};
use crate::kinds::{
    AnnotationStatus, CheckItem, CheckResult, ConstructionMode, FacilityKind, FacilityState, MilestoneStatus, ZoneKind,
};
use crate::rows::{
    construction_project, map_annotation, market_facility, market_zone, milestone, operator_contract, pickup_bay,
    safety_check,
};
use crate::rules::spans::Span;
use crate::store::batch::Batch;
use crate::store::market::point;

/// A fault of a nested field.
pub(crate) fn failed(page: &Batch) -> impl FnOnce(Fault) -> Error + '_ {
    |fault| gql::error(page.ctx(), &fault)
}

/// A functional zone (功能分区).
#[derive(Debug)]
pub struct Zone {
    pub(crate) row: market_zone::Model,
    pub(crate) page: Arc<Batch>,
}

/// A functional zone (功能分区); zones of one place share it by time (分时分区).
#[Object]
impl Zone {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.page.ctx().gid("Zone", self.row.id)
    }

    /// What it is for (用途).
    async fn kind(&self) -> ZoneKind {
        self.row.kind
    }

    /// The place it occupies (位置名称).
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Area in square metres (面积).
    async fn area_square_metres(&self) -> Option<i32> {
        self.row.area_square_metres
    }

    /// People it holds (可容纳人数).
    async fn capacity(&self) -> Option<i32> {
        self.row.capacity
    }

    /// Free of charge (免费使用)?
    async fn free_of_charge(&self) -> bool {
        self.row.free_of_charge
    }

    /// When it is used; empty: all the time (使用时段).
    async fn timetable(&self) -> Result<Vec<OpeningHours>> {
        let times = self.page.zone_times(self.row.market_id).await.map_err(failed(&self.page))?;
        let mine = times.iter().filter(|t| t.zone_id == self.row.id).map(Span::from);
        Ok(mine.map(|span| OpeningHours::from(&span)).collect())
    }

    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// A facility (便民设施).
#[derive(Clone, Debug, SimpleObject)]
pub struct Facility {
    /// Id (标识).
    pub id: ID,
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
    /// Version (版本).
    pub version: i32,
}

impl Facility {
    pub(crate) fn of(ctx: &kernel::Ctx, row: &market_facility::Model) -> Self {
        Self {
            id: ctx.gid("Facility", row.id),
            kind: row.kind,
            name: row.name.clone(),
            quantity: row.quantity,
            state: row.state,
            last_checked_on: row.last_checked_on.map(Date),
            version: row.version,
        }
    }
}

/// A stop-and-go bay (即停即走上车点).
#[derive(Clone, Debug, SimpleObject)]
pub struct PickupBay {
    /// Id (标识).
    pub id: ID,
    /// Its label (编号).
    pub label: String,
    /// Vehicles at a time (车位数).
    pub capacity: i32,
    /// Minutes a vehicle may stay (最长停留分钟数).
    pub max_stay_minutes: i32,
    /// Where it is (坐标).
    pub point: Option<Point>,
    /// The way in and out (进出路线).
    pub route_text: Option<String>,
    /// Version (版本).
    pub version: i32,
}

impl PickupBay {
    pub(crate) fn of(ctx: &kernel::Ctx, row: &pickup_bay::Model) -> Self {
        Self {
            id: ctx.gid("PickupBay", row.id),
            label: row.label.clone(),
            capacity: row.capacity,
            max_stay_minutes: row.max_stay_minutes,
            point: point(row.lat, row.lng, row.crs.as_deref()).map(Point::from),
            route_text: row.route_text.clone(),
            version: row.version,
        }
    }
}

/// A safety check (安全检查) of one item.
#[derive(Clone, Debug, SimpleObject)]
pub struct SafetyCheck {
    /// Id (标识).
    pub id: ID,
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
    /// No longer counts (已过期)?
    pub expired: bool,
    /// The newest of its item (最新)?
    pub newest: bool,
    /// Why it was withdrawn, where it was (撤回原因); such a check counts no more.
    pub withdrawn_reason: Option<String>,
}

impl SafetyCheck {
    pub(crate) fn of(ctx: &kernel::Ctx, row: &safety_check::Model) -> Self {
        Self {
            id: ctx.gid("SafetyCheck", row.id),
            item: row.item,
            result: row.result,
            inspector: row.inspector.clone(),
            inspected_on: Date(row.inspected_on),
            expires_on: Date(row.expires_on),
            note: row.note.clone(),
            expired: row.expires_on < ctx.today(),
            newest: row.is_current,
            withdrawn_reason: row.withdrawn_reason.clone(),
        }
    }
}

/// A map-annotation task (地图标注任务) at one provider.
#[derive(Clone, Debug, SimpleObject)]
pub struct MapAnnotation {
    /// Id (标识).
    pub id: ID,
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
    /// The point to hand in, in the provider's own reference system (提交坐标).
    pub point_to_submit: Option<Point>,
    /// Version (版本).
    pub version: i32,
}

impl MapAnnotation {
    pub(crate) fn of(ctx: &kernel::Ctx, row: &map_annotation::Model, place: Option<geo::Point>) -> Option<Self> {
        let provider = provider_of(&row.provider)?;
        Some(Self {
            id: ctx.gid("MapAnnotation", row.id),
            provider,
            status: row.status,
            poi_id: row.poi_id.clone(),
            checked_on: row.checked_on.map(Date),
            note: row.note.clone(),
            point_to_submit: place.map(|p| p.to(provider.crs()).into()),
            version: row.version,
        })
    }
}

/// A provider as stored.
pub(crate) const fn provider_code(provider: MapProvider) -> &'static str {
    match provider {
        MapProvider::Baidu => "BAIDU",
        MapProvider::Gaode => "GAODE",
        MapProvider::Tencent => "TENCENT",
    }
}

pub(crate) fn provider_of(code: &str) -> Option<MapProvider> {
    MapProvider::ALL.into_iter().find(|p| provider_code(*p) == code)
}

/// An operator contract (运营协议).
#[derive(Debug)]
pub struct OperatorContract {
    pub(crate) row: operator_contract::Model,
    pub(crate) page: Arc<Batch>,
}

/// An operator contract (运营协议).
#[Object]
impl OperatorContract {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.page.ctx().gid("OperatorContract", self.row.id)
    }

    /// The operator (运营方).
    async fn operator(&self) -> &str {
        &self.row.operator
    }

    /// What it shall do (服务范围).
    async fn scope(&self) -> &str {
        &self.row.scope
    }

    /// First day (起始日期).
    async fn starts_on(&self) -> Date {
        Date(self.row.starts_on)
    }

    /// Last day (终止日期).
    async fn ends_on(&self) -> Date {
        Date(self.row.ends_on)
    }

    /// Indicators (考核指标).
    async fn indicators(&self) -> Result<Vec<ContractIndicator>> {
        let all = self.page.indicators(self.row.market_id).await.map_err(failed(&self.page))?;
        let mine = all.iter().filter(|i| i.contract_id == self.row.id);
        Ok(mine
            .map(|i| ContractIndicator {
                name: i.name.clone(),
                target: i.target,
                unit: i.unit.clone(),
                actual: i.actual,
            })
            .collect())
    }

    /// In force today (现行)?
    async fn current(&self) -> bool {
        let today = self.page.ctx().today();
        self.row.starts_on <= today && today <= self.row.ends_on
    }

    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// An indicator of a contract (考核指标).
#[derive(Clone, Debug, SimpleObject)]
pub struct ContractIndicator {
    /// What is measured (指标).
    pub name: String,
    /// What shall be reached (目标值).
    pub target: i32,
    /// In what it is counted (单位).
    pub unit: String,
    /// What was reached (实际值).
    pub actual: Option<i32>,
}

/// A construction project (建设改造项目).
#[derive(Debug)]
pub struct ConstructionProject {
    pub(crate) row: construction_project::Model,
    pub(crate) page: Arc<Batch>,
}

/// A construction project (建设改造项目).
#[Object]
impl ConstructionProject {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.page.ctx().gid("ConstructionProject", self.row.id)
    }

    /// New or converted (建设方式).
    async fn mode(&self) -> ConstructionMode {
        self.row.mode
    }

    /// Its title (名称).
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// When it shall open (计划启用日期).
    async fn planned_open_on(&self) -> Option<Date> {
        self.row.planned_open_on.map(Date)
    }

    /// Milestones (里程碑).
    async fn milestones(&self) -> Result<Vec<Milestone>> {
        let all = self.page.milestones(self.row.market_id).await.map_err(failed(&self.page))?;
        Ok(all.iter().filter(|m| m.project_id == self.row.id).map(|m| Milestone::of(self.page.ctx(), m)).collect())
    }

    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// A milestone (里程碑).
#[derive(Clone, Debug, SimpleObject)]
pub struct Milestone {
    /// Id (标识).
    pub id: ID,
    /// What shall be done (内容).
    pub title: String,
    /// By when (计划日期).
    pub due_on: Date,
    /// When it was done (完成日期).
    pub done_on: Option<Date>,
    /// How far it is (状态).
    pub status: MilestoneStatus,
}

impl Milestone {
    fn of(ctx: &kernel::Ctx, row: &milestone::Model) -> Self {
        let status = match row.done_on {
            Some(_) => MilestoneStatus::Done,
            None if row.due_on < ctx.today() => MilestoneStatus::Late,
            None => MilestoneStatus::Planned,
        };
        Self {
            id: ctx.gid("Milestone", row.id),
            title: row.title.clone(),
            due_on: Date(row.due_on),
            done_on: row.done_on.map(Date),
            status,
        }
    }
}
