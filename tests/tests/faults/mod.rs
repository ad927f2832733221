//! Faults (故障): the real binary as a process of its own, killed, cut off from power, flooded, left without mail
//! and without room.
//!
//! How often is read from the environment (`scripts/soak` sets it); the numbers measured are added to the file that
//! `YIZHAN_SOAK_RESULTS` names. Everything that is left to chance is drawn from a fixed seed.

mod beside;
mod disk;
mod full;
mod hostile;
mod kill;
mod log;
mod mail;
mod nonsense;
mod power;
mod race;
mod server;
mod town;
mod writers;

use std::io::Write as _;
use std::time::Duration;

/// How many times: `name` in the environment, or `usual`.
fn times(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a number of times"))
}

/// Adds a line to the results, where somebody wants them.
fn report(line: &str) {
    let Ok(path) = std::env::var("YIZHAN_SOAK_RESULTS") else { return };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("the results open");
    file.write_all(format!("{line}\n").as_bytes()).expect("a result is written");
}

/// Fails a test that hangs instead of hanging with it; never the reason a test passes.
async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(2), future).await.expect("the test hangs")
}

/// A linear congruential generator: every run throws the same numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}
