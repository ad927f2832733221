//! Lists of engagements (用工对接列表): the worker's own, a hiring party's, and what the staff reaches.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, SecondsFormat, Utc};
use entities::{hiring_party, worker};
use kernel::clock::shanghai;
use kernel::gql::{Date, Paging};
use kernel::policy::ClassedReach;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, ExprTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QueryResult, QuerySelect as _, Select,
};
use serde::Serialize;
use uuid::Uuid;

use crate::engagements::store::deal::{
    Deal, allowance_owed, columns, completed, less, on, short, to_get, with_posting, with_shift,
};
use crate::engagements::store::{doors, offer};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::engagement::{self, Column as Of};
use crate::rows::posting;
use crate::store::visible;

/// An engagement in a list, with what is shown beside it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The engagement.
    pub row: engagement::Model,
    /// Its posting.
    pub posting: posting::Model,
    /// Unpaid rest, minutes.
    pub break_minutes: i32,
    /// What everybody reads of the hiring party.
    pub party_name: String,
    /// What is shown of the worker.
    pub worker_name: Option<String>,
    /// The citizen behind the worker.
    pub citizen: Option<Uuid>,
}

impl FromQueryResult for Listed {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: engagement::Model::from_query_result(row, "e_")?,
            posting: posting::Model::from_query_result(row, "p_")?,
            break_minutes: row.try_get("", "break_minutes")?,
            party_name: row.try_get("", "party_name")?,
            worker_name: row.try_get("", "worker_name")?,
            citizen: row.try_get("", "worker_citizen")?,
        })
    }
}

impl From<Deal> for Listed {
    fn from(deal: Deal) -> Self {
        Self {
            row: deal.row,
            posting: deal.posting,
            break_minutes: deal.shift.break_minutes,
            party_name: deal.party.display_name,
            citizen: deal.worker.as_ref().map(|worker| worker.citizen_id),
            worker_name: deal.worker.map(|worker| worker.name_masked),
        }
    }
}

/// What is searched for among engagements (用工对接筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct EngagementFilter {
    /// States; all of them unless said (状态).
    pub status: Option<Vec<EngagementStatus>>,
    /// At this market (市场).
    pub market_id: Option<ID>,
    /// For this posting (招聘信息).
    pub posting_id: Option<ID>,
    /// Shifts from this day on (开工日期起).
    pub starts_from: Option<Date>,
    /// Shifts until this day (开工日期止).
    pub starts_to: Option<Date>,
    /// Those that are disputed (有异议).
    pub disputed: Option<bool>,
    /// Those with an early warning of unpaid wages (欠薪预警).
    pub warned: Option<bool>,
    /// Those paid less than agreed, or than the wage sheet says where no sum was agreed, or less than the allowance, as the worker says
    /// (少付).
    pub short: Option<bool>,
    /// Those whose shift is over and of which nobody said that anybody came (未了结).
    pub unclosed: Option<bool>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The next shift first.
    StartsAsc,
    /// The last shift first.
    StartsDesc,
    /// The first that was due first.
    DueAsc,
}

impl Order {
    const fn column(self) -> Of {
        match self {
            Self::StartsAsc | Self::StartsDesc => Of::StartsAt,
            Self::DueAsc => Of::PayDueAt,
        }
    }

    fn key(self, row: &engagement::Model) -> Vec<String> {
        let at = match self {
            Self::StartsAsc | Self::StartsDesc => row.starts_at,
            Self::DueAsc => row.pay_due_at.unwrap_or(row.starts_at),
        };
        vec![at.to_rfc3339_opts(SecondsFormat::Micros, true), row.id.to_string()]
    }

    fn beyond(self, after: &[String]) -> Result<Condition, Fault> {
        const READ: &str = "read a cursor of engagements";
        let [at, id] = after else { return Err(Fault::internal(READ)) };
        let at: DateTime<Utc> = at.parse().map_err(Fault::of(READ))?;
        let id: Uuid = id.parse().map_err(Fault::of(READ))?;
        let column = self.column();
        let same = Condition::all().add(column.eq(at));
        Ok(if self == Self::StartsDesc {
            Condition::any().add(column.lt(at)).add(same.add(Of::Id.lt(id)))
        } else {
            Condition::any().add(column.gt(at)).add(same.add(Of::Id.gt(id)))
        })
    }
}

