//! Finding work (找活): twenty open postings of a trade by the start of the work, and one posting by its id; both with the names
//! of the hiring party and the market, in a city with a hundred thousand of them.

use std::path::Path;

use hiring::kinds::PostingStatus;
use hiring::rows::posting::{self, Column};
use kernel::{Actor, Lang};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};

use crate::pair::Pair;
use crate::place::{CITY, Place, SLUG};
use crate::report::{Report, Target};
use crate::{Result, client};

const PAGE: &str = "query OpenPostings($trade: String!) { openPostings(first: 20, filter: { trade: $trade }) { edges { \
                    node { id title place startsAt headcount wageFen wageUnit payDay partyName marketName } } pageInfo { \
                    hasNextPage } } }";
const ONE: &str = "query PublicPosting($id: ID!) { publicPosting(id: $id) { id title place startsAt headcount wageFen \
                   wageUnit payDay partyName marketName } }";

fn is_whole(answer: &Value) -> bool {
    answer.pointer("/data/openPostings/edges").and_then(Value::as_array).is_some_and(|rows| rows.len() == 20)
}

fn is_there(answer: &Value) -> bool {
    answer.pointer("/data/publicPosting/marketName").is_some_and(Value::is_string)
}

/// Both pages from the server and from the hand-written handler, in turn.
pub(crate) async fn measure(server: &Path, place: &Place, report: &mut Report) -> Result<()> {
    let some = some_posting(place).await?;
    let ask = |query: &str, variables: Value| {
        let body = json!({ "query": query, "variables": variables });
        client::post(&format!("/{SLUG}/graphql"), &body.to_string())
    };
    let pair = Pair::start(server, place).await?;
    let what =
        "20 open postings of a trade by start × 8 columns, with the names of party and market: requests/s by hand";
    let request = ask(PAGE, json!({ "trade": some.trade }));
    pair.compare(what, &request, (is_whole, Target::AtLeast(0.7)), report).await?;
    let what = "one posting by id × 8 columns, with both names: requests/s by hand";
    let id = kernel::ids::GlobalId::new("Posting", CITY, some.id).encode();
    pair.compare(what, &ask(ONE, json!({ "id": id })), (is_there, Target::AtLeast(0.6)), report).await
}

/// Some posting that is open for days.
async fn some_posting(place: &Place) -> Result<posting::Model> {
    let kernel = place.kernel(1)?;
    let ctx = kernel.ctx(CITY, Actor::System("bench"), Lang::Zh).await?;
    let open = posting::Entity::find().filter(Column::Status.eq(PostingStatus::Published));
    let last = open.order_by_desc(Column::StartsAt).order_by_desc(Column::Id).one(&ctx.scope()).await?;
    kernel.store.close(CITY).await?;
    Ok(last.ok_or("a city without postings")?)
}
