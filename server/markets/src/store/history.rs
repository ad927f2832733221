//! What happened to markets (市场沿革).

use kernel::{Actor, Ctx, Text};
use sea_orm::Set;
use uuid::Uuid;

use crate::rows::market_event as row;

/// The kinds of entries in a market's history, each with its name.
pub const KINDS: &[(&str, Text)] = &[
    ("registered", Text::new("登记", "Registered")),
    ("imported", Text::new("由名录表导入", "Imported from a form")),
    ("amended", Text::new("修改信息", "Amended")),
    ("opened", Text::new("建成转登记", "Opened")),
    ("listed", Text::new("列入名录", "Listed")),
    ("suspended", Text::new("暂停", "Suspended")),
    ("resumed", Text::new("恢复", "Resumed")),
    ("delisted", Text::new("移出名录", "Delisted")),
    ("arranged", Text::new("调整功能分区、设施或上车点", "Venue arranged")),
    ("inspected", Text::new("记录安全检查", "Safety check recorded")),
    ("check_withdrawn", Text::new("撤回安全检查", "Safety check withdrawn")),
    ("annotated", Text::new("更新地图标注", "Map annotation updated")),
    ("credit_recorded", Text::new("记录运营机构严重失信", "Bad credit recorded")),
    ("credit_lifted", Text::new("登记失信移出", "Bad credit lifted")),
    ("sampled", Text::new("记录抽样", "Sample recorded")),
    ("sample_withdrawn", Text::new("撤回抽样", "Sample withdrawn")),
    ("computed", Text::new("按抽样计算规模和成功人数", "Figures computed from samples")),
    ("contracted", Text::new("更新运营协议", "Operator contract updated")),
    ("planned", Text::new("更新建设改造项目", "Construction project updated")),
];

/// The name of a kind.
pub fn title(kind: &str) -> Text {
    KINDS.iter().find(|(name, _)| *name == kind).map_or(Text::new("其他", "Other"), |(_, title)| *title)
}

/// An entry, to be inserted.
pub fn entry(ctx: &Ctx, market: Uuid, kind: &str, reason: Option<String>) -> row::ActiveModel {
    let actor = match ctx.actor() {
        Actor::Account(account) => Some(account.username.clone()),
        Actor::System(name) => Some((*name).to_owned()),
        Actor::Anonymous | Actor::Citizen(_) => None,
    };
    row::ActiveModel {
        id: Set(ctx.new_id()),
        market_id: Set(market),
        at: Set(ctx.now()),
        kind: Set(kind.to_owned()),
        reason: Set(reason),
        actor: Set(actor),
        fields: Set(None),
    }
}

/// Writes an entry that names the fields that changed.
pub fn write_fields(tx: &kernel::Tx, market: Uuid, kind: &str, fields: &[&str]) {
    let fields = Some(fields.join(" ")).filter(|fields| !fields.is_empty());
    tx.put(row::ActiveModel { fields: Set(fields), ..entry(tx.ctx(), market, kind, None) });
}

/// Writes an entry.
pub fn write(tx: &kernel::Tx, market: Uuid, kind: &str, reason: Option<String>) {
    tx.put(entry(tx.ctx(), market, kind, reason));
}
