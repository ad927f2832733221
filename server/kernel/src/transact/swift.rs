//! Operations that nearly always succeed (快速办理): what they change is claimed with the last statements, in one go.
//!
//! An operation that holds what it reads costs a journey to the database for each hold, and others wait meanwhile. Here nothing
//! is held: what was read says by a number or a state that it is as it was, each change asks for it, and where one of them finds
//! it otherwise nothing happens and the operation is done the sure way, holding what it reads.

use std::future::Future;

use super::once::{self, Once};
use super::{Outcome, Tx};
use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::policy::Action;
use crate::refusal::Refusal;
use crate::store::is_refused;

impl Ctx {
    /// As [`Ctx::transact_once`]: `swift` puts down rows and [`Tx::claim`]s and reads nothing; `sure` decides, and records the
    /// end, where a claim found things otherwise or the database refused a row.
    pub async fn transact_swiftly<R, S, F, Fut>(
        &self,
        action: &'static Action,
        once: Option<Once>,
        swift: S,
        sure: F,
    ) -> Result<Outcome, Stop<R>>
    where
        R: Refusal,
        S: FnOnce(&Tx) -> Result<Outcome, Fault>,
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<Outcome, Stop<R>>>,
    {
        match self.swiftly(action, once.as_ref(), swift).await? {
            Some(outcome) => Ok(outcome),
            None => self.transact_once(action, once, sure).await,
        }
    }

    async fn swiftly(
        &self,
        action: &'static Action,
        once: Option<&Once>,
        swift: impl FnOnce(&Tx) -> Result<Outcome, Fault>,
    ) -> Result<Option<Outcome>, Fault> {
        let tx = self.begin().await?;
        let written = async {
            let outcome = swift(&tx)?;
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
