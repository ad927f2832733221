//! What a row makes of a market (导入后的市场). Pure: what the form does not say stays as it is.

use chrono::NaiveDate;
use kernel::divisions::Divisions;
use people::LicenceState;

use super::read::texts;
use crate::annex2::hours;
use crate::kinds::{AliasBasis, FigureMethod, OperatingNature, OperatorKind};
use crate::rows::{import_row, market};
use crate::rules::describe::{self, Described};
use crate::rules::figures::Figure;
use crate::rules::flaw::Flaw;
use crate::rules::naming::{self, Names, operators_of, public_interest_of};
use crate::rules::place::{Located, locate};
use crate::rules::spans::{self, Span};
use crate::rules::trades::Trade;

/// A market as it stands, with what the form can change (现有市场).
#[derive(Clone, Debug)]
pub struct Existing {
    /// Its row.
    pub row: market::Model,
    /// Its hours.
    pub hours: Vec<Span>,
    /// Its trades, in order.
    pub trades: Vec<Trade>,
    /// How the licence with its number stands, by what is registered of the agency: the form has no number, so that a
    /// row hands the market to this agency or to none.
    pub licence: LicenceState,
}

impl Existing {
    /// The market as a description, without contacts and services: the form has none and leaves them alone.
    pub fn described(&self) -> Described {
        let row = &self.row;
        let mut hours = self.hours.clone();
        hours.sort_unstable();
        Described {
            names: Names { official: row.official_name.clone(), alias: row.alias.clone(), basis: row.alias_basis },
            nature: row.nature,
            operator_kind: row.operator_kind,
            operator_name: row.operator_name.clone(),
            licence: row.licence(),
            public_interest: row.public_interest,
            layout: row.layout,
            located: self.located(),
            village: row.village(),
            address: row.address.clone(),
            point: row.point(),
            hours,
            trades: self.trades.clone(),
            contacts: Vec::new(),
            services: std::collections::BTreeSet::new(),
            scale: row.scale(),
            successes: row.successes(),
            remark: row.remark.clone(),
            area: row.area_square_metres,
        }
    }

    fn located(&self) -> Located {
        Located {
            division: self.row.division.clone(),
            township: self.row.township.clone(),
            county: self.row.county.clone(),
            city: self.row.city.clone(),
        }
    }
}

/// What a good row makes of the market it is, or of a new one. A flaw here was not seen cell by cell.
pub fn desired(
    row: &import_row::Model,
    existing: Option<&Existing>,
    city: &str,
    today: NaiveDate,
) -> Result<Described, Flaw> {
    let before = existing.map(Existing::described);
    let nature = row.nature.unwrap_or(OperatingNature::Spontaneous);
    let (operator_kind, operator_name, public_interest) = operator(nature, row.public_interest, before.as_ref());
    let before = before.as_ref();
    Ok(Described {
        names: names(row, before)?,
        nature,
        operator_kind,
        operator_name,
        // The form has no licence: what is known of it stays.
        licence: before.and_then(|b| b.licence.clone()),
        public_interest,
        layout: before.and_then(|b| b.layout),
        located: located(row, before, city)?,
        village: before.and_then(|b| b.village.clone()),
        address: describe::address(row.address.as_deref().unwrap_or_default())?,
        point: before.and_then(|b| b.point),
        hours: spans_of(row, before),
        trades: trades(row, before),
        contacts: Vec::new(),
        services: std::collections::BTreeSet::new(),
        scale: figure(
            (row.scale_low, row.scale_high, row.scale_approximate),
            before.and_then(|b| b.scale.as_ref()),
            today,
        ),
        successes: figure(
            (row.success_low, row.success_high, row.success_approximate),
            before.and_then(|b| b.successes.as_ref()),
            today,
        ),
        remark: describe::remark(row.remark.as_deref())?.or_else(|| before.and_then(|b| b.remark.clone())),
        area: before.and_then(|b| b.area),
    })
}

/// The form has one name: an official one leaves an alias beside it alone.
fn names(row: &import_row::Model, before: Option<&Described>) -> Result<Names, Flaw> {
    let basis = row.alias_basis.unwrap_or(AliasBasis::Customary);
    let alias = match basis {
        AliasBasis::Official => before.and_then(|b| b.names.alias.clone()),
        AliasBasis::Customary | AliasBasis::Address => row.alias.clone(),
    };
    naming::names(row.official_name.as_deref(), alias.as_deref(), basis)
}

