//! GraphQL of imports of postings (接口).

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Page, Paging, moment};
use kernel::house::Job;
use kernel::refusal::Refusal;
use kernel::{Ctx, Lang, Once, Outcome, Stop};

use super::columns::Column;
use super::issue::Issue;
use super::queries::{self, Import, Siblings};
use super::report::ToldRow;
use super::store;
use crate::kinds::{ImportRowStatus, PostingImportStatus};
use crate::operations::import_apply::{
    ApplyPostingImport, ApplyPostingImportReason, ApplyPostingImportRefusalCode, apply_posting_import,
};
use crate::operations::import_check::{CheckPostingImportRefused, check_posting_import};
use crate::rows::posting_import_row;
use crate::schema::results;

/// What is the matter with a cell of an imported sheet (导入单元格问题).
#[derive(Clone, Debug, SimpleObject)]
pub struct PostingCellIssue {
    /// Letters of the column; empty where the file has no such column (列).
    pub column: String,
    /// Its heading (栏目).
    pub column_title: String,
    /// What the cell holds (内容).
    pub value: String,
    /// The kind of issue (代码).
    pub code: String,
    /// What is the matter and what to do (问题和处理办法).
    pub message: String,
}

impl PostingCellIssue {
    fn new(issue: Issue, lang: Lang) -> Self {
        Self {
            column: issue.column,
            column_title: issue.title,
            value: issue.value,
            code: issue.code,
            message: issue.message.get(lang).to_owned(),
        }
    }
}

/// A row of an imported sheet (招聘信息导入行).
#[derive(Clone, Debug, SimpleObject)]
pub struct PostingImportRow {
    /// The row as a spreadsheet counts it (行号).
    pub row: i32,
    /// Can it be taken in, or was it (状态)?
    pub status: ImportRowStatus,
    /// The agency's own number, as it is written (外部编号).
    pub external_id: Option<String>,
    /// The hiring party, as it is written (用工主体).
    pub party: Option<String>,
    /// The trade, as it is written (工种).
    pub trade: Option<String>,
    /// The posting that came of it (招聘信息标识).
    pub posting_id: Option<ID>,
    /// What is the matter with its cells (问题).
    pub issues: Vec<PostingCellIssue>,
}

impl PostingImportRow {
    fn new(ctx: &Ctx, row: &posting_import_row::Model) -> Self {
        let ToldRow { cells, issues, .. } = ToldRow::from(row);
        let cell = |of: Column| {
            let at = Column::ALL.iter().position(|column| *column == of);
            at.and_then(|at| cells.get(at)).cloned().filter(|text| !text.is_empty())
        };
        Self {
            row: row.row_no,
            status: row.status,
            external_id: cell(Column::ExternalId),
            party: cell(Column::Party),
            trade: cell(Column::Trade),
            posting_id: row.posting_id.map(|id| ctx.gid("Posting", id)),
            issues: issues.into_iter().map(|issue| PostingCellIssue::new(issue, ctx.lang())).collect(),
        }
    }
}

/// An import of an agency's postings (招聘信息导入).
#[derive(Clone, Debug)]
pub struct PostingImport(Import, Arc<Siblings>);

impl PostingImport {
    /// The imports of a page; what hangs on them is read once for all.
    pub(crate) fn page(ctx: &Ctx, imports: Vec<Import>) -> Vec<Self> {
        let siblings = Siblings::new(ctx, &imports);
        imports.into_iter().map(|import| Self(import, Arc::clone(&siblings))).collect()
    }

    /// One import.
    pub(crate) fn one(ctx: &Ctx, import: Import) -> Self {
        let siblings = Siblings::new(ctx, std::slice::from_ref(&import));
        Self(import, siblings)
    }
}

/// An import of an agency's postings (招聘信息导入).
#[Object]
impl PostingImport {
    /// Id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("PostingImport", self.0.row.id)
    }

    /// Counts its changes; a stale one is refused (版本).
    async fn version(&self) -> i32 {
        self.0.row.version
    }

    /// Id of the agency (机构标识).
    async fn agency_id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Agency", self.0.row.agency_id)
    }

    /// Name of the file (文件名).
    async fn file_name(&self) -> &str {
        &self.0.row.file_name
    }

    /// How far it is (导入状态).
    async fn status(&self) -> PostingImportStatus {
        store::standing(&self.0.row, self.0.job.as_ref())
    }

    /// Rows with anything in them (行数).
    async fn row_count(&self) -> i32 {
        self.0.row.row_count
    }

    /// Rows that can be taken in, or were (合格行数).
    async fn good_rows(&self) -> i32 {
        self.0.row.good_rows
    }

    /// Rows that cannot (不合格行数).
    async fn bad_rows(&self) -> i32 {
        self.0.row.bad_rows
    }

    /// Postings that were published (已发布条数).
    async fn published(&self) -> i32 {
        self.0.row.published
    }

    /// Postings that wait for review (待审核条数).
    async fn in_review(&self) -> i32 {
        self.0.row.in_review
    }

    /// The job at work on it, or the last one (作业).
    async fn job(&self, gql: &Context<'_>) -> Option<Job> {
        self.0.job.as_ref().map(|job| Job::new(gql::ctx(gql), job))
    }

    /// When it was checked (预检时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        moment(self.0.row.created_at)
    }

    /// File, rows and report are kept until then (保存至).
    async fn kept_until(&self) -> DateTime<FixedOffset> {
        moment(self.0.row.kept_until)
    }

    /// The path to GET the file as it was sent (原始文件).
    async fn file_url(&self, gql: &Context<'_>) -> Answer<String> {
        gql::found(gql::ctx(gql), self.1.file(self.0.row.upload_id).await)
    }

    /// The path to GET the error report, XLSX (错误报告): every bad row with all that is wrong; null where no row is bad.
    async fn report_url(&self, gql: &Context<'_>) -> Answer<String> {
        let report = self.0.row.report_id?;
        gql::found(gql::ctx(gql), self.1.file(report).await)
    }

    /// The rows, in the order of the file (导入行).
    async fn rows(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "Only those that cannot be taken in (仅不合格行)")] only_bad: Option<bool>,
    ) -> Answer<Page<PostingImportRow>> {
        let ctx = gql::ctx(gql);
        let only_bad = only_bad.unwrap_or_default();
        let answer = async {
            let list = format!("posting-import-rows:{}:{only_bad}", self.0.row.id);
            let paging = Paging::read(ctx, first, after, &list).await?;
            let rows = self.1.rows(self.0.row.id, only_bad, &paging).await.map_err(gql::fail(ctx))?;
            let keyed = rows.iter().map(|row| (vec![row.row_no.to_string()], PostingImportRow::new(ctx, row)));
            paging.page(ctx, keyed.collect(), None).await
        };
        Some(answer.await)
    }
}

