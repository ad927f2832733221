//! What the house does by itself (自动处理): fills from stand-by lists at six, closes what is over, asks whether wages were paid and
//! warns of those that were not, and lets go of what has had its time.

use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, Fault, Never, Place, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use uuid::Uuid;

use super::{cancel, tell};
use crate::engagements::events::{EngagementCompleted, EngagementUnpaid};
use crate::engagements::kinds::CancelReason;
use crate::engagements::rules::pay;
use crate::engagements::rules::settings::HireRules;
use crate::engagements::rules::steps::{Step, WAITING};
use crate::engagements::store::deal::{self, with_posting};
use crate::engagements::store::{change, hire_rules, offer, places, points, slips, standby, wages, workers};
use crate::kinds::{EngagementStatus, PostingStatus, Side};
use crate::policy::KEEP;
use crate::rows::{conduct_point, engagement, posting, shift};

/// So many are looked at in one go; the next go takes the next ones.
const BATCH: u64 = 200;

/// So many wage sheets go in one transaction, each with up to a hundred lines and proofs.
const SHEETS: u64 = 20;

/// How many were done, of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Places that were free while somebody stood by.
    pub filled: usize,
    /// Lapsed before anything was confirmed.
    pub lapsed: usize,
    /// Cancelled with their posting.
    pub cancelled: usize,
    /// Work that counts as done.
    pub completed: usize,
    /// Workers who were asked whether they were paid.
    pub asked: usize,
    /// Early warnings.
    pub warned: usize,
}

fn ok<T>(done: Result<T, Stop<Never>>) -> Result<T, Fault> {
    done.map_err(Stop::into_fault)
}

/// Ids of engagements for which something is to be done.
async fn ids(ctx: &Ctx, query: Select<engagement::Entity>) -> Result<Vec<Uuid>, Fault> {
    let ids = query.select_only().column(engagement::Column::Id).order_by_asc(engagement::Column::Id).limit(BATCH);
    Ok(ids.into_tuple().all(&ctx.scope()).await?)
}

/// Fills the free places of shifts to come from their stand-by lists (候补递补); how many. It marks nobody as a no-show.
pub async fn fill_from_standby(ctx: &Ctx) -> Result<usize, Fault> {
    use engagement::Column as Of;
    let rules = hire_rules::read(&ctx.scope()).await?;
    let begun = ctx.now() - Duration::minutes(rules.standby_minutes.into());
    let on = deal::with_shift(engagement::Entity::find());
    let shifts: Vec<Uuid> = on
        .filter(Of::Status.eq(EngagementStatus::Standby))
        .filter(Of::StartsAt.gt(begun))
        .filter(shift::Column::Open.eq(true))
        .filter(
            Expr::col((shift::Entity, shift::Column::Taken)).lt(Expr::col((shift::Entity, shift::Column::Headcount))),
        )
        .select_only()
        .column(Of::ShiftId)
        .distinct()
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let mut filled = 0;
    for id in shifts {
        filled += ok(ctx
            .transact(&KEEP, |tx| async move {
                tx.authorize(&KEEP, &Place::city()).await?;
                let offer = offer::load(&tx, tx.ctx(), id).await?;
                tx.about("Shift", id);
                let rules = hire_rules::read(&tx).await?;
                let filled = standby::fill(&tx, &offer, &rules).await?;
                tx.note("filled", filled);
                Ok(filled)
            })
            .await)?;
    }
    Ok(filled)
}

/// Closes what is over, asks and warns (到期处理).
pub async fn sweep(ctx: &Ctx) -> Result<Kept, Fault> {
    let (rules, now) = (hire_rules::read(&ctx.scope()).await?, ctx.now());
    Ok(Kept {
        filled: fill_from_standby(ctx).await?,
        lapsed: lapse(ctx, &rules, now).await?,
        cancelled: cancel_gone(ctx, None).await?,
        completed: complete(ctx, &rules, now).await?,
        asked: if pay::may_ask(now) { ask(ctx, now).await? } else { 0 },
        warned: warn(ctx, &rules, now).await?,
    })
}

