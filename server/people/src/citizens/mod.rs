//! Citizens (个人用户): people of the city who have no account. They prove a telephone number with a code and act in their own
//! matters; or they were registered at a counter, and become the same citizen once they prove the number on file.
//!
//! The privacy notice ([`notice`]) is shown before anything is written down; sessions ([`identity`]) are kept like those of
//! accounts; what is held about a citizen is handed out and erased ([`personal`]).

pub(crate) mod attempts;
pub(crate) mod consents;
pub(crate) mod events;
pub(crate) mod identity;
pub(crate) mod messages;
pub(crate) mod notice;
pub(crate) mod operations;
pub(crate) mod personal;
pub(crate) mod policy;
pub(crate) mod rows;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod store;
