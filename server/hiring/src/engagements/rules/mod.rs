//! What the hire decides (规则): pure, each with its article.

pub mod agreement;
pub mod cancel;
pub mod code;
pub mod deductions;
pub mod eligible;
pub mod figures;
pub mod number;
pub mod pay;
pub mod private;
pub mod record;
pub mod reply;
pub mod settings;
pub mod steps;
pub mod terms;
