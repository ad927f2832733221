//! Documents that were found valid before (已校验文档): a front end sends the same few texts again and again, and the validator of
//! the library walks through each of them two dozen times.
//!
//! What it finds depends on the text and, where a variable stands, on its value. So a document counts as valid only as long as
//! its one operation is a query with variables of the five scalars of GraphQL, each of which has a value of its kind; whatever
//! else comes is validated anew, and refused as ever.

use std::sync::atomic::Ordering;

use async_graphql::parser::types::{BaseType, ExecutableDocument, OperationType, VariableDefinition};
use async_graphql::{Value, Variables};

use super::parsed;

/// Was this text found valid before, for variables like these?
pub(crate) fn is_valid(text: &str, document: &ExecutableDocument, variables: &Variables) -> bool {
    parsed::known(text).is_some_and(|known| known.valid.load(Ordering::Relaxed)) && is_plain(document, variables)
}

/// Keeps that the validator found nothing in it.
pub(crate) fn found_valid(text: &str) {
    if let Some(known) = parsed::known(text) {
        known.valid.store(true, Ordering::Relaxed);
    }
}

fn is_plain(document: &ExecutableDocument, variables: &Variables) -> bool {
    let mut operations = document.operations.iter();
    let (Some((_, operation)), None) = (operations.next(), operations.next()) else { return false };
    let operation = &operation.node;
    operation.ty == OperationType::Query
        && operation.variable_definitions.iter().all(|defined| has_its_kind(&defined.node, variables))
}

fn has_its_kind(defined: &VariableDefinition, variables: &Variables) -> bool {
    let BaseType::Named(kind) = &defined.var_type.node.base else { return false };
    match (kind.as_str(), variables.get(&defined.name.node)) {
        ("Int", Some(Value::Number(number))) => number.is_i64(),
        ("ID" | "String", Some(Value::String(_)))
        | ("Boolean", Some(Value::Boolean(_)))
        | ("Float", Some(Value::Number(_))) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    fn plain(text: &str, variables: serde_json::Value) -> bool {
        is_plain(&parse_query(text).unwrap(), &Variables::from_json(variables))
    }

    #[test]
    fn a_document_is_valid_again_only_with_scalars_of_their_kind() {
        let text = "query Q($id: ID!, $first: Int) { market(id: $id) { name } markets(first: $first) { edges { node { id } } } }";
        assert!(plain(text, json!({ "id": "x", "first": 2, "more": {} })));
        for other in [
            json!({ "id": "x" }),
            json!({ "id": "x", "first": null }),
            json!({ "id": 7, "first": 2 }),
            json!({ "id": "x", "first": "2" }),
            json!({ "id": "x", "first": 2.5 }),
            json!({ "id": ["x"], "first": 2 }),
        ] {
            assert!(!plain(text, other.clone()), "{other}");
        }
        assert!(plain("{ health }", json!({})));
        for text in [
            "query Q($f: Filter) { markets(filter: $f) { id } }",
            "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            "mutation { signOut }",
            "subscription { changes }",
            "query A { a } query B { b }",
        ] {
            assert!(!plain(text, json!({ "f": "x", "ids": "x" })), "{text}");
        }
    }

    #[test]
    fn a_text_is_valid_once_it_was_found_so() {
        let text = "{ foundValidOnce }";
        let document = parsed::document(text).unwrap();
        assert!(!is_valid(text, &document, &Variables::default()));
        found_valid(text);
        assert!(is_valid(text, &document, &Variables::default()));
        assert!(!is_valid("{ neverSeen }", &document, &Variables::default()));
    }
}
