//! What can be done in the house itself, and who may by default.

use crate::audit::PRUNE;
use crate::backup::{BACKUP, RESTORE};
use crate::blob::UPLOAD;
use crate::keys::{KEY_BACKUP, ROTATE, ROTATE_ROOT};
use crate::personal::erasures::{ERASE_AGAIN, REMEMBER};
use crate::plugins::SWITCH;
use crate::policy::{Action, CITIZEN, Grant};
use crate::sms::RECEIVE;
use crate::tenants::{CREATE, REMOVE, SET_HOTLINE, SET_LIMITS, SET_STATUS};

/// Reading the audit (查看审计).
pub static AUDIT_READ: Action = Action::new("audit", "read", "查看审计日志", "Read the audit");
/// Verifying the audit (校验审计).
pub static AUDIT_VERIFY: Action = Action::new("audit", "verify", "校验审计日志", "Verify the audit");
/// Seeing everybody's jobs (查看作业); one's own are always seen.
pub static JOB_READ: Action = Action::new("job", "read", "查看全部后台作业", "See all jobs");
/// Cancelling somebody's job (取消作业); one's own may always be.
pub static JOB_CANCEL: Action = Action::new("job", "cancel", "取消后台作业", "Cancel a job");
/// Opening letters (查看邮件内容).
pub static MAIL_READ: Action = Action::new("mail", "read", "查看邮件", "Read letters that were sent");
/// Sending dead letters again (重发邮件).
pub static MAIL_RETRY: Action = Action::new("mail", "retry", "重发失败的邮件", "Send dead letters again");
/// Opening text messages (查看短信内容).
pub static SMS_READ: Action = Action::new("sms", "read", "查看短信", "Read text messages");
/// Sending text messages again that failed (重发短信).
pub static SMS_RESEND: Action = Action::new("sms", "resend", "重发失败的短信", "Send failed text messages again");
/// Reading the schema of the interface (查看接口定义).
pub static SCHEMA_READ: Action = Action::new("schema", "read", "查看接口定义", "Read the schema");
/// Asking why somebody may or may not do something (查询授权依据).
pub static ACCESS_EXPLAIN: Action = Action::new("access", "explain", "查询授权依据", "Explain access");

/// Seeing which plugins are on (查看插件).
pub static PLUGIN_READ: Action = Action::new("plugin", "read", "查看插件", "See plugins");

/// All of them.
pub static ACTIONS: &[&Action] = &[
    &ACCESS_EXPLAIN,
    &PRUNE,
    &AUDIT_READ,
    &AUDIT_VERIFY,
    &JOB_CANCEL,
    &JOB_READ,
    &KEY_BACKUP,
    &ROTATE,
    &ROTATE_ROOT,
    &PLUGIN_READ,
    &SWITCH,
    &MAIL_READ,
    &MAIL_RETRY,
    &REMEMBER,
    &ERASE_AGAIN,
    &SCHEMA_READ,
    &SMS_READ,
    &RECEIVE,
    &SMS_RESEND,
    &BACKUP,
    &CREATE,
    &REMOVE,
    &RESTORE,
    &SET_STATUS,
    &SET_LIMITS,
    &SET_HOTLINE,
    &UPLOAD,
];

/// The three administrators exclude each other (三员分立): who runs the system does not judge its audit.
pub static GRANTS: &[Grant] = &[
    Grant { role: "audit_admin", classes: &[], actions: &[&AUDIT_READ, &AUDIT_VERIFY, &ACCESS_EXPLAIN] },
    Grant { role: "security_admin", classes: &[], actions: &[&ACCESS_EXPLAIN, &ROTATE] },
    Grant {
        role: "system_admin",
        classes: &[],
        actions: &[
            &JOB_READ,
            &JOB_CANCEL,
            &MAIL_READ,
            &MAIL_RETRY,
            &SMS_READ,
            &SMS_RESEND,
            &SCHEMA_READ,
            &PLUGIN_READ,
            &SWITCH,
        ],
    },
    Grant { role: "developer", classes: &[], actions: &[&SCHEMA_READ, &PLUGIN_READ] },
    Grant { role: "bureau_officer", classes: &[], actions: &[&UPLOAD, &PLUGIN_READ] },
    Grant { role: "county_officer", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "agency_manager", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "market_manager", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "market_staff", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "safety_inspector", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "province_officer", classes: &[], actions: &[&UPLOAD] },
    // Proofs of wages come from whoever hires: at a market, through an agency, or by itself.
    Grant { role: "agency_manager", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "market_manager", classes: &[], actions: &[&UPLOAD] },
    Grant { role: "market_staff", classes: &[], actions: &[&UPLOAD] },
    Grant { role: CITIZEN, classes: &[], actions: &[&UPLOAD] },
];
