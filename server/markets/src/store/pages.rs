//! Pages of what grows without end (分页读取): the histories, checks and samples of all markets of a list, the first rows of each, in
//! one statement.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::Fault;
use sea_orm::sea_query::{Alias, Expr, Func, Query, SelectStatement, WindowStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait as _, Order, QueryFilter as _, QueryOrder as _};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::batch::Batch;
use crate::rows::market_event::{self, Column as Event};
use crate::rows::monitoring_sample::{self, Column as Sampled};
use crate::rows::safety_check::{self, Column as Check};

/// Rows by market.
type Grouped<T> = HashMap<Uuid, Vec<T>>;

/// Pages that were read: by the cursor they begin after and by how many rows they have.
type Read<T> = HashMap<(Option<Vec<String>>, u64), Arc<Grouped<T>>>;

/// What was read of one table: the first who asks reads for all markets of the list.
pub struct Pages<T>(Mutex<Read<T>>);

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl Batch {
    /// A page of a market's history, newest first; ids are in the order of time.
    pub async fn history_page(
        &self,
        market: Uuid,
        after: Option<Vec<String>>,
        limit: u64,
    ) -> Result<Vec<market_event::Model>, Fault> {
        let mut read = self.events.0.lock().await;
        if let Some(page) = read.get(&(after.clone(), limit)) {
            return Ok(page.get(&market).cloned().unwrap_or_default());
        }
        let begins = after.as_ref().and_then(|key| key.first()?.parse::<Uuid>().ok());
        let within = Condition::all()
            .add(Event::MarketId.is_in(self.ids().iter().copied()))
            .add_option(begins.map(|id| Event::Id.lt(id)));
        let first = ranked(market_event::Entity, Event::Id, Event::MarketId, &[Event::Id], within, limit);
        let rows = market_event::Entity::find()
            .filter(Event::Id.in_subquery(first))
            .order_by_desc(Event::Id)
            .all(&self.ctx().scope())
            .await?;
        let page = Arc::new(grouped(rows, |row| row.market_id));
        read.insert((after, limit), Arc::clone(&page));
        Ok(page.get(&market).cloned().unwrap_or_default())
    }

    /// A page of a market's safety checks, newest first.
    pub async fn checks_page(
        &self,
        market: Uuid,
        after: Option<Vec<String>>,
        limit: u64,
    ) -> Result<Vec<safety_check::Model>, Fault> {
        self.page_by_day::<safety_check::Entity>(&self.check_pages, market, after, limit).await
    }

    /// A page of a market's samples, newest first.
    pub async fn samples_page(
        &self,
        market: Uuid,
        after: Option<Vec<String>>,
        limit: u64,
    ) -> Result<Vec<monitoring_sample::Model>, Fault> {
        self.page_by_day::<monitoring_sample::Entity>(&self.sample_pages, market, after, limit).await
    }

    async fn page_by_day<E: ByDay>(
        &self,
        pages: &Pages<E::Model>,
        market: Uuid,
        after: Option<Vec<String>>,
        limit: u64,
    ) -> Result<Vec<E::Model>, Fault> {
        let mut read = pages.0.lock().await;
        if let Some(page) = read.get(&(after.clone(), limit)) {
            return Ok(page.get(&market).cloned().unwrap_or_default());
        }
        let begins = after.as_deref().and_then(|key| match key {
            [day, id] => Some((day.parse::<chrono::NaiveDate>().ok()?, id.parse::<Uuid>().ok()?)),
            _ => None,
        });
        let older = begins.map(|(day, id)| {
            let same = Condition::all().add(E::DAY.eq(day)).add(E::ID.lt(id));
            Condition::any().add(E::DAY.lt(day)).add(same)
        });
        let within = Condition::all().add(E::MARKET.is_in(self.ids().iter().copied())).add_option(older);
        let first = ranked(E::default(), E::ID, E::MARKET, &[E::DAY, E::ID], within, limit);
        let rows = E::find()
            .filter(E::ID.in_subquery(first))
            .order_by_desc(E::DAY)
            .order_by_desc(E::ID)
            .all(&self.ctx().scope())
            .await?;
        let page = Arc::new(grouped(rows, E::market_of));
        read.insert((after, limit), Arc::clone(&page));
        Ok(page.get(&market).cloned().unwrap_or_default())
    }
}

/// Rows of markets that are shown by their day, newest first.
trait ByDay: EntityTrait<Model: Clone + Send + Sync> {
    const ID: Self::Column;
    const MARKET: Self::Column;
    const DAY: Self::Column;

    fn market_of(row: &Self::Model) -> Uuid;
}

impl ByDay for safety_check::Entity {
    const ID: Check = Check::Id;
    const MARKET: Check = Check::MarketId;
    const DAY: Check = Check::InspectedOn;

    fn market_of(row: &safety_check::Model) -> Uuid {
        row.market_id
    }
}

impl ByDay for monitoring_sample::Entity {
    const ID: Sampled = Sampled::Id;
    const MARKET: Sampled = Sampled::MarketId;
    const DAY: Sampled = Sampled::SampledOn;

    fn market_of(row: &monitoring_sample::Model) -> Uuid {
        row.market_id
    }
}

/// The ids of the first rows of each market, by a window.
fn ranked<E: EntityTrait, C: ColumnTrait>(
    entity: E,
    id: C,
    market: C,
    order: &[C],
    within: Condition,
    limit: u64,
) -> SelectStatement {
    let mut window = WindowStatement::partition_by(market);
    for column in order {
        window.order_by(*column, Order::Desc);
    }
    let (rank, ranked) = (Alias::new("rank_in_market"), Alias::new("ranked"));
    let inner = Query::select()
        .column(id)
        .expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, rank.clone())
        .from(entity.table_ref())
        .cond_where(within)
        .to_owned();
    Query::select()
        .column(Alias::new("id"))
        .from_subquery(inner, ranked)
        .and_where(Expr::col(rank).lte(i64::try_from(limit).unwrap_or(i64::MAX)))
        .to_owned()
}

fn grouped<T>(rows: Vec<T>, market: impl Fn(&T) -> Uuid) -> Grouped<T> {
    let mut grouped: Grouped<T> = HashMap::new();
    for row in rows {
        grouped.entry(market(&row)).or_default().push(row);
    }
    grouped
}
