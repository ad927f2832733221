//! What hangs on a page of markets (批量读取): each level is read once for the whole page, whoever asks first.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{Ctx, Fault, Pii};
use people::Agency;
use sea_orm::{ColumnTrait as _, DerivePartialModel, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::queries::tasks;
use crate::rows::{
    bad_credit, check_photo, construction_project, contract_indicator, map_annotation, market, market_contact,
    market_crowd, market_event, market_facility, market_hours, market_service, market_trade, market_zone, milestone,
    monitoring_sample, operator_contract, pickup_bay, queue_number, safety_check, zone_time,
};

use super::pages::Pages;

type Grouped<T> = HashMap<Uuid, Vec<T>>;

/// Makes one lazily read level per line: rows of one table, grouped by market.
macro_rules! levels {
    ($($(#[$doc:meta])* $name:ident: $module:ident $(where $only:ident)? by $($column:ident $order:ident),+;)*) => {
        /// A page of markets and what hangs on it.
        pub struct Batch {
            ctx: Ctx,
            ids: Vec<Uuid>,
            trades: OnceCell<Grouped<TradeRow>>,
            $($name: OnceCell<Grouped<$module::Model>>,)*
            /// Histories, page by page.
            pub(crate) events: Pages<market_event::Model>,
            /// Checks, page by page.
            pub(crate) check_pages: Pages<safety_check::Model>,
            /// Where the photos of checks can be fetched.
            photo_links: OnceCell<HashMap<Uuid, String>>,
            /// Samples, page by page.
            pub(crate) sample_pages: Pages<monitoring_sample::Model>,
            /// The agencies that run markets of the page.
            agency_ids: Vec<Uuid>,
            agencies: OnceCell<HashMap<Uuid, Agency>>,
            /// The names of those whose tasks the annotations are.
            assignees: OnceCell<HashMap<Uuid, Pii<String>>>,
        }

        impl Batch {
            /// Of these markets.
            pub fn new(ctx: &Ctx, ids: Vec<Uuid>) -> Arc<Self> {
                Self::with(ctx, ids, Vec::new())
            }

            fn with(ctx: &Ctx, ids: Vec<Uuid>, agency_ids: Vec<Uuid>) -> Arc<Self> {
                Arc::new(Self { ctx: ctx.clone(), ids, agency_ids, agencies: OnceCell::new(), trades: OnceCell::new(), $($name: OnceCell::new(),)* events: Pages::default(), check_pages: Pages::default(), photo_links: OnceCell::new(), sample_pages: Pages::default(), assignees: OnceCell::new() })
            }

            /// The markets of the page.
            pub fn ids(&self) -> &[Uuid] {
                &self.ids
            }

            /// The context of the request.
            pub fn ctx(&self) -> &Ctx {
                &self.ctx
            }

            $(
                $(#[$doc])*
                pub async fn $name(&self, market: Uuid) -> Result<&[$module::Model], Fault> {
                    let all = self.$name.get_or_try_init(|| async {
                        let rows = $module::Entity::find()
                            .filter($module::Column::MarketId.is_in(self.ids.iter().copied()))
                            $(.filter($module::Column::$only.eq(true)))?
                            $(.order_by($module::Column::$column, Order::$order))+
                            .all(&self.ctx.scope())
                            .await?;
                        let mut grouped: Grouped<$module::Model> = HashMap::new();
                        for row in rows {
                            grouped.entry(row.market_id).or_default().push(row);
                        }
                        Ok::<_, Fault>(grouped)
                    })
                    .await?;
                    Ok(all.get(&market).map(Vec::as_slice).unwrap_or_default())
                }
            )*
        }
    };
}

levels! {
    /// Hours.
    hours: market_hours by Season Asc, FromMonth Asc, Weekdays Asc, Opens Asc;
    /// Contacts, in order.
    contacts: market_contact by Position Asc;
    /// Services.
    services: market_service by Kind Asc;
    /// Zones.
    zones: market_zone by Kind Asc, Name Asc, Id Asc;
    /// Times of zones.
    zone_times: zone_time by Season Asc, FromMonth Asc, Weekdays Asc, Opens Asc;
    /// Facilities.
    facilities: market_facility by Kind Asc, Name Asc, Id Asc;
    /// Bays.
    bays: pickup_bay by Label Asc, Id Asc;
    /// The safety checks that count, one of an item.
    current_checks: safety_check where IsCurrent by Item Asc;
    /// Photos of checks, in order.
    photos: check_photo by CheckId Asc, Position Asc;
    /// All safety checks, newest first.
    checks: safety_check by InspectedOn Desc, Id Desc;
    /// How full, as last said.
    crowd: market_crowd by ReportedAt Desc;
    /// The queues of the last days, the newest first.
    queues: queue_number by Day Desc;
    /// Map annotations.
    annotations: map_annotation by Provider Asc;
    /// Contracts, newest first.
    contracts: operator_contract by StartsOn Desc, Id Desc;
    /// Entries of bad credit, newest first.
    bad_credits: bad_credit by Since Desc, Id Desc;
    /// Indicators, in order.
    indicators: contract_indicator by Position Asc;
    /// Projects.
    projects: construction_project by Id Asc;
    /// Milestones, in order.
    milestones: milestone by Position Asc;
    /// History, newest first.
    history: market_event by At Desc, Id Desc;
}

/// A main trade as it is shown: every page of the directory reads some sixty.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "market_trade::Entity")]
pub struct TradeRow {
    /// The market.
    pub market_id: Uuid,
    /// Occupation code, where the catalogue has it.
    pub code: Option<String>,
    /// The words, where it has not.
    pub name: Option<String>,
}

impl Batch {
    /// Trades, in order, where they have been read already.
    pub fn trades_at_hand(&self, market: Uuid) -> Option<&[TradeRow]> {
        Some(self.trades.get()?.get(&market).map(Vec::as_slice).unwrap_or_default())
    }

    /// Trades, in order.
    pub async fn trades(&self, market: Uuid) -> Result<&[TradeRow], Fault> {
        let all = self.trades.get_or_try_init(|| async {
            let rows = market_trade::Entity::find()
                .filter(market_trade::Column::MarketId.is_in(self.ids.iter().copied()))
                .order_by_asc(market_trade::Column::Position)
                .into_partial_model::<TradeRow>()
                .all(&self.ctx.scope())
                .await?;
            let mut grouped: Grouped<TradeRow> = HashMap::with_capacity(self.ids.len());
            for row in rows {
                grouped.entry(row.market_id).or_default().push(row);
            }
            Ok::<_, Fault>(grouped)
        });
        Ok(all.await?.get(&market).map(Vec::as_slice).unwrap_or_default())
    }
}

impl Batch {
    /// Of these rows: who runs them is known.
    pub fn of(ctx: &Ctx, rows: &[market::Model]) -> Arc<Self> {
        let agencies = rows.iter().filter_map(|row| row.agency).collect();
        Self::run_by(ctx, rows.iter().map(|row| row.id).collect(), agencies)
    }

    /// Of these markets, run by these agencies.
    pub fn run_by(ctx: &Ctx, ids: Vec<Uuid>, mut agencies: Vec<Uuid>) -> Arc<Self> {
        agencies.sort_unstable();
        agencies.dedup();
        Self::with(ctx, ids, agencies)
    }

    /// The agencies that run markets of the page.
    pub async fn agencies(&self) -> Result<&HashMap<Uuid, Agency>, Fault> {
        self.agencies.get_or_try_init(|| people::agencies_of(&self.ctx, self.agency_ids.clone())).await
    }

    /// Signed addresses of the photos of the page's checks, by file.
    pub async fn photo_links(&self) -> Result<&HashMap<Uuid, String>, Fault> {
        self.photo_links
            .get_or_try_init(|| async {
                let mut all = Vec::new();
                for market in &self.ids {
                    all.extend(self.photos(*market).await?.iter().map(|photo| photo.file_id));
                }
                kernel::blob::download_urls(&self.ctx, &all).await
            })
            .await
    }

    /// The working names of those whose tasks the annotations of the page are.
    pub async fn assignees(&self) -> Result<&HashMap<Uuid, Pii<String>>, Fault> {
        self.assignees
            .get_or_try_init(|| async {
                let mut all = Vec::new();
                for market in &self.ids {
                    all.extend(self.annotations(*market).await?.iter().filter_map(|row| row.assignee));
                }
                all.sort_unstable();
                all.dedup();
                tasks::names(&self.ctx, &all).await
            })
            .await
    }
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("ids", &self.ids).finish_non_exhaustive()
    }
}
