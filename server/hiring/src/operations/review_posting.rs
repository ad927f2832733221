//! Reviewing a posting (审核招聘信息): it is published, or given back with all that is wrong at once.

use kernel::sheet::text::tidy;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::publishing::{self, Text};
use crate::events::PostingWithdrawn;
use crate::forms::ReviewRemarkInput;
use crate::kinds::{PostingStatus, ReviewDecision};
use crate::policy;
use crate::rows::posting;
use crate::rules::lane::{Trust, reviewed};
use crate::rules::lifecycle::{Step, is_shown, is_too_late, may};
use crate::store::{doors, history, place, posting as rows, public, visible};

/// Remarks of one review at most, and characters of one.
const REMARKS: (usize, usize) = (20, 300);

publishing::refusals_of_publishing! {
    /// Why a posting was not reviewed (不予审核).
    pub ReviewPosting => ReviewPostingReason, ReviewPostingRefusalCode {
        /// Someone else was faster.
        Conflict { current: i32 } @ "version":
            "该信息已有变化（现为第 {current} 版），请核对最新内容后再审核。" /
            "This posting has changed (now version {current}); look at the newest state and review again.",
        /// It waits for nobody.
        NotInReview { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，无需审核。" / "This posting is {status_en}; there is nothing to review.",
        /// It was looked at.
        Reviewed @ "id": "该信息已经审核，无需重复办理。" / "This posting was reviewed already.",
        /// Its time is over.
        TooLate @ "id":
            "班次已经开始或有效期已过，不能发布；请退回修改。" /
            "Its last shift has begun or its valid period is over; give it back instead of publishing it.",
        /// Nothing is said of what is wrong.
        RemarksMissing @ "remarks":
            "退回时请一次写明全部问题（优化营商环境条例第三十六条）。" /
            "Say all that is wrong at once when you give it back (Regulations on the Business Environment, art 36).",
        /// Remarks that are too many or too long.
        RemarksTooLong { most: usize, limit: usize } @ "remarks":
            "审核意见最多 {most} 条，每条不超过 {limit} 个字。" / "At most {most} remarks of {limit} characters each.",
    }
}

/// Reviews a posting (审核招聘信息): before it is seen, or after it went out through the fast lane.
pub async fn review_posting(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    decision: ReviewDecision,
    remarks: Vec<ReviewRemarkInput>,
    once: Option<Once>,
) -> Result<Outcome, Stop<ReviewPosting>> {
    ctx.transact_once(&policy::REVIEW, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::REVIEW, id).await?;
        decide(&row, version).map_err(Stop::Refused)?;
        tx.note("decision", decision.code());
        let done = match decision {
            ReviewDecision::Publish => pass(&tx, &row).await?,
            ReviewDecision::Return => {
                let remarks = read(remarks).map_err(Stop::Refused)?;
                give_back(&tx, &row, &remarks).await?
            }
        };
        if !done {
            return Err(Stop::Refused(ReviewPosting::Conflict { current: row.version + 1 }));
        }
        Ok(Outcome::of("Posting", id, version + 1))
    })
    .await
}

fn decide(row: &posting::Model, version: i32) -> Result<(), ReviewPosting> {
    if row.version != version {
        return Err(ReviewPosting::Conflict { current: row.version });
    }
    if !may(row.status, Step::Pass) {
        let title = row.status.title();
        return Err(ReviewPosting::NotInReview { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    }
    if is_shown(row.status) && row.reviewed_by.is_some() {
        return Err(ReviewPosting::Reviewed);
    }
    Ok(())
}

/// Lets it out, or says that it may stay.
async fn pass(tx: &Tx, row: &posting::Model) -> Result<bool, Stop<ReviewPosting>> {
    let ctx = tx.ctx();
    let change = posting::ActiveModel { reviewed_by: Set(ctx.actor().account_id()), ..posting::ActiveModel::default() };
    if is_shown(row.status) {
        history::write(tx, row.id, "passed", None);
        return Ok(rows::change(tx, row, change).await?);
    }
    if is_too_late(row.closes_at, row.valid_until, ctx.now()) {
        return Err(Stop::Refused(ReviewPosting::TooLate));
    }
    let ground = place::stored(tx, row).await?;
    let licence = doors::licence(ctx, tx, ground.agency).await?;
    reviewed(Trust::of(&ground.party, ctx.today()), &licence).map_err(|why| Stop::Refused(why.into()))?;
    let shifts = rows::shifts_of(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    let text = Text { read: rows::read(row, &shifts), key: &row.text_key, county: &row.county };
    publishing::clean(tx, &text).await?.map_err(|unfit| Stop::Refused(ReviewPosting::from(unfit)))?;
    Ok(public::publish(tx, row, change, "passed", None).await?)
}

/// The remarks, tidied.
fn read(remarks: Vec<ReviewRemarkInput>) -> Result<Vec<ReviewRemarkInput>, ReviewPosting> {
    let (most, limit) = REMARKS;
    let tidied = remarks.into_iter().map(|remark| ReviewRemarkInput { text: tidy(&remark.text), ..remark });
    let said: Vec<ReviewRemarkInput> = tidied.filter(|remark| !remark.text.is_empty()).collect();
    let field = |remark: &ReviewRemarkInput| remark.field.as_deref().map_or(0, |field| field.chars().count());
    let long = |remark: &ReviewRemarkInput| remark.text.chars().count() > limit || field(remark) > 50;
    if said.is_empty() {
        return Err(ReviewPosting::RemarksMissing);
    }
    if said.len() > most || said.iter().any(long) {
        return Err(ReviewPosting::RemarksTooLong { most, limit });
    }
    Ok(said)
}

/// Gives it back. What was seen is out of sight until it is handed in again; who had applied waits.
async fn give_back(tx: &Tx, row: &posting::Model, remarks: &[ReviewRemarkInput]) -> Result<bool, Fault> {
    let reason = remarks.iter().map(|remark| remark.text.as_str()).collect::<Vec<_>>().join("；");
    let change = posting::ActiveModel {
        status: Set(PostingStatus::Returned),
        status_reason: Set(Some(reason.clone())),
        remarks: Set(Some(serde_json::to_value(remarks).map_err(Fault::of("write remarks"))?)),
        reviewed_by: Set(tx.ctx().actor().account_id()),
        ..posting::ActiveModel::default()
    };
    if !rows::change(tx, row, change).await? {
        return Ok(false);
    }
    if is_shown(row.status) {
        public::open_shifts(tx, &[row.id], false).await?;
        tx.announce(&PostingWithdrawn { id: row.id, cancel_confirmed: false })?;
    }
    history::write(tx, row.id, "returned", Some(reason));
    Ok(true)
}
