//! The server: what stands around the chapters and plugins. `main` reads arguments, `commands` do what they say, `boot`
//! builds the house, `plugins` lists what is in it, `http` is the only place that knows HTTP.

mod background;
pub mod boot;
pub mod commands;
pub mod door;
pub mod http;
mod log;
pub mod node;
pub mod plugins;
pub mod schema;
mod sms;
