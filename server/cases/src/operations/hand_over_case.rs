//! Handing a case over (提请转办): an offer, which counts once it is accepted; until then the owner owns it.

use entities::account;
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::kinds::CaseEventKind;
use crate::rows::case_file::{ActiveModel, Model};
use crate::rules::life::{self, Hitch};
use crate::store::{case, officials, timeline, visible};
use crate::{mail, policy};

kernel::refusals! {
    /// Why a case was not offered (不予转办).
    pub HandOverCase => HandOverCaseReason, HandOverCaseRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该办件刚被他人变更（现为第{current}版），请刷新后再试。" /
            "Someone else has just changed this case (now version {current}); reload and try again.",
        /// It was decided or withdrawn.
        Closed @ "id": "该办件已办结或已撤回，不能转办。" / "This case was decided or withdrawn and cannot be handed over.",
        /// It is not the caller's.
        NotOwner @ "id": "只有经办人可以提请转办；该办件不由您经办。" / "Only its owner hands a case over, and you do not own this one.",
        /// To its owner.
        ToYourself @ "to": "该办件已由您经办，请选择其他人员。" / "You own this case already; choose somebody else.",
        /// To somebody who may not handle it.
        NotAnOfficial @ "to":
            "该人员不能办理此类办件，或账号已停用，请另选。" /
            "That account may not handle such cases here, or is not in use; choose another.",
    }
}

/// Offers a case to another official (提请转办). A later offer takes the place of an earlier one.
pub async fn hand_over_case(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    to: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<HandOverCase>> {
    ctx.transact_once(&policy::HAND_OVER, once, |tx| async move {
        let (row, kind) = visible::load_for(&tx, &policy::HAND_OVER, id).await?;
        let me = tx.ctx().account()?.id;
        let other = officials::account(&tx, to).await?.ok_or(Fault::NotFound)?;
        decide(&row, version, me, &other).map_err(Stop::Refused)?;
        if !officials::may_handle(&tx, &other, &kind, &visible::place_of(&row)).await? {
            return Err(Stop::Refused(HandOverCase::NotAnOfficial));
        }
        let change =
            ActiveModel { offered_to: Set(Some(to)), offered_at: Set(Some(tx.ctx().now())), ..ActiveModel::default() };
        if !case::change(&tx, &row, change).await? {
            return Err(Stop::Refused(HandOverCase::Conflict { current: row.version + 1 }));
        }
        timeline::write_about(&tx, id, CaseEventKind::Offered, Some(to));
        for reader in officials::readers(&tx, &[to]).await? {
            tx.mail(mail::offered(&reader, &mail::Line::of(&row, &kind))).await?;
        }
        tx.note("reference", row.reference);
        tx.note("to", other.username);
        Ok(Outcome::of("Case", id, version + 1))
    })
    .await
}

fn decide(row: &Model, version: i32, me: Uuid, to: &account::Model) -> Result<(), HandOverCase> {
    if row.version != version {
        return Err(HandOverCase::Conflict { current: row.version });
    }
    life::hand_over(row.life(), me, to.id).map_err(|hitch| match hitch {
        Hitch::ToYourself => HandOverCase::ToYourself,
        Hitch::NotOwner => HandOverCase::NotOwner,
        _ => HandOverCase::Closed,
    })
}
