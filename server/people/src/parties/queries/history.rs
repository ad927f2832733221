//! What happened to a party (用工主体沿革), page by page.

use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::after_id;
use crate::parties::rows::party_event::{self, Column};
use crate::parties::store::visible;

/// A page of the history of a party that the caller sees, the newest first, each with its key.
pub async fn page(ctx: &Ctx, party: Uuid, paging: &Paging) -> Result<Vec<(Vec<String>, party_event::Model)>, Fault> {
    visible::load(&ctx.scope(), ctx, party).await?;
    let begins = after_id(paging).map(|id| Column::Id.lt(id));
    let rows = party_event::Entity::find()
        .filter(Column::PartyId.eq(party))
        .filter(Condition::all().add_option(begins))
        .order_by_desc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    Ok(rows.into_iter().map(|row| (vec![row.id.to_string()], row)).collect())
}
