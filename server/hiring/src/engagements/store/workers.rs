//! Workers who want a place (待确认零工): held by id, so that nobody takes two places for the same hours at one moment.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use entities::{citizen, worker};
use kernel::{Claim, Fault, Tx};
use sea_orm::sea_query::{Asterisk, Expr, LockType, Query, UpdateStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, DbErr, EntityName as _, EntityTrait as _, ExprTrait as _,
    FromQueryResult, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _,
    QueryTrait as _, Select,
};
use uuid::Uuid;

use super::deal::{self, on, some_columns};
use crate::engagements::rules::eligible::{Age, Seeker};
use crate::engagements::rules::steps::HOLDING;
use crate::rows::engagement;

some_columns! {
    /// What the hire asks of a worker (零工要素).
    pub struct Hand of worker {
        /// Its id.
        pub id: Uuid = Id,
        /// Its state.
        pub status: String = Status,
        /// The name, masked.
        pub name_masked: String = NameMasked,
        /// How old, as far as the law asks.
        pub age_band: String = AgeBand,
        /// The month in which it comes to be over age, where that is near.
        pub over_age_from: Option<NaiveDate> = OverAgeFrom,
        /// Until when it looks for work.
        pub looking_until: Option<DateTime<Utc>> = LookingUntil,
        /// Points in force.
        pub points: i32 = Points,
        /// Counts the places that were given to it.
        pub places_given: i32 = PlacesGiven,
    }
}

impl Hand {
    /// How old it is on a day to come (届时年龄).
    #[must_use]
    pub fn age_on(&self, day: NaiveDate) -> Age {
        Age::of(&self.age_band).on(day, self.over_age_from)
    }
}

/// A worker, and whether the citizen behind it is in use.
#[derive(Clone, Debug)]
pub struct Held {
    /// The worker.
    pub row: Hand,
    /// State of the citizen.
    pub citizen_status: String,
}

impl FromQueryResult for Held {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self { row: Hand::from_query_result(row, "w_")?, citizen_status: row.try_get("", "citizen_status")? })
    }
}

impl Held {
    /// What the rules ask of it; `points_limit` is given where points bar.
    #[must_use]
    pub fn seeker(&self, points_limit: Option<i32>, own: bool) -> Seeker {
        Seeker {
            active: self.row.status == "ACTIVE" && self.citizen_status == "ACTIVE",
            age: Age::of(&self.row.age_band),
            points: self.row.points,
            points_limit,
            own,
        }
    }
}

async fn held_where(tx: &Tx, condition: Condition) -> Result<Vec<Held>, Fault> {
    let citizen = on::<worker::Entity, citizen::Entity>(worker::Column::CitizenId, citizen::Column::Id);
    let query = worker::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, citizen)
        .column_as(citizen::Column::Status, "citizen_status")
        .filter(condition)
        .order_by_asc(worker::Column::Id);
    let mut query = Hand::columns(query, "w_");
    sea_orm::QuerySelect::query(&mut query).lock_with_tables(LockType::NoKeyUpdate, [worker::Entity.table_ref()]);
    Ok(query.into_model::<Held>().all(tx).await?)
}

/// Workers, held by id until the end of the transaction.
pub async fn held(tx: &Tx, ids: &[Uuid]) -> Result<Vec<Held>, Fault> {
    held_where(tx, Condition::all().add(worker::Column::Id.is_in(ids.iter().copied()))).await
}

/// Holds the worker of an engagement before the engagement is held: in that order too a confirmation holds the two.
pub async fn hold_of(tx: &Tx, engagement: Uuid) -> Result<(), Fault> {
    let of = deal::workers_of(tx, &[engagement]).await?;
    held(tx, &of).await?;
    Ok(())
}

/// Counts that each of these workers, whom the transaction holds, was given a place.
pub async fn given(tx: &Tx, ids: &[Uuid]) -> Result<(), Fault> {
    tx.execute(&counted().and_where(worker::Column::Id.is_in(ids.iter().copied())).to_owned()).await?;
    Ok(())
}

