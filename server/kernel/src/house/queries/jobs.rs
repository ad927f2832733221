//! Jobs: everybody's for those who may, one's own for everybody.

use entities::job;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::house::policy::JOB_READ;
use crate::policy::Place;

/// Whose jobs the caller sees: `None` is everybody's.
async fn visible_to(ctx: &Ctx) -> Result<Option<Uuid>, Fault> {
    if ctx.allows(&JOB_READ, &Place::city()).await? { Ok(None) } else { Ok(Some(ctx.account()?.id)) }
}

/// A page of jobs, newest first, after the id `after`.
pub async fn jobs(ctx: &Ctx, mine: bool, after: Option<Uuid>, limit: u64) -> Result<Vec<job::Model>, Fault> {
    let owner = if mine { Some(ctx.account()?.id) } else { visible_to(ctx).await? };
    let rows = job::Entity::find()
        .filter(
            Condition::all()
                .add_option(owner.map(|id| job::Column::CreatedBy.eq(id)))
                .add_option(after.map(|id| job::Column::Id.lt(id))),
        )
        .order_by_desc(job::Column::Id)
        .limit(limit)
        .all(&ctx.scope())
        .await?;
    Ok(rows)
}

/// One job, or [`Fault::NotFound`].
pub async fn job(ctx: &Ctx, id: Uuid) -> Result<job::Model, Fault> {
    let row = job::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let owner = visible_to(ctx).await?;
    if owner.is_none_or(|me| row.created_by == Some(me)) { Ok(row) } else { Err(Fault::NotFound) }
}
