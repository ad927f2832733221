//! What everybody sees of a posting (公开招聘信息), with the names of its hiring party and its market: one joined statement, as far as
//! somebody asks for it.

use std::sync::LazyLock;

use async_graphql::Lookahead;
use chrono::{DateTime, NaiveDate, Utc};
use entities::hiring_party;
use kernel::Fault;
use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryResult, QuerySelect as _, QueryTrait, Select,
    StatementBuilder,
};
use uuid::Uuid;

use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingStatus, WageUnit};
use crate::rows::posting;

/// Where a cell stands.
#[derive(Clone, Copy, Debug)]
enum Source {
    Posting(posting::Column),
    Party(hiring_party::Column),
    /// The name of the market, which stands last.
    MarketName,
}

/// Makes the cells, the row, and one accessor per cell that faults where the cell was not read.
macro_rules! cells {
    ($($(#[$doc:meta])* $cell:ident $name:ident: $type:ty = $source:expr;)*) => {
        /// A column that may be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        enum Cell {
            $($cell,)*
        }

        impl Cell {
            const ALL: &'static [Self] = &[$(Self::$cell,)*];

            const fn source(self) -> Source {
                match self {
                    $(Self::$cell => $source,)*
                }
            }
        }

        /// A posting as everybody sees it (公开招聘信息).
        #[derive(Clone, Debug)]
        pub struct PublicRow {
            /// Id.
            pub id: Uuid,
            /// When its first shift begins.
            pub starts_at: DateTime<Utc>,
            /// Elsewhere, because rows go through many hands until they are an answer.
            cells: Box<Cells>,
        }

        #[derive(Clone, Debug)]
        struct Cells {
            $($name: Option<$type>,)*
        }

        impl PublicRow {
            $(
                $(#[$doc])*
                pub fn $name(&self) -> Result<&$type, Fault> {
                    self.cells.$name.as_ref().ok_or(Fault::internal("use a column of a posting that was not read"))
                }
            )*

            /// `places` says of each cell where it stands, if it was read.
            fn of(row: &QueryResult, places: &[Option<usize>]) -> Result<Self, Fault> {
                let at = |cell: Cell| places.get(cell as usize).copied().flatten();
                Ok(Self {
                    id: row.try_get_by(0)?,
                    starts_at: row.try_get_by(1)?,
                    cells: Box::new(Cells {
                        $($name: at(Cell::$cell).map(|n| row.try_get_by(n)).transpose()?,)*
                    }),
                })
            }
        }
    };
}

cells! {
    /// State.
    Status status: PostingStatus = Source::Posting(posting::Column::Status);
    /// Kind.
    Kind kind: PostingKind = Source::Posting(posting::Column::Kind);
    /// Engagement type.
    Engagement engagement: EngagementType = Source::Posting(posting::Column::Engagement);
    /// Trade.
    Trade trade: String = Source::Posting(posting::Column::Trade);
    /// Title.
    Title title: String = Source::Posting(posting::Column::Title);
    /// Duties.
    Duties duties: String = Source::Posting(posting::Column::Duties);
    /// Conditions.
    Conditions conditions: Option<String> = Source::Posting(posting::Column::Conditions);
    /// Places.
    Headcount headcount: i32 = Source::Posting(posting::Column::Headcount);
    /// Wage in fen.
    WageFen wage_fen: i64 = Source::Posting(posting::Column::WageFen);
    /// Its wage as a day's, for sorting.
    WageOrder wage_order: i64 = Source::Posting(posting::Column::WageOrder);
    /// What it is for.
    WageUnit wage_unit: WageUnit = Source::Posting(posting::Column::WageUnit);
    /// When it is paid.
    PayDay pay_day: PayDay = Source::Posting(posting::Column::PayDay);
    /// Words about the pay.
    PayText pay_text: Option<String> = Source::Posting(posting::Column::PayText);
    /// Place.
    Place place: String = Source::Posting(posting::Column::Place);
    /// Latitude.
    Lat lat: Option<f64> = Source::Posting(posting::Column::Lat);
    /// Longitude.
    Lng lng: Option<f64> = Source::Posting(posting::Column::Lng);
    /// County.
    County county: String = Source::Posting(posting::Column::County);
    /// Accident cover.
    Cover cover: AccidentCover = Source::Posting(posting::Column::Cover);
    /// Certificate.
    NeedsCertificate needs_certificate: bool = Source::Posting(posting::Column::NeedsCertificate);
    /// Instant.
    Instant instant: bool = Source::Posting(posting::Column::Instant);
    /// Priority.
    Priority priority: bool = Source::Posting(posting::Column::Priority);
    /// First day it holds.
    ValidFrom valid_from: NaiveDate = Source::Posting(posting::Column::ValidFrom);
    /// Last day it holds.
    ValidUntil valid_until: NaiveDate = Source::Posting(posting::Column::ValidUntil);
    /// When its last shift ends.
    EndsAt ends_at: DateTime<Utc> = Source::Posting(posting::Column::EndsAt);
    /// Until when one can apply.
    ClosesAt closes_at: DateTime<Utc> = Source::Posting(posting::Column::ClosesAt);
    /// When it was published.
    PublishedAt published_at: Option<DateTime<Utc>> = Source::Posting(posting::Column::PublishedAt);
    /// When it was last confirmed.
    LastConfirmedAt last_confirmed_at: DateTime<Utc> = Source::Posting(posting::Column::LastConfirmedAt);
    /// Its market.
    MarketId market_id: Option<Uuid> = Source::Posting(posting::Column::MarketId);
    /// Its agency.
    AgencyId agency_id: Option<Uuid> = Source::Posting(posting::Column::AgencyId);
    /// Its hiring party.
    PartyId party_id: Uuid = Source::Posting(posting::Column::PartyId);
    /// What the party is called.
    PartyName party_name: String = Source::Party(hiring_party::Column::DisplayName);
    /// What kind of party it is.
    PartyKind party_kind: String = Source::Party(hiring_party::Column::Kind);
    /// When the party was verified.
    PartyVerifiedOn party_verified_on: Option<NaiveDate> = Source::Party(hiring_party::Column::VerifiedOn);
    /// When a sampling check last found it in order.
    PartyRecheckedOn party_rechecked_on: Option<NaiveDate> = Source::Party(hiring_party::Column::RecheckedOn);
    /// What the market is called.
    MarketName market_name: Option<String> = Source::MarketName;
}

/// All postings, to be narrowed down. Kept ready: `find` names every column of the table, and those that are wanted come after.
pub fn postings() -> Select<posting::Entity> {
    static ALL: LazyLock<Select<posting::Entity>> =
        LazyLock::new(|| posting::Entity::find().select_only().column(posting::Column::Id));
    ALL.clone()
}

/// Which cells an answer needs (所需字段).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted(Vec<Cell>);

impl Wanted {
    /// All there are.
    #[must_use]
    pub fn all() -> Self {
        Self(Cell::ALL.to_vec())
    }

    /// What the fields asked of a posting need; all, where one of them is not known here.
    #[must_use]
    pub fn of(asked: &Lookahead<'_>) -> Self {
        let mut wanted: Vec<Cell> = Vec::new();
        for posting in asked.selection_fields() {
            for field in posting.selection_set() {
                let Some(cells) = needed(field.name()) else { return Self::all() };
                wanted.extend(cells.iter().filter(|cell| !wanted.contains(*cell)).copied().collect::<Vec<_>>());
            }
        }
        // The join adds its column behind all others.
        wanted.sort_by_key(|cell| *cell == Cell::MarketName);
        Self(wanted)
    }

    /// And the wage as a day's, for a list that is sorted by it.
    #[must_use]
    pub fn by_wage(mut self) -> Self {
        if !self.0.contains(&Cell::WageOrder) {
            self.0.insert(0, Cell::WageOrder);
        }
        self
    }

    /// The rows of a statement made by [`Wanted::select`].
    pub async fn rows(
        &self,
        statement: &impl StatementBuilder,
        on: &impl ConnectionTrait,
    ) -> Result<Vec<PublicRow>, Fault> {
        let (rows, places) = (on.query_all(statement).await?, self.places());
        rows.iter().map(|row| PublicRow::of(row, &places)).collect()
    }

    /// The row of a statement that has one at most: whoever reads it waits for nothing behind it.
    pub async fn row(
        &self,
        statement: &impl StatementBuilder,
        on: &impl ConnectionTrait,
    ) -> Result<Option<PublicRow>, Fault> {
        let row = on.query_one(statement).await?;
        row.map(|row| PublicRow::of(&row, &self.places())).transpose()
    }

    /// Where each cell stands in a row.
    fn places(&self) -> Vec<Option<usize>> {
        let place = |cell: &Cell| self.0.iter().position(|read| read == cell).map(|n| n + 2);
        Cell::ALL.iter().map(place).collect()
    }

    /// A query that reads the cells.
    #[must_use]
    pub fn select(&self, query: Select<posting::Entity>) -> SelectStatement {
        let mut query = query.select_only().columns([posting::Column::Id, posting::Column::StartsAt]);
        let mut joined = false;
        for cell in &self.0 {
            match cell.source() {
                Source::Posting(column) => query = query.column(column),
                Source::Party(column) => {
                    if !std::mem::replace(&mut joined, true) {
                        let same = Expr::col(hiring_party::Column::Id.as_column_ref())
                            .equals(posting::Column::PartyId.as_column_ref());
                        QueryTrait::query(&mut query).inner_join(hiring_party::Entity, same);
                    }
                    QueryTrait::query(&mut query).expr(Expr::col(column.as_column_ref()));
                }
                Source::MarketName => query = markets::with_name(query, posting::Column::MarketId, "market_name"),
            }
        }
        query.into_query()
    }
}

/// What a field needs; `None` for one that is not known here.
fn needed(field: &str) -> Option<&'static [Cell]> {
    Some(match field {
        "status" => &[Cell::Status],
        "kind" => &[Cell::Kind],
        "engagement" => &[Cell::Engagement],
        "trade" | "tradeName" => &[Cell::Trade],
        "title" => &[Cell::Title],
        "duties" => &[Cell::Duties],
        "conditions" => &[Cell::Conditions],
        "headcount" => &[Cell::Headcount],
        "wageFen" => &[Cell::WageFen],
        "wageUnit" => &[Cell::WageUnit],
        "payDay" => &[Cell::PayDay],
        "payText" => &[Cell::PayText],
        "place" => &[Cell::Place],
        "point" => &[Cell::Lat, Cell::Lng],
        "mapLinks" => &[Cell::Lat, Cell::Lng, Cell::Place, Cell::Title],
        "countyName" => &[Cell::County],
        "cover" => &[Cell::Cover],
        "needsCertificate" => &[Cell::NeedsCertificate],
        "instant" => &[Cell::Instant],
        "priority" => &[Cell::Priority],
        "validFrom" => &[Cell::ValidFrom],
        "validUntil" => &[Cell::ValidUntil],
        "endsAt" => &[Cell::EndsAt],
        "closesAt" => &[Cell::ClosesAt],
        "publishedAt" => &[Cell::PublishedAt],
        "lastConfirmedAt" => &[Cell::LastConfirmedAt],
        "marketId" => &[Cell::MarketId],
        "marketName" => &[Cell::MarketName],
        "agency" => &[Cell::AgencyId],
        "partyId" => &[Cell::PartyId],
        "partyName" => &[Cell::PartyName],
        "partyIsUnit" => &[Cell::PartyKind],
        "partyVerifiedOn" => &[Cell::PartyVerifiedOn],
        "partyRecheckedOn" => &[Cell::PartyRecheckedOn],
        "__typename" | "id" | "startsAt" | "shifts" | "placesLeft" | "distanceMetres" => &[],
        _ => return None,
    })
}
