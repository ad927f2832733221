//! Ending an authorisation (终止经办授权): by the owner, at a counter, or by the agent himself.

use entities::party_member;
use kernel::{Actor, Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::close_party::owns_or_serves;
use crate::parties::kinds::{PartyKind, PartyMemberRole};
use crate::parties::policy;
use crate::parties::store::{history, party as rows, visible};

kernel::refusals! {
    /// Why an authorisation was not ended (不予终止授权).
    pub EndAgent => EndAgentRefused, EndAgentRefusalCode {
        /// It is over.
        AlreadyEnded @ "id": "该授权已经终止。" / "This authorisation has ended already.",
        /// Another agent's.
        OwnerOnly @ "id": "只有负责人可以终止他人的授权。" / "Only the owner ends somebody else's authorisation.",
        /// The owner cannot leave itself.
        OwnerStays @ "id":
            "负责人不能终止自己的身份：单位换人的，请持证照到窗口办理；不再用工的，请注销。" /
            "The owner does not leave: show the licence at a counter to change who it is, or close the party.",
    }
}

/// Ends an authorisation (终止经办授权), at once.
pub async fn end_agent(ctx: &Ctx, member: Uuid, once: Option<Once>) -> Result<Outcome, Stop<EndAgent>> {
    ctx.transact_once(&policy::AUTHORISE, once, |tx| async move {
        let row = party_member::Entity::find_by_id(member).one(&tx).await?.ok_or(Fault::NotFound)?;
        let party = visible::load_for(&tx, &policy::AUTHORISE, row.party_id).await?;
        decide(&tx, PartyKind::of(&party), &row).await?;
        let ended = party_member::Entity::update_many()
            .col_expr(party_member::Column::EndedAt, Expr::value(tx.ctx().now()))
            .filter(party_member::Column::Id.eq(member))
            .filter(party_member::Column::EndedAt.is_null())
            .exec(&tx)
            .await?;
        if ended.rows_affected == 0 {
            return Err(Stop::Refused(EndAgent::AlreadyEnded));
        }
        rows::touch(&tx, party.id).await?;
        history::write(&tx, party.id, "agent_ended", None);
        Ok(Outcome::of("PartyMember", member, 2))
    })
    .await
}

async fn decide(tx: &Tx, kind: PartyKind, member: &party_member::Model) -> Result<(), Stop<EndAgent>> {
    let owner = member.authorised == PartyMemberRole::Owner.code();
    let itself = tx.ctx().actor().citizen_id() == Some(member.citizen_id);
    // Whoever is the party stays it; a unit's owner is replaced where its licence is shown.
    if owner && (itself || !kind.is_unit() || matches!(tx.ctx().actor(), Actor::Citizen(_))) {
        return Err(Stop::Refused(EndAgent::OwnerStays));
    }
    if !itself && !owns_or_serves(tx, member.party_id).await? {
        return Err(Stop::Refused(EndAgent::OwnerOnly));
    }
    Ok(())
}