/// Counts it of a worker who is as it was read: in use, and given no place since.
#[must_use]
pub fn claim(of: &Hand, citizen: Uuid) -> Claim {
    Claim::new([of.id.into(), of.places_given.into(), citizen.into()], |[id, given, citizen]| {
        let in_use = citizen::Entity::find().filter(citizen::Column::Id.eq(citizen));
        let in_use = in_use.filter(citizen::Column::Status.eq("ACTIVE"));
        counted()
            .and_where(worker::Column::Id.eq(id))
            .and_where(worker::Column::PlacesGiven.eq(given))
            .and_where(worker::Column::Status.eq("ACTIVE"))
            .and_where(Expr::exists(in_use.select_only().column(citizen::Column::Id).into_query()))
            .to_owned()
    })
}

fn counted() -> UpdateStatement {
    let count = Expr::col(worker::Column::PlacesGiven).add(1);
    Query::update().table(worker::Entity).value(worker::Column::PlacesGiven, count).to_owned()
}

/// Has the worker of an engagement, whom the transaction holds, another one of the same shift that did not come to nothing?
pub async fn has_another(tx: &Tx, worker: Uuid, of: &engagement::Model) -> Result<bool, Fault> {
    let others = engagement::Entity::find()
        .filter(engagement::Column::WorkerId.eq(worker))
        .filter(engagement::Column::ShiftId.eq(of.shift_id))
        .filter(engagement::Column::EndedAt.is_null())
        .filter(engagement::Column::Id.ne(of.id));
    Ok(others.count(tx).await? > 0)
}

/// What stands in the way of workers who want a place from then until then.
#[derive(Debug, Default)]
pub struct Standing {
    /// They have an engagement of this shift already.
    pub applied: HashSet<Uuid>,
    /// They have a place at these hours.
    pub busy: HashSet<Uuid>,
}

/// Engagements that stand in the way of a place of `shift` at these hours, of those whose engagements these are: their workers
/// and shifts. Whose and the hours are values, or columns of the statement around.
pub(super) fn in_the_way(whose: Expr, shift: Uuid, (from, to): (Expr, Expr)) -> Select<engagement::Entity> {
    use engagement::Column as Of;
    engagement::Entity::find()
        .select_only()
        .columns([Of::WorkerId, Of::ShiftId])
        .filter(whose)
        .filter(Of::EndedAt.is_null())
        .filter(Condition::any().add(overlapping((from, to))).add(Of::ShiftId.eq(shift)))
}

/// Places at these hours.
fn overlapping((from, to): (Expr, Expr)) -> Condition {
    Condition::all()
        .add(engagement::Column::Status.is_in(HOLDING))
        .add(engagement::Column::StartsAt.into_expr().lt(to))
        .add(engagement::Column::EndsAt.into_expr().gt(from))
}

/// That the worker of the statement around has no place at these hours; counted, as [`nothing_in_the_way`] is.
pub(super) fn has_no_place_at(hours: (Expr, Expr)) -> Expr {
    let own = engagement::Column::WorkerId.into_expr().eq(worker::Column::Id.into_expr());
    let mut held = engagement::Entity::find().filter(own).filter(overlapping(hours)).into_query();
    held.clear_selects().expr(Expr::col(Asterisk).count());
    Expr::SubQuery(None, Box::new(held.into())).eq(0)
}

/// That nothing does: counted, so that it is asked of one worker at a time. Of NOT EXISTS PostgreSQL makes a join, and of a table
/// that is young and has no statistics it then reads everything.
pub(super) fn nothing_in_the_way(whose: Expr, shift: Uuid, hours: (Expr, Expr)) -> Expr {
    let mut standing = in_the_way(whose, shift, hours).into_query();
    standing.clear_selects().expr(Expr::col(Asterisk).count());
    Expr::SubQuery(None, Box::new(standing.into())).eq(0)
}

/// Engagements of these workers.
pub(super) fn of_these(ids: &[Uuid]) -> Expr {
    engagement::Column::WorkerId.is_in(ids.iter().copied())
}

/// What stands in the way of these workers, whom the transaction holds: one statement.
pub async fn standing(
    tx: &Tx,
    ids: &[Uuid],
    shift: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Standing, Fault> {
    let rows: Vec<(Option<Uuid>, Uuid)> =
        in_the_way(of_these(ids), shift, (from.into(), to.into())).into_tuple().all(tx).await?;
    let mut found = Standing::default();
    for (worker, of) in rows {
        let Some(worker) = worker else { continue };
        if of == shift {
            found.applied.insert(worker);
        } else {
            found.busy.insert(worker);
        }
    }
    Ok(found)
}
