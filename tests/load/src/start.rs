//! Cold start (冷启动): from the start of the process to its first page of the directory.

use std::path::Path;
use std::time::Instant;

use crate::place::Place;
use crate::report::{Report, Target, median};
use crate::{Result, client, directory};

/// Starts the server five times beside eleven cities.
pub(crate) async fn measure(server: &Path, place: &Place, report: &mut Report) -> Result<()> {
    let request = directory::request();
    let (mut ready, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let running = place.serve(server).await?;
        let began = Instant::now();
        let (status, _) = client::once(running.port, &request).await?;
        if status != 200 {
            return Err(format!("the first page: status {status}").into());
        }
        ready.push(running.started.as_secs_f64());
        answered.push((running.started + began.elapsed()).as_secs_f64());
    }
    let detail = format!("ready after {:.2} s", median(&mut ready));
    let value = (median(&mut answered), "s");
    report.add("cold start with 11 tenants, to the first page", place.back, value, Target::AtMost(1.0), detail);
    Ok(())
}
