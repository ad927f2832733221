//! Remembering a file that was refused (留存拒收文件): who sent it finds it among the imports, with its report, as long as
//! any other.

use entities::blob;
use kernel::refusal::Refusal as _;
use kernel::sheet::Words;
use kernel::{Ctx, Fault, Lang, Never, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use uuid::Uuid;

use super::check::CheckDirectoryImport;
use crate::imports::issue::Issue;
use crate::imports::settle::Tally;
use crate::imports::{KEPT, report, store};
use crate::kinds::ImportStatus;
use crate::rows::directory_import;

/// Keeps a failed import of a file that could not be taken in; once for each upload.
pub(super) async fn remember(ctx: &Ctx, upload: Uuid, why: &CheckDirectoryImport) -> Result<(), Fault> {
    let code = match why {
        CheckDirectoryImport::NotReadable { reason, .. } => reason.clone(),
        CheckDirectoryImport::OtherCity { .. } => "OTHER_CITY".to_owned(),
        _ => return Ok(()),
    };
    let words = Words { zh: why.message(Lang::Zh), en: why.message(Lang::En) };
    let kept: Result<(), Stop<Never>> =
        ctx.quietly(|tx| async move { Ok(keep(&tx, upload, code, words).await?) }).await;
    kept.map_err(Stop::into_fault)
}

async fn keep(tx: &Tx, upload: Uuid, code: String, words: Words) -> Result<(), Fault> {
    let known = directory_import::Entity::find().filter(directory_import::Column::UploadId.eq(upload)).one(tx).await?;
    let file = blob::Entity::find_by_id(upload).one(tx).await?;
    let (None, Some(file)) = (known, file) else { return Ok(()) };
    let ctx = tx.ctx();
    let (id, until) = (ctx.new_id(), ctx.now() + KEPT);
    let issue = Issue {
        row_no: 0,
        column: String::new(),
        title: String::new(),
        value: String::new(),
        code: code.clone(),
        is_error: true,
        message: words.clone(),
        hint: Words {
            zh: "改正后请重新上传。".to_owned(), en: "Correct the file and upload it again.".to_owned()
        },
    };
    let report = report::store(tx, &file.file_name, &report::csv(std::slice::from_ref(&issue)), until).await?;
    store::keep(tx, upload, until).await?;
    let row = directory_import::ActiveModel {
        id: Set(id),
        version: Set(1),
        upload_id: Set(upload),
        file_name: Set(file.file_name),
        status: Set(ImportStatus::Failed),
        mode: Set(None),
        default_division: Set(None),
        city: Set(None),
        filer: Set(None),
        listed: Set(0),
        not_listable: Set(json!({})),
        headings: Set(json!([])),
        job_id: Set(None),
        refusal_code: Set(Some(code)),
        refusal_zh: Set(Some(words.zh)),
        refusal_en: Set(Some(words.en)),
        report_id: Set(Some(report)),
        created_by: Set(ctx.actor().account_id()),
        created_at: Set(ctx.now()),
        kept_until: Set(until),
        ..store::counts(&Tally::of(std::iter::empty()))
    };
    directory_import::Entity::insert(row).exec_without_returning(tx).await?;
    store::write_issues(tx, id, &[&issue]).await
}
