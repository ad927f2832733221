//! What the security administrator does with the city's own lines of policy.

use async_graphql::{Context, ID, InputObject, Object};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::result;
use crate::operations::set_policy_line::{
    LineInput, SetPolicyLine, SetPolicyLineReason, SetPolicyLineRefusalCode, set_policy_line,
};
use crate::operations::withdraw_policy_line::{
    WithdrawPolicyLine, WithdrawPolicyLineReason, WithdrawPolicyLineRefusalCode, withdraw_policy_line,
};
use crate::schema::types::{PolicyEffect, PolicyLine, PolicyLineWithdrawn};
use crate::views;

/// A line of policy to be set (策略内容).
#[derive(InputObject, serde::Serialize)]
pub(super) struct PolicyLineInput {
    /// The role (角色).
    pub role: String,
    /// What it may or may not do, as in `market.read` (操作).
    pub action: String,
    /// Allowed, or forbidden (效果).
    pub effect: PolicyEffect,
}

result! {
    /// How setting a line of policy ended (设置授权策略结果).
    SetPolicyLineResult = PolicyLine | SetPolicyLineRefused
}
result! {
    /// How taking a line of policy back ended (撤销授权策略结果).
    WithdrawPolicyLineResult = PolicyLineWithdrawn | WithdrawPolicyLineRefused
}

kernel::with_current! {
    /// Why the line was not set (不予设置授权策略).
    SetPolicyLineRefused(PolicyLine) = SetPolicyLine: SetPolicyLineReason, SetPolicyLineRefusalCode;
    /// Why the line stands (不予撤销授权策略).
    WithdrawPolicyLineRefused(PolicyLine) = WithdrawPolicyLine: WithdrawPolicyLineReason, WithdrawPolicyLineRefusalCode;
}

/// What is done with lines of policy.
#[derive(Default)]
pub(super) struct LinesMutation;

#[Object]
impl LinesMutation {
    /// Allows or forbids an action to a role in this city, in place of the line about the same two (设置授权策略).
    async fn set_policy_line(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The line (策略内容)")] input: PolicyLineInput,
        #[graphql(desc = "The version of the line about the same two, 0 where there is none (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetPolicyLineResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&input, version));
        let (role, action) = (input.role.clone(), input.action.clone());
        let line = LineInput { role: input.role, action: input.action, forbids: input.effect == PolicyEffect::Deny };
        let done = async {
            let outcome = set_policy_line(ctx, line, version, once).await?;
            Ok(views::policy_line(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, views::policy_line_about(ctx, &role, &action)).await;
        SetPolicyLineResult::of(ctx, done, |refusal, lang| SetPolicyLineRefused::of(refusal, lang, current))
    }

    /// Takes a line of policy back: the house's own hold again, at once (撤销授权策略).
    async fn withdraw_policy_line(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The line (策略标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawPolicyLineResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async {
            withdraw_policy_line(ctx, ctx.parse_id("PolicyLine", &id)?, version, once).await?;
            Ok(PolicyLineWithdrawn { id: id.clone() })
        };
        let done = done.await;
        let newest = async { views::policy_line(ctx, ctx.parse_id("PolicyLine", &id)?).await };
        let current = gql::current(&done, newest).await;
        WithdrawPolicyLineResult::of(ctx, done, |refusal, lang| WithdrawPolicyLineRefused::of(refusal, lang, current))
    }
}
