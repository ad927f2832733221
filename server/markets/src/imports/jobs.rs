//! The work of imports that does not fit into a request (导入作业).

use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::{Ctx, Fault, Lang, Never, Stop, Text, Tx, Words};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::issue::{Headings, Staged};
use super::operations::check::{Checked, Reading};
use super::operations::purge::{PurgeJob, purge};
use super::operations::run_import::{RunImport, run_import};
use super::place::Counties;
use super::settle::{Setting, Shown, overtaken, settle};
use super::{report, store};
use crate::kinds::ImportStatus;
use crate::rows::{directory_import, import_row};

/// Rows between two reports of progress.
const STEP: usize = 500;

/// Reads a long file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadJob {
    /// The import.
    pub import: Uuid,
    /// Where the caller may import.
    pub counties: Counties,
}

impl Job for ReadJob {
    const KIND: &'static str = "import.read";

    fn unique_key(&self) -> Option<String> {
        Some(format!("import.read:{}", self.import))
    }
}

/// Applies an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApplyJob {
    /// The import.
    pub import: Uuid,
    /// Where the caller may import.
    pub counties: Counties,
}

impl Job for ApplyJob {
    const KIND: &'static str = "import.apply";

    fn unique_key(&self) -> Option<String> {
        Some(format!("import.apply:{}", self.import))
    }
}

/// Writes the error report again after a correction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportJob {
    /// The import.
    pub import: Uuid,
}

impl Job for ReportJob {
    const KIND: &'static str = "import.report";

    fn unique_key(&self) -> Option<String> {
        Some(format!("import.report:{}", self.import))
    }
}

/// The kinds of jobs of imports.
#[must_use]
pub fn kinds() -> Vec<JobKind> {
    vec![
        JobKind::new::<ReadJob, _, _>(Text::new("预检名录文件", "Check a directory file"), read).cancellable(),
        JobKind::new::<ApplyJob, _, _>(Text::new("导入名录", "Import a directory"), run).cancellable(),
        JobKind::new::<ReportJob, _, _>(Text::new("更新导入错误报告", "Write an error report again"), report::again),
        JobKind::new::<PurgeJob, _, _>(
            Text::new("清理过期导入", "Throw away old imports"),
            |run, _: PurgeJob| purge(run),
        )
        .every("35 3 * * *")
        .spread(50),
    ]
}

/// Reads a long file: rows go into the store some hundred at a time, so that the city's writer is free between them;
/// nobody sees them before the import is checked.
async fn read(job: JobRun, task: ReadJob) -> Result<JobEnd, Fault> {
    let ctx = &job.ctx;
    let import = directory_import::Entity::find_by_id(task.import).one(&ctx.scope()).await?;
    let Some(import) = import.filter(|i| i.status == ImportStatus::Reading) else { return Ok(JobEnd::Done(None)) };
    let reading = Reading {
        import: import.id,
        upload: import.upload_id,
        default: import.default_division.clone(),
        counties: task.counties,
    };
    // How many rows there are was counted when the file was handed in: whoever waits sees it from the start.
    let counted = usize::try_from(import.row_count).unwrap_or_default();
    if job.progress(0, counted).await? {
        return cancelled(ctx, import.id, ImportStatus::Reading).await;
    }
    let checked = match reading.check(ctx).await? {
        Ok(checked) => checked,
        Err(unreadable) => {
            let words = unreadable.message();
            let failed = reading.failed(&unreadable);
            quietly(ctx, |tx| async move {
                store::advance(&tx, import.id, &[ImportStatus::Reading], failed, ImportStatus::Failed).await
            })
            .await?;
            return Ok(JobEnd::Dead(words));
        }
    };
    quietly(ctx, |tx| async move { store::clear(&tx, import.id).await }).await?;
    let total = checked.staged.len();
    for (at, some) in checked.staged.chunks(STEP).enumerate() {
        if job.progress(at * STEP, total).await? {
            return cancelled(ctx, import.id, ImportStatus::Reading).await;
        }
        let some = some.to_vec();
        quietly(ctx, |tx| async move { store::write(&tx, import.id, &some).await }).await?;
    }
    let bytes = checked.report(ctx).await?;
    let done = quietly(ctx, |tx| async move { finish_reading(&tx, &import, &checked, &bytes).await }).await?;
    Ok(if done { JobEnd::Done(None) } else { JobEnd::Cancelled })
}

async fn finish_reading(
    tx: &Tx,
    import: &directory_import::Model,
    checked: &Checked,
    report: &[u8],
) -> Result<bool, Fault> {
    let issues: Vec<_> = checked.around.iter().collect();
    store::write_issues(tx, import.id, &issues).await?;
    let report = report::store(tx, &import.file_name, report, import.kept_until).await?;
    let change = checked.columns(tx.ctx(), import.id, Some(report)).await?;
    store::advance(tx, import.id, &[ImportStatus::Reading], change, ImportStatus::Checked).await
}

