//! The figures of the city (招聘信息标准), kept as one setting.

use entities::setting;
use kernel::{Fault, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait as _, Set};

use crate::rules::figures::Figures;

/// Under which they are kept.
const NAME: &str = "hiring.posting_figures";

/// The figures in force.
pub async fn figures(db: &impl ConnectionTrait) -> Result<Figures, Fault> {
    let row = setting::Entity::find_by_id(NAME).one(db).await?;
    row.map_or_else(
        || Ok(Figures::default()),
        |row| serde_json::from_value(row.value).map_err(Fault::of("read the figures of postings")),
    )
}

/// Keeps other figures.
pub async fn keep(tx: &Tx, figures: &Figures) -> Result<(), Fault> {
    let row = setting::ActiveModel {
        name: Set(NAME.to_owned()),
        value: Set(serde_json::to_value(figures).map_err(Fault::of("write the figures of postings"))?),
        changed_at: Set(tx.ctx().now()),
        changed_by: Set(tx.ctx().actor().account_id()),
    };
    let replace = OnConflict::column(setting::Column::Name)
        .update_columns([setting::Column::Value, setting::Column::ChangedAt, setting::Column::ChangedBy])
        .to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}
