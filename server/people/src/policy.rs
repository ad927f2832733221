//! What can be done in this chapter, and who may do it by default.
//!
//! Three administrators exclude each other (三员分立, GB/T 22239-2019 8.1.5): the system administrator has accounts, the
//! security administrator has roles, the audit administrator looks on. What a person does with what is its own
//! (sessions, password, second factor) needs no role; these actions stand in [`ACTIONS`] because the audit names them.
//! Reading the audit, the schema and explanations of access belong to the house (`kernel::house::policy`).

use kernel::policy::{Action, CITIZEN, Grant, OperatorClass};

use crate::citizens::policy as citizens;
use crate::workers::policy as workers;

use crate::agencies::policy as agency;
use crate::parties::policy as parties;

/// Signs in (登录). Anybody.
pub static SIGN_IN: Action = Action::new("session", "sign_in", "登录", "Sign in");
/// Signs out (退出登录). One's own.
pub static SIGN_OUT: Action = Action::new("session", "sign_out", "退出登录", "Sign out");
/// Ends another session (下线会话). One's own.
pub static REVOKE_SESSION: Action = Action::new("session", "revoke", "下线会话", "End a session");
/// Changes the password (修改口令). One's own.
pub static CHANGE_PASSWORD: Action = Action::new("password", "change", "修改口令", "Change the password");
/// Begins to enrol a second factor (绑定动态口令). One's own.
pub static BEGIN_TOTP: Action = Action::new("totp", "begin", "开始绑定动态口令", "Begin to enrol a second factor");
/// Confirms the second factor (确认动态口令). One's own.
pub static CONFIRM_TOTP: Action = Action::new("totp", "confirm", "确认动态口令", "Confirm a second factor");
/// Accepts an invitation (接受邀请). Whoever has its token.
pub static ACCEPT_INVITATION: Action = Action::new("invitation", "accept", "接受邀请", "Accept an invitation");
/// Makes an account from the command line or the demo (建立账号). The house itself.
pub static CREATE_ACCOUNT: Action = Action::new("account", "create", "建立账号", "Make an account");
/// Fills a city with made-up people (填充样本人员). The command line's alone.
pub static SEED: Action = Action::new("citizen", "seed", "填充样本人员", "Fill a city with made-up people");
/// Takes over the liaison of a city at the province (登记对接人). The house itself.
pub static RECEIVE_LIAISON: Action = Action::new("liaison", "receive", "登记各市对接人", "Take over a city's liaison");
/// Forgets what is over (清理过期数据). The house itself.
pub static PURGE: Action =
    Action::new("session", "purge", "清理过期会话和邀请", "Forget sessions and invitations that are over");
/// Locks accounts that nobody uses (锁定长期未用账号). The house itself.
pub static LOCK_UNUSED: Action = Action::new("account", "lock", "锁定长期未用账号", "Lock accounts that nobody uses");
/// Reminds of passwords that run out (口令到期提醒). The house itself.
pub static REMIND: Action = Action::new("password", "remind", "口令到期提醒", "Remind of passwords that run out");

