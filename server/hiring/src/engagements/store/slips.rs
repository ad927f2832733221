//! Work slips (用工单): made with the confirmation, read by both sides.

use std::collections::HashMap;

use kernel::clock::day_of;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::offer::Offer;
use super::workers::Hand;
use crate::engagements::rules::agreement;
use crate::engagements::rules::number::number;
use crate::engagements::rules::settings::HireRules;
use crate::engagements::rules::terms::Terms;
use crate::engagements::safety;
use crate::rows::work_slip::{self, ActiveModel, Column, Entity};

/// What was agreed about a shift with a worker.
fn terms(offer: &Offer, worker: Uuid, rules: &HireRules) -> Terms {
    let (posting, shift) = (&offer.posting, &offer.shift);
    let card = safety::of(&posting.trade);
    Terms {
        posting: posting.id,
        party: posting.party_id,
        worker,
        agency: posting.agency_id,
        unit: agreement::is_unit(&offer.party.kind),
        title: posting.title.clone(),
        trade: posting.trade.clone(),
        duties: posting.duties.clone(),
        place: posting.place.clone(),
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        break_minutes: shift.break_minutes,
        engagement: posting.engagement,
        wage_fen: posting.wage_fen,
        wage_unit: posting.wage_unit,
        pay_day: posting.pay_day,
        cover: posting.cover,
        safety_card: card.map(|card| card.id.clone()).unwrap_or_default(),
        safety_version: card.map_or(0, |card| card.version),
        notice_hours: rules.notice_hours,
    }
}

/// The slip of a worker whose place was just confirmed. Whether there must be a written agreement is asked of the day on which the
/// shift ends: whoever is of another age today may be over age by then.
pub fn slip(tx: &Tx, offer: &Offer, rules: &HireRules, engagement: Uuid, worker: &Hand) -> Result<ActiveModel, Fault> {
    let ctx = tx.ctx();
    let terms = serde_json::to_value(terms(offer, worker.id, rules)).map_err(Fault::of("write a work slip"))?;
    let age = worker.age_on(day_of(offer.shift.ends_at));
    Ok(ActiveModel {
        engagement_id: Set(engagement),
        number: Set(number(day_of(ctx.now()), ctx.new_id())),
        terms: Set(terms),
        over_age_agreement: Set(agreement::is_needed(age, &offer.party.kind)),
        accepted_by_worker_at: Set(None),
        accepted_by_party_at: Set(None),
        made_at: Set(ctx.now()),
    })
}

/// The slip of an engagement, if it has one.
pub async fn of(db: &impl ConnectionTrait, engagement: Uuid) -> Result<Option<work_slip::Model>, Fault> {
    Ok(Entity::find().filter(Column::EngagementId.eq(engagement)).one(db).await?)
}

/// The slips of engagements, by engagement: one statement.
pub async fn of_all(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, work_slip::Model>, Fault> {
    let rows = Entity::find().filter(Column::EngagementId.is_in(ids.iter().copied())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.engagement_id, row)).collect())
}

/// What a slip says.
pub fn read(row: &work_slip::Model) -> Result<Terms, Fault> {
    serde_json::from_value(row.terms.clone()).map_err(Fault::of("read a work slip"))
}
