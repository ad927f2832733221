//! The types of imports and exports.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::divisions::Divisions;
use kernel::gql::{self, Answer, Page, Paging, moment};
use kernel::house::Job;
use kernel::trades::Trades;
use kernel::{Ctx, Lang};

use crate::annex2::{self, Field};
use crate::imports::issue::{Issue, Staged};
use crate::imports::operations::list_imported::{NotListableReason, Reasons};
use crate::imports::queries::Import;
use crate::imports::read::{cell_of, texts};
use crate::imports::siblings::Siblings;
use crate::imports::store;
use crate::kinds::{ImportAction, ImportStatus, OperatingNature};

/// How much an issue weighs (严重程度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IssueSeverity {
    /// The row cannot be taken in (错误).
    Error,
    /// Accepted, and it is said how it was read (提示).
    Note,
}

/// What is the matter with a cell (单元格问题).
#[derive(Clone, Debug, SimpleObject)]
pub struct CellIssue {
    /// The row as Excel counts it; 0 is the sheet (行号).
    pub row: i32,
    /// Letters of the column (列).
    pub column: String,
    /// Its heading (栏目).
    pub column_title: String,
    /// What the cell holds (内容).
    pub value: String,
    /// The kind of issue (代码).
    pub code: String,
    /// How much it weighs (严重程度).
    pub severity: IssueSeverity,
    /// What is the matter (问题).
    pub message: String,
    /// What to do (处理建议).
    pub hint: String,
}

impl CellIssue {
    /// An issue in the caller's language.
    #[must_use]
    pub fn new(issue: Issue, lang: Lang) -> Self {
        Self {
            row: issue.row_no,
            message: issue.message.get(lang).to_owned(),
            hint: issue.hint.get(lang).to_owned(),
            column: issue.column,
            column_title: issue.title,
            value: issue.value,
            code: issue.code,
            severity: if issue.is_error { IssueSeverity::Error } else { IssueSeverity::Note },
        }
    }
}

/// A row of an imported form, read and not yet a market (导入行).
#[derive(Clone, Debug, SimpleObject)]
pub struct ImportRow {
    /// The row as Excel counts it (行号).
    pub row: i32,
    /// Name (零工市场名称).
    pub name: Option<String>,
    /// Address (详细地址).
    pub address: Option<String>,
    /// Operating nature (运营性质).
    pub nature: Option<OperatingNature>,
    /// How the nature was read (性质判读).
    pub nature_reading: Option<String>,
    /// What the form says about the public interest (公益性); null where it says nothing.
    pub public_interest: Option<bool>,
    /// Hours as read, or as written where they could not be (运行时间).
    pub hours_text: Option<String>,
    /// Seekers as read, or as written where they could not be (求职人员规模).
    pub seeker_scale: Option<String>,
    /// Trades of the catalogue, by name (工种).
    pub trades: Vec<String>,
    /// Trades the catalogue does not have, kept as written (目录外工种).
    pub unknown_trades: Vec<String>,
    /// Daily successes as read, or as written where they could not be (日均招聘成功人数).
    pub daily_successes: Option<String>,
    /// The division found, by its full name (所在区划).
    pub division_name: Option<String>,
    /// What applying the row does (导入动作).
    pub action: ImportAction,
    /// Can it be taken in (是否合格)?
    pub good: bool,
    /// What is the matter with its cells (问题).
    pub issues: Vec<CellIssue>,
}

impl ImportRow {
    /// A row in the caller's language.
    #[must_use]
    pub fn new(staged: Staged, lang: Lang) -> Self {
        let row = staged.row;
        let written = |field: Field| Some(cell_of(&row.cells, field)).filter(|text| !text.is_empty());
        let figure = |low: Option<i32>, high: Option<i32>, approximate: bool| {
            let (low, high) = (u32::try_from(low?).ok()?, u32::try_from(high?).ok()?);
            Some(annex2::Figure { low, high, approximate, text: String::new() }.render())
        };
        let catalogue = Trades::standard();
        let trades = texts(&row.trades);
        Self {
            row: row.row_no,
            name: row.official_name.clone().or_else(|| row.alias.clone()).or_else(|| written(Field::Name)),
            address: row.address.clone().or_else(|| written(Field::Address)),
            nature: row.nature,
            nature_reading: match lang {
                Lang::Zh => row.reading_zh.clone(),
                Lang::En => row.reading_en.clone(),
            },
            public_interest: row.public_interest,
            hours_text: row.hours_text.clone().or_else(|| written(Field::Hours)),
            seeker_scale: figure(row.scale_low, row.scale_high, row.scale_approximate)
                .or_else(|| written(Field::SeekerScale)),
            daily_successes: figure(row.success_low, row.success_high, row.success_approximate)
                .or_else(|| written(Field::DailySuccesses)),
            trades: trades.iter().map(|code| catalogue.name(code).unwrap_or(code).to_owned()).collect(),
            unknown_trades: texts(&row.other_trades),
            division_name: row.division.as_deref().and_then(|code| Divisions::standard().full_name(code)),
            action: row.action,
            good: row.good,
            issues: staged.issues.into_iter().map(|issue| CellIssue::new(issue, lang)).collect(),
        }
    }
}

