//! Checking an import (预检名录导入): the file is read and every row decided on; nothing is changed yet.

use entities::blob;
use kernel::blob::ANNEX2;
use kernel::jobs::{Job, JobEnd, JobRun};
use kernel::policy::Place;
use kernel::sheet::SheetRefusal;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::import_steps::{self, Keep};
use crate::annex2::FormRefusal;
use crate::kinds::ImportStatus;
use crate::policy;
use crate::rows::directory_import;
use crate::rules::import::{self, AT_ONCE, File, FileRefusal};
use crate::rules::place;
use crate::store::market::around;

kernel::refusals! {
    /// Why a file is not taken in (不予导入).
    pub CheckDirectoryImport => CheckDirectoryImportRefused, CheckDirectoryImportRefusalCode {
        /// No such upload of the caller's, or not any more.
        UploadMissing @ "uploadId":
            "没有找到已上传完成的名录文件，请重新上传。" / "There is no such uploaded directory file; upload it again.",
        /// A division that rows cannot be put into.
        DefaultDivision { zh: String, en: String } @ "defaultDivision":
            "默认县区不可用：{zh}" / "The default county cannot be used: {en}",
        /// A default county that is not the caller's.
        DefaultDivisionOutOfReach @ "defaultDivision":
            "默认县区不在您负责的范围内。" / "The default county is not one of yours.",
        /// The form of another city.
        WrongCity { city: String, ours: String } @ "uploadId":
            "表格上方写的是“{city}”，与本市（{ours}）不符，请核对文件。" /
            "The form says it is of {city}, not of {ours}; look at the file again.",
        /// 0 bytes.
        Empty { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// Larger than allowed.
        TooLarge { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// An old workbook.
        LegacyXls { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// No sheet.
        NotASheet { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// Unpacks to too much.
        ZipBomb { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// More than ten thousand rows.
        TooManyRows { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// Too wide, or too full.
        TooMuchContent { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// Protected by a password.
        Encrypted { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// Damaged.
        Corrupt { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// Nothing in it.
        NoSheet { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
        /// A sheet, but not this form.
        NotTheForm { zh: String, en: String } @ "uploadId": "文件不能导入：{zh}" / "The file cannot be imported: {en}",
    }
}

impl From<FileRefusal> for CheckDirectoryImport {
    fn from(refusal: FileRefusal) -> Self {
        let words = refusal.words();
        let (zh, en) = (words.zh, words.en);
        match refusal {
            FileRefusal::Form(FormRefusal::NoTable | FormRefusal::NoRows) => Self::NotTheForm { zh, en },
            FileRefusal::Sheet(sheet) => match sheet {
                SheetRefusal::Empty => Self::Empty { zh, en },
                SheetRefusal::TooLarge { .. } => Self::TooLarge { zh, en },
                SheetRefusal::LegacyXls => Self::LegacyXls { zh, en },
                SheetRefusal::NotASheet => Self::NotASheet { zh, en },
                SheetRefusal::ZipBomb => Self::ZipBomb { zh, en },
                SheetRefusal::TooManyRows { .. } => Self::TooManyRows { zh, en },
                SheetRefusal::TooManyColumns { .. } | SheetRefusal::TooMuchContent { .. } => {
                    Self::TooMuchContent { zh, en }
                }
                SheetRefusal::Encrypted => Self::Encrypted { zh, en },
                SheetRefusal::NoSheet => Self::NoSheet { zh, en },
                _ => Self::Corrupt { zh, en },
            },
        }
    }
}

/// Checking a long file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckImport {
    import: Uuid,
    counties: Option<Vec<String>>,
}

impl Job for CheckImport {
    const KIND: &'static str = "import.check";

    fn unique_key(&self) -> Option<String> {
        Some(format!("import.check:{}", self.import))
    }
}

/// Reads an uploaded form and decides on every row (预检名录导入). Up to 500 rows are done at once, more by a job.
pub async fn check_directory_import(
    ctx: &Ctx,
    upload: Uuid,
    default_division: Option<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<CheckDirectoryImport>> {
    // Slow, and therefore before the transaction: reading the file and the sheet.
    let counties = import_steps::counties(&ctx.reach(&policy::IMPORT_CHECK).await?);
    let file_name = uploaded(ctx, upload).await?;
    let default_division = default_county(ctx, default_division.as_deref(), counties.as_deref()).await?;
    let file = read(kernel::blob::read(ctx, upload).await?).await?.map_err(|r| Stop::Refused(r.into()))?;
    city(ctx, &file).map_err(Stop::Refused)?;
    let long = file.form.rows.len() > AT_ONCE;
    ctx.transact_once(&policy::IMPORT_CHECK, once, |tx| async move {
        let id = tx.ctx().new_id();
        tx.about("DirectoryImport", id);
        let mut row = fresh(&tx, id, upload, file_name, default_division.clone(), &file)?;
        if long {
            row.job_id = Set(Some(tx.enqueue(&CheckImport { import: id, counties })?));
            directory_import::Entity::insert(row).exec_without_returning(&tx).await?;
        } else {
            directory_import::Entity::insert(row).exec_without_returning(&tx).await?;
            let keep = Keep::of(&tx, &file, default_division.as_deref(), counties.as_deref()).await?;
            import_steps::save(&tx, id, &file, keep).await?;
        }
        import_steps::keep_upload(&tx, upload).await?;
        Ok(Outcome::of("DirectoryImport", id, 1))
    })
    .await
}

/// The name of the caller's own upload.
async fn uploaded(ctx: &Ctx, id: Uuid) -> Result<String, Stop<CheckDirectoryImport>> {
    let missing = || Stop::Refused(CheckDirectoryImport::UploadMissing);
    let row = blob::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or_else(missing)?;
    let mine = row.created_by == ctx.actor().account_id() && row.purpose == ANNEX2.name && row.status == "READY";
    let over = row.expires_at.is_some_and(|at| at <= ctx.now());
    if mine && !over { Ok(row.file_name) } else { Err(missing()) }
}

async fn default_county(
    ctx: &Ctx,
    code: Option<&str>,
    counties: Option<&[String]>,
) -> Result<Option<String>, Stop<CheckDirectoryImport>> {
    use kernel::refusal::Refusal as _;
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else { return Ok(None) };
    let around = around(ctx);
    let located = place::locate(around.divisions, around.city, code).map_err(|flaw| {
        let (zh, en) = (flaw.message(kernel::Lang::Zh), flaw.message(kernel::Lang::En));
        Stop::Refused(CheckDirectoryImport::DefaultDivision { zh, en })
    })?;
    if counties.is_some_and(|mine| !mine.contains(&located.county)) {
        return Err(Stop::Refused(CheckDirectoryImport::DefaultDivisionOutOfReach));
    }
    ctx.require(&policy::IMPORT_CHECK, &Place::county(located.county)).await?;
    Ok(Some(located.division))
}

/// Reads the sheet on a thread of its own: it computes for up to seconds.
async fn read(bytes: Vec<u8>) -> Result<Result<File, FileRefusal>, Fault> {
    tokio::task::spawn_blocking(move || import::read(&bytes, Trades::standard()))
        .await
        .map_err(Fault::of("read a sheet"))
}

fn city(ctx: &Ctx, file: &File) -> Result<(), CheckDirectoryImport> {
    let ours = &ctx.tenant().name_zh;
    match &file.form.city {
        Some(city) if city.trim_end_matches('市') != ours.trim_end_matches('市') => {
            Err(CheckDirectoryImport::WrongCity { city: city.clone(), ours: ours.clone() })
        }
        _ => Ok(()),
    }
}

fn fresh(
    tx: &Tx,
    id: Uuid,
    upload: Uuid,
    file_name: String,
    default_division: Option<String>,
    file: &File,
) -> Result<directory_import::ActiveModel, Fault> {
    let ctx = tx.ctx();
    Ok(directory_import::ActiveModel {
        id: Set(id),
        version: Set(1),
        upload_id: Set(upload),
        file_name: Set(file_name),
        status: Set(ImportStatus::Reading),
        mode: Set(None),
        default_division: Set(default_division),
        city: Set(file.form.city.clone()),
        filer: Set(file.form.filer.clone()),
        row_count: Set(i32::try_from(file.form.rows.len()).unwrap_or(i32::MAX)),
        good_rows: Set(0),
        bad_rows: Set(0),
        created: Set(0),
        updated: Set(0),
        unchanged: Set(0),
        job_id: Set(None),
        refusal_code: Set(None),
        refusal_zh: Set(None),
        refusal_en: Set(None),
        report_id: Set(None),
        columns: Set(serde_json::to_value(&file.form.columns).map_err(Fault::of("keep the columns of a form"))?),
        created_by: Set(ctx.actor().account_id()),
        created_at: Set(ctx.now()),
        kept_until: Set(ctx.now() + import_steps::KEPT),
    })
}

/// Checks a long file: the rows in pieces with progress, then one transaction that keeps them.
pub async fn run(run: JobRun, job: CheckImport) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let row = directory_import::Entity::find_by_id(job.import).one(&ctx.scope()).await?;
    let Some(row) = row.filter(|row| row.status == ImportStatus::Reading) else { return Ok(JobEnd::Done(None)) };
    let read = match kernel::blob::read(ctx, row.upload_id).await {
        Ok(bytes) => read(bytes).await?,
        Err(Fault::NotFound) => return Ok(JobEnd::Dead("the uploaded file is gone".to_owned())),
        Err(fault) => return Err(fault),
    };
    let Ok(file) = read else { return Ok(JobEnd::Dead("the uploaded file cannot be read".to_owned())) };
    let keep = Keep::in_pieces(&run, &file, row.default_division.as_deref(), job.counties.as_deref()).await?;
    let Some(keep) = keep else {
        import_steps::end(ctx, job.import, ImportStatus::Reading, ImportStatus::Cancelled).await?;
        return Ok(JobEnd::Cancelled);
    };
    let done: Result<(), Stop<kernel::Never>> = ctx
        .transact(&policy::IMPORT_CHECK, |tx| async move {
            tx.about("DirectoryImport", job.import);
            let row = directory_import::Entity::find_by_id(job.import).one(&tx).await?;
            // Cancelled or done meanwhile.
            if row.is_some_and(|row| row.status == ImportStatus::Reading) {
                import_steps::save(&tx, job.import, &file, keep).await?;
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)?;
    Ok(JobEnd::Done(None))
}
