//! Postings whose time is over (到期处理): their last day is past, or their last shift has ended.

use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::events::{PostingClosed, PostingExpired};
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::posting;
use crate::rules::lifecycle::over;
use crate::store::public;

/// Postings of one transaction.
const AT_ONCE: u64 = 500;

/// Ends some of them (到期处理); how many, so that whoever asks goes on while there are more.
pub async fn expire_postings(ctx: &Ctx) -> Result<usize, Fault> {
    let done: Result<usize, Stop<Never>> = ctx
        .transact(&policy::KEEP, |tx| async move {
            let due = due(&tx).await?;
            tx.note("postings", due.len());
            for status in [PostingStatus::Published, PostingStatus::Filled, PostingStatus::InReview] {
                let ids = due.iter().filter(|(_, was)| *was == status).map(|(id, _)| *id).collect();
                end(&tx, ids, status).await?;
            }
            Ok(due.len())
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Is anything due? Looked at first, so that nothing is written in the audit of a city in which nothing is.
pub async fn anything_due(ctx: &Ctx) -> Result<bool, Fault> {
    let one = posting::Entity::find().select_only().column(posting::Column::Id).filter(is_due(ctx)).limit(1);
    Ok(one.into_tuple::<Uuid>().one(&ctx.scope()).await?.is_some())
}

fn is_due(ctx: &Ctx) -> Condition {
    use posting::Column;
    let over = Condition::any().add(Column::EndsAt.lte(ctx.now())).add(Column::ValidUntil.lt(ctx.today()));
    let shown = Condition::all()
        .add(Column::Status.is_in([PostingStatus::Published, PostingStatus::Filled]))
        // Nothing is over before nobody can apply any more: found by its index.
        .add(Column::ClosesAt.lte(ctx.now()))
        .add(over);
    let waiting = Condition::all().add(Column::Status.eq(PostingStatus::InReview)).add(Column::ClosesAt.lte(ctx.now()));
    Condition::any().add(shown).add(waiting)
}

async fn due(tx: &Tx) -> Result<Vec<(Uuid, PostingStatus)>, Fault> {
    Ok(posting::Entity::find()
        .select_only()
        .columns([posting::Column::Id, posting::Column::Status])
        .filter(is_due(tx.ctx()))
        .order_by_asc(posting::Column::Id)
        .limit(AT_ONCE)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(tx)
        .await?)
}

async fn end(tx: &Tx, ids: Vec<Uuid>, status: PostingStatus) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    let filled = over(status) == PostingStatus::Closed;
    let kind = if filled { "ended" } else { "expired" };
    public::end_all(tx, &ids, over(status), (kind, "POSTING_OVER")).await?;
    for id in ids {
        if filled {
            tx.announce(&PostingClosed { id })?;
        } else {
            tx.announce(&PostingExpired { id })?;
        }
    }
    Ok(())
}
