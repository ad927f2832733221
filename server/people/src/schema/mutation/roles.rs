//! What the security administrator does with roles.

use async_graphql::{Context, ID, InputObject, Object};
use kernel::Once;
use kernel::gql::{self, Answer, Date};

use super::result;
use crate::operations::assign_role::{AssignInput, AssignRoleRefused, assign_role};
use crate::operations::withdraw_role::{WithdrawRoleRefused, withdraw_role};
use crate::schema::types::{Account, ScopeKind};
use crate::views;

/// A role to be assigned (授权信息).
#[derive(InputObject, serde::Serialize)]
pub(super) struct AssignRoleInput {
    /// To whom (账号).
    pub account_id: ID,
    /// The role (角色).
    pub role: String,
    /// The kind of scope (授权范围类型).
    pub scope_kind: ScopeKind,
    /// Division code, department, or id of the market or agency; nothing for the city (授权范围).
    pub scope_key: Option<String>,
    /// The last day it holds; for good if empty (有效期至).
    pub valid_until: Option<Date>,
}

result! {
    /// How assigning a role ended (授予角色结果).
    AssignRoleResult = Account | AssignRoleRefused
}
result! {
    /// How withdrawing a role ended (收回角色结果).
    WithdrawRoleResult = Account | WithdrawRoleRefused
}

/// What is done with roles.
#[derive(Default)]
pub(super) struct RolesMutation;

#[Object]
impl RolesMutation {
    /// Assigns a role in a scope, or sets another last day for one that is held (授予角色).
    async fn assign_role(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The role and its scope (角色授权)")] input: AssignRoleInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AssignRoleResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &input);
        let done = async {
            let input = AssignInput {
                account: ctx.parse_id("Account", &input.account_id)?,
                role: input.role,
                kind: input.scope_kind.into(),
                key: input.scope_key,
                until: input.valid_until.map(|day| day.0),
            };
            let outcome = assign_role(ctx, input, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        AssignRoleResult::of(ctx, done.await, AssignRoleRefused::from_refusal)
    }

    /// Withdraws a role (收回角色), at once.
    async fn withdraw_role(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The role held (授权标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawRoleResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let outcome = withdraw_role(ctx, ctx.parse_id("RoleAssignment", &id)?, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        WithdrawRoleResult::of(ctx, done.await, WithdrawRoleRefused::from_refusal)
    }
}
