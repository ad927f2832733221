//! Who takes on first those who find work hard to get (优先招用统计): R28. Counted per hiring party; of the people themselves only how
//! many they are, by age and hardship too, where they are enough.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::hiring_party;
use kernel::{Ctx, Fault};
use people::DifficultyKind;
use sea_orm::sea_query::Order;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::figures::{Counted, hardships_of};
use crate::engagements::store::deal::{on, with_posting};
use crate::rows::engagement::{self, Column as Of};
use crate::rows::{posting, shift};

/// So many hiring parties are shown at most.
pub const PARTIES: u64 = 50;

/// What a hiring party offered first to those who find work hard to get.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Offered {
    /// The hiring party.
    pub party_id: Uuid,
    /// What everybody reads of it.
    pub display_name: String,
    /// Postings with the tag.
    pub postings: i64,
    /// Places in them.
    pub places: i64,
}

/// Who came to such places.
#[derive(Clone, Debug, Default)]
pub struct Came {
    /// Places confirmed.
    pub confirmed: i64,
    /// Arrivals.
    pub arrived: i64,
    /// Who has the places; nobody for what was let go of.
    people: HashMap<Uuid, Person>,
}

/// Somebody who has places of a hiring party.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The age band, at the last of the places.
    pub age: String,
    /// Hardships on record today.
    pub hardships: Vec<DifficultyKind>,
    /// Came to one of them.
    arrived: bool,
}

impl Came {
    /// How many people of a part have places, and how many of these came.
    #[must_use]
    pub fn people(&self, part: &dyn Fn(&Person) -> bool) -> [i64; 2] {
        let count = |is: &dyn Fn(&Person) -> bool| self.people.values().filter(|one| part(one) && is(one)).count();
        [count(&|_| true), count(&|one| one.arrived)].map(|n| i64::try_from(n).unwrap_or(i64::MAX))
    }
}

/// The hiring parties whose postings of the period bear the tag, who offers most places first: three statements.
pub async fn parties(ctx: &Ctx, counted: &Counted) -> Result<Vec<(Offered, Came)>, Fault> {
    let tagged = tagged(counted);
    let party = on::<posting::Entity, hiring_party::Entity>(posting::Column::PartyId, hiring_party::Column::Id);
    let of_shift = on::<posting::Entity, shift::Entity>(posting::Column::Id, shift::Column::PostingId);
    let offered: Vec<Offered> = posting::Entity::find()
        .select_only()
        .column(posting::Column::PartyId)
        .column(hiring_party::Column::DisplayName)
        .expr_as(posting::Column::Id.into_expr().count_distinct(), "postings")
        .expr_as(shift::Column::Headcount.sum(), "places")
        .join(JoinType::InnerJoin, party)
        .join(JoinType::InnerJoin, of_shift)
        .filter(tagged.clone())
        .group_by(posting::Column::PartyId)
        .group_by(hiring_party::Column::DisplayName)
        .order_by(shift::Column::Headcount.sum(), Order::Desc)
        .order_by_asc(posting::Column::PartyId)
        .limit(PARTIES)
        .into_model()
        .all(&ctx.scope())
        .await?;
    let mut came = came(ctx, tagged, offered.iter().map(|one| one.party_id).collect()).await?;
    let both = |one: Offered| {
        let came = came.remove(&one.party_id).unwrap_or_default();
        (one, came)
    };
    Ok(offered.into_iter().map(both).collect())
}

/// Postings with the tag, published in the period.
fn tagged(counted: &Counted) -> Condition {
    counted
        .postings
        .clone()
        .add(posting::Column::Priority.eq(true))
        .add(posting::Column::PublishedAt.gte(counted.from))
        .add(posting::Column::PublishedAt.lt(counted.to))
}

/// A place: of which party, whose it is, its age band, and when it was come to.
type Place = (Uuid, Option<Uuid>, String, Option<DateTime<Utc>>);

/// Who came to these parties' places, by party.
async fn came(ctx: &Ctx, tagged: Condition, parties: Vec<Uuid>) -> Result<HashMap<Uuid, Came>, Fault> {
    let confirmed = with_posting(engagement::Entity::find())
        .select_only()
        .filter(tagged)
        .filter(Of::PartyId.is_in(parties))
        .filter(Of::ConfirmedAt.is_not_null());
    let hardships = hardships_of(ctx, confirmed.clone()).await?;
    let places: Vec<Place> = confirmed
        .columns([Of::PartyId, Of::WorkerId, Of::AgeBand, Of::ArrivedAt])
        .order_by_asc(Of::ConfirmedAt)
        .order_by_asc(Of::Id)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let mut came: HashMap<Uuid, Came> = HashMap::new();
    for (party, worker, age, arrived) in places {
        let of = came.entry(party).or_default();
        of.confirmed += 1;
        of.arrived += i64::from(arrived.is_some());
        let Some(worker) = worker else { continue };
        let person = of.people.entry(worker).or_default();
        person.age = age;
        person.arrived |= arrived.is_some();
        person.hardships = hardships.get(&worker).cloned().unwrap_or_default();
    }
    Ok(came)
}