/// The form names no operator. Whoever runs the market goes on where the nature lets him; else the usual one of the
/// nature, without a name: a commercial market then waits for the name of its agency before it is listed.
fn operator(
    nature: OperatingNature,
    said: Option<bool>,
    before: Option<&Described>,
) -> (OperatorKind, Option<String>, bool) {
    let kept = before.filter(|b| operators_of(nature).contains(&b.operator_kind));
    let (kind, name) = kept.map_or((usual(nature, said), None), |b| (b.operator_kind, b.operator_name.clone()));
    let flags = [said, kept.map(|b| b.public_interest), Some(false)];
    let flag = flags.into_iter().flatten().find(|flag| public_interest_of(kind, *flag).is_ok());
    (kind, name, flag.unwrap_or(true))
}

const fn usual(nature: OperatingNature, public_interest: Option<bool>) -> OperatorKind {
    match (nature, public_interest) {
        // 公共 and yet 非公益: only somebody entrusted may be meant.
        (OperatingNature::Public, Some(false)) => OperatorKind::Entrusted,
        (OperatingNature::Public, _) => OperatorKind::HrssDirect,
        (OperatingNature::Commercial, _) => OperatorKind::LicensedAgency,
        (OperatingNature::Spontaneous, _) => OperatorKind::None,
    }
}

/// A township that is known stays known where the row only tells its county.
fn located(row: &import_row::Model, before: Option<&Described>, city: &str) -> Result<Located, Flaw> {
    let tree = Divisions::standard();
    let division = row.division.as_deref().unwrap_or_default();
    match before {
        Some(before) if tree.within(&before.located.division, division) => Ok(before.located.clone()),
        _ => locate(tree, city, division),
    }
}

/// The hours of a row; those that read the same in the form stay as they were entered.
fn spans_of(row: &import_row::Model, before: Option<&Described>) -> Vec<Span> {
    if let Some(before) = before.filter(|b| Some(b.hours_text()) == row.hours_text) {
        return before.hours.clone();
    }
    let reading = row.hours_text.as_deref().and_then(|text| hours::read_text(text).ok()).unwrap_or_default();
    let mut spans: Vec<Span> = reading.spans.iter().map(spans::from_form).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// The same trades in another order are the same trades.
fn trades(row: &import_row::Model, before: Option<&Described>) -> Vec<Trade> {
    let known = texts(&row.trades).into_iter().map(Trade::Known);
    let read: Vec<Trade> = known.chain(texts(&row.other_trades).into_iter().map(Trade::Other)).collect();
    let sorted = |trades: &[Trade]| {
        let mut trades = trades.to_vec();
        trades.sort();
        trades
    };
    match before {
        Some(before) if sorted(&before.trades) == sorted(&read) => before.trades.clone(),
        _ => read,
    }
}

/// A figure that did not change keeps the way it came about; an empty cell changes nothing.
fn figure(read: (Option<i32>, Option<i32>, bool), before: Option<&Figure>, today: NaiveDate) -> Option<Figure> {
    let (Some(low), Some(high), approximate) = read else { return before.cloned() };
    let same = |f: &&Figure| (f.low, f.high, f.approximate) == (low, high, approximate);
    let declared = || Figure {
        low,
        high,
        approximate,
        method: FigureMethod::Declared,
        reason: None,
        as_of: today,
        computed: None,
    };
    Some(before.filter(same).cloned().unwrap_or_else(declared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_names_no_operator_so_the_nature_gives_the_usual_one() {
        let of = |nature, said| operator(nature, said, None);
        assert_eq!(of(OperatingNature::Public, None), (OperatorKind::HrssDirect, None, true));
        assert_eq!(of(OperatingNature::Public, Some(false)), (OperatorKind::Entrusted, None, false));
        assert_eq!(of(OperatingNature::Commercial, Some(true)), (OperatorKind::LicensedAgency, None, true));
        assert_eq!(of(OperatingNature::Spontaneous, None), (OperatorKind::None, None, false));
    }

    #[test]
    fn a_counted_figure_stays_counted_while_its_number_stays() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let counted = Figure {
            low: 300,
            high: 300,
            approximate: false,
            method: FigureMethod::Counted,
            reason: None,
            as_of: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            computed: None,
        };
        assert_eq!(figure((Some(300), Some(300), false), Some(&counted), today), Some(counted.clone()));
        assert_eq!(figure((None, None, false), Some(&counted), today), Some(counted.clone()));
        let changed = figure((Some(310), Some(310), false), Some(&counted), today).unwrap();
        assert_eq!((changed.method, changed.as_of), (FigureMethod::Declared, today));
    }
}
