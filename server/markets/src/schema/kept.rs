//! What is kept about a market over the years (从属对象): annotations, contracts, bad credit, projects.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ID, Object, Result, SimpleObject};
use kernel::Pii;
use kernel::geo;
use kernel::gql::Date;
use kernel::maps::MapProvider;
use uuid::Uuid;

use super::parts::failed;
use super::values::Point;
use crate::kinds::{AnnotationStatus, ConstructionMode, MilestoneStatus};
use crate::queries::tasks::Found;
use crate::rows::{bad_credit, construction_project, map_annotation, milestone, operator_contract};
use crate::rules::errand;
use crate::rules::inclusion::in_force;
use crate::store::batch::Batch;

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
    /// Whose task it is; nobody's once it is approved (负责人).
    pub assignee: Option<Assignee>,
    /// By when (截止日期).
    pub due_on: Option<Date>,
    /// Was it to be done before today (已逾期)?
    pub overdue: bool,
    /// The point to hand in, in the provider's own reference system (提交坐标).
    pub point_to_submit: Option<Point>,
    /// Version (版本).
    pub version: i32,
}

impl MapAnnotation {
    pub(crate) fn of(
        ctx: &kernel::Ctx,
        row: &map_annotation::Model,
        place: Option<geo::Point>,
        names: &HashMap<Uuid, Pii<String>>,
    ) -> Option<Self> {
        let provider = provider_of(&row.provider)?;
        Some(Self {
            id: ctx.gid("MapAnnotation", row.id),
            provider,
            status: row.status,
            poi_id: row.poi_id.clone(),
            checked_on: row.checked_on.map(Date),
            note: row.note.clone(),
            assignee: Assignee::of(ctx, row, names),
            due_on: row.due_on.map(Date),
            overdue: errand::is_overdue(row.status, row.due_on, ctx.today()),
            point_to_submit: place.map(|p| p.to(provider.crs()).into()),
            version: row.version,
        })
    }
}

/// Whose task something is (负责人).
#[derive(Clone, Debug, SimpleObject)]
pub struct Assignee {
    /// The account (账号).
    pub id: ID,
    /// The name colleagues know (姓名).
    pub name: String,
}

impl Assignee {
    pub(crate) fn of(
        ctx: &kernel::Ctx,
        row: &map_annotation::Model,
        names: &HashMap<Uuid, Pii<String>>,
    ) -> Option<Self> {
        let id = row.assignee?;
        // A colleague's working name, to those who see the task.
        let name = names.get(&id).map(|name| name.expose().clone()).unwrap_or_default();
        Some(Self { id: ctx.gid("Account", id), name })
    }
}

/// An annotation that is left to do, as a task of somebody (标注任务).
#[derive(Clone, Debug, SimpleObject)]
pub struct AnnotationTask {
    /// Id of the annotation (标识).
    pub id: ID,
    /// The market (市场).
    pub market_id: ID,
    /// Its name (市场名称).
    pub market_name: String,
    /// The provider (服务商).
    pub provider: Option<MapProvider>,
    /// How far it is (进度).
    pub status: AnnotationStatus,
    /// Whose task it is (负责人).
    pub assignee: Option<Assignee>,
    /// By when (截止日期).
    pub due_on: Option<Date>,
    /// Was it to be done before today (已逾期)?
    pub overdue: bool,
    /// Working days that are left, by the working calendar (剩余工作日).
    pub working_days_left: Option<i32>,
}

impl AnnotationTask {
    pub(crate) fn of(ctx: &kernel::Ctx, found: &Found, names: &HashMap<Uuid, Pii<String>>) -> Self {
        let (row, today) = (&found.row, ctx.today());
        let left = |day| i32::try_from(errand::days_left(day, today)).unwrap_or(i32::MAX);
        Self {
            id: ctx.gid("MapAnnotation", row.id),
            market_id: ctx.gid("Market", row.market_id),
            market_name: found.market.display_name.clone(),
            provider: provider_of(&row.provider),
            status: row.status,
            assignee: Assignee::of(ctx, row, names),
            due_on: row.due_on.map(Date),
            overdue: errand::is_overdue(row.status, row.due_on, today),
            working_days_left: row.due_on.map(left),
        }
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

/// An entry of an operator's seriously bad credit (严重失信).
#[derive(Clone, Debug, SimpleObject)]
pub struct BadCredit {
    /// Id (标识).
    pub id: ID,
    /// The first day it holds (列入日期).
    pub since: Date,
    /// What it rests on: which list, which decision (依据).
    pub source: String,
    /// The day from which it holds no more (移出日期).
    pub lifted_on: Option<Date>,
    /// In force today (现行)? Such a market cannot be listed.
    pub in_force: bool,
    /// Version (版本).
    pub version: i32,
}

impl BadCredit {
    pub(crate) fn of(ctx: &kernel::Ctx, row: &bad_credit::Model) -> Self {
        Self {
            id: ctx.gid("BadCredit", row.id),
            since: Date(row.since),
            source: row.source.clone(),
            lifted_on: row.lifted_on.map(Date),
            in_force: in_force(row.since, row.lifted_on, ctx.today()),
            version: row.version,
        }
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
