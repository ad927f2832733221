//! What hangs on a page of postings (批量读取): each level is read once for the whole page, whoever asks first.

use std::collections::HashMap;
use std::sync::Arc;

use entities::hiring_party;
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Func, Query, WindowStatement};
use sea_orm::{ColumnTrait as _, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::doors::{self, Licensed};
use super::{posting as rows, settings};
use crate::engagements::operations::invite_again;
use crate::kinds::EngagementStatus;
use crate::rows::{engagement, posting, posting_event, shift};
use crate::rules::figures::Figures;

/// Entries of one posting's history that are shown.
const EVENTS: i64 = 50;

/// A page of postings and what hangs on it.
pub struct Batch {
    ctx: Ctx,
    ids: Vec<Uuid>,
    party_ids: Vec<Uuid>,
    market_ids: Vec<Uuid>,
    agency_ids: Vec<Uuid>,
    parties: OnceCell<HashMap<Uuid, hiring_party::Model>>,
    markets: OnceCell<HashMap<Uuid, String>>,
    agencies: OnceCell<HashMap<Uuid, Licensed>>,
    shifts: OnceCell<HashMap<Uuid, Vec<shift::Model>>>,
    events: OnceCell<HashMap<Uuid, Vec<posting_event::Model>>>,
    counts: OnceCell<HashMap<Uuid, Vec<(EngagementStatus, i64)>>>,
    asked: OnceCell<HashMap<Uuid, i64>>,
    figures: OnceCell<Figures>,
}

/// Each once.
fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

impl Batch {
    /// Of these postings.
    #[must_use]
    pub fn of(ctx: &Ctx, rows: &[posting::Model]) -> Arc<Self> {
        let parties = distinct(rows.iter().map(|row| row.party_id));
        let markets = distinct(rows.iter().filter_map(|row| row.market_id));
        let agencies = distinct(rows.iter().filter_map(|row| row.agency_id));
        Self::with(ctx, rows.iter().map(|row| row.id).collect(), (parties, markets, agencies))
    }

    /// Of postings that everybody sees, whose names were read with them.
    #[must_use]
    pub fn public(ctx: &Ctx, ids: Vec<Uuid>, agencies: impl Iterator<Item = Uuid>) -> Arc<Self> {
        Self::with(ctx, ids, (Vec::new(), Vec::new(), distinct(agencies)))
    }

    fn with(
        ctx: &Ctx,
        ids: Vec<Uuid>,
        (party_ids, market_ids, agency_ids): (Vec<Uuid>, Vec<Uuid>, Vec<Uuid>),
    ) -> Arc<Self> {
        Arc::new(Self {
            ctx: ctx.clone(),
            ids,
            party_ids,
            market_ids,
            agency_ids,
            parties: OnceCell::new(),
            markets: OnceCell::new(),
            agencies: OnceCell::new(),
            shifts: OnceCell::new(),
            events: OnceCell::new(),
            counts: OnceCell::new(),
            asked: OnceCell::new(),
            figures: OnceCell::new(),
        })
    }

    /// The context of the request.
    #[must_use]
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// The hiring parties of the page.
    pub async fn parties(&self) -> Result<&HashMap<Uuid, hiring_party::Model>, Fault> {
        let read = || async {
            let of = hiring_party::Column::Id.is_in(self.party_ids.iter().copied());
            let rows = hiring_party::Entity::find().filter(of).all(&self.ctx.scope()).await?;
            Ok::<_, Fault>(rows.into_iter().map(|row| (row.id, row)).collect())
        };
        self.parties.get_or_try_init(read).await
    }

    /// The names of the markets of the page.
    pub async fn markets(&self) -> Result<&HashMap<Uuid, String>, Fault> {
        self.markets.get_or_try_init(|| markets::names_of(&self.ctx, self.market_ids.clone())).await
    }

    /// The agencies of the page, and how good their licences are.
    pub async fn agencies(&self) -> Result<&HashMap<Uuid, Licensed>, Fault> {
        let read = || async { doors::licences(&self.ctx, &self.ctx.scope(), &self.agency_ids).await };
        self.agencies.get_or_try_init(read).await
    }

    /// The shifts of a posting, in the order of time.
    pub async fn shifts(&self, posting: Uuid) -> Result<&[shift::Model], Fault> {
        let read = || async { rows::shifts_of(&self.ctx.scope(), &self.ids).await };
        let all = self.shifts.get_or_try_init(read).await?;
        Ok(all.get(&posting).map(Vec::as_slice).unwrap_or_default())
    }

    /// The shifts, where they have been read already.
    #[must_use]
    pub fn shifts_at_hand(&self, posting: Uuid) -> Option<&[shift::Model]> {
        Some(self.shifts.get()?.get(&posting).map(Vec::as_slice).unwrap_or_default())
    }

    /// The newest entries of a posting's history, newest first: of all postings of the page by one window.
    pub async fn events(&self, posting: Uuid) -> Result<&[posting_event::Model], Fault> {
        let all = self.events.get_or_try_init(|| self.read_events()).await?;
        Ok(all.get(&posting).map(Vec::as_slice).unwrap_or_default())
    }

    async fn read_events(&self) -> Result<HashMap<Uuid, Vec<posting_event::Model>>, Fault> {
        use posting_event::Column;
        let mut window = WindowStatement::partition_by(Column::PostingId);
        window.order_by(Column::Id, Order::Desc);
        let (rank, ranked) = (Alias::new("rank_in_posting"), Alias::new("ranked"));
        let inner = Query::select()
            .column(Column::Id)
            .expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, rank.clone())
            .from(posting_event::Entity)
            .and_where(Column::PostingId.is_in(self.ids.iter().copied()))
            .to_owned();
        let first = Query::select()
            .column(Alias::new("id"))
            .from_subquery(inner, ranked)
            .and_where(Expr::col(rank).lte(EVENTS))
            .to_owned();
        let rows = posting_event::Entity::find()
            .filter(Column::Id.in_subquery(first))
            .order_by_desc(Column::Id)
            .all(&self.ctx.scope())
            .await?;
        let mut grouped: HashMap<Uuid, Vec<posting_event::Model>> = HashMap::new();
        for row in rows {
            grouped.entry(row.posting_id).or_default().push(row);
        }
        Ok(grouped)
    }

    /// How many engagements of a posting there are in each state.
    pub async fn counts(&self, posting: Uuid) -> Result<&[(EngagementStatus, i64)], Fault> {
        let read = || async {
            let rows: Vec<(Uuid, EngagementStatus, i64)> = engagement::Entity::find()
                .select_only()
                .columns([engagement::Column::PostingId, engagement::Column::Status])
                .column_as(engagement::Column::Id.count(), "so_many")
                .filter(engagement::Column::PostingId.is_in(self.ids.iter().copied()))
                .group_by(engagement::Column::PostingId)
                .group_by(engagement::Column::Status)
                .order_by_asc(engagement::Column::Status)
                .into_tuple()
                .all(&self.ctx.scope())
                .await?;
            let mut grouped: HashMap<Uuid, Vec<(EngagementStatus, i64)>> = HashMap::new();
            for (posting, status, count) in rows {
                grouped.entry(posting).or_default().push((status, count));
            }
            Ok::<_, Fault>(grouped)
        };
        let all = self.counts.get_or_try_init(read).await?;
        Ok(all.get(&posting).map(Vec::as_slice).unwrap_or_default())
    }

    /// How many were asked by text message to come to a posting.
    pub async fn asked(&self, posting: Uuid) -> Result<i64, Fault> {
        let read = || async { invite_again::asked_of(&self.ctx.scope(), &self.ids).await };
        Ok(self.asked.get_or_try_init(read).await?.get(&posting).copied().unwrap_or_default())
    }

    /// What postings are held to in this city.
    pub async fn figures(&self) -> Result<&Figures, Fault> {
        let read = || async { settings::figures(&self.ctx.scope()).await };
        self.figures.get_or_try_init(read).await
    }
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("ids", &self.ids).finish_non_exhaustive()
    }
}
