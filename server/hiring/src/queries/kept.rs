//! What a hiring party keeps for itself (模板、常用工).

use std::collections::HashMap;

use entities::worker;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::conditions::part;
use crate::rows::{favourite, posting_template};
use crate::store::templates;

/// The one part of a cursor: ids are in the order of time.
fn before(paging: &Paging) -> Result<Option<Uuid>, Fault> {
    match paging.after.as_deref() {
        None => Ok(None),
        Some([id]) => Ok(Some(part(id)?)),
        Some(_) => Err(Fault::internal("read a cursor of what a party keeps")),
    }
}

/// A page of a party's templates, newest first.
pub async fn templates(ctx: &Ctx, party: Uuid, paging: &Paging) -> Result<Vec<posting_template::Model>, Fault> {
    use posting_template::Column;
    templates::may_keep(ctx, &ctx.scope(), party).await?;
    let after = before(paging)?.map(|id| Column::Id.lt(id));
    Ok(posting_template::Entity::find()
        .filter(Column::PartyId.eq(party))
        .filter(Condition::all().add_option(after))
        .order_by_desc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?)
}

/// A favourite, and the worker it is.
pub type Favoured = (favourite::Model, worker::Model);

/// A page of a party's favourites, newest first: two statements.
pub async fn favourites(ctx: &Ctx, party: Uuid, paging: &Paging) -> Result<Vec<Favoured>, Fault> {
    use favourite::Column;
    templates::may_keep(ctx, &ctx.scope(), party).await?;
    let after = before(paging)?.map(|id| Column::Id.lt(id));
    let rows = favourite::Entity::find()
        .filter(Column::PartyId.eq(party))
        .filter(Condition::all().add_option(after))
        .order_by_desc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let mut workers = workers(ctx, rows.iter().map(|row| row.worker_id).collect()).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.clone(), workers.remove(&row.worker_id)?))).collect())
}

/// Workers by their ids.
pub async fn workers(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, worker::Model>, Fault> {
    let rows = worker::Entity::find().filter(worker::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
