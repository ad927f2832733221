//! Work slips (用工单): made with the confirmation, read by both sides.

use std::collections::HashMap;

use chrono::{DateTime, Months, Utc};
use kernel::clock::day_of;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{CaseStatement, Expr, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use super::deal::on;
use super::offer::Offer;
use super::workers::Hand;
use crate::engagements::rules::agreement;
use crate::engagements::rules::number::number;
use crate::engagements::rules::settings::HireRules;
use crate::engagements::rules::terms::Terms;
use crate::engagements::safety;
use crate::rows::engagement;
use crate::rows::work_slip::{self, ActiveModel, Column, Entity};

/// Months for which a written agreement is kept once the work is over (劳动合同法 art 50).
const KEPT: Months = Months::new(24);

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

/// The slips that are written agreements which both sides accepted.
#[must_use]
pub fn concluded() -> Condition {
    Condition::all()
        .add(Column::OverAgeAgreement.eq(true))
        .add(Column::AcceptedByWorkerAt.is_not_null())
        .add(Column::AcceptedByPartyAt.is_not_null())
}

/// Their engagements.
#[must_use]
pub fn with_agreement() -> SelectStatement {
    Entity::find().select_only().column(Column::EngagementId).filter(concluded()).into_query()
}

/// Until when the agreement about work that ended at a moment is kept.
#[must_use]
pub fn kept_until(ended: DateTime<Utc>) -> DateTime<Utc> {
    ended + KEPT
}

/// Agreements about work that ended before this were kept long enough.
#[must_use]
pub fn kept_from(now: DateTime<Utc>) -> DateTime<Utc> {
    now - KEPT
}

/// Changes what the slips of engagements say; their numbers.
pub async fn rewrite(tx: &Tx, engagements: &[Uuid], anew: fn(Terms) -> Terms) -> Result<Vec<String>, Fault> {
    let of = Column::EngagementId.is_in(engagements.iter().copied());
    let slips = Entity::find().filter(of).all(tx).await?;
    if slips.is_empty() {
        return Ok(Vec::new());
    }
    let mut said = CaseStatement::new();
    for slip in &slips {
        let terms = serde_json::to_value(anew(read(slip)?)).map_err(Fault::of("write a work slip"))?;
        said = said.case(Column::EngagementId.eq(slip.engagement_id), Expr::value(terms));
    }
    Entity::update_many()
        .col_expr(Column::Terms, said.into())
        .filter(Column::EngagementId.is_in(slips.iter().map(|slip| slip.engagement_id)))
        .exec(tx)
        .await?;
    Ok(slips.into_iter().map(|slip| slip.number).collect())
}

/// Lets go of the slips of engagements that are nobody's any more. A written agreement stays for its time, and does not say whose it
/// was: the name stands in the wage ledger.
pub async fn forget(tx: &Tx, engagements: &[Uuid]) -> Result<(), Fault> {
    let of = Column::EngagementId.is_in(engagements.iter().copied());
    Entity::delete_many().filter(of).filter(concluded().not()).exec(tx).await?;
    rewrite(tx, engagements, |terms| Terms { worker: Uuid::nil(), ..terms }).await?;
    Ok(())
}

/// Lets go of agreements that are nobody's and were kept long enough, at most so many (到期清理); how many.
pub async fn let_go(tx: &Tx, most: u64) -> Result<usize, Fault> {
    let ids: Vec<Uuid> = Entity::find()
        .join(JoinType::InnerJoin, on::<Entity, engagement::Entity>(Column::EngagementId, engagement::Column::Id))
        .select_only()
        .column(Column::EngagementId)
        .filter(concluded())
        .filter(engagement::Column::WorkerId.is_null())
        .filter(engagement::Column::EndsAt.lt(kept_from(tx.ctx().now())))
        .limit(most)
        .into_tuple()
        .all(tx)
        .await?;
    if !ids.is_empty() {
        Entity::delete_many().filter(Column::EngagementId.is_in(ids.iter().copied())).exec(tx).await?;
    }
    Ok(ids.len())
}
