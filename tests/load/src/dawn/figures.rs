//! What a morning came to (清晨的数字): latencies by kind, and the steps up to the rate at which the machine has enough.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use super::Dawn;
use super::causes::Tally;
use super::model::{self, Hour};
use super::scene::{Climb, Run};
use super::session::{Done, Ended, Kind};
use crate::Result;
use crate::report::machine;

/// The load model's limits at the 95th percentile: of a read, of a write.
const READ: Duration = Duration::from_millis(300);
const WRITE: Duration = Duration::from_millis(800);

/// Some requests, told in a line.
struct Line {
    what: String,
    requests: usize,
    refused: usize,
    failed: usize,
    /// At the 50th, 95th and 99th percentile, and the longest.
    took: [Duration; 4],
}

impl Line {
    fn of(what: impl Into<String>, done: &[Done], wanted: impl Fn(&Done) -> bool) -> Self {
        let some: Vec<&Done> = done.iter().filter(|one| wanted(one)).collect();
        let mut took: Vec<Duration> = some.iter().map(|one| one.took).collect();
        took.sort_unstable();
        let at = |hundredth: usize| took.get(took.len() * hundredth / 100).or(took.last()).copied().unwrap_or_default();
        let count = |how: Ended| some.iter().filter(|one| one.ended == how).count();
        Self {
            what: what.into(),
            requests: some.len(),
            refused: count(Ended::Refused),
            failed: count(Ended::Failed),
            took: [at(50), at(95), at(99), took.last().copied().unwrap_or_default()],
        }
    }

    fn text(&self) -> String {
        let [half, most, nearly_all, all] = self.took.map(|took| format!("{:.1}", took.as_secs_f64() * 1e3));
        let Self { what, requests, refused, failed, .. } = self;
        format!("| {what} | {requests} | {half} | {most} | {nearly_all} | {all} | {refused} | {failed} |")
    }
}

/// One rate that was tried.
pub(crate) struct Step {
    rate: f64,
    answered: f64,
    read: Line,
    write: Line,
    failed: usize,
}

impl Step {
    /// Of what was due on the plateau, that which was answered before its end, and how long all of it took; what failed is counted
    /// wherever it was due.
    pub(crate) fn of(rate: f64, done: &[Done], plateau: Range<Duration>) -> Self {
        let failed = |one: &&Done| one.ended == Ended::Failed;
        let due: Vec<Done> = done.iter().filter(|one| plateau.contains(&one.due)).copied().collect();
        let in_time = due.iter().filter(|one| !failed(one) && one.due + one.took < plateau.end).count();
        Self {
            rate,
            answered: number(in_time) / plateau.end.saturating_sub(plateau.start).as_secs_f64(),
            read: Line::of("", &due, |one| !one.kind.writes()),
            write: Line::of("", &due, |one| one.kind.writes()),
            failed: done.iter().filter(failed).count(),
        }
    }

    /// Did the machine keep up with it, within the limits of the load model?
    pub(crate) fn held(&self) -> bool {
        self.read.took[1] < READ && self.write.took[1] < WRITE && self.failed == 0
    }

    pub(crate) fn text(&self) -> String {
        let ms = |line: &Line, at: usize| line.took[at].as_secs_f64() * 1e3;
        format!(
            "| {:.0} | {:.0} | {:.1} / {:.1} | {:.1} / {:.1} | {} | {} |",
            self.rate,
            self.answered,
            ms(&self.read, 0),
            ms(&self.read, 1),
            ms(&self.write, 0),
            ms(&self.write, 1),
            self.failed,
            if self.held() { "yes" } else { "**no**" }
        )
    }
}

/// A morning on one back end.
pub(crate) struct Morning {
    back: &'static str,
    took: Duration,
    lines: Vec<Line>,
    tally: Tally,
    climb: Climb,
    /// Seconds of CPU: of the server, of the load.
    pub(crate) cpu: (f64, f64),
    /// MB at the end.
    pub(crate) resident: f64,
}

impl Morning {
    pub(crate) fn of(back: &'static str, hour: Hour, run: Run) -> Self {
        let Run { done, took, tally } = run;
        let mut lines: Vec<Line> =
            Kind::ALL.into_iter().map(|kind| Line::of(kind.title(), &done, |one| one.kind == kind)).collect();
        let (from, to) = hour.peak();
        let peak = |one: &Done| (from..to).contains(&one.due.as_secs_f64());
        for (what, inside) in [("the peak five minutes", true), ("the other fifty-five minutes", false)] {
            lines.push(Line::of(format!("{what}: reads"), &done, |one| peak(one) == inside && !one.kind.writes()));
            lines.push(Line::of(format!("{what}: writes"), &done, |one| peak(one) == inside && one.kind.writes()));
        }
        lines.push(Line::of("all", &done, |_| true));
        Self { back, took, lines, tally, climb: Climb::default(), cpu: (0.0, 0.0), resident: 0.0 }
    }

    /// And the steps after it, the slowest first.
    pub(crate) fn climbed(&mut self, climb: Climb) {
        self.climb = climb;
        self.climb.steps.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    }

