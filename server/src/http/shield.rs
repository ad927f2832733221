//! The shield (防护): what a document costs, found out before anything recursive touches it.
//!
//! The parser, the validator and the executor of the library recurse on the document. A few
//! kilobytes of `{a{a{a…` overflow a stack, and a stack overflow aborts the process for every
//! tenant; thirty fragments that each spread the next one twice keep a validator busy for hours.
//! So a document passes three gates:
//!
//! 1. [`scan`] reads the raw bytes once, without recursion, and counts brackets;
//! 2. the parser runs once (or not at all, for a text it has read before), on a text whose nesting is known to be harmless: the grammar guards its own stack, but
//!    turning its pairs into a document does not, and aborts between 128 and 256 nested values on a 1 MiB stack;
//! 3. [`weigh`] walks every selection once, gives each fragment a weight, and adds weights up
//!    over the graph of fragments, saturating, so that doubling costs nothing to count.
//!
//! [`Weighed`] carries what was counted and how much work the counting was, so that tests can
//! hold the work to its limits instead of timing it.

mod cost;
mod parsed;
mod scan;
#[cfg(test)]
mod tests;
mod valid;
mod weigh;

use async_graphql::ServerError;
use async_graphql::parser::types::{ExecutableDocument, OperationType};

use super::limits::Limits;

pub use cost::hold_cost;
pub use scan::{Scanned, scan};
pub(crate) use valid::{found_valid, is_valid};
pub use weigh::weigh;

/// A document that passed, with what it weighs (文档重量).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// What the scanner saw.
    pub scanned: Scanned,
    /// Work: selections looked at, each once.
    pub nodes_visited: u64,
    /// Work: fragments given a weight.
    pub memo_entries: u64,
    /// Selections once fragments are expanded.
    pub nodes: u64,
    /// Field depth once fragments are expanded.
    pub depth: u64,
    /// Aliases once fragments are expanded.
    pub aliases: u64,
    /// Directives once fragments are expanded.
    pub directives: u64,
    /// What the chosen operation is; `None` when the operation name chooses none.
    pub kind: Option<Kind>,
    /// Names of the chosen operation's root fields, each once, in alphabetical order.
    pub root_fields: Vec<String>,
    /// Whether some operation asks for `__schema` or `__type`.
    pub introspects: bool,
    /// Whether two selections may become one field.
    pub merges: bool,
}

/// The kind of an operation (操作类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Listens.
    Subscription,
}

impl From<OperationType> for Kind {
    fn from(ty: OperationType) -> Self {
        match ty {
            OperationType::Query => Self::Query,
            OperationType::Mutation => Self::Mutation,
            OperationType::Subscription => Self::Subscription,
        }
    }
}

/// Which limit a document is over (超限项目).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Bytes of the text.
    QueryBytes,
    /// Opening brackets.
    Openers,
    /// Nesting of brackets.
    Nesting,
    /// Operations.
    Operations,
    /// Fragments.
    Fragments,
    /// Field depth.
    Depth,
    /// Nested selections of any sort.
    Hops,
    /// Expanded selections.
    Nodes,
    /// Aliases.
    Aliases,
    /// Directives.
    Directives,
    /// Root fields of a mutation.
    MutationFields,
    /// Root fields of a subscription.
    SubscriptionFields,
    /// Elements of a list.
    ListItems,
    /// What it may bring back.
    Cost,
}

impl Measure {
    /// The name in answers and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::QueryBytes => "queryBytes",
            Self::Openers => "openers",
            Self::Nesting => "nesting",
            Self::Operations => "operations",
            Self::Fragments => "fragments",
            Self::Depth => "depth",
            Self::Hops => "selectionNesting",
            Self::Nodes => "nodes",
            Self::Aliases => "aliases",
            Self::Directives => "directives",
            Self::MutationFields => "mutationFields",
            Self::SubscriptionFields => "subscriptionFields",
            Self::ListItems => "listItems",
            Self::Cost => "cost",
        }
    }
}

/// Why a document is refused (文档拒绝原因).
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// Over a limit.
    Over {
        /// Which.
        measure: Measure,
        /// How many are allowed.
        allowed: u64,
        /// How many there were when counting stopped; saturated at `u64::MAX`.
        found: u64,
    },
    /// A string that never ends; the parser would read on behind it.
    UnterminatedString,
    /// A fragment that spreads itself, directly or over others.
    Cycle(String),
    /// Asks for the schema without leave.
    Introspection,
    /// Not GraphQL.
    Syntax(ServerError),
}

/// Refuses when more was found than is allowed.
pub(crate) fn hold(measure: Measure, allowed: usize, found: u64) -> Result<(), Refused> {
    let allowed = allowed as u64;
    if found > allowed { Err(Refused::Over { measure, allowed, found }) } else { Ok(()) }
}

/// Scans, parses once and weighs. `stands_alone` names the mutations that allow no other root
/// field beside them; `may_introspect` lets a document ask
/// for the schema.
///
/// # Errors
/// [`Refused`], before the parser ran wherever that could matter.
pub fn examine(
    text: &str,
    operation_name: Option<&str>,
    limits: &Limits,
    stands_alone: impl Fn(&str) -> bool,
    may_introspect: bool,
) -> Result<(ExecutableDocument, Weighed), Refused> {
    let known = parsed::known(text);
    if let Some(again) = known.as_ref().and_then(|known| known.again(operation_name, limits, may_introspect)) {
        return Ok(again);
    }
    let scanned = scan(text, limits)?;
    let document = parsed::document(text).map_err(|error| Refused::Syntax(error.into()))?;
    let mut weighed = weigh(&document, operation_name, limits, stands_alone, may_introspect)?;
    weighed.scanned = scanned;
    if let Some(known) = known {
        known.keep(operation_name, limits, may_introspect, &weighed);
    }
    Ok((ExecutableDocument::clone(&document), weighed))
}
