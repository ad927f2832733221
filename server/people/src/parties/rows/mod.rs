//! Rows of hiring parties that only this chapter has (数据行); the shared ones stand in `entities`.

pub mod agent_authorisation;
pub mod employer_visit;
pub mod party_event;
pub mod party_recheck;
pub mod party_review;
pub mod pledge_signature;
pub mod verification_step;
