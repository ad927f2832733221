//! Keeping the wage sheet (登记工资支付台账).

use std::collections::{HashMap, HashSet};

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use uuid::Uuid;

use crate::engagements::forms::WageLine;
use crate::engagements::rules::deductions::{self, Unlawful};
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::wages::Held;
use crate::engagements::store::{offer, wages};
use crate::kinds::EngagementStatus;
use crate::policy;
use kernel::money::yuan;

/// Lines of a sheet at most.
const LINES: usize = 100;
/// Minutes of a line at most: a month of days and nights.
const MINUTES: i32 = 31 * 24 * 60;
/// No line says more: a million yuan, in fen.
const MOST: i64 = 100_000_000;

kernel::refusals! {
    /// Why a wage sheet was not saved (不予登记工资支付台账).
    pub SaveWageSheet => SaveWageSheetReason, SaveWageSheetRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该工资表已有变化（现为第 {current} 版），请刷新后再试。" /
            "This sheet has changed (now version {current}); reload and try again.",
        /// No lines, or too many.
        Count { limit: usize } @ "lines": "一张工资表为1—{limit}行。" / "A sheet has one to {limit} lines.",
        /// A line is of nobody who worked here.
        NotHere { line: usize } @ "lines":
            "第 {line} 行：此人没有在该招聘信息下到岗，不能登记工资。" /
            "Line {line}: this worker did not arrive for this posting.",
        /// Somebody stands in it twice, or in another sheet.
        Twice { line: usize } @ "lines":
            "第 {line} 行：此人已在本表或另一张工资表中，请到原表修改。" /
            "Line {line}: this worker is on this or another sheet already; change it there.",
        /// A line that the sheet has is left out.
        LineGone @ "lines":
            "已登记的行不能删除（工资支付台账至少保存3年），有误请改正后一并保存。" /
            "A line that was recorded stays (the wage ledger is kept three years); correct it and save it with the others.",
        /// Figures that cannot be.
        Figures { line: usize } @ "lines":
            "第 {line} 行：工时、件数或金额有误；金额不能为负。" /
            "Line {line}: time, pieces or sums cannot be; sums are not negative.",
        /// Paid in the future.
        PaidAhead { line: usize } @ "lines": "第 {line} 行：支付时间不能晚于现在。" / "Line {line}: it cannot have been paid later than now.",
        /// A deduction without a reason.
        NoReason { line: usize } @ "lines": "第 {line} 行：有扣款的，请选择扣款原因。" / "Line {line}: say for what it is taken off.",
        /// A deduction that the law forbids.
        UnlawfulDeduction { line: usize, article: String } @ "lines":
            "第 {line} 行：该项扣款不合法（{article}），请退还给零工。用人单位不得罚款、收押金，工装工具费和介绍费不得从工资中扣。" /
            "Line {line}: the law forbids this deduction ({article} art); pay it to the worker. No fines, deposits, fees, clothes or tools are taken off a wage.",
        /// More than the law lets be taken.
        TooMuch { line: usize, most: String } @ "lines":
            "第 {line} 行：扣款超过法定上限，最多可扣 {most} 元（工资支付暂行规定第十六条）。" /
            "Line {line}: at most {most} yuan may be taken off (Provisional Regulations on Wage Payment, art 16).",
        /// A proof that is not there.
        ProofMissing { line: usize } @ "lines":
            "第 {line} 行：凭证没有上传完成，请重新上传。" / "Line {line}: the proof was not uploaded; upload it again.",
    }
}

/// Which sheet: a new one, or one that was seen at a version.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// Its id.
    pub id: Option<Uuid>,
    /// The version it was read at.
    pub version: Option<i32>,
}

