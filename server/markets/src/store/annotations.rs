//! The tasks to annotate a market on maps (地图标注任务): a listed market in the public interest is annotated on Baidu and
//! Gaode (晋人社厅发〔2022〕60号 三), however it came to be one.

use kernel::maps::MapProvider;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::kinds::AnnotationStatus;
use crate::rows::map_annotation;
use crate::schema::kept::provider_code;

/// The providers asked for, as stored.
pub const REQUIRED: [&str; 2] = [provider_code(MapProvider::Baidu), provider_code(MapProvider::Gaode)];

/// Markets of one statement.
const AT_ONCE: usize = 500;

/// The two tasks of each of these markets; what is there already stays.
pub async fn ensure(tx: &Tx, markets: &[Uuid]) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let keep = OnConflict::columns([map_annotation::Column::MarketId, map_annotation::Column::Provider])
        .do_nothing()
        .to_owned();
    for some in markets.chunks(AT_ONCE) {
        let tasks = some.iter().flat_map(|market| {
            [MapProvider::Baidu, MapProvider::Gaode].map(|provider| map_annotation::ActiveModel {
                id: Set(ctx.new_id()),
                market_id: Set(*market),
                version: Set(1),
                provider: Set(provider_code(provider).to_owned()),
                status: Set(AnnotationStatus::Todo),
                poi_id: Set(None),
                checked_on: Set(None),
                note: Set(None),
                assignee: Set(None),
                due_on: Set(None),
            })
        });
        map_annotation::Entity::insert_many(tasks).on_conflict(keep.clone()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The market has moved: what was handed in shows the old place and is to be handed in again. The POI stays, so that it is
/// moved and not doubled.
pub async fn moved(tx: &Tx, market: Uuid) -> Result<(), Fault> {
    map_annotation::Entity::update_many()
        .col_expr(map_annotation::Column::Status, Expr::value(AnnotationStatus::Todo))
        .col_expr(map_annotation::Column::Version, Expr::col(map_annotation::Column::Version).add(1))
        .filter(map_annotation::Column::MarketId.eq(market))
        .filter(map_annotation::Column::Status.ne(AnnotationStatus::Todo))
        .exec(tx)
        .await?;
    Ok(())
}
