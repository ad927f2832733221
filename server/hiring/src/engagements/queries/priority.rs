//! Who takes on first those who find work hard to get (优先招用统计): R28. Counted per hiring party; of the people themselves only how
//! many they are, where they are enough.

use std::collections::HashMap;

use entities::hiring_party;
use kernel::{Ctx, Fault};
use sea_orm::sea_query::Order;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::figures::Counted;
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
#[derive(Clone, Copy, Debug, Default)]
pub struct Came {
    /// Places confirmed.
    pub confirmed: i64,
    /// Arrivals.
    pub arrived: i64,
    /// Of those confirmed, people with hardship on record.
    pub hard_to_employ: i64,
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

/// Who came to these parties' places, by party.
async fn came(ctx: &Ctx, tagged: Condition, parties: Vec<Uuid>) -> Result<HashMap<Uuid, Came>, Fault> {
    let confirmed = with_posting(engagement::Entity::find())
        .select_only()
        .column(Of::PartyId)
        .filter(tagged)
        .filter(Of::PartyId.is_in(parties))
        .filter(Of::ConfirmedAt.is_not_null())
        .group_by(Of::PartyId);
    let rows: Vec<(Uuid, i64, i64)> = confirmed
        .clone()
        .column_as(Of::ConfirmedAt.count(), "confirmed")
        .column_as(Of::ArrivedAt.count(), "arrived")
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let people: Vec<(Uuid, i64)> = confirmed
        .filter(Of::WorkerId.in_subquery(people::hard_to_employ(ctx.today())))
        .expr_as(Of::WorkerId.into_expr().count_distinct(), "people")
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let mut came: HashMap<Uuid, Came> = rows
        .into_iter()
        .map(|(party, confirmed, arrived)| (party, Came { confirmed, arrived, hard_to_employ: 0 }))
        .collect();
    for (party, count) in people {
        came.entry(party).or_default().hard_to_employ = count;
    }
    Ok(came)
}
