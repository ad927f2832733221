//! A market's name in URLs (网址编号): county code and running number, for example `140105-007`. It never changes.

use entities::counter;
use kernel::{Fault, Tx};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{EntityTrait as _, ExprTrait as _, Set};

/// Takes `count` numbers of a county; gives the first.
pub async fn take(tx: &Tx, county: &str, count: i64) -> Result<i64, Fault> {
    let name = format!("market:{county}");
    let add = OnConflict::column(counter::Column::Name)
        .value(counter::Column::Value, Expr::col((counter::Entity, counter::Column::Value)).add(count))
        .to_owned();
    counter::Entity::insert(counter::ActiveModel { name: Set(name.clone()), value: Set(count) })
        .on_conflict(add)
        .exec_without_returning(tx)
        .await?;
    let row = counter::Entity::find_by_id(name).one(tx).await?.ok_or(Fault::internal("read a counter"))?;
    Ok(row.value - count + 1)
}

/// The slug of a number.
pub fn of(county: &str, number: i64) -> String {
    format!("{county}-{number:03}")
}
