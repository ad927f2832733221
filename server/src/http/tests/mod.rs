//! The transport over a real port, against a small house.
