//! The shared nouns (共用实体): rows that more than one crate points at.
//!
//! A row is what is stored and nothing else: no rule, no text, no GraphQL. What only one chapter uses stands in that
//! chapter. The tables are made by the crate `migrations`; a test holds the two equal.

pub mod account;
pub mod agency;
pub mod api_key;
pub mod audit_checkpoint;
pub mod audit_entry;
pub mod audit_horizon;
pub mod audit_key;
pub mod audit_seal;
pub mod blob;
pub mod blob_chunk;
pub mod citizen;
pub mod counter;
pub mod erasure;
pub mod event;
pub mod hiring_party;
pub mod idempotency;
pub mod job;
pub mod key_ring;
pub mod mail;
pub mod party_member;
pub mod person_key;
pub mod plugin_state;
pub mod policy_line;
pub mod role_assignment;
pub mod session;
pub mod setting;
pub mod sms;
pub mod stamp;
pub mod tenant;
pub mod worker;
pub mod worker_trade;
