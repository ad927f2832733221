//! The rows of the directory's page by hand (手写查询): two statements, and the answer as serde writes it.

use std::collections::HashMap;
use std::fmt::Write as _;

use kernel::divisions::Divisions;
use kernel::ids::GlobalId;
use kernel::trades::Trades;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use uuid::Uuid;

use crate::place::CITY;

/// What the request asks.
#[derive(Deserialize)]
pub(crate) struct Asked {
    pub(crate) query: String,
    #[serde(default)]
    pub(crate) variables: Variables,
}

/// What stands in it.
#[derive(Default, Deserialize)]
pub(crate) struct Variables {
    #[serde(default)]
    pub(crate) trade: String,
    #[serde(default)]
    pub(crate) id: String,
}

/// Connections.
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The answer.
#[derive(Serialize)]
pub(crate) struct Answer {
    data: Data,
}

#[derive(Serialize)]
struct Data {
    directory: Page,
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: String,
    slug: String,
    name: String,
    nature: String,
    public_interest: bool,
    division_name: String,
    address: String,
    hours_text: String,
    trades: Vec<Trade>,
}

#[derive(Serialize)]
struct Trade {
    code: String,
    name: &'static str,
}

type MarketRow = (Uuid, String, String, String, bool, String, String, String);
type TradeRow = (Uuid, Option<String>);

/// One more than the page tells whether there is another.
const MARKETS: &str = "SELECT id, slug, display_name, nature, public_interest, division, address, hours_text FROM market \
                       WHERE status = 'LISTED' ORDER BY display_name, id LIMIT 21";

fn trades_sql(ids: usize, postgres: bool) -> String {
    let mut sql = "SELECT market_id, code FROM market_trade WHERE market_id IN (".to_owned();
    for n in 1..=ids {
        let comma = if n == 1 { "" } else { ", " };
        // Writing into a String cannot fail.
        let _written = if postgres { write!(sql, "{comma}${n}") } else { write!(sql, "{comma}?") };
    }
    sql.push_str(") ORDER BY position");
    sql
}

/// The page.
pub(crate) async fn page(pool: &Pool) -> Result<Answer, sqlx::Error> {
    let (mut rows, trades) = match pool {
        Pool::Sqlite(pool) => {
            let rows: Vec<MarketRow> = sqlx::query_as(MARKETS).fetch_all(pool).await?;
            let mut query = sqlx::query_as::<sqlx::Sqlite, TradeRow>(AssertSqlSafe(trades_sql(rows.len(), false)));
            for row in &rows {
                query = query.bind(row.0);
            }
            let trades: Vec<TradeRow> = query.fetch_all(pool).await?;
            (rows, trades)
        }
        Pool::Postgres(pool) => {
            let rows: Vec<MarketRow> = sqlx::query_as(MARKETS).fetch_all(pool).await?;
            let mut query = sqlx::query_as::<sqlx::Postgres, TradeRow>(AssertSqlSafe(trades_sql(rows.len(), true)));
            for row in &rows {
                query = query.bind(row.0);
            }
            let trades: Vec<TradeRow> = query.fetch_all(pool).await?;
            (rows, trades)
        }
    };
    let has_next_page = rows.len() > 20;
    rows.truncate(20);
    let mut by_market: HashMap<Uuid, Vec<Trade>> = HashMap::with_capacity(rows.len());
    for (market, code) in trades {
        let Some(code) = code else { continue };
        let Some(name) = Trades::standard().name(&code) else { continue };
        by_market.entry(market).or_default().push(Trade { code, name });
    }
    let edges = rows.into_iter().map(|row| Edge { node: node(row, &mut by_market) }).collect();
    Ok(Answer { data: Data { directory: Page { edges, page_info: PageInfo { has_next_page } } } })
}

fn node(row: MarketRow, trades: &mut HashMap<Uuid, Vec<Trade>>) -> Node {
    let (id, slug, name, nature, public_interest, division, address, hours_text) = row;
    let chain = Divisions::standard().chain(&division);
    Node {
        trades: trades.remove(&id).unwrap_or_default(),
        id: GlobalId::new("Market", CITY, id).encode(),
        slug,
        name,
        nature,
        public_interest,
        division_name: chain.iter().skip(1).map(|d| d.name.as_str()).collect(),
        address,
        hours_text,
    }
}