/// Applications of what is closed or has begun.
async fn lapse(ctx: &Ctx, rules: &HireRules, now: DateTime<Utc>) -> Result<usize, Fault> {
    use engagement::Column as Of;
    let over = [PostingStatus::Closed, PostingStatus::Expired, PostingStatus::Withdrawn, PostingStatus::TakenDown];
    let begun = now - Duration::minutes(rules.standby_minutes.into());
    let query = with_posting(engagement::Entity::find())
        .filter(Of::Status.is_in(WAITING))
        .filter(Condition::any().add(posting::Column::Status.is_in(over)).add(Of::StartsAt.lte(begun)));
    let found = ids(ctx, query).await?;
    for id in &found {
        let id = *id;
        step(ctx, id, move |tx, row| {
            Box::pin(async move {
                let Some(lapsed) = change::step(&row.row, Step::Lapse, tx.ctx().now()) else { return Ok(()) };
                let lapsed = engagement::ActiveModel { end_reason: Set(Some("LAPSED".to_owned())), ..lapsed };
                change::write(&tx, &row.row, lapsed).await
            })
        })
        .await?;
    }
    Ok(found.len())
}

type Work = std::pin::Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// Does something to one engagement, in a transaction of its own: nobody waits for two hundred.
async fn step(ctx: &Ctx, id: Uuid, work: impl FnOnce(Tx, deal::Deal) -> Work + Send) -> Result<(), Fault> {
    ok(ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.about("Engagement", id);
            let row = deal::held(&tx, id).await?;
            work(tx, row).await?;
            Ok(())
        })
        .await)
}

