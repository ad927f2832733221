//! Closing a hiring party (注销用工主体), at its own wish.

use entities::hiring_party;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::parties::events::PartyClosed;
use crate::parties::kinds::{PartyDecision, PartyMemberRole, PartyRecheckStatus, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::party_recheck;
use crate::parties::rules::life::{Move, after};
use crate::parties::store::reviews::{self, Decided};
use crate::parties::store::{history, members, party as rows, steps, visible};

kernel::refusals! {
    /// Why a hiring party was not closed (不予注销).
    pub CloseParty => ClosePartyReason, ClosePartyRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is closed.
        Closed @ "id": "该主体已经注销。" / "This party is closed already.",
        /// An agent, who does not own it.
        OwnerOnly @ "id": "注销须由负责人办理，经办人不能代为注销。" / "Only the owner closes it; an agent does not.",
    }
}

/// Closes a hiring party (注销用工主体). It hires no more; what it owes it goes on owing, and whoever acted for it still sees it. It
/// may come back, and is verified anew.
pub async fn close_party(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<CloseParty>> {
    ctx.transact_once(&policy::CLOSE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CLOSE, id).await?;
        if row.version != version {
            return Err(Stop::Refused(CloseParty::Conflict { current: row.version }));
        }
        if after(PartyStatus::of(&row), Move::Close).is_none() {
            return Err(Stop::Refused(CloseParty::Closed));
        }
        if !owns_or_serves(&tx, id).await? {
            return Err(Stop::Refused(CloseParty::OwnerOnly));
        }
        if !close(&tx, &row, hiring_party::ActiveModel::default()).await? {
            return Err(Stop::Refused(CloseParty::Conflict { current: version + 1 }));
        }
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

/// Is the actor the owner, or somebody at a counter?
pub(super) async fn owns_or_serves(tx: &Tx, party: Uuid) -> Result<bool, Fault> {
    let Some(citizen) = tx.ctx().actor().citizen_id() else { return Ok(true) };
    let member = members::member(tx, party, citizen).await?;
    Ok(member.is_some_and(|member| member.authorised == PartyMemberRole::Owner.code()))
}

/// Writes down that the party is closed, and `more` with it; whether nobody else was faster.
pub(crate) async fn close(tx: &Tx, row: &hiring_party::Model, more: hiring_party::ActiveModel) -> Result<bool, Fault> {
    let change = hiring_party::ActiveModel {
        status: Set(PartyStatus::Closed.code().to_owned()),
        status_reason: Set(None),
        fast_lane: Set(false),
        ..more
    };
    let done = rows::change(tx, row, change).await?;
    steps::void_all(tx, row.id).await?;
    if reviews::opened(tx, row.id).await?.is_some() {
        reviews::decide(tx, row.id, Decided::simply(PartyDecision::Closed)).await?;
    }
    // There is nothing to look at any more.
    party_recheck::Entity::update_many()
        .col_expr(party_recheck::Column::Status, Expr::value(PartyRecheckStatus::Void.code()))
        .col_expr(party_recheck::Column::Version, Expr::col(party_recheck::Column::Version).add(1))
        .filter(party_recheck::Column::PartyId.eq(row.id))
        .filter(party_recheck::Column::Status.eq(PartyRecheckStatus::Open))
        .exec(tx)
        .await?;
    history::write(tx, row.id, "closed", None);
    tx.announce(&PartyClosed { party: row.id })?;
    Ok(done)
}
