//! Documents that were parsed before (解析缓存): a front end sends the same few texts again and again.
//!
//! What is kept is bounded by the length of the texts: whoever sends ever new ones pushes out others' and gains nothing.
//! Only what the scanner has passed comes here, and what came through all gates does so again only where it is held to the same.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, OnceLock};

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::parser::{Error, parse_query};
use moka::sync::Cache;

use super::super::limits::Limits;
use super::Weighed;

/// Bytes of text kept in all; a document takes some twenty times its text.
const KEPT: u64 = 256 * 1024;
/// A longer text is parsed each time.
const LONGEST: usize = 8 * 1024;

/// A document that was parsed before.
#[derive(Debug)]
pub(super) struct Known {
    document: Arc<ExecutableDocument>,
    /// The validator found nothing in it.
    pub(super) valid: AtomicBool,
    passed: OnceLock<Passed>,
}

/// How a query came through the gates (通过记录): the same text comes through again where it is held to the same.
#[derive(Debug)]
struct Passed {
    limits: Limits,
    operation_name: Option<String>,
    may_introspect: bool,
    weighed: Weighed,
}

impl Known {
    /// The document and what it weighs, if it came through before, held to the same.
    pub(super) fn again(
        &self,
        operation_name: Option<&str>,
        limits: &Limits,
        may_introspect: bool,
    ) -> Option<(ExecutableDocument, Weighed)> {
        let passed = self.passed.get()?;
        let same = passed.may_introspect == may_introspect
            && passed.operation_name.as_deref() == operation_name
            && passed.limits == *limits;
        same.then(|| (ExecutableDocument::clone(&self.document), passed.weighed.clone()))
    }

    /// Keeps how it came through; only a query by itself, for what a mutation may be beside depends on more.
    pub(super) fn keep(&self, operation_name: Option<&str>, limits: &Limits, may_introspect: bool, weighed: &Weighed) {
        let mut operations = self.document.operations.iter();
        if let (Some((_, operation)), None) = (operations.next(), operations.next())
            && operation.node.ty == OperationType::Query
        {
            self.passed.get_or_init(|| Passed {
                limits: limits.clone(),
                operation_name: operation_name.map(str::to_owned),
                may_introspect,
                weighed: weighed.clone(),
            });
        }
    }
}

static DOCUMENTS: LazyLock<Cache<String, Arc<Known>>> = LazyLock::new(|| {
    let weight = |text: &String, _: &Arc<Known>| u32::try_from(text.len()).unwrap_or(u32::MAX);
    Cache::builder().max_capacity(KEPT).weigher(weight).build()
});

/// The document of a text.
pub(super) fn document(text: &str) -> Result<Arc<ExecutableDocument>, Error> {
    if text.len() > LONGEST {
        return parse_query(text).map(Arc::new);
    }
    if let Some(known) = known(text) {
        return Ok(Arc::clone(&known.document));
    }
    let document = Arc::new(parse_query(text)?);
    let known = Known { document: Arc::clone(&document), valid: AtomicBool::new(false), passed: OnceLock::new() };
    DOCUMENTS.insert(text.to_owned(), Arc::new(known));
    Ok(document)
}

/// What is known of a text.
pub(super) fn known(text: &str) -> Option<Arc<Known>> {
    DOCUMENTS.get(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parsed_once_and_a_wrong_one_stays_wrong() {
        let first = document("{ parsedOnce }").unwrap();
        assert!(Arc::ptr_eq(&first, &document("{ parsedOnce }").unwrap()));
        assert!(document("{ never closed").is_err());
        assert!(document("{ never closed").is_err());
    }
}
