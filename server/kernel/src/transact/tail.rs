//! The last statements of a transaction (收尾语句): audit entry, events, jobs, letters, the kept outcome.
//!
//! On SQLite they go together with the COMMIT, or each by itself. On PostgreSQL each would cost a journey to the server and
//! back while the rows of the change are locked, so they go as one: `WITH a AS (INSERT …), b AS (INSERT …) INSERT …`.

use sea_orm::sea_query::{
    Alias, Asterisk, CommonTableExpression, Expr, ExprTrait as _, Func, InsertStatement, Query, SelectStatement,
    UpdateStatement, WithClause, WithQuery,
};
use sea_orm::{DbBackend, DbErr, Statement};

use crate::store::{OpenTx, changed};

/// So many at once: PostgreSQL takes 65,535 values in one statement, and a piece has at most 8,500.
const TOGETHER: usize = 7;

/// Rows to be inserted together, none of which needs another to be there first; and rows that are changed before, if they can
/// be: when one of them cannot, all of it fails.
#[derive(Default)]
pub(super) struct Tail {
    claims: Vec<UpdateStatement>,
    rows: Vec<InsertStatement>,
}

impl Tail {
    pub(super) fn insert(&mut self, statement: InsertStatement) {
        self.rows.push(statement);
    }

    pub(super) fn claim(&mut self, statement: UpdateStatement) {
        self.claims.push(statement);
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

    /// What is sent: on PostgreSQL several as one.
    fn statements(self, backend: DbBackend) -> Vec<Statement> {
        if backend == DbBackend::Sqlite {
            let claims = self.claims.iter().flat_map(|claim| [backend.build(claim), changed()]);
            return claims.chain(self.rows.iter().map(|insert| backend.build(insert))).collect();
        }
        if !self.claims.is_empty() {
            return vec![backend.build(&claimed(self.claims, self.rows))];
        }
        let mut waiting = self.rows.into_iter();
        let pieces = std::iter::from_fn(|| {
            let mut some: Vec<InsertStatement> = waiting.by_ref().take(TOGETHER).collect();
            let last = some.pop()?;
            Some(if some.is_empty() { backend.build(&last) } else { backend.build(&together(some, last)) })
        });
        pieces.collect()
    }
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
