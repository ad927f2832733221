//! What people do with imports and exports (导入导出操作): one file each.

pub mod apply;
pub mod cancel;
pub mod check;
pub mod correct;
pub mod export;
pub mod list_imported;
pub mod purge;
mod remember;
pub mod run_import;

use kernel::{Ctx, Fault, Place, Tx};
use sea_orm::{ConnectionTrait, EntityTrait as _, QuerySelect as _};
use uuid::Uuid;

use super::place::Counties;
use super::store;
use crate::kinds::ImportStatus;
use crate::policy;
use crate::rows::directory_import;

/// Where the caller may import; nowhere is forbidden.
pub(super) async fn counties(ctx: &Ctx, action: &kernel::Action) -> Result<Counties, Fault> {
    let counties = Counties::from(&ctx.reach(action).await?);
    if counties.city || !counties.counties.is_empty() { Ok(counties) } else { Err(Fault::Forbidden) }
}

/// An import that the caller may see: his own, and every one for those who may import in the whole city.
pub(super) async fn visible(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    id: Uuid,
) -> Result<(directory_import::Model, ImportStatus), Fault> {
    let mine = mine(ctx).await?;
    let (import, standing) = store::load(db, id).await?;
    if mine.is_none_or(|me| import.created_by == Some(me)) { Ok((import, standing)) } else { Err(Fault::NotFound) }
}

/// The same, held until the end of the transaction: what is done with one import takes turns, and its version is the newest.
pub(super) async fn held(tx: &Tx, id: Uuid) -> Result<(directory_import::Model, ImportStatus), Fault> {
    directory_import::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    visible(tx, tx.ctx(), id).await
}

/// Whose imports the caller sees: `None` is everybody's.
pub(super) async fn mine(ctx: &Ctx) -> Result<Option<Uuid>, Fault> {
    ctx.reach(&policy::IMPORT_CHECK).await?;
    if ctx.allows(&policy::IMPORT_CHECK, &Place::city()).await? { Ok(None) } else { Ok(Some(ctx.account()?.id)) }
}
