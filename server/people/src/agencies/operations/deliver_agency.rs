//! What the province knows of agencies arrives in every city (市级同步机构信息): a listener of the platform's outbox writes it
//! there. A city that is away keeps nobody else waiting; it hears when it is back.

use entities::agency::{self, Column};
use kernel::{Actor, Ctx, Fault, Lang, Never, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::receive_agency::known;
use super::take_over::{Told, take_over};
use crate::agencies::events::AgencyChanged;
use crate::agencies::policy;
use crate::agencies::rules::sync::at_city;
use crate::agencies::store;

/// Agencies of one transaction.
const AT_ONCE: usize = 200;

/// Hears at the province that an agency changed, and tells every city.
pub(crate) async fn tell_cities(ctx: Ctx, event: AgencyChanged) -> Result<(), Fault> {
    if !ctx.tenant().is_platform() {
        return Ok(());
    }
    let registered = agency::Entity::find_by_id(event.id).filter(Column::Home.is_not_null());
    let away = everywhere(&ctx, registered.all(&ctx.scope()).await?).await?;
    // A delivery is tried again until it is done; who has heard already hears nothing new.
    if away.is_empty() { Ok(()) } else { Err(Fault::internal("tell every city of an agency: some are away")) }
}

/// Tells every city of every agency; the cities that are away. What one missed, or lost, it hears now.
pub(crate) async fn tell_cities_all(ctx: &Ctx) -> Result<Vec<String>, Fault> {
    let registered = agency::Entity::find().filter(Column::Home.is_not_null());
    everywhere(ctx, registered.all(&ctx.scope()).await?).await
}

async fn everywhere(ctx: &Ctx, rows: Vec<agency::Model>) -> Result<Vec<String>, Fault> {
    let mut away = Vec::new();
    for city in ctx.kernel().all_tenants().await? {
        if let Err(fault) = deliver(ctx, &city.code, &rows).await {
            tracing::warn!(%fault, cause = %fault.cause(), tenant = city.code, "a city does not hear of agencies now");
            away.push(city.code);
        }
    }
    Ok(away)
}

/// Writes into a city what it does not know yet of these agencies.
pub(super) async fn deliver(from: &Ctx, city: &str, rows: &[agency::Model]) -> Result<(), Fault> {
    let city = from.kernel().ctx(city, Actor::System("province"), Lang::Zh).await?;
    let there = known(&city.scope(), rows).await?;
    let is_news = |row: &&agency::Model| !at_city(there.get(&row.licence_key), row).is_none();
    let news: Vec<agency::Model> = rows.iter().filter(is_news).cloned().collect();
    for some in news.chunks(AT_ONCE) {
        let some = some.to_vec();
        let delivered: Result<(), Stop<Never>> = city
            .transact(&policy::DELIVER, |tx| async move {
                for row in &some {
                    take(&tx, row).await?;
                }
                Ok(())
            })
            .await;
        delivered.map_err(Stop::into_fault)?;
    }
    Ok(())
}

async fn take(tx: &Tx, row: &agency::Model) -> Result<(), Fault> {
    let known = store::held_by_key(tx, &row.licence_key).await?;
    let news = at_city(known.as_ref(), row);
    if !news.is_none() {
        let told = Told { row, news, from: kernel::store::PLATFORM };
        let id = take_over(tx, known.as_ref(), told).await?;
        tx.about("Agency", id);
    }
    Ok(())
}
