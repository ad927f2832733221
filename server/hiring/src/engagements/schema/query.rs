//! The queries of the hire (查询): lists, figures, and what is public.

use async_graphql::{Context, ID, MergedObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset, TimeZone as _, Utc};
use kernel::gql::{self, Answer, Date, Page, Paging, invalid_argument, moment};
use kernel::{Fault, Lang};

use super::answers::HireRules;
use super::engagement::Engagement;
use super::figures::QuickHireFigures;
use super::points::ConductPoint;
use super::query_own::OwnQuery;
use super::slip::SafetyCard;
use super::wages::WageSheet;
use crate::engagements::operations::arrive_by_code;
use crate::engagements::queries::figures::Period;
use crate::engagements::queries::lists::{self, EngagementFilter};
use crate::engagements::queries::{figures, points, sheets};
use crate::engagements::rules::code;
use crate::engagements::safety;
use crate::engagements::store::{hire_rules, offer};
use crate::kinds::Side;
use crate::policy;

/// All queries of the hire.
#[derive(Debug, Default, MergedObject)]
pub struct EngagementsQuery(StaffQuery, OwnQuery);

/// The code by which workers record their arrival (到岗码): another each minute.
#[derive(Clone, Debug, SimpleObject)]
pub struct ArrivalCode {
    /// Four digits (到岗码).
    code: String,
    /// Until when it is shown (有效期至).
    valid_until: DateTime<FixedOffset>,
}

/// Queries of those who work with engagements, and of everybody.
#[derive(Clone, Copy, Debug, Default)]
pub struct StaffQuery;

/// Queries of those who work with engagements, and of everybody.
#[Object]
impl StaffQuery {
    /// An engagement, for its two sides and for the staff of its market (用工对接).
    pub async fn engagement(&self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID) -> Answer<Engagement> {
        let ctx = gql::ctx(gql);
        let read = async { Engagement::at(ctx, ctx.parse_id("Engagement", &id)?).await };
        gql::found(ctx, read.await)
    }

    /// The engagements within the staff's reach, the last shift first (用工对接列表).
    async fn engagements(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<EngagementFilter>,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Engagement>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        Some(
            async {
                let paging = Paging::read(ctx, first, after, &gql::list_name("engagements", &filter)).await?;
                let rows = lists::of_staff(ctx, &filter, &paging).await.map_err(gql::fail(ctx))?;
                paging.page(ctx, Engagement::page(ctx, Side::Staff, rows), None).await
            }
            .await,
        )
    }

