//! This year against last, in GraphQL.

use async_graphql::{Context, Object, SimpleObject};
use kernel::gql::{self, Answer, Page, Paging};
use markets::OperatingNature;
use people::City;

use crate::queries::province::Comparison;
use crate::rules::compare::{Change, ChangeKind, Seen, difference};

/// Names shown without paging.
const NAMES: usize = 100;

/// A city's rows against those of the year before (同比).
pub struct ProvinceComparison(pub(super) Comparison);

/// A market as one year's return has it (名录行要素).
#[derive(Clone, Debug, SimpleObject)]
pub struct ComparedMarket {
    /// Name of the market (零工市场名称).
    pub name: String,
    /// Operating nature (运营性质).
    pub nature: Option<OperatingNature>,
    /// Number of seekers, as printed (求职人员规模).
    pub seeker_scale: String,
    /// Daily average of people hired, as printed (日均招聘成功人数).
    pub daily_successes: String,
}

impl From<&Seen> for ComparedMarket {
    fn from(seen: &Seen) -> Self {
        Self {
            name: seen.name.clone(),
            nature: OperatingNature::from_code(&seen.nature),
            seeker_scale: seen.seeker_scale.clone(),
            daily_successes: seen.daily_successes.clone(),
        }
    }
}

/// A market that came, went or changed (变化).
#[derive(Clone, Debug, SimpleObject)]
pub struct MarketChange {
    /// What became of it (变化类型).
    pub kind: ChangeKind,
    /// As the year before had it; null where it is new (上年).
    pub before: Option<ComparedMarket>,
    /// As this year has it; null where it is gone (本年).
    pub now: Option<ComparedMarket>,
}

impl From<&Change> for MarketChange {
    fn from(change: &Change) -> Self {
        Self {
            kind: change.kind,
            before: change.before.as_ref().map(ComparedMarket::from),
            now: change.now.as_ref().map(ComparedMarket::from),
        }
    }
}

impl ProvinceComparison {
    fn names(&self, kind: ChangeKind) -> Vec<&str> {
        self.0.changes.list.iter().filter(|change| change.kind == kind).take(NAMES).map(Change::name).collect()
    }

    fn count(&self, kind: ChangeKind) -> i32 {
        i32::try_from(self.0.changes.count(kind)).unwrap_or(i32::MAX)
    }
}

/// A city's rows against those of the year before (同比): market by market, so that a new name is no new market.
#[Object]
impl ProvinceComparison {
    /// The city (市).
    async fn city(&self) -> City {
        City::from(&self.0.city)
    }

    /// The year reported (填报年度).
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// Rows this year (本年数).
    async fn row_count(&self) -> Option<i32> {
        self.0.row_count
    }

    /// Rows the year before (上年数).
    async fn last_year_row_count(&self) -> Option<i32> {
        self.0.last_year
    }

    /// More or fewer (增减).
    async fn difference(&self) -> Option<i32> {
        difference(self.0.row_count, self.0.last_year)
    }

    /// Names that are new, at most a hundred; all of them are in `changes` (新增).
    async fn added(&self) -> Vec<&str> {
        self.names(ChangeKind::Added)
    }

    /// Names that are gone, at most a hundred; all of them are in `changes` (减少).
    async fn removed(&self) -> Vec<&str> {
        self.names(ChangeKind::Removed)
    }

    /// How many are new (新增数).
    async fn added_count(&self) -> i32 {
        self.count(ChangeKind::Added)
    }

    /// How many are gone (减少数).
    async fn removed_count(&self) -> i32 {
        self.count(ChangeKind::Removed)
    }

    /// How many stayed with another name, nature or number (变更数).
    async fn changed_count(&self) -> i32 {
        self.count(ChangeKind::Changed)
    }

    /// How many are in both (保留).
    async fn kept(&self) -> i32 {
        i32::try_from(self.0.changes.kept).unwrap_or(i32::MAX)
    }

    /// What came, then what went, then what changed, each by name (变化明细).
    async fn changes(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Rows on a page, 1–100, 20 unless given (每页行数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins (起始游标)")] after: Option<String>,
    ) -> Answer<Page<MarketChange>> {
        let ctx = gql::ctx(gql);
        let list = &self.0.changes.list;
        let answer = async {
            let sort = format!("province-changes:{}:{}", self.0.city.code, self.0.year);
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let from = paging.after.as_ref().and_then(|key| key.first()).and_then(|at| at.parse().ok()).unwrap_or(0);
            let most = usize::try_from(paging.limit()).unwrap_or(usize::MAX);
            let rows = list.iter().enumerate().skip(from).take(most);
            let keyed = rows.map(|(at, change)| (vec![(at + 1).to_string()], MarketChange::from(change))).collect();
            paging.page(ctx, keyed, Some(i64::try_from(list.len()).unwrap_or(i64::MAX))).await
        };
        Some(answer.await)
    }
}
