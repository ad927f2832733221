//! Roles, and roles that are held.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::role_assignment;
use kernel::gql::{self, Date};
use kernel::policy::{self, RoleDef};

use crate::labels::{self, Scopes};

/// The kinds of scope a role is assigned in (授权范围类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
pub enum ScopeKind {
    /// The whole city, or the province (全市).
    City,
    /// A county (县区).
    County,
    /// A department (部门).
    Department,
    /// A market (市场).
    Market,
    /// An agency (机构).
    Agency,
}

impl From<ScopeKind> for policy::ScopeKind {
    fn from(kind: ScopeKind) -> Self {
        match kind {
            ScopeKind::City => Self::City,
            ScopeKind::County => Self::County,
            ScopeKind::Department => Self::Department,
            ScopeKind::Market => Self::Market,
            ScopeKind::Agency => Self::Agency,
        }
    }
}

impl From<policy::ScopeKind> for ScopeKind {
    fn from(kind: policy::ScopeKind) -> Self {
        match kind {
            policy::ScopeKind::City => Self::City,
            policy::ScopeKind::County => Self::County,
            policy::ScopeKind::Department => Self::Department,
            policy::ScopeKind::Market => Self::Market,
            policy::ScopeKind::Agency => Self::Agency,
        }
    }
}

impl ScopeKind {
    /// From what is stored; what cannot be read is shown as the narrowest.
    pub(crate) fn stored(text: &str) -> Self {
        policy::ScopeKind::parse(text).map_or(Self::Agency, Into::into)
    }
}

/// Something that can be done, as policy names it (操作权限).
#[derive(Clone, Debug, SimpleObject)]
pub struct RoleAction {
    /// Its name in policy lines and in the audit: `market.list` (代码).
    pub name: String,
    /// In words, in the caller's language (名称).
    pub title: String,
}

/// A role (角色).
#[derive(Clone, Copy, Debug)]
pub struct Role(pub &'static RoleDef);

/// A role (角色).
#[Object]
impl Role {
    /// Its name in policy lines (代码).
    async fn name(&self) -> &str {
        self.0.name
    }

    /// Chinese title (中文名称).
    async fn title_zh(&self) -> &str {
        self.0.title.zh
    }

    /// English title (英文名称).
    async fn title_en(&self) -> &str {
        self.0.title.en
    }

    /// Its title in the caller's language (名称).
    async fn title(&self, gql: &Context<'_>) -> &str {
        self.0.title.get(gql::ctx(gql).lang())
    }

    /// Roles of one exclusive group are never held by one account (互斥组, 三员分立).
    async fn exclusive_group(&self) -> Option<&str> {
        self.0.exclusive
    }

    /// What its holder may do here, by name, sorted (权限).
    async fn actions(&self, gql: &Context<'_>) -> async_graphql::Result<Vec<RoleAction>> {
        let ctx = gql::ctx(gql);
        let lines = ctx.kernel().policy.of(ctx).await.map_err(gql::fail(ctx))?;
        let may = ctx.kernel().actions().filter(|action| lines.role_may(self.0.name, action));
        let mut actions: Vec<RoleAction> = may
            .map(|action| RoleAction { name: action.name(), title: action.title.get(ctx.lang()).to_owned() })
            .collect();
        actions.sort_by(|a, b| a.name.cmp(&b.name));
        actions.dedup_by(|a, b| a.name == b.name);
        Ok(actions)
    }
}

/// A role held in a scope (角色授权).
#[derive(Clone, Debug)]
pub struct RoleAssignment {
    row: role_assignment::Model,
    role: Role,
    scopes: Arc<Scopes>,
}

impl RoleAssignment {
    /// Of a row; a role that this version of the house does not know is left out.
    pub(crate) fn of(row: role_assignment::Model, scopes: Arc<Scopes>) -> Option<Self> {
        policy::role(&row.role).map(|def| Self { role: Role(def), row, scopes })
    }
}

/// A role held in a scope (角色授权).
#[Object]
impl RoleAssignment {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("RoleAssignment", self.row.id)
    }

    /// The role (角色).
    async fn role(&self) -> Role {
        self.role
    }

    /// The kind of scope it is held in (授权范围类型).
    async fn scope_kind(&self) -> ScopeKind {
        ScopeKind::stored(&self.row.scope_kind)
    }

    /// Division code, department, or id of the market or agency; nothing for the city (授权范围).
    async fn scope_key(&self, gql: &Context<'_>) -> Option<String> {
        labels::key(gql::ctx(gql), &self.row.scope_kind, &self.row.scope_key)
    }

    /// The scope in words (授权范围名称).
    async fn scope_label(&self, gql: &Context<'_>) -> async_graphql::Result<String> {
        let ctx = gql::ctx(gql);
        let label = self.scopes.label(ctx, &self.row.scope_kind, &self.row.scope_key).await;
        label.map_err(gql::fail(ctx))
    }

    /// The last day it holds (有效期至).
    async fn valid_until(&self) -> Option<Date> {
        self.row.valid_until.map(Date)
    }

    /// When it was assigned (授权时间).
    async fn assigned_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.assigned_at)
    }
}

/// What a role can be assigned at (可选授权范围).
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct ScopeChoice {
    /// Its key, to be given as `scopeKey` (范围标识).
    pub key: String,
    /// Its name (名称).
    pub label: String,
}
