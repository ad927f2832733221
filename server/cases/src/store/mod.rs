//! How cases are read and written (存取).

pub mod batch;
pub mod case;
pub mod officials;
pub mod reference;
pub mod timeline;
pub mod visible;
