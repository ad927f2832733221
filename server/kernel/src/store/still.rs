//! Reads of one moment (一致读取): what several statements say is what was committed when the first of them began.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, StatementBuilder};
use tokio::sync::Mutex;

use super::Db;
use super::handle::{ReadGate, refuse_raw, refuse_write};
use super::pool::Lent;
use crate::fault::Fault;

/// Reads of one tenant as it stood at one moment (一致读取): for a form that is printed, frozen or handed in, whose lines
/// are put together from several tables. It holds a connection until it is dropped or ended.
#[derive(Debug)]
pub struct ReadSnapshot {
    db: Arc<Db>,
    lent: Mutex<Lent>,
    gate: ReadGate,
}

impl ReadSnapshot {
    pub(crate) async fn begin(db: Arc<Db>, gate: ReadGate) -> Result<Self, Fault> {
        const BEGIN: &str = "begin to read as of one moment";
        gate.check()?;
        let mut lent = db.read.lend().await.map_err(Fault::of(BEGIN))?;
        lent.begin_to_read().await.map_err(Fault::of(BEGIN))?;
        Ok(Self { db, lent: Mutex::new(lent), gate })
    }

    /// Ends it, so that its connection serves the next; one that is only dropped closes its connection.
    pub async fn end(self) -> Result<(), Fault> {
        self.lent.into_inner().end("COMMIT").await.map_err(Fault::of("end reading as of one moment"))
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for ReadSnapshot {
    fn get_database_backend(&self) -> DbBackend {
        self.db.read.backend()
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        refuse_raw()
    }

    async fn execute<S: StatementBuilder>(&self, _: &S) -> Result<ExecResult, DbErr> {
        refuse_write()
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        refuse_raw()
    }

    async fn query_one_raw(&self, _: Statement) -> Result<Option<QueryResult>, DbErr> {
        refuse_raw()
    }

    async fn query_one<S: StatementBuilder>(&self, stmt: &S) -> Result<Option<QueryResult>, DbErr> {
        self.gate.admit()?;
        self.lent.lock().await.query_one(stmt.build(&self.db.read.backend())).await
    }

    async fn query_all_raw(&self, _: Statement) -> Result<Vec<QueryResult>, DbErr> {
        refuse_raw()
    }

    async fn query_all<S: StatementBuilder>(&self, stmt: &S) -> Result<Vec<QueryResult>, DbErr> {
        self.gate.admit()?;
        self.lent.lock().await.query_all(stmt.build(&self.db.read.backend())).await
    }
}
