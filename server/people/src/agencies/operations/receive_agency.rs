//! What a city says of its agencies arrives at the province (省级接收机构信息): pushed by the city's outbox, idempotent by the
//! moment at which it was said. Of two cities that register one licence the first to arrive stands, and the other is told.

use std::collections::HashMap;

use entities::agency::{self, Column};
use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::deliver_agency::deliver;
use super::take_over::{Told, take_over};
use crate::agencies::events::AgencyChanged;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rules::sync::{Answer, News, at_province};
use crate::agencies::store::{self, Line, said_at};

/// Agencies of one transaction.
const AT_ONCE: usize = 200;

/// Hears in a city that an agency of its own changed, and tells the province.
pub(crate) async fn tell_province(ctx: Ctx, event: AgencyChanged) -> Result<(), Fault> {
    if ctx.tenant().is_platform() {
        return Ok(());
    }
    // Whatever the event was, what stands now counts; an event that comes late finds it there already.
    let own = agency::Entity::find_by_id(event.id).filter(Column::Home.eq(ctx.tenant().code.as_str()));
    push(&ctx, own.all(&ctx.scope()).await?).await
}

/// Tells the province of every agency of a city: what it missed, it hears now.
pub(crate) async fn tell_province_all(ctx: &Ctx) -> Result<(), Fault> {
    let own = agency::Entity::find().filter(Column::Home.eq(ctx.tenant().code.as_str()));
    push(ctx, own.all(&ctx.scope()).await?).await
}

/// The rows of these licences in a store.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    rows: &[agency::Model],
) -> Result<HashMap<String, agency::Model>, Fault> {
    let mut known = HashMap::with_capacity(rows.len());
    for some in rows.chunks(AT_ONCE) {
        let keys = some.iter().map(|row| row.licence_key.as_str());
        let there = agency::Entity::find().filter(Column::LicenceKey.is_in(keys)).all(db).await?;
        known.extend(there.into_iter().map(|row| (row.licence_key.clone(), row)));
    }
    Ok(known)
}

async fn push(ctx: &Ctx, own: Vec<agency::Model>) -> Result<(), Fault> {
    let city = ctx.tenant().code.clone();
    let platform = ctx.kernel().platform_ctx().await?;
    let there = known(&platform.scope(), &own).await?;
    let is_none =
        |row: &agency::Model| at_province(there.get(&row.licence_key), row, &city) == Answer::Takes(News::default());
    let news: Vec<agency::Model> = own.into_iter().filter(|row| !is_none(row)).collect();
    for some in news.chunks(AT_ONCE) {
        let (some, from) = (some.to_vec(), city.clone());
        let received: Result<Vec<agency::Model>, Stop<Never>> = platform
            .transact(&policy::RECEIVE, |tx| async move {
                tx.note("city", from.as_str());
                let mut standing = Vec::new();
                for row in &some {
                    standing.extend(receive(&tx, row, &from).await?);
                }
                Ok(standing)
            })
            .await;
        let standing = received.map_err(Stop::into_fault)?;
        deliver(ctx, &city, &standing).await?;
    }
    Ok(())
}

/// Takes one over; what stands instead, where another city's word does.
async fn receive(tx: &Tx, told: &agency::Model, city: &str) -> Result<Option<agency::Model>, Fault> {
    let known = store::held_by_key(tx, &told.licence_key).await?;
    let (news, upheld) = match at_province(known.as_ref(), told, city) {
        Answer::Elsewhere => return Ok(known),
        Answer::Takes(news) if news.is_none() => return Ok(None),
        Answer::Takes(news) => (news, false),
        Answer::Upholds(news) => (news, true),
    };
    let mut id = known.as_ref().map(|known| known.id);
    if !news.is_none() {
        id = Some(take_over(tx, known.as_ref(), Told { row: told, news, from: city }).await?);
    }
    let Some(id) = id else { return Ok(None) };
    tx.about("Agency", id);
    if upheld {
        uphold(tx, told).await?;
    }
    tx.announce(&AgencyChanged { id })?;
    Ok(None)
}

/// What stands is said again, later than what the city said: the city hears it and takes it over.
async fn uphold(tx: &Tx, told: &agency::Model) -> Result<(), Fault> {
    let Some(row) = store::held_by_key(tx, &told.licence_key).await? else { return Ok(()) };
    let again =
        agency::ActiveModel { status_at: Set(Some(said_at(tx, told.status_at))), ..agency::ActiveModel::default() };
    let version = store::change(tx, &row, again).await?;
    store::log(tx, row.id, Line::of(AgencyEventKind::Upheld, version).because(row.status_reason.clone()));
    Ok(())
}
