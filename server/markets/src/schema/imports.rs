//! Imports in GraphQL (名录导入).

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Page, Paging, moment};
use kernel::house::Job;
use kernel::{Ctx, Fault, Lang};
use sea_orm::EntityTrait as _;
use tokio::sync::OnceCell;

use super::market::division_name;
use super::query::{counts, fail};
use crate::kinds::{FigureMethod, ImportAction, ImportStatus, OperatingNature};
use crate::queries::imports;
use crate::rows::{cell_issue, directory_import, import_row};
use crate::rules::figures::Figure;
use crate::rules::import::hours_of;
use crate::rules::spans;

/// An import of the directory form (名录导入).
#[derive(Clone, Debug)]
pub struct DirectoryImport(pub(crate) directory_import::Model);

/// How much an issue weighs (严重程度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IssueSeverity {
    /// Must be corrected (错误).
    Error,
    /// Told for information (提示).
    Note,
}

/// What is the matter with a cell (单元格问题).
#[derive(Clone, Debug, SimpleObject)]
pub struct CellIssue {
    /// The row as Excel counts it; 0 is the sheet (行).
    pub row: i32,
    /// Letters of the column (列).
    pub column: String,
    /// Its heading (栏目).
    pub column_title: String,
    /// What the cell holds (内容).
    pub value: String,
    /// The kind of issue (问题代码).
    pub code: String,
    /// Error or note (严重程度).
    pub severity: IssueSeverity,
    /// What is the matter (问题).
    pub message: String,
    /// What to do (处理办法).
    pub hint: String,
}

impl CellIssue {
    fn of(row: &cell_issue::Model, lang: Lang) -> Self {
        let (message, hint) = match lang {
            Lang::Zh => (&row.message_zh, &row.hint_zh),
            Lang::En => (&row.message_en, &row.hint_en),
        };
        Self {
            row: row.row_no,
            column: row.column_name.clone(),
            column_title: row.column_title.clone(),
            value: row.value.clone(),
            code: row.code.clone(),
            severity: if row.is_error { IssueSeverity::Error } else { IssueSeverity::Note },
            message: message.clone(),
            hint: hint.clone(),
        }
    }
}

/// A row of an import (导入行).
#[derive(Debug)]
pub struct ImportRow {
    row: import_row::Model,
    page: Arc<RowPage>,
}

/// A page of rows, whose issues are read once.
#[derive(Debug)]
struct RowPage {
    ctx: Ctx,
    import: uuid::Uuid,
    rows: Vec<i32>,
    issues: OnceCell<Vec<cell_issue::Model>>,
}

