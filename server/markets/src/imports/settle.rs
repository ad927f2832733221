//! Rows held against the markets there are (比对): which row is which market, and what applying it does. Pure.
//!
//! A row and a market are the same where county, name and address agree; or where county and name agree, neither names
//! another township, and there is only one of each. Anything else with the same name is for a person to tell.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use kernel::Lang;
use kernel::divisions::Divisions;
use kernel::refusal::Refusal as _;
use kernel::sheet::Words;
use uuid::Uuid;

use super::desired::{Existing, desired};
use super::issue::{Found, Headings, Staged};
use crate::annex2::Field;
use crate::kinds::{ImportAction, OperatingNature};
use crate::rules::inclusion::unfit_as_amended;
use crate::rules::lifecycle::{Lacking, lacking};

/// A row that its cells let pass and the directory does not.
const NOT_ACCEPTED: &str = "NOT_ACCEPTED";

/// How many rows there are of each kind (统计).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows.
    pub rows: i32,
    /// Rows that can be taken in.
    pub good: i32,
    /// Rows that make a market.
    pub created: i32,
    /// Rows that change a market.
    pub updated: i32,
    /// Rows that change nothing.
    pub unchanged: i32,
}

impl Tally {
    /// Of these rows.
    pub fn of<'a>(actions: impl Iterator<Item = &'a ImportAction>) -> Self {
        let mut tally = Self::default();
        for action in actions {
            tally.rows += 1;
            match action {
                ImportAction::Create => tally.created += 1,
                ImportAction::Update => tally.updated += 1,
                ImportAction::Unchanged => tally.unchanged += 1,
                ImportAction::Skip => continue,
            }
            tally.good += 1;
        }
        tally
    }

    /// Rows that cannot be taken in.
    pub const fn bad(&self) -> i32 {
        self.rows - self.good
    }
}

/// What settling needs beside rows and markets.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The city, by its code.
    pub city: &'a str,
    /// Today in Asia/Shanghai.
    pub today: NaiveDate,
    /// Where the columns are.
    pub headings: &'a Headings,
}

/// Decides every row: its market, its action, and whether it is good.
pub fn settle(staged: &mut [Staged], existing: &[Existing], setting: &Setting<'_>) {
    let mut by_name: HashMap<(&str, &str), Vec<&Existing>> = HashMap::new();
    for market in existing {
        by_name.entry((&market.row.county, &market.row.name_key)).or_default().push(market);
    }
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, row) in staged.iter_mut().enumerate() {
        row.forget_between();
        (row.row.market_id, row.row.market_version) = (None, None);
        if let (true, Some(county), Some(name)) = (row.is_good(), &row.row.county, &row.row.name_key) {
            groups.entry((county.clone(), name.clone())).or_default().push(at);
        } else {
            row.decide(ImportAction::Skip);
        }
    }
    for ((county, name), rows) in &groups {
        let markets = by_name.get(&(county.as_str(), name.as_str())).map(Vec::as_slice).unwrap_or_default();
        for (at, verdict) in verdicts(staged, rows, markets) {
            take(&mut staged[at], verdict, setting);
        }
    }
}

/// What was shown of a row: what applying it does, and to which state of its market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    action: ImportAction,
    version: Option<i32>,
}

impl Shown {
    /// Of this row.
    pub const fn of(row: &Staged) -> Self {
        Self { action: row.row.action, version: row.row.market_version }
    }

    /// Of these rows, by their numbers.
    pub fn all(staged: &[Staged]) -> BTreeMap<i32, Self> {
        staged.iter().map(|row| (row.row.row_no, Self::of(row))).collect()
    }
}

/// Rows that change a market now, and were shown to do nothing to it, or something to an earlier state of it: it was
/// registered or amended since, and nobody has seen that the row undoes that. Where it `holds` them, they stay behind;
/// otherwise they are pointed at.
pub fn overtaken(staged: &mut [Staged], shown: &BTreeMap<i32, Shown>, headings: &Headings, holds: bool) {
    for row in staged {
        let as_shown = shown.get(&row.row.row_no).is_none_or(|shown| *shown == Shown::of(row));
        if row.row.action == ImportAction::Update && !as_shown {
            let name = row.row.official_name.clone().or_else(|| row.row.alias.clone()).unwrap_or_default();
            row.issues.push(headings.issue(row.row.row_no, Field::Name, &name, Found::amended_since(holds)));
            row.decide(ImportAction::Update);
        }
    }
}

/// What a row is.
enum Verdict<'a> {
    Is(&'a Existing),
    New,
    Duplicate(i32),
    Ambiguous,
}

