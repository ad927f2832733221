//! The city's rules of the hire (用工规则), in its settings.

use entities::setting;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait as _};

use crate::engagements::rules::settings::HireRules;

/// Their name among the settings.
const NAME: &str = "hiring.rules";

/// The rules in force: what the city set, and for the rest the defaults.
pub async fn read(db: &impl ConnectionTrait) -> Result<HireRules, Fault> {
    match setting::Entity::find_by_id(NAME).one(db).await? {
        Some(row) => serde_json::from_value(row.value).map_err(Fault::of("read the rules of the hire")),
        None => Ok(HireRules::default()),
    }
}

/// Sets them.
pub async fn write(tx: &Tx, rules: &HireRules) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let row = setting::ActiveModel {
        name: Set(NAME.to_owned()),
        value: Set(serde_json::to_value(rules).map_err(Fault::of("write the rules of the hire"))?),
        changed_at: Set(ctx.now()),
        changed_by: Set(ctx.actor().account_id()),
    };
    let columns = [setting::Column::Value, setting::Column::ChangedAt, setting::Column::ChangedBy];
    let replace = OnConflict::column(setting::Column::Name).update_columns(columns).to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}