fn texts(value: &serde_json::Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

impl ImportRow {
    fn people(&self, low: Option<i32>, high: Option<i32>, approximate: bool) -> Option<String> {
        let (low, high) = (low?, high?);
        let (method, as_of) = (FigureMethod::Declared, self.page.ctx.today());
        Some(Figure { low, high, approximate, method, reason: None, as_of }.words(self.page.ctx.lang()))
    }
}

/// A row of an import (导入行): what it was read as, and what applying it would do.
#[Object]
impl ImportRow {
    /// The row as Excel counts it (行).
    async fn row(&self) -> i32 {
        self.row.row_no
    }

    /// Name (零工市场名称).
    async fn name(&self) -> Option<&str> {
        self.row.official_name.as_deref().or(self.row.alias.as_deref())
    }

    /// Address (详细地址).
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// Operating nature (运营性质).
    async fn nature(&self) -> Option<OperatingNature> {
        self.row.nature
    }

    /// How the nature was read (性质判读).
    async fn nature_reading(&self) -> Option<&str> {
        match self.page.ctx.lang() {
            Lang::Zh => self.row.reading_zh.as_deref(),
            Lang::En => self.row.reading_en.as_deref(),
        }
    }

    /// What the row says about the public interest (公益性).
    async fn public_interest(&self) -> Option<bool> {
        self.row.public_interest
    }

    /// Hours in words (运行时间).
    async fn hours_text(&self) -> Option<String> {
        let kept = self.row.hours_text.as_deref()?;
        Some(match self.page.ctx.lang() {
            Lang::Zh => kept.to_owned(),
            Lang::En => spans::words(&hours_of(kept), Lang::En),
        })
    }

    /// Seekers (求职人员规模).
    async fn seeker_scale(&self) -> Option<String> {
        self.people(self.row.scale_low, self.row.scale_high, self.row.scale_approximate)
    }

    /// Trades that the catalogue has (主要招聘工种).
    async fn trades(&self) -> Vec<String> {
        let catalogue = kernel::trades::Trades::standard();
        let name = |code: String| catalogue.name(&code).map_or(code.clone(), str::to_owned);
        texts(&self.row.trades).into_iter().map(name).collect()
    }

    /// Trades that it does not have, kept as written (未识别工种).
    async fn unknown_trades(&self) -> Vec<String> {
        texts(&self.row.other_trades)
    }

    /// Daily successes (日均招聘成功人数).
    async fn daily_successes(&self) -> Option<String> {
        self.people(self.row.success_low, self.row.success_high, self.row.success_approximate)
    }

    /// The division found for it (所在区划).
    async fn division_name(&self) -> Option<String> {
        self.row.division.as_deref().map(division_name)
    }

    /// What applying it does (导入动作).
    async fn action(&self) -> ImportAction {
        self.row.action
    }

    /// Can it be taken in (合格)?
    async fn good(&self) -> bool {
        self.row.good
    }

    /// What is the matter with its cells (问题).
    async fn issues(&self) -> Result<Vec<CellIssue>> {
        let page = &self.page;
        let read = page.issues.get_or_try_init(|| imports::issues_of(&page.ctx, page.import, &page.rows));
        let all = read.await.map_err(|fault: Fault| gql::error(&page.ctx, &fault))?;
        let mine = all.iter().filter(|issue| issue.row_no == self.row.row_no);
        Ok(mine.map(|issue| CellIssue::of(issue, page.ctx.lang())).collect())
    }
}

/// An import of the directory form (名录导入): a dry run until it is applied.
#[Object]
impl DirectoryImport {
    /// Id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("DirectoryImport", self.0.id)
    }

    /// Name of the file (文件名).
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// How far it is (状态).
    async fn status(&self) -> ImportStatus {
        self.0.status
    }

    /// The city named above the table (表头市名).
    async fn city(&self) -> Option<&str> {
        self.0.city.as_deref()
    }

    /// Who filled it in (填报人).
    async fn filer(&self) -> Option<&str> {
        self.0.filer.as_deref()
    }

    /// Rows with a market (行数).
    async fn row_count(&self) -> i32 {
        self.0.row_count
    }

    /// Rows that can be taken in (合格行数).
    async fn good_rows(&self) -> i32 {
        self.0.good_rows
    }

    /// Rows that cannot (问题行数).
    async fn bad_rows(&self) -> i32 {
        self.0.bad_rows
    }

    /// Rows that make a market, or made one (新增数).
    async fn created(&self) -> i32 {
        self.0.created
    }

    /// Rows that change a market, or changed one (更新数).
    async fn updated(&self) -> i32 {
        self.0.updated
    }

    /// Rows that change nothing (无变化数).
    async fn unchanged(&self) -> i32 {
        self.0.unchanged
    }

    /// The job at work on it, or the last one (作业).
    async fn job(&self, gql: &Context<'_>) -> Answer<Job> {
        let ctx = gql::ctx(gql);
        let id = self.0.job_id?;
        let found = entities::job::Entity::find_by_id(id).one(&ctx.scope()).await;
        match found {
            Ok(row) => row.map(|row| Ok(Job::new(ctx, &row))),
            Err(error) => Some(Err(gql::error(ctx, &error.into()))),
        }
    }

    /// Why the file is not taken in (拒收原因).
    async fn refusal(&self, gql: &Context<'_>) -> Option<&str> {
        match gql::ctx(gql).lang() {
            Lang::Zh => self.0.refusal_zh.as_deref(),
            Lang::En => self.0.refusal_en.as_deref(),
        }
    }

    /// When it was imported (导入时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.0.created_at)
    }

    /// The file and its report are kept until then (保留至).
    async fn kept_until(&self) -> DateTime<FixedOffset> {
        moment(self.0.kept_until)
    }

    /// Where to fetch the error report, for a quarter of an hour (核对报告下载地址).
    async fn report_url(&self, gql: &Context<'_>) -> Answer<String> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, kernel::blob::download_url(ctx, self.0.report_id?).await)
    }

    /// Its rows, in order (导入行).
    async fn rows(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "Bad rows only (仅问题行)?")] only_bad: Option<bool>,
    ) -> Answer<Page<ImportRow>> {
        let ctx = gql::ctx(gql);
        let only_bad = only_bad.unwrap_or_default();
        let answer = async {
            let sort = format!("import-rows:{}:{only_bad}", self.0.id);
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let found = imports::rows(ctx, self.0.id, only_bad, &paging, counts(gql)).await;
            let (rows, total) = found.map_err(fail(ctx))?;
            let numbers = rows.iter().map(|row| row.row_no).collect();
            let page = RowPage { ctx: ctx.clone(), import: self.0.id, rows: numbers, issues: OnceCell::new() };
            let page = Arc::new(page);
            let nodes =
                rows.into_iter().map(|row| (vec![row.row_no.to_string()], ImportRow { row, page: Arc::clone(&page) }));
            paging.page(ctx, nodes.collect(), total).await
        };
        Some(answer.await)
    }

    /// What is the matter with its cells, row by row (单元格问题).
    async fn issues(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<CellIssue>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let paging = Paging::read(ctx, first, after, &format!("import-issues:{}", self.0.id)).await?;
            let found = imports::issues(ctx, self.0.id, &paging, counts(gql)).await;
            let (rows, total) = found.map_err(fail(ctx))?;
            let key = |row: &cell_issue::Model| vec![row.row_no.to_string(), row.position.to_string()];
            let nodes = rows.iter().map(|row| (key(row), CellIssue::of(row, ctx.lang()))).collect();
            paging.page(ctx, nodes, total).await
        };
        Some(answer.await)
    }
}

/// A file to fetch (导出文件).
#[derive(Clone, Debug, SimpleObject)]
pub struct ExportedFile {
    /// Where to fetch it (下载地址).
    pub url: String,
    /// Its name (文件名).
    pub file_name: String,
    /// Until when it can be fetched there (有效期).
    pub expires_at: DateTime<FixedOffset>,
}
