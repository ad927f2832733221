//! The last statements of a transaction (收尾语句): audit entry, events, jobs, letters, the kept outcome.
//!
//! On SQLite they go together with the COMMIT, or each by itself. On PostgreSQL each would cost a journey to the server and
//! back while the rows of the change are locked, so they go as one: `WITH a AS (INSERT …), b AS (INSERT …) INSERT …`.

use sea_orm::sea_query::{
    Alias, Asterisk, CommonTableExpression, Expr, ExprTrait as _, Func, InsertStatement, Query, SelectStatement,
    UpdateStatement, WithClause, WithQuery,
};
use sea_orm::{ActiveModelTrait, DbBackend, DbErr, Statement, Value};

use super::part::{Claim, Row, Shape};
use crate::store::{Group, Marks, OpenTx, changed};

/// So many at once: PostgreSQL takes 65,535 values in one statement, and a piece has at most 8,500.
const TOGETHER: usize = 7;

/// Texts of what is not done for the first time.
static TEXTS: Group<(usize, Vec<Shape>)> = Group::new();

/// Rows to be inserted together, none of which needs another to be there first; and rows that are changed before, if they can
/// be: when one of them cannot, all of it fails.
#[derive(Default)]
pub(super) struct Tail {
    claims: Vec<Claim>,
    rows: Vec<Rows>,
}

enum Rows {
    One(Row),
    Many(InsertStatement),
}

impl Tail {
    pub(super) fn put<A: ActiveModelTrait>(&mut self, row: A) {
        self.rows.push(Rows::One(Row::of(row)));
    }

    pub(super) fn insert(&mut self, statement: InsertStatement) {
        self.rows.push(Rows::Many(statement));
    }

    pub(super) fn claim(&mut self, claim: Claim) {
        self.claims.push(claim);
    }

    /// Runs them and commits. SQLite takes all of it at once: a statement less is a way to the connection's thread and
    /// back less. On PostgreSQL the last one commits by itself if nothing was written before.
    pub(super) async fn run_and_commit(self, open: &OpenTx) -> Result<(), DbErr> {
        open.commit_after(self.statements(open.backend())).await
    }

    pub(super) async fn run(self, open: &OpenTx) -> Result<(), DbErr> {
        for statement in self.statements(open.backend()) {
            open.run(statement).await?;
        }
        Ok(())
    }

    /// What is sent.
    fn statements(self, backend: DbBackend) -> Vec<Statement> {
        let Some(shape) = self.shape() else { return sent(self.plain(), backend) };
        let texts = TEXTS.of(backend, &(self.claims.len(), shape), |marks| sent(self.with(marks), backend));
        let mut given: Vec<Value> = self.claims.iter().flat_map(Claim::given).cloned().collect();
        let claimed = given.len();
        given.extend(self.rows.into_iter().flat_map(Rows::into_given));
        // A claim may bind a value more than once, a row does not.
        let value = |n: usize| match given.get_mut(n) {
            Some(value) if n < claimed => value.clone(),
            Some(value) => std::mem::replace(value, Value::Bool(None)),
            None => Value::Bool(None),
        };
        texts.statements(backend, value)
    }

    /// What it looks like but for its values; nothing where it is of many rows, seldom of as many again.
    fn shape(&self) -> Option<Vec<Shape>> {
        let rows = self.rows.iter().map(|rows| match rows {
            Rows::One(row) => Some(row.shape()),
            Rows::Many(_) => None,
        });
        self.claims.iter().map(|claim| Some(claim.shape())).chain(rows).collect()
    }

    fn plain(self) -> Parts {
        let claims = self.claims.iter().map(|claim| claim.with(claim.given())).collect();
        let row = |rows| match rows {
            Rows::One(row) => row.with(row.given()),
            Rows::Many(statement) => statement,
        };
        (claims, self.rows.into_iter().map(row).collect())
    }

    /// With marks in place of its values.
    fn with(&self, marks: &mut Marks) -> Parts {
        let claims = self.claims.iter().map(|claim| claim.with(&marks.take(claim.given().len()))).collect();
        let rows = self.rows.iter().map(|rows| match rows {
            Rows::One(row) => row.with(&marks.take(row.given().len())),
            Rows::Many(statement) => statement.clone(),
        });
        (claims, rows.collect())
    }
}

