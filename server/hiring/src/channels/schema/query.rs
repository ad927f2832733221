//! What is read of channels (查询).

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset, Utc};
use kernel::gql::{self, Answer, Page, Paging, moment};
use kernel::trades::{TradeMatch, Trades};
use kernel::{Ctx, Fault, Lang, Place};
use uuid::Uuid;

use super::types::{Channel, ChannelDelivery, ChannelLine, ProvincePace, ProvincePosting};
use crate::channels::queries::{self, Sought, Wanted};
use crate::channels::rows::province_posting;
use crate::kinds::DeliveryStatus;
use crate::policy;

/// Which deliveries are wanted (投递筛选).
#[derive(Clone, Debug, Default, InputObject)]
pub struct DeliveryFilter {
    /// On this channel (渠道).
    pub channel_id: Option<ID>,
    /// Of this posting (招聘信息).
    pub posting_id: Option<ID>,
    /// In this state (状态).
    pub status: Option<DeliveryStatus>,
}

/// What is sought in the whole province (全省检索).
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProvincePostingFilter {
    /// A city, by its division code (城市代码).
    pub city: Option<String>,
    /// A county, by its code (县区代码).
    pub county: Option<String>,
    /// A trade: code, official name or street name (工种).
    pub trade: Option<String>,
    /// Begins at this moment or later (开工不早于).
    pub from: Option<DateTime<FixedOffset>>,
    /// Begins before this moment (开工早于).
    pub to: Option<DateTime<FixedOffset>>,
    /// A part of what is wanted (岗位名称).
    pub search: Option<String>,
}

/// What is read of channels.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChannelsQuery;

#[Object]
impl ChannelsQuery {
    /// Where postings are shown, and how each keeps up (发布渠道).
    async fn channels(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Channel>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let fail = |fault: Fault| gql::error(ctx, &fault);
            ctx.require(&policy::CHANNELS, &Place::city()).await.map_err(fail)?;
            let paging = Paging::read(ctx, first, after, "channels").await?;
            let rows = queries::channels(ctx, &paging).await.map_err(fail)?;
            let keys: Vec<Vec<String>> = rows.iter().map(|row| vec![row.slot.clone()]).collect();
            let nodes = Channel::many(ctx, rows).await.map_err(fail)?;
            paging.page(ctx, keys.into_iter().zip(nodes).collect(), None).await
        };
        Some(answer.await)
    }

    /// A channel, and how it keeps up (发布渠道).
    async fn channel(
        &self, gql: &Context<'_>, #[graphql(desc = "The channel (渠道标识)")] id: ID
    ) -> Answer<Channel> {
        let ctx = gql::ctx(gql);
        let found = async {
            ctx.require(&policy::CHANNELS, &Place::city()).await?;
            Channel::one(ctx, ctx.parse_id("Channel", &id)?).await
        };
        gql::found(ctx, found.await)
    }

    /// Postings on channels, the newest first (渠道投递).
    async fn channel_deliveries(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is sought (筛选)")] filter: Option<DeliveryFilter>,
    ) -> Answer<Page<ChannelDelivery>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        let answer = async {
            let fail = |fault: Fault| gql::error(ctx, &fault);
            ctx.require(&policy::CHANNELS, &Place::city()).await.map_err(fail)?;
            let parse = |kind, id: &Option<ID>| id.as_ref().map(|id| ctx.parse_id(kind, id)).transpose();
            let wanted = Wanted {
                channel: parse("Channel", &filter.channel_id).map_err(fail)?,
                posting: parse("Posting", &filter.posting_id).map_err(fail)?,
                status: filter.status,
            };
            let paging = Paging::read(ctx, first, after, &gql::list_name("channelDeliveries", &wanted)).await?;
            let found = queries::deliveries(ctx, &wanted, &paging).await.map_err(fail)?;
            let keyed = found
                .into_iter()
                .map(|(row, title)| (vec![row.id.to_string()], ChannelDelivery::of(ctx, row, title)))
                .collect();
            paging.page(ctx, keyed, None).await
        };
        Some(answer.await)
    }

    /// What a channel shows, by start (渠道内容): the text to send out, the lines of a screen.
    async fn channel_lines(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The channel (渠道标识)")] id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
    ) -> Answer<Vec<ChannelLine>> {
        let ctx = gql::ctx(gql);
        let most = match gql::read_first(ctx, first, 50) {
            Ok(most) => most,
            Err(refused) => return Some(Err(refused)),
        };
        let read = async {
            ctx.require(&policy::CHANNELS, &Place::city()).await?;
            let rows = queries::lines(ctx, ctx.parse_id("Channel", &id)?, most).await?;
            let line = |(posting, text, at): (Uuid, String, DateTime<Utc>)| ChannelLine {
                posting_id: ctx.gid("Posting", posting),
                text,
                at: moment(at),
            };
            Ok(rows.into_iter().map(line).collect())
        };
        gql::found(ctx, read.await)
    }

    /// The postings of all cities (全省招聘信息): for everybody; on the platform only.
    async fn province_postings(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is sought (筛选)")] filter: Option<ProvincePostingFilter>,
    ) -> Answer<Page<ProvincePosting>> {
        let ctx = gql::ctx(gql);
        if !ctx.tenant().is_platform() {
            return None;
        }
        let answer = async {
            let sought = sought(ctx, filter.unwrap_or_default())?;
            let paging = Paging::read(ctx, first, after, &gql::list_name("provincePostings", &sought)).await?;
            let rows = queries::province(ctx, &sought, &paging).await.map_err(gql::fail(ctx))?;
            let key =
                |row: &province_posting::Model| vec![row.starts_at.timestamp_micros().to_string(), row.id.to_string()];
            let keyed = rows.into_iter().map(|row| (key(&row), ProvincePosting::of(ctx, row))).collect();
            paging.page(ctx, keyed, None).await
        };
        Some(answer.await)
    }

    /// How quickly the postings of each city come to the province and to the city's channels, and go from them (各市渠道时效): for
    /// everybody; on the platform only.
    async fn province_paces(&self, gql: &Context<'_>) -> Answer<Vec<ProvincePace>> {
        let ctx = gql::ctx(gql);
        if !ctx.tenant().is_platform() {
            return None;
        }
        let known = queries::province_paces(ctx).await;
        gql::found(ctx, known.map(|all| all.iter().map(|city| ProvincePace::of(ctx, city)).collect()))
    }
}

/// The filter as the query reads it: a trade that nobody knows is said to be unknown.
fn sought(ctx: &Ctx, filter: ProvincePostingFilter) -> Result<Sought, async_graphql::Error> {
    let trades = match filter.trade.as_deref().map(str::trim).filter(|trade| !trade.is_empty()) {
        None => Vec::new(),
        Some(trade) => match Trades::standard().resolve(trade) {
            TradeMatch::Exact(code) => vec![code.to_owned()],
            TradeMatch::Alias { codes } => codes.to_vec(),
            TradeMatch::Unknown => {
                let text = if ctx.lang() == Lang::Zh {
                    "没有这个工种，请从目录中选择。"
                } else {
                    "There is no such trade; choose from the list."
                };
                return Err(gql::invalid_argument("filter.trade", text));
            }
        },
    };
    Ok(Sought {
        city: filter.city,
        county: filter.county,
        trades,
        from: filter.from.map(|at| at.with_timezone(&Utc)),
        to: filter.to.map(|at| at.with_timezone(&Utc)),
        words: filter.search,
    })
}
