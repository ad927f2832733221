//! Removing a construction project (删除建设改造项目).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::{construction_project, milestone};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a construction project was not removed (不予删除建设改造项目).
    pub RemoveProject => RemoveProjectReason, RemoveProjectRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "建设改造项目已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this construction project (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
    }
}

/// Removes a construction project of a market (删除建设改造项目).
pub async fn remove_project(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemoveProject>> {
    ctx.transact_once(&policy::PLAN, once, |tx| async move {
        let of = construction_project::Column::MarketId;
        let (row, market) = visible::load_part::<construction_project::Entity>(&tx, &policy::PLAN, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveProject::Delisted));
        }
        if row.version != version {
            return Err(Stop::Refused(RemoveProject::Conflict { current: row.version }));
        }
        milestone::Entity::delete_many().filter(milestone::Column::ProjectId.eq(id)).exec(&tx).await?;
        construction_project::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "planned", None);
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
