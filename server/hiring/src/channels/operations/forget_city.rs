//! Forgetting a city's postings at the province (清除城市招聘信息): for sandboxes alone.

use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::channels::rows::{province_pace, province_posting};
use crate::policy;

/// Takes away what the province has of the postings of `city`, and of how they kept up (清除城市招聘信息).
pub async fn forget_city(platform: &Ctx, city: &str) -> Result<(), Fault> {
    let city = city.to_owned();
    let done: Result<(), Stop<Never>> = platform
        .transact(&policy::RECEIVE, |tx| async move {
            tx.note("city", city.as_str());
            tx.note("forgotten", true);
            let told = province_pace::Column::City.eq(city.as_str());
            province_pace::Entity::delete_many().filter(told).exec(&tx).await?;
            let own = province_posting::Column::City.eq(city);
            province_posting::Entity::delete_many().filter(own).exec(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
