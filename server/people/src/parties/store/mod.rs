//! The rows of hiring parties (数据存取): which of them somebody sees, and how they are changed.

pub mod batch;
pub mod citizens;
pub mod evidence;
pub mod history;
pub mod members;
pub mod party;
pub mod reviews;
pub mod steps;
pub mod visible;
