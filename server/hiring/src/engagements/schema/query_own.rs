//! Queries of a citizen in matters of its own (本人查询), and of whoever is shown a record.

use async_graphql::{Context, Error, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Page, Paging, moment};
use kernel::{Ctx, Fault};

use super::engagement::Engagement;
use super::points::ConductPoint;
use crate::engagements::queries::{lists, points, talks};
use crate::engagements::rules::record::{Signed, is_signed, sums};
use crate::engagements::store::{doors, record};
use crate::kinds::Side;
use crate::rows::talk;

/// A message that was passed on (转达的消息).
#[derive(Clone, Debug, SimpleObject)]
pub struct Talk {
    /// Its id (标识).
    id: ID,
    /// Who wrote it (发送方).
    side: Side,
    /// What it says (内容).
    text: String,
    /// When (时间).
    at: DateTime<FixedOffset>,
    /// When the other side read it (已读时间).
    read_at: Option<DateTime<FixedOffset>>,
}

/// A trade in a work record (履历中的工种).
#[derive(Clone, Debug, SimpleObject)]
pub struct RecordTrade {
    /// Code of the trade (工种代码).
    trade: String,
    /// Name of the trade (工种).
    trade_name: String,
    /// Days (天数).
    days: i64,
    /// Minutes (工时，分钟).
    minutes: i64,
    /// What the worker says was paid, fen (收款，分).
    paid_fen: i64,
}

/// The worker's own record (零工履历): the worker's, and nobody is ranked by it.
#[derive(Clone, Debug, SimpleObject)]
pub struct WorkRecord {
    /// Days on which work was done (天数).
    days: i64,
    /// Minutes (工时，分钟).
    minutes: i64,
    /// What the worker says was paid, fen (收款，分).
    paid_fen: i64,
    /// By trade, the most days first (分工种).
    trades: Vec<RecordTrade>,
}

/// What the city says of a record that somebody was shown (履历验证结果).
#[derive(Clone, Debug, SimpleObject)]
pub struct RecordVerification {
    /// Did this city hand out exactly this record (是否本市出具且未改动)?
    valid: bool,
    /// Its number (编号).
    number: String,
}

/// Queries of a citizen in matters of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnQuery;

/// Queries of a citizen in matters of its own.
#[Object]
impl OwnQuery {
    /// One's own engagements as a worker, the last shift first (我的工作).
    async fn my_engagements(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Only those that are still open (只看未了结)")] open: Option<bool>,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Engagement>> {
        let ctx = gql::ctx(gql);
        let open = open.unwrap_or_default();
        Some(
            async {
                let paging = Paging::read(ctx, first, after, &format!("myEngagements:{open}")).await?;
                let rows = lists::of_worker(ctx, open, &paging).await.map_err(gql::fail(ctx))?;
                paging.page(ctx, Engagement::page(ctx, Side::Worker, rows), None).await
            }
            .await,
        )
    }

    /// The messages of an engagement, the first first, for its two sides and the staff who passes them on (转达的消息).
    async fn messages(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] engagement_id: ID,
        #[graphql(desc = "Rows, 1–100 (每页行数)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Talk>> {
        let ctx = gql::ctx(gql);
        let id = ctx.parse_id("Engagement", &engagement_id).ok()?;
        let paging = match Paging::read(ctx, first, after, &format!("messages:{id}")).await {
            Ok(paging) => paging,
            Err(error) => return Some(Err(error)),
        };
        match talks::page(ctx, id, &paging).await {
            Ok(rows) => Some(shown(ctx, &paging, rows).await),
            Err(Fault::NotFound) => None,
            Err(fault) => Some(Err(gql::error(ctx, &fault))),
        }
    }

    /// One's own points, the newest first (我的记分).
    async fn my_conduct_points(&self, gql: &Context<'_>) -> Answer<Vec<ConductPoint>> {
        let ctx = gql::ctx(gql);
        let read = async { ConductPoint::all(ctx, points::mine(ctx).await?).await };
        gql::found(ctx, read.await)
    }

    /// One's own work record (我的零工履历).
    async fn my_record(&self, gql: &Context<'_>) -> Answer<WorkRecord> {
        let ctx = gql::ctx(gql);
        let read = async {
            let scope = ctx.scope();
            let worker = doors::own_worker(&scope, ctx.citizen()?.id).await?.ok_or(Fault::NotFound)?;
            let sums = sums(&record::done(&scope, worker).await?);
            let trades = sums.trades.into_iter().map(|of| RecordTrade {
                trade: of.trade,
                trade_name: of.trade_name,
                days: of.days,
                minutes: of.minutes,
                paid_fen: of.paid_fen,
            });
            Ok(WorkRecord { days: sums.days, minutes: sums.minutes, paid_fen: sums.paid_fen, trades: trades.collect() })
        };
        gql::found(ctx, read.await)
    }

    /// Did this city hand out exactly this record? For whoever is shown one: number, digest and signature stand on it (验证零工履历).
    async fn verify_record(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Its number (编号)")] number: String,
        #[graphql(desc = "SHA-256 of the record's text (摘要)")] digest: String,
        #[graphql(desc = "The signature (签名)")] signature: String,
    ) -> Answer<RecordVerification> {
        let ctx = gql::ctx(gql);
        let read = async {
            let seed = record::seed(ctx).await?;
            let valid = is_signed(&seed, &ctx.tenant().code, &number, &Signed { digest, signature });
            Ok(RecordVerification { valid, number: number.trim().to_owned() })
        };
        gql::found(ctx, read.await)
    }
}

async fn shown(ctx: &Ctx, paging: &Paging, rows: Vec<(Vec<String>, talk::Model)>) -> Result<Page<Talk>, Error> {
    let ring = ctx.keys().await.map_err(gql::fail(ctx))?;
    let mut talks = Vec::with_capacity(rows.len());
    for (key, row) in rows {
        let text = ring.open("talk", "words", row.id, &row.words).map_err(gql::fail(ctx))?;
        let talk = Talk {
            id: ctx.gid("Talk", row.id),
            side: row.side,
            text: text.expose().clone(),
            at: moment(row.at),
            read_at: row.read_at.map(moment),
        };
        talks.push((key, talk));
    }
    paging.page(ctx, talks, None).await
}
