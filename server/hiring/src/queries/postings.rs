//! The list of those who work with postings (招聘信息列表): within their reach, or of the parties they act for.

use async_graphql::{Enum, ID, InputObject};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use serde::Serialize;

use super::conditions::{self, beyond, part};
use crate::kinds::{EngagementType, PayDay, PostingKind, PostingSource, PostingStatus};
use crate::policy;
use crate::rows::posting::{self, Column};
use crate::store::visible;

/// What is searched for among postings (招聘信息筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct PostingFilter {
    /// In one of these states (状态).
    pub statuses: Option<Vec<PostingStatus>>,
    /// Of this hiring party (用工主体).
    pub party_id: Option<ID>,
    /// At this market (市场).
    pub market_id: Option<ID>,
    /// Code of the county where the work is (区县代码).
    pub county: Option<String>,
    /// A trade: code, official name or street name (工种).
    pub trade: Option<String>,
    /// Words of the title (标题检索词).
    pub search: Option<String>,
    /// Odd job or internship (信息类别).
    pub kind: Option<PostingKind>,
    /// How it became known (信息来源).
    pub source: Option<PostingSource>,
    /// Engagement type (用工类型).
    pub engagement: Option<EngagementType>,
    /// When it is paid (结算方式).
    pub pay_day: Option<PayDay>,
    /// Confirms whoever applies (即时快招).
    pub instant: Option<bool>,
    /// Takes those first who find work hard to get (优先招用困难零工).
    pub priority: Option<bool>,
    /// Nobody has confirmed it for long (信息失鲜).
    pub stale: Option<bool>,
    /// The agency's own number (外部编号).
    pub external_id: Option<String>,
    /// Work that ends after this (用工时间起).
    pub from: Option<DateTime<FixedOffset>>,
    /// Work that begins before this (用工时间止).
    pub to: Option<DateTime<FixedOffset>>,
}

/// The order of postings (招聘信息排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum PostingOrder {
    /// Last changed first (按更新时间).
    #[default]
    UpdatedAt,
    /// By the beginning of the work (按开工时间).
    Start,
}

/// A page of postings, each with its sort key, and how many there are if that was asked.
pub async fn page(
    ctx: &Ctx,
    filter: &PostingFilter,
    order: PostingOrder,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, posting::Model)>, Option<i64>), Fault> {
    let seen = visible::seen(ctx, &policy::READ).await?;
    let query = posting::Entity::find().filter(seen).filter(condition(ctx, filter)?);
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    let rows = sorted(query, order, paging)?.limit(paging.limit()).all(&ctx.scope()).await?;
    let keyed = rows.into_iter().map(|row| (key(order, &row), row)).collect();
    Ok((keyed, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}

fn sorted(
    query: Select<posting::Entity>,
    order: PostingOrder,
    paging: &Paging,
) -> Result<Select<posting::Entity>, Fault> {
    let after = match paging.after.as_deref() {
        None => None,
        Some([at, id]) => {
            let key = (part::<DateTime<Utc>>(at)?, part(id)?);
            Some(match order {
                PostingOrder::UpdatedAt => beyond(Column::UpdatedAt, key, true),
                PostingOrder::Start => beyond(Column::StartsAt, key, false),
            })
        }
        Some(_) => return Err(Fault::internal("read a cursor of postings")),
    };
    let query = query.filter(Condition::all().add_option(after));
    Ok(match order {
        PostingOrder::UpdatedAt => query.order_by_desc(Column::UpdatedAt).order_by_desc(Column::Id),
        PostingOrder::Start => query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id),
    })
}

fn key(order: PostingOrder, row: &posting::Model) -> Vec<String> {
    let at = match order {
        PostingOrder::UpdatedAt => row.updated_at,
        PostingOrder::Start => row.starts_at,
    };
    vec![at.to_rfc3339_opts(SecondsFormat::Micros, true), row.id.to_string()]
}

/// An id of this tenant, or *not found*.
fn id(ctx: &Ctx, kind: &'static str, id: Option<&ID>) -> Result<Option<uuid::Uuid>, Fault> {
    id.map(|id| ctx.parse_id(kind, id)).transpose()
}

fn condition(ctx: &Ctx, f: &PostingFilter) -> Result<Condition, Fault> {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let party = id(ctx, "HiringParty", f.party_id.as_ref())?;
    let market = id(ctx, "Market", f.market_id.as_ref())?;
    let stale = f.stale.map(|flag| {
        let shown = Column::Status.is_in([PostingStatus::Published, PostingStatus::Filled]);
        let stale = Condition::all().add(shown).add(Column::FreshUntil.lte(ctx.now()));
        if flag { stale } else { stale.not() }
    });
    Ok(Condition::all()
        .add_option(f.statuses.as_ref().map(|all| Column::Status.is_in(all.iter().copied())))
        .add_option(party.map(|id| Column::PartyId.eq(id)))
        .add_option(market.map(|id| Column::MarketId.eq(id)))
        .add_option(text(&f.county).map(|code| Column::County.eq(code.trim())))
        .add_option(text(&f.trade).map(|name| conditions::trade(&name)))
        .add_option(text(&f.search).map(|words| conditions::title(&words)))
        .add_option(f.kind.map(|v| Column::Kind.eq(v)))
        .add_option(f.source.map(|v| Column::Source.eq(v)))
        .add_option(f.engagement.map(|v| Column::Engagement.eq(v)))
        .add_option(f.pay_day.map(|v| Column::PayDay.eq(v)))
        .add_option(f.instant.map(|v| Column::Instant.eq(v)))
        .add_option(f.priority.map(|v| Column::Priority.eq(v)))
        .add_option(text(&f.external_id).map(|number| Column::ExternalId.eq(number.trim())))
        .add_option(stale)
        .add(conditions::between(f.from.map(|at| at.to_utc()), f.to.map(|at| at.to_utc()))))
}
