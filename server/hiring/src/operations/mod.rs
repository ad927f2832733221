//! One file per thing a person can do (操作).

pub mod seed_postings;
