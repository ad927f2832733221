//! Personal values that are shown for a reason.

use async_graphql::{ID, InputObject, SimpleObject};

use crate::personal::PersonalField;
use crate::pii::Pii;

/// Which personal value, and why (查看个人信息).
#[derive(Debug, InputObject)]
pub struct RevealPersonalValueInput {
    /// Whose: an account, an invitation, a liaison person, a contact, a return (对象标识).
    pub id: ID,
    /// Which of its values (信息类型).
    pub field: PersonalField,
    /// Why, in 4 to 200 characters; the audit keeps it (查看原因).
    pub reason: String,
}

/// A personal value, shown whole (个人信息原文).
#[derive(Clone, Debug, SimpleObject)]
pub struct PersonalValue {
    /// Which it is (信息类型).
    field: PersonalField,
    /// The value (原文).
    value: String,
}

impl PersonalValue {
    pub(super) fn new(field: PersonalField, value: &Pii<String>) -> Self {
        Self { field, value: value.expose().clone() }
    }
}
