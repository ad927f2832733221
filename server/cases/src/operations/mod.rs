//! What people, chapters above and the house can do (操作), one file each.

pub mod accept_case;
pub mod decide_case;
pub mod hand_over_case;
pub mod note_case;
pub mod open;
pub mod take_case;
pub mod watch_clocks;
pub mod withdraw_case;
