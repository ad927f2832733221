//! Checking a file of postings before it is imported (预检招聘信息文件): a dry run that publishes nothing.

use entities::blob;
use kernel::policy::{OperatorClass, Place};
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::imports::columns::Headings;
use crate::imports::looking::{Looked, Setting, Whose, without_taken_down};
use crate::imports::read::{RawRow, Sheet, read};
use crate::imports::report::ToldRow;
use crate::imports::{KEPT, store};
use crate::kinds::{ImportRowStatus, PostingImportStatus};
use crate::policy;
use crate::rows::{posting_import, posting_import_row};
use crate::rules::lane::Licence;
use crate::store::doors;

kernel::refusals! {
    /// Why a file was not checked (不予预检).
    pub CheckPostingImport => CheckPostingImportRefused, CheckPostingImportRefusalCode {
        /// The upload is not complete.
        NotUploaded @ "uploadId": "文件还没有传完，请上传后再预检。" / "The file has not arrived; upload it first.",
        /// The upload was thrown away.
        Expired @ "uploadId": "上传的文件已过期，请重新上传。" / "The upload has expired; upload the file again.",
        /// The file cannot be read.
        NotReadable { zh: String, en: String } @ "uploadId": "{zh}" / "{en}",
        /// Several agencies could be meant.
        AgencyMissing @ "agencyId": "请指明是哪家机构的招聘信息。" / "Say whose postings they are.",
        /// The agency's licence is not good.
        LicenceInvalid { zh: String, en: String } @ "agencyId":
            "该机构的人力资源服务许可证{zh}，不能发布招聘信息（人力资源市场暂行条例第十八条）。" /
            "The agency's licence is not good: {en} (Interim Regulations on the Human Resources Market, art 18).",
    }
}

/// A file that was read and looked over.
struct Ready {
    id: Uuid,
    file: blob::Model,
    agency: Uuid,
    headings: Headings,
    rows: Vec<posting_import_row::ActiveModel>,
    bad: usize,
    report: Option<Vec<u8>>,
}

