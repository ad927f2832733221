//! Tests of the hire.