/// Sees accounts, roles and invitations (查看账号).
pub static READ_ACCOUNTS: Action = Action::new("account", "read", "查看账号", "See accounts");
/// Invites a person (邀请账号).
pub static INVITE: Action = Action::new("account", "invite", "邀请账号", "Invite a person");
/// Withdraws an invitation (撤回邀请).
pub static WITHDRAW_INVITATION: Action = Action::new("invitation", "withdraw", "撤回邀请", "Withdraw an invitation");
/// Amends an account (修改账号).
pub static AMEND: Action = Action::new("account", "amend", "修改账号", "Amend an account");
/// Disables an account (停用账号).
pub static DISABLE: Action = Action::new("account", "disable", "停用账号", "Disable an account");
/// Enables an account again (启用账号).
pub static ENABLE: Action = Action::new("account", "enable", "启用账号", "Enable an account");
/// Takes away a lost second factor (重置动态口令).
pub static RESET_TOTP: Action = Action::new("account", "reset_totp", "重置动态口令", "Take away a lost second factor");
/// Resets a forgotten password (重置口令).
pub static RESET_PASSWORD: Action = Action::new("account", "reset_password", "重置口令", "Reset a forgotten password");
/// Assigns a role (授予角色).
pub static ASSIGN_ROLE: Action = Action::new("role", "assign", "授予角色", "Assign a role");
/// Withdraws a role (收回角色).
pub static WITHDRAW_ROLE: Action = Action::new("role", "withdraw", "收回角色", "Withdraw a role");
/// Sees the city's own lines of policy (查看授权策略).
pub static READ_POLICY: Action = Action::new("policy", "read", "查看授权策略", "See the city's lines of policy");
/// Adds a line of policy (设置授权策略).
pub static SET_POLICY: Action = Action::new("policy", "set", "设置授权策略", "Add a line of policy");
/// Takes a line of policy back (撤销授权策略).
pub static WITHDRAW_POLICY: Action = Action::new("policy", "withdraw", "撤销授权策略", "Take a line of policy back");
/// Makes API keys (管理接口密钥).
pub static MANAGE_KEYS: Action = Action::new("apikey", "manage", "管理接口密钥", "Manage API keys");
/// Revokes anybody's API key (吊销接口密钥).
pub static REVOKE_KEYS: Action = Action::new("apikey", "revoke", "吊销接口密钥", "Revoke anybody's API key");
/// Names the city's liaison person (设置工作对接人).
pub static SET_LIAISON: Action = Action::new("liaison", "set", "设置工作对接人", "Name the liaison person");
/// Sees the liaison person unmasked (查看工作对接人).
pub static READ_LIAISON: Action = Action::new("liaison", "read", "查看工作对接人", "See the liaison person");
/// Shows a value of an account that is masked (查看账号的个人信息).
pub static REVEAL_ACCOUNT: Action =
    Action::new("account", "reveal", "查看账号的个人信息", "See a personal value of an account");
/// Shows a value of an invitation that is masked (查看邀请的个人信息).
pub static REVEAL_INVITATION: Action =
    Action::new("invitation", "reveal", "查看邀请的个人信息", "See a personal value of an invitation");
/// Shows a value of a liaison person that is masked (查看对接人的个人信息).
pub static REVEAL_LIAISON: Action =
    Action::new("liaison", "reveal", "查看对接人的个人信息", "See a personal value of a liaison person");
/// Hands out what is held about a person (导出个人信息). One's own needs no role.
pub static EXPORT_PERSON: Action =
    Action::new("account", "export", "导出个人信息", "Hand out what is held about a person");
/// Erases what is held about a person (删除个人信息).
pub static ERASE_PERSON: Action = Action::new("account", "erase", "删除个人信息", "Erase what is held about a person");

