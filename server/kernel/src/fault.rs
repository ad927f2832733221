//! Faults (故障): what went wrong that nobody asked for. A refusal is not a fault; see [`crate::refusal`].

use crate::refusal::Refusal;
use crate::text::{Text, Words};
use std::error::Error;
use std::fmt;

pub use crate::store::Cause;

/// A fault, or one of the few outcomes that end a request at the top level.
///
/// The message of an inner error never reaches a caller: the transport shows `INTERNAL` and the request id, and the
/// source is logged once, where it is handled.
#[derive(Debug)]
pub enum Fault {
    /// Nobody is signed in (未登录).
    Unauthenticated,
    /// Seen, but not allowed (无权限). Used only where the thing may be seen at all.
    Forbidden,
    /// Not there, or not visible to this caller: the two are not told apart (不存在).
    NotFound,
    /// The plugin is switched off here (插件未启用).
    PluginDisabled(&'static str),
    /// The same idempotency key came with another input (幂等键冲突).
    IdempotencyKeyReused,
    /// Too many requests of this kind (请求过于频繁).
    RateLimited,
    /// This tenant's store is not as this build needs it; the others go on (维护中).
    Maintenance,
    /// The request was cancelled or ran out of time between two steps (超时).
    Deadline,
    /// Everything else: the failed action and its source (内部错误).
    Internal {
        /// What was being done, in words of ours: "open the store".
        action: &'static str,
        /// Why it failed.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
}

impl Fault {
    /// A fault without a source.
    #[must_use]
    pub const fn internal(action: &'static str) -> Self {
        Self::Internal { action, source: None }
    }

    /// Names the action that failed and keeps the source.
    pub fn of<E: Error + Send + Sync + 'static>(action: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Internal { action, source: Some(Box::new(source)) }
    }

    /// Why it failed, for the log: nothing of what a row, a form or a token holds.
    #[must_use]
    pub fn cause(&self) -> Cause<'_> {
        Cause::of(self.source())
    }

    /// The code at the top level of a GraphQL answer.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::PluginDisabled(_) => "PLUGIN_DISABLED",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::RateLimited => "RATE_LIMITED",
            Self::Maintenance => "MAINTENANCE",
            Self::Deadline => "DEADLINE_EXCEEDED",
            Self::Internal { .. } => "INTERNAL",
        }
    }

    /// What a caller reads: nothing of its source.
    #[must_use]
    pub const fn text(&self) -> Text {
        match self {
            Self::Unauthenticated => Text::new("请先登录。", "Sign in first."),
            Self::Forbidden => Text::new("您没有此项权限。", "You may not do this."),
            Self::NotFound => Text::new("没有找到。", "Not found."),
            Self::PluginDisabled(_) => Text::new("此功能在这里未启用。", "This function is switched off here."),
            Self::IdempotencyKeyReused => Text::new(
                "同一幂等键不能用于不同的内容，请换一个。",
                "This idempotency key came with another input; use a new one.",
            ),
            Self::RateLimited => Text::new("操作过于频繁，请稍后再试。", "Too many requests; try again later."),
            Self::Maintenance => {
                Text::new("本市系统正在维护，请稍后重试。", "This tenant is in maintenance; try again later.")
            }
            Self::Deadline => Text::new("处理超时，请稍后再试。", "The request took too long; try again later."),
            Self::Internal { .. } => Text::new(
                "系统出错，请将请求编号告知管理员。",
                "Something failed; give the request id to the administrator.",
            ),
        }
    }

    /// What the jobs tray says of it: a job has no request, and its action is a word of ours.
    #[must_use]
    pub fn of_a_job(&self) -> Words {
        match self {
            Self::Internal { action, .. } => Words::new(
                format!("系统出错（{action}），请将作业编号告知管理员。"),
                format!("Something failed ({action}); give the id of the job to the administrator."),
            ),
            other => other.text().into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internal { action, .. } => write!(f, "could not {action}"),
            other => f.write_str(other.code()),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Internal { source: Some(source), .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}

impl From<sea_orm::DbErr> for Fault {
    fn from(source: sea_orm::DbErr) -> Self {
        if crate::store::is_over_time(&source) {
            return Self::Deadline;
        }
        Self::Internal { action: "run a statement", source: Some(Box::new(source)) }
    }
}

/// Why an operation stopped: refused, which is an answer, or faulted, which is an error.
#[derive(Debug)]
pub enum Stop<R> {
    /// The typed refusal of this operation.
    Refused(R),
    /// A fault.
    Fault(Fault),
}

impl<R> From<Fault> for Stop<R> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<R> From<sea_orm::DbErr> for Stop<R> {
    fn from(source: sea_orm::DbErr) -> Self {
        Self::Fault(source.into())
    }
}

impl<R: Refusal> Stop<R> {
    /// As a fault, where a refusal has nobody to go to.
    #[must_use]
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Fault(fault) => fault,
            Self::Refused(refusal) => {
                // Its code alone: what it names may be a person's.
                tracing::error!(refusal = refusal.code(), "refused where nobody can be told");
                Fault::internal("do what the house asked of itself: it was refused")
            }
        }
    }
}

/// A refusal type that no operation ever makes: for operations that cannot refuse.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub enum Never {}
