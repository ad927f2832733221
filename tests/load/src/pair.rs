//! The server and the hand-written handler (对照): one request to both in turn, and how many each answers in a second.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::place::Place;
use crate::process::{self, Server};
use crate::report::{Report, Target, median};
use crate::{Result, client};

const CLIENTS: u64 = 8;
const TIME: Duration = Duration::from_secs(1);
const RUNS: usize = 11;

/// Both, over the same rows.
pub(crate) struct Pair {
    pub(crate) ours: Server,
    bare: Server,
    back: &'static str,
}

impl Pair {
    /// Starts both.
    pub(crate) async fn start(server: &Path, place: &Place) -> Result<Self> {
        Ok(Self { ours: place.serve(server).await?, bare: bare(place).await?, back: place.back })
    }

    /// Sends `request` to both in turn and adds a line; `wanted` says whether an answer is the one that was wanted.
    pub(crate) async fn compare(
        &self,
        what: &str,
        request: &Arc<[u8]>,
        (wanted, target): (fn(&Value) -> bool, Target),
        report: &mut Report,
    ) -> Result<()> {
        self.same_answer(request, wanted).await?;
        for one in [&self.ours, &self.bare] {
            client::load(one.port, request, CLIENTS, TIME / 2).await?;
        }
        let (mut ratios, mut rates, mut bares) = (Vec::new(), Vec::new(), Vec::new());
        let (mut cost, mut bare_cost) = (Vec::new(), Vec::new());
        for number in 0..RUNS {
            // Whoever goes second finds what the first left: each does so as often.
            let ours_first = number % 2 == 1;
            let first = if ours_first { Some(run(&self.ours, request).await?) } else { None };
            let (by_hand, by_hand_cpu) = run(&self.bare, request).await?;
            let (rate, cpu) = match first {
                Some(first) => first,
                None => run(&self.ours, request).await?,
            };
            ratios.push(rate / by_hand);
            rates.push(rate);
            bares.push(by_hand);
            cost.push(cpu);
            bare_cost.push(by_hand_cpu);
        }
        let detail = format!(
            "{:.0} against {:.0} requests/s; CPU {:.0} against {:.0} µs",
            median(&mut rates),
            median(&mut bares),
            median(&mut cost),
            median(&mut bare_cost)
        );
        report.add(what, self.back, (median(&mut ratios), "×"), target, detail);
        Ok(())
    }

    /// Both must say the same, or the comparison means nothing.
    async fn same_answer(&self, request: &[u8], wanted: fn(&Value) -> bool) -> Result<()> {
        let read = |(status, body): (u16, Vec<u8>)| -> Result<Value> {
            if status != 200 {
                return Err(format!("status {status}: {}", String::from_utf8_lossy(&body)).into());
            }
            Ok(serde_json::from_slice(&body)?)
        };
        let one = read(client::once(self.ours.port, request).await?)?;
        let other = read(client::once(self.bare.port, request).await?)?;
        if one != other || !wanted(&one) {
            return Err(format!("the two answers differ:\n{one}\n{other}").into());
        }
        Ok(())
    }
}

/// Requests a second, and microseconds of CPU a request.
async fn run(server: &Server, request: &Arc<[u8]>) -> Result<(f64, f64)> {
    let before = server.cpu()?;
    let load = client::load(server.port, request, CLIENTS, TIME).await?;
    let cpu = server.cpu()? - before;
    Ok((load.rate(), cpu * 1e6 / (load.rate() * load.took.as_secs_f64())))
}

/// The hand-written handler as a process of its own.
async fn bare(place: &Place) -> Result<Server> {
    let port = process::free_port()?;
    let mut command = process::command(&std::env::current_exe()?, &place.dir.join("bare.log"))?;
    command.args(["bare", "--port", &port.to_string()]);
    match &place.url {
        None => command.arg("--file").arg(place.file()),
        Some(url) => command.args(["--url", url, "--schema", &place.schema()]),
    };
    Server::start(command, port, "/").await
}
