//! Statements of which the text is built once (固定语句): where many ask the same at one moment, building its text each time would
//! cost as much as asking.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, LazyLock, OnceLock};

use chrono::{DateTime, Days, NaiveDate};
use parking_lot::RwLock;
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
    values: Option<Vec<Place>>,
}

/// What is bound: always the same, or the given value of this number.
#[derive(Debug)]
enum Place {
    Same(Value),
    Given(usize),
}

impl Built {
    /// Of a statement that was built with these marks in place of what is given.
    fn with(marks: &[Value], Statement { sql, values, .. }: Statement) -> Self {
        let place = |value: Value| match marks.iter().position(|mark| value == *mark) {
            Some(n) => Place::Given(n),
            None => Place::Same(value),
        };
        Self { values: values.map(|bound| bound.0.into_iter().map(place).collect()), sql }
    }

    fn statement(&self, db_backend: DbBackend, mut given: impl FnMut(usize) -> Value) -> Statement {
        let bind = |place: &Place| match place {
            Place::Same(value) => value.clone(),
            Place::Given(n) => given(*n),
        };
        let values = self.values.as_ref().map(|places| Values(places.iter().map(bind).collect()));
        Statement { sql: self.sql.clone(), values, db_backend }
    }
}

/// Which of two places is the back end's.
fn own<T>(of: &[T; 2], backend: DbBackend) -> &T {
    let [sqlite, postgres] = of;
    if backend == DbBackend::Sqlite { sqlite } else { postgres }
}

/// A number that no id of ours has stands for each id while the text is built.
const MARK: u128 = u128::MAX << 8;

/// A value of the same type that nothing of ours has; none of a type for which none is known.
fn mark(n: usize, like: &Value) -> Option<Value> {
    let number = u32::try_from(n).ok()?;
    Some(match like {
        Value::Uuid(_) => Uuid::from_u128(MARK + u128::from(number)).into(),
        Value::String(_) => format!("\u{0}{n}").into(),
        Value::ChronoDate(_) => NaiveDate::MIN.checked_add_days(Days::new(number.into()))?.into(),
        Value::ChronoDateTimeUtc(_) => DateTime::from_timestamp(i64::from(number) - 100_000_000_000, 7)?.into(),
        _ => return None,
    })
}

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
        own(&self.built, backend).get_or_init(|| {
            let marks = std::array::from_fn(|n| Uuid::from_u128(MARK + n as u128));
            Built::with(&marks.map(Value::from), backend.build(&(self.build)(marks)))
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
        self.fixed.built(*backend).statement(*backend, |n| Value::from(self.ids.get(n).copied()))
    }
}

/// Statements of one kind, each text kept by what shapes it (留存语句): which columns, how many values of a list.
#[derive(Debug)]
pub struct Kept<K>([RwLock<HashMap<K, Arc<Built>>>; 2]);

/// What can shape a statement (语句形状).
pub trait Shape: Clone + Eq + Hash + Send + Sync {}

impl<K: Clone + Eq + Hash + Send + Sync> Shape for K {}

/// Callers choose the shapes, so not all are kept. Shapes per back end.
const MOST_KEPT: usize = 256;

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self([RwLock::default(), RwLock::default()])
    }
}

impl<K: Shape> Kept<K> {
    /// The statement of this shape that `build` builds for any values of the types of these: ids, texts, days and moments.
    pub const fn of<F: Fn(&[Value]) -> SelectStatement>(
        &self,
        shape: K,
        given: Vec<Value>,
        build: F,
    ) -> KeptFor<'_, K, F> {
        KeptFor { kept: self, shape, given, build }
    }
}

/// Statements that go together, their texts kept by what shapes them (成组语句).
#[derive(Debug)]
pub(crate) struct Group<K>([LazyLock<RwLock<HashMap<K, Texts>>>; 2]);

/// Texts of statements that go together.
#[derive(Clone, Debug)]
pub(crate) struct Texts(Arc<[Built]>);

/// Hands out values to be built with in place of what is given, each once.
#[derive(Debug, Default)]
pub(crate) struct Marks(Vec<Value>);

impl Marks {
    pub(crate) fn take(&mut self, number: usize) -> Vec<Value> {
        let fresh = self.0.len();
        self.0.extend((fresh..fresh + number).map(|n| Value::from(Uuid::from_u128(MARK + n as u128))));
        self.0.get(fresh..).unwrap_or_default().to_vec()
    }
}

impl<K: Shape> Group<K> {
    pub(crate) const fn new() -> Self {
        Self([LazyLock::new(RwLock::default), LazyLock::new(RwLock::default)])
    }

