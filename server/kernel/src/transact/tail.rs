//! The last statements of a transaction (收尾语句): audit entry, events, jobs, letters, the kept outcome.
//!
//! On SQLite they go together with the COMMIT, or each by itself. On PostgreSQL each would cost a journey to the server and
//! back while the rows of the change are locked, so they go as one: `WITH a AS (INSERT …), b AS (INSERT …) UPDATE …`.

use sea_orm::sea_query::{
    CommonTableExpression, InsertStatement, SubQueryStatement, UpdateStatement, WithClause, WithQuery,
};
use sea_orm::{DbBackend, DbErr};

use crate::fault::Fault;
use crate::store::OpenTx;

/// So many at once: PostgreSQL takes 65,535 values in one statement, and a piece has at most 8,500.
const TOGETHER: usize = 6;

/// Statements to be run together, none of which looks at what another wrote.
#[derive(Default)]
pub(super) struct Tail(Vec<SubQueryStatement>);

impl Tail {
    pub(super) fn insert(&mut self, statement: InsertStatement) {
        self.0.push(SubQueryStatement::InsertStatement(statement));
    }

    pub(super) fn update(&mut self, statement: UpdateStatement) {
        self.0.push(SubQueryStatement::UpdateStatement(statement));
    }

    /// Runs them and commits. SQLite takes all of it at once: a statement less is a way to the connection's thread and
    /// back less.
    pub(super) async fn run_and_commit(self, open: &OpenTx) -> Result<(), Fault> {
        if open.backend() == DbBackend::Sqlite {
            let built = self.0.iter().filter_map(|statement| match statement {
                SubQueryStatement::InsertStatement(insert) => Some(open.backend().build(insert)),
                SubQueryStatement::UpdateStatement(update) => Some(open.backend().build(update)),
                _ => None,
            });
            return Ok(open.commit_after(built.collect()).await?);
        }
        self.run(open).await?;
        open.commit().await
    }

    pub(super) async fn run(self, open: &OpenTx) -> Result<(), DbErr> {
        let mut waiting = self.0.into_iter().peekable();
        let at_once = if open.backend() == DbBackend::Postgres { TOGETHER } else { 1 };
        while waiting.peek().is_some() {
            let mut some: Vec<SubQueryStatement> = waiting.by_ref().take(at_once).collect();
            match some.pop() {
                Some(SubQueryStatement::InsertStatement(alone)) if some.is_empty() => open.execute(&alone).await?,
                Some(SubQueryStatement::UpdateStatement(alone)) if some.is_empty() => open.execute(&alone).await?,
                Some(last) => open.execute(&together(some, last)).await?,
                None => continue,
            };
        }
        Ok(())
    }
}

/// Several statements as one.
fn together(first: Vec<SubQueryStatement>, last: SubQueryStatement) -> WithQuery {
    let mut with = WithClause::new();
    for (number, statement) in first.into_iter().enumerate() {
        let mut part = CommonTableExpression::new();
        part.table_name(format!("part{number}")).query(statement);
        with.cte(part);
    }
    with.query(last)
}
