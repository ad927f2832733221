//! Reading (查询).

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MergedObject, Object};
use entities::account;
use kernel::gql::{self, Answer, Page, Paging};
use kernel::{Ctx, Pii, Place};
use uuid::Uuid;

use super::types::{
    AccessExplanation, Account, AccountStatus, ApiKey, Invitation, Liaison, PolicyLine, Role, ScopeChoice, ScopeKind,
    Session, Viewer,
};
use crate::agencies::schema::query::AgenciesQuery;
use crate::labels::{self, Scopes};
use crate::operations::shared;
use crate::queries::{self, AccountsWanted};
use crate::{policy, views};

/// Which accounts are wanted (账号筛选).
#[derive(InputObject, Default)]
pub(crate) struct AccountFilter {
    /// Part of the user name, or the whole working name, which lies sealed (用户名的一部分，或完整姓名).
    pub search: Option<String>,
    /// Their status (状态).
    pub status: Option<AccountStatus>,
    /// A role they hold (角色).
    pub role: Option<String>,
}

/// What can be read of people, and of agencies (人员查询).
#[derive(MergedObject, Default)]
pub struct PeopleQuery(AccountsQuery, AgenciesQuery);

/// What can be read of accounts, roles and the liaison person.
#[derive(Default)]
pub struct AccountsQuery;

#[Object]
impl AccountsQuery {
    /// Who is signed in (当前用户); null for a stranger and for an API key.
    async fn me(&self, gql: &Context<'_>) -> Answer<Viewer> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, views::viewer(ctx).await)
    }

    /// One's own live sessions, the newest first (我的会话).
    async fn my_sessions(&self, gql: &Context<'_>) -> Answer<Vec<Session>> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, views::my_sessions(ctx).await)
    }

    /// The accounts, by user name (账号列表).
    async fn accounts(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which accounts (筛选)")] filter: Option<AccountFilter>,
    ) -> Answer<Page<Account>> {
        Some(accounts(gql, first, after, filter.unwrap_or_default()).await)
    }

