//! What people, and the house, can do (操作), one file each.

pub mod accept_return;
pub mod deliver_decision;
pub mod deliver_first_report;
pub mod deliver_return;
pub mod export_province;
pub mod export_return;
pub mod forget_city;
pub mod freeze_province_report;
pub mod freeze_return;
pub mod mark_province_report_sent;
pub mod remind_filers;
pub mod return_to_city;
pub mod set_first_report;
pub mod set_ministry_deadline;
pub mod set_monitoring_city;
pub mod submit_return;
pub mod unfreeze_return;
