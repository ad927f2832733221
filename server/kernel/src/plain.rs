//! Objects that answer in one go (直接应答). A resolver is a future, boxed for every field; a page of the directory has three
//! hundred fields that wait for nothing. Where only such fields are asked of an object, [`Swift`] writes it at once, as the
//! text that it will be in the answer; where anything else is asked, the object's own resolvers do, and both say the same.

use std::borrow::Cow;

use async_graphql::connection::{CursorType as _, Edge, EmptyFields, PageInfo};
use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerError, ServerResult, Value, async_trait};
use serde::Serialize;

use crate::gql::{Page, RowCursor};

/// JSON while it is written (应答文本).
#[derive(Debug, Default)]
pub struct Json(Vec<u8>);

impl Json {
    /// Writes a text, a number or whatever else is no object.
    pub fn put<T: Serialize + ?Sized>(&mut self, value: &T) -> Option<()> {
        serde_json::to_writer(&mut self.0, value).ok()
    }

    fn raw(&mut self, text: &[u8]) {
        self.0.extend_from_slice(text);
    }
}

/// Of a request whose answer takes what is written as it is: a [`Value::Binary`] in it is JSON, word for word (原文照录). The
/// library knows how to make one value of two, but not of texts: no document that [`merges`] anywhere comes with this.
#[derive(Clone, Copy, Debug)]
pub struct TakesJson;

/// An object with fields that wait for nothing (即时字段).
pub trait Plain: OutputType {
    /// Writes the value of such a field; `None` for one that waits, fails, or takes arguments, and then nothing counts that
    /// was written.
    fn plain(&self, name: &str, field: &Field, out: &mut Json) -> Option<()>;
}

/// Writes an object of which only plain fields are asked.
pub fn object<T: Plain>(of: &T, asked: &SelectionSet, out: &mut Json) -> Option<()> {
    Frame::of(asked)?.object(T::type_name, out, |_, name, field, out| of.plain(name, field, out))
}

/// Writes a list of such objects.
pub fn list<T: Plain>(of: impl Iterator<Item = T>, asked: &SelectionSet, out: &mut Json) -> Option<()> {
    let frame = Frame::of(asked)?;
    each(of, out, |one, out| frame.object(T::type_name, out, |_, name, field, out| one.plain(name, field, out)))
}

fn each<T>(of: impl Iterator<Item = T>, out: &mut Json, write: impl Fn(T, &mut Json) -> Option<()>) -> Option<()> {
    out.raw(b"[");
    for (number, one) in of.enumerate() {
        if number > 0 {
            out.raw(b",");
        }
        write(one, out)?;
    }
    out.raw(b"]");
    Some(())
}

/// May two of these selections become one field: is there a fragment, or a key twice (字段合并)?
#[must_use]
pub fn merges(asked: &SelectionSet) -> bool {
    let mut keys = Vec::with_capacity(asked.items.len());
    for selection in &asked.items {
        let Selection::Field(field) = &selection.node else { return true };
        keys.push(field.node.response_key().node.as_str());
    }
    keys.sort_unstable();
    keys.windows(2).any(|pair| pair.first() == pair.last())
}

/// What is asked of objects, each field with what stands before its value (字段框架): read once for all of a page.
struct Frame<'a>(Vec<(Vec<u8>, &'a Field)>);

impl<'a> Frame<'a> {
    /// Nothing where something is asked that plain fields cannot say.
    fn of(asked: &'a SelectionSet) -> Option<Self> {
        if asked.items.is_empty() || merges(asked) {
            return None;
        }
        let mut fields = Vec::with_capacity(asked.items.len());
        for selection in &asked.items {
            let Selection::Field(Positioned { node: field, .. }) = &selection.node else { return None };
            if !field.arguments.is_empty() || !field.directives.is_empty() {
                return None;
            }
            let mut before = Json::default();
            before.raw(if fields.is_empty() { b"{" } else { b"," });
            before.put(field.response_key().node.as_str())?;
            before.raw(b":");
            fields.push((before.0, field));
        }
        Some(Self(fields))
    }

    /// Writes an object: `plain` each value, of the field of this number.
    fn object(
        &self,
        type_name: fn() -> Cow<'static, str>,
        out: &mut Json,
        plain: impl Fn(usize, &str, &Field, &mut Json) -> Option<()>,
    ) -> Option<()> {
        for (number, (before, field)) in self.0.iter().enumerate() {
            out.raw(before);
            match field.name.node.as_str() {
                "__typename" => out.put(&type_name())?,
                name => plain(number, name, field, out)?,
            }
        }
        out.raw(b"}");
        Some(())
    }
}

/// A page of such objects is one itself: its edges, its ends and its count.
impl<T: Plain> Plain for Page<Swift<T>> {
    fn plain(&self, name: &str, field: &Field, out: &mut Json) -> Option<()> {
        let asked = &field.selection_set.node;
        match name {
            "edges" => edges_of(&self.edges, asked, out),
            "pageInfo" => Frame::of(asked)?.object(PageInfo::type_name, out, |_, name, _, out| end_of(self, name, out)),
            "totalCount" => out.put(&self.additional_fields.total_count),
            _ => None,
        }
    }
}

/// An edge of a page.
type PageEdge<T> = Edge<RowCursor, Swift<T>, EmptyFields>;

fn edges_of<T: Plain>(edges: &[PageEdge<T>], asked: &SelectionSet, out: &mut Json) -> Option<()> {
    let frame = Frame::of(asked)?;
    let nodes: Vec<Option<Frame<'_>>> = frame.0.iter().map(|(_, field)| Frame::of(&field.selection_set.node)).collect();
    let node = |number: usize, of: &T, out: &mut Json| {
        let frame = nodes.get(number)?.as_ref()?;
        frame.object(T::type_name, out, |_, name, field, out| of.plain(name, field, out))
    };
    each(edges.iter(), out, |edge, out| {
        frame.object(<PageEdge<T> as OutputType>::type_name, out, |number, name, _, out| match name {
            "node" => node(number, &edge.node.0, out),
            "cursor" => out.put(&edge.cursor.encode_cursor()),
            _ => None,
        })
    })
}

/// What a page says of where it begins and ends; a cursor is sealed for those who ask.
fn end_of<T: Plain>(page: &Page<Swift<T>>, name: &str, out: &mut Json) -> Option<()> {
    let sealed = |edge: Option<&PageEdge<T>>| edge.map(|edge| edge.cursor.encode_cursor());
    match name {
        "hasNextPage" => out.put(&page.has_next_page),
        "hasPreviousPage" => out.put(&page.has_previous_page),
        "startCursor" => out.put(&sealed(page.edges.first())),
        "endCursor" => out.put(&sealed(page.edges.last())),
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
        let mut out = Json(Vec::with_capacity(1024));
        match object(&self.0, &ctx.item.node, &mut out) {
            Some(()) if ctx.data_opt::<TakesJson>().is_some() => Ok(Value::Binary(out.0.into())),
            Some(()) => serde_json::from_slice(&out.0).map_err(|e| ServerError::new(e.to_string(), Some(field.pos))),
            None => self.0.resolve(ctx, field).await,
        }
    }
}
