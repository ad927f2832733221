//! Looking after registrations each day (求职登记日常维护): who came into another band of ages or soon comes to be
//! over age, who is no longer known to look for work and is asked, and hardship that is over. In the morning, because people are
//! asked.

use std::collections::HashMap;

use entities::{citizen, worker};
use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, Lang, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::citizens::messages;
use crate::citizens::store as citizens;
use crate::workers::parameters::{Parameters, WorkerParameter};
use crate::workers::policy;
use crate::workers::rows::{worker_difficulty, worker_profile};
use crate::workers::rules::ages;
use crate::workers::store::load;

/// So many in one transaction: a city has one writer, and somebody is always waiting for it.
const BATCH: u64 = 200;

/// Looks after registrations (求职登记日常维护).
pub(crate) async fn tend_workers(ctx: &Ctx) -> Result<(), Fault> {
    every(ctx, |ctx, after| async move { change_bands(&ctx, after).await }).await?;
    every(ctx, |ctx, after| async move { ask(&ctx, after).await }).await?;
    every(ctx, |ctx, after| async move { forget_hardship(&ctx, after).await }).await
}

/// Batch after batch, until one is the last: what a step gives back is the id after which the next begins.
async fn every<F, Fut>(ctx: &Ctx, step: F) -> Result<(), Fault>
where
    F: Fn(Ctx, Uuid) -> Fut,
    Fut: Future<Output = Result<Option<Uuid>, Fault>>,
{
    let mut after = Uuid::nil();
    while let Some(last) = step(ctx.clone(), after).await? {
        after = last;
    }
    Ok(())
}

/// The registrations that hold, with whose they are, after an id.
fn in_force(after: Uuid, within: Condition) -> sea_orm::SelectTwo<worker::Entity, citizen::Entity> {
    let owner =
        worker::Entity::belongs_to(citizen::Entity).from(worker::Column::CitizenId).to(citizen::Column::Id).into();
    worker::Entity::find()
        .filter(worker::Column::Status.eq("ACTIVE"))
        .filter(worker::Column::Id.gt(after))
        .filter(within)
        .join(JoinType::InnerJoin, owner)
        .order_by_asc(worker::Column::Id)
        .limit(BATCH)
        .select_also(citizen::Entity)
}

/// Who came into another band of ages, and who soon comes to be over age.
async fn change_bands(ctx: &Ctx, after: Uuid) -> Result<Option<Uuid>, Fault> {
    let scope = ctx.scope();
    let older = Parameters::of(&scope).await?.older();
    let years = ages::years_to_look_at(ctx.today());
    let born = Condition::all().add(citizen::Column::BirthYear.is_in(years));
    let rows = in_force(after, born).all(&scope).await?;
    let Some(last) = rows.last().map(|(row, _)| row.id) else { return Ok(None) };
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let profiles = worker_profile::Entity::find().filter(worker_profile::Column::WorkerId.is_in(ids));
    let profiles: HashMap<Uuid, worker_profile::Model> =
        profiles.all(&scope).await?.into_iter().map(|row| (row.worker_id, row)).collect();
    let mut changed = Vec::new();
    for (row, owner) in rows {
        let Some(owner) = owner else { continue };
        let Some(id) = load::id_of(ctx, &owner).await? else { continue };
        let said = load::said(profiles.get(&row.id));
        let band = ages::band(&id, said, older, ctx.today()).name();
        let soon = ages::over_age_soon(&id, said, ctx.today());
        if row.age_band != band || row.over_age_from != soon {
            changed.push((row, band, soon));
        }
    }
    if !changed.is_empty() {
        let count = changed.len();
        done(
            ctx.transact(&policy::TEND, |tx| async move {
                tx.note("bands", count);
                for (row, band, soon) in changed {
                    worker::Entity::update_many()
                        .col_expr(worker::Column::AgeBand, Expr::value(band))
                        .col_expr(worker::Column::OverAgeFrom, Expr::value(soon))
                        .filter(worker::Column::Id.eq(row.id))
                        .filter(worker::Column::Version.eq(row.version))
                        .exec(&tx)
                        .await?;
                }
                Ok(())
            })
            .await,
        )?;
    }
    Ok(Some(last))
}

/// Who is no longer known to look for work: marked, and asked once by text message.
async fn ask(ctx: &Ctx, after: Uuid) -> Result<Option<Uuid>, Fault> {
    let stale = Condition::all().add(worker::Column::LookingUntil.lte(ctx.now()));
    let rows = in_force(after, stale).all(&ctx.scope()).await?;
    let Some(last) = rows.last().map(|(row, _)| row.id) else { return Ok(None) };
    done(
        ctx.transact(&policy::TEND, |tx| async move {
            let days = Parameters::of(&tx).await?.get(WorkerParameter::LookingDays);
            let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
            let messages = questions(&tx, rows, days).await?;
            worker::Entity::update_many()
                .col_expr(worker::Column::LookingUntil, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
                .filter(worker::Column::Id.is_in(ids.clone()))
                // Whoever said so meanwhile looks.
                .filter(worker::Column::LookingUntil.lte(tx.ctx().now()))
                .exec(&tx)
                .await?;
            worker_profile::Entity::update_many()
                .col_expr(worker_profile::Column::AskedAt, Expr::value(tx.ctx().now()))
                .filter(worker_profile::Column::WorkerId.is_in(ids.clone()))
                .exec(&tx)
                .await?;
            tx.note("stale", ids.len());
            tx.note("asked", messages.len());
            // A number that gets nothing more today is asked at the counter.
            tx.sms_to_all(messages).await?;
            Ok(())
        })
        .await,
    )?;
    Ok(Some(last))
}

async fn questions(
    tx: &Tx,
    rows: Vec<(worker::Model, Option<citizen::Model>)>,
    days: i32,
) -> Result<Vec<kernel::sms::Message>, Fault> {
    let mut messages = Vec::new();
    for (row, owner) in rows {
        let Some(owner) = owner.filter(|owner| owner.status == "ACTIVE") else { continue };
        let lang = Lang::from_code(&owner.lang);
        if let Some(phone) = citizens::person(tx.ctx(), &owner).await?.phone {
            messages.push(messages::still_looking(phone, lang, row.id, days));
        }
    }
    Ok(messages)
}

/// Hardship whose day is over counts no more, and is not kept.
async fn forget_hardship(ctx: &Ctx, after: Uuid) -> Result<Option<Uuid>, Fault> {
    let rows = worker_difficulty::Entity::find()
        .filter(worker_difficulty::Column::ValidUntil.lt(ctx.today()))
        .filter(worker_difficulty::Column::Id.gt(after))
        .order_by_asc(worker_difficulty::Column::Id)
        .limit(BATCH)
        .all(&ctx.scope())
        .await?;
    let Some(last) = rows.last().map(|row| row.id) else { return Ok(None) };
    done(
        ctx.transact(&policy::TEND, |tx| async move {
            let scans: Vec<Uuid> = rows.iter().filter_map(|row| row.evidence).collect();
            kernel::blob::discard(&tx, &scans).await?;
            let ids = rows.iter().map(|row| row.id);
            worker_difficulty::Entity::delete_many().filter(worker_difficulty::Column::Id.is_in(ids)).exec(&tx).await?;
            tx.note("difficulties", rows.len());
            Ok(())
        })
        .await,
    )?;
    Ok(Some(last))
}

fn done(ended: Result<(), Stop<Never>>) -> Result<(), Fault> {
    ended.map_err(Stop::into_fault)
}
