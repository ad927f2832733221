//! Registrations that wait to be decided (审核队列), by age.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use entities::hiring_party;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use serde::Serialize;
use uuid::Uuid;

use super::{after, beyond, whole};
use crate::parties::kinds::PartyKind;
use crate::parties::policy;
use crate::parties::rows::party_review::{self, Column};
use crate::parties::store::visible::Sight;

/// Which registrations that wait are wanted (审核队列筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct PartyReviewFilter {
    /// Is its time over (已超时)?
    pub overdue: Option<bool>,
    /// The kind of party (类别).
    pub kind: Option<PartyKind>,
    /// The county, by its code (县区代码).
    pub county: Option<String>,
    /// The market that registered it (登记市场).
    pub market_id: Option<ID>,
}

/// A registration that waits, with its party.
pub type Waiting = (party_review::Model, hiring_party::Model);

/// A page of those that wait longest, each with its key, and how many there are where that is asked.
pub async fn page(
    ctx: &Ctx,
    filter: &PartyReviewFilter,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, Waiting)>, Option<i64>), Fault> {
    let sight = Sight::of(ctx, &policy::VERIFY).await?;
    let market: Option<Uuid> = match filter.market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose() {
        Ok(market) => market,
        Err(Fault::NotFound) => return Ok((Vec::new(), count.then_some(0))),
        Err(fault) => return Err(fault),
    };
    let parties = hiring_party::Entity::find()
        .select_only()
        .column(hiring_party::Column::Id)
        .filter(sight.parties())
        .filter(
            Condition::all()
                .add_option(filter.kind.map(|kind| hiring_party::Column::Kind.eq(kind.code())))
                .add_option(filter.county.as_deref().map(|county| hiring_party::Column::County.eq(county)))
                .add_option(market.map(|market| hiring_party::Column::MarketId.eq(market))),
        )
        .into_query();
    let now = ctx.now();
    let late = |late: bool| if late { Column::DueAt.lt(now) } else { Column::DueAt.gte(now) };
    let wanted = party_review::Entity::find()
        .filter(Column::Waits.eq(true))
        .filter(Column::PartyId.in_subquery(parties))
        .filter(Condition::all().add_option(filter.overdue.map(late)));
    let total = if count { Some(whole(wanted.clone().count(&ctx.scope()).await?)) } else { None };
    let begins = after(paging).and_then(|(at, id)| Some((at.parse::<DateTime<Utc>>().ok()?, id)));
    let begins = begins.map(|(at, id)| beyond(Column::OpenedAt, Column::Id, at, id));
    let rows = wanted
        .filter(Condition::all().add_option(begins))
        .order_by_asc(Column::OpenedAt)
        .order_by_asc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let keyed = with_parties(ctx, rows, |row| row.party_id)
        .await?
        .into_iter()
        .map(|(row, party)| (vec![row.opened_at.to_rfc3339(), row.id.to_string()], (row, party)));
    Ok((keyed.collect(), total))
}

/// The rows with their parties, in one statement.
pub(super) async fn with_parties<T>(
    ctx: &Ctx,
    rows: Vec<T>,
    of: impl Fn(&T) -> Uuid,
) -> Result<Vec<(T, hiring_party::Model)>, Fault> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(&of).collect();
    let parties = hiring_party::Entity::find().filter(hiring_party::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    let parties: std::collections::HashMap<Uuid, hiring_party::Model> =
        parties.into_iter().map(|party| (party.id, party)).collect();
    let paired = rows.into_iter().filter_map(|row| {
        let party = parties.get(&of(&row)).cloned()?;
        Some((row, party))
    });
    Ok(paired.collect())
}
