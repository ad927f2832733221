//! Reading hiring parties.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::hiring_party;
use kernel::gql::{self, Answer, Date, Page, Paging, moment};
use kernel::{Ctx, Fault, Pii};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::party::{HiringParty, badge};
use super::public::{OwnAgencyRequest, PartyPledge, PublicParty, articles};
use super::visits::EmployerVisit;
use crate::colleagues::{self, Colleague};
use crate::parties::kinds::{PartyKind, PartyRecheckStatus};
use crate::parties::queries::parties::{self, HiringPartyFilter, HiringPartyOrder};
use crate::parties::queries::rechecks::{self, Checked, PartyRecheckFilter};
use crate::parties::queries::requests;
use crate::parties::queries::reviews::{self, PartyReviewFilter, Waiting};
use crate::parties::queries::visits::{self, EmployerVisitFilter};
use crate::parties::rows::party_review;
use crate::parties::rules::standing::{is_stale, standing};
use crate::parties::rules::{duties, pledge};

/// A registration that waits to be decided (待审核登记).
#[derive(SimpleObject)]
pub struct PartyReview {
    /// Its id (标识).
    pub id: ID,
    /// The party (用工主体).
    pub party: HiringParty,
    /// Since when it waits (等待起始时间).
    pub opened_at: DateTime<FixedOffset>,
    /// By when it is to be decided (办理时限).
    pub due_at: DateTime<FixedOffset>,
    /// Minutes it may wait, as they were when it came (时限分钟数).
    pub target_minutes: i64,
    /// Is its time over (已超时)?
    pub overdue: bool,
}

/// A sampling check of a verified party (抽查任务).
#[derive(SimpleObject)]
pub struct PartyRecheck {
    /// Its id (标识).
    pub id: ID,
    /// Counts its changes (版本).
    pub version: i32,
    /// The party (用工主体).
    pub party: HiringParty,
    /// Its state (状态).
    pub status: PartyRecheckStatus,
    /// The month for which it was drawn; nothing where somebody asked for it (抽取月份).
    pub draw: Option<String>,
    /// Why somebody asked for it (列入原因).
    pub reason: Option<String>,
    /// The last day on which it is to be done (办理期限).
    pub due_on: Date,
    /// Was that day counted without a published calendar (期限是否暂定)?
    pub provisional: bool,
    /// Is it to be done, and its day over (已逾期)?
    pub overdue: bool,
    /// What was found (情况说明).
    pub finding: Option<String>,
    /// Was a file kept (是否留存材料)? `openPartyEvidence` opens it.
    pub has_evidence: bool,
    /// When it was done (办理日期).
    pub done_on: Option<Date>,
    /// Who looked (抽查人); nobody where the account is gone.
    pub done_by: Option<Colleague>,
}

impl PartyRecheck {
    fn of(
        ctx: &Ctx,
        (row, party): (crate::parties::rows::party_recheck::Model, HiringParty),
        names: &HashMap<Uuid, Pii<String>>,
    ) -> Self {
        Self {
            id: ctx.gid("PartyRecheck", row.id),
            version: row.version,
            party,
            status: row.status,
            draw: row.draw,
            reason: row.reason,
            due_on: Date(row.due_on),
            provisional: row.provisional,
            overdue: row.status == PartyRecheckStatus::Open && row.due_on < ctx.today(),
            finding: row.finding,
            has_evidence: row.evidence.is_some(),
            done_on: row.done_on.map(Date),
            done_by: Colleague::of(ctx, row.done_by, names),
        }
    }

    pub(super) async fn again(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let (row, party) = rechecks::one(ctx, id).await?;
        let names = colleagues::names(ctx, &ctx.scope(), row.done_by.into_iter().collect()).await?;
        Ok(Self::of(ctx, (row, HiringParty::one(ctx, party)), &names))
    }
}

/// The rows of a page as parties that share what hangs on them, each with what came along.
fn shared<T>(ctx: &Ctx, rows: Vec<(Vec<String>, (T, hiring_party::Model))>) -> Vec<(Vec<String>, (T, HiringParty))> {
    let mut with = Vec::new();
    let mut all = Vec::new();
    for (key, (row, party)) in rows {
        with.push((key, row));
        all.push(party);
    }
    let all = HiringParty::page(ctx, all).into_iter();
    with.into_iter().zip(all).map(|((key, row), party)| (key, (row, party))).collect()
}

/// What can be read of hiring parties (用工主体查询).
#[derive(Default)]
pub struct PartiesQuery;

#[Object]
impl PartiesQuery {
    /// The hiring parties that the caller sees (用工主体列表).
    async fn hiring_parties(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which parties (筛选)")] filter: Option<HiringPartyFilter>,
        #[graphql(desc = "Order (排序)")] order_by: Option<HiringPartyOrder>,
    ) -> Answer<Page<HiringParty>> {
        let ctx = gql::ctx(gql);
        let (filter, order) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let answer = async {
            let paging = Paging::read(ctx, first, after, &gql::list_name("hiringParties", &(order, &filter))).await?;
            let (rows, total) =
                parties::page(ctx, &filter, order, &paging, gql::counts(gql)).await.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            paging.page(ctx, keys.into_iter().zip(HiringParty::page(ctx, rows)).collect(), total).await
        };
        Some(answer.await)
    }

