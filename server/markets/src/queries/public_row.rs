//! What the public sees of a market's own row (公开字段), read as far as somebody asks for it: a page of the directory is
//! the most frequent question there is, and most ask for half of it.

use async_graphql::Lookahead;
use chrono::NaiveDate;
use kernel::Fault;
use sea_orm::{ConnectionTrait, QueryResult, QuerySelect as _, QueryTrait as _, Select};
use uuid::Uuid;

use crate::kinds::{MarketStatus, OperatingNature};
use crate::rows::market;

/// Makes the cells, the row, and one accessor per cell that faults where the cell was not read.
macro_rules! cells {
    ($($(#[$doc:meta])* $cell:ident $name:ident: $type:ty;)*) => {
        /// A column that may be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Cell {
            $($cell,)*
        }

        impl Cell {
            const ALL: &'static [Self] = &[$(Self::$cell,)*];

            const fn column(self) -> market::Column {
                match self {
                    $(Self::$cell => market::Column::$cell,)*
                }
            }
        }

        /// A market as the public sees it (公开市场).
        #[derive(Clone, Debug)]
        pub struct PublicRow {
            /// Id.
            pub id: Uuid,
            /// Name.
            pub display_name: String,
            $($name: Option<$type>,)*
        }

        impl PublicRow {
            $(
                $(#[$doc])*
                pub fn $name(&self) -> Result<&$type, Fault> {
                    self.$name.as_ref().ok_or(Fault::internal("use a column of the directory that was not read"))
                }
            )*

            fn of(row: &QueryResult, cells: &[Cell]) -> Result<Self, Fault> {
                let at = |cell: Cell| cells.iter().position(|c| *c == cell).map(|n| n + 2);
                Ok(Self {
                    id: row.try_get_by(0)?,
                    display_name: row.try_get_by(1)?,
                    $($name: at(Cell::$cell).map(|n| row.try_get_by(n)).transpose()?,)*
                })
            }
        }
    };
}

cells! {
    /// Slug.
    Slug slug: String;
    /// Alias.
    Alias alias: Option<String>;
    /// Nature.
    Nature nature: OperatingNature;
    /// Who runs it.
    OperatorName operator_name: Option<String>;
    /// The operator's licence.
    LicenceNo licence_no: Option<String>;
    /// The last day of the operator's licence.
    LicenceUntil licence_until: Option<NaiveDate>;
    /// The agency with that licence.
    Agency agency: Option<Uuid>;
    /// Public interest.
    PublicInterest public_interest: bool;
    /// State.
    Status status: MarketStatus;
    /// Division.
    Division division: String;
    /// Address.
    Address address: String;
    /// Latitude as given.
    Lat lat: Option<f64>;
    /// Longitude as given.
    Lng lng: Option<f64>;
    /// Reference system.
    Crs crs: Option<String>;
    /// Hours in words.
    HoursText hours_text: String;
    /// Early opening.
    EarlyOpening early_opening: bool;
    /// Remark.
    Remark remark: Option<String>;
}

/// Which cells an answer needs (所需字段).
#[derive(Clone, Debug)]
pub struct Wanted(Vec<Cell>);

impl Wanted {
    /// All there are.
    #[must_use]
    pub fn all() -> Self {
        Self(Cell::ALL.to_vec())
    }

    /// What the fields asked of a market need; all, where one of them is not known here.
    #[must_use]
    pub fn of(asked: &Lookahead<'_>) -> Self {
        let mut wanted = Vec::new();
        for market in asked.selection_fields() {
            for field in market.selection_set() {
                let Some(cells) = needed(field.name()) else { return Self::all() };
                wanted.extend(cells.iter().filter(|cell| !wanted.contains(*cell)).copied().collect::<Vec<_>>());
            }
        }
        Self(wanted)
    }

    /// And the division, by which a list may be ordered.
    #[must_use]
    pub fn with_division(mut self) -> Self {
        if !self.0.contains(&Cell::Division) {
            self.0.push(Cell::Division);
        }
        self
    }

    /// The rows of a query.
    pub async fn rows(
        &self,
        query: Select<market::Entity>,
        on: &impl ConnectionTrait,
    ) -> Result<Vec<PublicRow>, Fault> {
        let first = [market::Column::Id, market::Column::DisplayName];
        let query = query.select_only().columns(first).columns(self.0.iter().map(|cell| cell.column()));
        let rows = on.query_all(query.as_query()).await?;
        rows.iter().map(|row| PublicRow::of(row, &self.0)).collect()
    }
}

/// What a field needs besides id and name; `None` for one that is not known here.
fn needed(field: &str) -> Option<&'static [Cell]> {
    Some(match field {
        "slug" | "qrSvg" => &[Cell::Slug],
        "alias" => &[Cell::Alias],
        "nature" => &[Cell::Nature],
        "operatorName" => &[Cell::OperatorName],
        "licenceNo" => &[Cell::Nature, Cell::LicenceNo],
        "licenceState" => &[Cell::Nature, Cell::LicenceUntil, Cell::Agency],
        "publicInterest" => &[Cell::PublicInterest],
        "standardised" => &[Cell::Status, Cell::Nature, Cell::PublicInterest],
        "divisionName" => &[Cell::Division],
        "address" => &[Cell::Address],
        "point" => &[Cell::Lat, Cell::Lng, Cell::Crs],
        "mapLinks" => &[Cell::Lat, Cell::Lng, Cell::Crs, Cell::Address],
        "hoursText" => &[Cell::HoursText],
        "earlyOpening" => &[Cell::EarlyOpening],
        "remark" => &[Cell::Remark],
        "__typename" | "id" | "name" | "hoursToday" | "openNow" | "crowd" | "queueNumbers" | "trades"
        | "otherTrades" | "contacts" | "services" | "facilities" | "bays" | "transparency" | "distanceMetres" => &[],
        _ => return None,
    })
}
