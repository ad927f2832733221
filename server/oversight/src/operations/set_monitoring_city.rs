//! Monitoring cities (监测城市): the province names the cities whose supply and demand are watched (人社部发〔2022〕38号).

use entities::tenant;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use crate::policy;
use crate::rows::platform_monitoring;

kernel::refusals! {
    /// Why a city was not named, or not withdrawn (不予确定监测城市).
    pub SetMonitoringCity => SetMonitoringCityRefused, SetMonitoringCityRefusalCode {
        /// No such city.
        UnknownCity @ "cityCode": "没有该代码的市，请检查区划代码。" / "There is no city with this code; check it.",
    }
}

/// Names a city for monitoring, or no longer. Doing it twice changes nothing.
pub async fn set_monitoring_city(
    ctx: &Ctx,
    city: String,
    monitored: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetMonitoringCity>> {
    ctx.transact_once(&policy::PROVINCE_MONITOR, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_MONITOR, &Place::city()).await?;
        if tenant::Entity::find_by_id(city.as_str()).one(&tx).await?.is_none() {
            return Err(Stop::Refused(SetMonitoringCity::UnknownCity));
        }
        tx.note("city", city.as_str());
        tx.note("monitored", monitored);
        let current = platform_monitoring::Entity::find()
            .filter(platform_monitoring::Column::City.eq(city.as_str()))
            .filter(platform_monitoring::Column::Until.is_null())
            .one(&tx)
            .await?;
        let id = match (current, monitored) {
            (Some(row), true) => row.id,
            (Some(row), false) => {
                platform_monitoring::Entity::update_many()
                    .col_expr(platform_monitoring::Column::Until, Expr::value(ctx.today()))
                    .filter(platform_monitoring::Column::Id.eq(row.id))
                    .exec(&tx)
                    .await?;
                row.id
            }
            (None, false) => ctx.new_id(),
            (None, true) => {
                let id = ctx.new_id();
                let row = platform_monitoring::ActiveModel {
                    id: Set(id),
                    city: Set(city),
                    since: Set(ctx.today()),
                    until: Set(None),
                    set_by: Set(ctx.actor().account_id()),
                };
                platform_monitoring::Entity::insert(row).exec_without_returning(&tx).await?;
                id
            }
        };
        tx.about("MonitoringCity", id);
        Ok(Outcome::of("MonitoringCity", id, 1))
    })
    .await
}
