//! Where the loads of a morning are held (压测现场): one server, its cities, and the sessions that were held so far.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kernel::clock::{Clock as _, SystemClock};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::causes::Tally;
use super::crowd::Town;
use super::model::{self, Hour};
use super::session::{Done, Stage};
use crate::Result;
use crate::client::Pool;
use crate::process::Server;

/// Connections of the load: as a proxy before the server keeps them.
const CONNECTIONS: usize = 128;

/// A load that was held (一次压测).
pub(crate) struct Run {
    pub(crate) done: Vec<Done>,
    pub(crate) took: Duration,
    pub(crate) tally: Tally,
}

/// What all loads of a morning share (压测现场).
pub(crate) struct Scene<'a> {
    running: &'a Server,
    hour: Hour,
    towns: Option<Vec<Town>>,
    /// Sessions so far: the next one is of somebody else.
    sessions: u64,
}

impl<'a> Scene<'a> {
    /// A scene on which nothing was held yet.
    pub(crate) fn new(running: &'a Server, hour: Hour, towns: Vec<Town>) -> Self {
        Self { running, hour, towns: Some(towns), sessions: 0 }
    }

    /// Holds the sessions that begin at these seconds.
    pub(crate) async fn hold(&mut self, begins: Vec<f64>) -> Result<Run> {
        let stage = Arc::new(Stage {
            pool: Pool::new(self.running.port, CONNECTIONS),
            towns: self.towns.take().ok_or("no towns")?,
            began: Instant::now(),
            pace: Duration::from_secs_f64(self.hour.pace()),
            now: SystemClock.now(),
            tally: Mutex::default(),
        });
        let mut sessions = JoinSet::new();
        for at in begins {
            let (number, due) = (self.sessions, stage.began + Duration::from_secs_f64(at));
            self.sessions += 1;
            sleep_until(due).await;
            sessions.spawn(Arc::clone(&stage).seeker(number, due));
            if model::posts(number) {
                sessions.spawn(Arc::clone(&stage).poster(number, due));
            }
        }
        let mut done = Vec::new();
        while let Some(some) = sessions.join_next().await {
            done.extend(some?);
        }
        let took = stage.began.elapsed();
        let stage = Arc::into_inner(stage).ok_or("a session is still held")?;
        self.towns = Some(stage.towns);
        let tally = stage.tally.into_inner().map_err(|_| "a session panicked")?;
        Ok(Run { done, took, tally })
    }
}
