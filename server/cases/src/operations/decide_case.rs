//! Deciding a case (办结): by its owner, never by whoever made what is contested or asked for it on somebody's behalf; what was
//! decided is done in the same transaction.

use async_graphql::InputObject;
use kernel::{Ctx, Once, Outcome, Pii, Stop, Tx, Words};
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use uuid::Uuid;

use crate::case_kind::CaseKind;
use crate::events::CaseDecided;
use crate::kinds::{CaseDecision, CaseEventKind, CaseStatus};
use crate::policy;
use crate::rows::case_file::{ActiveModel, Model};
use crate::rules::life::{self, Hitch};
use crate::rules::written::{self, ARTICLE, TEXT, Wanting, some};
use crate::store::{case, timeline, visible};

kernel::refusals! {
    /// Why a case was not decided (不予办结).
    pub DecideCase => DecideCaseReason, DecideCaseRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该办件刚被他人变更（现为第{current}版），请刷新后再试。" /
            "Someone else has just changed this case (now version {current}); reload and try again.",
        /// It was decided or withdrawn.
        Closed @ "id": "该办件已办结或已撤回。" / "This case was decided or withdrawn.",
        /// It is not the caller's.
        NotOwner @ "id":
            "该办件不由您经办：无人经办的请先受理，他人经办的请其提请转办。" /
            "You do not own this case: take it if nobody does, or ask its owner to hand it over.",
        /// The caller made what is contested.
        OwnDecision @ "id":
            "所争议的决定由您作出，您应当回避，请提请转办给其他人员。" /
            "You made the decision that is contested and cannot decide about it; hand the case over to somebody else.",
        /// The caller opened it for somebody.
        OwnRequest @ "id":
            "该办件由您代为提出，您应当回避，请提请转办给其他人员。" /
            "You opened this case on somebody's behalf and cannot decide about it; hand the case over to somebody else.",
        /// The kind knows no such decision.
        NotAllowed { zh: String, en: String } @ "input.decision":
            "此类办件不能作出“{zh}”的决定。" / "A case of this kind cannot be {en}.",
        /// What it is about does not let it be done.
        NotPossible { zh: String, en: String } @ "input.decision": "不能这样办结：{zh}" / "It cannot be decided so. {en}",
        /// No ground.
        GroundMissing @ "input.ground":
            "不予支持或更正记录的，请写明理由。" / "Whoever says no or puts a record right says why: give the ground.",
        /// No article.
        ArticleMissing @ "input.article":
            "不予支持的，请写明所依据的条款。" / "Whoever is told no is told by which article: name it.",
        /// A ground longer than is kept.
        GroundTooLong { limit: usize } @ "input.ground":
            "理由超过 {limit} 个字，请缩短。" / "The ground has more than {limit} characters; shorten it.",
        /// An article longer than is kept.
        ArticleTooLong { limit: usize } @ "input.article":
            "依据条款超过 {limit} 个字，请缩短。" / "The article has more than {limit} characters; shorten it.",
    }
}

/// What is decided (办结意见).
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DecideCaseInput {
    /// The decision (办理结果).
    pub decision: CaseDecision,
    /// Why (理由); asked for where the person is told no, or a record is put right. The person reads it.
    pub ground: Option<String>,
    /// By which article (依据条款); asked for where the person is told no.
    pub article: Option<String>,
}

/// Decides a case (办结).
pub async fn decide_case(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: DecideCaseInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<DecideCase>> {
    ctx.transact_once(&policy::DECIDE, once, |tx| async move {
        let (row, kind) = visible::load_for(&tx, &policy::DECIDE, id).await?;
        let me = tx.ctx().account()?.id;
        decide(&row, version, me, &input, &kind).map_err(Stop::Refused)?;
        let contested = kind.matter.contested(&tx, row.subject_id).await?;
        life::stand_back(me, contested, row.opened_by_account()).map_err(|hitch| {
            Stop::Refused(if hitch == Hitch::OwnRequest { DecideCase::OwnRequest } else { DecideCase::OwnDecision })
        })?;
        if !save(&tx, &row, &input, me).await? {
            return Err(Stop::Refused(DecideCase::Conflict { current: row.version + 1 }));
        }
        timeline::write(&tx, id, CaseEventKind::Decided);
        let done = kind.matter.decide(&tx, &row.file(), input.decision).await?;
        done.map_err(|Words { zh, en }| Stop::Refused(DecideCase::NotPossible { zh, en }))?;
        tx.note("reference", row.reference.as_str());
        tx.note("decision", input.decision.code());
        let (kind, about) = (row.kind, row.subject_id);
        tx.announce(&CaseDecided { id, kind, about, decision: input.decision })?;
        Ok(Outcome::of("Case", id, version + 1))
    })
    .await
}

fn decide(row: &Model, version: i32, me: Uuid, input: &DecideCaseInput, kind: &CaseKind) -> Result<(), DecideCase> {
    if row.version != version {
        return Err(DecideCase::Conflict { current: row.version });
    }
    life::decide(row.life(), me, input.decision, kind.decisions).map_err(|hitch| match hitch {
        Hitch::NotOwner => DecideCase::NotOwner,
        Hitch::NotAllowed => {
            let title = input.decision.title();
            DecideCase::NotAllowed { zh: title.zh.to_owned(), en: title.en.to_owned() }
        }
        _ => DecideCase::Closed,
    })?;
    written::decision(input.decision, input.ground.as_deref(), input.article.as_deref()).map_err(
        |wanting| match wanting {
            Wanting::Ground => DecideCase::GroundMissing,
            Wanting::Article => DecideCase::ArticleMissing,
            Wanting::GroundTooLong => DecideCase::GroundTooLong { limit: TEXT },
            Wanting::ArticleTooLong => DecideCase::ArticleTooLong { limit: ARTICLE },
        },
    )
}

async fn save(tx: &Tx, row: &Model, input: &DecideCaseInput, me: Uuid) -> Result<bool, kernel::Fault> {
    let ring = tx.ctx().keys().await?;
    let ground = input.ground.as_deref().and_then(some).map(Pii::from);
    let sealed = ground.map(|ground| ring.seal("case_file", "decision_ground", row.id, &ground)).transpose()?;
    let change = ActiveModel {
        status: Set(CaseStatus::Decided),
        decision: Set(Some(input.decision)),
        decision_ground: Set(sealed),
        decision_article: Set(input.article.as_deref().and_then(some).map(str::to_owned)),
        decided_by: Set(Some(me)),
        decided_at: Set(Some(tx.ctx().now())),
        ..case::closed(tx, row)
    };
    case::change(tx, row, change).await
}
