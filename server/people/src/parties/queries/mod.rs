//! What is read of hiring parties (查询): pages, each with its row scope, and one statement for what hangs on them.

pub mod parties;
pub mod rechecks;
pub mod requests;
pub mod reviews;
pub mod visits;

use kernel::gql::Paging;
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::queries::escape;

/// The parts of a cursor: a text, and the id that tells equals apart.
fn after(paging: &Paging) -> Option<(String, Uuid)> {
    match paging.after.as_deref() {
        Some([text, id]) => Some((text.clone(), id.parse().ok()?)),
        _ => None,
    }
}

/// The one part of a cursor that is an id.
fn after_id(paging: &Paging) -> Option<Uuid> {
    paging.after.as_deref().and_then(|parts| parts.first()).and_then(|id| id.parse().ok())
}

/// The text stands in this column.
fn holds(column: impl ColumnTrait, part: &str) -> Expr {
    let like = LikeExpr::new(format!("%{}%", escape(part.trim()))).escape('\\');
    column.like(like)
}

/// Rows that come after `(value, id)`, in ascending order of both.
fn beyond<C: ColumnTrait, V: Into<sea_orm::Value>>(column: C, of: C, value: V, id: Uuid) -> Condition {
    let value = value.into();
    let same = Condition::all().add(column.eq(value.clone())).add(of.gt(id));
    Condition::any().add(column.gt(value)).add(same)
}

/// Rows that come after `(value, id)`, in descending order of both.
fn before<C: ColumnTrait, V: Into<sea_orm::Value>>(column: C, of: C, value: V, id: Uuid) -> Condition {
    let value = value.into();
    let same = Condition::all().add(column.eq(value.clone())).add(of.lt(id));
    Condition::any().add(column.lt(value)).add(same)
}

/// A count, as answers have it.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
