//! Accepting a case that was offered (接办): from here on it is the accepter's, and the clock goes on as it was.

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::CaseHandedOver;
use crate::kinds::{CaseEventKind, CaseStatus};
use crate::policy;
use crate::rows::case_file::{ActiveModel, Model};
use crate::rules::life::{self, Hitch};
use crate::store::{case, timeline, visible};

kernel::refusals! {
    /// Why a case was not accepted (不予接办).
    pub AcceptCase => AcceptCaseReason, AcceptCaseRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该办件刚被他人变更（现为第{current}版），请刷新后再试。" /
            "Someone else has just changed this case (now version {current}); reload and try again.",
        /// It was decided or withdrawn.
        Closed @ "id": "该办件已办结或已撤回，无需接办。" / "This case was decided or withdrawn; there is nothing to accept.",
        /// It was not offered to the caller.
        NotOffered @ "id":
            "该办件没有提请转办给您。无人经办的，请直接受理。" /
            "This case was not offered to you; one that nobody owns you can take.",
    }
}

/// Accepts a case that its owner offered (接办).
pub async fn accept_case(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<AcceptCase>> {
    ctx.transact_once(&policy::ACCEPT, once, |tx| async move {
        let (row, _) = visible::load_for(&tx, &policy::ACCEPT, id).await?;
        let me = tx.ctx().account()?.id;
        decide(&row, version, me).map_err(Stop::Refused)?;
        let change = ActiveModel {
            status: Set(CaseStatus::Accepted),
            owner_id: Set(Some(me)),
            owned_since: Set(Some(tx.ctx().now())),
            offered_to: Set(None),
            offered_at: Set(None),
            ..ActiveModel::default()
        };
        if !case::change(&tx, &row, change).await? {
            return Err(Stop::Refused(AcceptCase::Conflict { current: row.version + 1 }));
        }
        timeline::write_about(&tx, id, CaseEventKind::HandedOver, row.owner_id);
        tx.note("reference", row.reference);
        tx.announce(&CaseHandedOver { id })?;
        Ok(Outcome::of("Case", id, version + 1))
    })
    .await
}

fn decide(row: &Model, version: i32, me: Uuid) -> Result<(), AcceptCase> {
    if row.version != version {
        return Err(AcceptCase::Conflict { current: row.version });
    }
    life::accept(row.life(), me).map_err(|hitch| match hitch {
        Hitch::NotOffered => AcceptCase::NotOffered,
        _ => AcceptCase::Closed,
    })
}
