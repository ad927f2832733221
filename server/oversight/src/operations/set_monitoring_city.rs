//! Monitoring cities (监测城市): the province names the cities whose supply and demand are watched (人社部发〔2022〕38号).

use entities::tenant;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set, SqlErr};
use uuid::Uuid;

use crate::policy;
use crate::rows::platform_monitoring;

kernel::refusals! {
    /// Why a city was not named, or not withdrawn (不予确定监测城市).
    pub SetMonitoringCity => SetMonitoringCityReason, SetMonitoringCityRefusalCode {
        /// No such city.
        UnknownCity @ "cityCode": "没有该代码的市，请检查区划代码。" / "There is no city with this code; check it.",
        /// Somebody named or withdrew it meanwhile.
        Conflict { current: i32 } @ "version":
            "该市的监测状态刚被他人更改（现为第{current}版），请核对后再试。" /
            "Someone else has just named or withdrawn this city (now version {current}); look at it and try again.",
    }
}

/// Names a city for monitoring, or no longer. Naming a named one changes nothing.
pub async fn set_monitoring_city(
    ctx: &Ctx,
    city: String,
    monitored: bool,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetMonitoringCity>> {
    ctx.transact_once(&policy::PROVINCE_MONITOR, once, |tx| async move {
        if !tx.ctx().tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_MONITOR, &Place::city()).await?;
        if tenant::Entity::find_by_id(city.as_str()).one(&tx).await?.is_none() {
            return Err(Stop::Refused(SetMonitoringCity::UnknownCity));
        }
        tx.note("city", city.as_str());
        tx.note("monitored", monitored);

        let before = naming(&tx, &city).await?;
        if before.version != version {
            return Err(clash(before.version));
        }
        let (id, version) = match (before.open, monitored) {
            (Some(id), false) => (withdraw(&tx, id, version).await?, version + 1),
            (None, true) => (name(&tx, city, version).await?, version + 1),
            (open, _) => (open.unwrap_or_else(|| tx.ctx().new_id()), version),
        };
        tx.about("MonitoringCity", id);
        Ok(Outcome::of("MonitoringCity", id, version))
    })
    .await
}

/// How a city stands among those that are watched (监测状态).
#[derive(Default)]
struct Naming {
    /// The row that names it, while it is named.
    open: Option<Uuid>,
    /// How often it was named or withdrawn.
    version: i32,
}

async fn naming<C: ConnectionTrait>(db: &C, city: &str) -> Result<Naming, Fault> {
    let rows = platform_monitoring::Entity::find().filter(platform_monitoring::Column::City.eq(city)).all(db).await?;
    let open = rows.iter().find(|row| row.until.is_none()).map(|row| row.id);
    Ok(Naming { open, version: rows.iter().map(|row| changes(row.until.is_some())).sum() })
}

/// What a row counts in its city's version: named once, and withdrawn once if it is over.
pub(crate) const fn changes(over: bool) -> i32 {
    if over { 2 } else { 1 }
}

async fn withdraw(tx: &Tx, id: Uuid, version: i32) -> Result<Uuid, Stop<SetMonitoringCity>> {
    let ended = platform_monitoring::Entity::update_many()
        .col_expr(platform_monitoring::Column::Until, Expr::value(tx.ctx().today()))
        .filter(platform_monitoring::Column::Id.eq(id))
        .filter(platform_monitoring::Column::Until.is_null())
        .exec(tx)
        .await?;
    if ended.rows_affected == 0 { Err(clash(version + 1)) } else { Ok(id) }
}

async fn name(tx: &Tx, city: String, version: i32) -> Result<Uuid, Stop<SetMonitoringCity>> {
    let ctx = tx.ctx();
    let id = ctx.new_id();
    let row = platform_monitoring::ActiveModel {
        id: Set(id),
        city: Set(city),
        since: Set(ctx.today()),
        until: Set(None),
        set_by: Set(ctx.actor().account_id()),
    };
    let named = platform_monitoring::Entity::insert(row).exec_without_returning(tx).await;
    named.map(|_| id).map_err(|error| taken(error, version))
}

/// A city is named once at a time: the table holds that, where two name it in one moment.
fn taken(error: DbErr, version: i32) -> Stop<SetMonitoringCity> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => clash(version + 1),
        _ => error.into(),
    }
}

fn clash(current: i32) -> Stop<SetMonitoringCity> {
    Stop::Refused(SetMonitoringCity::Conflict { current })
}
