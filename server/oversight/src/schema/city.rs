//! A city's return in GraphQL.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Date, Page, moment};
use kernel::{Ctx, Lang, Mask};

use super::lines::{self, Pages, ReturnRow};
use crate::form::event_title;
use crate::queries::city::ReturnView;
use crate::rules::returns::ReturnStatus;
use markets::ExportFormat;

/// The yearly return of the directory (名录填报).
pub struct DirectoryReturn {
    view: ReturnView,
    pages: Pages,
}

impl DirectoryReturn {
    pub(super) fn new(ctx: &Ctx, view: ReturnView) -> Self {
        let pages = lines::pages(ctx, vec![(view.row.id, view.row.version_no)]);
        Self { view, pages }
    }

    /// All of one answer: their rows are loaded together.
    pub(super) fn many(ctx: &Ctx, views: Vec<ReturnView>) -> Vec<Self> {
        let pages = lines::pages(ctx, views.iter().map(|view| (view.row.id, view.row.version_no)).collect());
        views.into_iter().map(|view| Self { view, pages: pages.clone() }).collect()
    }
}

/// The yearly return of the directory (名录填报): annex 2 of 晋人社厅发〔2022〕60号.
#[Object]
impl DirectoryReturn {
    /// Global id (全局标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("DirectoryReturn", self.view.row.id)
    }

    /// The year reported (填报年度).
    async fn year(&self) -> i32 {
        self.view.row.year
    }

    /// Number of the last snapshot, 0 before the first (版次).
    async fn version_no(&self) -> i32 {
        self.view.row.version_no
    }

    /// Where it stands (状态).
    async fn status(&self) -> ReturnStatus {
        self.view.status
    }

    /// The day it is due with the province (报送期限).
    async fn due_on(&self) -> Date {
        Date(self.view.schedule.due_on)
    }

    /// The last working day up to that day; people are reminded for it (提醒截止日).
    async fn remind_on(&self) -> Date {
        Date(self.view.schedule.remind_on)
    }

    /// The working calendar of that year is not published: dates may move (暂定).
    async fn provisional(&self) -> bool {
        self.view.schedule.provisional
    }

    /// The filer named on the form (填报人).
    async fn filer(&self) -> Option<&str> {
        self.view.filer.as_ref().map(|filer| filer.name.expose().as_str())
    }

    /// The filer's telephone number, masked (联系电话).
    async fn filer_phone_masked(&self) -> Option<String> {
        self.view.filer.as_ref().map(|filer| filer.phone.masked(Mask::Phone))
    }

    /// When the snapshot was taken (冻结时间).
    async fn frozen_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.frozen_at.map(moment)
    }

    /// When it was handed in (报送时间).
    async fn submitted_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.submitted_at.map(moment)
    }

    /// When it arrived at the province; empty while it is on its way (省级收到时间).
    async fn delivered_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.delivered_at.map(moment)
    }

    /// When the province returned or accepted it (省级审核时间).
    async fn decided_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.decided_at.map(moment)
    }

    /// Why the province returned it (退回原因).
    async fn returned_reason(&self) -> Option<&str> {
        self.view.row.returned_reason.as_deref()
    }

    /// Rows of the snapshot (零工市场数).
    async fn row_count(&self) -> i32 {
        if self.view.status == ReturnStatus::Open { 0 } else { self.view.row.row_count }
    }

    /// Rows of the snapshot, by their number (名录行).
    async fn rows(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Rows on a page, 1–100, 20 unless given (每页行数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins (起始游标)")] after: Option<String>,
    ) -> Answer<Page<ReturnRow>> {
        let row = &self.view.row;
        // What was unfrozen is no longer the return.
        let (version_no, count) =
            if self.view.status == ReturnStatus::Open { (0, 0) } else { (row.version_no, row.row_count) };
        Some(lines::page(gql::ctx(gql), &self.pages, ((row.id, version_no), count), first, after).await)
    }

    /// The formats in which it can be printed now (可导出格式).
    async fn exports(&self) -> Vec<ExportFormat> {
        if self.view.status == ReturnStatus::Open {
            return Vec::new();
        }
        vec![ExportFormat::Xlsx, ExportFormat::Csv, ExportFormat::Pdf]
    }

    /// Counts changes; send it back with every change (更改次数).
    async fn version(&self) -> i32 {
        self.view.row.version
    }

    /// What happened, the latest first (经过).
    async fn history(&self, gql: &Context<'_>) -> Vec<ReturnEvent> {
        let lang = gql::ctx(gql).lang();
        let event = |row: &crate::rows::return_event::Model| ReturnEvent {
            at: moment(row.at),
            kind: row.kind.clone(),
            title: event_title(&row.kind, row.version_no, lang),
            reason: row.reason.clone(),
            actor: actor(&row.kind, row.actor_label.as_deref(), lang),
            version_no: row.version_no,
        };
        self.view.events.iter().map(event).collect()
    }

    /// When people are reminded (提醒安排).
    async fn reminders(&self) -> Vec<ReturnReminder> {
        let schedule = &self.view.schedule;
        let reminder = |stage: &crate::rules::calendar::Stage| ReturnReminder {
            on: Date(stage.on),
            working_days_before: i32::try_from(stage.days_before).unwrap_or(i32::MAX),
            sent: self.view.sent.contains(&stage.days_before),
        };
        schedule.reminders.iter().map(reminder).collect()
    }
}

fn actor(kind: &str, label: Option<&str>, lang: Lang) -> Option<String> {
    let province = if lang == Lang::Zh { "省级平台" } else { "Provincial platform" };
    match kind {
        "DELIVERED" | "RETURNED" | "ACCEPTED" => Some(province.to_owned()),
        _ => label.map(str::to_owned),
    }
}

/// What happened to a return (填报经过).
#[derive(Clone, Debug, SimpleObject)]
pub struct ReturnEvent {
    /// When (时间).
    pub at: DateTime<FixedOffset>,
    /// What, as a code: `FROZEN`, `UNFROZEN`, `SUBMITTED`, `DELIVERED`, `RETURNED` or `ACCEPTED` (类型).
    pub kind: String,
    /// What, in words (事项).
    pub title: String,
    /// The reason that was given (原因).
    pub reason: Option<String>,
    /// Who did it (操作者).
    pub actor: Option<String>,
    /// About which snapshot (版次).
    pub version_no: i32,
}

/// A reminder of a return (填报提醒).
#[derive(Clone, Debug, SimpleObject)]
pub struct ReturnReminder {
    /// The day it goes out (提醒日).
    pub on: Date,
    /// Working days before the day reminded for (提前工作日数).
    pub working_days_before: i32,
    /// Has it gone out (是否已发送)?
    pub sent: bool,
}
