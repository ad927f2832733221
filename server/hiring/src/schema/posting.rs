//! A posting as those see it who work with it (招聘信息): staff, and whoever acts for its party.

use std::sync::Arc;

use async_graphql::{Error, ID, Object, Result};
use chrono::{DateTime, FixedOffset};
use entities::hiring_party;
use kernel::gql::{self, Answer, Date, moment};
use kernel::{Ctx, Fault};
use markets::{Division, Point, Trade};

use super::finding::LintFinding;
use super::values::{EngagementCount, PostingAgency, PostingEvent, ReviewRemark, Shift, places_left};
use crate::forms::ReviewRemarkInput;
use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, PostingStatus, WageUnit};
use crate::rows::{posting, shift};
use crate::rules::checking;
use crate::rules::lifecycle::is_shown;
use crate::store::batch::Batch;
use crate::store::posting::read;

/// A posting (招聘信息).
#[derive(Clone, Debug)]
pub struct Posting {
    row: posting::Model,
    page: Arc<Batch>,
}

impl Posting {
    /// The postings of a page; what hangs on them is read once for all.
    #[must_use]
    pub fn page(ctx: &Ctx, rows: Vec<posting::Model>) -> Vec<Self> {
        let page = Batch::of(ctx, &rows);
        rows.into_iter().map(|row| Self { row, page: Arc::clone(&page) }).collect()
    }

    /// One posting.
    #[must_use]
    pub fn one(ctx: &Ctx, row: posting::Model) -> Self {
        let page = Batch::of(ctx, std::slice::from_ref(&row));
        Self { row, page }
    }

    fn ctx(&self) -> &Ctx {
        self.page.ctx()
    }

    fn failed(&self) -> impl Fn(Fault) -> Error + '_ {
        |fault| gql::error(self.page.ctx(), &fault)
    }

    async fn party(&self) -> Result<&hiring_party::Model> {
        let parties = self.page.parties().await.map_err(self.failed())?;
        parties.get(&self.row.party_id).ok_or_else(|| self.failed()(Fault::internal("read the party of a posting")))
    }

    async fn rows(&self) -> Result<&[shift::Model]> {
        self.page.shifts(self.row.id).await.map_err(self.failed())
    }
}

