//! What can be done in hiring, and who may by default (授权).
//!
//! Three classes of operators (运营类别): public markets charge nobody and do all of it; commercial ones publish under their
//! licence and see their own leads, and say of no worker that it was paid; volunteers propose, and neither see personal values
//! nor handle money. Citizens act in their own matters: the operation asks whose it is.

use kernel::policy::{Action, CITIZEN, Grant, OperatorClass};

/// Sees postings that are not public (查看招聘信息).
pub static READ: Action = Action::new("posting", "read", "查看招聘信息", "See postings that are not public");
/// Enters, amends and hands in a posting (登记招聘信息). A citizen for the parties it acts for.
pub static CREATE: Action = Action::new("posting", "create", "登记招聘信息", "Enter a posting");
/// Publishes without waiting for review (直接发布).
pub static PUBLISH: Action = Action::new("posting", "publish", "直接发布招聘信息", "Publish at once");
/// Publishes what was handed in, or gives it back (审核).
pub static REVIEW: Action = Action::new("posting", "review", "审核招聘信息", "Review a posting");
/// Withdraws or closes a posting (撤回、结束).
pub static WITHDRAW: Action = Action::new("posting", "withdraw", "撤回或结束招聘信息", "Withdraw or close a posting");
/// Takes down what the law forbids (下架).
pub static TAKE_DOWN: Action = Action::new("posting", "take_down", "下架招聘信息", "Take a posting down");
/// Lift a taking down (撤销下架).
pub static LIFT: Action = Action::new("posting", "lift_take_down", "撤销下架", "Lift a taking down");
/// Imports postings of an agency (批量导入).
pub static IMPORT: Action = Action::new("posting", "import", "批量导入招聘信息", "Import postings");
/// Keeps templates and favourites (模板、常用工).
pub static TEMPLATE: Action =
    Action::new("posting", "template", "维护招聘模板和常用工", "Keep templates and favourites");
/// Sets the figures that postings are held to (设置招聘信息标准): minimum wages, the target of review.
pub static SETTINGS: Action =
    Action::new("posting", "settings", "设置招聘信息标准", "Set the figures that postings are held to");
/// Sees engagements (查看用工对接).
pub static READ_DEALS: Action = Action::new("engagement", "read", "查看用工对接", "See engagements");
/// Applies for a place (应聘报名). A worker, for itself.
pub static APPLY: Action = Action::new("engagement", "apply", "应聘报名", "Apply");
/// Applies and confirms for the two who stand at the counter (窗口代办).
pub static HIRE: Action = Action::new("engagement", "hire", "窗口代办用工", "Hire at the counter");
/// Marks as contacted, agrees, confirms or declines (确认录用). A citizen for the parties it acts for.
pub static CONFIRM: Action = Action::new("engagement", "confirm", "确认录用", "Confirm");
/// Writes to the other side (转达消息).
pub static TALK: Action = Action::new("engagement", "talk", "转达消息", "Pass messages on");
/// Cancels (取消用工), each side for itself.
pub static CANCEL: Action = Action::new("engagement", "cancel", "取消用工", "Cancel");
/// Records an arrival, or that nobody came (登记到岗、未到岗).
pub static ARRIVE: Action = Action::new("engagement", "arrive", "登记到岗", "Record an arrival");
/// Says that the work is done, or disputes it (登记完工、提出异议).
pub static COMPLETE: Action = Action::new("engagement", "complete", "登记完工", "Record completion");
/// Keeps the wage sheet (工资支付台账). A citizen for the parties it acts for.
pub static PAY: Action = Action::new("engagement", "pay", "登记工资支付", "Keep the wage sheet");
/// Says what was paid (确认收款). A worker, for itself.
pub static CONFIRM_PAY: Action = Action::new("engagement", "confirm_pay", "确认收到工资", "Confirm being paid");
/// Records at the counter what the worker says was paid (窗口登记收款确认). Never one who earns by the hire: paid is what the worker
/// says.
pub static RECORD_PAY: Action =
    Action::new("engagement", "record_pay", "窗口登记收款确认", "Record being paid, at the counter");
/// Exports or deletes one's own work record (零工履历). A worker, for itself.
pub static RECORD: Action =
    Action::new("engagement", "record", "导出或删除本人零工履历", "Export or delete one's work record");
/// Hears how to reach the other side of a place that was confirmed (查看对方联系方式).
pub static CONTACT: Action =
    Action::new("engagement", "contact", "查看对方联系方式", "See how to reach the other side");
/// Appeals against points (记分申诉). A worker, for itself.
pub static APPEAL: Action = Action::new("engagement", "appeal", "记分申诉", "Appeal against points");
/// Sets the city's rules of the hire (用工规则).
pub static SET_RULES: Action = Action::new("hiring", "rules", "设置用工规则", "Set the rules of the hire");
/// Sees points for no-shows (履约记分), to decide appeals.
pub static POINTS: Action = Action::new("engagement", "points", "查看和处理履约记分", "See points");
/// Keeps channels and sees what is on them (发布渠道).
pub static CHANNELS: Action = Action::new("channel", "manage", "管理发布渠道", "Keep channels");
/// Prints the list of a market's postings for its wall (打印本市场招聘清单).
pub static PRINT: Action =
    Action::new("channel", "print", "打印本市场招聘清单", "Print the list of a market's postings");
