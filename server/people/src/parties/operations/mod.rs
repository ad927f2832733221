//! One file per thing somebody does with a hiring party (操作).

pub(crate) mod amend_party;
pub(crate) mod answer_agency;
pub(crate) mod authorise_agent;
pub(crate) mod close_party;
pub(crate) mod confirm_hiring;
pub(crate) mod draw_rechecks;
pub(crate) mod end_agent;
pub(crate) mod grant_fast_lane;
pub(crate) mod lift_suspension;
pub(crate) mod open_evidence;
pub(crate) mod order_recheck;
pub(crate) mod record_recheck;
pub(crate) mod record_step;
pub(crate) mod register_party;
pub(crate) mod reject_party;
pub(crate) mod request_agency;
pub(crate) mod save_visit;
pub(crate) mod sign_pledge;
pub(crate) mod suspend_party;
pub(crate) mod verify_party;
pub(crate) mod who;
