//! What else there is (相近班次): for whoever came too late for a place.

use chrono::{DateTime, Days, Utc};
use entities::worker;
use kernel::clock::day_of;
use kernel::{Ctx, Fault};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, ExprTrait as _, FromQueryResult, JoinType, Order,
    QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _,
};
use uuid::Uuid;

use super::lists::day;
use crate::engagements::rules::steps::HOLDING;
use crate::engagements::store::deal::{columns, on};
use crate::queries::conditions;
use crate::rows::{engagement, posting, shift};
use crate::rules::lane::Licence;
use crate::store::doors;

/// So many are told.
const MOST: usize = 3;
/// So many on either side are looked at: some are at hours at which the worker is busy.
const LOOK: u64 = 10;

/// Who is to have it.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// The citizen who asks.
    Own,
    /// The worker who stands at the counter.
    Worker(Uuid),
}

/// A shift with places.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The shift.
    pub shift: shift::Model,
    /// Its posting.
    pub posting: posting::Model,
}

impl FromQueryResult for Alternative {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            shift: shift::Model::from_query_result(row, "s_")?,
            posting: posting::Model::from_query_result(row, "p_")?,
        })
    }
}

/// At most three shifts of the same trade with places, on the same day or the next, those that begin at nearly the same time
/// first, at hours at which whoever is to have it has no place.
pub async fn near(ctx: &Ctx, asked: Uuid, whose: Whose) -> Result<Vec<Alternative>, Fault> {
    let Some((starts_at, trade)) = asked_for(ctx, asked).await? else { return Ok(Vec::new()) };
    let mut found = side(ctx, asked, &trade, starts_at, Order::Asc).await?;
    found.extend(side(ctx, asked, &trade, starts_at, Order::Desc).await?);
    let busy = busy(ctx, whose).await?;
    found.retain(|one| !busy.iter().any(|(from, to)| one.shift.starts_at < *to && *from < one.shift.ends_at));
    // Whoever is sent on is not refused there for the licence of an agency.
    let agencies: Vec<Uuid> = found.iter().filter_map(|one| one.posting.agency_id).collect();
    let licensed = doors::licences(ctx, &ctx.scope(), &agencies).await?;
    let may_place = |agency| licensed.get(&agency).is_some_and(|known| known.licence == Licence::Good);
    found.retain(|one| one.posting.agency_id.is_none_or(may_place));
    found.sort_by_key(|one| ((one.shift.starts_at - starts_at).abs(), one.shift.id));
    found.truncate(MOST);
    Ok(found)
}

async fn asked_for(ctx: &Ctx, shift: Uuid) -> Result<Option<(DateTime<Utc>, String)>, Fault> {
    let posting = on::<shift::Entity, posting::Entity>(shift::Column::PostingId, posting::Column::Id);
    Ok(shift::Entity::find_by_id(shift)
        .select_only()
        .join(JoinType::InnerJoin, posting)
        .column(shift::Column::StartsAt)
        .column(posting::Column::Trade)
        .into_tuple()
        .one(&ctx.scope())
        .await?)
}

async fn side(
    ctx: &Ctx,
    asked: Uuid,
    trade: &str,
    starts_at: DateTime<Utc>,
    order: Order,
) -> Result<Vec<Alternative>, Fault> {
    use shift::Column as Of;
    let (on_day, now) = (day_of(starts_at), ctx.now());
    let [first, _] = day(on_day);
    let [_, last] = day(on_day + Days::new(1));
    let of = on::<shift::Entity, posting::Entity>(Of::PostingId, posting::Column::Id);
    let query = shift::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, of)
        .filter(conditions::open(ctx))
        .filter(posting::Column::Trade.eq(trade))
        .filter(Of::Id.ne(asked))
        .filter(Of::Open.eq(true))
        .filter(Expr::col((shift::Entity, Of::Taken)).lt(Expr::col((shift::Entity, Of::Headcount))))
        .filter(Of::StartsAt.gt(Ord::max(now, first)))
        .filter(Of::StartsAt.lt(last))
        .filter(if order == Order::Asc { Of::StartsAt.gte(starts_at) } else { Of::StartsAt.lt(starts_at) })
        .order_by(Of::StartsAt, order)
        .order_by_asc(Of::Id)
        .limit(LOOK);
    let query = columns::<_, posting::Entity>(columns::<_, shift::Entity>(query, "s_"), "p_");
    Ok(query.into_model::<Alternative>().all(&ctx.scope()).await?)
}

/// The hours at which somebody has a place.
async fn busy(ctx: &Ctx, whose: Whose) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, Fault> {
    use engagement::Column as Of;
    let of = match (whose, ctx.actor().citizen_id()) {
        (Whose::Worker(worker), _) => worker::Column::Id.eq(worker),
        (Whose::Own, Some(citizen)) => worker::Column::CitizenId.eq(citizen),
        (Whose::Own, None) => return Ok(Vec::new()),
    };
    let own = on::<engagement::Entity, worker::Entity>(Of::WorkerId, worker::Column::Id);
    Ok(engagement::Entity::find()
        .select_only()
        .columns([Of::StartsAt, Of::EndsAt])
        .join(JoinType::InnerJoin, own)
        .filter(of)
        .filter(Condition::all().add(Of::Status.is_in(HOLDING)).add(Of::EndsAt.gt(ctx.now())))
        .into_tuple()
        .all(&ctx.scope())
        .await?)
}
