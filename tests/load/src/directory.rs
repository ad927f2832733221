//! The public directory (公开名录): a page of twenty markets, eight columns each, with trades.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::place::{Place, SLUG};
use crate::process::{self, Server};
use crate::report::{Report, Target, median};
use crate::{Result, client};

const QUERY: &str = "query Directory { directory(first: 20) { edges { node { id slug name nature publicInterest \
                     divisionName address hoursText trades { code name } } } pageInfo { hasNextPage } } }";
const CLIENTS: u64 = 8;
const TIME: Duration = Duration::from_secs(2);
const RUNS: usize = 5;

/// The request for the page.
pub(crate) fn request() -> Arc<[u8]> {
    client::post(&format!("/{SLUG}/graphql"), &json!({ "query": QUERY }).to_string())
}

/// The page from the server and from the hand-written handler, in turn.
pub(crate) async fn measure(server: &Path, place: &Place, report: &mut Report) -> Result<()> {
    let ours = place.serve(server).await?;
    let bare = bare(place).await?;
    let request = request();
    same_answer(&ours, &bare, &request).await?;
    for one in [&ours, &bare] {
        client::load(one.port, &request, CLIENTS, TIME / 2).await?;
    }
    let (mut ratios, mut rates, mut bares) = (Vec::new(), Vec::new(), Vec::new());
    let (mut cost, mut bare_cost) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (by_hand, by_hand_cpu) = run(&bare, &request).await?;
        let (rate, cpu) = run(&ours, &request).await?;
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
    let what = "directory, 20 rows × 8 columns with trades: requests/s by hand";
    report.add(what, place.back, (median(&mut ratios), "×"), Target::AtLeast(0.6), detail);
    let what = "resident memory after that load";
    report.add(what, place.back, (ours.resident()?, "MB"), Target::AtMost(150.0), "");
    Ok(())
}

/// Requests a second, and microseconds of CPU a request.
async fn run(server: &Server, request: &Arc<[u8]>) -> Result<(f64, f64)> {
    let before = server.cpu()?;
    let load = client::load(server.port, request, CLIENTS, TIME).await?;
    let cpu = server.cpu()? - before;
    Ok((load.rate(), cpu * 1e6 / (load.rate() * load.took.as_secs_f64())))
}

/// Both must say the same, or the comparison means nothing.
async fn same_answer(ours: &Server, bare: &Server, request: &[u8]) -> Result<()> {
    let read = |(status, body): (u16, Vec<u8>)| -> Result<Value> {
        if status != 200 {
            return Err(format!("status {status}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(serde_json::from_slice(&body)?)
    };
    let one = read(client::once(ours.port, request).await?)?;
    let other = read(client::once(bare.port, request).await?)?;
    let rows = one.pointer("/data/directory/edges").and_then(Value::as_array).map_or(0, Vec::len);
    if one != other || rows != 20 {
        return Err(format!("the two answers differ:\n{one}\n{other}").into());
    }
    Ok(())
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
