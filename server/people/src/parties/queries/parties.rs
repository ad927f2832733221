//! Lists of hiring parties (用工主体列表).

use async_graphql::{Enum, ID, InputObject};
use entities::hiring_party::{self, Column};
use kernel::checks::uscc::Uscc;
use kernel::gql::Paging;
use kernel::{Ctx, Fault, Pii};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::Serialize;
use uuid::Uuid;

use super::{after, after_id, beyond, holds, whole};
use crate::parties::kinds::{PartyKind, PartyStatus};
use crate::parties::policy;
use crate::parties::rules::registration;
use crate::parties::rules::standing::stale_before;
use crate::parties::store::party::contact_index;
use crate::parties::store::visible::Sight;

/// Which hiring parties are wanted (用工主体筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct HiringPartyFilter {
    /// Its kind (类别).
    pub kind: Option<PartyKind>,
    /// Its status (状态).
    pub status: Option<PartyStatus>,
    /// The county, by its code (县区代码).
    pub county: Option<String>,
    /// The market that registered it (登记市场).
    pub market_id: Option<ID>,
    /// Has it the fast lane (快速发布通道)?
    pub fast_lane: Option<bool>,
    /// Has it not said for long that it still hires (久未确认)?
    pub stale: Option<bool>,
    /// Part of the name that is shown, or the whole unified social credit code (名称的一部分，或完整的统一社会信用代码).
    pub search: Option<String>,
    /// The whole number one calls (完整联系电话).
    pub phone: Option<String>,
}

/// The order of hiring parties (用工主体排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum HiringPartyOrder {
    /// The newest first (最新登记在前).
    #[default]
    Newest,
    /// By the name that is shown (按名称).
    Name,
}

/// A page of hiring parties, each with its key, and how many there are where that is asked.
pub async fn page(
    ctx: &Ctx,
    filter: &HiringPartyFilter,
    order: HiringPartyOrder,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, hiring_party::Model)>, Option<i64>), Fault> {
    let sight = Sight::of(ctx, &policy::READ).await?;
    let wanted = hiring_party::Entity::find().filter(sight.parties()).filter(condition(ctx, filter).await?);
    let total = if count { Some(whole(wanted.clone().count(&ctx.scope()).await?)) } else { None };
    let begins = match order {
        HiringPartyOrder::Newest => after_id(paging).map(|id| Condition::all().add(Column::Id.lt(id))),
        HiringPartyOrder::Name => after(paging).map(|(name, id)| beyond(Column::DisplayName, Column::Id, name, id)),
    };
    let page = wanted.filter(Condition::all().add_option(begins)).limit(paging.limit());
    let page = match order {
        HiringPartyOrder::Newest => page.order_by_desc(Column::Id),
        HiringPartyOrder::Name => page.order_by_asc(Column::DisplayName).order_by_asc(Column::Id),
    };
    let key = |row: &hiring_party::Model| match order {
        HiringPartyOrder::Newest => vec![row.id.to_string()],
        HiringPartyOrder::Name => vec![row.display_name.clone(), row.id.to_string()],
    };
    let rows = page.all(&ctx.scope()).await?;
    Ok((rows.into_iter().map(|row| (key(&row), row)).collect(), total))
}

async fn condition(ctx: &Ctx, filter: &HiringPartyFilter) -> Result<Condition, Fault> {
    let market = filter.market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose();
    let market: Option<Uuid> = match market {
        Ok(market) => market,
        // A market that is none of this city's has registered nobody.
        Err(Fault::NotFound) => return Ok(nothing()),
        Err(fault) => return Err(fault),
    };
    let phone = match filter.phone.as_deref().map(|typed| registration::phone(&Pii::from(typed))) {
        None => None,
        Some(Ok(phone)) => Some(Column::ContactIndex.eq(contact_index(&*ctx.keys().await?, &phone.sought))),
        Some(Err(_)) => return Ok(nothing()),
    };
    let edge = stale_before(ctx.now(), ctx.kernel().config.parties.stale_days);
    let stale = |stale: bool| {
        if stale { Column::LastConfirmedAt.lt(edge) } else { Column::LastConfirmedAt.gte(edge) }
    };
    let search = filter.search.as_deref().filter(|part| !part.trim().is_empty()).map(|part| {
        let code = Uscc::parse(part).ok().map(|code| Column::Uscc.eq(code.as_str()));
        Condition::any().add(holds(Column::DisplayName, part)).add_option(code)
    });
    Ok(Condition::all()
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind.code())))
        .add_option(filter.status.map(|status| Column::Status.eq(status.code())))
        .add_option(filter.county.as_deref().map(|county| Column::County.eq(county)))
        .add_option(market.map(|market| Column::MarketId.eq(market)))
        .add_option(filter.fast_lane.map(|lane| Column::FastLane.eq(lane)))
        .add_option(filter.stale.map(stale))
        .add_option(phone)
        .add_option(search))
}

/// No party.
fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// A page of the parties that the citizen acts for, the newest first.
pub async fn own(ctx: &Ctx, paging: &Paging) -> Result<Vec<(Vec<String>, hiring_party::Model)>, Fault> {
    let citizen = ctx.citizen()?.id;
    let begins = after_id(paging).map(|id| Column::Id.lt(id));
    let rows = hiring_party::Entity::find()
        .filter(Sight::Own(citizen).parties())
        .filter(Condition::all().add_option(begins))
        .order_by_desc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    Ok(rows.into_iter().map(|row| (vec![row.id.to_string()], row)).collect())
}

/// What everybody may know of: a party that is neither sent back nor closed.
pub async fn public(ctx: &Ctx, id: Uuid) -> Result<hiring_party::Model, Fault> {
    let hidden = [PartyStatus::Rejected, PartyStatus::Closed].map(PartyStatus::code);
    let row = hiring_party::Entity::find_by_id(id).filter(Column::Status.is_not_in(hidden)).one(&ctx.scope()).await?;
    row.ok_or(Fault::NotFound)
}
