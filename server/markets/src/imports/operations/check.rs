//! Checking a file before it is imported (预检名录文件): a dry run that changes no market.

use entities::blob;
use kernel::divisions::{Divisions, Lookup};
use kernel::sheet::Words;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use serde_json::json;
use uuid::Uuid;

use super::remember::remember;
use crate::imports::issue::{Headings, Issue, Staged};
use crate::imports::jobs::ReadJob;
use crate::imports::place::{Counties, Ground, Named, named, place};
use crate::imports::read::{ReadForm, Unreadable, read_file};
use crate::imports::settle::{Setting, Tally, settle};
use crate::imports::{AT_ONCE, KEPT, report, store};
use crate::kinds::ImportStatus;
use crate::policy;
use crate::rows::directory_import;
use crate::rules::place::locate;

kernel::refusals! {
    /// Why a file was not checked (不予预检).
    pub CheckDirectoryImport => CheckDirectoryImportRefused, CheckDirectoryImportRefusalCode {
        /// The upload is not complete.
        NotUploaded @ "uploadId": "文件还没有传完，请上传后再预检。" / "The file has not arrived; upload it first.",
        /// The upload was thrown away.
        Expired @ "uploadId": "上传的文件已过期，请重新上传。" / "The upload has expired; upload the file again.",
        /// The file cannot be read as the form.
        NotReadable { reason: String, zh: String, en: String } @ "uploadId": "{zh}" / "{en}",
        /// The file is another city's.
        OtherCity { named: String, ours: String } @ "uploadId":
            "表格上方写的是“{named}”，不是{ours}。请确认文件；如市名有误，请改正后重新上传。" /
            "Above the table stands “{named}”, not {ours}. Check the file, or correct the name and upload again.",
        /// The default division is none.
        UnknownDivision { code: String } @ "defaultDivision":
            "没有区划代码“{code}”，请从列表中选择本市的县（市、区）或乡镇街道。" /
            "There is no division “{code}”; choose a county or township of this city.",
        /// The default division is retired.
        RetiredDivision { code: String, successor: String } @ "defaultDivision":
            "区划代码 {code} 已撤销，请改用 {successor}。" / "Division {code} is retired; use {successor}.",
        /// The default division is not in the city, or too coarse.
        DivisionNotUsable { name: String } @ "defaultDivision":
            "“{name}”不能作为默认区划，请选择本市的县（市、区）或乡镇街道。" /
            "“{name}” cannot be the default; choose a county or township of this city.",
        /// The default division is another county's.
        DivisionOutsideReach { name: String } @ "defaultDivision":
            "“{name}”不在您负责的县（市、区）内。" / "“{name}” is not in a county you look after.",
    }
}

/// What a check begins with; the same in a request and in a job.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The import.
    pub import: Uuid,
    /// The file.
    pub upload: Uuid,
    /// The division of rows whose address names none.
    pub default: Option<String>,
    /// Where the caller may import.
    pub counties: Counties,
}

/// A file that was read and checked.
#[derive(Debug)]
pub struct Checked {
    /// The rows.
    pub staged: Vec<Staged>,
    /// What is the matter with the sheet itself.
    pub around: Vec<Issue>,
    city: Option<String>,
    filer: Option<Pii<String>>,
    headings: Headings,
}

