//! How licences stand (许可证状态查询): the rule's own answer for the chapters above, and the same as a condition for lists.

use std::collections::HashMap;

use chrono::NaiveDate;
use entities::agency::{self, Column};
use kernel::Fault;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityName as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::agencies::kinds::{LicenceStanding, LicenceStatus};
use crate::agencies::rules::identity::licence_key;
use crate::agencies::rules::licence::{LicenceState, may_introduce, state_of};

/// Ids or numbers in one statement.
const AT_ONCE: usize = 500;

/// How the licence of an agency stands on `today`; unknown where there is no such agency.
pub async fn licence_of(db: &impl ConnectionTrait, agency: Uuid, today: NaiveDate) -> Result<LicenceState, Fault> {
    let row = agency::Entity::find_by_id(agency).one(db).await?;
    Ok(row.map_or(LicenceState::Unknown, |row| state_of(&row, today)))
}

/// May an agency introduce workers today (可否从事职业中介)? Under a licence that is valid and whose scope holds it; one that is not
/// there may not.
pub async fn may_place(db: &impl ConnectionTrait, agency: Uuid, today: NaiveDate) -> Result<bool, Fault> {
    let row = agency::Entity::find_by_id(agency).one(db).await?;
    Ok(row.is_some_and(|row| state_of(&row, today).may_publish() && may_introduce(&row)))
}

/// How the licences of these agencies stand on `today`; those that are not there are left out.
pub async fn licences_of(
    db: &impl ConnectionTrait,
    agencies: &[Uuid],
    today: NaiveDate,
) -> Result<HashMap<Uuid, LicenceState>, Fault> {
    let mut states = HashMap::with_capacity(agencies.len());
    for some in agencies.chunks(AT_ONCE) {
        let rows = agency::Entity::find().filter(Column::Id.is_in(some.iter().copied())).all(db).await?;
        states.extend(rows.into_iter().map(|row| (row.id, state_of(&row, today))));
    }
    Ok(states)
}

/// How licences stand (许可证状态), by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Licences(HashMap<String, LicenceState>);

impl Licences {
    /// How the licence with this number stands; unknown where no agency has it.
    #[must_use]
    pub fn of(&self, number: &str) -> LicenceState {
        self.0.get(&licence_key(number)).copied().unwrap_or(LicenceState::Unknown)
    }
}

/// How the licences with these numbers stand on `today`. Nobody is entered by being asked for.
pub async fn licences_numbered(
    db: &impl ConnectionTrait,
    numbers: &[String],
    today: NaiveDate,
) -> Result<Licences, Fault> {
    let mut keys: Vec<String> = numbers.iter().map(|number| licence_key(number)).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut states = HashMap::with_capacity(keys.len());
    for some in keys.chunks(AT_ONCE) {
        let rows = agency::Entity::find().filter(Column::LicenceKey.is_in(some.iter().cloned())).all(db).await?;
        states.extend(rows.iter().map(|row| (row.licence_key.clone(), state_of(row, today))));
    }
    Ok(Licences(states))
}

/// The agencies of which the rule says so, as one condition; a test holds the two equal.
pub fn stands(standing: LicenceStanding, today: NaiveDate) -> Condition {
    let is = |status: LicenceStatus| Condition::all().add(Column::Status.eq(status.code()));
    let in_time = || Condition::any().add(Column::ExpiresOn.is_null()).add(Column::ExpiresOn.gte(today));
    match standing {
        LicenceStanding::Suspended => is(LicenceStatus::Suspended),
        LicenceStanding::Revoked => is(LicenceStatus::Revoked),
        LicenceStanding::Expired => is(LicenceStatus::Valid).add(Column::ExpiresOn.lt(today)),
        LicenceStanding::Valid => is(LicenceStatus::Valid).add(in_time()).add(Column::VerifiedAt.is_not_null()),
        LicenceStanding::Unverified => {
            let known = LicenceStatus::ALL.map(LicenceStatus::code);
            let unverified = is(LicenceStatus::Valid).add(in_time()).add(Column::VerifiedAt.is_null());
            Condition::any().add(Column::Status.is_not_in(known)).add(unverified)
        }
    }
}

/// The ids of those agencies, for conditions of the chapters above.
#[must_use]
pub fn in_standing(standing: LicenceStanding, today: NaiveDate) -> SelectStatement {
    let of = agency::Entity.table_ref();
    Query::select().column(Column::Id).from(of).cond_where(stands(standing, today)).to_owned()
}
