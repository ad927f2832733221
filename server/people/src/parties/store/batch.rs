//! What hangs on a page of hiring parties (批量读取): each level is read once for the whole page, whoever asks first.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entities::{citizen, party_member};
use kernel::{Ctx, Fault, Pii, places};
use sea_orm::sea_query::{Alias, Expr, Func, Query, SelectStatement, WindowStatement};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, Order, QueryFilter as _, QueryOrder as _,
};
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

use crate::colleagues;
use crate::parties::kinds::AgentRequestStatus;
use crate::parties::rows::party_event::{self, Column as Event};
use crate::parties::rows::{agent_authorisation, party_review, verification_step};

type Grouped<T> = HashMap<Uuid, Vec<T>>;

/// Pages of histories that were read: by the cursor they begin after and by how many rows they have.
type Histories = HashMap<(Option<Vec<String>>, u64), Arc<Grouped<party_event::Model>>>;

/// A page of hiring parties and what hangs on it.
pub struct Batch {
    ctx: Ctx,
    ids: Vec<Uuid>,
    markets: Vec<Uuid>,
    steps: OnceCell<Grouped<verification_step::Model>>,
    officials: OnceCell<HashMap<Uuid, Pii<String>>>,
    reviews: OnceCell<Grouped<party_review::Model>>,
    members: OnceCell<Grouped<(party_member::Model, citizen::Model)>>,
    asked: OnceCell<Grouped<(agent_authorisation::Model, citizen::Model)>>,
    names: OnceCell<HashMap<Uuid, String>>,
    histories: Mutex<Histories>,
}

