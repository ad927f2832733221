//! The hire (用工对接): from an application to a paid day's work. Begin with README.md beside this file.

pub mod appeal;
pub mod events;
pub mod forms;
pub mod jobs;
pub mod kinds;
pub mod listeners;
pub mod operations;
pub mod personal;
pub mod queries;
pub mod rules;
pub mod safety;
pub mod schema;
pub mod store;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;
mod texts;
