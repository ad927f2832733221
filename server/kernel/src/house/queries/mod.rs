//! What can be looked up in the house.

pub mod audit;
pub mod jobs;
pub mod letters;
pub mod texts;
