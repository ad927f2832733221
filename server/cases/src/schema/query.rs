//! The chapter's queries (查询).

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer, Page, Paging};
use people::Colleague;

use super::case::Case;
use super::kind::KindShown;
use crate::queries::cases::{self, CaseFilter, CaseOrder};
use crate::store::visible;
use crate::{case_kind, policy};

/// The queries of cases.
#[derive(Clone, Copy, Debug, Default)]
pub struct CasesQuery;

/// The queries of cases.
#[Object]
impl CasesQuery {
    /// Cases that the caller may see: those within the reach of their roles, and those they opened (办件列表).
    async fn cases(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<CaseFilter>,
        #[graphql(desc = "Order (排序)")] order_by: Option<CaseOrder>,
    ) -> Answer<Page<Case>> {
        let ctx = gql::ctx(gql);
        let (filter, order) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let counts = gql::counts(gql);
        let answer = async {
            let paging = Paging::read(ctx, first, after, &gql::list_name("cases", &(order, &filter))).await?;
            let found = cases::page(ctx, &filter, order, &paging, counts).await;
            let found = found.map_err(gql::fail(ctx))?;
            let nodes = Case::page(ctx, found.sight, found.rows);
            paging.page(ctx, found.keys.into_iter().zip(nodes).collect(), found.total).await
        };
        Some(answer.await)
    }

    /// A case by its id (办件).
    pub async fn case(&self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID) -> Answer<Case> {
        let ctx = gql::ctx(gql);
        let found = async { Case::at(ctx, ctx.parse_id("Case", &id)?).await };
        gql::found(ctx, found.await)
    }

    /// To whom a case may be offered (可转办的同事): who else may handle such cases where it stands. For whoever may hand it over.
    async fn case_colleagues(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The case (办件标识)")] id: ID,
        #[graphql(desc = "A part of the name (姓名检索词)")] search: Option<String>,
    ) -> Answer<Vec<Colleague>> {
        let ctx = gql::ctx(gql);
        let found = async {
            let (row, kind) = visible::find_for(ctx, &policy::HAND_OVER, ctx.parse_id("Case", &id)?).await?;
            let actions = [&policy::TAKE, kind.handled_by];
            people::who_may(ctx, &actions, &visible::place_of(&row), search.as_deref()).await
        };
        gql::found(ctx, found.await)
    }

    /// The kinds of case that can be opened here, by when each is decided, and by which article (办件类型).
    async fn case_kinds(&self, gql: &Context<'_>) -> Vec<KindShown> {
        let ctx = gql::ctx(gql);
        case_kind::all(ctx.kernel()).iter().map(|kind| KindShown::of(kind, ctx.lang())).collect()
    }
}
