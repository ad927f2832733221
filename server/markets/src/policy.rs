//! What can be done with markets, and who may by default (授权).

use kernel::policy::{Action, Grant, OperatorClass};

/// Read markets that are not public (查看市场).
pub static READ: Action = Action::new("market", "read", "查看市场", "Read markets");
/// Register a market (登记市场).
pub static REGISTER: Action = Action::new("market", "register", "登记市场", "Register a market");
/// Amend a market (修改市场).
pub static AMEND: Action = Action::new("market", "amend", "修改市场信息", "Amend a market");
/// List a market in the directory (列入名录).
pub static LIST: Action = Action::new("market", "list", "列入名录", "List in the directory");
/// Suspend a market (暂停).
pub static SUSPEND: Action = Action::new("market", "suspend", "暂停市场", "Suspend a market");
/// Resume a market (恢复).
pub static RESUME: Action = Action::new("market", "resume", "恢复市场", "Resume a market");
/// Delist a market (移出名录).
pub static DELIST: Action = Action::new("market", "delist", "移出名录", "Delist a market");
/// Arrange the venue (场地设施): zones, facilities, bays.
pub static ARRANGE: Action =
    Action::new("market", "arrange", "维护功能分区、设施和上车点", "Arrange zones, facilities and bays");
/// Record a safety check (安全检查).
pub static INSPECT: Action = Action::new("market", "inspect", "记录安全检查", "Record a safety check");
/// Say how full a market is (拥挤程度).
pub static CROWD: Action = Action::new("market", "crowd", "发布拥挤程度", "Say how full a market is");
/// Issue and call queue numbers (排队叫号).
pub static QUEUE: Action = Action::new("market", "queue", "排队叫号", "Issue and call queue numbers");
/// Record samples (抽样计数).
pub static SAMPLE: Action = Action::new("market", "sample", "记录抽样", "Record samples");
/// Keep map annotations (地图标注).
pub static ANNOTATE: Action = Action::new("market", "annotate", "维护地图标注", "Keep map annotations");
/// Keep operator contracts (运营协议).
pub static CONTRACT: Action = Action::new("market", "contract", "维护运营协议", "Keep operator contracts");
/// Record an operator's seriously bad credit (严重失信).
pub static CREDIT: Action =
    Action::new("market", "credit", "记录运营机构严重失信", "Record an operator's seriously bad credit");
/// Plan construction (建设规划).
pub static PLAN: Action = Action::new("market", "plan", "维护建设改造项目", "Plan construction projects");
/// Check an import (预检导入文件).
pub static IMPORT_CHECK: Action = Action::new("import", "check", "预检名录导入文件", "Check a directory import");
/// Apply an import (执行导入).
pub static IMPORT_APPLY: Action = Action::new("import", "apply", "执行名录导入", "Apply a directory import");
/// Export the directory form (导出名录).
pub static EXPORT: Action = Action::new("directory", "export", "导出名录", "Export the directory");
/// See a number that is masked (查看联系电话).
pub static REVEAL_CONTACT: Action =
    Action::new("market", "reveal_contact", "查看不公开的联系电话", "See a telephone number that is not public");

/// Everything that can be done here.
pub static ACTIONS: &[&Action] = &[
    &READ,
    &REGISTER,
    &AMEND,
    &LIST,
    &SUSPEND,
    &RESUME,
    &DELIST,
    &ARRANGE,
    &INSPECT,
    &CROWD,
    &QUEUE,
    &SAMPLE,
    &ANNOTATE,
    &CONTRACT,
    &CREDIT,
    &PLAN,
    &IMPORT_CHECK,
    &IMPORT_APPLY,
    &EXPORT,
    &REVEAL_CONTACT,
];

const ANY: &[OperatorClass] = &[];

/// Who may do it by default. A market that formed by itself and has no operator is looked after by its county: its
/// place carries no market for anything but reading, so that roles held at the market do not reach it.
pub static GRANTS: &[Grant] = &[
    Grant { role: "bureau_officer", classes: ANY, actions: ACTIONS },
    Grant { role: "county_officer", classes: ANY, actions: ACTIONS },
    Grant { role: "department_officer", classes: ANY, actions: &[&READ, &REVEAL_CONTACT] },
    Grant {
        role: "market_manager",
        classes: &[OperatorClass::Public, OperatorClass::Commercial],
        actions: &[&READ, &AMEND, &ARRANGE, &CROWD, &QUEUE, &SAMPLE],
    },
    Grant {
        role: "agency_manager",
        classes: &[OperatorClass::Commercial],
        actions: &[&READ, &AMEND, &ARRANGE, &CROWD, &QUEUE, &SAMPLE],
    },
    Grant {
        role: "market_staff",
        classes: &[OperatorClass::Public, OperatorClass::Commercial],
        actions: &[&READ, &CROWD, &QUEUE, &SAMPLE],
    },
    Grant { role: "volunteer_lead", classes: &[OperatorClass::Volunteer], actions: &[&READ, &CROWD, &QUEUE, &SAMPLE] },
    Grant { role: "market_manager", classes: &[OperatorClass::Unattended], actions: &[&READ] },
    Grant { role: "market_staff", classes: &[OperatorClass::Unattended], actions: &[&READ] },
    Grant { role: "volunteer_lead", classes: &[OperatorClass::Unattended], actions: &[&READ] },
    Grant { role: "safety_inspector", classes: ANY, actions: &[&READ, &INSPECT, &REVEAL_CONTACT] },
    Grant { role: "supervisor", classes: ANY, actions: &[&READ, &EXPORT, &REVEAL_CONTACT] },
    Grant { role: "developer", classes: ANY, actions: &[&READ] },
];
