//! Small questions of other chapters and of the house (查找).

use kernel::{Ctx, Fault};
use sea_orm::{EntityTrait as _, PaginatorTrait as _, QuerySelect as _};
use uuid::Uuid;

use crate::rows::posting;

/// The version a posting stands at, or [`Fault::NotFound`]. Asks nobody's permission: for the house's own use.
pub async fn version_of(ctx: &Ctx, id: Uuid) -> Result<i32, Fault> {
    let row = posting::Entity::find_by_id(id).select_only().column(posting::Column::Version);
    row.into_tuple::<i32>().one(&ctx.scope()).await?.ok_or(Fault::NotFound)
}

/// How many postings there are, whatever their state.
pub async fn count(ctx: &Ctx) -> Result<u64, Fault> {
    Ok(posting::Entity::find().count(&ctx.scope()).await?)
}
