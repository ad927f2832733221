//! The markets as they stand (现有市场), for imports to compare with and for the form to be written from.

use std::collections::{BTreeSet, HashMap};

use kernel::Fault;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::kinds::MarketStatus;
use crate::rows::{market, market_hours, market_trade};
use crate::rules::describe::Described;
use crate::rules::import::Standing;
use crate::rules::naming::Names;
use crate::rules::place::Located;
use crate::rules::spans::Span;
use crate::rules::trades::Trade;

/// All markets that are not delisted: three statements, however many there are.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Standing>, Fault> {
    let there = Condition::all().add(market::Column::Status.ne(MarketStatus::Delisted));
    let rows = market::Entity::find().filter(there.clone()).order_by_asc(market::Column::Id).all(db).await?;
    of(db, rows, there).await
}

/// These markets, which are those of `condition`, with their hours and trades.
pub async fn of(
    db: &impl ConnectionTrait,
    rows: Vec<market::Model>,
    condition: Condition,
) -> Result<Vec<Standing>, Fault> {
    let ids = || market::Entity::find().select_only().column(market::Column::Id).filter(condition.clone());
    let mut hours: HashMap<Uuid, Vec<Span>> = HashMap::new();
    let of_these = market_hours::Column::MarketId.in_subquery(sea_orm::QuerySelect::query(&mut ids()).to_owned());
    for row in market_hours::Entity::find().filter(of_these).all(db).await? {
        hours.entry(row.market_id).or_default().push(Span::from(&row));
    }
    let mut trades: HashMap<Uuid, Vec<Trade>> = HashMap::new();
    let of_these = market_trade::Column::MarketId.in_subquery(sea_orm::QuerySelect::query(&mut ids()).to_owned());
    let found = market_trade::Entity::find().filter(of_these).order_by_asc(market_trade::Column::Position);
    for row in found.all(db).await? {
        let trade = row.code.map(Trade::Known).or(row.name.map(Trade::Other));
        trades.entry(row.market_id).or_default().extend(trade);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut spans = hours.remove(&row.id).unwrap_or_default();
            spans.sort_unstable();
            let trades = trades.remove(&row.id).unwrap_or_default();
            Standing { id: row.id, described: restore(row, spans, trades) }
        })
        .collect())
}

/// What is said of a stored market; its contacts and services stay where they are.
fn restore(row: market::Model, hours: Vec<Span>, trades: Vec<Trade>) -> Described {
    let (point, scale, successes) = (row.point(), row.scale(), row.successes());
    Described {
        names: Names { official: row.official_name, alias: row.alias, basis: row.alias_basis },
        nature: row.nature,
        operator_kind: row.operator_kind,
        operator_name: row.operator_name,
        public_interest: row.public_interest,
        layout: row.layout,
        located: Located { division: row.division, township: row.township, county: row.county, city: row.city },
        address: row.address,
        point,
        hours,
        trades,
        contacts: Vec::new(),
        services: BTreeSet::new(),
        scale,
        successes,
        remark: row.remark,
        area: row.area_square_metres,
    }
}
