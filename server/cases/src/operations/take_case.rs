//! Taking a case (受理办件): 首问负责, the first official who takes it owns it.

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::case_kind::CaseKind;
use crate::events::CaseTaken;
use crate::kinds::{CaseEventKind, CaseStatus};
use crate::policy;
use crate::rows::case_file::{ActiveModel, Model};
use crate::rules::life::{self, Hitch};
use crate::store::{case, officials, timeline, visible};

kernel::refusals! {
    /// Why a case was not taken (不予受理).
    pub TakeCase => TakeCaseReason, TakeCaseRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该办件刚被他人变更（现为第{current}版），请刷新后再试。" /
            "Someone else has just changed this case (now version {current}); reload and try again.",
        /// It was decided or withdrawn.
        Closed @ "id": "该办件已办结或已撤回，无需受理。" / "This case was decided or withdrawn; there is nothing to take.",
        /// It is somebody's.
        Taken @ "id":
            "该办件已由他人受理。如应由您办理，请经办人提请转办给您。" /
            "Somebody else owns this case; if it should be yours, ask the owner to hand it over to you.",
        /// It is the caller's.
        Yours @ "id": "该办件已由您受理，请直接办理。" / "You own this case already; go on with it.",
    }
}

/// Takes a case (受理办件). One whose owner left the office, or may not handle such cases any more, can be taken again.
pub async fn take_case(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<TakeCase>> {
    ctx.transact_once(&policy::TAKE, once, |tx| async move {
        let (row, kind) = visible::load_for(&tx, &policy::TAKE, id).await?;
        let me = tx.ctx().account()?.id;
        let works = owner_works(&tx, &row, &kind).await?;
        decide(&row, version, me, works).map_err(Stop::Refused)?;
        let change = ActiveModel {
            status: Set(CaseStatus::Accepted),
            owner_id: Set(Some(me)),
            owned_since: Set(Some(tx.ctx().now())),
            offered_to: Set(None),
            offered_at: Set(None),
            ..ActiveModel::default()
        };
        if !case::change(&tx, &row, change).await? {
            return Err(Stop::Refused(TakeCase::Conflict { current: row.version + 1 }));
        }
        timeline::write_about(&tx, id, CaseEventKind::Taken, row.owner_id);
        tx.note("reference", row.reference);
        tx.announce(&CaseTaken { id })?;
        Ok(Outcome::of("Case", id, version + 1))
    })
    .await
}

/// Does the owner, if there is one, still handle such cases?
async fn owner_works(tx: &Tx, row: &Model, kind: &CaseKind) -> Result<bool, Fault> {
    let Some(owner) = row.owner_id else { return Ok(false) };
    match officials::account(tx, owner).await? {
        Some(account) => officials::may_handle(tx, &account, kind, &visible::place_of(row)).await,
        None => Ok(false),
    }
}

fn decide(row: &Model, version: i32, me: Uuid, owner_works: bool) -> Result<(), TakeCase> {
    // Of two who take it at one moment the second is told whose it is.
    life::take(row.life(), me, owner_works).map_err(|hitch| match hitch {
        Hitch::Yours => TakeCase::Yours,
        Hitch::Taken => TakeCase::Taken,
        _ => TakeCase::Closed,
    })?;
    if row.version == version { Ok(()) } else { Err(TakeCase::Conflict { current: row.version }) }
}
