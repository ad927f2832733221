//! What people do with postings (业务操作): one file each, five beats each.

pub mod close_posting;
pub mod confirm_posting;
pub mod expire_postings;
pub mod fill_posting;
pub mod import_apply;
pub mod import_check;
pub mod import_purge;
pub mod import_run;
pub mod lift_take_down;
pub mod publishing;
pub mod remove_favourite;
pub mod remove_template;
pub mod repeat_posting;
pub mod review_posting;
pub mod save_favourite;
pub mod save_posting;
pub mod save_template;
pub mod saving;
pub mod seed_postings;
pub mod set_figures;
pub mod stop_party;
pub mod submit_posting;
pub mod take_down_posting;
pub mod upsert_posting;
pub mod withdraw_external;
pub mod withdraw_posting;
