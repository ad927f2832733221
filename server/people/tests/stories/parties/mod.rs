//! Hiring parties (用工主体): who has others work, how that is checked, and what it may.

mod agents;
mod erasing;
mod finding;
mod rechecks;
mod registering;
mod standing;
mod town;
mod verifying;
mod visits;
