//! Taking over a city's liaison person at the province (登记各市对接人): pushed by the city's outbox, idempotent by the
//! name of the row: a city that was set up anew or restored counts its persons from 1 again, and is heard all the same.

use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, Pii, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};
use uuid::Uuid;

use super::shared;
use crate::events::LiaisonChanged;
use crate::rows::{liaison, platform_liaison};
use crate::rules::liaisons;
use crate::{mail, policy};

/// What leaves the city: opened with its keys, to be sealed with the province's.
struct Pushed {
    name: Pii<String>,
    unit: String,
    position: String,
    phone: Pii<String>,
    email: Option<Pii<String>>,
    changed_at: chrono::DateTime<chrono::Utc>,
    liaison: Uuid,
}

/// Hears in a city that its liaison person changed, and tells the province.
pub(crate) async fn push_liaison(ctx: Ctx, _: LiaisonChanged) -> Result<(), Fault> {
    // Whatever the event was, the present one counts; an event that comes late finds it there already.
    let present = liaison::Entity::find()
        .filter(liaison::Column::ValidUntil.is_null())
        .order_by_desc(liaison::Column::Version)
        .one(&ctx.scope())
        .await?;
    let Some(row) = present else { return Ok(()) };
    let ring = ctx.keys().await?;
    let open = |column: &'static str, sealed: &[u8]| ring.open("liaison", column, row.id, sealed);
    let pushed = Pushed {
        name: open("name", &row.name)?,
        unit: row.unit.clone(),
        position: row.position.clone(),
        phone: open("phone", &row.phone)?,
        email: row.email.as_deref().map(|sealed| open("email", sealed)).transpose()?,
        changed_at: row.valid_from,
        liaison: row.id,
    };
    let city = ctx.tenant_arc();
    let platform = ctx.kernel().platform_ctx().await?;
    let received: Result<(), Stop<Never>> = platform
        .transact(&policy::RECEIVE_LIAISON, |tx| async move {
            tx.note("city", city.code.as_str());
            if !receive(&tx, &city.code, pushed).await? {
                tx.note("known", true);
                return Ok(());
            }
            for officer in shared::holders(&tx, "province_officer").await? {
                let letter =
                    |to: Pii<String>, lang, _: &str| mail::liaison_changed(to, lang, &city.name_zh, &city.name_en);
                shared::write_to(&tx, &officer, letter).await?;
            }
            Ok(())
        })
        .await;
    received.map_err(Stop::into_fault)
}

/// Takes it over; false if it is no news.
async fn receive(tx: &Tx, city: &str, new: Pushed) -> Result<bool, Fault> {
    let known = platform_liaison::Entity::find().filter(platform_liaison::Column::CityCode.eq(city)).one(tx).await?;
    let before = known.as_ref().map(|row| (row.liaison_id, row.changed_at));
    if !liaisons::is_news(before, (new.liaison, new.changed_at)) {
        return Ok(false);
    }
    if let Some(row) = known {
        platform_liaison::Entity::delete_by_id(row.id).exec(tx).await?;
    }
    let (id, ring) = (tx.ctx().new_id(), tx.ctx().keys().await?);
    let seal = |column: &'static str, text: &Pii<String>| ring.seal("platform_liaison", column, id, text);
    let row = platform_liaison::ActiveModel {
        id: Set(id),
        city_code: Set(city.to_owned()),
        name: Set(seal("name", &new.name)?),
        unit: Set(new.unit),
        position: Set(new.position),
        phone: Set(seal("phone", &new.phone)?),
        email: Set(new.email.as_ref().map(|email| seal("email", email)).transpose()?),
        changed_at: Set(new.changed_at),
        liaison_id: Set(new.liaison),
    };
    platform_liaison::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(true)
}
