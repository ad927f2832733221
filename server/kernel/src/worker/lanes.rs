//! Lanes (通道): jobs that wait for somebody else's server have hands of their own. A mail server that takes every
//! connection and never answers holds up letters and nothing else.

use std::sync::Arc;

use entities::job;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Expr;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fault::Fault;
use crate::jobs::Job as _;
use crate::mail::Send;

/// Jobs of the house at a time.
const HOUSE: u32 = 4;
/// Letters at a time.
const MAIL: u32 = 4;

/// One lane.
pub(super) struct Lane {
    mail: bool,
    most: u32,
    hands: Arc<Semaphore>,
}

impl Lane {
    /// The lane of the house, and that of the letters.
    pub(super) fn both() -> [Self; 2] {
        [(false, HOUSE), (true, MAIL)].map(|(mail, most)| Self {
            mail,
            most,
            hands: Arc::new(Semaphore::new(most as usize)),
        })
    }

    /// Free hands.
    pub(super) fn free(&self) -> usize {
        self.hands.available_permits()
    }

    /// Takes a hand.
    pub(super) async fn hand(&self) -> Result<OwnedSemaphorePermit, Fault> {
        Arc::clone(&self.hands).acquire_owned().await.map_err(Fault::of("wait for a worker"))
    }

    /// Waits until nobody works here.
    pub(super) async fn rest(&self) {
        drop(self.hands.acquire_many(self.most).await);
    }

    /// The jobs of this lane.
    pub(super) fn jobs(&self) -> Expr {
        if self.mail { job::Column::Kind.eq(Send::KIND) } else { job::Column::Kind.ne(Send::KIND) }
    }
}
