//! Telling a hiring party what is missing (一次性告知补正): once, and all of it.

use entities::hiring_party;
use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop, Words};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::events::PartyRejected;
use crate::parties::kinds::{PartyDecision, PartyKind, PartyStatus, PartyStep};
use crate::parties::policy;
use crate::parties::rules::life::{Move, after, named};
use crate::parties::rules::verification::{missing, notice};
use crate::parties::store::reviews::{self, Decided};
use crate::parties::store::{history, party as rows, steps, visible};

/// Characters of remarks, and of a reason.
const REMARKS: usize = 300;

kernel::refusals! {
    /// Why a hiring party was not sent back (不予退回).
    pub RejectParty => RejectPartyReason, RejectPartyRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It does not wait.
        NotFromHere { zh: String, en: String } @ "id":
            "该主体当前状态为“{zh}”，不在待审核之列。" / "This party is {en}; it does not wait to be decided.",
        /// Nothing is missing, and nothing was said.
        NothingMissing @ "input.remarks":
            "各核验事项均已通过；确需退回的，请写明原因。" /
            "Every step has passed; say why it is sent back all the same.",
        /// A second notice without a reason.
        SecondNotice @ "input.whyAgain":
            "已经一次性告知过；再次要求补正的，请写明上次未告知的原因（优化营商环境条例第三十六条）。" /
            "What is missing was told once already; say why it was not told then (Regulations on Optimizing the Business Environment, article 36).",
        /// Longer than is kept.
        TooLong { limit: usize } @ "input.remarks": "说明超过 {limit} 个字，请缩短。" / "It has more than {limit} characters; shorten it.",
    }
}

/// What is said beside the missing steps (补正说明).
#[derive(Clone, Debug, Default)]
pub struct RejectInput {
    /// What else is wrong.
    pub remarks: Option<String>,
    /// Why it was not told the first time.
    pub why_again: Option<String>,
}

/// Tells a hiring party everything that is missing (一次性告知补正). A second notice needs a reason.
pub async fn reject_party(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: RejectInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RejectParty>> {
    ctx.transact_once(&policy::VERIFY, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::VERIFY, id).await?;
        let lacking = missing(PartyKind::of(&row), &steps::of_party(&tx, id).await?);
        let remarks = said(input.remarks.as_deref()).map_err(Stop::Refused)?;
        let again = said(input.why_again.as_deref()).map_err(Stop::Refused)?;
        let told = reviews::was_told(&tx, id).await?;
        let status =
            decide(&row, version, &lacking, remarks.is_some(), told && again.is_none()).map_err(Stop::Refused)?;
        let reason = notice(&lacking, remarks.as_deref()).zh;
        let change = hiring_party::ActiveModel {
            status: Set(status.code().to_owned()),
            status_reason: Set(Some(reason.clone())),
            ..Default::default()
        };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(RejectParty::Conflict { current: version + 1 }));
        }
        let codes: Vec<&str> = lacking.iter().map(|step| step.code()).collect();
        let decided = Decided {
            missing: Some(codes.join(" ")).filter(|codes| !codes.is_empty()),
            remarks,
            ..Decided::simply(PartyDecision::Rejected)
        };
        reviews::decide(&tx, id, decided).await?;
        let reason = again.map_or(reason.clone(), |again| format!("{reason}（{again}）"));
        history::write(&tx, id, "rejected", Some(reason));
        tx.announce(&PartyRejected { party: id })?;
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

fn said(typed: Option<&str>) -> Result<Option<String>, RejectParty> {
    let said = typed.map(text::tidy).filter(|said| !said.is_empty());
    match said {
        Some(said) if said.chars().count() > REMARKS => Err(RejectParty::TooLong { limit: REMARKS }),
        said => Ok(said),
    }
}

fn decide(
    row: &hiring_party::Model,
    version: i32,
    lacking: &[PartyStep],
    remarked: bool,
    told_before: bool,
) -> Result<PartyStatus, RejectParty> {
    if row.version != version {
        return Err(RejectParty::Conflict { current: row.version });
    }
    let status = PartyStatus::of(row);
    let Some(rejected) = after(status, Move::Reject) else {
        let Words { zh, en } = named(status);
        return Err(RejectParty::NotFromHere { zh, en });
    };
    if lacking.is_empty() && !remarked {
        return Err(RejectParty::NothingMissing);
    }
    if told_before { Err(RejectParty::SecondNotice) } else { Ok(rejected) }
}
