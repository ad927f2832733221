//! What happened to postings (招聘信息历程).

use kernel::{Actor, Ctx, Text, Tx};
use sea_orm::Set;
use uuid::Uuid;

use crate::rows::posting_event as row;

/// The kinds of entries, each with its name.
pub const KINDS: &[(&str, Text)] = &[
    ("entered", Text::new("登记", "Entered")),
    ("imported", Text::new("批量导入", "Imported")),
    ("repeated", Text::new("再发一次", "Repeated")),
    ("amended", Text::new("修改", "Amended")),
    ("submitted", Text::new("提交审核", "Handed in")),
    ("published", Text::new("发布", "Published")),
    ("published_at_once", Text::new("快速通道发布", "Published through the fast lane")),
    ("passed", Text::new("审核通过", "Passed review")),
    ("returned", Text::new("退回修改", "Returned")),
    ("confirmed", Text::new("确认仍然有效", "Confirmed as still valid")),
    ("filled", Text::new("已招满", "Filled")),
    ("reopened", Text::new("有名额空出", "A place is free again")),
    ("closed", Text::new("结束", "Closed")),
    (
        "party_stopped",
        Text::new("用工主体暂停或注销，停止招聘", "Closed, because the hiring party was suspended or closed"),
    ),
    ("ended", Text::new("用工结束", "The work has ended")),
    ("expired", Text::new("到期", "Expired")),
    ("withdrawn", Text::new("撤回", "Withdrawn")),
    ("taken_down", Text::new("下架", "Taken down")),
    ("lifted", Text::new("撤销下架", "The taking down was lifted")),
];

/// The name of a kind.
#[must_use]
pub fn title(kind: &str) -> Text {
    KINDS.iter().find(|(name, _)| *name == kind).map_or(Text::new("其他", "Other"), |(_, title)| *title)
}

/// Who acts, by user name. Of citizens nothing is said.
#[must_use]
pub fn who(ctx: &Ctx) -> Option<String> {
    match ctx.actor() {
        Actor::Account(account) => Some(account.username.clone()),
        Actor::System(name) => Some((*name).to_owned()),
        Actor::Anonymous | Actor::Citizen(_) => None,
    }
}

/// An entry, to be inserted.
#[must_use]
pub fn entry(ctx: &Ctx, posting: Uuid, kind: &str, reason: Option<String>) -> row::ActiveModel {
    row::ActiveModel {
        id: Set(ctx.new_id()),
        posting_id: Set(posting),
        at: Set(ctx.now()),
        kind: Set(kind.to_owned()),
        reason: Set(reason),
        actor: Set(who(ctx)),
    }
}

/// Writes an entry.
pub fn write(tx: &Tx, posting: Uuid, kind: &str, reason: Option<String>) {
    tx.put(entry(tx.ctx(), posting, kind, reason));
}