/// Saves a wage sheet of a posting (登记工资支付台账): kept three years, with time, due, deductions, paid and proof
/// (保障农民工工资支付条例 art 15). Each worker sees its own line.
pub async fn save_wage_sheet(
    ctx: &Ctx,
    posting: Uuid,
    which: Which,
    lines: Vec<WageLine>,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveWageSheet>> {
    ctx.transact_once(&policy::PAY, once, |tx| async move {
        let (posting, side) = offer::posting_for(&tx, &policy::PAY, posting).await?;
        if lines.is_empty() || lines.len() > LINES {
            return Err(Stop::Refused(SaveWageSheet::Count { limit: LINES }));
        }
        let sheet = match which.id {
            Some(id) => Some(wages::held(&tx, posting.id, id).await?),
            None => None,
        };
        if let Some(sheet) = sheet.as_ref().filter(|sheet| which.version != Some(sheet.version)) {
            return Err(Stop::Refused(SaveWageSheet::Conflict { current: sheet.version }));
        }
        let ids: Vec<Uuid> = lines.iter().map(|line| line.engagement).collect();
        let deals = deal::held_all(&tx, &ids).await?;
        if ids.iter().any(|id| deals.iter().all(|deal| deal.row.id != *id)) {
            return Err(Stop::Fault(Fault::NotFound));
        }
        let elsewhere = wages::on_other_sheets(&tx, &ids, which.id).await?;
        decide(&tx, &lines, &deals, &elsewhere, posting.id).map_err(Stop::Refused)?;
        let held = wages::lines_held(&tx, sheet.as_ref().map(|sheet| sheet.id)).await?;
        let proofs = proofs(&tx, &lines, &held).await?;
        if held.keys().any(|kept| !ids.contains(kept)) {
            return Err(Stop::Refused(SaveWageSheet::LineGone));
        }
        replaced(&tx, &proofs, &held).await?;
        Ok(wages::save(&tx, &posting, side, sheet, (&lines, &deals, &proofs), &held).await?)
    })
    .await
}

fn decide(
    tx: &Tx,
    lines: &[WageLine],
    deals: &[Deal],
    elsewhere: &HashSet<Uuid>,
    posting: Uuid,
) -> Result<(), SaveWageSheet> {
    let worked = [EngagementStatus::Arrived, EngagementStatus::Completed, EngagementStatus::Paid];
    let mut seen = HashSet::new();
    for (line, said) in (1..).zip(lines) {
        let deal = deals.iter().find(|deal| deal.row.id == said.engagement);
        if !deal.is_some_and(|deal| deal.row.posting_id == posting && worked.contains(&deal.row.status)) {
            return Err(SaveWageSheet::NotHere { line });
        }
        if !seen.insert(said.engagement) || elsewhere.contains(&said.engagement) {
            return Err(SaveWageSheet::Twice { line });
        }
        let sums = [said.due_fen, said.deduction_fen, said.paid_fen];
        let counted = (0..=MINUTES).contains(&said.minutes) && said.pieces.is_none_or(|pieces| pieces >= 0);
        if !counted || sums.iter().any(|sum| !(0..=MOST).contains(sum)) {
            return Err(SaveWageSheet::Figures { line });
        }
        if said.paid_at > tx.ctx().now() {
            return Err(SaveWageSheet::PaidAhead { line });
        }
        deductions::check(said.deduction_reason, said.due_fen, said.deduction_fen).map_err(|why| match why {
            Unlawful::NoReason => SaveWageSheet::NoReason { line },
            Unlawful::Forbidden(article) => SaveWageSheet::UnlawfulDeduction { line, article: article.to_owned() },
            Unlawful::TooMuch(most) => SaveWageSheet::TooMuch { line, most: yuan(most) },
        })?;
    }
    Ok(())
}

/// Lets go of proofs that others took the place of: no line leads to them any more, so nothing else would ever find them.
async fn replaced(tx: &Tx, proofs: &[Option<Uuid>], held: &HashMap<Uuid, Held>) -> Result<(), Fault> {
    let gone: Vec<Uuid> =
        held.values().filter_map(|line| line.proof).filter(|id| !proofs.contains(&Some(*id))).collect();
    if !gone.is_empty() {
        tx.note("proofsReplaced", kernel::blob::discard(tx, &gone).await?);
    }
    Ok(())
}

/// Takes new proofs into keeping; the one that a line has already stays until another takes its place.
async fn proofs(
    tx: &Tx,
    lines: &[WageLine],
    held: &HashMap<Uuid, Held>,
) -> Result<Vec<Option<Uuid>>, Stop<SaveWageSheet>> {
    let known: HashSet<Uuid> = held.values().filter_map(|line| line.proof).collect();
    let mut all = Vec::with_capacity(lines.len());
    for (line, said) in (1..).zip(lines) {
        let Some(proof) = said.proof else {
            all.push(held.get(&said.engagement).and_then(|line| line.proof));
            continue;
        };
        let there = known.contains(&proof) || kernel::blob::keep(tx, proof, &kernel::blob::WAGE_PROOF).await?.is_some();
        if !there {
            return Err(Stop::Refused(SaveWageSheet::ProofMissing { line }));
        }
        all.push(Some(proof));
    }
    Ok(all)
}