/// Markets of an import that could not be listed, by reason (未能列入的市场).
#[derive(Clone, Debug, SimpleObject)]
pub struct NotListable {
    /// The reason (原因).
    pub reason: NotListableReason,
    /// So many (数量).
    pub count: i32,
    /// The reason in words, and what to do (说明).
    pub message: String,
}

impl NotListable {
    fn new(reason: NotListableReason, count: i32, lang: Lang) -> Self {
        let (zh, en) = match reason {
            NotListableReason::Address => ("缺详细地址，请补充。", "No address: enter it."),
            NotListableReason::Hours => ("缺运行时间，请补充。", "No hours: enter them."),
            NotListableReason::Trades => ("缺主要招聘工种，请补充。", "No trades: enter at least one."),
            NotListableReason::OperatorNameAndLicence => (
                "缺运营机构名称和人力资源服务许可证编号（样表没有这两项），请一次补齐。",
                "The name and the licence of the operator are missing, as the form has neither: enter both.",
            ),
            NotListableReason::OperatorName => (
                "缺运营机构名称（名录样表没有此栏），请在市场信息中补充。",
                "No name of the operator (the form has no such column): enter it with the market.",
            ),
            NotListableReason::Licence => (
                "缺运营机构的人力资源服务许可证编号（名录样表没有此栏），请在市场信息中补充。",
                "No number of the operator's licence (the form has no such column): enter it with the market.",
            ),
            NotListableReason::LicenceExpired => (
                "运营机构的人力资源服务许可证已到期，请核对新证并更新。",
                "The operator's licence ran out: look at the new one and enter it.",
            ),
            NotListableReason::LicenceSuspended => (
                "运营机构的人力资源服务许可证已暂停，恢复后方可列入。",
                "The operator's licence is suspended: list it once that is given back.",
            ),
            NotListableReason::LicenceRevoked => (
                "运营机构的人力资源服务许可证已吊销，请更换持证的运营机构。",
                "The operator's licence is revoked: enter another agency.",
            ),
            NotListableReason::BadCredit => (
                "运营机构被列为严重失信，信用修复并登记移出后方可列入。",
                "The operator is of seriously bad credit: list it once that is lifted and recorded.",
            ),
            NotListableReason::NotAllowed => ("不在您可以列入名录的范围内。", "You may not list markets there."),
        };
        Self { reason, count, message: if lang == Lang::Zh { zh } else { en }.to_owned() }
    }
}

/// An import of the directory form (名录导入).
#[derive(Clone, Debug)]
pub struct DirectoryImport(Import, Arc<Siblings>);