    /// An account (账号).
    pub async fn account(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] id: ID,
    ) -> Answer<Account> {
        let ctx = gql::ctx(gql);
        let found = async {
            let id = ctx.parse_id("Account", &id)?;
            if ctx.actor().account_id() != Some(id) {
                ctx.require(&policy::READ_ACCOUNTS, &Place::city()).await?;
            }
            views::account(ctx, id).await
        };
        gql::found(ctx, found.await)
    }

    /// The roles that can be assigned here (角色列表).
    async fn roles(&self, gql: &Context<'_>) -> Answer<Vec<Role>> {
        let ctx = gql::ctx(gql);
        let found = async {
            ctx.require(&policy::READ_ACCOUNTS, &Place::city()).await?;
            Ok(views::roles_here(ctx))
        };
        gql::found(ctx, found.await)
    }

    /// What a role can be assigned at, of a kind, by a part of its name (可选授权范围): twenty markets or agencies at most, all
    /// counties and departments; nothing for the city, which needs no key.
    async fn scope_choices(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The kind of scope (范围类别)")] kind: ScopeKind,
        #[graphql(desc = "Part of a name (名称的一部分)")] search: Option<String>,
    ) -> Answer<Vec<ScopeChoice>> {
        let ctx = gql::ctx(gql);
        let found = async {
            ctx.require(&policy::READ_ACCOUNTS, &Place::city()).await?;
            labels::choices(ctx, kind.into(), search.as_deref().unwrap_or_default()).await
        };
        gql::found(ctx, found.await)
    }

    /// The lines of policy that this city added to those of the house, the newest first (授权策略列表).
    async fn policy_lines(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<PolicyLine>> {
        Some(policy_lines(gql::ctx(gql), first, after).await)
    }

    /// The invitations, the newest first (邀请列表).
    async fn invitations(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<Invitation>> {
        Some(invitations(gql::ctx(gql), first, after).await)
    }

    /// One's own API keys, the newest first; everybody's for the security administrator (接口密钥列表).
    async fn api_keys(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<ApiKey>> {
        Some(api_keys(gql::ctx(gql), first, after).await)
    }

    /// What one's own API keys may be given: what one may do, by name (可授予密钥的权限).
    async fn api_scopes(&self, gql: &Context<'_>) -> Answer<Vec<String>> {
        let ctx = gql::ctx(gql);
        let found = async {
            ctx.account()?;
            views::permissions(ctx).await
        };
        gql::found(ctx, found.await)
    }

    /// Why an account may or may not do something, at an object or anywhere (授权解释). One's own without a permission.
    async fn explain_access(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号)")] account_id: ID,
        #[graphql(desc = "The action, as in `market.list` (操作)")] action: String,
        #[graphql(desc = "The object; nothing for anywhere (对象)")] object_id: Option<ID>,
    ) -> Answer<AccessExplanation> {
        let ctx = gql::ctx(gql);
        let found = async {
            let account = ctx.parse_id("Account", &account_id)?;
            views::explain(ctx, account, &action, object_id.as_ref()).await
        };
        gql::found(ctx, found.await)
    }

    /// The city's liaison person (工作对接人); masked for those who may not see it whole.
    async fn liaison(&self, gql: &Context<'_>) -> Answer<Liaison> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, views::present_liaison(ctx).await)
    }

    /// The liaison persons, the present one first, a hundred at most (对接人历史).
    async fn liaison_history(&self, gql: &Context<'_>) -> Answer<Vec<Liaison>> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, views::liaison_history(ctx).await)
    }
}

async fn accounts(
    gql: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: AccountFilter,
) -> async_graphql::Result<Page<Account>> {
    let ctx = gql::ctx(gql);
    ctx.require(&policy::READ_ACCOUNTS, &Place::city()).await.map_err(gql::fail(ctx))?;
    let status = filter.status.map(AccountStatus::name);
    let sort = format!("accounts:{:?}:{status:?}:{:?}", filter.search, filter.role);
    let name = match filter.search.as_deref().map(Pii::from) {
        Some(name) => Some(queries::name_index(&*ctx.keys().await.map_err(gql::fail(ctx))?, &name)),
        None => None,
    };
    let wanted = AccountsWanted { search: filter.search, name, status, role: filter.role };
    let paging = Paging::read(ctx, first, after, &sort).await?;
    let after = paging.after.as_ref().and_then(|key| key.first()).map(String::as_str);
    let scope = ctx.scope();
    let rows = queries::accounts(&scope, &wanted, after, paging.limit()).await.map_err(gql::fail(ctx))?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut roles = queries::roles_of(&scope, &ids).await.map_err(gql::fail(ctx))?;
    let total = if gql::counts(gql) {
        Some(queries::count_accounts(&scope, &wanted).await.map_err(gql::fail(ctx))?)
    } else {
        None
    };
    let scopes = Scopes::of_roles(roles.values().flatten());
    let node = |row: account::Model| {
        let roles = roles.remove(&row.id).unwrap_or_default();
        (vec![row.username.clone()], Account::among(row, roles, Arc::clone(&scopes)))
    };
    let nodes = rows.into_iter().map(node).collect();
    paging.page(ctx, nodes, total).await
}

/// The id a page begins after.
fn after_id(paging: &Paging) -> Option<Uuid> {
    paging.after.as_ref().and_then(|key| key.first()).and_then(|id| id.parse().ok())
}

async fn policy_lines(ctx: &Ctx, first: Option<i32>, after: Option<String>) -> async_graphql::Result<Page<PolicyLine>> {
    ctx.require(&policy::READ_POLICY, &Place::city()).await.map_err(gql::fail(ctx))?;
    let paging = Paging::read(ctx, first, after, "policyLines").await?;
    let rows = queries::policy_lines(&ctx.scope(), after_id(&paging), paging.limit()).await.map_err(gql::fail(ctx))?;
    let keyed = |row: entities::policy_line::Model| Some((vec![row.id.to_string()], PolicyLine::of(row)?));
    paging.page(ctx, rows.into_iter().filter_map(keyed).collect(), None).await
}

async fn invitations(ctx: &Ctx, first: Option<i32>, after: Option<String>) -> async_graphql::Result<Page<Invitation>> {
    ctx.require(&policy::READ_ACCOUNTS, &Place::city()).await.map_err(gql::fail(ctx))?;
    let paging = Paging::read(ctx, first, after, "invitations").await?;
    let rows = queries::invitations(&ctx.scope(), after_id(&paging), paging.limit()).await.map_err(gql::fail(ctx))?;
    let nodes = Invitation::many(rows).map(|(id, invitation)| (vec![id.to_string()], invitation)).collect();
    paging.page(ctx, nodes, None).await
}

async fn api_keys(ctx: &Ctx, first: Option<i32>, after: Option<String>) -> async_graphql::Result<Page<ApiKey>> {
    let me = shared::free_session(ctx).map_err(gql::fail(ctx))?.0.id;
    let everybody = ctx.allows(&policy::REVOKE_KEYS, &Place::city()).await.map_err(gql::fail(ctx))?;
    let owner = (!everybody).then_some(me);
    let paging = Paging::read(ctx, first, after, "apiKeys").await?;
    let rows =
        queries::api_keys(&ctx.scope(), owner, after_id(&paging), paging.limit()).await.map_err(gql::fail(ctx))?;
    let nodes = rows
        .into_iter()
        .map(|(row, owner)| (vec![row.id.to_string()], ApiKey::new(row, owner.map(|o| o.username).unwrap_or_default())))
        .collect();
    paging.page(ctx, nodes, None).await
}
