//! The chapter's rows (数据行), one file per table.

pub mod case_event;
pub mod case_file;
