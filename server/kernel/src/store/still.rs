//! Reads of one moment (一致读取): what several statements say is what was committed when the first of them began.

use std::sync::Arc;

use sea_orm::{DbErr, QueryResult, Statement};
use tokio::sync::Mutex;

use super::Db;
use super::handle::{ReadGate, could_not, reads_only};
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
        let mut lent = db.read.lend().await.map_err(could_not(BEGIN))?;
        lent.begin_to_read().await.map_err(Fault::of(BEGIN))?;
        Ok(Self { db, lent: Mutex::new(lent), gate })
    }

    /// Ends it, so that its connection serves the next; one that is only dropped closes its connection.
    pub async fn end(self) -> Result<(), Fault> {
        self.lent.into_inner().end("COMMIT").await.map_err(Fault::of("end reading as of one moment"))
    }
}

reads_only!(ReadSnapshot);

impl ReadSnapshot {
    async fn one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.gate.admit()?;
        self.lent.lock().await.query_one(statement).await
    }

    async fn all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.gate.admit()?;
        self.lent.lock().await.query_all(statement).await
    }
}