/// Every action of the chapter.
pub static ACTIONS: &[&Action] = &[
    &SIGN_IN,
    &SIGN_OUT,
    &REVOKE_SESSION,
    &CHANGE_PASSWORD,
    &BEGIN_TOTP,
    &CONFIRM_TOTP,
    &ACCEPT_INVITATION,
    &CREATE_ACCOUNT,
    &SEED,
    &RECEIVE_LIAISON,
    &PURGE,
    &LOCK_UNUSED,
    &REMIND,
    &READ_ACCOUNTS,
    &INVITE,
    &WITHDRAW_INVITATION,
    &AMEND,
    &DISABLE,
    &ENABLE,
    &RESET_TOTP,
    &RESET_PASSWORD,
    &ASSIGN_ROLE,
    &WITHDRAW_ROLE,
    &READ_POLICY,
    &SET_POLICY,
    &WITHDRAW_POLICY,
    &MANAGE_KEYS,
    &REVOKE_KEYS,
    &SET_LIAISON,
    &READ_LIAISON,
    &REVEAL_ACCOUNT,
    &REVEAL_INVITATION,
    &REVEAL_LIAISON,
    &EXPORT_PERSON,
    &ERASE_PERSON,
    &agency::READ,
    &agency::REGISTER,
    &agency::AMEND,
    &agency::VERIFY,
    &agency::SUSPEND,
    &agency::LIFT,
    &agency::REVOKE,
    &agency::KEEP,
    &agency::LEDGER,
    &agency::EXPORT,
    &agency::INSPECT,
    &agency::SUPERVISE,
    &agency::PARAMETERS,
    &agency::RECEIVE,
    &agency::DELIVER,
    &agency::WARN,
    &agency::FORGET,
    &citizens::REQUEST_CODE,
    &citizens::SIGN_IN,
    &citizens::CHANGE_PHONE,
    &citizens::WITHDRAW_CONSENT,
    &citizens::READ,
    &citizens::BLOCK,
    &citizens::UNBLOCK,
    &citizens::EXPORT,
    &citizens::ERASE,
    &workers::REGISTER,
    &workers::READ,
    &workers::LOOK_UP,
    &workers::AMEND,
    &workers::CLOSE,
    &workers::LOOKING,
    &workers::VERIFY,
    &workers::DIFFICULTY,
    &workers::SLIP,
    &workers::STATISTICS,
    &workers::PARAMETER,
    &workers::REVEAL,
    &workers::TEND,
    &parties::READ,
    &parties::REGISTER,
    &parties::AMEND,
    &parties::ACT_FOR,
    &parties::AUTHORISE,
    &parties::ASK_TO_ACT,
    &parties::CHECK,
    &parties::READ_EVIDENCE,
    &parties::VERIFY,
    &parties::FAST_LANE,
    &parties::SUSPEND,
    &parties::CLOSE,
    &parties::PLEDGE,
    &parties::CONFIRM,
    &parties::RECHECK,
    &parties::DRAW,
    &parties::REVEAL,
    &parties::READ_VISITS,
    &parties::SAVE_VISIT,
];

/// What whoever works at a counter does with workers.
const COUNTER: &[&Action] = &[
    &workers::REGISTER,
    &workers::READ,
    &workers::AMEND,
    &workers::CLOSE,
    &workers::LOOKING,
    &workers::VERIFY,
    &workers::SLIP,
    &workers::REVEAL,
    &citizens::WITHDRAW_CONSENT,
    &kernel::blob::UPLOAD,
];

/// What offices do with workers beyond that.
const OFFICE: &[&Action] = &[&workers::LOOK_UP, &workers::DIFFICULTY, &workers::STATISTICS];

