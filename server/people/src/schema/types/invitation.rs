//! Invitations as the administrator sees them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, FixedOffset, Utc};
use kernel::{Mask, gql, policy};
use uuid::Uuid;

use super::{Role, ScopeKind};
use crate::labels::Scopes;
use crate::rows::invitation;

/// What became of an invitation (邀请状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InvitationStatus {
    /// On its way (已发出).
    Sent,
    /// An account was made of it (已接受).
    Accepted,
    /// Nobody accepted it in time (已过期).
    Expired,
    /// Withdrawn (已撤回).
    Withdrawn,
}

/// An invitation (邀请).
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    row: invitation::Model,
    role: Role,
    scopes: Arc<Scopes>,
}

impl Invitation {
    /// Of rows; those whose role this version of the house does not know are left out.
    pub(crate) fn many(rows: Vec<invitation::Model>) -> impl Iterator<Item = (Uuid, Self)> {
        let scopes = Scopes::of(rows.iter().map(|row| (row.scope_kind.as_str(), row.scope_key.as_str())));
        rows.into_iter().filter_map(move |row| {
            let role = Role(policy::role(&row.role)?);
            Some((row.id, Self { role, row, scopes: Arc::clone(&scopes) }))
        })
    }

    fn status_at(&self, now: DateTime<Utc>) -> InvitationStatus {
        match self.row.status.as_str() {
            "ACCEPTED" => InvitationStatus::Accepted,
            "WITHDRAWN" => InvitationStatus::Withdrawn,
            _ if self.row.expires_at <= now => InvitationStatus::Expired,
            _ => InvitationStatus::Sent,
        }
    }
}

/// An invitation (邀请).
#[Object]
impl Invitation {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Invitation", self.row.id)
    }

    /// The address, masked (电子邮箱，已脱敏).
    async fn email_masked(&self, gql: &Context<'_>) -> async_graphql::Result<String> {
        let ctx = gql::ctx(gql);
        let opened = async { ctx.keys().await?.open("invitation", "email", self.row.id, &self.row.email) }.await;
        opened.map(|email| email.masked(Mask::Email)).map_err(gql::fail(ctx))
    }

    /// The working name (姓名).
    async fn display_name(&self, gql: &Context<'_>) -> async_graphql::Result<String> {
        let ctx = gql::ctx(gql);
        let (id, sealed) = (self.row.id, &self.row.display_name);
        let opened = async { ctx.keys().await?.open("invitation", "display_name", id, sealed) }.await;
        opened.map(|name| name.expose().clone()).map_err(gql::fail(ctx))
    }

    /// The role the person will hold (角色).
    async fn role(&self) -> Role {
        self.role
    }

    /// The kind of scope (授权范围类型).
    async fn scope_kind(&self) -> ScopeKind {
        ScopeKind::stored(&self.row.scope_kind)
    }

    /// The scope in words (授权范围名称).
    async fn scope_label(&self, gql: &Context<'_>) -> async_graphql::Result<String> {
        let ctx = gql::ctx(gql);
        let label = self.scopes.label(ctx, &self.row.scope_kind, &self.row.scope_key).await;
        label.map_err(gql::fail(ctx))
    }

    /// What became of it (状态).
    async fn status(&self, gql: &Context<'_>) -> InvitationStatus {
        self.status_at(gql::ctx(gql).now())
    }

    /// It cannot be accepted later (到期时间).
    async fn expires_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.expires_at)
    }

    /// When it was sent (发出时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }
}
