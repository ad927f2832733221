//! Authorisation (授权): who may do what, where. The lines are data; only `enforcer.rs` knows casbin.
//!
//! An account holds roles, each in a scope. For an object at a [`Place`] the roles that hold there are collected, and
//! the policy is asked once with the list. A role is defined once and assigned in a scope; there is no line per person.

mod enforcer;
mod lines;
mod roles;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::text::Text;

pub use enforcer::{Decision, PolicyBook, TenantPolicy};
pub use lines::{Line, default_lines, may_stand};
pub use roles::{CITIZEN, ROLES, RoleDef, role};

/// A thing that can be done to a kind of object (操作权限), as `object.act`.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// The kind of object: `market`.
    pub object: &'static str,
    /// What is done: `list`.
    pub act: &'static str,
    /// In words, both languages.
    pub title: Text,
}

impl Action {
    /// An action.
    #[must_use]
    pub const fn new(object: &'static str, act: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { object, act, title: Text::new(zh, en) }
    }

    /// `market.list`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.object, self.act)
    }

    /// Is this its name?
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        name.split_once('.') == Some((self.object, self.act))
    }
}

/// Whose market it is, for policy (运营类别): templates differ between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OperatorClass {
    /// Not at a market: the city, a county, a department.
    Bureau,
    /// Run by the bureau, by signboard or entrusted: free of charge.
    Public,
    /// Run by a licensed agency.
    Commercial,
    /// Looked after by a volunteer team.
    Volunteer,
    /// Formed by itself and run by nobody: its county looks after it, everybody else reads.
    Unattended,
}

impl OperatorClass {
    /// All of them, in the order of the golden matrix.
    pub const ALL: [Self; 5] = [Self::Bureau, Self::Public, Self::Commercial, Self::Volunteer, Self::Unattended];

    /// As the policy spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bureau => "bureau",
            Self::Public => "public",
            Self::Commercial => "commercial",
            Self::Volunteer => "volunteer",
            Self::Unattended => "unattended",
        }
    }
}

/// Grants that a chapter or plugin makes by default (默认授权).
#[derive(Debug)]
pub struct Grant {
    /// The role.
    pub role: &'static str,
    /// The classes it holds for; empty means all.
    pub classes: &'static [OperatorClass],
    /// What it may do.
    pub actions: &'static [&'static Action],
}

/// The kinds of scope a role is assigned in (授权范围).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKind {
    /// The whole tenant.
    City,
    /// A county, by its division code.
    County,
    /// A department, by its name.
    Department,
    /// A market, by its id.
    Market,
    /// An agency, by its id.
    Agency,
}

impl ScopeKind {
    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::City => "CITY",
            Self::County => "COUNTY",
            Self::Department => "DEPARTMENT",
            Self::Market => "MARKET",
            Self::Agency => "AGENCY",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::City, Self::County, Self::Department, Self::Market, Self::Agency].into_iter().find(|k| k.name() == text)
    }
}

/// A role held in a scope (所持角色).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: String,
    /// The kind of scope.
    pub kind: ScopeKind,
    /// Its key; empty for the city.
    pub key: String,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
}

/// Where an object stands (所在): its chain of scopes, and the class of its market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The class.
    pub class: OperatorClass,
    /// Its county's division code.
    pub county: Option<String>,
    /// Do all departments work on it together?
    pub departments: bool,
    /// Its market.
    pub market: Option<Uuid>,
    /// Its agency.
    pub agency: Option<Uuid>,
}

impl Place {
    /// The city as a whole.
    #[must_use]
    pub const fn city() -> Self {
        Self { class: OperatorClass::Bureau, county: None, departments: false, market: None, agency: None }
    }

    /// A county.
    #[must_use]
    pub const fn county(code: String) -> Self {
        Self { class: OperatorClass::Bureau, county: Some(code), departments: false, market: None, agency: None }
    }

    /// Does a role held like this hold here?
    #[must_use]
    pub fn is_within(&self, held: &Held) -> bool {
        match held.kind {
            ScopeKind::City => true,
            ScopeKind::County => self.county.as_deref() == Some(held.key.as_str()),
            ScopeKind::Department => self.departments,
            ScopeKind::Market => self.market.is_some_and(|id| id.to_string() == held.key),
            ScopeKind::Agency => self.agency.is_some_and(|id| id.to_string() == held.key),
        }
    }
}

/// Where an actor may do an action in each class (分类可及范围): the row scope of lists of what has a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassedReach([Reach; OperatorClass::ALL.len()]);

impl ClassedReach {
    /// Of what `of` says about each class.
    #[must_use]
    pub fn new(of: impl FnMut(OperatorClass) -> Reach) -> Self {
        Self(OperatorClass::ALL.map(of))
    }

    /// In a class.
    #[must_use]
    pub fn of(&self, class: OperatorClass) -> &Reach {
        &self.0[class as usize]
    }

    /// Nowhere, in no class?
    #[must_use]
    pub fn is_nowhere(&self) -> bool {
        self.0.iter().all(Reach::is_nowhere)
    }

    /// Does it reach this place, in its class?
    #[must_use]
    pub fn holds(&self, place: &Place) -> bool {
        self.of(place.class).holds(place)
    }
}

/// Where an actor may do an action (可及范围), whatever the class: the row scope of lists of what has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Everywhere in the tenant.
    pub city: bool,
    /// In these counties.
    pub counties: Vec<String>,
    /// In these departments.
    pub departments: Vec<String>,
    /// At these markets.
    pub markets: Vec<Uuid>,
    /// For these agencies.
    pub agencies: Vec<Uuid>,
}

impl Reach {
    /// Nowhere at all.
    #[must_use]
    pub fn is_nowhere(&self) -> bool {
        *self == Self::default()
    }

    /// Does it reach this place, whatever its class?
    #[must_use]
    pub fn holds(&self, place: &Place) -> bool {
        self.city
            || place.departments && !self.departments.is_empty()
            || place.county.as_ref().is_some_and(|county| self.counties.contains(county))
            || place.market.is_some_and(|market| self.markets.contains(&market))
            || place.agency.is_some_and(|agency| self.agencies.contains(&agency))
    }

    pub(crate) fn add(&mut self, held: &Held) {
        match held.kind {
            ScopeKind::City => self.city = true,
            ScopeKind::County => self.counties.push(held.key.clone()),
            ScopeKind::Department => self.departments.push(held.key.clone()),
            ScopeKind::Market => self.markets.extend(held.key.parse::<Uuid>().ok()),
            ScopeKind::Agency => self.agencies.extend(held.key.parse::<Uuid>().ok()),
        }
    }
}
