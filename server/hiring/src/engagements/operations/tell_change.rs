//! Telling whoever applied or has a place that the posting changed (变更通知): after the commit, once for each change.

use chrono::{DateTime, Utc};
use entities::{sms, worker};
use kernel::sms::Message;
use kernel::{Ctx, Fault, Never, Pii, Place, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::engagements::rules::terms::span;
use crate::engagements::store::contact;
use crate::engagements::store::deal::on;
use crate::engagements::texts;
use crate::kinds::EngagementStatus;
use crate::policy::KEEP;
use crate::rows::engagement::{self, Column as Of};
use crate::rows::posting;
use crate::rules::money;

/// Who waits for the shift still.
const WAITING: [EngagementStatus; 5] = [
    EngagementStatus::Applied,
    EngagementStatus::Standby,
    EngagementStatus::Contacted,
    EngagementStatus::Agreed,
    EngagementStatus::Confirmed,
];

/// Somebody who waits for a shift: the engagement, its hours, and who it is.
type Waits = (Uuid, DateTime<Utc>, DateTime<Utc>, Uuid);

/// Tells whoever applied for a posting, or has a place, that it changed at a moment (变更通知).
pub async fn tell_change(ctx: &Ctx, id: Uuid, at: DateTime<Utc>) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.about("Posting", id);
            let Some(row) = posting::Entity::find_by_id(id).one(&tx).await? else { return Ok(()) };
            let waits = untold(&tx, id, at).await?;
            Ok(tell(&tx, &row, waits).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Those who wait and were not told since.
async fn untold(tx: &Tx, posting: Uuid, at: DateTime<Utc>) -> Result<Vec<Waits>, Fault> {
    let waits: Vec<Waits> = engagement::Entity::find()
        .select_only()
        .columns([Of::Id, Of::StartsAt, Of::EndsAt])
        .column(worker::Column::CitizenId)
        .join(JoinType::InnerJoin, on::<engagement::Entity, worker::Entity>(Of::WorkerId, worker::Column::Id))
        .filter(Of::PostingId.eq(posting))
        .filter(Of::Status.is_in(WAITING))
        .filter(Of::StartsAt.gt(tx.ctx().now()))
        .order_by_asc(Of::Id)
        .into_tuple()
        .all(tx)
        .await?;
    let told: Vec<Option<Uuid>> = sms::Entity::find()
        .select_only()
        .column(sms::Column::AboutId)
        .filter(sms::Column::AboutId.is_in(waits.iter().map(|(id, ..)| *id)))
        .filter(sms::Column::Template.eq(texts::CHANGED))
        .filter(sms::Column::QueuedAt.gte(at))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(waits.into_iter().filter(|(id, ..)| !told.contains(&Some(*id))).collect())
}

async fn tell(tx: &Tx, row: &posting::Model, waits: Vec<Waits>) -> Result<(), Fault> {
    let citizens: Vec<Uuid> = waits.iter().map(|(.., citizen)| *citizen).collect();
    let contacts = contact::citizens(tx, tx.ctx(), &citizens).await?;
    let mut messages = Vec::new();
    for (id, from, until, citizen) in waits {
        let Some(to) = contacts.get(&citizen) else { continue };
        let Some(phone) = to.phone.clone() else { continue };
        let wage = money::wage(row.wage_fen, row.wage_unit, to.lang);
        let text = texts::changed(to.lang, &row.title, &span(from, until), &row.place, &wage);
        messages.push(Message::notice(phone, texts::CHANGED, to.lang, Pii::new(text)).about("Engagement", id));
    }
    // A number that cannot be written to is no fault: the counter tells.
    let sent = tx.sms_to_all(messages).await?;
    tx.note("told", sent.iter().filter(|one| one.is_ok()).count());
    Ok(())
}
