//! The laws (规矩), one file each.

mod dependencies;
mod lengths;
mod shape;
mod words;
