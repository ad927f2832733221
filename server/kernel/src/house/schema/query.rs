//! Queries of the house.

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use super::{AuditEntry, AuditFilter, AuditStatus, City, Job, MailMessage, Plugin, SmsFilter, SmsMessage};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::gql::{self, Answer, Page, Paging};
use crate::house::policy::PLUGIN_READ;
use crate::house::queries::{audit, jobs, letters, texts};
use crate::places;
use crate::policy::Place;

/// Queries of the house.
#[derive(Debug, Default)]
pub struct HouseQuery;

#[Object]
impl HouseQuery {
    /// The city whose interface this is (本城市).
    async fn city(&self, gql: &Context<'_>) -> City {
        City::from(gql::ctx(gql).tenant())
    }

    /// The cities of the platform; at a city's own interface that city alone (城市列表).
    async fn cities(&self, gql: &Context<'_>) -> Answer<Vec<City>> {
        let ctx = gql::ctx(gql);
        let cities = async {
            if !ctx.tenant().is_platform() {
                return Ok(vec![City::from(ctx.tenant())]);
            }
            let open = ctx.kernel().all_tenants().await?.into_iter().filter(|t| t.status != "SUSPENDED");
            Ok(open.map(|t| City::from(&t)).collect())
        };
        gql::found(ctx, cities.await)
    }

    /// The audit, newest first (审计记录).
    async fn audit_entries(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Entries wanted, 1–100 (条数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which entries (条件)")] filter: Option<AuditFilter>,
    ) -> Answer<Page<AuditEntry>> {
        let ctx = gql::ctx(gql);
        let (filter, name) = filter.unwrap_or_default().read(ctx);
        let page = async {
            let paging = Paging::read(ctx, first, after, &format!("audit:{name}")).await?;
            let rows = audit::entries(ctx, &filter, key(&paging), paging.limit()).await;
            let rows = rows.map_err(gql::fail(ctx))?;
            let total =
                if gql::counts(gql) { Some(audit::count(ctx, &filter).await.map_err(gql::fail(ctx))?) } else { None };
            let rows = rows.into_iter().map(|r| (vec![r.0.id.to_string()], AuditEntry::new(ctx, r))).collect();
            paging.page(ctx, rows, total.and_then(|t| i64::try_from(t).ok())).await
        };
        Some(page.await)
    }

    /// How the audit stands (审计状态).
    async fn audit_status(&self, gql: &Context<'_>) -> Answer<AuditStatus> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, audit::status(ctx).await.map(AuditStatus::from))
    }

    /// Jobs, newest first: everybody's for those who may see them, one's own for everybody (后台作业).
    async fn jobs(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Jobs wanted, 1–100 (条数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Only those the caller asked for (只看本人的)")] mine: Option<bool>,
    ) -> Answer<Page<Job>> {
        let ctx = gql::ctx(gql);
        let mine = mine.unwrap_or(false);
        let page = async {
            let paging = Paging::read(ctx, first, after, &format!("jobs:{mine}")).await?;
            let rows = jobs::jobs(ctx, mine, key(&paging), paging.limit()).await.map_err(gql::fail(ctx))?;
            let rows = rows.iter().map(|r| (vec![r.id.to_string()], Job::new(ctx, r))).collect();
            paging.page(ctx, rows, None).await
        };
        Some(page.await)
    }

    /// One job (作业).
    pub async fn job(&self, gql: &Context<'_>, #[graphql(desc = "The job (作业标识)")] id: ID) -> Answer<Job> {
        let ctx = gql::ctx(gql);
        let job = async { jobs::job(ctx, ctx.parse_id("Job", &id)?).await };
        gql::found(ctx, job.await.map(|row| Job::new(ctx, &row)))
    }

    /// The plugins there are, as they stand in the city or at one of its markets (插件).
    async fn plugins(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "At this market; else in the city (市场)")] market_id: Option<ID>,
    ) -> Answer<Vec<Plugin>> {
        let ctx = gql::ctx(gql);
        let list = async {
            ctx.require(&PLUGIN_READ, &Place::city()).await?;
            let market = market_id.map(|id| ctx.parse_id("Market", &id)).transpose()?;
            places::require_market(ctx, market).await?;
            let mut list = Vec::new();
            for plugin in &ctx.kernel().plugins {
                list.push(Plugin::of(ctx, plugin.manifest.name, market).await?);
            }
            Ok(list)
        };
        gql::found(ctx, list.await)
    }

    /// Letters that were given up, newest first (发送失败的邮件).
    async fn dead_letters(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Letters wanted, 1–100 (条数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<MailMessage>> {
        let ctx = gql::ctx(gql);
        let page = async {
            let paging = Paging::read(ctx, first, after, "letters:dead").await?;
            let rows = letters::dead_letters(ctx, key(&paging), paging.limit()).await;
            letters_page(ctx, &paging, rows).await
        };
        Some(page.await)
    }

    /// Every letter, newest first, for those who may open letters (邮件箱).
    async fn mailbox(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Letters wanted, 1–100 (条数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<MailMessage>> {
        let ctx = gql::ctx(gql);
        let page = async {
            let paging = Paging::read(ctx, first, after, "letters:all").await?;
            let rows = letters::mailbox(ctx, key(&paging), paging.limit()).await;
            letters_page(ctx, &paging, rows).await
        };
        Some(page.await)
    }

    /// Text messages, newest first, for those who may open them: what went out, and what people answered (短信).
    async fn sms_messages(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Messages wanted, 1–100 (条数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which messages (条件)")] filter: Option<SmsFilter>,
    ) -> Answer<Page<SmsMessage>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default().read();
        let page = async {
            let paging = Paging::read(ctx, first, after, &format!("sms:{filter:?}")).await?;
            let rows = texts::texts(ctx, filter, key(&paging), paging.limit()).await;
            let rows = rows.map_err(gql::fail(ctx))?;
            let rows = rows.into_iter().map(|r| (vec![r.0.id.to_string()], SmsMessage::new(ctx, r))).collect();
            paging.page(ctx, rows, None).await
        };
        Some(page.await)
    }
}

/// The id after which a page begins; its cursor was ours, so it is one.
fn key(paging: &Paging) -> Option<Uuid> {
    paging.after.as_ref().and_then(|parts| parts.first()).and_then(|text| text.parse().ok())
}

async fn letters_page(
    ctx: &Ctx,
    paging: &Paging,
    rows: Result<Vec<letters::Shown>, Fault>,
) -> Result<Page<MailMessage>, async_graphql::Error> {
    let rows = rows.map_err(gql::fail(ctx))?;
    let rows = rows.into_iter().map(|r| (vec![r.0.id.to_string()], MailMessage::new(ctx, r))).collect();
    paging.page(ctx, rows, None).await
}
