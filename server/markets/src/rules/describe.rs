//! From a filled-in form to a market that may be stored (登记核对), or the first thing wrong with it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::checks::Phone;
use kernel::divisions::Divisions;
use kernel::geo::Point;
use kernel::sheet::text;
use kernel::trades::Trades;
use kernel::{Lang, Pii};

use super::figures::{self, Figure, Kept};
use super::flaw::Flaw;
use super::inclusion::{self, Licence, RunUnder};
use super::naming::{self, Names};
use super::place::{self, Located};
use super::spans::{self, Span, SpanFlaw};
use super::trades::{self, Trade};
use super::village::{self, Village};
use crate::forms::{ContactInput, MarketInput};
use crate::kinds::{MarketLayout, OperatingNature, OperatorKind, ServiceKind};

/// Characters an address may have.
pub const ADDRESS: usize = 200;
/// Characters a remark may have.
pub const REMARK: usize = 1000;
const CONTACTS: usize = 20;
const LABEL: usize = 50;

/// What a decision needs beside the form.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The city, by its code.
    pub city: &'a str,
    /// Today in Asia/Shanghai.
    pub today: NaiveDate,
    /// The tree.
    pub divisions: &'a Divisions,
    /// The catalogue.
    pub trades: &'a Trades,
    /// Trades that the market has and the catalogue has not.
    pub kept: &'a [String],
    /// The numbers it has.
    pub figures: Kept<'a>,
}

/// A market that may be stored (市场).
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Its names.
    pub names: Names,
    /// Operating nature.
    pub nature: OperatingNature,
    /// Who runs it.
    pub operator_kind: OperatorKind,
    /// The operator's name.
    pub operator_name: Option<String>,
    /// The operator's licence.
    pub licence: Option<Licence>,
    /// Public interest.
    pub public_interest: bool,
    /// Layout.
    pub layout: Option<MarketLayout>,
    /// Its place in the tree.
    pub located: Located,
    /// Its address.
    pub address: String,
    /// Its village.
    pub village: Option<Village>,
    /// The point at its door.
    pub point: Option<Point>,
    /// Its hours, sorted.
    pub hours: Vec<Span>,
    /// Its trades, in order.
    pub trades: Vec<Trade>,
    /// Its contacts, in order.
    pub contacts: Vec<Contact>,
    /// Its services.
    pub services: BTreeSet<ServiceKind>,
    /// Seekers.
    pub scale: Option<Figure>,
    /// Daily successes.
    pub successes: Option<Figure>,
    /// Remark.
    pub remark: Option<String>,
    /// Area.
    pub area: Option<i32>,
}

/// A contact (联系方式).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Whose number it is.
    pub label: String,
    /// To dial; perhaps a person's.
    pub phone: Pii<String>,
    /// To show; perhaps a person's.
    pub display: Pii<String>,
    /// To show to those who may not see it.
    pub masked: String,
    /// Shown to everybody.
    pub public: bool,
}

impl Contact {
    /// The number to dial, where it is public.
    #[must_use]
    pub fn open_phone(&self) -> Option<String> {
        self.public.then(|| self.phone.expose().clone())
    }

    /// The number as anybody who may see the market sees it.
    #[must_use]
    pub fn shown(&self) -> String {
        // A public number is an office's, and meant to be rung up.
        if self.public { self.display.expose().clone() } else { self.masked.clone() }
    }
}

