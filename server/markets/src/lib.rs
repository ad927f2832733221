//! Markets (零工市场): the directory.

pub mod annex2;
