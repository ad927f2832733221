//! Forgetting a city's liaison person at the province (清除城市对接人): a sandbox city that is set up anew begins there as it
//! begins at home, without one.

use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::policy;
use crate::rows::platform_liaison;

/// Takes away the liaison person the province has of `city`: for sandboxes alone.
pub async fn forget_city(platform: &Ctx, city: &str) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = platform
        .transact(&policy::RECEIVE_LIAISON, |tx| async move {
            tx.note("city", city);
            tx.note("forgotten", true);
            platform_liaison::Entity::delete_many()
                .filter(platform_liaison::Column::CityCode.eq(city))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
