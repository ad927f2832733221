//! An agency as those who see it read it.

use std::sync::Arc;

use async_graphql::{Error, ID, Object, Result};
use chrono::{DateTime, Datelike as _, FixedOffset};
use entities::agency;
use kernel::clock::day_of;
use kernel::divisions::Divisions;
use kernel::gql::{self, Answer, Date};
use kernel::{Ctx, Fault};

use super::kept::{AgencyBranch, AnnualReport, AnnualReportDue, DisplayedItem, PriceList};
use crate::agencies::kinds::{AgencyParameterCode, DisplayedKind, LicenceScope, LicenceStanding};
use crate::agencies::queries::page::AgencyPage;
use crate::agencies::rules::identity::scope_of;
use crate::agencies::rules::licence::{LicenceState, state_of};
use crate::agencies::rules::{displayed, parameters, reports};

/// A human-resources agency (人力资源服务机构).
#[derive(Clone, Debug)]
pub struct Agency {
    row: agency::Model,
    page: Arc<AgencyPage>,
}

/// What a code of a county stands for.
pub(super) fn county_name(code: &str) -> Option<String> {
    Divisions::standard().full_name(code)
}

/// A fault of a nested field.
pub(super) fn failed(page: &AgencyPage) -> impl FnOnce(Fault) -> Error + '_ {
    |fault| gql::error(page.ctx(), &fault)
}

impl Agency {
    /// Agencies of one page.
    #[must_use]
    pub fn page(ctx: &Ctx, rows: Vec<agency::Model>) -> Vec<Self> {
        let page = AgencyPage::of(ctx, rows.iter().map(|row| row.id).collect());
        rows.into_iter().map(|row| Self { row, page: Arc::clone(&page) }).collect()
    }

    /// How its licence stands today.
    #[must_use]
    pub fn licence(&self) -> LicenceState {
        state_of(&self.row, self.page.ctx().today())
    }

    /// One agency alone.
    #[must_use]
    pub fn one(ctx: &Ctx, row: agency::Model) -> Self {
        let page = AgencyPage::of(ctx, vec![row.id]);
        Self { row, page }
    }
}

/// A human-resources agency (人力资源服务机构): one licence is one agency, in every city the same.
#[Object]
impl Agency {
    /// Its id (标识).
    async fn id(&self) -> ID {
        self.page.ctx().gid("Agency", self.row.id)
    }

    /// Its name: as it was registered, else as it was written last (机构名称).
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The number of its licence (人力资源服务许可证编号).
    async fn licence_no(&self) -> &str {
        &self.row.licence_no
    }

