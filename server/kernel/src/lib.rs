//! The kernel (内核): what every chapter and plugin stands on.
//!
//! Begin with [`ctx::Ctx`], then [`transact`]; everything else is found from there.

pub mod audit;
pub mod backup;
pub mod blob;
pub mod cache;
pub mod calendar;
pub mod checks;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod ctx;
pub mod cursor;
pub mod divisions;
pub mod fault;
mod folder;
pub mod geo;
pub mod gql;
pub mod house;
pub mod ids;
pub mod invalidate;
pub mod jobs;
pub mod kernel;
pub mod keys;
mod kinds;
pub mod mail;
pub mod maps;
pub mod outbox;
pub mod packs;
pub mod pdf;
mod person_key;
pub mod personal;
pub mod pii;
pub mod places;
pub mod plain;
pub mod plugin;
pub mod plugins;
pub mod policy;
pub mod qr;
pub mod refusal;
pub mod sheet;
pub mod store;
pub mod tally;
mod tenants;
pub mod text;
pub mod trades;
pub mod transact;
pub mod worker;

pub use ctx::{Actor, Ctx};
pub use fault::{Fault, Never, Stop};
pub use kernel::Kernel;
pub use pii::{Mask, Pii};
pub use policy::{Action, Place};
pub use store::Scope;
pub use text::{Lang, Text, Words};
pub use transact::{Once, Outcome, Tx};
