//! What can be done with hiring parties (授权). Who may do it by default stands in the policy of the chapter.
//!
//! Three classes of markets differ (人社部发〔2022〕38号): a public market registers and verifies at its own place; a commercial one
//! registers its own leads and collects what is shown, and the bureau verifies; volunteers propose, and see what they entered.

use kernel::policy::Action;

/// Sees hiring parties (查看用工主体).
pub static READ: Action = Action::new("party", "read", "查看用工主体", "See hiring parties");
/// Registers one (登记用工主体).
pub static REGISTER: Action = Action::new("party", "register", "登记用工主体", "Register a hiring party");
/// Amends one (修改用工主体).
pub static AMEND: Action = Action::new("party", "amend", "修改用工主体", "Amend a hiring party");
/// Acts for one (代用工主体办理).
pub static ACT_FOR: Action = Action::new("party", "act_for", "代用工主体办理", "Act for a hiring party");
/// Authorises agents, and ends that (管理经办人).
pub static AUTHORISE: Action =
    Action::new("party", "authorise", "管理用工主体经办人", "Authorise agents of a hiring party");
/// Asks to act for one (申请成为经办人).
pub static ASK_TO_ACT: Action = Action::new("party", "ask_to_act", "申请成为经办人", "Ask to act for a hiring party");
/// Records a step of a verification (记录核验事项).
pub static CHECK: Action = Action::new("party", "check", "记录用工主体核验事项", "Record a step of a verification");
/// Sees the files that were shown (查看核验材料).
pub static READ_EVIDENCE: Action =
    Action::new("party", "read_evidence", "查看用工主体核验材料", "See the evidence of a hiring party");
/// Verifies one, or says what is missing (审核用工主体).
pub static VERIFY: Action = Action::new("party", "verify", "审核用工主体", "Verify a hiring party");
/// Gives the fast lane (授予快速发布通道).
pub static FAST_LANE: Action =
    Action::new("party", "fast_lane", "授予快速发布通道", "Give a hiring party the fast lane");
/// Suspends one, and lifts that (暂停用工主体).
pub static SUSPEND: Action =
    Action::new("party", "suspend", "暂停或恢复用工主体", "Suspend a hiring party, or lift it");
/// Closes one (注销用工主体).
pub static CLOSE: Action = Action::new("party", "close", "注销用工主体", "Close a hiring party");
/// Signs the pledge (签署用工承诺书).
pub static PLEDGE: Action = Action::new("party", "pledge", "签署用工承诺书", "Sign the pledge of a hiring party");
/// Says that it still hires (确认仍在用工).
pub static CONFIRM: Action = Action::new("party", "confirm", "确认仍在用工", "Say that a hiring party still hires");
/// Does sampling checks (抽查用工主体).
pub static RECHECK: Action = Action::new("party", "recheck", "抽查用工主体", "Do a sampling check of a hiring party");
/// Draws whom to look at again (抽取抽查名单). The house itself.
pub static DRAW: Action = Action::new("party", "draw", "抽取抽查名单", "Draw hiring parties for sampling checks");
/// Shows a value of one that is masked (查看用工主体联系方式).
pub static REVEAL: Action =
    Action::new("party", "reveal", "查看用工主体的个人信息", "See a personal value of a hiring party");
/// Sees visits (查看走访记录).
pub static READ_VISITS: Action = Action::new("visit", "read", "查看走访记录", "See visits to those who hire");
/// Records visits (记录走访).
pub static SAVE_VISIT: Action = Action::new("visit", "save", "记录走访企业", "Record a visit to somebody who hires");

/// What an officer of the bureau or of a county does.
pub static OFFICE: &[&Action] = &[
    &READ,
    &REGISTER,
    &AMEND,
    &ACT_FOR,
    &AUTHORISE,
    &CHECK,
    &READ_EVIDENCE,
    &VERIFY,
    &FAST_LANE,
    &SUSPEND,
    &CLOSE,
    &PLEDGE,
    &CONFIRM,
    &RECHECK,
    &REVEAL,
    &READ_VISITS,
    &SAVE_VISIT,
];

/// What a public market does with what it registered.
pub static PUBLIC_MARKET: &[&Action] = &[
    &READ,
    &REGISTER,
    &AMEND,
    &ACT_FOR,
    &AUTHORISE,
    &CHECK,
    &READ_EVIDENCE,
    &VERIFY,
    &FAST_LANE,
    &CLOSE,
    &PLEDGE,
    &CONFIRM,
    &RECHECK,
    &REVEAL,
    &READ_VISITS,
    &SAVE_VISIT,
];

/// What a commercial operator does with its own leads: what was shown it keeps (人力资源市场暂行条例 art 26), and the bureau
/// verifies.
pub static COMMERCIAL: &[&Action] = &[
    &READ,
    &REGISTER,
    &AMEND,
    &ACT_FOR,
    &AUTHORISE,
    &CHECK,
    &READ_EVIDENCE,
    &CLOSE,
    &PLEDGE,
    &CONFIRM,
    &REVEAL,
    &READ_VISITS,
    &SAVE_VISIT,
];

/// What volunteers do: they propose, and see what they entered.
pub static VOLUNTEERS: &[&Action] = &[&READ, &REGISTER, &AMEND, &ACT_FOR, &CONFIRM];

/// What a party does in its own matters.
pub static OWN: &[&Action] = &[&READ, &REGISTER, &AMEND, &ACT_FOR, &AUTHORISE, &ASK_TO_ACT, &CLOSE, &PLEDGE, &CONFIRM];
