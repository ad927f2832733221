//! Where a role may be assigned (授权范围, R63): the city, a county of it, a department, a market, an agency.

use kernel::divisions::{Divisions, Level, Lookup};
use kernel::text::Text;

/// A department that takes part (部门, P一): `name` as stored, title as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Department {
    /// As stored.
    pub name: &'static str,
    /// In words.
    pub title: Text,
}

/// The five departments that coordinate (人社、民政、财政、住建、市场监管; provincial notice P一).
pub(crate) const DEPARTMENTS: [Department; 5] = [
    Department { name: "HRSS", title: Text::new("人力资源社会保障", "Human resources and social security") },
    Department { name: "CIVIL_AFFAIRS", title: Text::new("民政", "Civil affairs") },
    Department { name: "FINANCE", title: Text::new("财政", "Finance") },
    Department { name: "HOUSING", title: Text::new("住房城乡建设", "Housing and construction") },
    Department { name: "MARKET_REGULATION", title: Text::new("市场监管", "Market regulation") },
];

/// The department of this name.
#[must_use]
pub(crate) fn department(name: &str) -> Option<&'static Department> {
    DEPARTMENTS.iter().find(|d| d.name == name)
}

/// Why a role cannot be assigned there (授权范围问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeFlaw {
    /// The kind of scope is no scope of this role.
    KindUnsuitable,
    /// A county, department, market or agency must be named.
    KeyNeeded,
    /// The city is named by nothing.
    KeyUnwanted,
    /// Not a code of the tree, now or before.
    UnknownDivision,
    /// The division is gone; perhaps another stands for the place.
    RetiredDivision(Option<String>),
    /// A division of another level.
    NotACounty,
    /// A county of another city.
    OtherCity,
    /// Not one of the five departments.
    UnknownDepartment,
    /// Not the id of a market or agency of this city.
    UnknownObject,
}

impl ScopeFlaw {
    /// What to do, in Chinese.
    #[must_use]
    pub(crate) fn zh(&self) -> String {
        match self {
            Self::KindUnsuitable => "该角色不能在这类范围内授予，请换一类范围。".to_owned(),
            Self::KeyNeeded => "请指明具体的县区、部门、市场或机构。".to_owned(),
            Self::KeyUnwanted => "范围为全市时不要填写范围代码。".to_owned(),
            Self::UnknownDivision => "没有这个行政区划代码，请从列表中选择县区。".to_owned(),
            Self::RetiredDivision(Some(code)) => format!("该行政区划代码已撤销，请改用{code}。"),
            Self::RetiredDivision(None) => "该行政区划代码已撤销且无唯一的承接区划，请从列表中选择县区。".to_owned(),
            Self::NotACounty => "该代码不是县级区划，请选择县区。".to_owned(),
            Self::OtherCity => "该县区不属于本市，请选择本市的县区。".to_owned(),
            Self::UnknownDepartment => "没有这个部门，请选择人社、民政、财政、住建或市场监管。".to_owned(),
            Self::UnknownObject => "没有找到该市场或机构，请从列表中选择。".to_owned(),
        }
    }

    /// What to do, in English.
    #[must_use]
    pub(crate) fn en(&self) -> String {
        match self {
            Self::KindUnsuitable => {
                "This role cannot be assigned in that kind of scope; choose another kind.".to_owned()
            }
            Self::KeyNeeded => "Name the county, department, market or agency.".to_owned(),
            Self::KeyUnwanted => "For the whole city leave the scope key empty.".to_owned(),
            Self::UnknownDivision => "There is no such division code; choose a county from the list.".to_owned(),
            Self::RetiredDivision(Some(code)) => format!("This division code is retired; use {code}."),
            Self::RetiredDivision(None) => {
                "This division code is retired and nothing single succeeds it; choose a county from the list."
                    .to_owned()
            }
            Self::NotACounty => "This is not the code of a county; choose a county.".to_owned(),
            Self::OtherCity => "This county belongs to another city; choose one of yours.".to_owned(),
            Self::UnknownDepartment => {
                "There is no such department: HRSS, CIVIL_AFFAIRS, FINANCE, HOUSING or MARKET_REGULATION.".to_owned()
            }
            Self::UnknownObject => "There is no such market or agency; choose one from the list.".to_owned(),
        }
    }
}

/// The county of `city` that `code` names.
pub(crate) fn county(code: &str, city: &str, divisions: &Divisions) -> Result<String, ScopeFlaw> {
    match divisions.lookup(code) {
        Lookup::Unknown => Err(ScopeFlaw::UnknownDivision),
        Lookup::Retired { successor, .. } => Err(ScopeFlaw::RetiredDivision(successor.map(str::to_owned))),
        Lookup::Current(division) if division.level != Level::County => Err(ScopeFlaw::NotACounty),
        Lookup::Current(division) if division.parent.as_deref() != Some(city) => Err(ScopeFlaw::OtherCity),
        Lookup::Current(division) => Ok(division.code.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taiyuan(code: &str) -> Result<String, ScopeFlaw> {
        county(code, "140100", Divisions::standard())
    }

    #[test]
    fn a_county_of_the_city_is_taken_padded_or_not() {
        assert_eq!(taiyuan("140105"), Ok("140105".to_owned()));
        assert_eq!(taiyuan("140105000000"), Ok("140105".to_owned()));
    }

    #[test]
    fn a_county_of_another_city_a_city_and_a_township_are_refused() {
        assert_eq!(taiyuan("140212"), Err(ScopeFlaw::OtherCity));
        assert_eq!(taiyuan("140100"), Err(ScopeFlaw::NotACounty));
        assert_eq!(taiyuan("999999"), Err(ScopeFlaw::UnknownDivision));
    }

    #[test]
    fn a_retired_county_is_refused_and_names_its_successor() {
        let retired = Divisions::standard().lookup("142301");
        assert!(matches!(retired, Lookup::Retired { .. }), "{retired:?}");
        let Err(ScopeFlaw::RetiredDivision(successor)) = county("142301", "141100", Divisions::standard()) else {
            panic!()
        };
        assert!(successor.is_some());
    }

    #[test]
    fn there_are_five_departments() {
        assert_eq!(department("HOUSING").map(|d| d.title.zh), Some("住房城乡建设"));
        assert_eq!(department("housing"), None);
    }
}
