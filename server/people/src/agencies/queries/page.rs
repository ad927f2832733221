//! What hangs on a page of agencies (批量读取): each level is read once for the whole page, whoever asks first.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::agencies::queries::{kept, price_lists};
use crate::agencies::rows::{branch, displayed_item, price_item, price_list, report};
use crate::agencies::rules::parameters::Set;
use crate::agencies::rules::prices;

type Grouped<T> = HashMap<Uuid, Vec<T>>;

/// A price list with its items, in order.
pub type Priced = (price_list::Model, Vec<price_item::Model>);

/// A page of agencies and what hangs on it.
pub struct AgencyPage {
    ctx: Ctx,
    ids: Vec<Uuid>,
    branches: OnceCell<Grouped<branch::Model>>,
    displayed: OnceCell<Grouped<displayed_item::Model>>,
    links: OnceCell<HashMap<Uuid, String>>,
    prices: OnceCell<HashMap<Uuid, Priced>>,
    reports: OnceCell<Grouped<report::Model>>,
    parameters: OnceCell<Vec<Set>>,
}

impl std::fmt::Debug for AgencyPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AgencyPage").field("ids", &self.ids).finish_non_exhaustive()
    }
}

/// Rows by the agency they hang on.
fn grouped<T>(rows: Vec<T>, of: impl Fn(&T) -> Uuid) -> Grouped<T> {
    let mut grouped: Grouped<T> = HashMap::new();
    for row in rows {
        grouped.entry(of(&row)).or_default().push(row);
    }
    grouped
}

fn of_one<T>(all: &Grouped<T>, agency: Uuid) -> &[T] {
    all.get(&agency).map(Vec::as_slice).unwrap_or_default()
}

impl AgencyPage {
    /// Of these agencies.
    pub fn of(ctx: &Ctx, ids: Vec<Uuid>) -> Arc<Self> {
        Arc::new(Self {
            ctx: ctx.clone(),
            ids,
            branches: OnceCell::new(),
            displayed: OnceCell::new(),
            links: OnceCell::new(),
            prices: OnceCell::new(),
            reports: OnceCell::new(),
            parameters: OnceCell::new(),
        })
    }

    /// The context of the request.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Branches, the oldest first.
    pub async fn branches(&self, agency: Uuid) -> Result<&[branch::Model], Fault> {
        let read = || async {
            let rows = branch::Entity::find()
                .filter(branch::Column::AgencyId.is_in(self.ids.iter().copied()))
                .order_by_asc(branch::Column::SetUpOn)
                .order_by_asc(branch::Column::Id);
            Ok::<_, Fault>(grouped(rows.all(&self.ctx.scope()).await?, |row| row.agency_id))
        };
        Ok(of_one(self.branches.get_or_try_init(read).await?, agency))
    }

    /// What hangs in the hall, one of a kind.
    pub async fn displayed(&self, agency: Uuid) -> Result<&[displayed_item::Model], Fault> {
        let read = || async {
            let rows = displayed_item::Entity::find()
                .filter(displayed_item::Column::AgencyId.is_in(self.ids.iter().copied()))
                .filter(displayed_item::Column::IsCurrent.eq(true))
                .order_by_asc(displayed_item::Column::Kind);
            Ok::<_, Fault>(grouped(rows.all(&self.ctx.scope()).await?, |row| row.agency_id))
        };
        Ok(of_one(self.displayed.get_or_try_init(read).await?, agency))
    }

    /// Signed addresses of pictures, by file.
    pub async fn links(&self) -> Result<&HashMap<Uuid, String>, Fault> {
        let read = || async {
            let mut all = Vec::new();
            for agency in &self.ids {
                all.extend(self.displayed(*agency).await?.iter().filter_map(|item| item.file_id));
            }
            kernel::blob::download_urls(&self.ctx, &all).await
        };
        self.links.get_or_try_init(read).await
    }

    /// The price list that holds today.
    pub async fn prices(&self, agency: Uuid) -> Result<Option<&Priced>, Fault> {
        Ok(self.prices.get_or_try_init(|| self.read_prices()).await?.get(&agency))
    }

    async fn read_prices(&self) -> Result<HashMap<Uuid, Priced>, Fault> {
        let lists = price_list::Entity::find()
            .filter(price_list::Column::AgencyId.is_in(self.ids.iter().copied()))
            .order_by_asc(price_list::Column::Number)
            .all(&self.ctx.scope())
            .await?;
        let today = self.ctx.today();
        let holds = |lists: Vec<price_list::Model>| {
            let known: Vec<_> = lists.iter().map(|list| (list.effective_from, list.number)).collect();
            prices::in_force(&known, today).and_then(|at| lists.into_iter().nth(at))
        };
        let held: Vec<price_list::Model> =
            grouped(lists, |list| list.agency_id).into_values().filter_map(holds).collect();
        let priced = price_lists::with_items(&self.ctx, held).await?;
        Ok(priced.into_iter().map(|priced| (priced.0.agency_id, priced)).collect())
    }

    /// Annual reports, the newest year first.
    pub async fn reports(&self, agency: Uuid) -> Result<&[report::Model], Fault> {
        let read = || async {
            let rows = report::Entity::find()
                .filter(report::Column::AgencyId.is_in(self.ids.iter().copied()))
                .order_by_desc(report::Column::Year);
            Ok::<_, Fault>(grouped(rows.all(&self.ctx.scope()).await?, |row| row.agency_id))
        };
        Ok(of_one(self.reports.get_or_try_init(read).await?, agency))
    }

    /// What the city set.
    pub async fn parameters(&self) -> Result<&[Set], Fault> {
        let read = || async { kept::parameters(&self.ctx.scope()).await };
        Ok(self.parameters.get_or_try_init(read).await?)
    }
}
