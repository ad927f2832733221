//! What can be done with citizens (个人用户权限). The chapter's lists name these too.

use kernel::policy::Action;

/// Asks for a code by text message (获取短信验证码). Anybody; what it is good for decides the rest.
pub(crate) static REQUEST_CODE: Action = Action::new("phone_code", "request", "获取短信验证码", "Ask for a code");
/// Signs in with a code (个人用户登录). Anybody.
pub(crate) static SIGN_IN: Action = Action::new("citizen", "sign_in", "个人用户登录", "Sign in as a citizen");
/// Changes one's telephone number (更换手机号).
pub(crate) static CHANGE_PHONE: Action =
    Action::new("citizen", "change_phone", "更换手机号", "Change the telephone number");
/// Withdraws a consent (撤回同意). One's own, or on behalf of somebody at the counter.
pub(crate) static WITHDRAW_CONSENT: Action = Action::new("consent", "withdraw", "撤回同意", "Withdraw a consent");
/// Blocks a citizen (停用个人用户).
pub(crate) static BLOCK: Action = Action::new("citizen", "block", "停用个人用户", "Block a citizen");
/// Lifts that again (恢复个人用户).
pub(crate) static UNBLOCK: Action = Action::new("citizen", "unblock", "恢复个人用户", "Lift the block of a citizen");
/// Hands out what is held about a citizen (导出个人用户信息). One's own needs a code.
pub(crate) static EXPORT: Action =
    Action::new("citizen", "export", "导出个人用户信息", "Hand out what is held about a citizen");
/// Erases what is held about a citizen (删除个人用户信息). One's own needs a code.
pub(crate) static ERASE: Action =
    Action::new("citizen", "erase", "删除个人用户信息", "Erase what is held about a citizen");
/// Sees a citizen (查看个人用户).
pub(crate) static READ: Action = Action::new("citizen", "read", "查看个人用户", "See a citizen");
