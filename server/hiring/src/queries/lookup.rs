//! Small questions of other chapters and of the house (查找).

use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::rows::{engagement, posting, shift};

/// The version a posting stands at, or [`Fault::NotFound`]. Asks nobody's permission: for the house's own use.
pub async fn version_of(ctx: &Ctx, id: Uuid) -> Result<i32, Fault> {
    let row = posting::Entity::find_by_id(id).select_only().column(posting::Column::Version);
    row.into_tuple::<i32>().one(&ctx.scope()).await?.ok_or(Fault::NotFound)
}

/// How many postings there are, whatever their state.
pub async fn count(ctx: &Ctx) -> Result<u64, Fault> {
    Ok(posting::Entity::find().count(&ctx.scope()).await?)
}

/// The shifts of a posting in the order of time. Asks nobody's permission: for the house's own use.
pub async fn shifts_of(ctx: &Ctx, posting: Uuid) -> Result<Vec<Uuid>, Fault> {
    let of = shift::Entity::find().select_only().column(shift::Column::Id);
    let of = of.filter(shift::Column::PostingId.eq(posting)).order_by_asc(shift::Column::StartsAt);
    Ok(of.into_tuple().all(&ctx.scope()).await?)
}

/// The version an engagement stands at, or [`Fault::NotFound`]. Asks nobody's permission: for the house's own use.
pub async fn engagement_version_of(ctx: &Ctx, id: Uuid) -> Result<i32, Fault> {
    let row = engagement::Entity::find_by_id(id).select_only().column(engagement::Column::Version);
    row.into_tuple::<i32>().one(&ctx.scope()).await?.ok_or(Fault::NotFound)
}
