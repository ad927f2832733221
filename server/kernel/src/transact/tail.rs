//! The last statements of a transaction (收尾语句): audit entry, events, jobs, letters, the kept outcome.
//!
//! On SQLite they go together with the COMMIT, or each by itself. On PostgreSQL each would cost a journey to the server and
//! back while the rows of the change are locked, so they go as one: `WITH a AS (INSERT …), b AS (INSERT …) INSERT …`.

use sea_orm::sea_query::{CommonTableExpression, InsertStatement, WithClause, WithQuery};
use sea_orm::{DbBackend, DbErr, Statement};

use crate::store::OpenTx;

/// So many at once: PostgreSQL takes 65,535 values in one statement, and a piece has at most 8,500.
const TOGETHER: usize = 7;

/// Rows to be inserted together, none of which needs another to be there first.
#[derive(Default)]
pub(super) struct Tail(Vec<InsertStatement>);

impl Tail {
    pub(super) fn insert(&mut self, statement: InsertStatement) {
        self.0.push(statement);
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
            return self.0.iter().map(|insert| backend.build(insert)).collect();
        }
        let mut waiting = self.0.into_iter();
        let pieces = std::iter::from_fn(|| {
            let mut some: Vec<InsertStatement> = waiting.by_ref().take(TOGETHER).collect();
            let last = some.pop()?;
            Some(if some.is_empty() { backend.build(&last) } else { backend.build(&together(some, last)) })
        });
        pieces.collect()
    }
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