/// A posting (招聘信息).
#[Object]
impl Posting {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx().gid("Posting", self.row.id)
    }

    /// Counts its changes; a stale one is refused (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// State (状态).
    async fn status(&self) -> PostingStatus {
        self.row.status
    }

    /// Why it was returned, withdrawn or taken down (状态原因).
    async fn status_reason(&self) -> Option<&str> {
        self.row.status_reason.as_deref()
    }

    /// All that was wrong when it was last given back (退回意见).
    async fn remarks(&self) -> Vec<ReviewRemark> {
        let kept = self.row.remarks.clone().unwrap_or_default();
        let remarks: Vec<ReviewRemarkInput> = serde_json::from_value(kept).unwrap_or_default();
        remarks.into_iter().map(|remark| ReviewRemark { field: remark.field, text: remark.text }).collect()
    }

    /// Id of the hiring party (用工主体标识).
    async fn party_id(&self) -> ID {
        self.ctx().gid("HiringParty", self.row.party_id)
    }

    /// What the hiring party is called; a person's name is masked (用工主体).
    async fn party_name(&self) -> Result<&str> {
        Ok(&self.party().await?.display_name)
    }

    /// When it was verified (核验日期).
    async fn party_verified_on(&self) -> Answer<Date> {
        self.party().await.map(|party| party.verified_on.map(Date)).transpose()
    }

    /// The agency that publishes it (发布机构).
    async fn agency(&self) -> Answer<PostingAgency> {
        let id = self.row.agency_id?;
        let agencies = self.page.agencies().await.map_err(self.failed());
        let lang = self.ctx().lang();
        agencies.map(|all| all.get(&id).map(|agency| PostingAgency::new(agency, lang))).transpose()
    }

    /// Id of the market (市场标识).
    async fn market_id(&self) -> Option<ID> {
        self.row.market_id.map(|id| self.ctx().gid("Market", id))
    }

    /// What the market is called (市场).
    async fn market_name(&self) -> Answer<&str> {
        let id = self.row.market_id?;
        let markets = self.page.markets().await.map_err(self.failed());
        markets.map(|all| all.get(&id).map(String::as_str)).transpose()
    }

    /// The county where the work is (区县).
    async fn county(&self) -> Division {
        Division::stored(&self.row.county)
    }

    /// Odd job or internship (信息类别).
    async fn kind(&self) -> PostingKind {
        self.row.kind
    }

    /// How it became known (信息来源).
    async fn source(&self) -> PostingSource {
        self.row.source
    }

    /// Engagement type (用工类型).
    async fn engagement(&self) -> EngagementType {
        self.row.engagement
    }

    /// The trade (工种).
    async fn trade(&self) -> Option<Trade> {
        Trade::of(&self.row.trade)
    }

    /// What is wanted, in a line (标题).
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What is to be done (工作内容).
    async fn duties(&self) -> &str {
        &self.row.duties
    }

    /// What the work asks of the worker (招聘条件).
    async fn conditions(&self) -> Option<&str> {
        self.row.conditions.as_deref()
    }

    /// Places of all shifts together (招聘人数).
    async fn headcount(&self) -> i32 {
        self.row.headcount
    }

    /// Places that can still be taken (剩余名额).
    async fn places_left(&self) -> Result<i32> {
        let ctx = self.ctx();
        Ok(self.rows().await?.iter().map(|row| places_left(ctx, row)).sum())
    }

    /// The wage in fen for one unit (劳动报酬，分).
    async fn wage_fen(&self) -> i64 {
        self.row.wage_fen
    }

    /// What it is for (计薪单位).
    async fn wage_unit(&self) -> WageUnit {
        self.row.wage_unit
    }

    /// When it is paid (结算方式).
    async fn pay_day(&self) -> PayDay {
        self.row.pay_day
    }

    /// What is said about the pay besides (报酬说明).
    async fn pay_text(&self) -> Option<&str> {
        self.row.pay_text.as_deref()
    }

    /// Where the work is (工作地点).
    async fn place(&self) -> &str {
        &self.row.place
    }

    /// The point on the map (坐标).
    async fn point(&self) -> Option<Point> {
        Some(Point { lat: self.row.lat?, lng: self.row.lng?, crs: kernel::geo::Crs::Gcj02 })
    }

    /// Who bears an accident (意外保障).
    async fn cover(&self) -> AccidentCover {
        self.row.cover
    }

    /// Asks for a certificate of special operations (特种作业操作证).
    async fn needs_certificate(&self) -> bool {
        self.row.needs_certificate
    }

    /// Confirms whoever applies while places last (即时快招).
    async fn instant(&self) -> bool {
        self.row.instant
    }

    /// Takes those first who find work hard to get (优先招用困难零工).
    async fn priority(&self) -> bool {
        self.row.priority
    }

    /// First day it holds (有效期起).
    async fn valid_from(&self) -> Date {
        Date(self.row.valid_from)
    }

    /// Last day it holds (有效期止).
    async fn valid_until(&self) -> Date {
        Date(self.row.valid_until)
    }

    /// When its first shift begins (开工时间).
    async fn starts_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.starts_at)
    }

    /// When its last shift ends (收工时间).
    async fn ends_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.ends_at)
    }

    /// Until when somebody can apply (报名截止).
    async fn closes_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.closes_at)
    }

    /// Its shifts, in the order of time (班次).
    async fn shifts(&self) -> Result<Vec<Shift>> {
        Ok(self.rows().await?.iter().map(|row| Shift::of(self.ctx(), row)).collect())
    }

    /// The agency's own number (外部编号).
    async fn external_id(&self) -> Option<&str> {
        self.row.external_id.as_deref()
    }

    /// When it was handed in (提交时间).
    async fn submitted_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.submitted_at.map(moment)
    }

    /// By when it is to be reviewed, while it waits for that (审核时限).
    async fn review_due_at(&self) -> Answer<DateTime<FixedOffset>> {
        let submitted = self.row.submitted_at.filter(|_| self.waits())?;
        let figures = self.page.figures().await.map_err(self.failed());
        Some(figures.map(|figures| moment(figures.review_due(submitted))))
    }

    /// Is that moment past (已超时限)?
    async fn review_overdue(&self) -> Result<bool> {
        let Some(submitted) = self.row.submitted_at.filter(|_| self.waits()) else { return Ok(false) };
        let figures = self.page.figures().await.map_err(self.failed())?;
        Ok(figures.review_due(submitted) < self.ctx().now())
    }

    /// Was it looked at, before or after it went out (已审核)?
    async fn reviewed(&self) -> bool {
        self.row.reviewed_by.is_some()
    }

    /// When it was first published (发布时间).
    async fn published_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.published_at.map(moment)
    }

    /// When somebody last said that it holds (最近确认时间).
    async fn last_confirmed_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.last_confirmed_at)
    }

    /// Has nobody said so for long? Then it is not found until somebody does (信息失鲜).
    async fn stale(&self) -> bool {
        is_shown(self.row.status) && self.row.fresh_until <= self.ctx().now()
    }

    /// When it was entered (登记时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.created_at)
    }

    /// When it was last changed (更新时间).
    async fn updated_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.updated_at)
    }

    /// What the linter says of it as it stands (检查结果).
    async fn findings(&self) -> Result<Vec<LintFinding>> {
        let ctx = self.ctx();
        let read = read(&self.row, self.rows().await?);
        let figures = self.page.figures().await.map_err(self.failed())?.over(&self.row.county, &read.shifts);
        let said = checking::findings(&read, &figures);
        Ok(LintFinding::all(&said, ctx.lang()))
    }

    /// How many engagements are in each state (用工对接数).
    async fn engagement_counts(&self) -> Result<Vec<EngagementCount>> {
        let counts = self.page.counts(self.row.id).await.map_err(self.failed())?;
        Ok(counts.iter().map(|(status, count)| EngagementCount { status: *status, count: *count }).collect())
    }

    /// How many workers were asked by text message to come, favourites and those of the posting that it repeats (已邀请人数).
    async fn invited(&self) -> Result<i64> {
        self.page.asked(self.row.id).await.map_err(self.failed())
    }

    /// The newest fifty things that happened to it, newest first (历程).
    async fn history(&self) -> Result<Vec<PostingEvent>> {
        let events = self.page.events(self.row.id).await.map_err(self.failed())?;
        Ok(events.iter().map(|event| PostingEvent::new(event, self.ctx().lang())).collect())
    }
}

impl Posting {
    /// Does it wait for a reviewer?
    fn waits(&self) -> bool {
        let after = is_shown(self.row.status) && self.row.reviewed_by.is_none();
        self.row.status == PostingStatus::InReview || after
    }
}
