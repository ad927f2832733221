//! What citizens do, and what is done about them (操作).

pub(crate) mod block_citizen;
pub(crate) mod change_phone;
pub(crate) mod erase_citizen;
pub(crate) mod export_citizen_data;
pub(crate) mod forget_over;
pub(crate) mod request_phone_code;
pub(crate) mod sign_in_citizen;
pub(crate) mod unblock_citizen;
pub(crate) mod withdraw_consent;
