//! The agencies a city knows, and what others ask about them.

use std::collections::HashMap;
use std::sync::Arc;

use entities::agency;
use kernel::house::policy::ACCESS_EXPLAIN;
use kernel::{Actor, Ctx, Fault, Kernel, Place, places};
use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::agencies::policy::READ;
use crate::agencies::schema::Agency;
use crate::agencies::store::place_of;
use crate::policy;
use crate::queries::escape;

/// The agencies of these ids, for whoever sees what they run: what hangs on them is read once for all.
pub async fn agencies_of(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Agency>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = agency::Entity::find().filter(agency::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    Ok(ids.into_iter().zip(Agency::page(ctx, rows)).collect())
}

async fn stand_of(ctx: &Ctx, id: Uuid) -> Result<Option<Place>, Fault> {
    let Some(row) = agency::Entity::find_by_id(id).one(&ctx.scope()).await? else { return Ok(None) };
    let place = place_of(&row);
    let seen = matches!(ctx.actor(), Actor::System(_))
        || ctx.allows(&policy::READ_ACCOUNTS, &Place::city()).await?
        || ctx.allows(&ACCESS_EXPLAIN, &Place::city()).await?
        || ctx.allows(&READ, &place).await?;
    Ok(seen.then_some(place))
}

async fn names_of(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Fault> {
    let rows = agency::Entity::find().filter(agency::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Part of a name or of a licence's number.
pub(crate) fn said(part: &str) -> Condition {
    let like = LikeExpr::new(format!("%{}%", escape(part))).escape('\\');
    Condition::any().add(agency::Column::Name.like(like.clone())).add(agency::Column::LicenceNo.like(like))
}

/// Agencies by a part of their name or of their licence's number.
async fn find(ctx: &Ctx, part: &str, limit: u64) -> Result<Vec<(Uuid, String)>, Fault> {
    let rows = agency::Entity::find()
        .filter(said(part))
        .order_by_asc(agency::Column::Name)
        .order_by_asc(agency::Column::Id)
        .limit(limit)
        .all(&ctx.scope())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, format!("{}（{}）", row.name, row.licence_no))).collect())
}

/// Says where agencies stand and what they are called; once, when the house is opened.
pub fn teach(kernel: &Kernel) {
    let locate: places::Locate = Arc::new(|ctx, id| Box::pin(async move { stand_of(&ctx, id).await }));
    let name: places::Name = Arc::new(|ctx, ids| Box::pin(async move { names_of(&ctx, ids).await }));
    let find: places::Find = Arc::new(|ctx, part, limit| Box::pin(async move { find(&ctx, &part, limit).await }));
    places::teach(kernel, "Agency", places::Kind { locate, name, find });
}
