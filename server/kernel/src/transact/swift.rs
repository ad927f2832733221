//! Operations that nearly always succeed (快速办理): what they change is claimed with the last statements, in one go.
//!
//! An operation that holds what it reads costs a journey to the database for each hold, and others wait meanwhile. Here nothing
//! is held: what was read says by a number or a state that it is as it was, each change asks for it, and where one of them finds
//! it otherwise nothing happens and the operation is done the sure way, holding what it reads.

use std::future::Future;

use migrations::Backend;
use sea_orm::{ConnectionTrait as _, QueryResult, StatementBuilder};

use super::once::{self, Once};
use super::{Outcome, Tx};
use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::policy::Action;
use crate::refusal::Refusal;
use crate::store::is_refused;

/// What is read before anything is claimed (先看), without holding it.
///
/// On PostgreSQL on the connection that will write: two servers that take turns cost more than one that goes on. On SQLite
/// beside the writer, for whom others wait.
#[derive(Clone)]
pub struct Glance {
    ctx: Ctx,
    tx: Option<Tx>,
}

impl Glance {
    /// The context it was made from.
    #[must_use]
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// The first row of a statement that asks for one.
    pub async fn one(&self, statement: &impl StatementBuilder) -> Result<Option<QueryResult>, Fault> {
        Ok(match &self.tx {
            Some(tx) => tx.query_one(statement).await?,
            None => self.ctx.scope().query_one(statement).await?,
        })
    }
}

impl Ctx {
    /// As [`Ctx::transact_once`]: `look` reads, and gives what it is plain to see can be done; `swift` puts that down as rows and
    /// [`Tx::claim`]s and reads nothing; `sure` decides, and records the end, where nothing was plain, a claim found things
    /// otherwise, or the database refused a row.
    pub async fn transact_swiftly<T, R, L, Look, S, F, Fut>(
        &self,
        action: &'static Action,
        once: Option<Once>,
        look: L,
        swift: S,
        sure: F,
    ) -> Result<Outcome, Stop<R>>
    where
        R: Refusal,
        L: FnOnce(Glance) -> Look,
        Look: Future<Output = Option<T>>,
        S: FnOnce(&Tx, T) -> Result<Outcome, Fault>,
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<Outcome, Stop<R>>>,
    {
        match self.swiftly(action, once.as_ref(), look, swift).await? {
            Some(outcome) => Ok(outcome),
            None => self.transact_once(action, once, sure).await,
        }
    }

    async fn swiftly<T, Look: Future<Output = Option<T>>>(
        &self,
        action: &'static Action,
        once: Option<&Once>,
        look: impl FnOnce(Glance) -> Look,
        swift: impl FnOnce(&Tx, T) -> Result<Outcome, Fault>,
    ) -> Result<Option<Outcome>, Fault> {
        let early = if self.db().backend == Backend::Postgres { Some(self.begin().await?) } else { None };
        let Some(seen) = look(Glance { ctx: self.clone(), tx: early.clone() }).await else { return Ok(None) };
        let tx = match early {
            Some(tx) => tx,
            None => self.begin().await?,
        };
        let written = async {
            let outcome = swift(&tx, seen)?;
            if let Some(once) = once {
                tx.put(once::done(self, action, once, &outcome)?);
            }
            tx.finish(action, "DONE").await.map(|()| outcome)
        };
        match written.await {
            Ok(outcome) => {
                self.kernel().wake.notify(&self.tenant().code);
                Ok(Some(outcome))
            }
            Err(fault) => {
                tx.roll_back().await;
                if is_refused(&fault) { Ok(None) } else { Err(fault) }
            }
        }
    }
}