/// Who may do it by default. None of the three administrators does the work of an office, and none has another's part.
pub static GRANTS: &[Grant] = &[
    Grant {
        role: "system_admin",
        classes: &[],
        actions: &[
            &READ_ACCOUNTS,
            &INVITE,
            &WITHDRAW_INVITATION,
            &AMEND,
            &DISABLE,
            &ENABLE,
            &RESET_TOTP,
            &RESET_PASSWORD,
            &REVEAL_ACCOUNT,
            &REVEAL_INVITATION,
        ],
    },
    Grant {
        role: "security_admin",
        classes: &[],
        actions: &[
            &READ_ACCOUNTS,
            &ASSIGN_ROLE,
            &WITHDRAW_ROLE,
            &READ_POLICY,
            &SET_POLICY,
            &WITHDRAW_POLICY,
            &REVOKE_KEYS,
            &EXPORT_PERSON,
            &ERASE_PERSON,
            &citizens::READ,
            &citizens::EXPORT,
            &citizens::ERASE,
        ],
    },
    Grant { role: "audit_admin", classes: &[], actions: &[&READ_ACCOUNTS, &READ_POLICY] },
    Grant { role: "bureau_officer", classes: &[], actions: &[&SET_LIAISON, &READ_LIAISON, &REVEAL_LIAISON] },
    Grant { role: "county_officer", classes: &[], actions: &[&REVEAL_LIAISON] },
    Grant { role: "supervisor", classes: &[], actions: &[&READ_LIAISON, &REVEAL_LIAISON] },
    Grant { role: "developer", classes: &[], actions: &[&MANAGE_KEYS] },
    Grant { role: "province_officer", classes: &[], actions: &[&READ_LIAISON, &REVEAL_LIAISON] },
    Grant { role: "province_supervisor", classes: &[], actions: &[&READ_LIAISON, &REVEAL_LIAISON] },
    // Agencies.
    Grant { role: "bureau_officer", classes: &[], actions: agency::BUREAU },
    Grant { role: "county_officer", classes: &[], actions: agency::COUNTY },
    Grant { role: "department_officer", classes: &[], actions: &[&agency::READ] },
    Grant { role: "supervisor", classes: &[], actions: agency::SUPERVISOR },
    Grant { role: "agency_manager", classes: &[], actions: agency::MANAGER },
    Grant { role: "developer", classes: &[], actions: &[&agency::READ] },
    Grant { role: "province_officer", classes: &[], actions: agency::PROVINCE },
    Grant { role: "province_supervisor", classes: &[], actions: &[&agency::READ, &agency::SUPERVISE] },
    Grant { role: "bureau_officer", classes: &[], actions: COUNTER },
    Grant { role: "bureau_officer", classes: &[], actions: OFFICE },
    Grant {
        role: "bureau_officer",
        classes: &[],
        actions: &[&workers::PARAMETER, &citizens::READ, &citizens::BLOCK, &citizens::UNBLOCK],
    },
    Grant { role: "county_officer", classes: &[], actions: COUNTER },
    Grant { role: "county_officer", classes: &[], actions: OFFICE },
    Grant { role: "supervisor", classes: &[], actions: &[&workers::STATISTICS] },
    // A commercial market sees whom it registered; a public one serves whoever comes in.
    Grant { role: "market_manager", classes: &[OperatorClass::Public, OperatorClass::Commercial], actions: COUNTER },
    Grant { role: "market_manager", classes: &[OperatorClass::Public], actions: OFFICE },
    Grant { role: "market_staff", classes: &[OperatorClass::Public, OperatorClass::Commercial], actions: COUNTER },
    Grant { role: "market_staff", classes: &[OperatorClass::Public], actions: &[&workers::LOOK_UP] },
    // Volunteers enter people and see whom they entered, and nobody else: 人社部发〔2022〕38号 八.
    Grant { role: "volunteer_lead", classes: &[], actions: &[&workers::REGISTER, &kernel::blob::UPLOAD] },
    // What is one's own; whose it is, the operation asks.
    Grant {
        role: CITIZEN,
        classes: &[],
        actions: &[
            &citizens::CHANGE_PHONE,
            &citizens::WITHDRAW_CONSENT,
            &citizens::EXPORT,
            &citizens::ERASE,
            &workers::REGISTER,
            &workers::READ,
            &workers::AMEND,
            &workers::CLOSE,
            &workers::LOOKING,
            &workers::DIFFICULTY,
            &workers::SLIP,
        ],
    },
    Grant { role: "bureau_officer", classes: &[], actions: parties::OFFICE },
    Grant { role: "county_officer", classes: &[], actions: parties::OFFICE },
    Grant { role: "supervisor", classes: &[], actions: &[&parties::READ, &parties::READ_VISITS] },
    Grant { role: "market_manager", classes: &[OperatorClass::Public], actions: parties::PUBLIC_MARKET },
    Grant { role: "market_staff", classes: &[OperatorClass::Public], actions: parties::PUBLIC_MARKET },
    Grant { role: "market_manager", classes: &[OperatorClass::Commercial], actions: parties::COMMERCIAL },
    Grant { role: "market_staff", classes: &[OperatorClass::Commercial], actions: parties::COMMERCIAL },
    Grant { role: "agency_manager", classes: &[OperatorClass::Commercial], actions: parties::COMMERCIAL },
    Grant { role: "volunteer_lead", classes: &[OperatorClass::Volunteer], actions: parties::VOLUNTEERS },
    Grant { role: CITIZEN, classes: &[], actions: parties::OWN },
];
