//! Answering who asks to act for a party (处理经办申请): by its owner, or at a counter with the paper.

use kernel::sheet::text;
use kernel::{Actor, Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::authorise_agent::{MOST, acting, join};
use super::close_party::owns_or_serves;
use crate::parties::kinds::{AgentRequestStatus, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::agent_authorisation;
use crate::parties::rules::life;
use crate::parties::store::{evidence, history, visible};

/// Characters of a reason.
const REASON: usize = 200;

kernel::refusals! {
    /// Why a request was not answered (未能处理申请).
    pub AnswerAgencyRequest => AnswerAgencyRequestRefused, AnswerAgencyRequestRefusalCode {
        /// It is answered.
        AlreadyAnswered @ "id": "该申请已经处理。" / "This request has been answered already.",
        /// The party is closed.
        Closed @ "id": "该主体已注销。" / "This party is closed.",
        /// An agent, who does not own it.
        OwnerOnly @ "id": "只有负责人可以处理经办申请。" / "Only the owner answers such a request.",
        /// Too many.
        TooMany { most: u64 } @ "id": "一个主体最多 {most} 名经办人，请先终止不再使用的授权。" / "At most {most} people act for one party; end an authorisation first.",
        /// Why not?
        ReasonNeeded { limit: usize } @ "input.reason": "不同意的，请写明原因（不超过 {limit} 字）。" / "Say why not, in at most {limit} characters.",
        /// At a counter the paper is kept.
        EvidenceNeeded @ "input.evidence": "窗口代办的，请上传授权委托书。" / "At a counter, upload the authorisation.",
        /// A file that cannot be used.
        EvidenceNotReady @ "input.evidence":
            "文件未上传完成、已过期或已用于其他事项，请重新上传。" /
            "The file was not uploaded whole, has expired or belongs to something else; upload it again.",
    }
}

/// An answer (处理意见).
#[derive(Clone, Debug)]
pub struct AnswerInput {
    /// Yes, or no.
    pub accept: bool,
    /// Why not.
    pub reason: Option<String>,
    /// The authorisation, as it was shown.
    pub evidence: Option<Uuid>,
}

/// Answers a request to act for a party (处理经办申请).
pub async fn answer_agency(
    ctx: &Ctx,
    request: Uuid,
    input: AnswerInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AnswerAgencyRequest>> {
    ctx.transact_once(&policy::AUTHORISE, once, |tx| async move {
        let party = agent_authorisation::Entity::find_by_id(request).one(&tx).await?.ok_or(Fault::NotFound)?.party_id;
        let party = visible::load_for(&tx, &policy::AUTHORISE, party).await?;
        // Read again, now that the party is held.
        let row = agent_authorisation::Entity::find_by_id(request).one(&tx).await?.ok_or(Fault::NotFound)?;
        if row.status != AgentRequestStatus::Asked {
            return Err(Stop::Refused(AnswerAgencyRequest::AlreadyAnswered));
        }
        if !life::is_open(PartyStatus::of(&party)) {
            return Err(Stop::Refused(AnswerAgencyRequest::Closed));
        }
        if !owns_or_serves(&tx, party.id).await? {
            return Err(Stop::Refused(AnswerAgencyRequest::OwnerOnly));
        }
        if input.accept {
            if acting(&tx, party.id).await? >= MOST {
                return Err(Stop::Refused(AnswerAgencyRequest::TooMany { most: MOST }));
            }
            let file = shown(&tx, input.evidence).await?;
            join(&tx, &party, row.citizen_id, file, Some(row)).await?;
        } else {
            decline(&tx, party.id, &row, input.reason.as_deref()).await?;
        }
        Ok(Outcome::of("AgentRequest", request, 2))
    })
    .await
}

async fn decline(
    tx: &Tx,
    party: Uuid,
    row: &agent_authorisation::Model,
    reason: Option<&str>,
) -> Result<(), Stop<AnswerAgencyRequest>> {
    let reason = reason.map(text::tidy).filter(|reason| (1..=REASON).contains(&reason.chars().count()));
    let reason = reason.ok_or(Stop::Refused(AnswerAgencyRequest::ReasonNeeded { limit: REASON }))?;
    let ctx = tx.ctx();
    let change = agent_authorisation::ActiveModel {
        status: Set(AgentRequestStatus::Declined),
        decided_at: Set(Some(ctx.now())),
        account_id: Set(ctx.actor().account_id()),
        by_citizen: Set(ctx.actor().citizen_id()),
        reason: Set(Some(reason)),
        ..Default::default()
    };
    let of = agent_authorisation::Column::Id.eq(row.id);
    agent_authorisation::Entity::update_many().set(change).filter(of).exec(tx).await?;
    history::write(tx, party, "agent_declined", None);
    Ok(())
}

async fn shown(tx: &Tx, file: Option<Uuid>) -> Result<Option<Uuid>, Stop<AnswerAgencyRequest>> {
    match (file, tx.ctx().actor()) {
        (None, Actor::Account(_)) => Err(Stop::Refused(AnswerAgencyRequest::EvidenceNeeded)),
        (None, _) => Ok(None),
        (Some(file), _) => {
            let kept = evidence::take(tx, file).await?;
            kept.map(Some).ok_or(Stop::Refused(AnswerAgencyRequest::EvidenceNotReady))
        }
    }
}
