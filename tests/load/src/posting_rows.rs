//! Postings by hand (手写查询): one joined statement each, and the answer as serde writes it.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use kernel::clock::{Clock as _, SystemClock, day_of};
use kernel::gql::moment;
use kernel::ids::GlobalId;
use serde::Serialize;
use uuid::Uuid;

use crate::place::CITY;
use crate::rows::Pool;

/// The answer to a page.
#[derive(Serialize)]
pub(crate) struct PageAnswer {
    data: PageData,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageData {
    open_postings: Page,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    edges: Vec<Edge>,
    page_info: PageInfo,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
}

#[derive(Serialize)]
struct Edge {
    node: Node,
}

/// The answer about one.
#[derive(Serialize)]
pub(crate) struct OneAnswer {
    data: OneData,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OneData {
    public_posting: Option<Node>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: String,
    title: String,
    place: String,
    starts_at: String,
    headcount: i32,
    wage_fen: i64,
    wage_unit: String,
    pay_day: String,
    party_name: String,
    market_name: Option<String>,
}

type Row = (Uuid, String, String, DateTime<Utc>, i32, i64, String, String, String, Option<String>);

/// What both read; SQLite takes numbered parameters as PostgreSQL does.
const ROW: &str = "SELECT p.id, p.title, p.place, p.starts_at, p.headcount, p.wage_fen, p.wage_unit, p.pay_day, \
                   h.display_name, m.display_name FROM posting p JOIN hiring_party h ON h.id = p.party_id \
                   LEFT JOIN market m ON m.id = p.market_id";

/// One more than the page tells whether there is another.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{ROW} WHERE p.status = 'PUBLISHED' AND p.closes_at > $1 AND p.valid_from <= $2 AND p.fresh_until > $1 \
         AND p.trade = $3 ORDER BY p.starts_at, p.id LIMIT 21"
    )
});

static ONE: LazyLock<String> =
    LazyLock::new(|| format!("{ROW} WHERE p.id = $1 AND p.status IN ('PUBLISHED', 'FILLED')"));

macro_rules! fetch {
    ($pool:expr, $of:ident, $sql:expr, $($bind:expr),+) => {
        match $pool {
            Pool::Sqlite(pool) => {
                sqlx::query_as::<sqlx::Sqlite, Row>($sql.as_str())$(.bind($bind))+.$of(pool).await?
            }
            Pool::Postgres(pool) => {
                sqlx::query_as::<sqlx::Postgres, Row>($sql.as_str())$(.bind($bind))+.$of(pool).await?
            }
        }
    };
}

/// Twenty open postings of a trade, by the start of the work.
pub(crate) async fn page(pool: &Pool, trade: &str) -> Result<PageAnswer, sqlx::Error> {
    let now = SystemClock.now();
    let mut rows: Vec<Row> = fetch!(pool, fetch_all, &*PAGE, now, day_of(now), trade);
    let has_next_page = rows.len() > 20;
    rows.truncate(20);
    let edges = rows.into_iter().map(|row| Edge { node: node(row) }).collect();
    Ok(PageAnswer { data: PageData { open_postings: Page { edges, page_info: PageInfo { has_next_page } } } })
}

/// One posting by its id.
pub(crate) async fn one(pool: &Pool, id: &str) -> Result<OneAnswer, sqlx::Error> {
    let row: Option<Row> = match GlobalId::decode(id) {
        Some(id) => fetch!(pool, fetch_optional, &*ONE, id.id),
        None => None,
    };
    Ok(OneAnswer { data: OneData { public_posting: row.map(node) } })
}

fn node(row: Row) -> Node {
    let (id, title, place, starts_at, headcount, wage_fen, wage_unit, pay_day, party_name, market_name) = row;
    Node {
        id: GlobalId::new("Posting", CITY, id).encode(),
        title,
        place,
        starts_at: moment(starts_at).to_rfc3339(),
        headcount,
        wage_fen,
        wage_unit,
        pay_day,
        party_name,
        market_name,
    }
}
