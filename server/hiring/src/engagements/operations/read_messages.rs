//! Saying that one has read what the other side wrote (标记消息已读).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::engagements::store::deal;
use crate::kinds::Side;
use crate::policy;
use crate::rows::talk::{Column, Entity};

kernel::refusals! {
    /// Why messages were not marked as read (不能标记已读).
    pub ReadMessages => ReadMessagesRefused, ReadMessagesRefusalCode {
        /// The staff reads for nobody.
        NotASide @ "id": "只有对接双方可以标记已读。" / "Only the two sides mark messages as read.",
    }
}

/// Marks what the other side wrote as read (标记消息已读).
pub async fn read_messages(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<ReadMessages>> {
    ctx.transact_once(&policy::TALK, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::TALK, id, &Side::ALL).await?;
        if side == Side::Staff {
            return Err(Stop::Refused(ReadMessages::NotASide));
        }
        Entity::update_many()
            .col_expr(Column::ReadAt, Expr::value(tx.ctx().now()))
            .filter(Column::EngagementId.eq(id))
            .filter(Column::Side.ne(side))
            .filter(Column::ReadAt.is_null())
            .exec(&tx)
            .await?;
        Ok(Outcome::of("Engagement", id, deal.row.version))
    })
    .await
}
