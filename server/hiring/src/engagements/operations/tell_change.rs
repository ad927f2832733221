//! Telling whoever applied or has a place that the posting changed or went away (变更通知): after the commit, once for each change.

use chrono::{DateTime, Utc};
use entities::{sms, worker};
use kernel::sms::Message;
use kernel::{Ctx, Fault, Lang, Never, Pii, Place, Stop, Tx};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
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
            let Some(row) = known(&tx, id).await? else { return Ok(()) };
            let waits = untold(&tx, waiting(&tx, id, &WAITING).await?, (texts::CHANGED, Some(at))).await?;
            let words = |lang, when: &str| {
                let wage = money::wage(row.wage_fen, row.wage_unit, lang);
                texts::changed(lang, &row.title, when, &row.place, &wage)
            };
            Ok(tell(&tx, waits, texts::CHANGED, words).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Tells those whose application lapsed with a posting that they need not go (报名失效通知), while the shift is still ahead.
pub async fn tell_lapsed(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&KEEP, |tx| async move {
            let Some(row) = known(&tx, id).await? else { return Ok(()) };
            let lapsed = waiting(&tx, id, &[EngagementStatus::Lapsed]).await?;
            let lapsed = untold(&tx, lapsed, (texts::LAPSED, None)).await?;
            let words = |lang, when: &str| texts::lapsed(lang, &row.title, when);
            Ok(tell(&tx, lapsed, texts::LAPSED, words).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// The posting, unless it is gone since.
async fn known(tx: &Tx, id: Uuid) -> Result<Option<posting::Model>, Fault> {
    tx.authorize(&KEEP, &Place::city()).await?;
    tx.about("Posting", id);
    Ok(posting::Entity::find_by_id(id).one(tx).await?)
}

/// Those of a posting whose engagement stands so, and whose shift is still ahead.
async fn waiting(tx: &Tx, posting: Uuid, standing: &[EngagementStatus]) -> Result<Vec<Waits>, Fault> {
    Ok(engagement::Entity::find()
        .select_only()
        .columns([Of::Id, Of::StartsAt, Of::EndsAt])
        .column(worker::Column::CitizenId)
        .join(JoinType::InnerJoin, on::<engagement::Entity, worker::Entity>(Of::WorkerId, worker::Column::Id))
        .filter(Of::PostingId.eq(posting))
        .filter(Of::Status.is_in(standing.iter().copied()))
        .filter(Of::StartsAt.gt(tx.ctx().now()))
        .order_by_asc(Of::Id)
        .into_tuple()
        .all(tx)
        .await?)
}

/// Those of them who were not told by a text of this kind, or not since then.
async fn untold(
    tx: &Tx,
    waits: Vec<Waits>,
    (template, since): (&str, Option<DateTime<Utc>>),
) -> Result<Vec<Waits>, Fault> {
    let told: Vec<Option<Uuid>> = sms::Entity::find()
        .select_only()
        .column(sms::Column::AboutId)
        .filter(sms::Column::AboutId.is_in(waits.iter().map(|(id, ..)| *id)))
        .filter(sms::Column::Template.eq(template))
        .filter(Condition::all().add_option(since.map(|since| sms::Column::QueuedAt.gte(since))))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(waits.into_iter().filter(|(id, ..)| !told.contains(&Some(*id))).collect())
}

async fn tell(
    tx: &Tx,
    waits: Vec<Waits>,
    template: &'static str,
    words: impl Fn(Lang, &str) -> String,
) -> Result<(), Fault> {
    let citizens: Vec<Uuid> = waits.iter().map(|(.., citizen)| *citizen).collect();
    let contacts = contact::citizens(tx, tx.ctx(), &citizens).await?;
    let mut messages = Vec::new();
    for (id, from, until, citizen) in waits {
        let Some(to) = contacts.get(&citizen) else { continue };
        let Some(phone) = to.phone.clone() else { continue };
        let text = Pii::new(words(to.lang, &span(from, until)));
        messages.push(Message::notice(phone, template, to.lang, text).about("Engagement", id));
    }
    // A number that cannot be written to is no fault: the counter tells.
    let sent = tx.sms_to_all(messages).await?;
    tx.note("told", sent.iter().filter(|one| one.is_ok()).count());
    Ok(())
}
