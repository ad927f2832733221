//! The audit's types.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, FixedOffset};

use crate::ctx::Ctx;
use crate::gql::moment;
use crate::house::queries::audit::{EntryFilter, Sealed, Status};
use crate::ids::GlobalId;

/// How an operation ended (办理结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AuditResult {
    /// Done (已完成).
    Done,
    /// Refused, with a reason (未予办理).
    Refused,
    /// Failed (出错).
    Failed,
    /// Not allowed (无权限).
    Forbidden,
}

impl AuditResult {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "DONE",
            Self::Refused => "REFUSED",
            Self::Failed => "FAILED",
            Self::Forbidden => "FORBIDDEN",
        }
    }

    fn parse(text: &str) -> Self {
        [Self::Done, Self::Refused, Self::Forbidden].into_iter().find(|r| r.name() == text).unwrap_or(Self::Failed)
    }
}

/// An entry of the audit (审计记录).
#[derive(Clone, Debug, SimpleObject)]
pub struct AuditEntry {
    /// Its id (标识).
    id: ID,
    /// When (时间).
    at: DateTime<FixedOffset>,
    /// Who acted: a user name, or the part of the house that did; null for the public (操作者).
    actor: Option<String>,
    /// What was done: `market.list` (操作).
    operation: String,
    /// The same in words, in the caller's language (操作名称).
    title: String,
    /// The kind of object it was about (对象类型).
    subject_type: Option<String>,
    /// The object it was about (对象标识).
    subject_id: Option<ID>,
    /// How it ended (结果).
    result: AuditResult,
    /// Details, as a JSON object without personal values (详情).
    detail: Option<String>,
    /// Is it linked into the chain (是否已封存)?
    sealed: bool,
    /// Its number in the chain (链上序号).
    seq: Option<i64>,
    /// The request that it belongs to (请求编号).
    request_id: Option<String>,
}

impl AuditEntry {
    pub(super) fn new(ctx: &Ctx, (row, seq): Sealed) -> Self {
        let known = ctx.kernel().actions().find(|action| action.is(&row.operation));
        let subject = row.subject_kind.as_deref().zip(row.subject_id);
        Self {
            id: ctx.gid("AuditEntry", row.id),
            at: moment(row.at),
            actor: row.actor_label,
            title: known.map_or_else(|| row.operation.clone(), |action| action.title.get(ctx.lang()).to_owned()),
            operation: row.operation,
            subject_id: subject.map(|(kind, id)| ctx.gid(kind, id)),
            subject_type: row.subject_kind,
            result: AuditResult::parse(&row.result),
            detail: row.detail.as_object().filter(|o| !o.is_empty()).map(|_| row.detail.to_string()),
            sealed: seq.is_some(),
            seq,
            request_id: Some(row.request_id.to_string()),
        }
    }
}

/// Which entries of the audit (审计查询条件).
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditFilter {
    /// The operation's name: `market.list` (操作).
    operation: Option<String>,
    /// A user name (操作者).
    actor: Option<String>,
    /// How it ended (结果).
    result: Option<AuditResult>,
    /// What it was about (对象).
    subject: Option<ID>,
    /// Not before (起).
    from: Option<DateTime<FixedOffset>>,
    /// Before (止).
    to: Option<DateTime<FixedOffset>>,
}

impl AuditFilter {
    /// As the query wants it, and as one text that names it.
    pub(super) fn read(self, ctx: &Ctx) -> (EntryFilter, String) {
        // An id that is none, or of another city, finds nothing.
        let subject = self.subject.map(|id| {
            let own = GlobalId::decode(id.as_str()).filter(|id| ctx.owns(id));
            own.map(|g| g.id).unwrap_or_default()
        });
        let filter = EntryFilter {
            operation: self.operation,
            actor: self.actor,
            result: self.result.map(AuditResult::name),
            subject,
            from: self.from.map(|at| at.to_utc()),
            to: self.to.map(|at| at.to_utc()),
        };
        let text = format!("{filter:?}");
        (filter, text)
    }
}

/// How the audit stands (审计状态).
#[derive(Clone, Debug, SimpleObject)]
pub struct AuditStatus {
    /// Entries there are (记录总数).
    entries: u64,
    /// The number up to which they are linked into the chain (已封存至).
    sealed_to: i64,
    /// When the chain was signed last (上次签署时间).
    last_checkpoint_at: Option<DateTime<FixedOffset>>,
    /// Did everything hold when it was verified last (上次校验是否完好)?
    verified: Option<bool>,
    /// When it was verified last (上次校验时间).
    verified_at: Option<DateTime<FixedOffset>>,
    /// The number of the first entry that did not hold (首个断点).
    first_broken: Option<i64>,
    /// What was removed after its time; null where nothing was (到期清理).
    removed: Option<AuditHorizon>,
}

/// Up to where entries were removed after their time (审计保存界限).
#[derive(Clone, Debug, SimpleObject)]
pub struct AuditHorizon {
    /// All entries before this moment were removed (清理此前的记录).
    before: DateTime<FixedOffset>,
    /// When they were (清理时间).
    removed_at: DateTime<FixedOffset>,
    /// For how many months entries were kept then (保存月数).
    kept_months: i32,
    /// The number of the last entry that was removed (清理至).
    seq: i64,
}

impl From<Status> for AuditStatus {
    fn from(status: Status) -> Self {
        Self {
            entries: status.entries,
            sealed_to: status.sealed_to,
            last_checkpoint_at: status.checkpoint_at.map(moment),
            verified: status.verified.as_ref().map(|v| v.whole),
            verified_at: status.verified.as_ref().map(|v| moment(v.at)),
            first_broken: status.verified.and_then(|v| v.first_broken),
            removed: status.horizon.map(|h| AuditHorizon {
                before: moment(h.older_than),
                removed_at: moment(h.removed_at),
                kept_months: h.kept_months,
                seq: h.seq,
            }),
        }
    }
}
