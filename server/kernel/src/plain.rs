//! Objects that answer in one go (直接应答). A resolver is a future, boxed for every field; a page of the directory has three
//! hundred fields that wait for nothing. Where only such fields are asked of an object, [`Swift`] makes its value at
//! once; where anything else is asked, the object's own resolvers do, and both say the same.

use std::borrow::Cow;

use async_graphql::connection::{CursorType as _, Edge, EmptyFields, PageInfo};
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value, async_trait};

use crate::gql::{Page, RowCursor};

/// An object with fields that wait for nothing (即时字段).
pub trait Plain: OutputType {
    /// The value of such a field; `None` for one that waits, fails, or takes arguments.
    fn plain(&self, name: &str, field: &Field) -> Option<Value>;
}

/// The value of an object of which only plain fields are asked.
pub fn object<T: Plain>(of: &T, asked: &SelectionSet) -> Option<Value> {
    fields(T::type_name, asked, |name, field| of.plain(name, field))
}

/// The same of an object that is no type of ours.
fn fields(
    type_name: fn() -> Cow<'static, str>,
    asked: &SelectionSet,
    plain: impl Fn(&str, &Field) -> Option<Value>,
) -> Option<Value> {
    let mut values = IndexMap::with_capacity(asked.items.len());
    for selection in &asked.items {
        let Selection::Field(Positioned { node: field, .. }) = &selection.node else { return None };
        if !field.arguments.is_empty() || !field.directives.is_empty() {
            return None;
        }
        let value = match field.name.node.as_str() {
            "__typename" => Value::String(type_name().into_owned()),
            name => plain(name, field)?,
        };
        // A key that is asked for twice is merged, which the resolvers know how to do.
        if values.insert(field.response_key().node.clone(), value).is_some() {
            return None;
        }
    }
    Some(Value::Object(values))
}

/// The values of such objects.
pub fn list<T: Plain>(of: impl Iterator<Item = T>, asked: &SelectionSet) -> Option<Value> {
    of.map(|one| object(&one, asked)).collect::<Option<Vec<_>>>().map(Value::List)
}

/// A text.
#[must_use]
pub fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A page of such objects is one itself: its edges, its ends and its count.
impl<T: Plain> Plain for Page<Swift<T>> {
    fn plain(&self, name: &str, field: &Field) -> Option<Value> {
        let asked = &field.selection_set.node;
        match name {
            "edges" => self.edges.iter().map(|edge| edge_of(edge, asked)).collect::<Option<_>>().map(Value::List),
            "pageInfo" => fields(PageInfo::type_name, asked, |name, _| end_of(self, name)),
            "totalCount" => Some(self.additional_fields.total_count.map_or(Value::Null, Value::from)),
            _ => None,
        }
    }
}

/// An edge of a page.
type PageEdge<T> = Edge<RowCursor, Swift<T>, EmptyFields>;

fn edge_of<T: Plain>(edge: &PageEdge<T>, asked: &SelectionSet) -> Option<Value> {
    fields(<PageEdge<T> as OutputType>::type_name, asked, |name, field| match name {
        "node" => object(&edge.node.0, &field.selection_set.node),
        "cursor" => Some(Value::String(edge.cursor.encode_cursor())),
        _ => None,
    })
}

/// What a page says of where it begins and ends; a cursor is sealed for those who ask.
fn end_of<T: Plain>(page: &Page<Swift<T>>, name: &str) -> Option<Value> {
    let sealed = |edge: Option<&PageEdge<T>>| match edge {
        Some(edge) => Value::String(edge.cursor.encode_cursor()),
        None => Value::Null,
    };
    match name {
        "hasNextPage" => Some(Value::Boolean(page.has_next_page)),
        "hasPreviousPage" => Some(Value::Boolean(page.has_previous_page)),
        "startCursor" => Some(sealed(page.edges.first())),
        "endCursor" => Some(sealed(page.edges.last())),
        _ => None,
    }
}

/// An object that answers in one go where it can.
#[derive(Clone, Debug)]
pub struct Swift<T>(pub T);

#[async_trait::async_trait]
impl<T: Plain> OutputType for Swift<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match object(&self.0, &ctx.item.node) {
            Some(value) => Ok(value),
            None => self.0.resolve(ctx, field).await,
        }
    }
}
