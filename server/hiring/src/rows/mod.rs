//! The chapter's rows (表): what is stored and nothing else.

pub mod conduct_point;
pub mod engagement;
pub mod favourite;
pub mod posting;
pub mod posting_event;
pub mod posting_import;
pub mod posting_import_row;
pub mod posting_template;
pub mod shift;
pub mod taken_down_text;
pub mod talk;
pub mod wage_line;
pub mod wage_sheet;
pub mod work_slip;
