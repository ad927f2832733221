//! A market as those who work with it see it (市场).

use std::sync::Arc;

use async_graphql::{ID, Object, Result};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{Answer, Date, Page, Paging, moment};
use kernel::{Ctx, Lang};
use people::{Agency, LicenceStanding};

use super::contacts;
use super::counts::{MonitoringSample, Queue};
use super::kept::{BadCredit, ConstructionProject, MapAnnotation, OperatorContract};
use super::parts::{Facility, PickupBay, SafetyCheck, Zone, failed};
use super::reference::Trade;
use super::shown::{licence_state, minute_of, qr_svg};
use super::values::{
    Address, Crowd, Figure, MarketContact, MarketEvent, OpeningHours, Standardisation, TransparencyBlock,
};
use crate::kinds::{AliasBasis, MarketLayout, MarketStatus, OperatingNature, OperatorKind, ServiceKind};
use crate::queries::lookup;
use crate::rows::market;
use crate::rules::spans::{self, Span};
use crate::rules::standard;
use crate::store::batch::Batch;
use crate::store::visible;

/// A market (零工市场).
#[derive(Debug)]
pub struct Market {
    row: market::Model,
    page: Arc<Batch>,
}

impl Market {
    /// Markets of one page.
    #[must_use]
    pub fn page(ctx: &Ctx, rows: Vec<market::Model>) -> Vec<Self> {
        let page = Batch::of(ctx, &rows);
        rows.into_iter().map(|row| Self { row, page: Arc::clone(&page) }).collect()
    }

    /// One market alone.
    #[must_use]
    pub fn one(ctx: &Ctx, row: market::Model) -> Self {
        let page = Batch::of(ctx, std::slice::from_ref(&row));
        Self { row, page }
    }

    fn ctx(&self) -> &Ctx {
        self.page.ctx()
    }

    async fn spans(&self) -> Result<Vec<Span>> {
        let rows = self.page.hours(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(Span::from).collect())
    }
}

