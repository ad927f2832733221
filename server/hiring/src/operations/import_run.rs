//! Taking rows of a file in (导入合格行): some hundred in one transaction, with a few statements.

use kernel::refusal::Refusal as _;
use kernel::{Ctx, Fault, Lang, Stop, Tx, Words};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use crate::events::{PostingPublished, PostingsImported};
use crate::imports::jobs::ApplyJob;
use crate::imports::looking::{Good, Looked, Setting, Whose, without_taken_down};
use crate::imports::read::RawRow;
use crate::imports::{AT_ONCE, store};
use crate::kinds::{ImportRowStatus, PostingImportStatus, PostingStatus};
use crate::policy;
use crate::rows::{posting, posting_event, posting_import, posting_import_row, shift};
use crate::rules::lane::{Lane, Licence};
use crate::store::{history, posting as rows, settings};

kernel::refusals! {
    /// Why an import stopped (导入中止).
    pub RunPostingImport => RunPostingImportRefused, RunPostingImportRefusalCode {
        /// The licence came to be bad.
        LicenceInvalid { zh: String, en: String }:
            "发布机构的人力资源服务许可证{zh}，已停止导入；已导入的信息保留。" /
            "The agency's licence is not good any more: {en}. The import has stopped; what is in stays.",
    }
}

/// How far an import is (导入进度).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is not at work: done before, or given back.
    Over,
    /// There may be more rows.
    More {
        /// Rows that are in.
        done: usize,
        /// Rows that are to come in.
        total: usize,
    },
    /// Every good row is in.
    AllIn,
    /// It stopped, and why.
    Stopped(Words),
}

