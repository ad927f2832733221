//! The chapter's rows (数据行), one file per table.

pub mod directory_return;
pub mod first_report;
pub mod platform_deadline;
pub mod platform_first_report;
pub mod platform_monitoring;
pub mod platform_report;
pub mod platform_report_city;
pub mod platform_return;
pub mod platform_return_row;
pub mod return_event;
pub mod return_reminder;
pub mod return_row;
