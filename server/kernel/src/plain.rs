//! Objects that answer in one go (直接应答). A resolver is a future, boxed for every field; a page of the directory has three
//! hundred fields that wait for nothing. Where only such fields are asked of an object, [`Swift`] makes its value at
//! once; where anything else is asked, the object's own resolvers do, and both say the same.

use std::borrow::Cow;

use async_graphql::connection::{CursorType as _, Edge, EmptyFields, PageInfo};
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value, async_trait};

use crate::gql::{Page, RowCursor};

/// An object with fields that wait for nothing (即时字段).
pub trait Plain: OutputType {
    /// The value of such a field; `None` for one that waits, fails, or takes arguments.
    fn plain(&self, name: &str, field: &Field) -> Option<Value>;
}

/// The value of an object of which only plain fields are asked.
pub fn object<T: Plain>(of: &T, asked: &SelectionSet) -> Option<Value> {
    Frame::of(asked)?.object(T::type_name, |_, name, field| of.plain(name, field))
}

/// What is asked of objects, as an object without values (字段框架): read once for all of a page.
struct Frame<'a> {
    empty: IndexMap<Name, Value>,
    asked: Vec<&'a Field>,
}

impl<'a> Frame<'a> {
    /// Nothing where something is asked that plain fields cannot say.
    fn of(asked: &'a SelectionSet) -> Option<Self> {
        let mut frame = Self { empty: IndexMap::with_capacity(asked.items.len()), asked: Vec::new() };
        for selection in &asked.items {
            let Selection::Field(Positioned { node: field, .. }) = &selection.node else { return None };
            if !field.arguments.is_empty() || !field.directives.is_empty() {
                return None;
            }
            // A key that is asked for twice is merged, which the resolvers know how to do.
            if frame.empty.insert(field.response_key().node.clone(), Value::Null).is_some() {
                return None;
            }
            frame.asked.push(field);
        }
        Some(frame)
    }

    /// An object with values: `plain` gives each, of the field of this number.
    fn object(
        &self,
        type_name: fn() -> Cow<'static, str>,
        plain: impl Fn(usize, &str, &Field) -> Option<Value>,
    ) -> Option<Value> {
        let mut values = self.empty.clone();
        for (number, (field, value)) in self.asked.iter().zip(values.values_mut()).enumerate() {
            *value = match field.name.node.as_str() {
                "__typename" => Value::String(type_name().into_owned()),
                name => plain(number, name, field)?,
            };
        }
        Some(Value::Object(values))
    }
}

/// The values of such objects.
pub fn list<T: Plain>(of: impl Iterator<Item = T>, asked: &SelectionSet) -> Option<Value> {
    let frame = Frame::of(asked)?;
    let object = |one: T| frame.object(T::type_name, |_, name, field| one.plain(name, field));
    of.map(object).collect::<Option<Vec<_>>>().map(Value::List)
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
            "edges" => edges_of(&self.edges, asked),
            "pageInfo" => Frame::of(asked)?.object(PageInfo::type_name, |_, name, _| end_of(self, name)),
            "totalCount" => Some(self.additional_fields.total_count.map_or(Value::Null, Value::from)),
            _ => None,
        }
    }
}

/// An edge of a page.
type PageEdge<T> = Edge<RowCursor, Swift<T>, EmptyFields>;

fn edges_of<T: Plain>(edges: &[PageEdge<T>], asked: &SelectionSet) -> Option<Value> {
    let frame = Frame::of(asked)?;
    let nodes: Vec<Option<Frame<'_>>> = frame.asked.iter().map(|field| Frame::of(&field.selection_set.node)).collect();
    let node = |number: usize, of: &T| {
        nodes.get(number)?.as_ref()?.object(T::type_name, |_, name, field| of.plain(name, field))
    };
    let edge = |edge: &PageEdge<T>| {
        frame.object(<PageEdge<T> as OutputType>::type_name, |number, name, _| match name {
            "node" => node(number, &edge.node.0),
            "cursor" => Some(Value::String(edge.cursor.encode_cursor())),
            _ => None,
        })
    };
    edges.iter().map(edge).collect::<Option<_>>().map(Value::List)
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
