//! What taking a row in would do (逐行判定): make a market, change one, or nothing; or why it cannot be taken in.

use uuid::Uuid;

use super::{Draft, Index, People};
use crate::annex2::Field;
use crate::kinds::{AliasBasis, OperatingNature, OperatorKind};
use crate::rules::describe::{Around, Described};
use crate::rules::figures::Figure;
use crate::rules::flaw::Flaw;
use crate::rules::naming::{Names, operators_of, public_interest_of};
use crate::rules::place;
use crate::rules::spans::words;

/// Around which rows are decided (判定依据).
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The city, the day, the packs.
    pub around: Around<'a>,
    /// The markets there are.
    pub index: &'a Index<'a>,
    /// The division of rows whose address names none.
    pub default_division: Option<&'a str>,
    /// The counties the importer may write to; none: all of them.
    pub counties: Option<&'a [String]>,
}

/// What taking a row in does (判定).
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// A new market.
    Create(Described),
    /// A change of this market.
    Update(Uuid, Described),
    /// This market is already so.
    Unchanged(Uuid, Described),
}

impl Decision {
    /// The market as it would be.
    #[must_use]
    pub const fn described(&self) -> &Described {
        match self {
            Self::Create(d) | Self::Update(_, d) | Self::Unchanged(_, d) => d,
        }
    }

    /// The market there is.
    #[must_use]
    pub const fn market(&self) -> Option<Uuid> {
        match self {
            Self::Create(_) => None,
            Self::Update(id, _) | Self::Unchanged(id, _) => Some(*id),
        }
    }
}

/// Why a row cannot be taken in, beyond what its cells show by themselves; each belongs to a column.
#[derive(Clone, Debug, PartialEq)]
pub enum RowFlaw {
    /// The address names no division of the city, and none was chosen.
    NoDivision,
    /// The county is not the importer's.
    OutOfReach {
        /// The county.
        county: String,
    },
    /// What a form would be refused for.
    Flaw(Field, Flaw),
}

/// Decides on a row. `described` of a market that is there keeps what the form does not have.
pub fn decide(draft: &Draft, setting: &Setting<'_>) -> Result<Decision, RowFlaw> {
    let around = &setting.around;
    let tree = around.divisions;
    let same = setting.index.find_anywhere(&draft.name, &draft.address);
    let code = draft.division.as_deref().or(match same {
        Some(_) => None,
        None => setting.default_division,
    });
    let located = match (code, same) {
        (Some(code), _) => {
            place::locate(tree, around.city, code).map_err(|flaw| RowFlaw::Flaw(Field::Address, flaw))?
        }
        (None, Some(standing)) => standing.described.located.clone(),
        (None, None) => return Err(RowFlaw::NoDivision),
    };
    if let Some(counties) = setting.counties
        && !counties.contains(&located.county)
    {
        return Err(RowFlaw::OutOfReach { county: located.county });
    }
    let base = setting.index.find(tree, &located, &draft.name, &draft.address);
    match base {
        None => fresh(draft, located, around).map(Decision::Create),
        Some(standing) => {
            let described = changed(draft, &standing.described, located, around)?;
            Ok(if described == standing.described {
                Decision::Unchanged(standing.id, described)
            } else {
                Decision::Update(standing.id, described)
            })
        }
    }
}

/// Who runs a market of this nature where the form does not say.
const fn usual_operator(nature: OperatingNature, public_interest: Option<bool>) -> OperatorKind {
    match (nature, public_interest) {
        (OperatingNature::Public, Some(false)) => OperatorKind::Entrusted,
        (OperatingNature::Public, _) => OperatorKind::HrssDirect,
        (OperatingNature::Commercial, _) => OperatorKind::LicensedAgency,
        (OperatingNature::Spontaneous, _) => OperatorKind::None,
    }
}

/// Public markets are free of charge unless the form says otherwise; of the others it must say so.
fn usual_interest(nature: OperatingNature, said: Option<bool>) -> bool {
    said.unwrap_or(nature == OperatingNature::Public)
}

fn names(draft: &Draft) -> Names {
    let name = Some(draft.name.clone());
    match draft.basis {
        AliasBasis::Official => Names { official: name, alias: None, basis: draft.basis },
        _ => Names { official: None, alias: name, basis: draft.basis },
    }
}

fn figure(people: Option<People>, around: &Around<'_>) -> Option<Figure> {
    people.map(|p| Figure::declared(p.low, p.high, p.approximate, around.today))
}

fn fresh(draft: &Draft, located: place::Located, around: &Around<'_>) -> Result<Described, RowFlaw> {
    let operator_kind = usual_operator(draft.nature, draft.public_interest);
    let public_interest = usual_interest(draft.nature, draft.public_interest);
    public_interest_of(operator_kind, public_interest).map_err(|flaw| RowFlaw::Flaw(Field::Nature, flaw))?;
    Ok(Described {
        names: names(draft),
        nature: draft.nature,
        operator_kind,
        operator_name: None,
        public_interest,
        layout: None,
        located,
        address: draft.address.clone(),
        point: None,
        hours: draft.hours.clone(),
        trades: draft.trades.clone(),
        contacts: Vec::new(),
        services: std::collections::BTreeSet::new(),
        scale: figure(draft.scale, around),
        successes: figure(draft.successes, around),
        remark: draft.remark.clone(),
        area: None,
    })
}

/// The market with what the row says laid over it. What says the same in other words changes nothing, and neither
/// does a blank.
fn changed(
    draft: &Draft,
    base: &Described,
    located: place::Located,
    around: &Around<'_>,
) -> Result<Described, RowFlaw> {
    let mut new = base.clone();
    if (base.names.shown(), base.names.basis) != (draft.name.as_str(), draft.basis) {
        let alias = new.names.alias.take();
        new.names = names(draft);
        new.names.alias = new.names.alias.take().or(alias);
    }
    if new.nature != draft.nature {
        new.nature = draft.nature;
        if !operators_of(draft.nature).contains(&base.operator_kind) {
            new.operator_kind = usual_operator(draft.nature, draft.public_interest);
            new.operator_name = None;
        }
        new.public_interest = usual_interest(draft.nature, draft.public_interest);
    }
    new.public_interest = draft.public_interest.unwrap_or(new.public_interest);
    public_interest_of(new.operator_kind, new.public_interest).map_err(|flaw| RowFlaw::Flaw(Field::Nature, flaw))?;
    let tree = around.divisions;
    if place::address_key(tree, &base.located, &base.address) != place::address_key(tree, &located, &draft.address) {
        new.address.clone_from(&draft.address);
        new.located = located;
    } else if base.located.township.is_none() && located.township.is_some() {
        new.located = located;
    }
    if words(&base.hours, kernel::Lang::Zh) != words(&draft.hours, kernel::Lang::Zh) {
        new.hours.clone_from(&draft.hours);
    }
    if !draft.trades.is_empty() {
        new.trades.clone_from(&draft.trades);
    }
    let said = |people: Option<People>, old: Option<&Figure>| {
        let same = |p: People| old.is_some_and(|f| (f.low, f.high, f.approximate) == (p.low, p.high, p.approximate));
        people.filter(|p| !same(*p)).and_then(|p| figure(Some(p), around)).or_else(|| old.cloned())
    };
    new.scale = said(draft.scale, base.scale.as_ref());
    new.successes = said(draft.successes, base.successes.as_ref());
    new.remark = draft.remark.clone().or(new.remark);
    Ok(new)
}
