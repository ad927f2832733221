//! What can be done with cases, and who may by default (授权). A kind of case names a further action that whoever handles
//! one must hold as well.

use kernel::policy::{Action, Grant};

/// Read cases (查看办件).
pub static READ: Action = Action::new("case", "read", "查看办件", "Read cases");
/// Take a case, and own it from then on (受理办件).
pub static TAKE: Action = Action::new("case", "take", "受理办件", "Take a case");
/// Offer a case to another official (转办办件).
pub static HAND_OVER: Action = Action::new("case", "hand_over", "提请转办", "Hand a case over");
/// Accept a case that was offered (接办).
pub static ACCEPT: Action = Action::new("case", "accept", "接办办件", "Accept a case that is handed over");
/// Decide a case (办结).
pub static DECIDE: Action = Action::new("case", "decide", "办结办件", "Decide a case");
/// Leave a note for colleagues (内部备注).
pub static NOTE: Action = Action::new("case", "note", "填写内部备注", "Leave an internal note at a case");
/// Take back a case that one opened (撤回). Whoever opened it may, whatever roles they hold.
pub static WITHDRAW: Action = Action::new("case", "withdraw", "撤回本人提出的办件", "Withdraw a case of one's own");
/// The house marks what is nearly due and what is late (预警和超时标记).
pub static WATCH: Action = Action::new("case", "watch", "标记预警和超时", "Mark what is nearly due and what is late");

/// Everything that can be done here.
pub static ACTIONS: &[&Action] = &[&READ, &TAKE, &HAND_OVER, &ACCEPT, &DECIDE, &NOTE, &WITHDRAW, &WATCH];

/// Who may do it by default. A case is the bureau's, whoever runs the market it is about: markets have no part in it.
pub static GRANTS: &[Grant] = &[
    Grant { role: "bureau_officer", classes: &[], actions: &[&READ, &TAKE, &HAND_OVER, &ACCEPT, &DECIDE, &NOTE] },
    Grant { role: "county_officer", classes: &[], actions: &[&READ, &TAKE, &HAND_OVER, &ACCEPT, &DECIDE, &NOTE] },
    Grant { role: "supervisor", classes: &[], actions: &[&READ] },
];
