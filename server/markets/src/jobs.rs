//! The chapter's jobs (作业).

use kernel::Text;
use kernel::jobs::JobKind;

use crate::operations::apply_directory_import::{self, ApplyImport};
use crate::operations::check_directory_import::{self, CheckImport};

/// Every kind.
#[must_use]
pub fn kinds() -> Vec<JobKind> {
    let check = Text::new("预检名录导入文件", "Check a directory import");
    let apply = Text::new("执行名录导入", "Apply a directory import");
    vec![
        JobKind::new::<CheckImport, _, _>(check, check_directory_import::run).cancellable(),
        JobKind::new::<ApplyImport, _, _>(apply, apply_directory_import::run).cancellable(),
    ]
}
