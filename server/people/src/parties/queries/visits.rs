//! Visits to those who hire (走访记录), the newest first.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use kernel::gql::{Date, Paging};
use kernel::{Ctx, Fault, Tx};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::Serialize;
use uuid::Uuid;

use super::{after, before, holds, whole};
use crate::parties::policy;
use crate::parties::rows::employer_visit::{self, Column};
use crate::parties::store::visible::{Scopes, Stands};

/// Where visits stand.
const VISITS: Stands<Column> = Stands {
    county: Column::County,
    market: Column::MarketId,
    agency: Column::AgencyId,
    entered_by: Column::RecordedBy,
};

/// Which visits are wanted (走访筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct EmployerVisitFilter {
    /// The party (用工主体).
    pub party_id: Option<ID>,
    /// The county, by its code (县区代码).
    pub county: Option<String>,
    /// The market whose visit it was (走访市场).
    pub market_id: Option<ID>,
    /// Part of the name (名称的一部分).
    pub search: Option<String>,
    /// On this day or later (起始日期).
    pub from: Option<Date>,
    /// On this day or earlier (截止日期).
    pub to: Option<Date>,
    /// To be followed up by this day, and not yet (此日前待回访).
    pub follow_up_before: Option<Date>,
}

/// A page of visits, each with its key, and how many there are where that is asked.
pub async fn page(
    ctx: &Ctx,
    filter: &EmployerVisitFilter,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, employer_visit::Model)>, Option<i64>), Fault> {
    let scopes = Scopes::of(ctx, &policy::READ_VISITS).await?;
    let (party, market) =
        match (named(ctx, "HiringParty", filter.party_id.as_ref()), named(ctx, "Market", filter.market_id.as_ref())) {
            (Ok(party), Ok(market)) => (party, market),
            (Err(Fault::NotFound), _) | (_, Err(Fault::NotFound)) => return Ok((Vec::new(), count.then_some(0))),
            (Err(fault), _) | (_, Err(fault)) => return Err(fault),
        };
    let waits = |day: Date| Column::FollowUpOn.lte(day.0).and(Column::FollowedUpOn.is_null());
    let wanted = employer_visit::Entity::find().filter(scopes.within(VISITS)).filter(
        Condition::all()
            .add_option(party.map(|party| Column::PartyId.eq(party)))
            .add_option(market.map(|market| Column::MarketId.eq(market)))
            .add_option(filter.county.as_deref().map(|county| Column::County.eq(county)))
            .add_option(filter.search.as_deref().map(|part| holds(Column::Name, part)))
            .add_option(filter.from.map(|day| Column::VisitedOn.gte(day.0)))
            .add_option(filter.to.map(|day| Column::VisitedOn.lte(day.0)))
            .add_option(filter.follow_up_before.map(waits)),
    );
    let total = if count { Some(whole(wanted.clone().count(&ctx.scope()).await?)) } else { None };
    let begins = after(paging).and_then(|(day, id)| Some((day.parse::<NaiveDate>().ok()?, id)));
    let begins = begins.map(|(day, id)| before(Column::VisitedOn, Column::Id, day, id));
    let rows = wanted
        .filter(Condition::all().add_option(begins))
        .order_by_desc(Column::VisitedOn)
        .order_by_desc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let key = |row: &employer_visit::Model| vec![row.visited_on.to_string(), row.id.to_string()];
    Ok((rows.into_iter().map(|row| (key(&row), row)).collect(), total))
}

fn named(ctx: &Ctx, kind: &'static str, id: Option<&ID>) -> Result<Option<Uuid>, Fault> {
    id.map(|id| ctx.parse_id(kind, id)).transpose()
}

/// One visit, if somebody sees it.
pub async fn one(ctx: &Ctx, id: Uuid) -> Result<employer_visit::Model, Fault> {
    let scopes = Scopes::of(ctx, &policy::READ_VISITS).await?;
    let seen = employer_visit::Entity::find_by_id(id).filter(scopes.within(VISITS));
    seen.one(&ctx.scope()).await?.ok_or(Fault::NotFound)
}

/// One visit that somebody sees in these scopes, held until the end of the transaction.
pub async fn held(tx: &Tx, scopes: &Scopes, id: Uuid) -> Result<employer_visit::Model, Fault> {
    let seen = employer_visit::Entity::find_by_id(id).filter(scopes.within(VISITS));
    seen.lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)
}
