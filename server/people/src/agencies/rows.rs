//! Rows about agencies that only this part has (数据行).

pub mod branch;
pub mod displayed_item;
pub mod event;
pub mod fee_receipt;
pub mod inspection;
pub mod inspector;
pub mod ledger_entry;
pub mod parameter;
pub mod price_item;
pub mod price_list;
pub mod report;
pub mod warning;
