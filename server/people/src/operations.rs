//! One file per thing a person can do (操作).

pub(crate) mod accept_invitation;
pub(crate) mod appoint_administrators;
pub(crate) mod assign_role;
mod attempts;
pub(crate) mod begin_totp;
pub(crate) mod change_password;
pub(crate) mod confirm_totp;
pub(crate) mod create_account;
pub(crate) mod create_api_key;
pub(crate) mod disable_account;
pub(crate) mod enable_account;
pub(crate) mod forget_over;
pub(crate) mod invite_account;
pub(crate) mod lock_unused;
pub(crate) mod receive_liaison;
pub(crate) mod remind_of_passwords;
pub(crate) mod reset_password;
pub(crate) mod reset_totp;
pub(crate) mod revoke_api_key;
pub(crate) mod revoke_session;
pub(crate) mod set_liaison;
pub mod set_password;
pub(crate) mod shared;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod withdraw_invitation;
pub(crate) mod withdraw_role;