async fn cancelled(ctx: &Ctx, import: Uuid, from: ImportStatus) -> Result<JobEnd, Fault> {
    quietly(ctx, |tx| async move {
        if from == ImportStatus::Reading {
            store::clear(&tx, import).await?;
        }
        // Nothing was made, whatever the check foretold.
        let nothing = directory_import::ActiveModel {
            created: Set(0),
            updated: Set(0),
            ..directory_import::ActiveModel::default()
        };
        store::advance(&tx, import, &[from], nothing, ImportStatus::Cancelled).await
    })
    .await?;
    Ok(JobEnd::Cancelled)
}

/// The bookkeeping of jobs, which nobody decides.
async fn quietly<T, F, Fut>(ctx: &Ctx, work: F) -> Result<T, Fault>
where
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T, Fault>>,
{
    let done: Result<T, Stop<Never>> = ctx.quietly(|tx| async move { Ok(work(tx).await?) }).await;
    done.map_err(Stop::into_fault)
}

/// Applies an import: looks through all rows with progress, then writes them in one transaction. Begun again after a
/// restart it does all of it again, or nothing where it was done.
pub(super) async fn run(job: JobRun, task: ApplyJob) -> Result<JobEnd, Fault> {
    let ctx = &job.ctx;
    let import = directory_import::Entity::find_by_id(task.import).one(&ctx.scope()).await?;
    let Some(import) = import.filter(|i| i.status == ImportStatus::Applying) else { return Ok(JobEnd::Done(None)) };
    if look_through(&job, &import).await? {
        return cancelled(ctx, import.id, ImportStatus::Applying).await;
    }
    let id = import.id;
    let done = run_import(ctx, import, &task.counties, job.id).await;
    match done {
        Ok((created, updated)) => Ok(JobEnd::Done(Some(Words::new(
            format!("新增市场 {created} 个，更新 {updated} 个"),
            format!("{created} markets added, {updated} updated"),
        )))),
        Err(Stop::Refused(RunImport::Cancelled)) => cancelled(ctx, id, ImportStatus::Applying).await,
        Err(Stop::Refused(refusal @ RunImport::RowsChanged { .. })) => give_back(ctx, id, &refusal).await,
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// Holds every row against the directory once more, outside the transaction; true where it shall stop.
async fn look_through(job: &JobRun, import: &directory_import::Model) -> Result<bool, Fault> {
    let ctx = &job.ctx;
    let mut staged =
        store::staged(&ctx.scope(), import.id, Condition::all().add(import_row::Column::Good.eq(true))).await?;
    let headings = headings(import);
    let setting = Setting { city: &ctx.tenant().code, today: ctx.today(), headings: &headings };
    let total = staged.len();
    for (at, some) in staged.chunks_mut(STEP).enumerate() {
        let existing = store::existing(&ctx.scope(), some, ctx.today()).await?;
        settle(some, &existing, &setting);
        if job.progress((at * STEP + some.len()).min(total), total).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where the columns of the file are.
pub fn headings(import: &directory_import::Model) -> Headings {
    serde_json::from_value(import.headings.clone()).unwrap_or_default()
}

/// The directory changed under the import: it is checked again, and a person looks at the rows that are bad now or do something
/// else than before.
async fn give_back(ctx: &Ctx, id: Uuid, why: &RunImport) -> Result<JobEnd, Fault> {
    use kernel::refusal::Refusal as _;
    let words = Words::new(why.message(Lang::Zh), why.message(Lang::En));
    quietly(ctx, |tx| async move {
        let good = Condition::all().add(import_row::Column::Good.eq(true));
        let mut staged = store::staged(&tx, id, good).await?;
        let existing = store::existing(&tx, &staged, tx.ctx().today()).await?;
        let import = directory_import::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let headings = headings(&import);
        let ctx = tx.ctx().clone();
        let shown = Shown::all(&staged);
        settle(&mut staged, &existing, &Setting { city: &ctx.tenant().code, today: ctx.today(), headings: &headings });
        overtaken(&mut staged, &shown, &headings, false);
        let other = staged.into_iter().filter(|row| shown.get(&row.row.row_no) != Some(&Shown::of(row)));
        let other: Vec<Staged> = other.collect();
        store::replace(&tx, id, &other).await?;
        tx.enqueue(&ReportJob { import: id })?;
        store::tally(&tx, id).await?;
        let none = directory_import::ActiveModel::default();
        store::advance(&tx, id, &[ImportStatus::Applying], none, ImportStatus::Checked).await
    })
    .await?;
    Ok(JobEnd::Dead(words))
}
