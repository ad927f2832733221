//! Importing the form (名录导入): what a row says, which market it is, and what taking it in would change.

mod assess;
mod decide;
mod file;
mod index;
mod issue;

use serde::{Deserialize, Serialize};

use super::describe::Described;
use super::spans::{self, Span};
use super::trades::{self, Trade};
use crate::annex2::{self, FormRow, hours};
use crate::kinds::{AliasBasis, OperatingNature};
use kernel::trades::Trades;

pub use assess::{Assessed, Taken, assess};
pub use decide::{Decision, RowFlaw, Setting, decide};
pub use file::{Cells, File, FileRefusal, read, read_again};
pub use index::Index;
pub use issue::{Issue, of_flaw};

/// Rows of one import at most.
pub const MOST: usize = 10_000;
/// Rows of a file that is checked while its sender waits; longer ones are checked by a job.
pub const AT_ONCE: usize = 500;

/// A number of people in a row (人数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Lower end.
    pub low: i32,
    /// Upper end.
    pub high: i32,
    /// About.
    pub approximate: bool,
}

/// What a good row says (名录草稿). A blank stays as it is in the directory.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The name.
    pub name: String,
    /// What it rests on.
    pub basis: AliasBasis,
    /// Operating nature.
    pub nature: OperatingNature,
    /// What is said about the public interest.
    pub public_interest: Option<bool>,
    /// Hours.
    pub hours: Vec<Span>,
    /// Address.
    pub address: String,
    /// The division that the address names.
    pub division: Option<String>,
    /// Seekers.
    pub scale: Option<People>,
    /// Daily successes.
    pub successes: Option<People>,
    /// Trades.
    pub trades: Vec<Trade>,
    /// Remark.
    pub remark: Option<String>,
}

/// A market as it stands, to be compared (现有市场).
#[derive(Clone, Debug)]
pub struct Standing {
    /// The market.
    pub id: uuid::Uuid,
    /// What is said of it, without contacts and services, which the form does not have.
    pub described: Described,
}

impl Draft {
    /// From a good row; none where a required value is missing, which a good row never is.
    #[must_use]
    pub fn of(row: &FormRow, catalogue: &Trades, division: Option<String>) -> Option<Self> {
        let reading = row.nature?;
        Some(Self {
            name: row.name.clone(),
            basis: basis_of(row.alias_basis),
            nature: nature_of(reading.nature),
            public_interest: reading.public_interest,
            hours: row.hours.iter().map(spans::from_form).collect(),
            address: row.address.clone(),
            division,
            scale: row.seeker_scale.as_ref().map(people),
            successes: row.daily_successes.as_ref().map(people),
            trades: known_first(trades::lenient(catalogue, &row.trades)),
            remark: row.remark.clone(),
        })
    }
}

/// What the catalogue has stands before what it has not: so they are kept, and so they come back.
fn known_first(trades: Vec<Trade>) -> Vec<Trade> {
    let (known, other): (Vec<_>, Vec<_>) = trades.into_iter().partition(|t| matches!(t, Trade::Known(_)));
    known.into_iter().chain(other).collect()
}

/// Hours from the words they were kept in.
#[must_use]
pub fn hours_of(kept: &str) -> Vec<Span> {
    hours::read_text(kept).map(|read| read.spans.iter().map(spans::from_form).collect()).unwrap_or_default()
}

fn people(figure: &annex2::Figure) -> People {
    let whole = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    People { low: whole(figure.low), high: whole(figure.high), approximate: figure.approximate }
}

/// The form's nature as ours.
#[must_use]
pub const fn nature_of(nature: annex2::Nature) -> OperatingNature {
    match nature {
        annex2::Nature::Public => OperatingNature::Public,
        annex2::Nature::Commercial => OperatingNature::Commercial,
        annex2::Nature::Spontaneous => OperatingNature::Spontaneous,
    }
}

/// Our nature as the form's.
#[must_use]
pub const fn nature_to(nature: OperatingNature) -> annex2::Nature {
    match nature {
        OperatingNature::Public => annex2::Nature::Public,
        OperatingNature::Commercial => annex2::Nature::Commercial,
        OperatingNature::Spontaneous => annex2::Nature::Spontaneous,
    }
}

/// The form's basis as ours.
#[must_use]
pub const fn basis_of(basis: annex2::AliasBasis) -> AliasBasis {
    match basis {
        annex2::AliasBasis::Official => AliasBasis::Official,
        annex2::AliasBasis::Customary => AliasBasis::Customary,
        annex2::AliasBasis::Address => AliasBasis::Address,
    }
}

/// Our basis as the form's.
#[must_use]
pub const fn basis_to(basis: AliasBasis) -> annex2::AliasBasis {
    match basis {
        AliasBasis::Official => annex2::AliasBasis::Official,
        AliasBasis::Customary => annex2::AliasBasis::Customary,
        AliasBasis::Address => annex2::AliasBasis::Address,
    }
}

#[cfg(test)]
mod tests;
