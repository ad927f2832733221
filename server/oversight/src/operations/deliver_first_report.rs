//! A city's own first report arrives at the province (送达首次报送日期): late is judged by the city's own day.

use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};

use crate::events::FirstReportSet;
use crate::policy;
use crate::rows::platform_first_report;

/// Tells the province. What was set before the known day was set changes nothing.
pub async fn deliver_first_report(ctx: Ctx, event: FirstReportSet) -> Result<(), Fault> {
    let city = ctx.tenant().code.clone();
    let platform = ctx.kernel().platform_ctx().await?;
    let received: Result<(), Stop<Never>> =
        platform.transact(&policy::PROVINCE_RECEIVE, |tx| async move { Ok(receive(&tx, city, event).await?) }).await;
    received.map_err(Stop::into_fault)
}

async fn receive(tx: &Tx, city: String, event: FirstReportSet) -> Result<(), Fault> {
    tx.note("city", city.as_str());
    let known = platform_first_report::Entity::find_by_id(city.as_str()).one(tx).await?;
    if known.is_some_and(|known| known.set_at > event.at) {
        tx.note("replayed", true);
        return Ok(());
    }
    let row = platform_first_report::ActiveModel { city: Set(city), due_on: Set(event.due_on), set_at: Set(event.at) };
    let over = OnConflict::column(platform_first_report::Column::City)
        .update_columns([platform_first_report::Column::DueOn, platform_first_report::Column::SetAt])
        .to_owned();
    platform_first_report::Entity::insert(row).on_conflict(over).exec_without_returning(tx).await?;
    Ok(())
}
