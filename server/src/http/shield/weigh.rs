//! The third gate: every selection is visited once, every fragment weighed once.

use std::collections::{BTreeSet, HashMap};

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value;
use kernel::plain::merges;

use super::super::introspection;
use super::super::limits::Limits;
use super::{Kind, Measure, Refused, Weighed, hold};

/// What a selection set weighs by itself, and which fragments it spreads where.
#[derive(Default)]
struct Own<'a> {
    weight: Weight,
    spreads: Vec<Spread<'a>>,
    /// Names of its root-level fields.
    roots: BTreeSet<&'a str>,
}

/// A spread: of which fragment, and how deep it stands.
struct Spread<'a> {
    fragment: &'a str,
    fields_above: u64,
    hops_above: u64,
}

/// The weight of a selection set, its fragments included once they are added.
#[derive(Clone, Copy, Default)]
struct Weight {
    nodes: u64,
    aliases: u64,
    directives: u64,
    /// Fields nested in one another.
    depth: u64,
    /// Selections of any sort nested in one another.
    hops: u64,
    /// Root-level fields, repeated spreads counted again.
    roots: u64,
}

impl Weight {
    /// Adds a fragment spread at some depth.
    fn add(&mut self, spread: &Spread<'_>, other: &Self) {
        self.nodes = self.nodes.saturating_add(other.nodes);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(spread.fields_above.saturating_add(other.depth));
        self.hops = self.hops.max(spread.hops_above.saturating_add(other.hops));
        if spread.fields_above == 0 {
            self.roots = self.roots.saturating_add(other.roots);
        }
    }
}

/// Weighs a parsed document against the limits.
///
/// # Errors
/// [`Refused::Over`], [`Refused::Cycle`] or [`Refused::Introspection`].
pub fn weigh(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    limits: &Limits,
    stands_alone: impl Fn(&str) -> bool,
    may_introspect: bool,
) -> Result<Weighed, Refused> {
    hold(Measure::Operations, limits.operations, document.operations.iter().len() as u64)?;
    hold(Measure::Fragments, limits.fragments, document.fragments.len() as u64)?;
    let mut weighed = Weighed::default();
    let mut own = HashMap::with_capacity(document.fragments.len());
    for (name, fragment) in &document.fragments {
        let mut read = own_weight(&fragment.node.selection_set.node, limits, &mut weighed)?;
        read.weight.directives += count(&fragment.node.directives, limits)?;
        own.insert(name.as_str(), read);
    }
    let memo = weigh_fragments(&own)?;
    weighed.memo_entries = memo.len() as u64;

    let chosen = choose(&document.operations, operation_name);
    let mut introspects_only = true;
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let mut read = own_weight(&operation.selection_set.node, limits, &mut weighed)?;
        read.weight.directives += operation_directives(operation, limits)?;
        let mut total = read.weight;
        for spread in &read.spreads {
            if let Some(weight) = memo.get(spread.fragment) {
                total.add(spread, weight);
            }
        }
        let roots = root_fields(&read, &own);
        hold_roots(operation, &roots, total.roots, limits, &stands_alone)?;
        let asks = |name: &&str| matches!(*name, "__schema" | "__type");
        weighed.introspects |= roots.iter().any(asks);
        introspects_only &= roots.iter().all(|name| asks(name) || *name == "__typename");
        weighed.nodes = weighed.nodes.saturating_add(total.nodes);
        weighed.aliases = weighed.aliases.saturating_add(total.aliases);
        weighed.directives = weighed.directives.saturating_add(total.directives);
        weighed.depth = weighed.depth.max(total.depth);
        hold(Measure::Hops, limits.hops, total.hops)?;
        if chosen.is_some_and(|chosen| std::ptr::eq(chosen, operation)) {
            weighed.kind = Some(Kind::from(operation.ty));
            weighed.root_fields = roots.iter().map(ToString::to_string).collect();
        }
    }
    hold(Measure::Nodes, limits.nodes, weighed.nodes)?;
    hold(Measure::Aliases, limits.aliases, weighed.aliases)?;
    hold(Measure::Directives, limits.directives, weighed.directives)?;
    // Before the depth: who may not introspect is told so, and not that the question was too deep.
    introspection::check(weighed.introspects, may_introspect)?;
    if !introspection::frees_from_depth(introspects_only, may_introspect) {
        hold(Measure::Depth, limits.depth, weighed.depth)?;
    }
    Ok(weighed)
}

/// The operation that would run; the library says what is wrong when there is none.
pub(super) fn choose<'a>(operations: &'a DocumentOperations, name: Option<&str>) -> Option<&'a OperationDefinition> {
    match (operations, name) {
        (DocumentOperations::Single(operation), None) => Some(&operation.node),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name).map(|found| &found.node),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next().map(|found| &found.node),
        _ => None,
    }
}