/// Places of postings that the hiring party took back, or that were taken down: it cancels them with it. Of one posting, or of
/// all, however many: nobody sets out for what is gone. Not once the shift is over: the wage is owed then, unless nobody came.
pub async fn cancel_gone(ctx: &Ctx, of: Option<Uuid>) -> Result<usize, Fault> {
    let mut cancelled = 0;
    loop {
        let query = with_posting(engagement::Entity::find())
            .filter(deal::confirmed())
            .filter(engagement::Column::EndsAt.gt(ctx.now()))
            .filter(posting::Column::Status.is_in([PostingStatus::Withdrawn, PostingStatus::TakenDown]))
            .filter(Condition::all().add_option(of.map(|id| posting::Column::Id.eq(id))));
        let found = ids(ctx, query).await?;
        if found.is_empty() {
            return Ok(cancelled);
        }
        for id in &found {
            step(ctx, *id, |tx, row| {
                Box::pin(async move {
                    if row.row.status == EngagementStatus::Confirmed {
                        cancel::give_up(&tx, &row, Side::Party, CancelReason::NoWork).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        }
        cancelled += found.len();
    }
}

/// Work of shifts that are over, of which nobody said anything: the time to pay must begin. So it must where nobody recorded the
/// arrival either (decision 24): else whoever keeps the code to itself is never warned of. It makes nobody arrive.
async fn complete(ctx: &Ctx, rules: &HireRules, now: DateTime<Utc>) -> Result<usize, Fault> {
    let until = now - Duration::hours(rules.complete_hours.into());
    let mut completed = 0;
    for at in [deal::arrived(), deal::confirmed()] {
        let over = engagement::Entity::find().filter(at).filter(engagement::Column::EndsAt.lte(until));
        let found = ids(ctx, over).await?;
        for id in &found {
            step(ctx, *id, |tx, row| {
                Box::pin(async move {
                    let Some(done) = change::step(&row.row, Step::Complete, tx.ctx().now()) else { return Ok(()) };
                    let done = change::completed(&row, None, row.row.ends_at, done);
                    change::write(&tx, &row.row, done).await?;
                    tx.announce(&EngagementCompleted { id: row.row.id })
                })
            })
            .await?;
        }
        completed += found.len();
    }
    Ok(completed)
}

/// Workers whose wage is due and who were not asked yet.
async fn ask(ctx: &Ctx, now: DateTime<Utc>) -> Result<usize, Fault> {
    use engagement::Column as Of;
    let query = engagement::Entity::find()
        .filter(deal::completed())
        .filter(Of::PayDueAt.lte(now))
        .filter(Of::AskedAt.is_null());
    let found = ids(ctx, query).await?;
    for id in &found {
        step(ctx, *id, |tx, row| {
            Box::pin(async move {
                if row.row.asked_at.is_some() || row.row.status != EngagementStatus::Completed {
                    return Ok(());
                }
                tell::ask_pay(&tx, &row).await?;
                let asked = engagement::ActiveModel {
                    asked_at: Set(Some(tx.ctx().now())),
                    asked_fen: Set(pay::to_get(&row.row)),
                    ..Default::default()
                };
                change::write(&tx, &row.row, asked).await
            })
        })
        .await?;
    }
    Ok(found.len())
}

/// Wages and allowances that are due and not confirmed, or not all of them: the early warning.
async fn warn(ctx: &Ctx, rules: &HireRules, now: DateTime<Utc>) -> Result<usize, Fault> {
    use engagement::Column as Of;
    let mut warned = 0;
    for owed in [deal::completed(), deal::short(), deal::allowance_owed()] {
        let query = engagement::Entity::find()
            .filter(owed)
            .filter(Of::PayDueAt.lte(now - Duration::hours(rules.unpaid_hours.into())))
            .filter(Of::WarnedAt.is_null());
        let found = ids(ctx, query).await?;
        for id in &found {
            step(ctx, *id, |tx, deal| {
                Box::pin(async move {
                    let row = &deal.row;
                    if row.warned_at.is_some() || !pay::is_owed(row.status, pay::to_get(row), row.paid_fen) {
                        return Ok(());
                    }
                    let warned = engagement::ActiveModel { warned_at: Set(Some(tx.ctx().now())), ..Default::default() };
                    change::write(&tx, row, warned).await?;
                    tx.announce(&EngagementUnpaid { id: row.id })
                })
            })
            .await?;
        }
        warned += found.len();
    }
    Ok(warned)
}

/// Lets go of what has had its time (到期清理): points that expired do not count any more, written agreements of people who were erased
/// go after two years, and wage sheets after three, each with its lines and proofs, until none is left.
pub async fn let_go(ctx: &Ctx) -> Result<usize, Fault> {
    expire_points(ctx).await?;
    reopen_postings(ctx).await?;
    forget_agreements(ctx).await?;
    let mut gone = 0;
    loop {
        let sheets = ok(ctx
            .transact(&KEEP, |tx| async move {
                tx.authorize(&KEEP, &Place::city()).await?;
                let sheets = wages::let_go(&tx, SHEETS).await?;
                tx.note("sheets", sheets);
                Ok(sheets)
            })
            .await)?;
        if sheets == 0 {
            return Ok(gone);
        }
        gone += sheets;
    }
}

async fn forget_agreements(ctx: &Ctx) -> Result<(), Fault> {
    loop {
        let agreements = ok(ctx
            .transact(&KEEP, |tx| async move {
                tx.authorize(&KEEP, &Place::city()).await?;
                let agreements = slips::let_go(&tx, BATCH).await?;
                tx.note("agreements", agreements);
                Ok(agreements)
            })
            .await)?;
        if agreements == 0 {
            return Ok(());
        }
    }
}

async fn expire_points(ctx: &Ctx) -> Result<(), Fault> {
    use conduct_point::Column as Of;
    // A week back: the job may have rested.
    let workers: Vec<Uuid> = conduct_point::Entity::find()
        .select_only()
        .column(Of::WorkerId)
        .filter(Of::ExpiresOn.lt(ctx.today()))
        .filter(Of::ExpiresOn.gte(ctx.today() - Duration::days(7)))
        .distinct()
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    if workers.is_empty() {
        return Ok(());
    }
    ok(ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.note("workers", workers.len());
            workers::held(&tx, &workers).await?;
            points::count(&tx, &workers).await?;
            Ok(())
        })
        .await)
}

/// Postings that are filled although a place of theirs is free: somebody was at them when it was given back.
async fn reopen_postings(ctx: &Ctx) -> Result<(), Fault> {
    let free = places::filled_with_free_places(&ctx.scope(), ctx.now()).await?;
    for id in free {
        ok(ctx
            .transact(&KEEP, |tx| async move {
                tx.authorize(&KEEP, &Place::city()).await?;
                tx.about("Posting", id);
                places::settle(&tx, id, PostingStatus::Filled).await?;
                Ok(())
            })
            .await)?;
    }
    Ok(())
}
