//! What goes back to the caller: codes, texts in two languages, masked faults, capped answers.

mod codes;
mod mask;
mod render;

pub use codes::{Code, Refusal};
pub(crate) use mask::{is_request_error, mask, status};
pub(crate) use render::{Rendered, errors_only, refusal_body, render};
