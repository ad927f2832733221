//! The public directory (公开名录): a page of twenty markets, eight columns each, with trades.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::pair::Pair;
use crate::place::{Place, SLUG};
use crate::report::{Report, Target};
use crate::{Result, client};

const QUERY: &str = "query Directory { directory(first: 20) { edges { node { id slug name nature publicInterest \
                     divisionName address hoursText trades { code name } } } pageInfo { hasNextPage } } }";

/// The request for the page.
pub(crate) fn request() -> Arc<[u8]> {
    client::post(&format!("/{SLUG}/graphql"), &json!({ "query": QUERY }).to_string())
}

fn is_whole(answer: &Value) -> bool {
    answer.pointer("/data/directory/edges").and_then(Value::as_array).is_some_and(|rows| rows.len() == 20)
}

/// The page from the server and from the hand-written handler, in turn.
pub(crate) async fn measure(server: &Path, place: &Place, report: &mut Report) -> Result<()> {
    let pair = Pair::start(server, place).await?;
    let what = "directory, 20 rows × 8 columns with trades: requests/s by hand";
    pair.compare(what, &request(), (is_whole, Target::AtLeast(0.6)), report).await?;
    let what = "resident memory after that load";
    report.add(what, place.back, (pair.ours.resident()?, "MB"), Target::AtMost(150.0), "");
    Ok(())
}
