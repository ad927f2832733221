//! What hangs on a market (从属对象): zones, facilities, bays, checks.

use std::sync::Arc;

use async_graphql::{ComplexObject, Error, ID, Object, Result, SimpleObject};
use kernel::Fault;
use kernel::gql::{self, Date};

use super::values::{MapLinks, OpeningHours, Point};
use crate::kinds::{CheckItem, CheckResult, FacilityKind, FacilityState, ZoneKind};
use crate::rows::{market_facility, market_zone, pickup_bay, safety_check};
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
    /// Links that open it in a map (地图链接).
    pub map_links: Option<MapLinks>,
    /// The way in and out (进出路线).
    pub route_text: Option<String>,
    /// Version (版本).
    pub version: i32,
}

impl PickupBay {
    pub(crate) fn of(ctx: &kernel::Ctx, row: &pickup_bay::Model) -> Self {
        let place = point(row.lat, row.lng, row.crs.as_deref());
        Self {
            id: ctx.gid("PickupBay", row.id),
            label: row.label.clone(),
            capacity: row.capacity,
            max_stay_minutes: row.max_stay_minutes,
            point: place.map(Point::from),
            map_links: place.map(|p| MapLinks::to(p, &row.label, row.route_text.as_deref().unwrap_or_default())),
            route_text: row.route_text.clone(),
            version: row.version,
        }
    }
}

/// A photo of what was inspected (检查照片).
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckPhoto {
    /// Id (标识).
    pub id: ID,
    /// The name it was sent under (文件名).
    pub file_name: String,
    /// A signed path to fetch it from, for a few minutes (下载地址).
    pub url: Option<String>,
}

/// A safety check (安全检查) of one item.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct SafetyCheck {
    #[graphql(skip)]
    check: (uuid::Uuid, uuid::Uuid),
    #[graphql(skip)]
    page: Arc<Batch>,
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

/// A safety check (安全检查) of one item.
#[ComplexObject]
impl SafetyCheck {
    /// Photos of what was inspected (检查照片).
    async fn photos(&self) -> Result<Vec<CheckPhoto>> {
        let (market, check) = self.check;
        let rows = self.page.photos(market).await.map_err(failed(&self.page))?;
        let mine: Vec<_> = rows.iter().filter(|photo| photo.check_id == check).collect();
        if mine.is_empty() {
            return Ok(Vec::new());
        }
        let links = self.page.photo_links().await.map_err(failed(&self.page))?;
        Ok(mine
            .into_iter()
            .map(|photo| CheckPhoto {
                id: self.page.ctx().gid("CheckPhoto", photo.id),
                file_name: photo.file_name.clone(),
                url: links.get(&photo.file_id).cloned(),
            })
            .collect())
    }
}

impl SafetyCheck {
    pub(crate) fn of(page: &Arc<Batch>, row: &safety_check::Model) -> Self {
        let ctx = page.ctx();
        Self {
            check: (row.market_id, row.id),
            page: Arc::clone(page),
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