/// Checks an uploaded file (预检名录文件). Up to [`AT_ONCE`] rows are there at once, more after a job.
pub async fn check_directory_import(
    ctx: &Ctx,
    upload: Uuid,
    default: Option<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<CheckDirectoryImport>> {
    let prepared = prepare(ctx, upload, default).await;
    let done = ctx.transact_once(&policy::IMPORT_CHECK, once, |tx| async move {
        let ready = prepared?;
        tx.about("DirectoryImport", ready.reading.import);
        tx.note("rows", ready.checked.staged.len());
        save(&tx, ready).await.map_err(Stop::Fault)
    });
    let done = done.await;
    if let Err(Stop::Refused(refusal)) = &done {
        remember(ctx, upload, refusal).await?;
    }
    done
}

/// A check that can be saved.
struct Ready {
    reading: Reading,
    checked: Checked,
    report: Vec<u8>,
    file_name: String,
}

/// Everything that is slow: reading the file is CPU work, and comparing it needs no transaction.
async fn prepare(ctx: &Ctx, upload: Uuid, default: Option<String>) -> Result<Ready, Stop<CheckDirectoryImport>> {
    let counties = super::counties(ctx, &policy::IMPORT_CHECK).await?;
    let file = own(ctx, upload).await?;
    let default = default_division(ctx, default, &counties).map_err(Stop::Refused)?;
    let reading = Reading { import: ctx.new_id(), upload, default, counties };
    let (reading, form) = reading.read(ctx).await?;
    let form = form.map_err(|unreadable| {
        let Words { zh, en } = unreadable.message();
        Stop::Refused(CheckDirectoryImport::NotReadable { reason: unreadable.code(), zh, en })
    })?;
    if let Named::Elsewhere(named) = named(Divisions::standard(), &ctx.tenant().code, form.city.as_deref()) {
        let ours = ctx.tenant().name_zh.clone();
        return Err(Stop::Refused(CheckDirectoryImport::OtherCity { named, ours }));
    }
    // A long file is read again by its job: here only its refusal is wanted.
    if form.staged.len() > AT_ONCE {
        let checked = Checked::unplaced(form);
        return Ok(Ready { reading, checked, report: Vec::new(), file_name: file.file_name });
    }
    let checked = reading.hold(ctx, form).await?;
    let report = checked.report(ctx).await?;
    Ok(Ready { reading, checked, report, file_name: file.file_name })
}

/// The caller's own upload, complete; another's is not there.
async fn own(ctx: &Ctx, upload: Uuid) -> Result<blob::Model, Stop<CheckDirectoryImport>> {
    let row = blob::Entity::find_by_id(upload).one(&ctx.scope()).await?;
    let mine =
        |row: &blob::Model| row.purpose == kernel::blob::ANNEX2.name && row.created_by == ctx.actor().account_id();
    let row = row.filter(mine).ok_or(Fault::NotFound)?;
    if row.status == "PURGED" || row.expires_at.is_some_and(|at| at <= ctx.now()) {
        return Err(Stop::Refused(CheckDirectoryImport::Expired));
    }
    if row.status == "READY" { Ok(row) } else { Err(Stop::Refused(CheckDirectoryImport::NotUploaded)) }
}

/// The default division, checked; a caller who has one county only need not name it.
fn default_division(
    ctx: &Ctx,
    asked: Option<String>,
    counties: &Counties,
) -> Result<Option<String>, CheckDirectoryImport> {
    let Some(code) = asked.filter(|code| !code.trim().is_empty()) else {
        return Ok(counties.only().map(str::to_owned));
    };
    let tree = Divisions::standard();
    let code: String = code.trim().chars().take(20).collect();
    let name = match tree.lookup(&code) {
        Lookup::Current(division) => division.name.clone(),
        Lookup::Retired { successor: Some(successor), .. } => {
            return Err(CheckDirectoryImport::RetiredDivision { code, successor: successor.to_owned() });
        }
        Lookup::Retired { .. } | Lookup::Unknown => return Err(CheckDirectoryImport::UnknownDivision { code }),
    };
    match locate(tree, &ctx.tenant().code, &code) {
        Ok(located) if counties.hold(&located.county) => Ok(Some(located.division)),
        Ok(_) => Err(CheckDirectoryImport::DivisionOutsideReach { name }),
        Err(_) => Err(CheckDirectoryImport::DivisionNotUsable { name }),
    }
}

impl Reading {
    /// Reads the file on a thread of its own. A county named above the table is the default of its rows.
    async fn read(mut self, ctx: &Ctx) -> Result<(Self, Result<ReadForm, Unreadable>), Fault> {
        let bytes = kernel::blob::read(ctx, self.upload).await?;
        let import = self.import;
        let form = store::apart("read a directory form", move || read_file(import, &bytes, Trades::standard())).await?;
        if let (None, Ok(form)) = (&self.default, &form)
            && let Named::County(county) = named(Divisions::standard(), &ctx.tenant().code, form.city.as_deref())
            && self.counties.hold(&county)
        {
            self.default = Some(county);
        }
        Ok((self, form))
    }

    /// Reads and checks the file.
    pub async fn check(&self, ctx: &Ctx) -> Result<Result<Checked, Unreadable>, Fault> {
        let (reading, form) = self.clone().read(ctx).await?;
        match form {
            Ok(form) => Ok(Ok(reading.hold(ctx, form).await?)),
            Err(unreadable) => Ok(Err(unreadable)),
        }
    }

    /// Places the rows and holds them against the markets there are.
    async fn hold(&self, ctx: &Ctx, form: ReadForm) -> Result<Checked, Fault> {
        let mut checked = Checked::unplaced(form);
        let ground = Ground {
            city: &ctx.tenant().code,
            default: self.default.as_deref(),
            counties: &self.counties,
            divisions: Divisions::standard(),
            trades: Trades::standard(),
        };
        for row in &mut checked.staged {
            place(row, &checked.headings, &ground);
        }
        let existing = store::existing(&ctx.scope(), &checked.staged, ctx.today()).await?;
        let setting = Setting { city: &ctx.tenant().code, today: ctx.today(), headings: &checked.headings };
        settle(&mut checked.staged, &existing, &setting);
        Ok(checked)
    }

    /// The columns of an import whose file could not be read after all.
    pub fn failed(&self, unreadable: &Unreadable) -> directory_import::ActiveModel {
        let words = unreadable.message();
        directory_import::ActiveModel {
            refusal_code: Set(Some(unreadable.code())),
            refusal_zh: Set(Some(words.zh)),
            refusal_en: Set(Some(words.en)),
            ..directory_import::ActiveModel::default()
        }
    }
}

impl Checked {
    fn unplaced(form: ReadForm) -> Self {
        let ReadForm { city, filer, headings, staged, around } = form;
        Self { staged, around, city, filer, headings }
    }

    /// The error report, set on a thread of its own.
    pub async fn report(&self, _ctx: &Ctx) -> Result<Vec<u8>, Fault> {
        let issues: Vec<Issue> =
            self.around.iter().chain(self.staged.iter().flat_map(|s| &s.issues)).cloned().collect();
        store::apart("write an error report", move || report::csv(&issues)).await
    }

    /// What is known of the import after the check.
    pub async fn columns(
        &self,
        ctx: &Ctx,
        import: Uuid,
        report: Option<Uuid>,
    ) -> Result<directory_import::ActiveModel, Fault> {
        let tally = Tally::of(self.staged.iter().map(|s| &s.row.action));
        // The filer is a person: the name lies sealed, as in the returns.
        let filer = match &self.filer {
            Some(name) => Some(ctx.keys().await?.seal("directory_import", "filer", import, name)?),
            None => None,
        };
        Ok(directory_import::ActiveModel {
            city: Set(self.city.clone()),
            filer: Set(filer),
            headings: Set(serde_json::to_value(&self.headings).unwrap_or_default()),
            report_id: Set(report),
            ..store::counts(&tally)
        })
    }
}

async fn save(tx: &Tx, ready: Ready) -> Result<Outcome, Fault> {
    let Ready { reading, checked, report: bytes, file_name } = ready;
    let ctx = tx.ctx();
    let id = reading.import;
    let until = ctx.now() + KEPT;
    let long = checked.staged.len() > AT_ONCE;
    store::keep(tx, reading.upload, until).await?;
    let report = if long { None } else { Some(report::store(tx, &file_name, &bytes, until).await?) };
    let job = if long { Some(tx.enqueue(&ReadJob { import: id, counties: reading.counties.clone() })?) } else { None };
    let mut columns = checked.columns(ctx, id, report).await?;
    if long {
        columns.row_count = Set(i32::try_from(checked.staged.len()).unwrap_or(i32::MAX));
        (columns.good_rows, columns.bad_rows) = (Set(0), Set(0));
    }
    let row = directory_import::ActiveModel {
        id: Set(id),
        version: Set(1),
        upload_id: Set(reading.upload),
        file_name: Set(file_name),
        status: Set(if long { ImportStatus::Reading } else { ImportStatus::Checked }),
        mode: Set(None),
        default_division: Set(reading.default.clone()),
        listed: Set(0),
        not_listable: Set(json!({})),
        job_id: Set(job),
        refusal_code: Set(None),
        refusal_zh: Set(None),
        refusal_en: Set(None),
        created_by: Set(ctx.actor().account_id()),
        created_at: Set(ctx.now()),
        kept_until: Set(until),
        ..columns
    };
    directory_import::Entity::insert(row).exec_without_returning(tx).await?;
    if !long {
        store::write(tx, id, &checked.staged).await?;
        let around: Vec<&Issue> = checked.around.iter().collect();
        store::write_issues(tx, id, &around).await?;
    }
    Ok(Outcome::of("DirectoryImport", id, 1))
}
