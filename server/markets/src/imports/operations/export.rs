//! Exporting the directory in the form of annex 2 (导出名录).

use async_graphql::InputObject;
use kernel::blob::{EXPORT, FileKind};
use kernel::checks::Phone;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Stop};
use serde::Serialize;

use crate::annex2::DirectoryForm;
use crate::imports::{EXPORT_KEPT, form, store};
use crate::kinds::{ExportFormat, MarketStatus};
use crate::policy;
use crate::queries::markets::{self, MarketFilter};
use crate::rules::naming::some;

kernel::refusals! {
    /// Why the directory was not exported (不予导出).
    pub ExportDirectory => ExportDirectoryRefused, ExportDirectoryRefusalCode {
        /// No market fits.
        Nothing @ "filter":
            "没有符合条件的市场可以导出；名录只含已列入的市场，请先列入名录或放宽条件。" /
            "No market fits; the directory holds listed markets only. List some first or widen the filter.",
        /// A filer's name that cannot be printed.
        FilerInvalid { limit: usize } @ "print.filer":
            "填报人姓名不能超过 {limit} 个字，且不能含有控制字符。" /
            "The filer's name has at most {limit} characters and no control characters.",
        /// No telephone number.
        PhoneInvalid @ "print.filerPhone":
            "联系电话无法识别，请填写手机号码或带区号的固定电话，例如 0351-5278313。" /
            "This is no telephone number; enter a mobile number or a fixed line with its area code, for example 0351-5278313.",
        /// A note longer than is printed.
        NoteTooLong { limit: usize } @ "print.note": "备注超过 {limit} 个字，请缩短。" / "The note has more than {limit} characters; shorten it.",
    }
}

/// What is printed around the table (表头表尾), as typed; nothing of it is stored but in the file. Personal data: no `Debug`.
#[derive(Clone, Default, InputObject, Serialize)]
pub struct FormPrintInput {
    /// The filer (填报人).
    pub filer: Option<String>,
    /// The filer's telephone number (联系电话).
    pub filer_phone: Option<String>,
    /// The line under the table, in place of the usual one; 备注： is put in front where it is missing (备注).
    pub note: Option<String>,
}

/// Characters of a filer's name and of a note.
const FILER: usize = 50;
const NOTE: usize = 500;

impl FormPrintInput {
    /// Tidied, or what is wrong with it.
    fn checked(self) -> Result<Self, ExportDirectory> {
        let filer = some(self.filer.as_deref());
        if filer.as_ref().is_some_and(|f| f.chars().count() > FILER || f.chars().any(char::is_control)) {
            return Err(ExportDirectory::FilerInvalid { limit: FILER });
        }
        let phone = some(self.filer_phone.as_deref());
        let phone = phone.map(|p| Phone::parse(&p).map_err(|_| ExportDirectory::PhoneInvalid)).transpose()?;
        let note = some(self.note.as_deref());
        if note.as_ref().is_some_and(|note| note.chars().count() > NOTE) {
            return Err(ExportDirectory::NoteTooLong { limit: NOTE });
        }
        Ok(Self { filer, filer_phone: phone.map(|p| p.display()), note })
    }
}

/// Exports the directory (导出名录): exactly annex 2, the markets of the filter within the caller's reach; the listed ones
/// unless the filter names another state. The file is kept for a day.
pub async fn export_directory(
    ctx: &Ctx,
    format: ExportFormat,
    filter: Option<MarketFilter>,
    around: FormPrintInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportDirectory>> {
    let bytes = prepare(ctx, format, filter, around).await;
    ctx.transact_once(&policy::EXPORT, once, |tx| async move {
        let (bytes, rows) = bytes?;
        tx.note("format", format!("{format:?}"));
        tx.note("rows", rows);
        let ctx = tx.ctx();
        let (extension, kind) = match format {
            ExportFormat::Xlsx => ("xlsx", FileKind::Xlsx),
            ExportFormat::Csv => ("csv", FileKind::Text),
            ExportFormat::Pdf => ("pdf", FileKind::Pdf),
        };
        let name = format!("{}零工市场名录-{}.{extension}", ctx.tenant().name_zh, ctx.today().format("%Y%m%d"));
        let until = ctx.now() + EXPORT_KEPT;
        let id = kernel::blob::store(&tx, &EXPORT, &name, kind.media_type(), &bytes, Some(until)).await?;
        tx.about("File", id);
        Ok(Outcome::of("File", id, 1))
    })
    .await
}

async fn prepare(
    ctx: &Ctx,
    format: ExportFormat,
    filter: Option<MarketFilter>,
    around: FormPrintInput,
) -> Result<(Vec<u8>, usize), Stop<ExportDirectory>> {
    let reach = ctx.reach_by_class(&policy::EXPORT).await?;
    let around = around.checked().map_err(Stop::Refused)?;
    let mut filter = filter.unwrap_or_default();
    filter.status = filter.status.or(Some(MarketStatus::Listed));
    let now = ctx.snapshot().await?;
    let rows = form::of(&now, &markets::all(ctx, &now, &filter, &reach).await?).await?;
    now.end().await?;
    if rows.is_empty() {
        return Err(Stop::Refused(ExportDirectory::Nothing));
    }
    let count = rows.len();
    let form = DirectoryForm {
        city_name: ctx.tenant().name_zh.clone(),
        rows,
        filer: around.filer.map(Pii::new),
        filer_phone: around.filer_phone.map(Pii::new),
        note: around.note,
    };
    let created = ctx.now().timestamp();
    let bytes = store::apart("write the directory form", move || render(&form, format, created)).await??;
    Ok((bytes, count))
}

/// The form as a file.
pub fn render(form: &DirectoryForm, format: ExportFormat, created: i64) -> Result<Vec<u8>, Fault> {
    match format {
        ExportFormat::Xlsx => form.to_xlsx(created).map_err(Fault::of("write a workbook")),
        ExportFormat::Csv => Ok(form.to_csv()),
        ExportFormat::Pdf => form.table().to_document().render().map_err(Fault::of("set a PDF")),
    }
}
