//! The chapter's queries of postings (查询).

use async_graphql::{Context, Error, ID, MergedObject, Object};
use kernel::gql::{self, Answer, Page, Paging, invalid_argument};
use kernel::plain::Swift;
use kernel::{Ctx, Fault, Lang};

use super::finding::{LintFinding, PostingCheck};
use super::kept::{Favourite, PostingTemplate};
use super::posting::Posting;
use super::public::PublicPosting;
use super::values::PostingFigures;
use crate::forms::PostingInput;
use crate::imports::schema::PostingImportsQuery;
use crate::policy;
use crate::queries::kept;
use crate::queries::open::{self, OpenPostingFilter, OpenPostingOrder};
use crate::queries::postings::{self, PostingFilter, PostingOrder};
use crate::queries::public_row::Wanted;
use crate::queries::review::{self, ReviewFilter};
use crate::rules::checking::{self, Read, Said};
use crate::rules::flaw::PostingFlaw;
use crate::store::{place, settings, visible};

/// The queries of postings, and of their files.
#[derive(Debug, Default, MergedObject)]
pub struct PostingsQuery(PostingImportsQuery, PostingQuery);

/// The queries of postings.
#[derive(Clone, Copy, Debug, Default)]
pub struct PostingQuery;

/// Arguments that no posting can fit are said, instead of an empty page that looks like an answer.
fn check(ctx: &Ctx, filter: &OpenPostingFilter, order: OpenPostingOrder) -> Result<(), Error> {
    markets::check_division(ctx, "filter.county", filter.county.as_deref())?;
    match &filter.near {
        Some(near) => markets::check_near(ctx, near),
        None if order == OpenPostingOrder::Distance => {
            let text = match ctx.lang() {
                Lang::Zh => "按距离排序须给出附近的地点和半径（filter.near）。",
                Lang::En => "Ordering by distance needs a place and a radius (filter.near).",
            };
            Err(invalid_argument("filter.near", text))
        }
        None => Ok(()),
    }
}

/// Looks a form over as it would be looked over when it is handed in.
async fn look_over(ctx: &Ctx, input: &PostingInput) -> Result<PostingCheck, Fault> {
    let scope = ctx.scope();
    let ground = place::ground(ctx, &scope, input).await?;
    let read = match ground.read(ctx, input, &[]) {
        Ok(read) => read,
        Err(flaws) => {
            let flaws = flaws.iter().map(|flaw| PostingFlaw::from_refusal(flaw, ctx.lang())).collect();
            return Ok(PostingCheck { flaws, findings: Vec::new(), good: false });
        }
    };
    ctx.require(&policy::CREATE, &ground.place(&read.county)).await?;
    let figures = settings::figures(&scope).await?.over(&read.county, &read.shifts);
    let said = checking::findings(&Read::from(&read), &figures);
    let good = !said.iter().any(Said::blocks);
    Ok(PostingCheck { flaws: Vec::new(), findings: LintFinding::all(&said, ctx.lang()), good })
}

/// The queries of postings.
#[Object]
impl PostingQuery {
    /// Open postings (找活): for everybody.
    async fn open_postings(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<OpenPostingFilter>,
        #[graphql(desc = "Order (排序)")] order_by: Option<OpenPostingOrder>,
    ) -> Answer<Swift<Page<Swift<PublicPosting>>>> {
        let ctx = gql::ctx(gql);
        let (filter, order) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let answer = async {
            check(ctx, &filter, order)?;
            let sort = gql::list_name("open-postings", &(order, &filter));
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let look = gql.look_ahead().field("edges").field("node");
            let asked = (Wanted::of(&look), gql::counts(gql));
            let found = open::page(ctx, &filter, order, &paging, asked).await;
            let (found, total) = found.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = found.into_iter().map(|f| (f.key, (f.row, f.distance))).unzip();
            let nodes = PublicPosting::page(ctx, rows);
            PublicPosting::read_ahead(&nodes, &look).await;
            let nodes = nodes.into_iter().map(Swift);
            paging.page(ctx, keys.into_iter().zip(nodes).collect(), total).await.map(Swift)
        };
        Some(answer.await)
    }

