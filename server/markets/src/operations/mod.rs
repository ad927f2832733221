//! What people do with markets (业务操作): one file each, five beats each.

pub mod amend_market;
pub mod delist_market;
pub mod list_market;
pub mod open_market;
pub mod record_safety_check;
pub mod register_market;
pub mod remove_annotation;
pub mod remove_bay;
pub mod remove_contract;
pub mod remove_facility;
pub mod remove_project;
pub mod remove_zone;
pub mod report_crowd;
pub mod resume_market;
pub mod save_annotation;
pub mod save_bad_credit;
pub mod save_bay;
pub mod save_contract;
pub mod save_facility;
pub mod save_project;
pub mod save_zone;
pub mod saving;
pub mod seed_markets;
pub mod suspend_market;
pub mod withdraw_check;
