//! Points (履约记分): a worker's own, and those whose appeals an official decides.

use std::collections::HashMap;

use cases::Standing;
use entities::worker;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _, QueryOrder as _,
    QueryResult, QuerySelect as _,
};
use uuid::Uuid;

use crate::engagements::appeal::KIND;
use crate::engagements::store::deal::{columns, on};
use crate::engagements::store::doors;
use crate::policy;
use crate::rows::conduct_point::{self, Column};
use crate::rows::{engagement, posting};
use crate::store::visible;

/// Points, with what is shown of the worker.
#[derive(Clone, Debug)]
pub struct Point {
    /// The points.
    pub row: conduct_point::Model,
    /// The worker, masked.
    pub worker_name: String,
}

impl FromQueryResult for Point {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let points = conduct_point::Model::from_query_result(row, "c_")?;
        Ok(Self { row: points, worker_name: row.try_get("", "worker_name")? })
    }
}

fn joined() -> sea_orm::Select<conduct_point::Entity> {
    let of = on::<conduct_point::Entity, engagement::Entity>(Column::EngagementId, engagement::Column::Id);
    let posting = on::<engagement::Entity, posting::Entity>(engagement::Column::PostingId, posting::Column::Id);
    let worker = on::<conduct_point::Entity, worker::Entity>(Column::WorkerId, worker::Column::Id);
    let all = conduct_point::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, of)
        .join(JoinType::InnerJoin, posting)
        .join(JoinType::InnerJoin, worker)
        .column_as(worker::Column::NameMasked, "worker_name");
    columns::<_, conduct_point::Entity>(all, "c_")
}

/// A citizen's own, the newest first.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Point>, Fault> {
    let citizen = ctx.citizen()?;
    let Some(worker) = doors::own_worker(&ctx.scope(), citizen.id).await? else { return Ok(Vec::new()) };
    let rows = joined().filter(Column::WorkerId.eq(worker)).order_by_desc(Column::Id).limit(100);
    Ok(rows.into_model::<Point>().all(&ctx.scope()).await?)
}

/// A page of those that an official may look into, the newest first.
pub async fn page(ctx: &Ctx, paging: &Paging) -> Result<Vec<(Vec<String>, Point)>, Fault> {
    let reach = ctx.reach_by_class(&policy::POINTS).await?;
    let mut query = joined().filter(visible::within(&reach));
    if let Some(after) = &paging.after {
        const READ: &str = "read a cursor of points";
        let [id] = after.as_slice() else { return Err(Fault::internal(READ)) };
        let id: Uuid = id.parse().map_err(Fault::of(READ))?;
        query = query.filter(Column::Id.lt(id));
    }
    let rows = query.order_by_desc(Column::Id).limit(paging.limit()).into_model::<Point>().all(&ctx.scope()).await?;
    Ok(rows.into_iter().map(|point| (vec![point.row.id.to_string()], point)).collect())
}

/// One of them, for whoever may see it.
pub async fn one(ctx: &Ctx, id: Uuid) -> Result<Point, Fault> {
    let scope = ctx.scope();
    let query = joined().filter(Column::Id.eq(id));
    let query = match ctx.actor().citizen_id() {
        Some(citizen) => query.filter(worker::Column::CitizenId.eq(citizen)),
        None => query.filter(visible::within(&ctx.reach_by_class(&policy::APPEAL).await?)),
    };
    query.into_model::<Point>().one(&scope).await?.ok_or(Fault::NotFound)
}

/// How far the appeals against points are: one statement.
pub async fn appeals(ctx: &Ctx, points: &[Uuid]) -> Result<HashMap<Uuid, Standing>, Fault> {
    cases::about(&ctx.scope(), KIND, points.to_vec()).await
}
