//! What is read of one agency, or of what the city set (单项读取).

use std::collections::HashMap;

use kernel::Fault;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::agencies::rows::{parameter, price_item, price_list};
use crate::agencies::rules::parameters::Set;

/// The items of these price lists, in order, by list.
pub async fn items(
    db: &impl ConnectionTrait,
    lists: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<price_item::Model>>, Fault> {
    let mut items: HashMap<Uuid, Vec<price_item::Model>> = HashMap::new();
    if lists.is_empty() {
        return Ok(items);
    }
    let rows = price_item::Entity::find()
        .filter(price_item::Column::ListId.is_in(lists))
        .order_by_asc(price_item::Column::Position)
        .all(db)
        .await?;
    for row in rows {
        items.entry(row.list_id).or_default().push(row);
    }
    Ok(items)
}

/// The price lists of an agency, by number.
pub async fn price_lists(db: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<price_list::Model>, Fault> {
    Ok(price_list::Entity::find()
        .filter(price_list::Column::AgencyId.eq(agency))
        .order_by_asc(price_list::Column::Number)
        .all(db)
        .await?)
}

/// Everything the city set, by day.
pub async fn parameters(db: &impl ConnectionTrait) -> Result<Vec<Set>, Fault> {
    let rows = parameter::Entity::find().order_by_asc(parameter::Column::EffectiveFrom).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.effective_from, row.value)).collect())
}