/// A market (零工市场): everything the city keeps about it.
#[Object]
impl Market {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx().gid("Market", self.row.id)
    }

    /// Its name in URLs and on its QR code; it never changes (网址编号).
    async fn slug(&self) -> &str {
        &self.row.slug
    }

    /// Official name (正规名称).
    async fn official_name(&self) -> Option<&str> {
        self.row.official_name.as_deref()
    }

    /// What it is called without one (代称).
    async fn alias(&self) -> Option<&str> {
        self.row.alias.as_deref()
    }

    /// What the shown name rests on (名称依据).
    async fn alias_basis(&self) -> AliasBasis {
        self.row.alias_basis
    }

    /// The name that is shown (显示名称).
    async fn display_name(&self) -> &str {
        &self.row.display_name
    }

    /// Operating nature (运营性质).
    async fn nature(&self) -> OperatingNature {
        self.row.nature
    }

    /// Who runs it (运营主体).
    async fn operator_kind(&self) -> OperatorKind {
        self.row.operator_kind
    }

    /// The operator's name (运营机构名称).
    async fn operator_name(&self) -> Option<&str> {
        self.row.operator_name.as_deref()
    }

    /// The number of the operator's licence (人力资源服务许可证编号).
    async fn licence_no(&self) -> Option<&str> {
        self.row.licence_no.as_deref()
    }

    /// The last day the licence is good for (许可证有效期至).
    async fn licence_until(&self) -> Option<Date> {
        self.row.licence_until.map(Date)
    }

    /// How the licence stands under which a commercial market is run; empty for the others (许可证状态).
    async fn licence_state(&self) -> Answer<LicenceStanding> {
        let state = licence_state(&self.page, self.row.nature, self.row.licence_until, self.row.agency).await;
        state.map_err(failed(&self.page)).transpose()
    }

    /// The licensed agency that runs it (所属人力资源服务机构).
    async fn agency(&self) -> Answer<Agency> {
        let id = self.row.agency?;
        match self.page.agencies().await {
            Ok(all) => all.get(&id).cloned().map(Ok),
            Err(fault) => Some(Err(failed(&self.page)(fault))),
        }
    }

    /// The operator's seriously bad credit, newest first (严重失信记录).
    async fn bad_credits(&self) -> Result<Vec<BadCredit>> {
        let rows = self.page.bad_credits(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| BadCredit::of(self.ctx(), row)).collect())
    }

    /// Free of charge and in the public interest (公益性)?
    async fn public_interest(&self) -> bool {
        self.row.public_interest
    }

    /// Layout (布局类型).
    async fn layout(&self) -> Option<MarketLayout> {
        self.row.layout
    }

    /// State of its entry in the directory (名录状态).
    async fn status(&self) -> MarketStatus {
        self.row.status
    }

    /// Why it was suspended or delisted (状态原因).
    async fn status_reason(&self) -> Option<&str> {
        self.row.status_reason.as_deref()
    }

    /// First day in the directory (列入日期).
    async fn listed_on(&self) -> Option<Date> {
        self.row.listed_on.map(Date)
    }

    /// Where it is (地址).
    async fn address(&self) -> Address {
        Address {
            division: self.row.division.clone(),
            text: self.row.address.clone(),
            name: self.row.display_name.clone(),
            village: self.row.village(),
            point: self.row.point(),
        }
    }

    /// Opening hours (运行时间).
    async fn hours(&self) -> Result<Vec<OpeningHours>> {
        Ok(self.spans().await?.iter().map(OpeningHours::from).collect())
    }

    /// The hours in words, as annex 2 has them (运行时间文字).
    async fn hours_text(&self) -> Result<String> {
        Ok(match self.ctx().lang() {
            Lang::Zh => self.row.hours_text.clone(),
            Lang::En => spans::words(&self.spans().await?, Lang::En),
        })
    }

    /// Open now (正在营业)?
    async fn open_now(&self) -> Result<bool> {
        Ok(spans::is_open(&self.spans().await?, self.ctx().today(), minute_of(self.ctx())))
    }

    /// Today's hours (今日运行时间).
    async fn hours_today(&self) -> Result<Vec<String>> {
        let ctx = self.ctx();
        Ok(spans::on_day(&self.spans().await?, ctx.today(), minute_of(ctx), ctx.lang()))
    }

    /// Main trades by occupation (主要招聘工种).
    async fn trades(&self) -> Result<Vec<Trade>> {
        let rows = self.page.trades(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().filter_map(|t| Trade::of(t.code.as_deref()?)).collect())
    }

    /// Trades that the catalogue does not have, as written (其他工种).
    async fn other_trades(&self) -> Result<Vec<String>> {
        let rows = self.page.trades(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().filter_map(|t| t.name.clone()).collect())
    }

    /// Contacts (联系方式); a number that is not public is masked for those who may not amend the market.
    async fn contacts(&self) -> Result<Vec<MarketContact>> {
        let rows = self.page.contacts(self.row.id).await.map_err(failed(&self.page))?;
        contacts::shown(self.ctx(), &visible::place_of(&self.row), rows).await
    }

    /// How full it is, as its staff said; null when nobody said so lately (拥挤程度).
    async fn crowd(&self) -> Answer<Crowd> {
        let rows = self.page.crowd(self.row.id).await.map_err(failed(&self.page));
        rows.map(|rows| Crowd::of(self.ctx(), rows)).transpose()
    }

    /// Queue numbers of today; null while none was issued (排队号).
    async fn queue_numbers(&self) -> Answer<Queue> {
        let rows = self.page.queues(self.row.id).await.map_err(failed(&self.page));
        rows.map(|rows| Queue::today(self.ctx(), rows)).transpose()
    }

    /// Services (服务项目).
    async fn services(&self) -> Result<Vec<ServiceKind>> {
        let rows = self.page.services(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|s| s.kind).collect())
    }

    /// Remark (备注).
    async fn remark(&self) -> Option<&str> {
        self.row.remark.as_deref()
    }

    /// Number of seekers (求职人员规模).
    async fn seeker_scale(&self) -> Option<Figure> {
        self.row.scale().map(|f| Figure::of(&f, self.ctx().lang()))
    }

    /// Daily average of successes (日均招聘成功人数).
    async fn daily_successes(&self) -> Option<Figure> {
        self.row.successes().map(|f| Figure::of(&f, self.ctx().lang()))
    }

    /// Functional zones (功能分区).
    async fn zones(&self) -> Result<Vec<Zone>> {
        let rows = self.page.zones(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| Zone { row: row.clone(), page: Arc::clone(&self.page) }).collect())
    }

    /// Facilities (便民设施).
    async fn facilities(&self) -> Result<Vec<Facility>> {
        let rows = self.page.facilities(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| Facility::of(self.ctx(), row)).collect())
    }

    /// Stop-and-go bays (即停即走上车点).
    async fn bays(&self) -> Result<Vec<PickupBay>> {
        let rows = self.page.bays(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| PickupBay::of(self.ctx(), row)).collect())
    }

    /// Safety checks, newest first (安全检查).
    async fn safety_checks(
        &self,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<SafetyCheck>> {
        let ctx = self.ctx();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("safety-checks:{}", self.row.id)).await?;
            let rows = self.page.checks_page(self.row.id, paging.after.clone(), paging.limit()).await;
            let rows = rows.map_err(failed(&self.page))?;
            let keyed = rows
                .iter()
                .map(|row| (vec![row.inspected_on.to_string(), row.id.to_string()], SafetyCheck::of(&self.page, row)));
            paging.page(ctx, keyed.collect(), None).await
        };
        Some(answer.await)
    }

    /// Samples, newest first (抽样).
    async fn monitoring_samples(
        &self,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<MonitoringSample>> {
        let ctx = self.ctx();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("samples:{}", self.row.id)).await?;
            let rows = self.page.samples_page(self.row.id, paging.after.clone(), paging.limit()).await;
            let rows = rows.map_err(failed(&self.page))?;
            let keyed = rows
                .iter()
                .map(|row| (vec![row.sampled_on.to_string(), row.id.to_string()], MonitoringSample::of(ctx, row)));
            paging.page(ctx, keyed.collect(), None).await
        };
        Some(answer.await)
    }

    /// Map annotations (地图标注).
    async fn annotations(&self) -> Result<Vec<MapAnnotation>> {
        let rows = self.page.annotations(self.row.id).await.map_err(failed(&self.page))?;
        let place = self.row.point();
        let names = self.page.assignees().await.map_err(failed(&self.page))?;
        Ok(rows.iter().filter_map(|row| MapAnnotation::of(self.ctx(), row, place, names)).collect())
    }

    /// Operator contracts, newest first (运营协议).
    async fn contracts(&self) -> Result<Vec<OperatorContract>> {
        let rows = self.page.contracts(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| OperatorContract { row: row.clone(), page: Arc::clone(&self.page) }).collect())
    }

    /// Construction projects (建设改造项目).
    async fn projects(&self) -> Result<Vec<ConstructionProject>> {
        let rows = self.page.projects(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| ConstructionProject { row: row.clone(), page: Arc::clone(&self.page) }).collect())
    }

    /// Whether it is standardised, computed from its checklist (规范化).
    async fn standardisation(&self) -> Result<Standardisation> {
        let rows = self.page.current_checks(self.row.id).await.map_err(failed(&self.page))?;
        let verdict = standard::verdict(
            self.row.status,
            self.row.nature,
            self.row.public_interest,
            &crate::queries::standard::newest(rows),
            self.ctx().today(),
        );
        Ok(Standardisation::of(verdict, self.ctx().lang()))
    }

    /// What happened to it, newest first (沿革).
    async fn history(
        &self,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<MarketEvent>> {
        let ctx = self.ctx();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("market-history:{}", self.row.id)).await?;
            let rows = self.page.history_page(self.row.id, paging.after.clone(), paging.limit()).await;
            let rows = rows.map_err(failed(&self.page))?;
            let keyed = rows.iter().map(|row| (vec![row.id.to_string()], MarketEvent::of(row, ctx.lang())));
            paging.page(ctx, keyed.collect(), None).await
        };
        Some(answer.await)
    }

    /// What the public is told about rules and complaints (公开事项).
    async fn transparency(&self) -> TransparencyBlock {
        TransparencyBlock::of(self.ctx())
    }

    /// QR code of its public page, SVG (二维码).
    async fn qr_svg(&self) -> Result<String> {
        qr_svg(self.ctx(), &self.row.slug)
    }

    /// Its public page (公开页面).
    async fn public_url(&self) -> String {
        lookup::public_url(self.ctx(), &self.row.slug)
    }

    /// Area in square metres (面积).
    async fn area_square_metres(&self) -> Option<i32> {
        self.row.area_square_metres
    }

    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was registered (登记时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.created_at)
    }

    /// When it was last changed (更新时间).
    async fn updated_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.updated_at)
    }
}