/// The queries of imports.
#[derive(Clone, Copy, Debug, Default)]
pub struct PostingImportsQuery;

/// The queries of imports.
#[Object]
impl PostingImportsQuery {
    /// Imports of postings, newest first (招聘信息导入记录): one's own, or everybody's for the city's bureau.
    async fn posting_imports(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<PostingImport>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let paging = Paging::read(ctx, first, after, "posting-imports").await?;
            let imports = queries::imports(ctx, &paging).await.map_err(gql::fail(ctx))?;
            let keys: Vec<_> = imports.iter().map(|import| vec![import.row.id.to_string()]).collect();
            paging.page(ctx, keys.into_iter().zip(PostingImport::page(ctx, imports)).collect(), None).await
        };
        Some(answer.await)
    }

    /// An import of postings (招聘信息导入).
    async fn posting_import(
        &self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID
    ) -> Answer<PostingImport> {
        let ctx = gql::ctx(gql);
        let found = async { queries::import(ctx, ctx.parse_id("PostingImport", &id)?).await };
        gql::found(ctx, found.await.map(|import| PostingImport::one(ctx, import)))
    }
}

results! {
    /// Checking a file (预检结果).
    CheckPostingImportResult = PostingImport | CheckPostingImportRefused;
    /// Applying a file (导入结果).
    ApplyPostingImportResult = PostingImport | ApplyPostingImportRefused;
}

kernel::with_current! {
    /// Why a file was not applied (不予导入).
    #[derive(Debug)]
    ApplyPostingImportRefused(PostingImport) = ApplyPostingImport: ApplyPostingImportReason, ApplyPostingImportRefusalCode;
}

/// The import that an operation was about, read again.
async fn again<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<PostingImport, Stop<R>> {
    let import = queries::import(ctx, done?.id).await?;
    Ok(PostingImport::one(ctx, import))
}

/// The id of an import.
fn id_of<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<uuid::Uuid, Stop<R>> {
    Ok(ctx.parse_id("PostingImport", id)?)
}

/// The mutations of imports.
#[derive(Clone, Copy, Debug, Default)]
pub struct PostingImportsMutation;

/// The mutations of imports.
#[Object]
impl PostingImportsMutation {
    /// Checks an uploaded file of an agency's postings (预检招聘信息文件): every bad cell is named, and nothing is published.
    async fn check_posting_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The completed upload (上传标识)")] upload_id: ID,
        #[graphql(desc = "Whose postings they are; the caller's agency unless it is said (机构)")] agency_id: Option<
            ID,
        >,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CheckPostingImportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(upload_id.as_str(), agency_id.as_ref().map(|id| id.as_str())));
        let done = async {
            let agency = agency_id.as_ref().map(|id| ctx.parse_id("Agency", id)).transpose()?;
            check_posting_import(ctx, ctx.parse_id("Upload", &upload_id)?, agency, once).await
        };
        let done = again(ctx, done.await).await;
        gql::answer(ctx, done, CheckPostingImportResult::Done, |r| {
            CheckPostingImportResult::Refused(CheckPostingImportRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Applies a checked file (执行招聘信息导入): a job publishes the good rows, some hundred at a time.
    async fn apply_posting_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Leave bad rows out (仅导入合格行)?")] without_bad_rows: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ApplyPostingImportResult> {
        let ctx = gql::ctx(gql);
        let without = without_bad_rows.unwrap_or_default();
        let once = Once::from(idempotency_key, &(id.as_str(), version, without));
        let done = async { apply_posting_import(ctx, id_of(ctx, &id)?, version, without, once).await }.await;
        let done = again(ctx, done).await;
        let read = async {
            let id = ctx.parse_id("PostingImport", &id)?;
            queries::import(ctx, id).await.map(|import| PostingImport::one(ctx, import))
        };
        let current = gql::current(&done, read).await;
        gql::answer(ctx, done, ApplyPostingImportResult::Done, |r| {
            ApplyPostingImportResult::Refused(ApplyPostingImportRefused::of(&r, ctx.lang(), current))
        })
    }
}
