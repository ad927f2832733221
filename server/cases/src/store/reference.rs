//! Reference numbers of cases (办件编号): what their kind begins with, the day, and a running number: `SS-20261126-0007`.

use chrono::NaiveDate;
use entities::counter;
use kernel::{Fault, Tx};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{EntityTrait as _, ExprTrait as _, Set};

/// Takes the next number of a day. Whoever comes at the same time waits for this one to stand.
pub async fn take(tx: &Tx, prefix: &str, day: NaiveDate) -> Result<String, Fault> {
    let stem = format!("{prefix}-{}", day.format("%Y%m%d"));
    let name = format!("case:{stem}");
    let add = OnConflict::column(counter::Column::Name)
        .value(counter::Column::Value, Expr::col((counter::Entity, counter::Column::Value)).add(1_i64))
        .to_owned();
    counter::Entity::insert(counter::ActiveModel { name: Set(name.clone()), value: Set(1) })
        .on_conflict(add)
        .exec_without_returning(tx)
        .await?;
    let row = counter::Entity::find_by_id(name).one(tx).await?.ok_or(Fault::internal("read a counter"))?;
    Ok(format!("{stem}-{:04}", row.value))
}
