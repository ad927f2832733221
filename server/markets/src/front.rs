//! The front door (对外接口): what other chapters and the server ask of the directory without knowing its rows.

use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::kinds::MarketStatus;
use crate::rows::market;

/// The market of this shown name (按名称查找市场).
pub async fn market_named(ctx: &Ctx, name: &str) -> Result<Option<Uuid>, Fault> {
    let row = market::Entity::find().filter(market::Column::DisplayName.eq(name)).one(&ctx.scope()).await?;
    Ok(row.map(|m| m.id))
}

/// The version of a market now (当前版本).
pub async fn version_of(ctx: &Ctx, id: Uuid) -> Result<i32, Fault> {
    let row = market::Entity::find_by_id(id).one(&ctx.scope()).await?;
    row.map(|m| m.version).ok_or(Fault::NotFound)
}

/// The address of a listed market's public page (公开页面网址).
#[must_use]
pub fn public_url(ctx: &Ctx, slug: &str) -> String {
    format!("{}/{}/markets/{slug}", ctx.kernel().config.public_url, ctx.tenant().slug)
}

/// The QR code of a listed market's public page, as SVG (零工市场二维码); `None` for a market that is not public.
pub async fn public_qr(ctx: &Ctx, slug: &str) -> Result<Option<String>, Fault> {
    let listed = market::Entity::find()
        .filter(market::Column::Slug.eq(slug))
        .filter(market::Column::Status.eq(MarketStatus::Listed))
        .one(&ctx.scope())
        .await?;
    let Some(listed) = listed else { return Ok(None) };
    kernel::qr::svg(&public_url(ctx, &listed.slug)).map(Some).map_err(|_| Fault::internal("draw a QR code"))
}
