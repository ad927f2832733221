//! The queries of imports.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer, Page, Paging};

use super::types::DirectoryImport;
use crate::imports::queries;

/// The queries of imports.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportsQuery;

/// The queries of imports.
#[Object]
impl ImportsQuery {
    /// Imports of the directory form, newest first (名录导入记录): one's own, or everybody's for the city's bureau.
    async fn directory_imports(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
    ) -> Answer<Page<DirectoryImport>> {
        let ctx = gql::ctx(gql);
        let answer = async {
            let paging = Paging::read(ctx, first, after, "directory-imports").await?;
            let found = queries::imports(ctx, &paging, gql::counts(gql)).await;
            let (rows, total) = found.map_err(gql::fail(ctx))?;
            let keys: Vec<_> = rows.iter().map(|row| vec![row.row.id.to_string()]).collect();
            paging.page(ctx, keys.into_iter().zip(DirectoryImport::page(ctx, rows)).collect(), total).await
        };
        Some(answer.await)
    }

    /// An import of the directory form (名录导入).
    pub async fn directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
    ) -> Answer<DirectoryImport> {
        let ctx = gql::ctx(gql);
        let found = async { queries::import(ctx, ctx.parse_id("DirectoryImport", &id)?).await };
        gql::found(ctx, found.await.map(|import| DirectoryImport::one(ctx, import)))
    }
}
