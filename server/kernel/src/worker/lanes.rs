//! Lanes (通道): jobs that wait for somebody else's server have hands of their own. A mail server that takes every
//! connection and never answers holds up letters and nothing else, and so does a gateway for text messages.

use std::sync::Arc;

use entities::job;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Expr;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fault::Fault;
use crate::jobs::Job as _;
use crate::{mail, sms};

/// Jobs of the house at a time.
const HOUSE: u32 = 4;
/// Letters at a time.
const MAIL: u32 = 4;

/// Text messages at a time.
const SMS: u32 = 4;
/// The kinds of jobs that have a lane of their own.
const APART: [&str; 2] = [mail::Send::KIND, sms::Send::KIND];

/// One lane.
pub(super) struct Lane {
    /// The kind of its jobs; of the house's own lane none.
    apart: Option<&'static str>,
    most: u32,
    hands: Arc<Semaphore>,
}

impl Lane {
    /// The lane of the house, that of the letters, and that of the text messages.
    pub(super) fn all() -> [Self; 3] {
        [(None, HOUSE), (Some(mail::Send::KIND), MAIL), (Some(sms::Send::KIND), SMS)].map(|(apart, most)| Self {
            apart,
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
        self.apart.map_or_else(|| job::Column::Kind.is_not_in(APART), |kind| job::Column::Kind.eq(kind))
    }
}
