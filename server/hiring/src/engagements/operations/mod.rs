//! What people and the house can do with engagements (操作): one file per thing.

pub mod accept_agreement;
pub mod agree;
pub mod apply;
pub mod arrive_by_code;
pub mod cancel;
pub mod complete;
pub mod confirm;
pub mod confirm_group;
pub mod confirm_pay;
pub mod contact;
pub mod decline;
pub mod delete_record;
pub mod dispute;
pub mod export_record;
pub mod export_slip;
pub mod hire;
pub(in crate::engagements) mod hiring;
pub mod keep;
pub mod mark_contacted;
pub mod open_contact;
pub mod record_arrival;
pub mod record_no_show;
pub mod record_pay;
pub mod save_wage_sheet;
pub mod send_message;
pub mod set_rules;
pub mod settle_dispute;
