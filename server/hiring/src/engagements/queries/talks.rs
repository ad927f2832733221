//! Messages of an engagement (转达的消息).

use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::engagements::store::deal;
use crate::policy;
use crate::rows::talk::{Column, Entity, Model};

/// A page of messages, the first first: for the two sides, and for the staff who passes them on.
pub async fn page(ctx: &Ctx, engagement: Uuid, paging: &Paging) -> Result<Vec<(Vec<String>, Model)>, Fault> {
    let scope = ctx.scope();
    let row = deal::read(&scope, engagement).await?;
    deal::may(&scope, ctx, &policy::TALK, &row).await?;
    let mut query = Entity::find().filter(Column::EngagementId.eq(engagement));
    if let Some(after) = &paging.after {
        const READ: &str = "read a cursor of messages";
        let [id] = after.as_slice() else { return Err(Fault::internal(READ)) };
        let id: Uuid = id.parse().map_err(Fault::of(READ))?;
        query = query.filter(Column::Id.gt(id));
    }
    let rows = query.order_by_asc(Column::Id).limit(paging.limit()).all(&scope).await?;
    Ok(rows.into_iter().map(|row| (vec![row.id.to_string()], row)).collect())
}
