//! The city's rules of the hire (用工规则), in its settings.

use entities::setting;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde_json::Value;

use crate::engagements::rules::settings::HireRules;

/// Their name among the settings.
pub const NAME: &str = "hiring.rules";

/// The rules that a setting holds, if there is one.
pub fn parsed(value: Option<Value>) -> Result<HireRules, Fault> {
    match value {
        Some(value) => serde_json::from_value(value).map_err(Fault::of("read the rules of the hire")),
        None => Ok(HireRules::default()),
    }
}

/// The rules in force: what the city set, and for the rest the defaults.
pub async fn read(db: &impl ConnectionTrait) -> Result<HireRules, Fault> {
    parsed(setting::Entity::find_by_id(NAME).one(db).await?.map(|row| row.value))
}

/// The same, held until the end of the transaction.
pub async fn held(tx: &Tx) -> Result<HireRules, Fault> {
    parsed(setting::Entity::find_by_id(NAME).lock_exclusive().one(tx).await?.map(|row| row.value))
}

/// Sets them in place of those that are held; false where somebody else set the first ones meanwhile.
pub async fn write(tx: &Tx, rules: &HireRules) -> Result<bool, Fault> {
    let ctx = tx.ctx();
    let row = setting::ActiveModel {
        name: Set(NAME.to_owned()),
        value: Set(serde_json::to_value(rules).map_err(Fault::of("write the rules of the hire"))?),
        changed_at: Set(ctx.now()),
        changed_by: Set(ctx.actor().account_id()),
    };
    if rules.version > 1 {
        setting::Entity::update_many().set(row).filter(setting::Column::Name.eq(NAME)).exec(tx).await?;
        return Ok(true);
    }
    let first = OnConflict::column(setting::Column::Name).do_nothing().to_owned();
    Ok(setting::Entity::insert(row).on_conflict(first).exec_without_returning(tx).await? == 1)
}
