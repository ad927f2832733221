//! Small questions of other chapters and of the server (查找): by id, by name, by slug.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::house::policy::ACCESS_EXPLAIN;
use kernel::{Ctx, Fault, Kernel, Place, places};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::conditions;
use super::public_row::Wanted;
use crate::kinds::MarketStatus;
use crate::rows::market;
use crate::store::visible;

/// The version a market stands at, or [`Fault::NotFound`]. Asks nobody's permission: for the house's own use.
pub async fn version_of(ctx: &Ctx, id: Uuid) -> Result<i32, Fault> {
    let row = market::Entity::find_by_id(id).select_only().column(market::Column::Version);
    row.into_tuple::<i32>().one(&ctx.scope()).await?.ok_or(Fault::NotFound)
}

/// How many markets there are, whatever their state.
pub async fn count(ctx: &Ctx) -> Result<u64, Fault> {
    Ok(market::Entity::find().count(&ctx.scope()).await?)
}

/// Every market with its county, in the order in which they were registered. Asks nobody's permission: for the house's own
/// use.
pub async fn all_of(ctx: &Ctx) -> Result<Vec<(Uuid, String)>, Fault> {
    Ok(market::Entity::find()
        .select_only()
        .columns([market::Column::Id, market::Column::County])
        .order_by_asc(market::Column::Id)
        .into_tuple()
        .all(&ctx.scope())
        .await?)
}

/// A market that is shown under this name and is not delisted; the first registered of several.
pub async fn market_named(ctx: &Ctx, name: &str) -> Result<Option<Uuid>, Fault> {
    Ok(market::Entity::find()
        .select_only()
        .column(market::Column::Id)
        .filter(market::Column::DisplayName.eq(name))
        .filter(market::Column::Status.ne(MarketStatus::Delisted))
        .order_by_asc(market::Column::Id)
        .into_tuple::<Uuid>()
        .one(&ctx.scope())
        .await?)
}

/// The agency that runs a market, if one does. Asks nobody's permission: for the house's own use.
pub async fn agency_of(ctx: &Ctx, market: Uuid) -> Result<Option<Uuid>, Fault> {
    let row = market::Entity::find_by_id(market).select_only().column(market::Column::Agency);
    Ok(row.into_tuple::<Option<Uuid>>().one(&ctx.scope()).await?.flatten())
}

/// The QR code of a listed market's public page as SVG, by its id or slug; none for what the public does not see.
pub async fn public_qr(ctx: &Ctx, id_or_slug: &str) -> Result<Option<String>, Fault> {
    match super::directory::one(ctx, id_or_slug, &Wanted::all()).await {
        Ok(row) => qr_of(ctx, row.slug()?).map(Some),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The address of a market's public page.
#[must_use]
pub fn public_url(ctx: &Ctx, slug: &str) -> String {
    let base = ctx.kernel().config.public_url.trim_end_matches('/');
    format!("{base}/{}/markets/{slug}", ctx.tenant().slug)
}

/// The QR code of that address.
pub fn qr_of(ctx: &Ctx, slug: &str) -> Result<String, Fault> {
    kernel::qr::svg(&public_url(ctx, slug)).map_err(Fault::of("draw a QR code"))
}

/// Where a market stands, for whoever asks why somebody may do something there: who may explain access need not see the
/// markets themselves; everybody else asks about those they see.
pub async fn stand_of(ctx: &Ctx, id: Uuid) -> Result<Option<Place>, Fault> {
    let row = if ctx.allows(&ACCESS_EXPLAIN, &Place::city()).await? {
        market::Entity::find_by_id(id).one(&ctx.scope()).await?
    } else {
        match visible::load(&ctx.scope(), ctx, id).await {
            Ok(row) => Some(row),
            Err(Fault::NotFound | Fault::Forbidden) => None,
            Err(fault) => return Err(fault),
        }
    };
    Ok(row.map(|row| visible::place_of(&row)))
}

/// The names of markets, for whoever holds or assigns a role at them, and for what is done there.
pub async fn names_of(ctx: &Ctx, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let named: Vec<(Uuid, String)> = market::Entity::find()
        .select_only()
        .columns([market::Column::Id, market::Column::DisplayName])
        .filter(market::Column::Id.is_in(ids))
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    Ok(named.into_iter().collect())
}

/// Markets in whose search text these words are, the closed ones left out.
async fn find(ctx: &Ctx, part: &str, limit: u64) -> Result<Vec<(Uuid, String)>, Fault> {
    Ok(market::Entity::find()
        .select_only()
        .columns([market::Column::Id, market::Column::DisplayName])
        .filter(conditions::words(part))
        .filter(market::Column::Status.ne(MarketStatus::Delisted))
        .order_by_asc(market::Column::DisplayName)
        .order_by_asc(market::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(&ctx.scope())
        .await?)
}

/// Says where markets stand and what they are called; once, when the house is opened.
pub fn teach(kernel: &Kernel) {
    let locate: places::Locate = Arc::new(|ctx, id| Box::pin(async move { stand_of(&ctx, id).await }));
    let name: places::Name = Arc::new(|ctx, ids| Box::pin(async move { names_of(&ctx, ids).await }));
    let find: places::Find = Arc::new(|ctx, part, limit| Box::pin(async move { find(&ctx, &part, limit).await }));
    places::teach(kernel, "Market", places::Kind { locate, name, find });
}
