//! The transport (传输层): the only place that knows poem.
//!
//! A request passes, cheapest first: connection cap and header timer ([`mod@self`]'s
//! `connections`) → method and content type → tenant → rate bucket of the address → counted body
//! → identity → rate buckets of account and tenant → shield → parse → introspection and plugin
//! gate → validation and execution under a place and a deadline → masked errors → capped answer.
//!
//! async-graphql-poem's own endpoints are not used: they take any content type, run mutations on
//! GET, take unbounded batches, and their WebSocket breaks its protocol.
//!
//! Whoever boots the server implements [`House`] and calls [`serve`] with a [`Front`].

mod answer;
mod assets;
mod body;
mod caller;
mod connections;
mod cors;
mod decode;
mod feed;
mod gate;
mod graphql_http;
mod halt;
mod health;
mod introspection;
mod limits;
mod lists;
mod logging;
mod metrics;
mod negotiate;
mod pipeline;
pub mod ports;
mod rate;
mod reply;
mod server;
mod session_cookie;
mod settings;
pub mod shield;
mod sms;
mod sse;
#[cfg(test)]
mod tests;
mod unbroken;
mod uploads;
mod websocket;

pub use answer::{Code, Refusal};
pub use gate::Options;
pub use halt::Halt;
pub use limits::Limits;
pub use metrics::Metrics;
pub use ports::{ByteStream, House};
pub use server::{Front, serve};
pub use settings::Settings;
