//! What hangs on a hiring party.

use std::collections::HashMap;

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::{citizen, party_member};
use kernel::gql::{Date, moment};
use kernel::keys::KeyRing;
use kernel::{Ctx, Fault, Mask, Pii};
use uuid::Uuid;

use crate::colleagues::Colleague;
use crate::parties::kinds::{PartyMemberRole, PartyStep, PartyStepResult};
use crate::parties::rows::{agent_authorisation, party_event, party_review, verification_step};
use crate::parties::rules::verification;
use crate::parties::store::{citizens, history};

/// A step of a verification (核验事项).
#[derive(Clone, Debug, SimpleObject)]
pub struct VerificationStep {
    /// Its id (标识).
    pub id: ID,
    /// What was looked at (事项).
    pub step: PartyStep,
    /// What it showed (结果).
    pub result: PartyStepResult,
    /// When (核验日期).
    pub made_on: Date,
    /// A word on it (说明).
    pub note: Option<String>,
    /// Was a file kept (是否留存材料)? `openPartyEvidence` opens it.
    pub has_evidence: bool,
    /// Does it count (是否有效)? What was looked at before the party closed does not.
    pub counts: bool,
    /// When it was entered (记录时间).
    pub recorded_at: DateTime<FixedOffset>,
    /// Who looked (核验人); nobody where the house itself did, or the account is gone.
    pub verified_by: Option<Colleague>,
}

impl VerificationStep {
    pub(super) fn of(ctx: &Ctx, row: &verification_step::Model, names: &HashMap<Uuid, Pii<String>>) -> Self {
        Self {
            id: ctx.gid("VerificationStep", row.id),
            step: row.step,
            result: row.result,
            made_on: Date(row.made_on),
            note: row.note.clone(),
            has_evidence: row.evidence.is_some(),
            counts: !row.void,
            recorded_at: moment(row.recorded_at),
            verified_by: Colleague::of(ctx, row.verified_by, names),
        }
    }
}

/// What a party was told to bring (一次性告知).
#[derive(Clone, Debug, SimpleObject)]
pub struct PartyNotice {
    /// When (告知时间).
    pub told_at: DateTime<FixedOffset>,
    /// The steps that were missing, all of them (所缺事项).
    pub missing: Vec<PartyStep>,
    /// What else was said (说明).
    pub remarks: Option<String>,
    /// All of it in one sentence, in the caller's language (告知内容).
    pub text: String,
}

impl PartyNotice {
    pub(super) fn of(ctx: &Ctx, row: &party_review::Model) -> Option<Self> {
        let codes = row.missing.as_deref().unwrap_or_default().split(' ');
        let missing: Vec<PartyStep> = codes.filter_map(PartyStep::from_code).collect();
        let text = verification::notice(&missing, row.remarks.as_deref()).get(ctx.lang()).to_owned();
        Some(Self { told_at: moment(row.decided_at?), missing, remarks: row.remarks.clone(), text })
    }
}

/// Somebody who acts for a party (经办人), masked.
#[derive(Clone, Debug, SimpleObject)]
pub struct PartyMember {
    /// Its id, for `endAgent` (标识).
    pub id: ID,
    /// Name, masked; nothing where none was given (姓名).
    pub name: Option<String>,
    /// Mobile number, masked; nothing where none was proved (手机号码).
    pub phone: Option<String>,
    /// As what (身份).
    pub role: PartyMemberRole,
    /// Since when (起始时间).
    pub since: DateTime<FixedOffset>,
}

impl PartyMember {
    pub(super) fn of(
        ctx: &Ctx,
        ring: &KeyRing,
        row: &party_member::Model,
        citizen: &citizen::Model,
    ) -> Result<Self, Fault> {
        Ok(Self {
            id: ctx.gid("PartyMember", row.id),
            name: citizens::name(ring, citizen)?.map(|name| name.masked(Mask::Name)),
            phone: citizens::phone(ring, citizen)?.map(|phone| phone.masked(Mask::Phone)),
            role: PartyMemberRole::from_code(&row.authorised).unwrap_or(PartyMemberRole::Agent),
            since: moment(row.since),
        })
    }
}

/// Somebody who asks to act for a party (经办申请), masked.
#[derive(Clone, Debug, SimpleObject)]
pub struct AgentRequest {
    /// Its id, for `answerAgencyRequest` (标识).
    pub id: ID,
    /// Name, masked; nothing where none was given (姓名).
    pub name: Option<String>,
    /// Mobile number, masked (手机号码).
    pub phone: Option<String>,
    /// When it was asked for (申请时间).
    pub asked_at: DateTime<FixedOffset>,
}

impl AgentRequest {
    pub(super) fn of(
        ctx: &Ctx,
        ring: &KeyRing,
        row: &agent_authorisation::Model,
        citizen: &citizen::Model,
    ) -> Result<Self, Fault> {
        Ok(Self {
            id: ctx.gid("AgentRequest", row.id),
            name: citizens::name(ring, citizen)?.map(|name| name.masked(Mask::Name)),
            phone: citizens::phone(ring, citizen)?.map(|phone| phone.masked(Mask::Phone)),
            asked_at: moment(row.asked_at),
        })
    }
}

/// Something that happened to a party (沿革).
#[derive(Clone, Debug, SimpleObject)]
pub struct PartyEvent {
    /// Its id (标识).
    pub id: ID,
    /// When (时间).
    pub at: DateTime<FixedOffset>,
    /// Its kind (代码).
    pub kind: String,
    /// In words, in the caller's language (名称).
    pub title: String,
    /// The reason that was given (原因).
    pub reason: Option<String>,
    /// The user name of whoever did it, where it was done by an account (办理账号).
    pub actor: Option<String>,
    /// Was it the party itself (本主体办理)?
    pub by_itself: bool,
}

impl PartyEvent {
    pub(super) fn of(ctx: &Ctx, row: &party_event::Model) -> Self {
        Self {
            id: ctx.gid("PartyEvent", row.id),
            at: moment(row.at),
            kind: row.kind.clone(),
            title: history::title(&row.kind).get(ctx.lang()).to_owned(),
            reason: row.reason.clone(),
            actor: row.actor.clone(),
            by_itself: row.citizen_id.is_some(),
        }
    }
}
