//! The cost (查询成本): how much a document may bring back, known before it runs.
//!
//! A field costs one. Whatever stands below a page costs as often as the page has rows: a hundred rows of a hundred
//! rows are ten thousand, however short the text is. A page is told by `first` or `last`, or by asking for `nodes` or
//! `edges`; without a size it has [`PAGE`] rows. Counting everything costs as much as many fields.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value as Constant, Variables};
use async_graphql_value::Value;

use super::super::limits::Limits;
use super::weigh::choose;
use super::{Measure, Refused, hold};

/// Rows of a page whose size is not said.
const PAGE: u64 = 20;
/// What counting all rows costs, on a page of one.
const COUNT: u64 = 5;

type Fragments<'a> = BTreeMap<&'a str, &'a FragmentDefinition>;

/// Refuses an operation that may bring back too much. The document was weighed before: no fragment spreads itself.
///
/// # Errors
/// [`Refused::Over`].
pub fn hold_cost(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> Result<(), Refused> {
    hold(Measure::Cost, limits.cost, cost(document, operation_name, variables))
}

/// What the chosen operation costs; nothing when none is chosen.
pub(super) fn cost(document: &ExecutableDocument, operation_name: Option<&str>, variables: &Variables) -> u64 {
    let Some(operation) = choose(&document.operations, operation_name) else { return 0 };
    let fragments: Fragments<'_> =
        document.fragments.iter().map(|(name, fragment)| (name.as_str(), &fragment.node)).collect();
    let sizes = Sizes { operation, variables };
    let own: BTreeMap<&str, Own<'_>> =
        fragments.iter().map(|(name, f)| (*name, own_cost(&f.selection_set.node, &fragments, &sizes))).collect();
    let memo = add_up(&own);
    own_cost(&operation.selection_set.node, &fragments, &sizes).total(&memo)
}

/// What a selection set costs by itself, and which fragments it spreads how often.
#[derive(Default)]
struct Own<'a> {
    cost: u64,
    spreads: Vec<(&'a str, u64)>,
}

impl Own<'_> {
    fn total(&self, memo: &BTreeMap<&str, u64>) -> u64 {
        self.spreads.iter().fold(self.cost, |sum, (name, times)| {
            sum.saturating_add(times.saturating_mul(memo.get(name).copied().unwrap_or_default()))
        })
    }
}

/// Walks one selection set without recursion and without entering fragments.
fn own_cost<'a>(root: &'a SelectionSet, fragments: &Fragments<'a>, sizes: &Sizes<'_>) -> Own<'a> {
    let mut own = Own::default();
    let mut waiting = vec![(root, 1_u64)];
    while let Some((set, times)) = waiting.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let one = if field.name.node.as_str() == "totalCount" { COUNT } else { 1 };
                    own.cost = own.cost.saturating_add(times.saturating_mul(one));
                    waiting.push((&field.selection_set.node, times.saturating_mul(rows(field, fragments, sizes))));
                }
                Selection::InlineFragment(inline) => waiting.push((&inline.node.selection_set.node, times)),
                Selection::FragmentSpread(spread) => {
                    own.spreads.push((spread.node.fragment_name.node.as_str(), times));
                }
            }
        }
    }
    own
}

/// Adds fragments up, each once: a walk in depth with a stack of our own.
fn add_up<'a>(own: &BTreeMap<&'a str, Own<'a>>) -> BTreeMap<&'a str, u64> {
    let mut memo = BTreeMap::new();
    for start in own.keys() {
        let mut path = vec![*start];
        while let Some(name) = path.last().copied() {
            let Some(read) = own.get(name).filter(|_| !memo.contains_key(name)) else {
                path.pop();
                continue;
            };
            let mut spread = read.spreads.iter().map(|(name, _)| *name);
            match spread.find(|name| own.contains_key(name) && !memo.contains_key(name)) {
                Some(missing) if path.len() <= own.len() => path.push(missing),
                _ => {
                    memo.insert(name, read.total(&memo));
                    path.pop();
                }
            }
        }
    }
    memo
}

/// The sizes of pages, as literals or as variables.
struct Sizes<'a> {
    operation: &'a OperationDefinition,
    variables: &'a Variables,
}

