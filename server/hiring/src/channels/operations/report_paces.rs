//! Telling the province how the channels of a city keep up (上报渠道时效, R46): pushed by the city, in figures alone.

use chrono::Duration;
use kernel::{Ctx, Fault, Never, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::channels::queries;
use crate::channels::rows::province_pace::{ActiveModel, Column, Entity};
use crate::policy;

/// What is as it was is said again after so long: a city that is silent for longer stands still.
const AGAIN: Duration = Duration::hours(1);

/// Tells the province how each kind of channel keeps up (上报渠道时效): what waits there, a withdrawal too, and for how long. While
/// that is as it was nothing is written.
pub(crate) async fn report_paces(ctx: &Ctx) -> Result<(), Fault> {
    if ctx.tenant().is_platform() {
        return Ok(());
    }
    let figures = queries::by_kind(ctx).await?;
    let figures = serde_json::to_value(figures).map_err(Fault::of("write how channels keep up"))?;
    let platform = ctx.kernel().platform_ctx().await?;
    let city = ctx.tenant().code.clone();
    let known = Entity::find().filter(Column::City.eq(city.as_str())).one(&platform.scope()).await?;
    if known.is_some_and(|row| row.figures == figures && row.reported_at + AGAIN > ctx.now()) {
        return Ok(());
    }
    let done: Result<(), Stop<Never>> = platform
        .transact(&policy::RECEIVE, |tx| async move {
            tx.note("city", city.as_str());
            tx.note("paces", true);
            let row = ActiveModel {
                id: Set(tx.ctx().new_id()),
                city: Set(city),
                figures: Set(figures),
                reported_at: Set(tx.ctx().now()),
            };
            let over =
                OnConflict::column(Column::City).update_columns([Column::Figures, Column::ReportedAt]).to_owned();
            Entity::insert(row).on_conflict(over).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
