//! What a person can do in the house: one file each.

pub mod cancel_job;
pub mod resend_sms;
pub mod retry_mail;
pub mod reveal_personal_value;
pub mod verify_audit;