/// Takes some rows in (导入一批).
pub async fn run_some(ctx: &Ctx, task: ApplyJob) -> Result<Progress, Fault> {
    let done: Result<Progress, Stop<RunPostingImport>> = ctx
        .transact(&policy::IMPORT, |tx| async move {
            tx.about("PostingImport", task.import);
            let import = posting_import::Entity::find_by_id(task.import).lock_exclusive().one(&tx).await?;
            let Some(import) = import.filter(|import| import.status == PostingImportStatus::Applying) else {
                return Ok(Progress::Over);
            };
            let waiting = waiting(&tx, import.id).await?;
            if waiting.is_empty() {
                return Ok(Progress::AllIn);
            }
            some(&tx, &import, task, waiting).await
        })
        .await;
    match done {
        Ok(progress) => Ok(progress),
        Err(Stop::Refused(refusal)) => {
            Ok(Progress::Stopped(Words::new(refusal.message(Lang::Zh), refusal.message(Lang::En))))
        }
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// The next good rows, in the order of the file.
async fn waiting(tx: &Tx, import: Uuid) -> Result<Vec<posting_import_row::Model>, Fault> {
    use posting_import_row::Column;
    Ok(posting_import_row::Entity::find()
        .filter(Column::ImportId.eq(import))
        .filter(Column::Status.eq(ImportRowStatus::Good))
        .order_by_asc(Column::RowNo)
        .limit(AT_ONCE)
        .all(tx)
        .await?)
}

/// Looks them over once more, for time has passed, and takes in what is still good.
async fn some(
    tx: &Tx,
    import: &posting_import::Model,
    task: ApplyJob,
    waiting: Vec<posting_import_row::Model>,
) -> Result<Progress, Stop<RunPostingImport>> {
    let headings = serde_json::from_value(import.headings.clone()).unwrap_or_default();
    let raw = |row: &posting_import_row::Model| RawRow {
        row_no: row.row_no,
        cells: serde_json::from_value(row.cells.clone()).unwrap_or_default(),
    };
    let raws: Vec<RawRow> = waiting.iter().map(raw).collect();
    let whose = Whose { agency: import.agency_id, publishes: task.publishes };
    let setting = Setting::of(tx.ctx(), tx, whose, &raws).await?;
    if let Licence::Bad(why) = setting.licence() {
        let (zh, en) = (why.zh.to_owned(), why.en.to_owned());
        return Err(Stop::Refused(RunPostingImport::LicenceInvalid { zh, en }));
    }
    let mut looked = setting.look(&headings, &raws);
    without_taken_down(tx, &headings, &raws, &mut looked).await?;
    let (good, bad) = parted(waiting, looked)?;
    tx.note("rows", good.len());
    let tally = take_in(tx, &good, task.account).await?;
    let so_many = i32::try_from(bad.len()).unwrap_or(i32::MAX);
    store::replace(tx, bad).await?;
    count(tx, import.id, tally, so_many).await?;
    let total = usize::try_from(import.good_rows - so_many).unwrap_or_default();
    let done = usize::try_from(import.published + import.in_review + tally.0 + tally.1).unwrap_or_default();
    Ok(Progress::More { done, total })
}

/// Rows that are still good, each with its id, and rows that came to be bad.
type Parted = (Vec<(Uuid, Good)>, Vec<posting_import_row::Model>);

fn parted(waiting: Vec<posting_import_row::Model>, looked: Vec<Looked>) -> Result<Parted, Fault> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (row, one) in waiting.into_iter().zip(looked) {
        match one.result {
            Ok(read) => good.push((row.id, *read)),
            Err(issues) => {
                let issues = serde_json::to_value(issues).map_err(Fault::of("write a row of an import"))?;
                bad.push(posting_import_row::Model { status: ImportRowStatus::Bad, issues, ..row });
            }
        }
    }
    Ok((good, bad))
}

/// Writes the postings of these rows; how many were published, and how many wait for review.
async fn take_in(tx: &Tx, good: &[(Uuid, Good)], account: Option<Uuid>) -> Result<(i32, i32), Fault> {
    let ctx = tx.ctx();
    let fresh = settings::figures(tx).await?.fresh_until(ctx.now());
    let (mut postings, mut shifts, mut events) = (Vec::new(), Vec::new(), Vec::new());
    let mut tally = (0, 0);
    for (id, row) in good {
        let at_once = row.lane == Lane::AtOnce;
        let status = if at_once { PostingStatus::Published } else { PostingStatus::InReview };
        postings.push(posting::ActiveModel {
            version: Set(1),
            status: Set(status),
            submitted_at: Set(Some(ctx.now())),
            published_at: Set(at_once.then(|| ctx.now())),
            fresh_until: Set(fresh),
            posted_by: Set(account),
            ..rows::fresh(ctx, *id, row.belongs, row.external.clone(), &row.read)
        });
        shifts.extend(rows::new_shifts(ctx, *id, &row.read.shifts, at_once));
        events.push(history::entry(ctx, *id, "imported", None));
        if at_once {
            tally.0 += 1;
            tx.announce(&PostingPublished { id: *id })?;
        } else {
            tally.1 += 1;
        }
    }
    rows::insert::<posting::Entity>(tx, postings).await?;
    rows::insert::<shift::Entity>(tx, shifts).await?;
    rows::insert::<posting_event::Entity>(tx, events).await?;
    let ids: Vec<Uuid> = good.iter().map(|(id, _)| *id).collect();
    store::applied(tx, &ids).await?;
    Ok(tally)
}

/// Adds to the counts of an import.
async fn count(tx: &Tx, import: Uuid, (published, in_review): (i32, i32), bad: i32) -> Result<(), Fault> {
    use posting_import::Column;
    posting_import::Entity::update_many()
        .col_expr(Column::Published, Expr::col(Column::Published).add(published))
        .col_expr(Column::InReview, Expr::col(Column::InReview).add(in_review))
        .col_expr(Column::GoodRows, Expr::col(Column::GoodRows).sub(bad))
        .col_expr(Column::BadRows, Expr::col(Column::BadRows).add(bad))
        .filter(Column::Id.eq(import))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends an import whose good rows are all in (导入完成): its report is written again, as rows may have come to be bad. How many
/// were published, and how many wait for review.
pub async fn finish(ctx: &Ctx, id: Uuid) -> Result<(i32, i32), Fault> {
    let import = posting_import::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let headings = serde_json::from_value(import.headings.clone()).unwrap_or_default();
    let report = store::report(ctx, headings, store::told_rows(&ctx.scope(), id).await?).await?;
    let done: Result<(i32, i32), Stop<kernel::Never>> = ctx
        .transact(&policy::IMPORT, |tx| async move {
            tx.about("PostingImport", id);
            let report = store::store_report(&tx, &import.file_name, report).await?;
            let change = posting_import::ActiveModel {
                status: Set(PostingImportStatus::Applied),
                report_id: Set(report),
                ..posting_import::ActiveModel::default()
            };
            if store::advance(&tx, id, PostingImportStatus::Applying, change).await? {
                tx.announce(&PostingsImported { id, postings: import.published + import.in_review })?;
            }
            Ok((import.published, import.in_review))
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Gives an import back that was stopped (导入退回): what is left can be applied later.
pub async fn give_back(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let done: Result<(), Stop<kernel::Never>> = ctx
        .transact(&policy::IMPORT, |tx| async move {
            tx.about("PostingImport", id);
            let left = posting_import_row::Entity::find()
                .filter(posting_import_row::Column::ImportId.eq(id))
                .filter(posting_import_row::Column::Status.eq(ImportRowStatus::Good))
                .count(&tx)
                .await?;
            let status = if left > 0 { PostingImportStatus::Checked } else { PostingImportStatus::Applied };
            let change = posting_import::ActiveModel { status: Set(status), ..posting_import::ActiveModel::default() };
            store::advance(&tx, id, PostingImportStatus::Applying, change).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