/// Checks an uploaded file of an agency's postings (预检招聘信息文件).
pub async fn check_posting_import(
    ctx: &Ctx,
    upload: Uuid,
    agency: Option<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<CheckPostingImport>> {
    let prepared = prepare(ctx, upload, agency).await;
    ctx.transact_once(&policy::IMPORT, once, |tx| async move {
        let ready = prepared?;
        tx.about("PostingImport", ready.id);
        tx.note("rows", ready.rows.len());
        save(&tx, ready).await.map_err(Stop::Fault)
    })
    .await
}

/// Where an agency's postings stand.
fn place(agency: Uuid) -> Place {
    Place { class: OperatorClass::Commercial, county: None, departments: false, market: None, agency: Some(agency) }
}

/// May the caller publish for the agency by right?
pub(super) async fn publishes(ctx: &Ctx, agency: Uuid) -> Result<bool, Fault> {
    ctx.require(&policy::IMPORT, &place(agency)).await?;
    ctx.allows(&policy::PUBLISH, &place(agency)).await
}

/// The agency that is meant: the one that was named, or the only one the caller works for.
async fn whose(ctx: &Ctx, named: Option<Uuid>) -> Result<Whose, Stop<CheckPostingImport>> {
    let reach = ctx.reach(&policy::IMPORT).await?;
    let agency = match (named, &reach.agencies[..]) {
        (Some(agency), own) if reach.city || own.contains(&agency) => agency,
        (Some(_), _) => return Err(Fault::NotFound.into()),
        (None, [one]) => *one,
        (None, _) => return Err(Stop::Refused(CheckPostingImport::AgencyMissing)),
    };
    if doors::licences(ctx, &ctx.scope(), &[agency]).await?.is_empty() {
        return Err(Fault::NotFound.into());
    }
    Ok(Whose { agency, publishes: publishes(ctx, agency).await? })
}

/// Everything that is slow: reading the file and looking it over is CPU work, and needs no transaction.
async fn prepare(ctx: &Ctx, upload: Uuid, agency: Option<Uuid>) -> Result<Ready, Stop<CheckPostingImport>> {
    let whose = whose(ctx, agency).await?;
    let file = own(ctx, upload).await?;
    let bytes = kernel::blob::read(ctx, upload).await?;
    let read = store::apart("read a file of postings", move || read(&bytes)).await?;
    let Sheet { headings, rows } = read.map_err(|unreadable| {
        let words = unreadable.message();
        Stop::Refused(CheckPostingImport::NotReadable { zh: words.zh, en: words.en })
    })?;
    let setting = Setting::of(ctx, &ctx.scope(), whose, &rows).await?;
    if let Licence::Bad(why) = setting.licence() {
        let (zh, en) = (why.zh.to_owned(), why.en.to_owned());
        return Err(Stop::Refused(CheckPostingImport::LicenceInvalid { zh, en }));
    }
    let (heads, raw) = (headings.clone(), rows.clone());
    let mut looked = store::apart("look postings over", move || setting.look(&heads, &raw)).await?;
    without_taken_down(&ctx.scope(), &headings, &rows, &mut looked).await?;
    let id = ctx.new_id();
    let (rows, told) = staged(ctx, id, rows, &looked)?;
    let bad = told.iter().filter(|row| row.is_bad).count();
    let report = store::report(ctx, headings.clone(), told).await?;
    Ok(Ready { id, file, agency: whose.agency, headings, rows, bad, report })
}

/// The caller's own upload, complete; another's is not there.
async fn own(ctx: &Ctx, upload: Uuid) -> Result<blob::Model, Stop<CheckPostingImport>> {
    let row = blob::Entity::find_by_id(upload).one(&ctx.scope()).await?;
    let mine =
        |row: &blob::Model| row.purpose == kernel::blob::POSTINGS.name && row.created_by == ctx.actor().account_id();
    let row = row.filter(mine).ok_or(Fault::NotFound)?;
    if row.status == "PURGED" || row.expires_at.is_some_and(|at| at <= ctx.now()) {
        return Err(Stop::Refused(CheckPostingImport::Expired));
    }
    if row.status == "READY" { Ok(row) } else { Err(Stop::Refused(CheckPostingImport::NotUploaded)) }
}

/// The rows as they are kept, and those of which the report tells something.
fn staged(
    ctx: &Ctx,
    import: Uuid,
    rows: Vec<RawRow>,
    looked: &[Looked],
) -> Result<(Vec<posting_import_row::ActiveModel>, Vec<ToldRow>), Fault> {
    let mut told = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    for (raw, one) in rows.into_iter().zip(looked) {
        let (is_bad, issues) = (one.result.is_err(), one.issues().to_vec());
        let value = |what: serde_json::Result<_>| what.map_err(Fault::of("write a row of an import"));
        kept.push(posting_import_row::ActiveModel {
            id: Set(ctx.new_id()),
            import_id: Set(import),
            row_no: Set(raw.row_no),
            status: Set(if is_bad { ImportRowStatus::Bad } else { ImportRowStatus::Good }),
            cells: Set(value(serde_json::to_value(&raw.cells))?),
            issues: Set(value(serde_json::to_value(&issues))?),
            posting_id: Set(None),
        });
        if is_bad || !issues.is_empty() {
            told.push(ToldRow { row_no: raw.row_no, is_bad, cells: raw.cells, issues });
        }
    }
    Ok((kept, told))
}

async fn save(tx: &Tx, ready: Ready) -> Result<Outcome, Fault> {
    let Ready { id, file, agency, headings, rows, bad, report } = ready;
    let ctx = tx.ctx();
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    store::keep(tx, file.id).await?;
    let report = store::store_report(tx, &file.file_name, report).await?;
    let import = posting_import::ActiveModel {
        id: Set(id),
        version: Set(1),
        agency_id: Set(agency),
        upload_id: Set(file.id),
        file_name: Set(file.file_name),
        status: Set(PostingImportStatus::Checked),
        row_count: Set(count(rows.len())),
        good_rows: Set(count(rows.len() - bad)),
        bad_rows: Set(count(bad)),
        published: Set(0),
        in_review: Set(0),
        headings: Set(serde_json::to_value(&headings).map_err(Fault::of("write the headings of an import"))?),
        report_id: Set(report),
        job_id: Set(None),
        created_by: Set(ctx.actor().account_id()),
        created_at: Set(ctx.now()),
        kept_until: Set(ctx.now() + KEPT),
    };
    posting_import::Entity::insert(import).exec_without_returning(tx).await?;
    store::write(tx, rows).await?;
    Ok(Outcome::of("PostingImport", id, 1))
}