    /// The texts of this shape, as `build` builds them with marks for whatever is given.
    pub(crate) fn of(&self, backend: DbBackend, shape: &K, build: impl FnOnce(&mut Marks) -> Vec<Statement>) -> Texts {
        let texts = own(&self.0, backend);
        if let Some(known) = texts.read().get(shape) {
            return known.clone();
        }
        let mut marks = Marks::default();
        let statements = build(&mut marks);
        let built = Texts(statements.into_iter().map(|statement| Built::with(&marks.0, statement)).collect());
        let mut texts = texts.write();
        if texts.len() < MOST_KEPT {
            texts.insert(shape.clone(), built.clone());
        }
        built
    }
}

impl Texts {
    /// The statements with what is given, by its number in the order of the marks.
    pub(crate) fn statements(&self, backend: DbBackend, mut given: impl FnMut(usize) -> Value) -> Vec<Statement> {
        self.0.iter().map(|built| built.statement(backend, &mut given)).collect()
    }
}

/// A kept statement with its values.
#[derive(Debug)]
pub struct KeptFor<'a, K, F> {
    kept: &'a Kept<K>,
    shape: K,
    given: Vec<Value>,
    build: F,
}

impl<K: Shape, F: Fn(&[Value]) -> SelectStatement> KeptFor<'_, K, F> {
    fn built(&self, backend: DbBackend) -> Option<Arc<Built>> {
        let texts = own(&self.kept.0, backend);
        if let Some(built) = texts.read().get(&self.shape) {
            return Some(Arc::clone(built));
        }
        let marks: Vec<Value> = self.given.iter().enumerate().map(|(n, like)| mark(n, like)).collect::<Option<_>>()?;
        let built = Arc::new(Built::with(&marks, backend.build(&(self.build)(&marks))));
        let mut texts = texts.write();
        if texts.len() < MOST_KEPT {
            texts.insert(self.shape.clone(), Arc::clone(&built));
        }
        Some(built)
    }
}

impl<K: Shape, F: Fn(&[Value]) -> SelectStatement + Sync> StatementBuilder for KeptFor<'_, K, F> {
    fn build(&self, backend: &DbBackend) -> Statement {
        match self.built(*backend) {
            Some(built) => built.statement(*backend, |n| self.given.get(n).cloned().unwrap_or(Value::Bool(None))),
            None => backend.build(&(self.build)(&self.given)),
        }
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

    #[test]
    fn a_kept_statement_is_the_one_that_would_be_built_each_time() {
        let kept: Kept<(&str, usize)> = Kept::default();
        let at = |hour: i64| Value::from(DateTime::from_timestamp(hour * 3600, 0).unwrap());
        let day = |n| Value::from(NaiveDate::MIN.checked_add_days(Days::new(n)).unwrap());
        let whole: Value = 21_i64.into();
        for (column, given) in [
            ("a", vec![at(5), day(700_000), "x".into()]),
            ("a", vec![at(6), day(700_001), "y".into()]),
            ("b", vec![at(6), day(700_001), "y".into()]),
            ("a", vec![at(6), day(700_001), "y".into(), "same".into()]),
            // Of a type without marks: built each time.
            ("a", vec![at(6), day(700_001), whole.clone(), whole]),
        ] {
            let build = |values: &[Value]| {
                let [at, day, texts @ ..] = values else { panic!("two and more") };
                let either = Expr::col("at").gt(at.clone()).or(Expr::col("until").lt(at.clone()));
                let asked = Query::select().column(column).from("t").and_where(either).limit(21).to_owned();
                let asked = asked.clone().and_where(Expr::col("day").eq(day.clone())).to_owned();
                let named = Expr::col("name").is_in(texts.to_vec());
                asked.clone().and_where(named).and_where(Expr::col("kind").eq("same")).to_owned()
            };
            for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
                let expected = backend.build(&build(&given));
                for _ in 0..2 {
                    assert_eq!(kept.of((column, given.len()), given.clone(), build).build(&backend), expected);
                }
            }
        }
    }

    #[test]
    fn shapes_beyond_those_kept_are_built_all_the_same() {
        let kept: Kept<usize> = Kept::default();
        for n in 0..MOST_KEPT + 5 {
            let build = |values: &[Value]| {
                let id = values.first().cloned().unwrap();
                Query::select().column(format!("c{n}")).from("t").and_where(Expr::col("id").eq(id)).to_owned()
            };
            let id = Value::from(Uuid::from_u128(n as u128));
            let sql = kept.of(n, vec![id], build).build(&DbBackend::Sqlite).sql;
            assert_eq!(sql, format!("SELECT \"c{n}\" FROM \"t\" WHERE \"id\" = ?"));
        }
        assert_eq!(kept.0[0].read().len(), MOST_KEPT);
    }
}