impl Batch {
    /// Of these parties.
    pub fn of<'a>(ctx: &Ctx, rows: impl IntoIterator<Item = &'a entities::hiring_party::Model>) -> Arc<Self> {
        let (mut ids, mut markets) = (Vec::new(), Vec::new());
        for row in rows {
            ids.push(row.id);
            markets.extend(row.market_id);
        }
        Arc::new(Self {
            ctx: ctx.clone(),
            ids,
            markets,
            steps: OnceCell::new(),
            officials: OnceCell::new(),
            reviews: OnceCell::new(),
            members: OnceCell::new(),
            asked: OnceCell::new(),
            names: OnceCell::new(),
            histories: Mutex::default(),
        })
    }

    /// The steps of a party, in the order they were entered.
    pub async fn steps(&self, party: Uuid) -> Result<&[verification_step::Model], Fault> {
        Ok(self.all_steps().await?.get(&party).map(Vec::as_slice).unwrap_or_default())
    }

    /// The working names of those who took the steps of the page.
    pub async fn officials(&self) -> Result<&HashMap<Uuid, Pii<String>>, Fault> {
        let all = self.officials.get_or_try_init(|| async {
            let steps = self.all_steps().await?.values().flatten();
            let who: BTreeSet<Uuid> = steps.filter_map(|row| row.verified_by).collect();
            colleagues::names(&self.ctx, &self.ctx.scope(), who.into_iter().collect()).await
        });
        all.await
    }

    async fn all_steps(&self) -> Result<&Grouped<verification_step::Model>, Fault> {
        let all = self.steps.get_or_try_init(|| async {
            let rows = verification_step::Entity::find()
                .filter(verification_step::Column::PartyId.is_in(self.ids.iter().copied()))
                .order_by_asc(verification_step::Column::Id)
                .all(&self.ctx.scope())
                .await?;
            Ok::<_, Fault>(grouped(rows, |row| row.party_id))
        });
        all.await
    }

    /// The reviews of a party, in the order they were opened.
    pub async fn reviews(&self, party: Uuid) -> Result<&[party_review::Model], Fault> {
        let all = self.reviews.get_or_try_init(|| async {
            let rows = party_review::Entity::find()
                .filter(party_review::Column::PartyId.is_in(self.ids.iter().copied()))
                .order_by_asc(party_review::Column::Id)
                .all(&self.ctx.scope())
                .await?;
            Ok::<_, Fault>(grouped(rows, |row| row.party_id))
        });
        Ok(all.await?.get(&party).map(Vec::as_slice).unwrap_or_default())
    }

    /// Who acts for a party, in the order they came.
    pub async fn members(&self, party: Uuid) -> Result<&[(party_member::Model, citizen::Model)], Fault> {
        let all = self.members.get_or_try_init(|| async {
            let rows = party_member::Entity::find()
                .filter(party_member::Column::PartyId.is_in(self.ids.iter().copied()))
                .filter(party_member::Column::EndedAt.is_null())
                .order_by_asc(party_member::Column::Id)
                .all(&self.ctx.scope())
                .await?;
            let rows = self.with_citizens(rows, |row| row.citizen_id).await?;
            Ok::<_, Fault>(grouped(rows, |(row, _)| row.party_id))
        });
        Ok(all.await?.get(&party).map(Vec::as_slice).unwrap_or_default())
    }

    /// Who asks to act for a party, in the order they asked.
    pub async fn asked(&self, party: Uuid) -> Result<&[(agent_authorisation::Model, citizen::Model)], Fault> {
        let all = self.asked.get_or_try_init(|| async {
            let rows = agent_authorisation::Entity::find()
                .filter(agent_authorisation::Column::PartyId.is_in(self.ids.iter().copied()))
                .filter(agent_authorisation::Column::Status.eq(AgentRequestStatus::Asked))
                .order_by_asc(agent_authorisation::Column::Id)
                .all(&self.ctx.scope())
                .await?;
            let rows = self.with_citizens(rows, |row| row.citizen_id).await?;
            Ok::<_, Fault>(grouped(rows, |(row, _)| row.party_id))
        });
        Ok(all.await?.get(&party).map(Vec::as_slice).unwrap_or_default())
    }

    /// The name of a market that registered parties of the page.
    pub async fn market_name(&self, market: Uuid) -> Result<Option<&str>, Fault> {
        let names = self.names.get_or_try_init(|| places::names(&self.ctx, "Market", self.markets.clone()));
        Ok(names.await?.get(&market).map(String::as_str))
    }

    /// A page of a party's history, the newest first; ids are in the order of time. The first who asks reads for all parties.
    pub async fn history_page(
        &self,
        party: Uuid,
        after: Option<Vec<String>>,
        limit: u64,
    ) -> Result<Vec<party_event::Model>, Fault> {
        let mut read = self.histories.lock().await;
        if let Some(page) = read.get(&(after.clone(), limit)) {
            return Ok(page.get(&party).cloned().unwrap_or_default());
        }
        let begins = after.as_ref().and_then(|key| key.first()?.parse::<Uuid>().ok());
        let within = Condition::all()
            .add(Event::PartyId.is_in(self.ids.iter().copied()))
            .add_option(begins.map(|id| Event::Id.lt(id)));
        let rows = party_event::Entity::find()
            .filter(Event::Id.in_subquery(newest(within, limit)))
            .order_by_desc(Event::Id)
            .all(&self.ctx.scope())
            .await?;
        let page = Arc::new(grouped(rows, |row| row.party_id));
        read.insert((after, limit), Arc::clone(&page));
        Ok(page.get(&party).cloned().unwrap_or_default())
    }

    async fn with_citizens<T>(&self, rows: Vec<T>, of: impl Fn(&T) -> Uuid) -> Result<Vec<(T, citizen::Model)>, Fault> {
        let ids: Vec<Uuid> = rows.iter().map(&of).collect();
        let found = citizen::Entity::find().filter(citizen::Column::Id.is_in(ids)).all(&self.ctx.scope()).await?;
        let found: HashMap<Uuid, citizen::Model> = found.into_iter().map(|row| (row.id, row)).collect();
        let paired = rows.into_iter().filter_map(|row| {
            let citizen = found.get(&of(&row)).cloned()?;
            Some((row, citizen))
        });
        Ok(paired.collect())
    }
}

fn grouped<T>(rows: Vec<T>, of: impl Fn(&T) -> Uuid) -> Grouped<T> {
    let mut grouped: Grouped<T> = HashMap::new();
    for row in rows {
        grouped.entry(of(&row)).or_default().push(row);
    }
    grouped
}

/// The ids of the newest entries of each party, by a window.
fn newest(within: Condition, limit: u64) -> SelectStatement {
    let mut window = WindowStatement::partition_by(Event::PartyId);
    window.order_by(Event::Id, Order::Desc);
    let (rank, ranked) = (Alias::new("rank_in_party"), Alias::new("ranked"));
    let inner = Query::select()
        .column(Event::Id)
        .expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, rank.clone())
        .from(party_event::Entity)
        .cond_where(within)
        .to_owned();
    Query::select()
        .column(Alias::new("id"))
        .from_subquery(inner, ranked)
        .and_where(Expr::col(rank).lte(i64::try_from(limit).unwrap_or(i64::MAX)))
        .to_owned()
}
