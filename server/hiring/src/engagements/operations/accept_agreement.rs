//! Accepting the written agreement of over-age work (确认超龄用工协议).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::engagements::rules::steps::holds_a_place;
use crate::engagements::store::{deal, slips};
use crate::kinds::Side;
use crate::policy;
use crate::rows::work_slip::{Column, Entity};

kernel::refusals! {
    /// Why an agreement was not accepted (不能确认协议).
    pub AcceptAgreement => AcceptAgreementRefused, AcceptAgreementRefusalCode {
        /// There is none.
        NotNeeded @ "id": "该用工单不含超龄用工协议，不需要确认。" / "This slip carries no written agreement; nothing is to be accepted.",
        /// It came to nothing.
        Over @ "id": "该对接已取消，不需要确认协议。" / "This engagement was cancelled; there is nothing to accept.",
        /// The staff did not say for whom.
        SideMissing @ "behalf": "请选择代哪一方确认；代办须当面征得本人同意。" / "Say for which side; whoever it is agrees in person.",
    }
}

/// Accepts the written agreement (确认超龄用工协议): both sides do, before the worker arrives (Order 56, art 6). At a counter the staff
/// writes down what somebody says in person.
pub async fn accept_agreement(
    ctx: &Ctx,
    id: Uuid,
    behalf: Option<Side>,
    once: Option<Once>,
) -> Result<Outcome, Stop<AcceptAgreement>> {
    ctx.transact_once(&policy::TALK, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::TALK, id, &Side::ALL).await?;
        let slip = slips::of(&tx, id).await?.filter(|slip| slip.over_age_agreement);
        let Some(slip) = slip else { return Err(Stop::Refused(AcceptAgreement::NotNeeded)) };
        if !holds_a_place(deal.row.status) {
            return Err(Stop::Refused(AcceptAgreement::Over));
        }
        let by = match (side, behalf) {
            (Side::Staff, Some(by @ (Side::Worker | Side::Party))) => by,
            (Side::Staff, _) => return Err(Stop::Refused(AcceptAgreement::SideMissing)),
            (own, _) => own,
        };
        tx.note("by", by.code());
        let column = if by == Side::Worker { Column::AcceptedByWorkerAt } else { Column::AcceptedByPartyAt };
        Entity::update_many()
            .col_expr(column, Expr::value(tx.ctx().now()))
            .filter(Column::EngagementId.eq(slip.engagement_id))
            // What was accepted stays accepted at its moment.
            .filter(column.is_null())
            .exec(&tx)
            .await?;
        Ok(Outcome::of("Engagement", id, deal.row.version))
    })
    .await
}
