//! What can be done about agencies, and what each office does of it by default.

use kernel::policy::Action;

/// Sees agencies, their licences and what they must show (查看人力资源服务机构).
pub static READ: Action = Action::new("agency", "read", "查看人力资源服务机构", "See agencies and their licences");
/// Registers an agency (登记机构).
pub static REGISTER: Action = Action::new("agency", "register", "登记人力资源服务机构", "Register an agency");
/// Amends an agency (变更登记).
pub static AMEND: Action = Action::new("agency", "amend", "变更机构登记", "Amend an agency");
/// Holds a licence against its original (核验许可证).
pub static VERIFY: Action = Action::new("agency", "verify", "核验机构许可证", "Verify an agency's licence");
/// Suspends a licence (暂停许可证).
pub static SUSPEND: Action = Action::new("agency", "suspend", "暂停机构许可证", "Suspend an agency's licence");
/// Gives a suspended or revoked licence back (恢复许可证).
pub static LIFT: Action = Action::new("agency", "lift", "恢复机构许可证", "Lift a suspension or a revocation");
/// Revokes a licence (吊销许可证).
pub static REVOKE: Action = Action::new("agency", "revoke", "吊销机构许可证", "Revoke an agency's licence");
/// Keeps branches, prices, displayed items, ledger, receipts and reports (维护机构资料).
pub static KEEP: Action = Action::new("agency", "keep", "维护机构资料和台账", "Keep an agency's papers and ledger");
/// Sees ledger and receipts (查看台账和收费).
pub static LEDGER: Action = Action::new("agency", "ledger", "查看机构台账和收费", "See an agency's ledger and fees");
/// Exports the ledger (导出台账).
pub static EXPORT: Action = Action::new("agency", "export", "导出机构服务台账", "Export an agency's ledger");
/// Records inspections (监督检查).
pub static INSPECT: Action = Action::new("agency", "inspect", "监督检查机构", "Inspect an agency");
/// Sees inspections and history (查看检查记录).
pub static SUPERVISE: Action =
    Action::new("agency", "supervise", "查看机构检查和沿革", "See inspections and history of an agency");
/// Sets what the law leaves to the city (设置监管参数).
pub static PARAMETERS: Action =
    Action::new("agency", "parameters", "设置机构监管参数", "Set what the law leaves to the city");
/// Takes over what a city says (省级登记机构). The house itself.
pub static RECEIVE: Action =
    Action::new("agency", "receive", "省级接收机构信息", "Take over what a city says of an agency");
/// Takes over what the province says (市级同步机构). The house itself.
pub static DELIVER: Action =
    Action::new("agency", "deliver", "市级同步机构信息", "Take over what the province says of an agency");
/// Warns of licences that run out (到期提醒). The house itself.
pub static WARN: Action = Action::new("agency", "warn", "许可证到期提醒", "Warn of licences that run out");

/// Forgets what stood in ledger and receipts long enough (台账和收费凭证到期清理). The house itself.
pub static FORGET: Action = Action::new(
    "agency",
    "forget",
    "清理到期的机构服务台账和收费凭证",
    "Forget what stood in ledger and receipts long enough",
);

/// What the bureau does: it decides about licences.
pub static BUREAU: &[&Action] = &[
    &READ,
    &REGISTER,
    &AMEND,
    &VERIFY,
    &SUSPEND,
    &LIFT,
    &REVOKE,
    &KEEP,
    &LEDGER,
    &EXPORT,
    &INSPECT,
    &SUPERVISE,
    &PARAMETERS,
];
/// What a county does for the agencies that have their seat there.
pub static COUNTY: &[&Action] = &[&READ, &REGISTER, &AMEND, &VERIFY, &KEEP, &LEDGER, &EXPORT, &INSPECT, &SUPERVISE];
/// What a supervisor looks at.
pub static SUPERVISOR: &[&Action] = &[&READ, &LEDGER, &EXPORT, &SUPERVISE];
/// What an agency does with its own papers.
pub static MANAGER: &[&Action] = &[&READ, &KEEP, &LEDGER, &EXPORT];
/// What the province does: it answers for what is one across cities.
pub static PROVINCE: &[&Action] = &[&READ, &REGISTER, &AMEND, &VERIFY, &SUSPEND, &LIFT, &REVOKE, &SUPERVISE];
