//! An account as colleagues see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, FixedOffset};
use entities::{account, role_assignment};
use kernel::gql::{self, Answer};
use kernel::{Lang, Mask};

use super::RoleAssignment;
use crate::labels::Scopes;
use crate::rules::roles;
use crate::{identity, queries};

/// A department that takes part (部门).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
pub enum Department {
    /// Human resources and social security (人社).
    Hrss,
    /// Civil affairs (民政).
    CivilAffairs,
    /// Finance (财政).
    Finance,
    /// Housing and construction (住建).
    Housing,
    /// Market regulation (市场监管).
    MarketRegulation,
}

impl Department {
    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hrss => "HRSS",
            Self::CivilAffairs => "CIVIL_AFFAIRS",
            Self::Finance => "FINANCE",
            Self::Housing => "HOUSING",
            Self::MarketRegulation => "MARKET_REGULATION",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Hrss, Self::CivilAffairs, Self::Finance, Self::Housing, Self::MarketRegulation]
            .into_iter()
            .find(|d| d.name() == text)
    }
}

/// The language in which the house writes to an account (信件语言).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
pub enum LetterLang {
    /// Chinese (中文).
    Zh,
    /// English (英文).
    En,
}

impl From<LetterLang> for Lang {
    fn from(lang: LetterLang) -> Self {
        match lang {
            LetterLang::Zh => Self::Zh,
            LetterLang::En => Self::En,
        }
    }
}

impl From<Lang> for LetterLang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

/// What an account is (账号状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AccountStatus {
    /// Without a password yet (已邀请).
    Invited,
    /// It may sign in (正常).
    Active,
    /// Unused for so long that it was closed (已锁定).
    Locked,
    /// Disabled by the system administrator (已停用).
    Disabled,
    /// Closed for good; what was held about the person was erased (已删除).
    Erased,
}

impl AccountStatus {
    /// As stored.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Invited => "INVITED",
            Self::Active => "ACTIVE",
            Self::Locked => "LOCKED",
            Self::Disabled => "DISABLED",
            Self::Erased => "ERASED",
        }
    }

    fn parse(text: &str) -> Self {
        let known = [Self::Invited, Self::Active, Self::Locked, Self::Erased];
        known.into_iter().find(|s| s.name() == text).unwrap_or(Self::Disabled)
    }
}

/// An account (账号): a person who signs in.
#[derive(Clone, Debug)]
pub struct Account {
    row: account::Model,
    roles: Vec<role_assignment::Model>,
    scopes: Arc<Scopes>,
}

impl Account {
    pub(crate) fn new(row: account::Model, roles: Vec<role_assignment::Model>) -> Self {
        let scopes = Scopes::of_roles(&roles);
        Self { row, roles, scopes }
    }

    /// One of a list, whose scopes are named together.
    pub(crate) const fn among(row: account::Model, roles: Vec<role_assignment::Model>, scopes: Arc<Scopes>) -> Self {
        Self { row, roles, scopes }
    }
}

/// An account (账号): a person who signs in.
#[Object]
impl Account {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Account", self.row.id)
    }

    /// What is typed at sign-in (用户名).
    async fn username(&self) -> &str {
        &self.row.username
    }

    /// The working name (姓名).
    async fn display_name(&self, gql: &Context<'_>) -> async_graphql::Result<String> {
        let ctx = gql::ctx(gql);
        let opened = queries::display_name(ctx, &self.row).await;
        opened.map(|name| name.expose().clone()).map_err(gql::fail(ctx))
    }

    /// Its address for mail, masked (电子邮箱，已脱敏).
    async fn email_masked(&self, gql: &Context<'_>) -> Answer<String> {
        let sealed = self.row.email.as_deref()?;
        let ctx = gql::ctx(gql);
        let opened = async { ctx.keys().await?.open("account", "email", self.row.id, sealed) }.await;
        gql::found(ctx, opened.map(|email| email.masked(Mask::Email)))
    }

    /// The department it belongs to (部门).
    async fn department(&self) -> Option<Department> {
        self.row.department.as_deref().and_then(Department::parse)
    }

    /// The language in which the house writes to it (信件语言).
    async fn lang(&self) -> LetterLang {
        Lang::from_code(&self.row.lang).into()
    }

    /// Is it one of the bureau's own staff, who need a second factor (是否工作人员)?
    async fn staff(&self) -> bool {
        let held: Vec<_> = self.roles.iter().cloned().filter_map(identity::held_of).collect();
        roles::is_staff(&held)
    }

    /// What it is (状态).
    async fn status(&self) -> AccountStatus {
        AccountStatus::parse(&self.row.status)
    }

    /// Has it enrolled a second factor (是否已绑定动态口令)?
    async fn totp_enabled(&self) -> bool {
        self.row.totp_confirmed
    }

    /// When it last signed in (最近登录时间).
    async fn last_sign_in_at(&self) -> Option<DateTime<FixedOffset>> {
        self.row.last_sign_in_at.map(gql::moment)
    }

    /// When it was made (建立时间).
    async fn created_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.row.created_at)
    }

    /// Counts changes (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// The roles it holds, those that have run out included (角色).
    async fn roles(&self) -> Vec<RoleAssignment> {
        let roles = self.roles.iter().cloned();
        roles.filter_map(|role| RoleAssignment::of(role, Arc::clone(&self.scopes))).collect()
    }
}
