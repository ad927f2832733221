//! Recording a step of a verification (记录核验事项): what was looked at, and what it showed.

use chrono::NaiveDate;
use entities::hiring_party;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::parties::events::PartyVerificationLost;
use crate::parties::kinds::{PartyKind, PartyStatus, PartyStep, PartyStepResult};
use crate::parties::messages::{self, News};
use crate::parties::policy;
use crate::parties::rows::verification_step;
use crate::parties::rules::life::{Move, after, is_open};
use crate::parties::rules::verification;
use crate::parties::store::{evidence, history, party as rows, reviews, visible};

/// Characters of a note.
const NOTE: usize = 500;

kernel::refusals! {
    /// Why a step was not recorded (不予记录核验事项).
    pub RecordVerificationStep => RecordVerificationStepRefused, RecordVerificationStepRefusalCode {
        /// It is closed.
        Closed @ "id": "该主体已注销，不再记录核验事项。" / "This party is closed; no more steps are recorded.",
        /// This kind of party has no such step.
        NotOfThisKind @ "input.step": "这类主体没有此项核验事项，请选择其他事项。" / "This kind of party has no such step; choose another.",
        /// A day to come.
        InFuture @ "input.madeOn": "核验日期不能晚于今天。" / "The day cannot be later than today.",
        /// A step that failed, without a word.
        NoteMissing @ "input.note": "核验不通过的，请说明问题。" / "Say what was wrong.",
        /// A note longer than is kept.
        NoteTooLong { limit: usize } @ "input.note": "说明超过 {limit} 个字，请缩短。" / "The note has more than {limit} characters; shorten it.",
        /// The paper itself is to be kept.
        EvidenceNeeded @ "input.evidence": "请上传所查看的材料（照片或扫描件）。" / "Upload what was seen, as a photo or a scan.",
        /// A file that cannot be used.
        EvidenceNotReady @ "input.evidence":
            "材料未上传完成、已过期或已用于其他事项，请重新上传。" /
            "The file was not uploaded whole, has expired or belongs to something else; upload it again.",
    }
}

/// A step (核验事项).
#[derive(Clone, Debug)]
pub struct StepInput {
    /// What was looked at.
    pub step: PartyStep,
    /// What it showed.
    pub result: PartyStepResult,
    /// When; today where nothing is said.
    pub made_on: Option<NaiveDate>,
    /// A word on it.
    pub note: Option<String>,
    /// What was shown.
    pub evidence: Option<Uuid>,
}

/// Records a step of a verification (记录核验事项). Of each step the newest counts; nothing is overwritten. A verified party is
/// verified no more once a step failed.
pub async fn record_step(
    ctx: &Ctx,
    party: Uuid,
    input: StepInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordVerificationStep>> {
    ctx.transact_once(&policy::CHECK, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CHECK, party).await?;
        let status = PartyStatus::of(&row);
        if !is_open(status) {
            return Err(Stop::Refused(RecordVerificationStep::Closed));
        }
        let today = tx.ctx().today();
        decide(PartyKind::of(&row), &input, today).map_err(Stop::Refused)?;
        let id = save(&tx, party, &input, today).await?;
        history::write(&tx, party, "checked", None);
        tx.note("step", input.step.code());
        tx.note("result", input.result.code());
        match after(status, Move::Doubt).filter(|_| input.result == PartyStepResult::Failed) {
            Some(status) => doubt(&tx, &row, status, &input).await?,
            None => rows::touch(&tx, party).await?,
        }
        Ok(Outcome::of("VerificationStep", id, 1))
    })
    .await
}

fn decide(kind: PartyKind, input: &StepInput, today: NaiveDate) -> Result<(), RecordVerificationStep> {
    if !verification::has(kind, input.step) {
        return Err(RecordVerificationStep::NotOfThisKind);
    }
    if input.made_on.is_some_and(|day| day > today) {
        return Err(RecordVerificationStep::InFuture);
    }
    let note = input.note.as_deref().map(text::tidy).filter(|note| !note.is_empty());
    if input.result == PartyStepResult::Failed && note.is_none() {
        return Err(RecordVerificationStep::NoteMissing);
    }
    if note.is_some_and(|note| note.chars().count() > NOTE) {
        return Err(RecordVerificationStep::NoteTooLong { limit: NOTE });
    }
    let passed = input.result == PartyStepResult::Passed;
    if passed && verification::needs_evidence(input.step) && input.evidence.is_none() {
        return Err(RecordVerificationStep::EvidenceNeeded);
    }
    Ok(())
}

async fn save(tx: &Tx, party: Uuid, input: &StepInput, today: NaiveDate) -> Result<Uuid, Stop<RecordVerificationStep>> {
    let file = match input.evidence {
        None => None,
        Some(file) => {
            let kept = evidence::take(tx, file).await?;
            Some(kept.ok_or(Stop::Refused(RecordVerificationStep::EvidenceNotReady))?)
        }
    };
    let ctx = tx.ctx();
    let id = ctx.new_id();
    let row = verification_step::ActiveModel {
        id: Set(id),
        party_id: Set(party),
        step: Set(input.step),
        result: Set(input.result),
        made_on: Set(input.made_on.unwrap_or(today)),
        note: Set(input.note.as_deref().map(text::tidy).filter(|note| !note.is_empty())),
        evidence: Set(file),
        verified_by: Set(ctx.actor().account_id()),
        recorded_at: Set(ctx.now()),
        void: Set(false),
    };
    verification_step::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Badge and fast lane are gone, the party waits to be decided again, and is told.
async fn doubt(tx: &Tx, row: &hiring_party::Model, status: PartyStatus, input: &StepInput) -> Result<(), Fault> {
    let note = input.note.as_deref().map(text::tidy);
    let reason = verification::notice(&[input.step], note.as_deref()).zh;
    let change = hiring_party::ActiveModel {
        status: Set(status.code().to_owned()),
        status_reason: Set(Some(reason.clone())),
        fast_lane: Set(false),
        verified_on: Set(None),
        verified_by: Set(None),
        rechecked_on: Set(None),
        ..Default::default()
    };
    if !rows::change(tx, row, change).await? {
        return Err(Fault::internal("take the badge from a party: its row is held"));
    }
    reviews::open(tx, row.id).await?;
    history::write(tx, row.id, "doubted", Some(reason));
    tx.announce(&PartyVerificationLost { party: row.id })?;
    messages::tell(tx, row, News::Doubted).await
}
