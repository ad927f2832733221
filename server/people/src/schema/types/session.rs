//! A session as its owner sees it.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, FixedOffset};
use entities::session;
use kernel::ctx::Via;
use kernel::gql;

/// A session (会话): opaque, listed, revocable at once.
#[derive(Clone, Debug)]
pub struct Session {
    row: session::Model,
    current: bool,
}

impl Session {
    /// Of a row, as the session of `via` sees it.
    pub(crate) fn seen(row: session::Model, via: &Via) -> Self {
        let current = matches!(via, Via::Session(id) if *id == row.id);
        Self { row, current }
    }
}

/// A session (会话): opaque, listed, revocable at once.
#[Object]
impl Session {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Session", self.row.id)
    }

    /// When it began (登录时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }

    /// When it was last used, to the minute (最近使用时间).
    async fn last_used_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.last_used_at)
    }

    /// When it ends whatever happens (到期时间).
    async fn expires_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.expires_at)
    }

    /// The browser or program, as it names itself (浏览器或程序).
    async fn user_agent(&self) -> Option<&str> {
        self.row.user_agent.as_deref()
    }

    /// The network it began in; the address itself is not kept (网络地址，已脱敏).
    async fn ip_masked(&self) -> Option<&str> {
        self.row.ip_masked.as_deref()
    }

    /// Is it the session of this request (是否当前会话)?
    async fn current(&self) -> bool {
        self.current
    }
}