/// Checks a form, in the order of its fields.
pub fn describe(input: &MarketInput, around: &Around<'_>) -> Result<Described, Flaw> {
    let names = naming::names(input.official_name.as_deref(), input.alias.as_deref(), input.alias_basis)?;
    let operator_name =
        naming::operator(input.nature, input.operator_kind, input.operator_name.as_deref(), input.public_interest)?;
    let licence = inclusion::licence(input.licence_no.as_deref(), input.licence_until.map(|day| day.0))?;
    let located = place::locate(around.divisions, around.city, &input.address.division)?;
    let village = village::village(input.address.village.as_deref(), input.address.village_code.as_deref(), &located)?;
    let address = address(&input.address.text)?;
    let point = input.address.point.as_ref().map(|p| place::point(p, around.city)).transpose()?;
    let hours = spans::read(&input.hours).map_err(hours_flaw)?;
    let trades = trades::strict(around.trades, &input.trades, around.kept)?;
    let contacts = contacts(&input.contacts)?;
    let (scale, successes) =
        figures::read_both(input.seeker_scale.as_ref(), input.daily_successes.as_ref(), around.figures, around.today)?;
    if input.area_square_metres.is_some_and(|area| !(1..=1_000_000).contains(&area)) {
        return Err(Flaw::Area);
    }
    Ok(Described {
        names,
        nature: input.nature,
        operator_kind: input.operator_kind,
        operator_name,
        licence,
        public_interest: input.public_interest,
        layout: input.layout,
        located,
        village,
        address,
        point,
        hours,
        trades,
        contacts,
        services: input.services.iter().copied().collect(),
        scale,
        successes,
        remark: remark(input.remark.as_deref())?,
        area: input.area_square_metres,
    })
}

/// An address, tidied.
pub fn address(written: &str) -> Result<String, Flaw> {
    let address = text::tidy(written).split_whitespace().collect::<Vec<_>>().join(" ");
    if address.is_empty() {
        return Err(Flaw::AddressMissing);
    }
    if address.chars().count() > ADDRESS {
        return Err(Flaw::AddressTooLong { limit: ADDRESS });
    }
    Ok(address)
}

/// A remark, tidied.
pub fn remark(written: Option<&str>) -> Result<Option<String>, Flaw> {
    let remark = naming::some(written);
    if remark.as_ref().is_some_and(|r| r.chars().count() > REMARK) {
        return Err(Flaw::RemarkTooLong { limit: REMARK });
    }
    Ok(remark)
}

fn contacts(inputs: &[ContactInput]) -> Result<Vec<Contact>, Flaw> {
    if inputs.len() > CONTACTS {
        return Err(Flaw::TooMuch {
            at: "contacts".into(),
            field_zh: "联系方式".into(),
            field_en: "contacts".into(),
            limit: CONTACTS,
        });
    }
    inputs
        .iter()
        .enumerate()
        .map(|(at, input)| {
            let row = at + 1;
            let label = text::tidy(&input.label);
            if label.is_empty() || label.chars().count() > LABEL {
                return Err(Flaw::ContactLabel { row });
            }
            let phone = Phone::parse(&input.phone).map_err(|_| Flaw::ContactPhone { row })?;
            Ok(Contact {
                label,
                phone: phone.dial().into(),
                display: phone.display().into(),
                masked: phone.masked(),
                public: input.public,
            })
        })
        .collect()
}

/// What is wrong with the hours, as a flaw of the market.
pub fn hours_flaw(flaw: SpanFlaw) -> Flaw {
    match flaw {
        SpanFlaw::Time { row, text } => Flaw::HoursTime { row, text: text.chars().take(20).collect() },
        SpanFlaw::Reversed { row } => Flaw::HoursReversed { row },
        SpanFlaw::Months { row } => Flaw::HoursMonths { row },
        SpanFlaw::NoWeekday { row } => Flaw::HoursNoWeekday { row },
        SpanFlaw::Overlap { first, second } => Flaw::HoursOverlap { first, second },
        SpanFlaw::TooMany => Flaw::TooMuch {
            at: "hours".into(),
            field_zh: "运行时间".into(),
            field_en: "hours".into(),
            limit: spans::MOST,
        },
    }
}

impl Described {
    /// What it is run under.
    #[must_use]
    pub fn run_under(&self) -> RunUnder {
        RunUnder { nature: self.nature, operator: self.operator_kind, licence: self.licence.clone() }
    }

    /// The hours in the words of annex 2.
    #[must_use]
    pub fn hours_text(&self) -> String {
        spans::words(&self.hours, Lang::Zh)
    }

    /// Does it open early?
    #[must_use]
    pub fn early(&self) -> bool {
        self.hours.iter().any(spans::is_early)
    }
}
