//! Where the loads of a morning are held (压测现场): one server, its cities, and the sessions that were held so far.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kernel::clock::{Clock as _, SystemClock};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::Dawn;
use super::causes::Tally;
use super::crowd::Town;
use super::figures::Step;
use super::model::{self, Hour};
use super::session::{Done, Stage};
use crate::Result;
use crate::client::Pool;
use crate::process::Server;

/// Connections of the load: as a proxy before the server keeps them.
const CONNECTIONS: usize = 128;
/// No search takes more steps.
const STEPS: usize = 16;
/// Each step of the search is so many times faster than the one before.
const FASTER: f64 = 1.5;
/// After a step that was too much the server catches up with what it does in the background.
const BREATH: Duration = Duration::from_secs(10);

/// A load that was held (一次压测).
pub(crate) struct Run {
    pub(crate) done: Vec<Done>,
    pub(crate) took: Duration,
    pub(crate) tally: Tally,
}

/// The steps that were tried (爬坡), and what is told of all of them.
#[derive(Default)]
pub(crate) struct Climb {
    pub(crate) steps: Vec<Step>,
    pub(crate) tally: Tally,
}

/// What all loads of a morning share (压测现场).
pub(crate) struct Scene<'a> {
    running: &'a Server,
    back: &'static str,
    hour: Hour,
    towns: Option<Vec<Town>>,
    /// Sessions so far: the next one is of somebody else.
    sessions: u64,
}

impl<'a> Scene<'a> {
    /// A scene on which nothing was held yet.
    pub(crate) fn new(running: &'a Server, back: &'static str, hour: Hour, towns: Vec<Town>) -> Self {
        Self { running, back, hour, towns: Some(towns), sessions: 0 }
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

    /// Faster from step to step until one is not held; then one more between the last that was and that one.
    pub(crate) async fn climb(&mut self, dawn: &Dawn) -> Result<Climb> {
        let (mut climb, seconds) = (Climb::default(), f64::from(dawn.step));
        let (mut rate, mut held) = (f64::from(dawn.from), None);
        while climb.steps.len() < STEPS && self.step(rate, seconds, &mut climb).await? {
            held = Some(rate);
            rate *= FASTER;
        }
        let broke = climb.steps.last().is_some_and(|step| !step.held());
        if let Some(held) = held.filter(|_| broke) {
            sleep_until(Instant::now() + BREATH).await;
            self.step((held * rate).sqrt(), seconds, &mut climb).await?;
        }
        Ok(climb)
    }

    /// Asks so many operations a second, and says whether that was held. What counts is the plateau of so many seconds between
    /// the time in which as many sessions begin as are held at once and the one in which the last of them end.
    async fn step(&mut self, rate: f64, seconds: f64, climb: &mut Climb) -> Result<bool> {
        let (from, to) = (self.hour.session(), self.hour.session() + seconds);
        let run = self.hold(model::steady(rate, to)).await?;
        let step = Step::of(rate, &run.done, Duration::from_secs_f64(from)..Duration::from_secs_f64(to));
        eprintln!("dawn: {}: {}", self.back, step.text());
        let held = step.held();
        climb.steps.push(step);
        climb.tally.join(run.tally);
        Ok(held)
    }
}
