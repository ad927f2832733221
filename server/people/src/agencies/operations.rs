//! One file per thing that is done about agencies (操作).

pub mod add_ledger_entry;
pub mod amend_agency;
mod decide_licence;
pub mod deliver_agency;
pub mod enter_agencies;
pub mod export_ledger;
pub mod follow_up_inspection;
pub mod forget_ledger;
pub mod forget_receipts;
pub mod lift_licence;
pub mod mark_refund_due;
pub mod mark_refunded;
pub mod receive_agency;
pub mod record_annual_report;
pub mod record_fee_receipt;
pub mod record_inspection;
pub mod register_agency;
pub mod revoke_licence;
pub mod save_branch;
pub mod save_displayed_item;
pub mod save_price_list;
pub mod set_parameter;
pub mod shared;
pub mod suspend_licence;
mod take_over;
pub mod verify_licence;
pub mod warn_of_expiry;
