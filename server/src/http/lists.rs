//! Lists in arguments and variables: how long they may be, and how deep they may nest.
//!
//! Walked with a stack of our own, because both come from the caller.

use async_graphql::Value as Constant;
use async_graphql_value::Value;

use super::limits::Limits;
use super::shield::{Measure, Refused, hold as hold_measure};

/// Holds the lists of a literal in a document, which may hold variables.
pub(crate) fn hold(value: &Value, limits: &Limits) -> Result<(), Refused> {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::List(items) => {
                hold_measure(Measure::ListItems, limits.list_items, items.len() as u64)?;
                waiting.extend(items);
            }
            Value::Object(fields) => waiting.extend(fields.values()),
            _ => {}
        }
    }
    Ok(())
}

/// Holds the lists and the nesting of a constant: a default in a document, or a variable.
pub(crate) fn hold_const(value: &Constant, limits: &Limits) -> Result<(), Refused> {
    let mut waiting = vec![(value, 1_u64)];
    while let Some((value, nesting)) = waiting.pop() {
        match value {
            Constant::List(items) => {
                hold_measure(Measure::ListItems, limits.list_items, items.len() as u64)?;
                hold_measure(Measure::Nesting, limits.nesting, nesting)?;
                waiting.extend(items.iter().map(|item| (item, nesting + 1)));
            }
            Constant::Object(fields) => {
                hold_measure(Measure::Nesting, limits.nesting, nesting)?;
                waiting.extend(fields.values().map(|field| (field, nesting + 1)));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_in_a_variable_is_refused_and_counted() {
        let limits = Limits::default();
        let list = |length: usize| Constant::List(vec![Constant::Null; length]);
        assert_eq!(hold_const(&list(1_000), &limits), Ok(()));
        assert_eq!(
            hold_const(&list(1_001), &limits),
            Err(Refused::Over { measure: Measure::ListItems, allowed: 1_000, found: 1_001 })
        );
    }

    #[test]
    fn a_variable_nests_no_deeper_than_a_document() {
        let limits = Limits::default();
        let nested = |depth: usize| (0..depth).fold(Constant::Null, |inner, _| Constant::List(vec![inner]));
        assert_eq!(hold_const(&nested(64), &limits), Ok(()));
        assert!(hold_const(&nested(65), &limits).is_err());
    }
}
