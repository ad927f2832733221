//! Exporting one's own work record, signed (导出零工履历).

use kernel::blob::{FileKind, PERSONAL};
use kernel::gql::moment;
use kernel::pdf::{Align, Column, TableDocument};
use kernel::{Ctx, Fault, Lang, Once, Outcome, Place, Stop, Tx};
use serde_json::json;
use uuid::Uuid;

use crate::engagements::kinds::RecordFormat;
use crate::engagements::rules::number::number;
use crate::engagements::rules::record::{Record, Signed, signed, sums};
use crate::engagements::store::{contact, doors, record};
use crate::policy;
use kernel::money::yuan;

/// So long the file can be fetched.
const KEPT: chrono::Duration = chrono::Duration::hours(24);

kernel::refusals! {
    /// Why a record was not exported (不予导出履历).
    pub ExportMyRecord => ExportMyRecordRefused, ExportMyRecordRefusalCode {
        /// Not registered as a worker.
        NotAWorker: "请先完成零工登记。" / "Register as a worker first.",
        /// Nothing was done yet.
        Nothing: "还没有已完工的记录。" / "Nothing was done yet; there is nothing to export.",
    }
}

/// The name of the file of a worker's record: by it the file is found again when the worker is erased.
#[must_use]
pub fn file_names(worker: Uuid) -> [String; 2] {
    [format!("零工履历（{worker}）.pdf"), format!("零工履历（{worker}）.json")]
}

/// Exports one's own work record (导出零工履历), signed by the city: whoever is shown it can ask the city whether it is so.
pub async fn export_my_record(
    ctx: &Ctx,
    format: RecordFormat,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportMyRecord>> {
    ctx.transact_once(&policy::RECORD, once, |tx| async move {
        let citizen = tx.ctx().citizen()?;
        tx.authorize(&policy::RECORD, &Place::city()).await?;
        let worker = doors::own_worker(&tx, citizen.id).await?;
        let worker = worker.ok_or(Stop::Refused(ExportMyRecord::NotAWorker))?;
        let done = record::done(&tx, worker).await?;
        if done.is_empty() {
            return Err(Stop::Refused(ExportMyRecord::Nothing));
        }
        let found = contact::citizens(&tx, tx.ctx(), &[citizen.id]).await?;
        let name = found.into_values().next().and_then(|contact| contact.name);
        let ctx = tx.ctx();
        let whole = Record {
            number: number(ctx.today(), ctx.new_id()),
            city: ctx.tenant().code.clone(),
            city_name: ctx.tenant().name_zh.clone(),
            // The record is the worker's own, and so is the name in it.
            name: name.map(|name| name.expose().clone()).unwrap_or_default(),
            issued_at: ctx.now(),
            sums: sums(&done),
            done,
        };
        Ok(store(&tx, worker, &whole, format).await?)
    })
    .await
}

async fn store(tx: &Tx, worker: Uuid, whole: &Record, format: RecordFormat) -> Result<Outcome, Fault> {
    let ctx = tx.ctx();
    let text = serde_json::to_string(whole).map_err(Fault::of("write a work record"))?;
    let seed = record::seed(ctx).await?;
    let seal = signed(&seed, &whole.city, &whole.number, text.as_bytes());
    let [pdf, json] = file_names(worker);
    let (name, kind, bytes) = match format {
        RecordFormat::Pdf => (pdf, FileKind::Pdf.media_type(), sheet(whole, &seal, ctx.lang())?),
        RecordFormat::Json => {
            // The record is a text inside the file, so that its very bytes are what is signed.
            let file = json!({ "record": text, "digest": seal.digest, "signature": seal.signature });
            let bytes = serde_json::to_vec_pretty(&file).map_err(Fault::of("write a work record"))?;
            (json, "application/json", bytes)
        }
    };
    let until = ctx.now() + KEPT;
    let id = kernel::blob::store(tx, &PERSONAL, &name, kind, &bytes, Some(until)).await?;
    tx.about("File", id);
    tx.note("number", whole.number.clone());
    Ok(Outcome::of("File", id, 1))
}

/// The record on paper: the work, and below it what somebody types in to ask whether it is so.
fn sheet(whole: &Record, seal: &Signed, lang: Lang) -> Result<Vec<u8>, Fault> {
    let zh = lang == Lang::Zh;
    let label = |a: &'static str, b: &'static str| if zh { a } else { b };
    let hours = |minutes: i64| format!("{}.{}", minutes / 60, minutes % 60 * 10 / 60);
    let sums = &whole.sums;
    let rows = whole.done.iter().map(|one| {
        vec![
            one.day.to_string(),
            one.trade_name.clone(),
            hours(one.minutes.into()),
            one.paid_fen.map_or_else(|| "—".to_owned(), yuan),
        ]
    });
    let total = if zh {
        format!("共 {} 天，{} 小时，收款 {} 元", sums.days, hours(sums.minutes), yuan(sums.paid_fen))
    } else {
        format!("{} days, {} hours, {} yuan paid", sums.days, hours(sums.minutes), yuan(sums.paid_fen))
    };
    let document = TableDocument {
        title: label("零工履历", "Work record").to_owned(),
        header: vec![
            format!("{}：{}", label("姓名", "Name"), whole.name),
            format!("{}：{}", label("编号", "Number"), whole.number),
            format!(
                "{}：{} {}",
                label("出具", "Issued by"),
                whole.city_name,
                moment(whole.issued_at).format("%Y-%m-%d")
            ),
            total,
        ],
        columns: vec![
            Column::new(label("日期", "Day"), 2.0),
            Column::new(label("工种", "Trade"), 3.0),
            Column::new(label("工时（小时）", "Hours"), 2.0).align(Align::Right),
            Column::new(label("收款（元）", "Paid (yuan)"), 2.0).align(Align::Right),
        ],
        rows: rows.collect(),
        footer: vec![
            label(
                "本履历由本人导出，归本人所有；不是对个人的评价。",
                "Exported by the worker, and the worker's own; it judges nobody.",
            )
            .to_owned(),
            format!("{}：{}", label("摘要", "Digest"), seal.digest),
            format!("{}：{}", label("签名", "Signature"), seal.signature),
        ],
        page_words: if zh { kernel::pdf::PageWords::Chinese } else { kernel::pdf::PageWords::English },
        ..TableDocument::default()
    };
    document.render().map_err(Fault::of("set a PDF"))
}