    pub(crate) fn text(&self) -> String {
        let mut out = format!("## {}\n\n", self.back);
        out.push_str("| operation | requests | p50 ms | p95 ms | p99 ms | longest ms | refused | errors |\n");
        out.push_str("|---|---|---|---|---|---|---|---|\n");
        for line in &self.lines {
            out.push_str(&line.text());
            out.push('\n');
        }
        let all: usize = self.lines.last().map_or(0, |line| line.requests);
        let rate = number(all) / self.took.as_secs_f64();
        // Writing into a String cannot fail.
        let _written = writeln!(
            out,
            "\n{all} requests in {:.1} s, {rate:.0} a second; CPU of the server {:.0} s, of the load {:.0} s; {:.0} MB resident at \
             the end.\n",
            self.took.as_secs_f64(),
            self.cpu.0,
            self.cpu.1,
            self.resident
        );
        out.push_str(&self.tally.text("In the hour"));
        out.push('\n');
        out.push_str(&self.enough());
        out
    }

    /// The steps, and what they say.
    fn enough(&self) -> String {
        let mut out = String::from(
            "| operations/s asked | answered/s | reads p50 / p95 ms | writes p50 / p95 ms | errors | held |\n\
             |---|---|---|---|---|---|\n",
        );
        for step in &self.climb.steps {
            out.push_str(&step.text());
            out.push('\n');
        }
        let held = self.climb.steps.iter().rev().find(|step| step.held());
        let broke = self.climb.steps.iter().find(|step| !step.held());
        let said = match (held, broke) {
            (Some(held), Some(broke)) => format!(
                "It holds {:.0} operations a second and has enough at {:.0}, of which it answers {:.0}.",
                held.rate, broke.rate, broke.answered
            ),
            (Some(held), None) => format!("It holds {:.0} operations a second; no faster step was tried.", held.rate),
            (None, Some(broke)) => {
                format!("It does not hold {:.0} operations a second; it answers {:.0}.", broke.rate, broke.answered)
            }
            (None, None) => "No step was tried.".to_owned(),
        };
        format!("{out}\n{said}\n\n{}", self.climb.tally.text("On the steps"))
    }
}

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Writes the results as a document.
pub(crate) fn write(path: &Path, dawn: &Dawn, mornings: &[Morning]) -> Result<()> {
    let mut out = format!(
        "# Dawn\n\nWritten by `make dawn`; do not edit. By hand, once `make load` has built it:\n\n    \
         scripts/with-postgres target/shipping/yizhan-load --write docs/results/dawn.md dawn\n\n{}\n\n",
        machine()
    );
    out.push_str(&told(dawn));
    out.push_str(&explained(dawn));
    out.push_str(&mornings.iter().map(Morning::text).collect::<Vec<_>>().join("\n"));
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    Ok(std::fs::write(path, out)?)
}

/// What the load is.
fn told(dawn: &Dawn) -> String {
    let factor = Hour { seconds: f64::from(dawn.seconds) }.factor();
    format!(
        "The hour of the load model with its peak, at 1×, told in {} s ({factor:.0} times faster): in the province {:.0}\n\
         operations a second in the mean of the morning, {:.0} in the busiest five minutes, {:.0} in the rest; here {factor:.0} times as\n\
         many. Eleven cities of the demo with {} workers, {} hiring parties and {} open postings, three tenths of\n\
         them in the biggest. Of each session one operation says that somebody still looks; with one in five a posting is written and\n\
         published. Four in ten sessions want a place: of the work they saw that confirms at once, has places left and asks for no\n\
         certificate they take what they saw last, and where that is refused the next, three attempts at most, each of them one of\n\
         the session's 25 operations. The server does its background work beside it: audit, events, channels, text messages. No\n\
         complaints are in it.\n\n",
        dawn.seconds,
        model::mean(),
        model::peak(),
        model::rest(),
        dawn.workers,
        dawn.parties,
        dawn.postings,
    )
}

/// How it is measured, and what the table of steps means.
fn explained(dawn: &Dawn) -> String {
    format!(
        "Requests come when they are due, to the millisecond, and are timed from then on; none is sent twice. Load, server and PostgreSQL\n\
         share the machine. The limits of requests a second per account, address and city are off: the load comes from one\n\
         address and faster than the clock, so that those limits, and not the machine, would be measured. Text messages go to the page\n\
         of the demo; all other settings are as they are shipped.\n\n\
         The second table of each back end looks for the rate at which the machine has enough. A row is a step: sessions begin for\n\
         {:.0} s until as many are held at once as its rate takes, then for {} s more, its plateau, in which that many operations a second\n\
         are asked. *Answered* is what was due on the plateau and answered before its end, by its length: as many as were asked where\n\
         the machine keeps up. The times are of what was due on the plateau, the errors of the whole step. A step is held where 95 of\n\
         100 reads take less than {} ms, writes less than {} ms, and none fails. Each step is half as fast again as the one before;\n\
         after the first that is not held one more is tried between the two, and the rows stand in the order of their rates.\n\n",
        Hour { seconds: f64::from(dawn.seconds) }.session(),
        dawn.step,
        READ.as_millis(),
        WRITE.as_millis()
    )
}
