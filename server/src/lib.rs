//! The server of Yizhan (驿站).

pub mod http;