impl Rows {
    fn into_given(self) -> Vec<Value> {
        match self {
            Self::One(row) => row.into_given(),
            Self::Many(_) => Vec::new(),
        }
    }
}

type Parts = (Vec<UpdateStatement>, Vec<InsertStatement>);

/// On PostgreSQL several as one.
fn sent((claims, rows): Parts, backend: DbBackend) -> Vec<Statement> {
    if backend == DbBackend::Sqlite {
        let claims = claims.iter().flat_map(|claim| [backend.build(claim), changed()]);
        return claims.chain(rows.iter().map(|insert| backend.build(insert))).collect();
    }
    if !claims.is_empty() {
        return vec![backend.build(&claimed(claims, rows))];
    }
    let mut waiting = rows.into_iter();
    let pieces = std::iter::from_fn(|| {
        let mut some: Vec<InsertStatement> = waiting.by_ref().take(TOGETHER).collect();
        let last = some.pop()?;
        Some(if some.is_empty() { backend.build(&last) } else { backend.build(&together(some, last)) })
    });
    pieces.collect()
}

/// All of it as one statement, in which each claim waits for the one before, as rows are held elsewhere: one after the other. It
/// divides by how many rows the last one changed.
fn claimed(claims: Vec<UpdateStatement>, rows: Vec<InsertStatement>) -> WithQuery {
    let mut with = WithClause::new();
    let name = |number: usize| Alias::new(format!("claim{number}"));
    let last = claims.len().saturating_sub(1);
    for (number, mut claim) in claims.into_iter().enumerate() {
        if let Some(before) = number.checked_sub(1) {
            claim.and_where(Expr::exists(Query::select().expr(Expr::val(1)).from(name(before)).to_owned()));
        }
        claim.returning(Query::returning().expr(Expr::val(1)));
        with.cte(CommonTableExpression::new().table_name(name(number)).query(claim).to_owned());
    }
    for (number, row) in rows.into_iter().enumerate() {
        with.cte(CommonTableExpression::new().table_name(format!("part{number}")).query(row).to_owned());
    }
    let changed: SelectStatement = Query::select().expr(Func::count(Expr::col(Asterisk))).from(name(last)).to_owned();
    with.query(Query::select().expr(Expr::val(1_i64).div(changed)).to_owned())
}

/// Several statements as one.
fn together(first: Vec<InsertStatement>, last: InsertStatement) -> WithQuery {
    let mut with = WithClause::new();
    for (number, statement) in first.into_iter().enumerate() {
        let mut part = CommonTableExpression::new();
        part.table_name(format!("part{number}")).query(statement);
        with.cte(part);
    }
    with.query(last)
}

#[cfg(test)]
mod tests {
    use entities::setting;
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _, Set};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn named(name: &str) -> Claim {
        Claim::new([name.into(), 2.into()], |[name, least]| {
            let there = setting::Entity::find().select_only().column(setting::Column::Name);
            let there = there.filter(setting::Column::Name.eq(name.clone())).into_query();
            let change = Query::update().table(setting::Entity).value(setting::Column::Value, json!(2)).to_owned();
            let named = change.clone().and_where(setting::Column::Name.eq(name)).to_owned();
            named.clone().and_where(Expr::val(least).gt(1)).and_where(Expr::exists(there)).to_owned()
        })
    }

    fn tail(name: &str, claims: usize, by: Option<Uuid>) -> Tail {
        let mut tail = Tail::default();
        (0..claims).for_each(|n| tail.claim(named(&format!("{name}{n}"))));
        for n in 0..9 {
            let changed_by = if n == 3 { sea_orm::NotSet } else { Set(by) };
            let (name, value) = (Set(format!("{name}:{n}")), Set(json!({ "n": n })));
            tail.put(setting::ActiveModel { name, value, changed_at: Set(chrono::DateTime::UNIX_EPOCH), changed_by });
        }
        tail
    }

    #[test]
    fn kept_texts_with_their_values_are_what_would_be_built_each_time() {
        for backend in [DbBackend::Sqlite, DbBackend::Postgres] {
            for (name, claims) in [("a", 0), ("b", 2), ("c", 0), ("d", 2), ("e", 1)] {
                for by in [None, Some(Uuid::from_u128(7))] {
                    let expected = sent(tail(name, claims, by).plain(), backend);
                    assert_eq!(tail(name, claims, by).statements(backend), expected, "{name}");
                }
            }
        }
    }
}
