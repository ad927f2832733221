//! Statements of which the text is built once (固定语句): where many ask the same at one moment, building its text each time would
//! cost as much as asking.

use std::sync::OnceLock;

use sea_orm::sea_query::SelectStatement;
use sea_orm::{DbBackend, Statement, StatementBuilder, Value, Values};
use uuid::Uuid;

/// A statement that differs from time to time by `N` ids alone.
#[derive(Debug)]
pub struct Fixed<const N: usize> {
    build: fn([Uuid; N]) -> SelectStatement,
    /// As SQLite and as PostgreSQL read it.
    built: [OnceLock<Built>; 2],
}

#[derive(Debug)]
struct Built {
    sql: String,
    values: Vec<Place>,
}

/// What is bound: always the same, or the id of this number.
#[derive(Debug)]
enum Place {
    Same(Value),
    Id(usize),
}

/// A number that no id of ours has stands for each id while the text is built.
const MARK: u128 = u128::MAX << 8;

impl<const N: usize> Fixed<N> {
    /// The statement that `build` builds for any ids.
    #[must_use]
    pub const fn new(build: fn([Uuid; N]) -> SelectStatement) -> Self {
        Self { build, built: [OnceLock::new(), OnceLock::new()] }
    }

    /// The statement for these ids.
    #[must_use]
    pub const fn of(&self, ids: [Uuid; N]) -> FixedFor<'_, N> {
        FixedFor { fixed: self, ids }
    }

    fn built(&self, backend: DbBackend) -> &Built {
        let [sqlite, postgres] = &self.built;
        let place = if backend == DbBackend::Sqlite { sqlite } else { postgres };
        place.get_or_init(|| {
            let marks = std::array::from_fn(|n| Uuid::from_u128(MARK + n as u128));
            let Statement { sql, values, .. } = backend.build(&(self.build)(marks));
            let bound = values.map(|values| values.0).unwrap_or_default();
            let values =
                bound.into_iter().map(|value| match marks.iter().position(|mark| value == Value::from(*mark)) {
                    Some(n) => Place::Id(n),
                    None => Place::Same(value),
                });
            Built { values: values.collect(), sql }
        })
    }
}

/// A fixed statement with its ids.
#[derive(Clone, Copy, Debug)]
pub struct FixedFor<'a, const N: usize> {
    fixed: &'a Fixed<N>,
    ids: [Uuid; N],
}

impl<const N: usize> StatementBuilder for FixedFor<'_, N> {
    fn build(&self, backend: &DbBackend) -> Statement {
        let built = self.fixed.built(*backend);
        let values = built.values.iter().map(|place| match place {
            Place::Same(value) => value.clone(),
            Place::Id(n) => Value::from(self.ids.get(*n).copied()),
        });
        Statement { sql: built.sql.clone(), values: Some(Values(values.collect())), db_backend: *backend }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait as _, Query};

    use super::*;

    static ASKED: Fixed<2> = Fixed::new(|[a, b]| {
        let (from, limit) = (Expr::col("x").eq("same"), 1);
        let asked = Query::select().column("id").from("t").and_where(from).and_where(Expr::col("b").eq(b)).to_owned();
        asked.clone().and_where(Expr::col("a").eq(a)).and_where(Expr::col("again").eq(b)).limit(limit).to_owned()
    });

    #[test]
    fn a_fixed_statement_is_the_one_that_would_be_built_each_time() {
        for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
            for ids in [[Uuid::from_u128(7), Uuid::from_u128(8)], [Uuid::from_u128(9), Uuid::from_u128(9)]] {
                assert_eq!(ASKED.of(ids).build(&backend), backend.build(&(ASKED.build)(ids)));
            }
        }
    }
}
