//! Messages between the two sides (转达消息): writing them down, and telling of them.

use chrono::{DateTime, Utc};
use kernel::{Fault, Pii, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::kinds::Side;
use crate::rows::talk::{ActiveModel, Column, Entity};

/// Writes down, sealed, what a side says (转达); which message it is.
pub async fn say(tx: &Tx, engagement: Uuid, side: Side, words: String) -> Result<Uuid, Fault> {
    let ctx = tx.ctx();
    let id = ctx.new_id();
    tx.put(ActiveModel {
        id: Set(id),
        engagement_id: Set(engagement),
        side: Set(side),
        words: Set(ctx.keys().await?.seal("talk", "words", id, &Pii::new(words))?),
        at: Set(ctx.now()),
        read_at: Set(None),
    });
    Ok(id)
}

/// Since when something lies unread that the hiring party, or the staff, wrote; or that the worker did.
pub async fn unread_since(tx: &Tx, engagement: Uuid, by_party: bool) -> Result<Option<DateTime<Utc>>, Fault> {
    let written = if by_party { Column::Side.ne(Side::Worker) } else { Column::Side.eq(Side::Worker) };
    Ok(Entity::find()
        .select_only()
        .column(Column::At)
        .filter(Column::EngagementId.eq(engagement))
        .filter(written)
        .filter(Column::ReadAt.is_null())
        .order_by_asc(Column::Id)
        .into_tuple()
        .one(tx)
        .await?)
}
