//! Repeating a posting (再发一次): the same work some days later, and at once where its party may.

use kernel::clock::shanghai;
use kernel::gql::Date;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::publishing::way;
use super::saving::{self, Unentered, stop};
use super::submit_posting::hand_in;
use crate::engagements::jobs::InviteAgain;
use crate::forms::{PostingInput, ShiftInput};
use crate::policy;
use crate::rows::{posting, shift};
use crate::rules::checking::text_key;
use crate::rules::shifts::moved;
use crate::store::{place, posting as rows, visible};

/// So many days later at most.
const DAYS: std::ops::RangeInclusive<i32> = 1..=90;

saving::refusals_of_entering! {
    /// Why a posting was not repeated (不予再发).
    pub RepeatPosting => RepeatPostingReason, RepeatPostingRefusalCode {
        /// Days that cannot be.
        Days @ "days": "顺延天数应为 1—90 天。" / "It is repeated 1 to 90 days later.",
    }
}

/// Repeats a posting so many days later (再发一次), with the same shifts, and hands it in: 明天照旧再来十个.
pub async fn repeat_posting(
    ctx: &Ctx,
    id: Uuid,
    days: i32,
    same_workers: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<RepeatPosting>> {
    ctx.transact_once(&policy::CREATE, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let row = visible::load_for(&tx, &policy::CREATE, id).await?;
        if !DAYS.contains(&days) {
            return Err(Stop::Refused(RepeatPosting::Days));
        }
        let shifts = rows::shifts_of(&tx, &[id]).await?.remove(&id).unwrap_or_default();
        let input = later(&ctx, &row, &shifts, days.into());
        let ground = place::stored(&tx, &row).await?;
        let read = ground.read(&ctx, &input, &[]).map_err(|flaws| stop(Unentered::Flawed(flaws)))?;
        let key = text_key(&read);
        let way = way(&tx, &ground, &saving::text_of(&read, &key)).await?;
        let lane = way.map_err(|unfit| stop(Unentered::Unfit(unfit)))?;
        let new = saving::enter(&tx, &ground, &read, "repeated").await?;
        let row = posting::Entity::find_by_id(new).one(&tx).await?.ok_or(kernel::Fault::NotFound)?;
        hand_in(&tx, &row, lane).await?;
        if same_workers {
            tx.enqueue(&InviteAgain { posting: new, of: id })?;
        }
        Ok(Outcome::of("Posting", new, 2))
    })
    .await
}

/// The form of a stored posting, so many days later.
fn later(ctx: &Ctx, row: &posting::Model, shifts: &[shift::Model], days: i64) -> PostingInput {
    let form = form_of(ctx, row, shifts);
    let held = row.valid_until - row.valid_from;
    let from = ctx.today();
    let shifts = moved(&form.shifts, days);
    // A period that was said is as long again; one that followed from the shifts follows from them again.
    let last = shifts.iter().map(|shift| kernel::clock::day_of(shift.ends_at.to_utc())).max().unwrap_or(from);
    let until = (from + held).max(last);
    PostingInput { shifts, valid_from: None, valid_until: Some(Date(until)), ..form }
}

/// A stored posting as the form it would be filled in with (还原表单).
#[must_use]
pub fn form_of(ctx: &Ctx, row: &posting::Model, shifts: &[shift::Model]) -> PostingInput {
    let here = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai());
    let shift = |row: &shift::Model| ShiftInput {
        starts_at: here(row.starts_at),
        ends_at: here(row.ends_at),
        headcount: row.headcount,
        break_minutes: Some(row.break_minutes),
    };
    let point = row.lat.zip(row.lng);
    PostingInput {
        party_id: ctx.gid("HiringParty", row.party_id),
        trade: row.trade.clone(),
        duties: row.duties.clone(),
        place: row.place.clone(),
        wage_fen: row.wage_fen,
        wage_unit: row.wage_unit,
        shifts: shifts.iter().map(shift).collect(),
        title: Some(row.title.clone()),
        conditions: row.conditions.clone(),
        pay_text: row.pay_text.clone(),
        kind: Some(row.kind),
        source: Some(row.source),
        engagement: Some(row.engagement),
        pay_day: Some(row.pay_day),
        county: Some(row.county.clone()),
        market_id: row.market_id.map(|id| ctx.gid("Market", id)),
        point: point.map(|(lat, lng)| markets::PointInput { lat, lng, crs: Some(kernel::geo::Crs::Gcj02) }),
        cover: Some(row.cover),
        needs_certificate: Some(row.needs_certificate),
        instant: Some(row.instant),
        priority: Some(row.priority),
        valid_from: Some(Date(row.valid_from)),
        valid_until: Some(Date(row.valid_until)),
    }
}
