//! What can be done with workers (零工人员权限). The chapter's lists name these too.

use kernel::policy::Action;

/// Registers a worker (登记零工人员). A citizen itself, or somebody for it at a counter.
pub static REGISTER: Action = Action::new("worker", "register", "登记零工人员", "Register a worker");
/// Sees workers, masked (查看零工人员).
pub static READ: Action = Action::new("worker", "read", "查看零工人员", "See workers");
/// Finds a worker by the whole number of a telephone or card (按号码查找零工人员).
pub static LOOK_UP: Action = Action::new("worker", "look_up", "按号码查找零工人员", "Find a worker by a whole number");
/// Amends a worker, certificates included (修改零工人员).
pub static AMEND: Action = Action::new("worker", "amend", "修改零工人员", "Amend a worker");
/// Closes a registration (注销求职登记).
pub static CLOSE: Action = Action::new("worker", "close", "注销求职登记", "Close a registration");
/// Says that somebody still looks for work, or no longer (更新求职状态).
pub static LOOKING: Action = Action::new("worker", "looking", "更新求职状态", "Say whether somebody looks for work");
/// Vouches for a certificate that was seen (核验特种作业操作证).
pub static VERIFY: Action = Action::new("worker", "verify", "核验特种作业操作证", "Verify a certificate");
/// Sees and writes down hardship (查看和记录困难情形).
pub static DIFFICULTY: Action =
    Action::new("worker", "difficulty", "查看和记录困难情形", "See and write down hardship");
/// Prints the slip of a registration (打印登记凭证).
pub static SLIP: Action = Action::new("worker", "slip", "打印登记凭证", "Print the slip of a registration");
/// Counts workers (查看零工人员统计).
pub static STATISTICS: Action = Action::new("worker", "statistics", "查看零工人员统计", "Count workers");
/// Sets the city's figures about workers (设置零工人员参数).
pub static PARAMETER: Action =
    Action::new("worker", "parameter", "设置零工人员参数", "Set the city's figures about workers");
/// Shows a personal value of a worker (查看零工人员的个人信息).
pub static REVEAL: Action =
    Action::new("worker", "reveal", "查看零工人员的个人信息", "See a personal value of a worker");
/// Looks after registrations each day (求职登记日常维护). The house itself.
pub static TEND: Action = Action::new("worker", "tend", "求职登记日常维护", "Look after registrations each day");
