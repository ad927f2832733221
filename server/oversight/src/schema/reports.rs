//! The frozen roll-up in GraphQL.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Date, moment};
use kernel::{Ctx, Fault};
use people::City;

use crate::queries::reports::{ReportView, ReportsView, status};
use crate::rules::province::is_late;
use crate::rules::returns::ReturnStatus;

/// A year's roll-up: its frozen versions, and what a further one would lack (全省汇总).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvinceReports {
    /// The year reported (填报年度).
    pub year: i32,
    /// Number of the last version, 0 before the first; whoever freezes has seen it (最新版次).
    pub version: i32,
    /// When the province is due with the ministry (省级上报期限).
    pub due_on: Date,
    /// First sent after the day it was due, or not yet and the day is past (是否逾期).
    pub late: bool,
    /// The cities whose returns are not accepted now: they must be left out by name (未接收的市).
    pub missing: Vec<MissingCity>,
    /// The versions, the latest first, at most 50 (定稿版本).
    pub versions: Vec<ProvinceReport>,
}

/// A city whose return is not accepted (未接收的市).
#[derive(Clone, Debug, SimpleObject)]
pub struct MissingCity {
    /// The city (市).
    pub city: City,
    /// Where its return stands; `OPEN` while it has not handed in (状态).
    pub status: ReturnStatus,
}

/// A frozen version of the roll-up: what is sent to the ministry (全省汇总定稿).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvinceReport {
    /// Global id (全局标识).
    pub id: ID,
    /// The year reported (填报年度).
    pub year: i32,
    /// Its number within the year, from 1 (版次).
    pub version_no: i32,
    /// When it was frozen (定稿时间).
    pub frozen_at: DateTime<FixedOffset>,
    /// The user name of who froze it (定稿人).
    pub frozen_by: Option<String>,
    /// Cities whose return is in it (纳入的市数).
    pub city_count: i32,
    /// The markets of those cities (零工市场数).
    pub row_count: i32,
    /// Its cities and those it was frozen without, by code (各市).
    pub cities: Vec<ProvinceReportCity>,
    /// Does it no longer have what is accepted, so that a new version is due (定稿后有变化)?
    pub changed_since: bool,
    /// The day it went to the ministry; null before that (上报日期).
    pub sent_on: Option<Date>,
    /// The number of the letter it went with (文号).
    pub document_no: Option<String>,
    /// Sent after the day the province was due; null before it is sent (是否逾期上报).
    pub late: Option<bool>,
    /// Counts changes; a stale one is refused (更改次数).
    pub version: i32,
}

/// A city in a frozen version of the roll-up (定稿中的市).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvinceReportCity {
    /// GB/T 2260 code (区划代码).
    pub code: String,
    /// Chinese name on that day (中文名称).
    pub name_zh: String,
    /// English name on that day (英文名称).
    pub name_en: String,
    /// Is its return in the version (是否纳入)?
    pub included: bool,
    /// Where its return stood on that day (状态).
    pub status: ReturnStatus,
    /// Number of the snapshot in the version (版次).
    pub version_no: Option<i32>,
    /// Its rows (零工市场数).
    pub row_count: Option<i32>,
    /// Rows of the year before (上年数).
    pub last_year_row_count: Option<i32>,
    /// The day the snapshot was handed in (报送日期).
    pub submitted_on: Option<Date>,
    /// Late on that day (是否逾期)?
    pub late: bool,
    /// Did it hand in anew since, or was it accepted since (定稿后有变化)?
    pub changed_since: bool,
}

impl ProvinceReports {
    pub(super) fn of(ctx: &Ctx, view: ReportsView) -> Result<Self, Fault> {
        let missing = |(city, status): &(_, _)| MissingCity { city: City::from(city), status: *status };
        Ok(Self {
            year: view.year,
            version: view.version,
            due_on: Date(view.due_on),
            late: view.late,
            missing: view.missing.iter().map(missing).collect(),
            versions: view
                .versions
                .into_iter()
                .map(|version| ProvinceReport::of(ctx, version))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl ProvinceReport {
    pub(super) fn of(ctx: &Ctx, view: ReportView) -> Result<Self, Fault> {
        let ReportView { row, cities, changed } = view;
        let city = |city: crate::rows::platform_report_city::Model| {
            Ok::<_, Fault>(ProvinceReportCity {
                included: city.return_id.is_some(),
                status: status(&city)?,
                version_no: city.version_no,
                row_count: city.row_count,
                last_year_row_count: city.last_year,
                submitted_on: city.submitted_on.map(Date),
                late: city.late,
                changed_since: changed.contains(&city.city),
                code: city.city,
                name_zh: city.name_zh,
                name_en: city.name_en,
            })
        };
        Ok(Self {
            id: ctx.gid("ProvinceReport", row.id),
            year: row.year,
            version_no: row.version_no,
            frozen_at: moment(row.frozen_at),
            frozen_by: row.frozen_by_label,
            city_count: row.city_count,
            row_count: row.row_count,
            cities: cities.into_iter().map(city).collect::<Result<_, _>>()?,
            changed_since: !changed.is_empty(),
            late: row.sent_on.zip(row.sent_due_on).map(|(sent, due)| is_late(due, Some(sent), sent)),
            sent_on: row.sent_on.map(Date),
            document_no: row.document_no,
            version: row.version,
        })
    }
}