    /// A hiring party that the caller sees (用工主体).
    pub async fn hiring_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
    ) -> Answer<HiringParty> {
        let ctx = gql::ctx(gql);
        let read = async { HiringParty::again(ctx, ctx.parse_id("HiringParty", &id)?).await };
        gql::found(ctx, read.await)
    }

    /// The hiring parties that the citizen acts for, the newest first (我的用工主体).
    async fn my_parties(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<HiringParty>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let paging = Paging::read(ctx, first, after, "myParties").await?;
            let rows = parties::own(ctx, &paging).await.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            paging.page(ctx, keys.into_iter().zip(HiringParty::page(ctx, rows)).collect(), None).await
        };
        Some(answer.await)
    }

    /// For which units the citizen asked to act, and what came of it: the newest twenty (我的经办申请).
    async fn my_agency_requests(&self, gql: &Context<'_>) -> Answer<Vec<OwnAgencyRequest>> {
        let ctx = gql::ctx(gql);
        let own = requests::own(ctx).await;
        gql::found(ctx, own.map(|rows| rows.into_iter().filter_map(|row| OwnAgencyRequest::of(ctx, row)).collect()))
    }

    /// What everybody may know of a hiring party (用工主体公开信息): never whom to call.
    async fn public_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
    ) -> Answer<PublicParty> {
        let ctx = gql::ctx(gql);
        let read = async { public(ctx, ctx.parse_id("HiringParty", &id)?).await };
        gql::found(ctx, read.await)
    }

    /// The pledge of those who hire (用工承诺书): the one in force, or one that was signed before.
    async fn party_pledge(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Its version; the one in force where nothing is said (版本)")] version: Option<String>,
    ) -> Option<PartyPledge> {
        let current = pledge::current();
        let wanted = version.map_or(Some(current), |version| pledge::of(&version))?;
        Some(PartyPledge::of(wanted, wanted.version == current.version, gql::ctx(gql).lang()))
    }

    /// The registrations that wait to be decided, the oldest first (用工主体审核队列).
    async fn party_reviews(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which registrations (筛选)")] filter: Option<PartyReviewFilter>,
    ) -> Answer<Page<PartyReview>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &gql::list_name("partyReviews", &filter)).await?;
            let found: (Vec<(Vec<String>, Waiting)>, _) =
                reviews::page(ctx, &filter, &paging, gql::counts(gql)).await.map_err(gql::fail(ctx))?;
            let nodes = shared(ctx, found.0).into_iter().map(|(key, (row, party))| {
                let node = PartyReview {
                    id: ctx.gid("PartyReview", row.id),
                    party,
                    opened_at: moment(row.opened_at),
                    due_at: moment(row.due_at),
                    target_minutes: (row.due_at - row.opened_at).num_minutes(),
                    overdue: row.due_at < ctx.now(),
                };
                (key, node)
            });
            paging.page(ctx, nodes.collect(), found.1).await
        };
        Some(answer.await)
    }

    /// The sampling checks, those due first (用工主体抽查任务).
    async fn party_rechecks(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which checks (筛选)")] filter: Option<PartyRecheckFilter>,
    ) -> Answer<Page<PartyRecheck>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &gql::list_name("partyRechecks", &filter)).await?;
            let (rows, total): (Vec<(Vec<String>, Checked)>, _) =
                rechecks::page(ctx, &filter, &paging, gql::counts(gql)).await.map_err(gql::fail(ctx))?;
            let who = rows.iter().filter_map(|(_, (row, _))| row.done_by).collect();
            let names = colleagues::names(ctx, &ctx.scope(), who).await.map_err(gql::fail(ctx))?;
            let nodes = shared(ctx, rows).into_iter().map(|(key, of)| (key, PartyRecheck::of(ctx, of, &names)));
            paging.page(ctx, nodes.collect(), total).await
        };
        Some(answer.await)
    }

    /// The visits to those who hire that the caller sees, the newest first (走访记录).
    async fn employer_visits(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which visits (筛选)")] filter: Option<EmployerVisitFilter>,
    ) -> Answer<Page<EmployerVisit>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        let answer = async {
            let paging = Paging::read(ctx, first, after, &gql::list_name("employerVisits", &filter)).await?;
            let (rows, total) = visits::page(ctx, &filter, &paging, gql::counts(gql)).await.map_err(gql::fail(ctx))?;
            let ring = ctx.keys().await.map_err(gql::fail(ctx))?;
            let nodes = rows.into_iter().map(|(key, row)| Ok((key, EmployerVisit::of(ctx, &ring, &row)?)));
            let nodes: Result<Vec<_>, Fault> = nodes.collect();
            paging.page(ctx, nodes.map_err(gql::fail(ctx))?, total).await
        };
        Some(answer.await)
    }
}

/// What everybody may know of a party.
async fn public(ctx: &Ctx, id: Uuid) -> Result<PublicParty, Fault> {
    let row = parties::public(ctx, id).await?;
    let reviews = party_review::Entity::find()
        .filter(party_review::Column::PartyId.eq(id))
        .order_by_asc(party_review::Column::Id)
        .all(&ctx.scope())
        .await?;
    let (kind, lang, standing) = (PartyKind::of(&row), ctx.lang(), standing(&row, ctx.today()));
    let county = kernel::divisions::Divisions::standard().get(&row.county);
    Ok(PublicParty {
        id: ctx.gid("HiringParty", id),
        kind,
        kind_name: kind.title().get(lang).to_owned(),
        county_name: county.map(|county| county.name.clone()),
        verified_badge: badge(ctx, &row, &reviews),
        suspended: standing.suspended,
        stale: is_stale(&row, ctx.now(), ctx.kernel().config.parties.stale_days),
        pledged: standing.pledged,
        duties: articles(duties::duties(kind), lang),
        remedies: articles(duties::remedies(kind), lang),
        display_name: row.display_name,
    })
}
