//! Forgetting a city (清除城市数据): a sandbox city that is set up anew begins at the province as it begins at home, empty.

use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::policy;
use crate::rows::{
    platform_first_report, platform_monitoring, platform_report, platform_report_city, platform_return,
    platform_return_row,
};

/// Takes away what the province has of `city`: for sandboxes alone, since a real city's returns are records to be kept.
pub async fn forget_city(platform: &Ctx, city: &str) -> Result<(), Fault> {
    let city = city.to_owned();
    let done: Result<(), Stop<Never>> =
        platform.transact(&policy::PROVINCE_RECEIVE, |tx| async move { Ok(forget(&tx, &city).await?) }).await;
    done.map_err(Stop::into_fault)
}

async fn forget(tx: &Tx, city: &str) -> Result<(), Fault> {
    tx.note("city", city);
    tx.note("forgotten", true);
    let ids: Vec<Uuid> = platform_return::Entity::find()
        .select_only()
        .column(platform_return::Column::Id)
        .filter(platform_return::Column::City.eq(city))
        .into_tuple()
        .all(tx)
        .await?;
    forget_reports(tx, city).await?;
    platform_return_row::Entity::delete_many()
        .filter(platform_return_row::Column::ReturnId.is_in(ids))
        .exec(tx)
        .await?;
    platform_return::Entity::delete_many().filter(platform_return::Column::City.eq(city)).exec(tx).await?;
    platform_monitoring::Entity::delete_many().filter(platform_monitoring::Column::City.eq(city)).exec(tx).await?;
    platform_first_report::Entity::delete_by_id(city).exec(tx).await?;
    Ok(())
}

/// A version of the roll-up that has the city's rows goes with them: with a gap it would no longer be what was frozen.
async fn forget_reports(tx: &Tx, city: &str) -> Result<(), Fault> {
    let ids: Vec<Uuid> = platform_report_city::Entity::find()
        .select_only()
        .column(platform_report_city::Column::ReportId)
        .filter(platform_report_city::Column::City.eq(city))
        .filter(platform_report_city::Column::ReturnId.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    platform_report_city::Entity::delete_many()
        .filter(platform_report_city::Column::ReportId.is_in(ids.clone()))
        .exec(tx)
        .await?;
    platform_report::Entity::delete_many().filter(platform_report::Column::Id.is_in(ids)).exec(tx).await?;
    Ok(())
}
