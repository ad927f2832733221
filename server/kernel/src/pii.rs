//! Personal values in memory (个人信息): no `Display`, no `Serialize`, nothing in `Debug`; masked where they are shown.
//!
//! They come out of the store as [`Pii`] and go into it as [`Pii`] (`keys.rs`). To text there are two ways: a
//! [`Mask`], for answers, and [`Pii::expose`], in the few files that a law names: where a letter is addressed, where a
//! form of the ministry asks for the number itself, where somebody was shown a value for a reason that was written down.

use std::fmt;

pub use crate::checks::mask::Mask;

/// A personal value (个人信息). It can be masked, sealed, and used by those who say so.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pii<T>(T);

impl<T> Pii<T> {
    /// Takes a value in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every caller is a place to review, and stands in the list of a law.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Another form of the value, which is as personal: tidied, in lower case.
    pub fn map<U>(&self, form: impl FnOnce(&T) -> U) -> Pii<U> {
        Pii(form(&self.0))
    }

    /// Another form of the value, if it has one.
    pub fn try_map<U>(&self, form: impl FnOnce(&T) -> Option<U>) -> Option<Pii<U>> {
        form(&self.0).map(Pii)
    }
}

impl<T: AsRef<str>> Pii<T> {
    /// What is shown of it to those who may not see it whole.
    #[must_use]
    pub fn masked(&self, mask: Mask) -> String {
        mask.of(self.0.as_ref())
    }

    /// Is there nothing in it?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.as_ref().trim().is_empty()
    }
}

impl From<String> for Pii<String> {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Pii<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T> fmt::Debug for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pii(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiles only while `Pii` is neither: with one of them two implementations would fit.
    trait Neither<Which> {
        fn holds() {}
    }
    struct Displays;
    struct Serializes;
    impl<T> Neither<()> for T {}
    impl<T: fmt::Display> Neither<Displays> for T {}
    impl<T: serde::Serialize> Neither<Serializes> for T {}

    #[test]
    fn a_personal_value_has_no_way_to_text_but_the_two_that_say_so() {
        <Pii<String> as Neither<_>>::holds();
        let phone = Pii::from("13800001234");
        assert_eq!(format!("{phone:?}"), "Pii(…)");
        assert_eq!(phone.masked(Mask::Phone), "138****1234");
        assert_eq!(phone.expose(), "13800001234");
        assert_eq!(format!("{:?}", phone.map(String::len)), "Pii(…)");
    }
}