fn joined() -> Select<engagement::Entity> {
    let party = on::<engagement::Entity, hiring_party::Entity>(Of::PartyId, hiring_party::Column::Id);
    let worker = on::<engagement::Entity, worker::Entity>(Of::WorkerId, worker::Column::Id);
    let all = with_shift(with_posting(engagement::Entity::find().select_only()))
        .join(JoinType::InnerJoin, party)
        .join(JoinType::LeftJoin, worker)
        .column_as(crate::rows::shift::Column::BreakMinutes, "break_minutes")
        .column_as(hiring_party::Column::DisplayName, "party_name")
        .column_as(worker::Column::NameMasked, "worker_name")
        .column_as(worker::Column::CitizenId, "worker_citizen");
    columns::<_, posting::Entity>(columns::<_, engagement::Entity>(all, "e_"), "p_")
}

/// Rows of a page, each with its key.
pub type Rows = Vec<(Vec<String>, Listed)>;

async fn page(ctx: &Ctx, which: Condition, order: Order, paging: &Paging) -> Result<Rows, Fault> {
    let mut query = joined().filter(which);
    if let Some(after) = &paging.after {
        query = query.filter(order.beyond(after)?);
    }
    let column = order.column();
    let sorted = if order == Order::StartsDesc {
        query.order_by_desc(column).order_by_desc(Of::Id)
    } else {
        query.order_by_asc(column).order_by_asc(Of::Id)
    };
    let rows = sorted.limit(paging.limit()).into_model::<Listed>().all(&ctx.scope()).await?;
    Ok(rows.into_iter().map(|listed| (order.key(&listed.row), listed)).collect())
}

/// A page of what the staff reaches.
pub async fn of_staff(ctx: &Ctx, filter: &EngagementFilter, paging: &Paging) -> Result<Rows, Fault> {
    let reach = ctx.reach_by_class(&policy::READ_DEALS).await?;
    let which = Condition::all().add(visible::within(&reach)).add(condition(ctx, filter));
    page(ctx, which, Order::StartsDesc, paging).await
}

/// Is it a market within a reach? Another is not there.
pub async fn at_reach(ctx: &Ctx, reach: &ClassedReach, market: Uuid) -> Result<(), Fault> {
    let stand = markets::stand(&ctx.scope(), market).await?;
    if reach.holds(&stand.place) { Ok(()) } else { Err(Fault::NotFound) }
}

/// The shifts of today at a market, in the order in which they begin.
pub async fn of_today(ctx: &Ctx, market: Uuid, paging: &Paging) -> Result<Rows, Fault> {
    let reach = ctx.reach_by_class(&policy::READ_DEALS).await?;
    at_reach(ctx, &reach, market).await?;
    let [from, to] = day(ctx.today());
    let which = Condition::all()
        .add(visible::within(&reach))
        .add(Of::MarketId.eq(market))
        .add(Of::StartsAt.gte(from))
        .add(Of::StartsAt.lt(to));
    page(ctx, which, Order::StartsAsc, paging).await
}

/// Early warnings of wages and allowances that are not paid, or not all of them, those that were due first first.
pub async fn unpaid(ctx: &Ctx, paging: &Paging) -> Result<Rows, Fault> {
    let reach = ctx.reach_by_class(&policy::READ_DEALS).await?;
    let which = Condition::all()
        .add(visible::within(&reach))
        .add(Condition::any().add(completed()).add(short()).add(allowance_owed()))
        .add(Of::PayDueAt.is_not_null())
        .add(Of::WarnedAt.is_not_null());
    page(ctx, which, Order::DueAsc, paging).await
}

/// A worker's own; of those to come or to be paid, or of all.
pub async fn of_worker(ctx: &Ctx, open: bool, paging: &Paging) -> Result<Rows, Fault> {
    let citizen = ctx.citizen()?;
    let Some(worker) = doors::own_worker(&ctx.scope(), citizen.id).await? else { return Ok(Vec::new()) };
    let live = Condition::all().add(Of::EndedAt.is_null()).add(Of::Status.ne(EngagementStatus::Paid));
    let waits = Condition::any().add(live).add(allowance_owed());
    let which = Condition::all().add(Of::WorkerId.eq(worker)).add_option(open.then_some(waits));
    page(ctx, which, Order::StartsDesc, paging).await
}