/// Walks one selection set without recursion and without entering fragments.
fn own_weight<'a>(root: &'a SelectionSet, limits: &Limits, weighed: &mut Weighed) -> Result<Own<'a>, Refused> {
    let mut own = Own::default();
    let mut waiting = vec![(root, 0_u64, 1_u64)];
    while let Some((set, fields, hops)) = waiting.pop() {
        weighed.merges |= merges(set);
        for selection in &set.items {
            weighed.nodes_visited += 1;
            own.weight.nodes += 1;
            own.weight.hops = own.weight.hops.max(hops);
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    own.weight.depth = own.weight.depth.max(fields + 1);
                    own.weight.aliases += u64::from(field.alias.is_some());
                    if fields == 0 {
                        own.weight.roots += 1;
                        own.roots.insert(field.name.node.as_str());
                    }
                    own.weight.directives += count(&field.directives, limits)?;
                    hold_lists(&field.arguments, limits)?;
                    waiting.push((&field.selection_set.node, fields + 1, hops + 1));
                }
                Selection::InlineFragment(inline) => {
                    own.weight.directives += count(&inline.node.directives, limits)?;
                    waiting.push((&inline.node.selection_set.node, fields, hops + 1));
                }
                Selection::FragmentSpread(spread) => {
                    own.weight.directives += count(&spread.node.directives, limits)?;
                    let fragment = spread.node.fragment_name.node.as_str();
                    own.spreads.push(Spread { fragment, fields_above: fields, hops_above: hops });
                }
            }
        }
    }
    Ok(own)
}

/// How many directives stand here, after a look at the lists in their arguments.
fn count(directives: &[Positioned<Directive>], limits: &Limits) -> Result<u64, Refused> {
    for directive in directives {
        hold_lists(&directive.node.arguments, limits)?;
    }
    Ok(directives.len() as u64)
}

/// The directives of an operation and of its variables, and the lists among the defaults.
fn operation_directives(operation: &OperationDefinition, limits: &Limits) -> Result<u64, Refused> {
    let mut found = count(&operation.directives, limits)?;
    for variable in &operation.variable_definitions {
        found += count(&variable.node.directives, limits)?;
        if let Some(default) = &variable.node.default_value {
            super::super::lists::hold_const(&default.node, limits)?;
        }
    }
    Ok(found)
}

/// Refuses a list literal that is too long.
fn hold_lists(arguments: &[(Positioned<Name>, Positioned<Value>)], limits: &Limits) -> Result<(), Refused> {
    arguments.iter().try_for_each(|(_, value)| super::super::lists::hold(&value.node, limits))
}

/// Gives every fragment its full weight, each once: a walk in depth over the graph of fragments
/// with a stack of our own. Unknown fragments weigh nothing; the validator names them.
fn weigh_fragments<'a>(own: &HashMap<&'a str, Own<'a>>) -> Result<HashMap<&'a str, Weight>, Refused> {
    let mut memo: HashMap<&str, Weight> = HashMap::with_capacity(own.len());
    let mut entered: BTreeSet<&str> = BTreeSet::new();
    // In alphabetical order, so that a refusal names the same fragment every time.
    let names: BTreeSet<&str> = own.keys().copied().collect();
    for start in names {
        let mut path = vec![(start, 0_usize)];
        while let Some((name, next)) = path.pop() {
            let Some(read) = own.get(name) else { continue };
            if memo.contains_key(name) {
                continue;
            }
            entered.insert(name);
            if let Some(spread) = read.spreads.get(next) {
                path.push((name, next + 1));
                if !memo.contains_key(spread.fragment) && own.contains_key(spread.fragment) {
                    if entered.contains(spread.fragment) {
                        return Err(Refused::Cycle(spread.fragment.to_owned()));
                    }
                    path.push((spread.fragment, 0));
                }
                continue;
            }
            let mut total = read.weight;
            for spread in &read.spreads {
                if let Some(weight) = memo.get(spread.fragment) {
                    total.add(spread, weight);
                }
            }
            memo.insert(name, total);
        }
    }
    Ok(memo)
}

/// The names of the root fields, those in root-level fragments included; each fragment once.
fn root_fields<'a>(operation: &Own<'a>, own: &HashMap<&'a str, Own<'a>>) -> BTreeSet<&'a str> {
    let mut names = operation.roots.clone();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&str> = root_spreads(operation).collect();
    while let Some(name) = waiting.pop() {
        if let (true, Some(read)) = (seen.insert(name), own.get(name)) {
            names.extend(&read.roots);
            waiting.extend(root_spreads(read));
        }
    }
    names
}

/// The fragments spread at root level.
fn root_spreads<'a>(own: &Own<'a>) -> impl Iterator<Item = &'a str> {
    own.spreads.iter().filter(|spread| spread.fields_above == 0).map(|spread| spread.fragment)
}

/// Holds the number of root fields of mutations and subscriptions.
fn hold_roots(
    operation: &OperationDefinition,
    names: &BTreeSet<&str>,
    fields: u64,
    limits: &Limits,
    stands_alone: &impl Fn(&str) -> bool,
) -> Result<(), Refused> {
    match Kind::from(operation.ty) {
        Kind::Query => Ok(()),
        Kind::Subscription => hold(Measure::SubscriptionFields, 1, fields),
        Kind::Mutation => {
            let alone = names.iter().any(|name| stands_alone(name));
            let allowed = if alone { 1 } else { limits.mutation_fields };
            hold(Measure::MutationFields, allowed, fields)
        }
    }
}
