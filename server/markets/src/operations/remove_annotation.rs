//! Removing a map annotation (删除地图标注).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::saving;
use crate::policy;
use crate::rows::map_annotation;
use crate::store::{annotations, history, visible};

kernel::refusals! {
    /// Why a map annotation was not removed (不予删除地图标注).
    pub RemoveAnnotation => RemoveAnnotationReason, RemoveAnnotationRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "地图标注已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this map annotation (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// Baidu and Gaode are asked for by law.
        Required @ "id":
            "公益性零工市场须在百度、高德地图标注（晋人社厅发〔2022〕60号三），该任务不能删除；填错的请改为“待提交”。" /
            "A public-interest market is annotated on Baidu and Gaode maps (Shanxi notice of 2022, section 3); set a wrong entry back to TODO instead.",
    }
}

/// Removes a map annotation of a market (删除地图标注).
pub async fn remove_annotation(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemoveAnnotation>> {
    ctx.transact_once(&policy::ANNOTATE, once, |tx| async move {
        let of = map_annotation::Column::MarketId;
        let (row, market) = visible::load_part::<map_annotation::Entity>(&tx, &policy::ANNOTATE, id, of).await?;
        if saving::is_over(&market) {
            return Err(Stop::Refused(RemoveAnnotation::Delisted));
        }
        if row.version != version {
            return Err(Stop::Refused(RemoveAnnotation::Conflict { current: row.version }));
        }
        if market.public_interest
            && saving::is_on_show(&market)
            && annotations::REQUIRED.contains(&row.provider.as_str())
        {
            return Err(Stop::Refused(RemoveAnnotation::Required));
        }
        map_annotation::Entity::delete_by_id(id).exec(&tx).await?;
        saving::touch(&tx, market.id).await?;
        history::write(&tx, market.id, "annotated", None);
        Ok(Outcome::of("Removed", id, row.version))
    })
    .await
}