    /// The shifts of today at a market, in the order in which they begin (今日用工).
    async fn engagements_today(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Engagement>> {
        let ctx = gql::ctx(gql);
        let Ok(market) = ctx.parse_id("Market", &market_id) else { return None };
        Some(
            async {
                let paging = Paging::read(ctx, first, after, &format!("engagementsToday:{market}")).await?;
                let rows = lists::of_today(ctx, market, &paging).await.map_err(gql::fail(ctx))?;
                paging.page(ctx, Engagement::page(ctx, Side::Staff, rows), None).await
            }
            .await,
        )
    }

    /// Wages and allowances that were due and are not paid: the early warning, the first that was due first (欠薪预警).
    async fn unpaid_warnings(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Engagement>> {
        let ctx = gql::ctx(gql);
        Some(
            async {
                let paging = Paging::read(ctx, first, after, "unpaidWarnings").await?;
                let rows = lists::unpaid(ctx, &paging).await.map_err(gql::fail(ctx))?;
                paging.page(ctx, Engagement::page(ctx, Side::Staff, rows), None).await
            }
            .await,
        )
    }

    /// The engagements of a posting, for whoever acts for its hiring party and for the staff; names are masked (岗位的用工对接).
    async fn engagements_of(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The posting (招聘信息)")] posting_id: ID,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Engagement>> {
        let ctx = gql::ctx(gql);
        let posting = ctx.parse_id("Posting", &posting_id).ok()?;
        let paging = match Paging::read(ctx, first, after, &format!("engagementsOf:{posting}")).await {
            Ok(paging) => paging,
            Err(error) => return Some(Err(error)),
        };
        match lists::of_posting(ctx, posting, &paging).await {
            Ok((side, rows)) => Some(paging.page(ctx, Engagement::page(ctx, side, rows), None).await),
            Err(Fault::NotFound) => None,
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// The wage sheets of a posting, the newest first (工资支付台账).
    async fn wage_sheets(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The posting (招聘信息)")] posting_id: ID,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<WageSheet>> {
        let ctx = gql::ctx(gql);
        let posting = ctx.parse_id("Posting", &posting_id).ok()?;
        let paging = match Paging::read(ctx, first, after, &format!("wageSheets:{posting}")).await {
            Ok(paging) => paging,
            Err(error) => return Some(Err(error)),
        };
        match sheets::page(ctx, posting, &paging).await {
            Ok(rows) => {
                let rows = rows.into_iter().map(|(key, sheet)| (key, WageSheet::of(ctx, sheet))).collect();
                Some(paging.page(ctx, rows, None).await)
            }
            Err(Fault::NotFound) => None,
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// The code by which workers record their arrival, for whoever is on the site: another each minute (到岗码).
    async fn arrival_code(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The shift (班次)")] shift_id: ID,
    ) -> Answer<ArrivalCode> {
        let ctx = gql::ctx(gql);
        let read = async {
            let shift = ctx.parse_id("Shift", &shift_id)?;
            let scope = ctx.scope();
            let offer = offer::load(&scope, ctx, shift).await?;
            offer::side_of(&scope, ctx, &policy::ARRIVE, &offer.posting).await?;
            let key = arrive_by_code::key(ctx).await?;
            let step = code::step(ctx.now());
            let until = Utc.timestamp_opt((step + 1) * code::STEP, 0).single().unwrap_or_else(|| ctx.now());
            Ok(ArrivalCode { code: code::code(&key, shift, step), valid_until: moment(until) })
        };
        gql::found(ctx, read.await)
    }

    /// Points within the reach of whoever decides appeals, the newest first (履约记分).
    async fn conduct_points(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<ConductPoint>> {
        let ctx = gql::ctx(gql);
        Some(
            async {
                let paging = Paging::read(ctx, first, after, "conductPoints").await?;
                let (keys, rows) = points::page(ctx, &paging)
                    .await
                    .map_err(gql::fail(ctx))?
                    .into_iter()
                    .unzip::<_, _, Vec<_>, Vec<_>>();
                let shown = ConductPoint::all(ctx, rows).await.map_err(gql::fail(ctx))?;
                paging.page(ctx, keys.into_iter().zip(shown).collect(), None).await
            }
            .await,
        )
    }

    /// How quick quick hire was, of what was applied for from a day to a day, at most 92 days: exact medians, and who arrived on
    /// the day of the application (快招统计).
    async fn quick_hire_figures(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "From this day on (起始日期)")] from: Date,
        #[graphql(desc = "Until this day (截止日期)")] to: Date,
        #[graphql(desc = "At this market; everywhere within the reach unless said (市场)")] market_id: Option<ID>,
        #[graphql(desc = "Of this hiring party; of all unless said (用工主体)")] party_id: Option<ID>,
    ) -> Answer<QuickHireFigures> {
        let ctx = gql::ctx(gql);
        if to.0 < from.0 || (to.0 - from.0).num_days() >= figures::DAYS {
            let text = match ctx.lang() {
                Lang::Zh => "统计区间为1到92天，截止日期不早于起始日期。",
                Lang::En => "A period has 1 to 92 days, and does not end before it begins.",
            };
            return Some(Err(invalid_argument("to", text)));
        }
        let read = async {
            let market = market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose()?;
            let party = party_id.as_ref().map(|id| ctx.parse_id("HiringParty", id)).transpose()?;
            QuickHireFigures::of(ctx, Period { from: from.0, to: to.0, market, party }).await
        };
        gql::found(ctx, read.await)
    }

    /// The safety card of a trade, for everybody (安全提示卡).
    async fn safety_card(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Code of the trade (工种代码)")] trade: String,
    ) -> Option<SafetyCard> {
        safety::of(trade.trim()).map(|card| SafetyCard::of(card, gql::ctx(gql).lang()))
    }

    /// The city's rules of the hire, for everybody: what is late, what it costs, how long points count (用工规则).
    async fn hire_rules(&self, gql: &Context<'_>) -> Answer<HireRules> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, hire_rules::read(&ctx.scope()).await.map(HireRules::from))
    }
}