/// How many rows stand below a field: one, unless it is a page.
fn rows(field: &Field, fragments: &Fragments<'_>, sizes: &Sizes<'_>) -> u64 {
    let size = |(name, value): &(Positioned<Name>, Positioned<Value>)| {
        matches!(name.node.as_str(), "first" | "last").then(|| sizes.of(&value.node))
    };
    match field.arguments.iter().find_map(size) {
        Some(size) => size.unwrap_or(PAGE),
        None if is_page(&field.selection_set.node, fragments) => PAGE,
        None => 1,
    }
}

impl Sizes<'_> {
    fn of(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Variable(name) => match self.variables.get(name) {
                Some(given) => number(given),
                None => {
                    let mut defined = self.operation.variable_definitions.iter().map(|v| &v.node);
                    let default = defined.find(|v| v.name.node == *name)?.default_value.as_ref()?;
                    number(&default.node)
                }
            },
            Value::Number(number) => Some(number.as_u64().unwrap_or(1)),
            _ => None,
        }
    }
}

fn number(value: &Constant) -> Option<u64> {
    match value {
        Constant::Number(number) => Some(number.as_u64().unwrap_or(1)),
        _ => None,
    }
}

/// Does a selection set ask for the rows of a page, by itself or through fragments? Each fragment is looked at once.
fn is_page(set: &SelectionSet, fragments: &Fragments<'_>) -> bool {
    let (mut waiting, mut seen) = (vec![set], BTreeSet::new());
    while let Some(set) = waiting.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) if matches!(field.node.name.node.as_str(), "nodes" | "edges") => return true,
                Selection::Field(_) => {}
                Selection::InlineFragment(inline) => waiting.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let (true, Some(fragment)) = (seen.insert(name), fragments.get(name)) {
                        waiting.push(&fragment.selection_set.node);
                    }
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    fn costs(text: &str, variables: serde_json::Value) -> u64 {
        cost(&parse_query(text).unwrap(), None, &Variables::from_json(variables))
    }

    #[test]
    fn a_page_costs_what_stands_below_it_as_often_as_it_has_rows() {
        assert_eq!(costs("{ market { id name } }", json!({})), 3);
        assert_eq!(costs("{ markets(first: 100) { nodes { id } } }", json!({})), 1 + 100 * 2);
        assert_eq!(costs("{ markets { nodes { id } } }", json!({})), 1 + 20 * 2);
        assert_eq!(
            costs("{ markets(first: 2) { nodes { zones(last: 3) { nodes { id } } } } }", json!({})),
            1 + 2 * (2 + 3 * 2)
        );
        assert_eq!(costs("{ markets(first: 10) { totalCount } }", json!({})), 1 + 10 * 5);
    }

    #[test]
    fn a_size_in_a_variable_counts_like_one_in_the_text() {
        let text = "query ($n: Int = 7) { markets(first: $n) { nodes { id } } }";
        assert_eq!(costs(text, json!({"n": 50})), 1 + 50 * 2);
        assert_eq!(costs(text, json!({})), 1 + 7 * 2);
        assert_eq!(costs("query ($n: Int) { markets(first: $n) { nodes { id } } }", json!({})), 1 + 20 * 2);
    }

    #[test]
    fn fragments_hide_neither_a_page_nor_its_rows() {
        let rows = "fragment Rows on C { nodes { ...Row } } fragment Row on M { id name }";
        assert_eq!(costs(&format!("{{ markets {{ ...Rows }} }} {rows}"), json!({})), 1 + 20 * 3);
        let double = |n: u32| format!("fragment F{n} on M {{ ...F{next} ...F{next} }}", next = n + 1);
        let doubling = (0..70).map(double).collect::<Vec<_>>().join(" ");
        assert_eq!(
            costs(&format!("{{ a {{ ...F0 }} }} {doubling} fragment F70 on M {{ id name }}"), json!({})),
            u64::MAX
        );
    }

    #[test]
    fn what_may_bring_back_too_much_is_refused_before_it_runs() {
        let held = |text: &str| hold_cost(&parse_query(text).unwrap(), None, &Variables::default(), &Limits::default());
        assert_eq!(held("{ markets(first: 100) { nodes { id name address { street } } } }"), Ok(()));
        let refused = held("{ markets(first: 100) { nodes { zones(first: 100) { nodes { id } } } } }");
        assert_eq!(refused, Err(Refused::Over { measure: Measure::Cost, allowed: 20_000, found: 20_201 }));
    }
}