    /// A posting by its id, as everybody sees it (公开招聘信息).
    async fn public_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
    ) -> Answer<Swift<PublicPosting>> {
        let ctx = gql::ctx(gql);
        let look = gql.look_ahead();
        let row = async { open::one(ctx, ctx.parse_id("Posting", &id)?, &Wanted::of(&look)).await };
        let page = gql::found(ctx, row.await.map(|row| PublicPosting::page(ctx, vec![(row, None)])))?;
        if let Ok(page) = &page {
            PublicPosting::read_ahead(page, &look).await;
        }
        page.map(|mut page| page.pop().map(Swift)).transpose()
    }

    /// Postings within the caller's reach, or of the parties it acts for (招聘信息列表).
    async fn postings(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<PostingFilter>,
        #[graphql(desc = "Order (排序)")] order_by: Option<PostingOrder>,
    ) -> Answer<Page<Posting>> {
        let ctx = gql::ctx(gql);
        let (filter, order) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let answer = async {
            markets::check_division(ctx, "filter.county", filter.county.as_deref())?;
            let paging = Paging::read(ctx, first, after, &gql::list_name("postings", &(order, &filter))).await?;
            let found = postings::page(ctx, &filter, order, &paging, gql::counts(gql)).await;
            let (found, total) = found.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            paging.page(ctx, keys.into_iter().zip(Posting::page(ctx, rows)).collect(), total).await
        };
        Some(answer.await)
    }

    /// A posting by its id (招聘信息).
    pub async fn posting(&self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID) -> Answer<Posting> {
        let ctx = gql::ctx(gql);
        let row = async { visible::load(&ctx.scope(), ctx, ctx.parse_id("Posting", &id)?).await };
        gql::found(ctx, row.await.map(|row| Posting::one(ctx, row)))
    }

    /// What waits for review, the longest waiting first (审核队列).
    async fn review_queue(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<ReviewFilter>,
    ) -> Answer<Page<Posting>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        let answer = async {
            markets::check_division(ctx, "filter.county", filter.county.as_deref())?;
            let paging = Paging::read(ctx, first, after, &gql::list_name("review-queue", &filter)).await?;
            let found = review::page(ctx, &filter, &paging, gql::counts(gql)).await;
            let (found, total) = found.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            paging.page(ctx, keys.into_iter().zip(Posting::page(ctx, rows)).collect(), total).await
        };
        Some(answer.await)
    }

    /// Looks a form over while it is filled in (填写检查): all that is wrong with it, and what the linter says.
    async fn lint_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The form (表单)")] input: PostingInput,
    ) -> Answer<PostingCheck> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, look_over(ctx, &input).await)
    }

    /// Templates of a hiring party, newest first (招聘模板).
    async fn posting_templates(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of the hiring party (用工主体)")] party_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<PostingTemplate>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let party = ctx.parse_id("HiringParty", &party_id).map_err(gql::fail(ctx))?;
            let paging = Paging::read(ctx, first, after, &format!("posting-templates:{party}")).await?;
            let rows = kept::templates(ctx, party, &paging).await.map_err(gql::fail(ctx))?;
            let keyed = rows.into_iter().map(|row| {
                let key = vec![row.id.to_string()];
                PostingTemplate::of(ctx, row).map(|template| (key, template))
            });
            let keyed = keyed.collect::<Result<Vec<_>, Fault>>().map_err(gql::fail(ctx))?;
            paging.page(ctx, keyed, None).await
        };
        Some(answer.await)
    }

    /// Workers whom a hiring party would take again, newest first (常用工).
    async fn favourites(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of the hiring party (用工主体)")] party_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<Favourite>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let party = ctx.parse_id("HiringParty", &party_id).map_err(gql::fail(ctx))?;
            let paging = Paging::read(ctx, first, after, &format!("favourites:{party}")).await?;
            let rows = kept::favourites(ctx, party, &paging).await.map_err(gql::fail(ctx))?;
            let keyed = rows.iter().map(|(row, worker)| (vec![row.id.to_string()], Favourite::of(ctx, row, worker)));
            paging.page(ctx, keyed.collect(), None).await
        };
        Some(answer.await)
    }

    /// What postings are held to in this city (招聘信息标准): for everybody.
    async fn posting_figures(&self, gql: &Context<'_>) -> Answer<PostingFigures> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, settings::figures(&ctx.scope()).await.map(PostingFigures::from))
    }
}
