//! What is done with workers (操作).

pub(crate) mod amend_worker;
pub(crate) mod close_worker;
mod entry;
pub(crate) mod look_up_worker;
pub(crate) mod print_slip;
pub(crate) mod record_difficulty;
pub(crate) mod register_worker;
pub(crate) mod remove_certificate;
pub(crate) mod save_certificate;
pub(crate) mod set_parameter;
pub(crate) mod still_looking;
pub(crate) mod stop_looking;
pub(crate) mod tend_workers;
pub(crate) mod verify_certificate;
