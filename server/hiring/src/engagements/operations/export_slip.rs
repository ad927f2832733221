//! Exporting a work slip (导出用工单).

use kernel::blob::{FileKind, PERSONAL};
use kernel::pdf::{Column, TableDocument};
use kernel::{Ctx, Fault, Lang, Mask, Once, Outcome, Stop};

use crate::engagements::rules::agreement;
use crate::engagements::rules::private::opens_worker;
use crate::engagements::rules::steps::holds_a_place;
use crate::engagements::rules::terms::{RIGHTS, Terms};
use crate::engagements::safety;
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{contact, slips};
use crate::kinds::Side;
use crate::policy;
use crate::rows::work_slip;
use uuid::Uuid;

/// So long the file can be fetched.
const KEPT: chrono::Duration = chrono::Duration::hours(24);

kernel::refusals! {
    /// Why a slip was not exported (不予导出用工单).
    pub ExportWorkSlip => ExportWorkSlipRefused, ExportWorkSlipRefusalCode {
        /// There is none, or the place came to nothing.
        NotConfirmed @ "id":
            "确认录用后才有用工单；已取消或未到岗的，用工单不再导出。" /
            "There is a work slip once the place is confirmed, and none to hand out once it came to nothing.",
    }
}

/// The name of the file of a slip: by it the file is found again when the worker is erased.
#[must_use]
pub fn file_name(number: &str) -> String {
    format!("用工单（{number}）.pdf")
}

/// Exports a work slip to be printed (导出用工单): for both sides, and at the counter.
pub async fn export_work_slip(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<ExportWorkSlip>> {
    ctx.transact_once(&policy::CONTACT, once, |tx| async move {
        let deal = deal::read(&tx, id).await?;
        let side = deal::standing(&tx, tx.ctx(), &deal).await?;
        // The counter prints slips for those it hired.
        let action = if side == Side::Staff { &policy::HIRE } else { &policy::CONTACT };
        deal::authorize(&tx, action, &deal, &Side::ALL).await?;
        // Names are opened for a place that stands, and not once it came to nothing.
        let slip = slips::of(&tx, id).await?.filter(|_| holds_a_place(deal.row.status));
        let slip = slip.ok_or(Stop::Refused(ExportWorkSlip::NotConfirmed))?;
        let open = side != Side::Party || opens_worker(&deal.row);
        let bytes = sheet(&tx, &deal, &slip, open).await?;
        let ctx = tx.ctx();
        let (name, until) = (file_name(&slip.number), ctx.now() + KEPT);
        let file = kernel::blob::store(&tx, &PERSONAL, &name, FileKind::Pdf.media_type(), &bytes, Some(until)).await?;
        Ok(Outcome::of("File", file, 1))
    })
    .await
}

async fn sheet(tx: &kernel::Tx, deal: &Deal, slip: &work_slip::Model, open: bool) -> Result<Vec<u8>, Fault> {
    let ctx = tx.ctx();
    let terms = slips::read(slip)?;
    let worker = match &deal.worker {
        Some(worker) if !open => worker.name_masked.clone(),
        Some(worker) => {
            let found = contact::citizens(tx, ctx, &[worker.citizen_id]).await?;
            let name = found.into_values().next().and_then(|contact| contact.name);
            name.map_or_else(|| worker.name_masked.clone(), |name| name.expose().clone())
        }
        None => Mask::Name.of(""),
    };
    let party = contact::party_name(ctx, &deal.party).await?.expose().clone();
    let document = document(ctx, slip, &terms, [worker, party]);
    document.render().map_err(Fault::of("set a PDF"))
}

/// The slip on paper.
fn document(ctx: &Ctx, slip: &work_slip::Model, terms: &Terms, [worker, party]: [String; 2]) -> TableDocument {
    let lang = ctx.lang();
    let label = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut rows = vec![
        vec![label("零工人员", "Worker").to_owned(), worker],
        vec![label("用工方", "Hiring party").to_owned(), party],
    ];
    rows.extend(terms.lines(lang).into_iter().map(|(label, said)| vec![label.to_owned(), said]));
    if let Some(card) = safety::named(&terms.safety_card) {
        let lines: Vec<String> = (1..).zip(card.lines(lang)).map(|(n, line)| format!("{n}. {line}")).collect();
        let title = format!("{}：{}", label("安全提示", "Safety"), card.title(lang));
        rows.push(vec![title, lines.join("\n")]);
    }
    if slip.over_age_agreement {
        let clauses = agreement::clauses(terms, lang).join("\n");
        rows.push(vec![label("超龄用工协议", "Agreement on over-age work").to_owned(), clauses]);
    }
    rows.push(vec![label("维权渠道", "Where to turn").to_owned(), RIGHTS.get(lang).to_owned()]);
    TableDocument {
        title: label("用工单", "Work slip").to_owned(),
        header: vec![format!("{}：{}", label("单号", "Number"), slip.number), ctx.tenant().name_zh.clone()],
        columns: vec![Column::new(label("项目", "Item"), 1.0), Column::new(label("约定", "Agreed"), 4.0)],
        rows,
        footer: vec![
            label("零工签名：                    用工方签名：", "Worker:                    Hiring party:").to_owned(),
        ],
        page_words: if lang == Lang::Zh { kernel::pdf::PageWords::Chinese } else { kernel::pdf::PageWords::English },
        ..TableDocument::default()
    }
}