/// An import of the directory form (名录导入).
#[Object]
impl DirectoryImport {
    /// Id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("DirectoryImport", self.0.row.id)
    }

    /// Name of the file (文件名).
    async fn file_name(&self) -> &str {
        &self.0.row.file_name
    }

    /// How far it is (导入状态).
    async fn status(&self) -> ImportStatus {
        store::standing(&self.0.row, self.0.job.as_ref())
    }

    /// The city named above the table (表格所填城市).
    async fn city(&self) -> Option<&str> {
        self.0.row.city.as_deref()
    }

    /// Who filled it in (填报人).
    async fn filer(&self, gql: &Context<'_>) -> Answer<String> {
        let ctx = gql::ctx(gql);
        let sealed = self.0.row.filer.as_ref()?;
        let opened = async { ctx.keys().await?.open("directory_import", "filer", self.0.row.id, sealed) };
        // Who filled it in is a colleague, to be asked about the rows.
        gql::found(ctx, opened.await.map(|name| name.expose().clone()))
    }

    /// Counts changes; a stale one is refused (版本).
    async fn version(&self) -> i32 {
        self.0.row.version
    }

    /// Rows with a market (行数).
    async fn row_count(&self) -> i32 {
        self.0.row.row_count
    }

    /// Rows that can be taken in (合格行数).
    async fn good_rows(&self) -> i32 {
        self.0.row.good_rows
    }

    /// Rows that cannot (不合格行数).
    async fn bad_rows(&self) -> i32 {
        self.0.row.bad_rows
    }

    /// Rows that make a market, or made one (新增).
    async fn created(&self) -> i32 {
        self.0.row.created
    }

    /// Rows that change a market, or changed one (更新).
    async fn updated(&self) -> i32 {
        self.0.row.updated
    }

    /// Rows that change nothing (无变化).
    async fn unchanged(&self) -> i32 {
        self.0.row.unchanged
    }

    /// Markets of it that were listed together (已列入名录数).
    async fn listed(&self) -> i32 {
        self.0.row.listed
    }

    /// Markets of it that could not be listed when that was last tried (未能列入数).
    async fn not_listable(&self) -> i32 {
        self.reasons().values().sum()
    }

    /// Why they could not (未能列入的原因).
    async fn not_listable_reasons(&self, gql: &Context<'_>) -> Vec<NotListable> {
        let lang = gql::ctx(gql).lang();
        self.reasons().into_iter().map(|(reason, count)| NotListable::new(reason, count, lang)).collect()
    }

    /// The job at work on it, or the last one (作业).
    async fn job(&self, gql: &Context<'_>) -> Option<Job> {
        self.0.job.as_ref().map(|job| Job::new(gql::ctx(gql), job))
    }

    /// Why the file is not taken in (拒收原因).
    async fn refusal(&self, gql: &Context<'_>) -> Option<&str> {
        match gql::ctx(gql).lang() {
            Lang::Zh => self.0.row.refusal_zh.as_deref(),
            Lang::En => self.0.row.refusal_en.as_deref(),
        }
    }

    /// When it was checked (导入时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.0.row.created_at)
    }

    /// The file and its report are kept until then (保存至).
    async fn kept_until(&self) -> DateTime<FixedOffset> {
        moment(self.0.row.kept_until)
    }

    /// The path to GET the file as it was sent (原始文件); null after it is thrown away.
    async fn file_url(&self, gql: &Context<'_>) -> Answer<String> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, self.1.file(self.0.row.upload_id).await)
    }

    /// The path to GET the error report (错误报告), CSV; null until it is written and after it is thrown away.
    async fn report_url(&self, gql: &Context<'_>) -> Answer<String> {
        let ctx = gql::ctx(gql);
        let report = self.0.row.report_id?;
        gql::found(ctx, self.1.file(report).await)
    }

    /// The rows, in the order of the file (导入行).
    async fn rows(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "Only those that cannot be taken in (仅不合格行)")] only_bad: Option<bool>,
    ) -> Answer<Page<ImportRow>> {
        let ctx = gql::ctx(gql);
        let only_bad = only_bad.unwrap_or_default();
        let answer = async {
            let list = format!("import-rows:{}:{only_bad}", self.0.row.id);
            let paging = Paging::read(ctx, first, after, &list).await?;
            let found = self.1.rows(self.0.row.id, only_bad, &paging, gql::counts(gql)).await;
            let (rows, total) = found.map_err(gql::fail(ctx))?;
            let keyed = rows.into_iter().map(|row| (vec![row.row.row_no.to_string()], ImportRow::new(row, ctx.lang())));
            paging.page(ctx, keyed.collect(), total).await
        };
        Some(answer.await)
    }

    /// What is the matter with its cells, in the order of the file (问题).
    async fn issues(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<CellIssue>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("import-issues:{}", self.0.row.id)).await?;
            let found = self.1.issues(self.0.row.id, &paging, gql::counts(gql)).await;
            let (issues, total) = found.map_err(gql::fail(ctx))?;
            let keyed = issues.into_iter().map(|(key, issue)| (key, CellIssue::new(issue, ctx.lang())));
            paging.page(ctx, keyed.collect(), total).await
        };
        Some(answer.await)
    }
}

impl DirectoryImport {
    /// The imports of a page; what hangs on them is read once for all.
    pub(super) fn page(ctx: &Ctx, imports: Vec<Import>) -> Vec<Self> {
        let siblings = Siblings::new(ctx, &imports);
        imports.into_iter().map(|import| Self(import, Arc::clone(&siblings))).collect()
    }

    /// One import.
    pub(super) fn one(ctx: &Ctx, import: Import) -> Self {
        let siblings = Siblings::new(ctx, std::slice::from_ref(&import));
        Self(import, siblings)
    }

    fn reasons(&self) -> Reasons {
        serde_json::from_value(self.0.row.not_listable.clone()).unwrap_or_default()
    }
}
