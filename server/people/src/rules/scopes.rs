//! Where a role may be assigned (授权范围, R63): the city, a county of it, a department, a market, an agency.

use kernel::divisions::{Divisions, Level, Lookup};
use kernel::text::Text;

/// A department that takes part (部门, P一): `name` as stored, title as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Department {
    /// As stored.
    pub name: &'static str,
    /// In words.
    pub title: Text,
}

/// The five departments that coordinate (人社、民政、财政、住建、市场监管; provincial notice P一).
pub const DEPARTMENTS: [Department; 5] = [
    Department { name: "HRSS", title: Text::new("人力资源社会保障", "Human resources and social security") },
    Department { name: "CIVIL_AFFAIRS", title: Text::new("民政", "Civil affairs") },
    Department { name: "FINANCE", title: Text::new("财政", "Finance") },
    Department { name: "HOUSING", title: Text::new("住房城乡建设", "Housing and construction") },
    Department { name: "MARKET_REGULATION", title: Text::new("市场监管", "Market regulation") },
];

/// The department of this name.
#[must_use]
pub fn department(name: &str) -> Option<&'static Department> {
    DEPARTMENTS.iter().find(|d| d.name == name)
}

/// Why a code names no county of the city (区划代码问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountyFlaw {
    /// Not a code of the tree, now or before.
    Unknown,
    /// The division is gone; perhaps another stands for the place.
    Retired(Option<String>),
    /// A division of another level.
    NotACounty,
    /// A county of another city.
    Elsewhere,
}

/// The county of `city` that `code` names.
pub fn county(code: &str, city: &str, divisions: &Divisions) -> Result<String, CountyFlaw> {
    match divisions.lookup(code) {
        Lookup::Unknown => Err(CountyFlaw::Unknown),
        Lookup::Retired { successor, .. } => Err(CountyFlaw::Retired(successor.map(str::to_owned))),
        Lookup::Current(division) if division.level != Level::County => Err(CountyFlaw::NotACounty),
        Lookup::Current(division) if division.parent.as_deref() != Some(city) => Err(CountyFlaw::Elsewhere),
        Lookup::Current(division) => Ok(division.code.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taiyuan(code: &str) -> Result<String, CountyFlaw> {
        county(code, "140100", Divisions::standard())
    }

    #[test]
    fn a_county_of_the_city_is_taken_padded_or_not() {
        assert_eq!(taiyuan("140105"), Ok("140105".to_owned()));
        assert_eq!(taiyuan("140105000000"), Ok("140105".to_owned()));
    }

    #[test]
    fn a_county_of_another_city_a_city_and_a_township_are_refused() {
        assert_eq!(taiyuan("140212"), Err(CountyFlaw::Elsewhere));
        assert_eq!(taiyuan("140100"), Err(CountyFlaw::NotACounty));
        assert_eq!(taiyuan("999999"), Err(CountyFlaw::Unknown));
    }

    #[test]
    fn a_retired_county_is_refused_and_names_its_successor() {
        let retired = Divisions::standard().lookup("142301");
        assert!(matches!(retired, Lookup::Retired { .. }), "{retired:?}");
        let Err(CountyFlaw::Retired(successor)) = county("142301", "141100", Divisions::standard()) else { panic!() };
        assert!(successor.is_some());
    }

    #[test]
    fn there_are_five_departments() {
        assert_eq!(department("HOUSING").map(|d| d.title.zh), Some("住房城乡建设"));
        assert_eq!(department("housing"), None);
    }
}
