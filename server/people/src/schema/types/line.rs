//! Lines of policy that a city added.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::policy_line;
use kernel::{gql, policy};

use super::{Role, RoleAction};

/// What a line of policy says (策略效果).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
pub enum PolicyEffect {
    /// The role may do it, wherever it holds (允许).
    Allow,
    /// Whoever holds the role may not do it anywhere, whatever else allows it (禁止).
    Deny,
}

/// A line of policy that this city added to those of the house (授权策略).
#[derive(Clone, Debug)]
pub(crate) struct PolicyLine {
    row: policy_line::Model,
    role: Role,
}

impl PolicyLine {
    /// Of a row; a role that this version of the house does not know is left out.
    pub(crate) fn of(row: policy_line::Model) -> Option<Self> {
        policy::role(&row.role).map(|def| Self { role: Role(def), row })
    }
}

/// A line of policy that this city added to those of the house (授权策略).
#[Object]
impl PolicyLine {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("PolicyLine", self.row.id)
    }

    /// The role it is about (角色).
    async fn role(&self) -> Role {
        self.role
    }

    /// What the role may or may not do (操作).
    async fn action(&self, gql: &Context<'_>) -> RoleAction {
        let ctx = gql::ctx(gql);
        let name = format!("{}.{}", self.row.object, self.row.act);
        let known = ctx.kernel().actions().find(|action| action.is(&name));
        let title = known.map_or_else(|| name.clone(), |action| action.title.get(ctx.lang()).to_owned());
        RoleAction { name, title }
    }

    /// Allowed, or forbidden (效果).
    async fn effect(&self) -> PolicyEffect {
        if self.row.effect == "deny" { PolicyEffect::Deny } else { PolicyEffect::Allow }
    }

    /// Counts its changes; sent back to change it or take it back (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was set (设置时间).
    async fn set_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }
}

/// A line of policy was taken back (已撤销授权策略).
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PolicyLineWithdrawn {
    /// The line that no longer holds (标识).
    pub id: ID,
}