/// Those of a posting, for whoever acts for its hiring party and for the staff; says which of them asks.
pub async fn of_posting(ctx: &Ctx, posting: Uuid, paging: &Paging) -> Result<(Side, Rows), Fault> {
    let row = posting::Entity::find_by_id(posting).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let action = if ctx.actor().citizen_id().is_some() { &policy::CONFIRM } else { &policy::READ_DEALS };
    let side = offer::side_of(&ctx.scope(), ctx, action, &offer::Work::from(&row)).await?;
    let which = Condition::all().add(Of::PostingId.eq(posting));
    Ok((side, page(ctx, which, Order::StartsAsc, paging).await?))
}

/// The engagements of a group that was taken together with this one, and this one.
pub async fn group_of(ctx: &Ctx, id: Uuid) -> Result<Vec<Listed>, Fault> {
    let row = engagement::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let which = match row.group_no {
        Some(group) => Condition::all().add(Of::ShiftId.eq(row.shift_id)).add(Of::GroupNo.eq(group)),
        None => Condition::all().add(Of::Id.eq(id)),
    };
    Ok(joined().filter(which).order_by_asc(Of::Id).into_model::<Listed>().all(&ctx.scope()).await?)
}

/// A day of Shanghai, from and until when.
#[must_use]
pub fn day(day: NaiveDate) -> [DateTime<Utc>; 2] {
    [day, day + Days::new(1)].map(|day| {
        let midnight = day.and_time(NaiveTime::MIN).and_local_timezone(shanghai());
        midnight.single().map_or(DateTime::<Utc>::MIN_UTC, |at| at.with_timezone(&Utc))
    })
}

/// Less was paid than the worker was to get, of a wage or of an allowance: true or false of every engagement.
fn paid_less() -> Condition {
    let known = || Condition::all().add(Of::PaidFen.is_not_null());
    let wage = known().add(Of::Status.ne(EngagementStatus::CancelledByParty)).add(to_get().is_not_null()).add(less());
    Condition::any().add(wage).add(known().add(allowance_owed()))
}

fn condition(ctx: &Ctx, f: &EngagementFilter) -> Condition {
    let market = f.market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose();
    let posting = f.posting_id.as_ref().map(|id| ctx.parse_id("Posting", id)).transpose();
    let (Ok(market), Ok(posting)) = (market, posting) else {
        // What is named is not there: nothing is found.
        return Condition::all().add(Of::Id.is_in(Vec::<Uuid>::new()));
    };
    let [from, _] = f.starts_from.map_or([DateTime::<Utc>::MIN_UTC; 2], |from| day(from.0));
    let until = f.starts_to.map(|to| day(to.0));
    let flag = |is: bool, column: Of| if is { column.is_not_null() } else { column.is_null() };
    // What the staff put right, it answers for.
    let not_found = Condition::any().add(Of::CompletedBy.is_null()).add(Of::CompletedBy.ne(Side::Staff));
    let counted = Condition::all().add(completed()).add(Of::ArrivedAt.is_null()).add(not_found);
    let unseen = Condition::any().add(Of::Status.eq(EngagementStatus::Confirmed)).add(counted);
    let open = Condition::all().add(unseen).add(Of::EndsAt.lte(ctx.now()));
    let less = paid_less();
    Condition::all()
        .add_option(f.status.as_ref().map(|status| Of::Status.is_in(status.iter().copied())))
        .add_option(market.map(|id| Of::MarketId.eq(id)))
        .add_option(posting.map(|id| Of::PostingId.eq(id)))
        .add_option(f.starts_from.map(|_| Of::StartsAt.gte(from)))
        .add_option(until.map(|[_, end]| Of::StartsAt.lt(end)))
        .add_option(f.disputed.map(|is| flag(is, Of::DisputedAt)))
        .add_option(f.warned.map(|is| flag(is, Of::WarnedAt)))
        .add_option(f.short.map(|is| if is { less } else { less.not() }))
        .add_option(f.unclosed.map(|is| if is { open } else { open.not() }))
}
