//! Personal values in memory (个人信息): no `Display`, no `Serialize`, nothing in `Debug`; masked where they are shown.

use std::fmt;

/// A personal value (个人信息). It can be masked, sealed, and used by those who say so.
#[derive(Clone, PartialEq, Eq)]
pub struct Pii<T>(T);

impl<T> Pii<T> {
    /// Takes a value in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every caller is a place to review: sealing, sending, comparing.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pii(…)")
    }
}
