//! Decisions about hiring parties (规则): pure, without clock, database or waiting.

pub mod codes;
pub mod duties;
pub mod life;
pub mod organ;
pub mod pledge;
pub mod registration;
pub mod sampling;
pub mod standing;
pub mod verification;