/// Brings postings to channels (投递招聘信息). The house itself.
pub static DELIVER: Action = Action::new("channel", "deliver", "投递招聘信息", "Bring postings to channels");
/// Takes over a city's postings at the province (归集各市招聘信息). The house itself.
pub static RECEIVE: Action = Action::new("channel", "receive", "归集各市招聘信息", "Take over a city's postings");
/// Fills a city with made-up postings (填充样本招聘信息). The command line's alone.
pub static SEED: Action = Action::new("posting", "seed", "填充样本招聘信息", "Fill a city with made-up postings");
/// Sees the figures of quick hire (快招统计).
pub static FIGURES: Action = Action::new("hiring", "figures", "查看快招统计", "See the figures of quick hire");
/// What the house does by itself: expiring, warning, filling from stand-by (自动处理).
pub static KEEP: Action = Action::new("hiring", "keep", "自动处理招聘和用工", "Keep hiring in order");

/// Everything that can be done here.
pub static ACTIONS: &[&Action] = &[
    &READ,
    &CREATE,
    &PUBLISH,
    &REVIEW,
    &WITHDRAW,
    &TAKE_DOWN,
    &LIFT,
    &IMPORT,
    &TEMPLATE,
    &SETTINGS,
    &READ_DEALS,
    &APPLY,
    &HIRE,
    &CONFIRM,
    &TALK,
    &CANCEL,
    &ARRIVE,
    &COMPLETE,
    &PAY,
    &CONFIRM_PAY,
    &RECORD_PAY,
    &RECORD,
    &CONTACT,
    &APPEAL,
    &SET_RULES,
    &POINTS,
    &CHANNELS,
    &PRINT,
    &DELIVER,
    &RECEIVE,
    &SEED,
    &FIGURES,
    &KEEP,
];

const ANY: &[OperatorClass] = &[];

/// Who may do it by default.
pub static GRANTS: &[Grant] = &[
    Grant {
        role: CITIZEN,
        classes: ANY,
        actions: &[
            &CREATE,
            &WITHDRAW,
            &TEMPLATE,
            &APPLY,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &CONFIRM_PAY,
            &RECORD,
            &CONTACT,
            &APPEAL,
        ],
    },
    Grant {
        role: "bureau_officer",
        classes: ANY,
        actions: &[
            &READ,
            &CREATE,
            &REVIEW,
            &WITHDRAW,
            &TAKE_DOWN,
            &LIFT,
            &IMPORT,
            &TEMPLATE,
            &SETTINGS,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &RECORD_PAY,
            &POINTS,
            &CHANNELS,
            &PRINT,
            &FIGURES,
            &SET_RULES,
            &APPEAL,
        ],
    },
    Grant {
        role: "county_officer",
        classes: ANY,
        actions: &[
            &READ,
            &CREATE,
            &REVIEW,
            &WITHDRAW,
            &TAKE_DOWN,
            &IMPORT,
            &TEMPLATE,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &RECORD_PAY,
            &POINTS,
            &PRINT,
            &FIGURES,
        ],
    },
    Grant {
        role: "market_manager",
        classes: &[OperatorClass::Public],
        actions: &[
            &READ,
            &CREATE,
            &WITHDRAW,
            &TEMPLATE,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &RECORD_PAY,
            &PRINT,
            &REVIEW,
            &FIGURES,
        ],
    },
    Grant {
        role: "market_staff",
        classes: &[OperatorClass::Public],
        actions: &[
            &READ,
            &CREATE,
            &WITHDRAW,
            &TEMPLATE,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &RECORD_PAY,
            &PRINT,
            &REVIEW,
        ],
    },
    Grant {
        role: "agency_manager",
        classes: &[OperatorClass::Commercial],
        actions: &[
            &READ,
            &CREATE,
            &WITHDRAW,
            &TEMPLATE,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &PUBLISH,
            &IMPORT,
            &FIGURES,
        ],
    },
    Grant {
        role: "market_manager",
        classes: &[OperatorClass::Commercial],
        actions: &[
            &READ,
            &CREATE,
            &WITHDRAW,
            &TEMPLATE,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &PRINT,
            &PUBLISH,
            &FIGURES,
        ],
    },
    Grant {
        role: "market_staff",
        classes: &[OperatorClass::Commercial],
        actions: &[
            &READ,
            &CREATE,
            &WITHDRAW,
            &TEMPLATE,
            &READ_DEALS,
            &HIRE,
            &CONFIRM,
            &TALK,
            &CANCEL,
            &ARRIVE,
            &COMPLETE,
            &PAY,
            &PRINT,
            &PUBLISH,
        ],
    },
    Grant { role: "volunteer_lead", classes: &[OperatorClass::Volunteer], actions: &[&READ, &CREATE] },
    Grant { role: "supervisor", classes: ANY, actions: &[&READ, &READ_DEALS, &FIGURES] },
];
