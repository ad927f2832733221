//! What happened to a party (用工主体沿革).

use kernel::{Actor, Ctx, Text, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::rows::party_event as row;

/// The kinds of entries, each with its name.
pub const KINDS: &[(&str, Text)] = &[
    ("registered", Text::new("登记", "Registered")),
    ("returned", Text::new("重新登记", "Registered again")),
    ("amended", Text::new("修改信息", "Amended")),
    ("supplied", Text::new("补正后重新提交", "Handed in again")),
    ("checked", Text::new("记录核验事项", "Step of the verification recorded")),
    ("verified", Text::new("通过核验", "Verified")),
    ("doubted", Text::new("核验不通过，撤销已核验", "Verified no more: a step failed")),
    ("rejected", Text::new("一次性告知补正", "Told what is missing")),
    ("suspended", Text::new("暂停", "Suspended")),
    ("lifted", Text::new("恢复", "Suspension lifted")),
    ("closed", Text::new("注销", "Closed")),
    ("fast_lane_given", Text::new("授予快速发布通道", "Fast lane given")),
    ("fast_lane_lost", Text::new("停用快速发布通道", "Fast lane lost")),
    ("recheck_asked", Text::new("列入抽查", "Put on the list of sampling checks")),
    ("recheck_drawn", Text::new("被抽中抽查", "Drawn for a sampling check")),
    ("recheck_passed", Text::new("抽查合格", "Sampling check passed")),
    ("recheck_failed", Text::new("抽查不合格", "Sampling check failed")),
    ("pledged", Text::new("签署用工承诺书", "Pledge signed")),
    ("agent_asked", Text::new("申请成为经办人", "Somebody asked to act")),
    ("agent_joined", Text::new("授权经办人", "Agent authorised")),
    ("agent_declined", Text::new("未同意经办申请", "Request to act declined")),
    ("agent_ended", Text::new("终止经办授权", "Authorisation ended")),
];

/// The name of a kind.
pub fn title(kind: &str) -> Text {
    KINDS.iter().find(|(name, _)| *name == kind).map_or(Text::new("其他", "Other"), |(_, title)| *title)
}

/// An entry, to be inserted.
pub fn entry(ctx: &Ctx, party: Uuid, kind: &str, reason: Option<String>) -> row::ActiveModel {
    let actor = match ctx.actor() {
        Actor::Account(account) => Some(account.username.clone()),
        Actor::System(name) => Some((*name).to_owned()),
        Actor::Anonymous | Actor::Citizen(_) => None,
    };
    row::ActiveModel {
        id: Set(ctx.new_id()),
        party_id: Set(party),
        at: Set(ctx.now()),
        kind: Set(kind.to_owned()),
        reason: Set(reason),
        actor: Set(actor),
        citizen_id: Set(ctx.actor().citizen_id()),
    }
}

/// Writes an entry.
pub fn write(tx: &Tx, party: Uuid, kind: &str, reason: Option<String>) {
    tx.put(entry(tx.ctx(), party, kind, reason));
}
