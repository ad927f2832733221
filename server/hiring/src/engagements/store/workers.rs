//! Workers who want a place (待确认零工): held by id, so that nobody takes two places for the same hours at one moment.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entities::{citizen, worker};
use kernel::{Fault, Tx};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityName as _, EntityTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QueryResult, QuerySelect as _, Select,
};
use uuid::Uuid;

use super::deal::{columns, on};
use crate::engagements::rules::eligible::{Age, Seeker};
use crate::engagements::rules::steps::HOLDING;
use crate::rows::engagement;

/// A worker, and whether the citizen behind it is in use.
#[derive(Clone, Debug)]
pub struct Held {
    /// The worker.
    pub row: worker::Model,
    /// State of the citizen.
    pub citizen_status: String,
}

impl FromQueryResult for Held {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: worker::Model::from_query_result(row, "w_")?,
            citizen_status: row.try_get("", "citizen_status")?,
        })
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
    let mut query = columns::<_, worker::Entity>(query, "w_");
    sea_orm::QuerySelect::query(&mut query).lock_with_tables(LockType::NoKeyUpdate, [worker::Entity.table_ref()]);
    Ok(query.into_model::<Held>().all(tx).await?)
}

/// Workers, held by id until the end of the transaction.
pub async fn held(tx: &Tx, ids: &[Uuid]) -> Result<Vec<Held>, Fault> {
    held_where(tx, Condition::all().add(worker::Column::Id.is_in(ids.iter().copied()))).await
}

/// What stands in the way of workers who want a place from then until then.
#[derive(Debug, Default)]
pub struct Standing {
    /// They have an engagement of this shift already.
    pub applied: HashSet<Uuid>,
    /// They have a place at these hours.
    pub busy: HashSet<Uuid>,
}

/// Engagements that stand in the way: their workers and shifts.
pub(super) fn in_the_way(
    ids: &[Uuid],
    shift: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Select<engagement::Entity> {
    use engagement::Column as Of;
    let overlapping = Condition::all().add(Of::Status.is_in(HOLDING)).add(Of::StartsAt.lt(to)).add(Of::EndsAt.gt(from));
    engagement::Entity::find()
        .select_only()
        .columns([Of::WorkerId, Of::ShiftId])
        .filter(Of::WorkerId.is_in(ids.iter().copied()))
        .filter(Of::EndedAt.is_null())
        .filter(Condition::any().add(overlapping).add(Of::ShiftId.eq(shift)))
}

/// What stands in the way of these workers, whom the transaction holds: one statement.
pub async fn standing(
    tx: &Tx,
    ids: &[Uuid],
    shift: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Standing, Fault> {
    let rows: Vec<(Option<Uuid>, Uuid)> = in_the_way(ids, shift, from, to).into_tuple().all(tx).await?;
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
