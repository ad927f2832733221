//! The shared nouns (共用实体): rows that more than one crate points at.
//!
//! A row is what is stored and nothing else: no rule, no text, no GraphQL. What only one chapter uses stands in that
//! chapter. The tables are made by the crate `migrations`; a test holds the two equal.

pub mod account;
pub mod role_assignment;
pub mod session;
pub mod api_key;
pub mod audit_entry;
pub mod audit_seal;
pub mod audit_checkpoint;
pub mod key_ring;
pub mod policy_line;
pub mod idempotency;
pub mod stamp;
pub mod event;
pub mod job;
pub mod mail;
pub mod blob;
pub mod blob_chunk;
pub mod plugin_state;
pub mod setting;
pub mod counter;
pub mod tenant;