    /// When the city first heard of it (登记时间).
    async fn entered_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.entered_at)
    }

    /// Unified social credit code (统一社会信用代码).
    async fn uscc(&self) -> Option<&str> {
        self.row.uscc.as_deref()
    }

    /// Code of the county where it has its seat (所在区县代码).
    async fn county(&self) -> Option<&str> {
        self.row.county.as_deref()
    }

    /// The county where it has its seat (所在区县).
    async fn county_name(&self) -> Option<String> {
        self.row.county.as_deref().and_then(county_name)
    }

    /// The organ that issued the licence (发证机关).
    async fn issuer(&self) -> Option<&str> {
        self.row.issuer.as_deref()
    }

    /// What it is licensed for, or has filed (业务范围).
    async fn scope(&self) -> Vec<LicenceScope> {
        scope_of(&self.row.scope)
    }

    /// When the licence was issued (发证日期).
    async fn issued_on(&self) -> Option<Date> {
        self.row.issued_on.map(Date)
    }

    /// The last day the licence is good for (有效期至).
    async fn expires_on(&self) -> Option<Date> {
        self.row.expires_on.map(Date)
    }

    /// How the licence stands today (许可证状态).
    async fn licence_state(&self) -> LicenceStanding {
        self.licence().standing()
    }

    /// Since when nothing may be published under the licence (状态起始日期).
    async fn licence_state_since(&self) -> Option<Date> {
        self.licence().since().map(Date)
    }

    /// Why it was suspended or revoked (处理理由).
    async fn status_reason(&self) -> Option<&str> {
        self.row.status_reason.as_deref()
    }

    /// By which article (法律依据).
    async fn status_article(&self) -> Option<&str> {
        self.row.status_article.as_deref()
    }

    /// Code of the city that decided it, `platform` for the province (处理机关所在地).
    async fn status_by(&self) -> Option<&str> {
        self.row.status_by.as_deref()
    }

    /// When the licence was held against its original (核验时间).
    async fn verified_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.verified_at.map(gql::moment)
    }

    /// Code of the city where that was done, `platform` for the province (核验地).
    async fn verified_in(&self) -> Option<&str> {
        self.row.verified_in.as_deref()
    }

    /// Code of the city that registered it and answers for it, `platform` for the province; empty while it is only heard of
    /// (登记地).
    async fn registered_in(&self) -> Option<&str> {
        self.row.home.as_deref()
    }

    /// Does this city answer for it (本地登记)?
    async fn registered_here(&self) -> bool {
        self.row.home.as_deref() == Some(self.page.ctx().tenant().code.as_str())
    }

    /// Branches, the oldest first (分支机构).
    async fn branches(&self) -> Result<Vec<AgencyBranch>> {
        let rows = self.page.branches(self.row.id).await.map_err(failed(&self.page))?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let set = self.page.parameters().await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| AgencyBranch::of(self.page.ctx(), row, set)).collect())
    }

    /// The price list that holds today (现行收费标准).
    async fn price_list(&self) -> Answer<PriceList> {
        let priced = self.page.prices(self.row.id).await.map_err(failed(&self.page));
        priced.map(|priced| priced.map(|(list, items)| PriceList::of(self.page.ctx(), list, items))).transpose()
    }

    /// What hangs in its hall (公示内容).
    async fn displayed_items(&self) -> Result<Vec<DisplayedItem>> {
        let rows = self.page.displayed(self.row.id).await.map_err(failed(&self.page))?;
        if rows.iter().all(|row| row.file_id.is_none()) {
            return Ok(rows.iter().map(|row| DisplayedItem::of(self.page.ctx(), row, None)).collect());
        }
        let links = self.page.links().await.map_err(failed(&self.page))?;
        let url = |file: Option<uuid::Uuid>| file.and_then(|file| links.get(&file).cloned());
        Ok(rows.iter().map(|row| DisplayedItem::of(self.page.ctx(), row, url(row.file_id))).collect())
    }

    /// What should hang there and does not (缺少的公示内容).
    async fn missing_displayed_items(&self) -> Result<Vec<DisplayedKind>> {
        let rows = self.page.displayed(self.row.id).await.map_err(failed(&self.page))?;
        let shown: Vec<DisplayedKind> = rows.iter().map(|row| row.kind).collect();
        Ok(displayed::missing(&scope_of(&self.row.scope), &shown))
    }

    /// Annual reports that came in, the newest year first (年度报告).
    async fn annual_reports(&self) -> Result<Vec<AnnualReport>> {
        let rows = self.page.reports(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| AnnualReport::of(self.page.ctx(), row)).collect())
    }

    /// Whether the annual report of last year is due (上年度报告情况).
    async fn annual_report_due(&self) -> Result<AnnualReportDue> {
        let (ctx, year) = (self.page.ctx(), self.page.ctx().today().year() - 1);
        let rows = self.page.reports(self.row.id).await.map_err(failed(&self.page))?;
        let set = self.page.parameters().await.map_err(failed(&self.page))?;
        let by = parameters::on(AgencyParameterCode::AnnualReportBy, ctx.today(), set);
        let reported_on = rows.iter().find(|row| row.year == year).map(|row| row.reported_on);
        let asked = reports::is_asked(year, self.row.issued_on, day_of(self.row.entered_at));
        Ok(AnnualReportDue::of(ctx, year, by, asked, reported_on))
    }

    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
}
