//! Who may do what with returns (授权): a city's officers file, the province collects.

use kernel::policy::{Action, Grant};

/// Reads the city's returns.
pub static READ: Action = Action::new("return", "read", "查看名录填报", "Read the yearly return");
/// Takes the snapshot.
pub static FREEZE: Action = Action::new("return", "freeze", "冻结名录填报", "Freeze the yearly return");
/// Takes the snapshot back before it is submitted.
pub static UNFREEZE: Action = Action::new("return", "unfreeze", "解除冻结", "Unfreeze the yearly return");
/// Sets the day of the first report.
pub static SCHEDULE: Action = Action::new("return", "schedule", "设定首次报送日期", "Set the day of the first report");
/// Hands in.
pub static SUBMIT: Action = Action::new("return", "submit", "报送名录", "Submit the yearly return");
/// Prints the form, with the filer's telephone number on it.
pub static EXPORT: Action = Action::new("return", "export", "导出名录填报表", "Export the yearly return");
/// The house reminds the filers.
pub static REMIND: Action = Action::new("return", "remind", "提醒填报", "Remind of the yearly return");
/// The house notes that a return arrived at the province.
pub static DELIVER: Action = Action::new("return", "deliver", "送达省级", "Deliver a return to the province");
/// The house brings the province's decision to the city.
pub static DECIDE: Action =
    Action::new("return", "decide", "送达省级意见", "Bring the province's decision to the city");
/// Reads what the cities handed in.
pub static PROVINCE_READ: Action = Action::new("province", "read", "查看各市报送", "Read the cities' returns");
/// Sends a return back.
pub static PROVINCE_RETURN: Action = Action::new("province", "return", "退回报送", "Return to the city");
/// Accepts a return.
pub static PROVINCE_ACCEPT: Action = Action::new("province", "accept", "接收报送", "Accept a return");
/// Sets the day of the province's own report.
pub static PROVINCE_DEADLINE: Action =
    Action::new("province", "deadline", "设定上报期限", "Set the day of the report to the ministry");
/// Exports all cities.
pub static PROVINCE_EXPORT: Action = Action::new("province", "export", "导出全省名录", "Export all cities");
/// Names the cities to be monitored.
pub static PROVINCE_MONITOR: Action = Action::new("province", "monitor", "确定监测城市", "Name the cities to monitor");
/// Freezes a version of the roll-up.
pub static PROVINCE_FREEZE: Action = Action::new("province", "freeze", "全省汇总定稿", "Freeze the province's report");
/// Records that a version went to the ministry.
pub static PROVINCE_SEND: Action =
    Action::new("province", "send", "记录上报人社部", "Record the report to the ministry");
/// The house takes in what a city handed in.
pub static PROVINCE_RECEIVE: Action = Action::new("province", "receive", "接收上报数据", "Take in a city's return");
/// Shows the filer's number of a return.
pub static REVEAL: Action = Action::new("return", "reveal", "查看填报人电话", "See the filer's telephone number");
/// Shows the filer's number of a received return.
pub static PROVINCE_REVEAL: Action =
    Action::new("province", "reveal", "查看各市填报人电话", "See the telephone number of a city's filer");

/// All of them.
pub static ACTIONS: &[&Action] = &[
    &READ,
    &FREEZE,
    &UNFREEZE,
    &SCHEDULE,
    &SUBMIT,
    &EXPORT,
    &REMIND,
    &DELIVER,
    &DECIDE,
    &PROVINCE_READ,
    &PROVINCE_RETURN,
    &PROVINCE_ACCEPT,
    &PROVINCE_DEADLINE,
    &PROVINCE_EXPORT,
    &PROVINCE_MONITOR,
    &PROVINCE_FREEZE,
    &PROVINCE_SEND,
    &PROVINCE_RECEIVE,
    &REVEAL,
    &PROVINCE_REVEAL,
];

/// Who may do them by default. What the house does by itself is granted to nobody.
pub static GRANTS: &[Grant] = &[
    Grant {
        role: "bureau_officer",
        classes: &[],
        actions: &[&READ, &FREEZE, &UNFREEZE, &SCHEDULE, &SUBMIT, &EXPORT, &REVEAL],
    },
    Grant { role: "county_officer", classes: &[], actions: &[&READ] },
    Grant { role: "supervisor", classes: &[], actions: &[&READ, &EXPORT, &REVEAL] },
    Grant {
        role: "province_officer",
        classes: &[],
        actions: &[
            &PROVINCE_READ,
            &PROVINCE_RETURN,
            &PROVINCE_ACCEPT,
            &PROVINCE_DEADLINE,
            &PROVINCE_EXPORT,
            &PROVINCE_MONITOR,
            &PROVINCE_FREEZE,
            &PROVINCE_SEND,
            &PROVINCE_REVEAL,
        ],
    },
    Grant { role: "province_supervisor", classes: &[], actions: &[&PROVINCE_READ, &PROVINCE_EXPORT, &PROVINCE_REVEAL] },
];
