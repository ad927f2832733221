//! API keys as their owners see them.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::api_key;
use kernel::gql;

/// A key of a front-end team (接口密钥). The key itself is shown once and kept nowhere.
#[derive(Clone, Debug)]
pub(crate) struct ApiKey {
    row: api_key::Model,
    owner: String,
}

impl ApiKey {
    pub(crate) const fn new(row: api_key::Model, owner: String) -> Self {
        Self { row, owner }
    }
}

fn strings(value: &serde_json::Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

/// A key of a front-end team (接口密钥). The key itself is shown once and kept nowhere.
#[Object]
impl ApiKey {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("ApiKey", self.row.id)
    }

    /// What it is for (名称).
    async fn label(&self) -> &str {
        &self.row.label
    }

    /// How it begins, to tell it from others (前缀).
    async fn prefix(&self) -> &str {
        &self.row.prefix
    }

    /// User name of its owner (所有者).
    async fn owner(&self) -> &str {
        &self.owner
    }

    /// What it may do: names of actions, or `object.*`; never more than its owner (权限).
    async fn scopes(&self) -> Vec<String> {
        strings(&self.row.scopes)
    }

    /// Where a browser may send it from; empty: servers only (允许的来源网址).
    async fn origins(&self) -> Vec<String> {
        strings(&self.row.origins)
    }

    /// When it ends (到期时间).
    async fn expires_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.expires_at.map(gql::moment)
    }

    /// When it was last used, to the minute (最近使用时间).
    async fn last_used_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.last_used_at.map(gql::moment)
    }

    /// When it was revoked (吊销时间).
    async fn revoked_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.revoked_at.map(gql::moment)
    }

    /// When it was made (建立时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }
}

/// A key that was made (新密钥).
#[derive(SimpleObject)]
pub(crate) struct ApiKeyCreated {
    /// The key's entry (密钥条目).
    pub key: ApiKey,
    /// The key itself: shown now and never again (密钥).
    pub secret: String,
}