/// The rows of one name in one county.
fn verdicts<'a>(staged: &[Staged], rows: &[usize], markets: &[&'a Existing]) -> Vec<(usize, Verdict<'a>)> {
    let mut verdicts = Vec::with_capacity(rows.len());
    let mut seen: HashMap<&str, i32> = HashMap::new();
    let mut claimed: HashSet<Uuid> = HashSet::new();
    let mut open = Vec::new();
    for at in rows {
        let row = &staged[*at].row;
        let address = row.address_key.as_deref().unwrap_or_default();
        if let Some(first) = seen.get(address) {
            verdicts.push((*at, Verdict::Duplicate(*first)));
            continue;
        }
        seen.insert(address, row.row_no);
        match markets.iter().find(|market| market.row.address_key == address) {
            Some(market) => {
                claimed.insert(market.row.id);
                verdicts.push((*at, Verdict::Is(market)));
            }
            None => open.push(*at),
        }
    }
    let free: Vec<&Existing> = markets.iter().copied().filter(|market| !claimed.contains(&market.row.id)).collect();
    for at in &open {
        let division = staged[*at].row.division.as_deref().unwrap_or_default();
        let near: Vec<&Existing> = free.iter().copied().filter(|m| agree(&m.row.division, division)).collect();
        let verdict = match near[..] {
            [] => Verdict::New,
            [market] if open.len() == 1 => Verdict::Is(market),
            _ => Verdict::Ambiguous,
        };
        verdicts.push((*at, verdict));
    }
    verdicts
}

/// One division is or holds the other.
fn agree(one: &str, other: &str) -> bool {
    let tree = Divisions::standard();
    tree.within(one, other) || tree.within(other, one)
}

fn take(staged: &mut Staged, verdict: Verdict<'_>, setting: &Setting<'_>) {
    let name = staged.row.official_name.clone().or_else(|| staged.row.alias.clone()).unwrap_or_default();
    let found = match verdict {
        Verdict::Is(market) => {
            (staged.row.market_id, staged.row.market_version) = (Some(market.row.id), Some(market.row.version));
            return compare(staged, Some(market), setting);
        }
        Verdict::New => return compare(staged, None, setting),
        Verdict::Duplicate(first) => Found::duplicate(first),
        Verdict::Ambiguous => {
            let county = staged.row.county.as_deref().and_then(|code| Divisions::standard().get(code));
            Found::ambiguous(&name, county.map_or("", |county| county.name.as_str()))
        }
    };
    staged.issues.push(setting.headings.issue(staged.row.row_no, Field::Name, &name, found));
    staged.decide(ImportAction::Skip);
}

fn compare(staged: &mut Staged, market: Option<&Existing>, setting: &Setting<'_>) {
    let (field, found) = match decided(staged, market, setting) {
        Ok(action) => {
            if action == ImportAction::Create {
                assume(staged, setting);
            }
            return staged.decide(action);
        }
        Err(issue) => *issue,
    };
    staged.issues.push(setting.headings.issue(staged.row.row_no, field, "", found));
    staged.decide(ImportAction::Skip);
}

/// Says what a new market is registered as, where the form does not.
fn assume(staged: &mut Staged, setting: &Setting<'_>) {
    let row = &staged.row;
    let said = row.nature == Some(OperatingNature::Public) && row.public_interest.is_some();
    let Some(found) = row.nature.filter(|_| !said).and_then(Found::operator_assumed) else { return };
    let note = setting.headings.issue(row.row_no, Field::Nature, row.nature.map_or("", |n| n.title().zh), found);
    staged.issues.push(note);
}

/// What the row does to its market, or why it may not.
fn decided(
    staged: &Staged,
    market: Option<&Existing>,
    setting: &Setting<'_>,
) -> Result<ImportAction, Box<(Field, Found)>> {
    let wanted = desired(&staged.row, market, setting.city, setting.today).map_err(|flaw| {
        let found = Found {
            code: NOT_ACCEPTED,
            is_error: true,
            message: Words::new(flaw.message(Lang::Zh), flaw.message(Lang::En)),
            hint: Words::new("请改正该行后再导入。", "Correct the row and import it again."),
        };
        Box::new((Field::Name, found))
    })?;
    let Some(market) = market else { return Ok(ImportAction::Create) };
    if market.described() == wanted {
        return Ok(ImportAction::Unchanged);
    }
    let lacks = |field, zh, en| Err(Box::new((field, Found::listed_lacks(zh, en))));
    let (before, after) = (market.row.run_under(), wanted.run_under());
    let unfit = unfit_as_amended(market.row.status, &before, &after, market.licence, setting.today);
    match (lacking(market.row.status, &wanted), unfit) {
        (None, None) => Ok(ImportAction::Update),
        (Some(Lacking::Hours), _) => lacks(Field::Hours, "运行时间", "hours"),
        (Some(Lacking::Trades), _) => lacks(Field::Trades, "主要招聘工种", "a trade"),
        (Some(Lacking::Licence), _) => lacks(Field::Nature, "人力资源服务许可证编号", "a licence"),
        // Before the operator's name: what an agency is called mends nothing while its licence is good for nothing.
        (_, Some(unfit)) => lacks(Field::Nature, unfit.cure().zh, unfit.cure().en),
        (Some(Lacking::OperatorName), None) => lacks(Field::Nature, "运营机构名称", "the name of its operator"),
    }
}
