//! Sampling checks (抽查任务), by the day on which they are due.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entities::hiring_party;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use serde::Serialize;
use uuid::Uuid;

use super::reviews::with_parties;
use super::{after, beyond, whole};
use crate::parties::kinds::PartyRecheckStatus;
use crate::parties::policy;
use crate::parties::rows::party_recheck::{self, Column};
use crate::parties::store::visible::Sight;

/// Which sampling checks are wanted (抽查任务筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct PartyRecheckFilter {
    /// Their state (状态).
    pub status: Option<PartyRecheckStatus>,
    /// Of those to be done: is its day over (已逾期)?
    pub overdue: Option<bool>,
    /// The party (用工主体).
    pub party_id: Option<ID>,
}

/// A sampling check, with its party.
pub type Checked = (party_recheck::Model, hiring_party::Model);

/// A page of sampling checks, each with its key, and how many there are where that is asked.
pub async fn page(
    ctx: &Ctx,
    filter: &PartyRecheckFilter,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, Checked)>, Option<i64>), Fault> {
    let party: Option<Uuid> = match filter.party_id.as_ref().map(|id| ctx.parse_id("HiringParty", id)).transpose() {
        Ok(party) => party,
        Err(Fault::NotFound) => return Ok((Vec::new(), count.then_some(0))),
        Err(fault) => return Err(fault),
    };
    let seen = seen(ctx).await?;
    let today = ctx.today();
    let late = |late: bool| {
        let open = Column::Status.eq(PartyRecheckStatus::Open);
        open.and(if late { Column::DueOn.lt(today) } else { Column::DueOn.gte(today) })
    };
    let wanted = party_recheck::Entity::find().filter(Column::PartyId.in_subquery(seen)).filter(
        Condition::all()
            .add_option(filter.status.map(|status| Column::Status.eq(status)))
            .add_option(filter.overdue.map(late))
            .add_option(party.map(|party| Column::PartyId.eq(party))),
    );
    let total = if count { Some(whole(wanted.clone().count(&ctx.scope()).await?)) } else { None };
    let begins = after(paging).and_then(|(day, id)| Some((day.parse::<NaiveDate>().ok()?, id)));
    let begins = begins.map(|(day, id)| beyond(Column::DueOn, Column::Id, day, id));
    let rows = wanted
        .filter(Condition::all().add_option(begins))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let keyed = with_parties(ctx, rows, |row| row.party_id)
        .await?
        .into_iter()
        .map(|(row, party)| (vec![row.due_on.to_string(), row.id.to_string()], (row, party)));
    Ok((keyed.collect(), total))
}

/// The parties whose checks somebody sees.
async fn seen(ctx: &Ctx) -> Result<sea_orm::sea_query::SelectStatement, Fault> {
    let sight = Sight::of(ctx, &policy::RECHECK).await?;
    Ok(hiring_party::Entity::find().select_only().column(hiring_party::Column::Id).filter(sight.parties()).into_query())
}

/// One sampling check, if somebody sees it.
pub async fn one(ctx: &Ctx, id: Uuid) -> Result<Checked, Fault> {
    let row = party_recheck::Entity::find_by_id(id)
        .filter(Column::PartyId.in_subquery(seen(ctx).await?))
        .one(&ctx.scope())
        .await?
        .ok_or(Fault::NotFound)?;
    with_parties(ctx, vec![row], |row| row.party_id).await?.pop().ok_or(Fault::NotFound)
}
