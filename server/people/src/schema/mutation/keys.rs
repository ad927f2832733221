//! What front-end teams do with their keys.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset, Utc};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::result;
use crate::operations::create_api_key::{CreateApiKeyRefused, KeyInput, create_api_key};
use crate::operations::revoke_api_key::{RevokeApiKeyRefused, revoke_api_key};
use crate::schema::types::{ApiKey, ApiKeyCreated};
use crate::views;

/// A key to be made (密钥信息).
#[derive(InputObject)]
pub(super) struct CreateApiKeyInput {
    /// What it is for (名称).
    pub label: String,
    /// What it may do: names of actions, or `object.*` (权限).
    pub scopes: Vec<String>,
    /// Where a browser may send it from, as in `https://app.example.cn`; empty: servers only (来源网址).
    pub origins: Vec<String>,
    /// When it ends; a year from now if empty, three years at most (到期时间).
    pub expires_at: Option<DateTime<FixedOffset>>,
}

result! {
    /// How making a key ended (新建密钥结果).
    CreateApiKeyResult = ApiKeyCreated | CreateApiKeyRefused
}
result! {
    /// How revoking a key ended (吊销密钥结果).
    RevokeApiKeyResult = ApiKey | RevokeApiKeyRefused
}

/// What is done with keys.
#[derive(Default)]
pub(super) struct KeysMutation;

#[Object]
impl KeysMutation {
    /// Makes an API key (新建接口密钥): shown once, never more than its owner may do.
    async fn create_api_key(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The key (密钥信息)")] input: CreateApiKeyInput,
    ) -> Answer<CreateApiKeyResult> {
        let ctx = gql::ctx(gql);
        let input = KeyInput {
            label: input.label,
            scopes: input.scopes,
            origins: input.origins,
            ends: input.expires_at.map(|at| at.with_timezone(&Utc)),
        };
        let done = async {
            let made = create_api_key(ctx, input).await?;
            Ok(ApiKeyCreated { key: views::key(ctx, made.id).await?, secret: made.secret })
        };
        CreateApiKeyResult::of(ctx, done.await, CreateApiKeyRefused::from_refusal)
    }

    /// Revokes an API key (吊销接口密钥), at once.
    async fn revoke_api_key(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The key (密钥标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RevokeApiKeyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let outcome = revoke_api_key(ctx, ctx.parse_id("ApiKey", &id)?, once).await?;
            Ok(views::key(ctx, outcome.id).await?)
        };
        RevokeApiKeyResult::of(ctx, done.await, RevokeApiKeyRefused::from_refusal)
    }
}
