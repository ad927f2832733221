//! What the province sees, in GraphQL.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Date, Page, moment};
use kernel::{Ctx, Mask};
use people::{City, Liaison};

use super::lines::{self, Pages, ReturnRow};
use crate::queries::pages::Snapshot;
use crate::queries::province::{Deadlines, ProvinceView};
use crate::rules::compare::difference;
use crate::rules::returns::ReturnStatus;

/// A city and what it handed in for a year, if anything (各市报送情况).
pub struct ProvinceReturn {
    view: ProvinceView,
    pages: Pages,
}

impl ProvinceReturn {
    pub(super) fn new(ctx: &Ctx, view: ProvinceView) -> Self {
        let pages = lines::pages(ctx, snapshot(&view).into_iter().collect());
        Self { view, pages }
    }

    /// All of one answer: their rows are loaded together.
    pub(super) fn many(ctx: &Ctx, views: Vec<ProvinceView>) -> Vec<Self> {
        let pages = lines::pages(ctx, views.iter().filter_map(snapshot).collect());
        views.into_iter().map(|view| Self { view, pages: pages.clone() }).collect()
    }

    fn row_count(&self) -> Option<i32> {
        self.view.row.as_ref().map(|row| row.row_count)
    }
}

/// What the city handed in last.
fn snapshot(view: &ProvinceView) -> Option<Snapshot> {
    view.row.as_ref().map(|row| (row.id, row.receipt_no))
}

/// A city and what it handed in for a year, if anything (各市报送情况).
#[Object]
impl ProvinceReturn {
    /// Global id; none while the city has not handed in (全局标识).
    async fn id(&self, gql: &Context<'_>) -> Option<ID> {
        self.view.row.as_ref().map(|row| gql::ctx(gql).gid("ProvinceReturn", row.id))
    }

    /// The city (市).
    async fn city(&self) -> City {
        City::from(&self.view.city)
    }

    /// The year reported (填报年度).
    async fn year(&self) -> i32 {
        self.view.year
    }

    /// Where it stands; `OPEN` while the city has not handed in (状态).
    async fn status(&self) -> ReturnStatus {
        self.view.status
    }

    /// Number of the snapshot handed in (版次).
    async fn version_no(&self) -> Option<i32> {
        self.view.row.as_ref().map(|row| row.version_no)
    }

    /// Its rows (零工市场数).
    #[graphql(name = "rowCount")]
    async fn count_of_rows(&self) -> Option<i32> {
        self.row_count()
    }

    /// Rows handed in for the year before (上年数).
    async fn last_year_row_count(&self) -> Option<i32> {
        self.view.last_year
    }

    /// More or fewer than the year before (增减).
    async fn difference(&self) -> Option<i32> {
        difference(self.row_count(), self.view.last_year)
    }

    /// When the city handed in (报送时间).
    async fn submitted_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.as_ref().map(|row| moment(row.submitted_at))
    }

    /// When it arrived here (收到时间).
    async fn received_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.as_ref().map(|row| moment(row.received_at))
    }

    /// When it was returned or accepted (审核时间).
    async fn decided_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.as_ref().and_then(|row| row.decided_at).map(moment)
    }

    /// When the city knew; empty while the decision is on its way (送达时间).
    async fn decision_delivered_at(&self) -> Option<DateTime<FixedOffset>> {
        self.view.row.as_ref().and_then(|row| row.decision_delivered_at).map(moment)
    }

    /// Why it was returned (退回原因).
    async fn returned_reason(&self) -> Option<&str> {
        self.view.row.as_ref().and_then(|row| row.returned_reason.as_deref())
    }

    /// The day the city is due, by its own calendar; null before its first report (本市报送期限).
    async fn due_on(&self) -> Option<Date> {
        self.view.due_on.map(Date)
    }

    /// Counts changes; none while the city has not handed in (更改次数).
    async fn version(&self) -> Option<i32> {
        self.view.row.as_ref().map(|row| row.version)
    }

    /// First handed in after the due day, or not yet and the day is past (是否逾期).
    async fn late(&self) -> bool {
        self.view.late
    }

    /// Is the city named for monitoring (监测城市)?
    async fn monitoring_city(&self) -> bool {
        self.view.monitoring
    }

    /// Counts how often the city was named for monitoring or withdrawn; a stale one is refused (监测更改次数).
    async fn monitoring_version(&self) -> i32 {
        self.view.monitoring_version
    }

    /// The filer named on the form (填报人).
    async fn filer(&self) -> Option<&str> {
        self.view.filer.as_ref().map(|filer| filer.name.expose().as_str())
    }

    /// The filer's telephone number, masked (联系电话).
    async fn filer_phone_masked(&self) -> Option<String> {
        self.view.filer.as_ref().map(|filer| filer.phone.masked(Mask::Phone))
    }

    /// Its rows, by their number (名录行).
    async fn rows(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Rows on a page, 1–100, 20 unless given (每页行数)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins (起始游标)")] after: Option<String>,
    ) -> Answer<Page<ReturnRow>> {
        let row = self.view.row.as_ref()?;
        let which = ((row.id, row.receipt_no), row.row_count);
        Some(lines::page(gql::ctx(gql), &self.pages, which, first, after).await)
    }
}

/// The dates of a year (报送期限).
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvinceDeadlines {
    /// The year reported (填报年度).
    pub year: i32,
    /// When the cities are due with the province (各市报送期限).
    pub cities_due_on: Date,
    /// The last working day up to that day (提醒截止日).
    pub cities_remind_on: Date,
    /// When the province is due with the ministry (省级上报期限).
    pub ministry_due_on: Date,
    /// Was that day set, or is it the end of the year by rule (是否自定)?
    pub ministry_set: bool,
    /// The working calendar of that year is not published: working days may move (暂定).
    pub provisional: bool,
    /// Counts how often the day was set; a stale one is refused (更改次数).
    pub version: i32,
}

impl From<Deadlines> for ProvinceDeadlines {
    fn from(deadlines: Deadlines) -> Self {
        Self {
            year: deadlines.year,
            cities_due_on: Date(deadlines.cities_due_on),
            cities_remind_on: Date(deadlines.cities_remind_on),
            ministry_due_on: Date(deadlines.ministry_due_on),
            ministry_set: deadlines.ministry_set,
            provisional: deadlines.provisional,
            version: deadlines.version,
        }
    }
}

/// A city with its liaison person (各市对接人).
#[derive(Clone, Debug, SimpleObject)]
pub struct CityLiaison {
    /// The city (市).
    pub city: City,
    /// Its liaison person, if it has named one (工作对接人).
    pub liaison: Option<Liaison>,
    /// When the city changed it last (变更时间).
    pub changed_at: Option<DateTime<FixedOffset>>,
}

impl From<people::ProvinceLiaison> for CityLiaison {
    fn from(known: people::ProvinceLiaison) -> Self {
        Self { city: City::from(&known.city), liaison: known.liaison, changed_at: known.changed_at.map(moment) }
    }
}
