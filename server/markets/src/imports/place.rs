//! Where a row's market is (归属判定), and under which keys it is found again. Pure.

use kernel::divisions::{Divisions, Level};
use kernel::policy::Reach;
use kernel::sheet::text;
use kernel::trades::Trades;
use serde::{Deserialize, Serialize};

use super::issue::{Found, Headings, Staged};
use crate::annex2::Field;
use crate::kinds::OperatingNature;
use crate::rules::place::{address_key, find_in, locate, name_key};

/// The counties somebody may import into (导入范围).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counties {
    /// All of the city.
    pub city: bool,
    /// These.
    pub counties: Vec<String>,
}

impl From<&Reach> for Counties {
    fn from(reach: &Reach) -> Self {
        Self { city: reach.city, counties: reach.counties.clone() }
    }
}

impl Counties {
    /// Is the county one of them?
    pub fn hold(&self, county: &str) -> bool {
        self.city || self.counties.iter().any(|own| own == county)
    }

    /// The only county there is, where there is one only.
    pub fn only(&self) -> Option<&str> {
        match &self.counties[..] {
            [county] if !self.city => Some(county),
            _ => None,
        }
    }
}

/// What placing a row needs beside it.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The city, by its code.
    pub city: &'a str,
    /// The division of rows whose address names none.
    pub default: Option<&'a str>,
    /// Where the caller may import.
    pub counties: &'a Counties,
    /// The tree.
    pub divisions: &'a Divisions,
    /// The catalogue.
    pub trades: &'a Trades,
}

/// Finds division, county and keys of a row, or says what is wrong with its address.
pub fn place(staged: &mut Staged, headings: &Headings, ground: &Ground<'_>) {
    let row = &mut staged.row;
    (row.division, row.county, row.name_key, row.address_key) = (None, None, None, None);
    if row.nature == Some(OperatingNature::Spontaneous) && row.public_interest == Some(true) {
        row.public_interest = Some(false);
        let found = Found::public_interest_left_out();
        staged.issues.push(headings.issue(row.row_no, Field::Nature, "公益性", found));
    }
    // An empty address is told already.
    let Some(address) = row.address.clone() else { return };
    match division(&address, ground) {
        Ok((division, county)) => {
            let named = row.official_name.as_deref().or(row.alias.as_deref());
            row.name_key = named.map(name_key);
            row.address_key = locate(ground.divisions, ground.city, &division)
                .ok()
                .map(|l| address_key(ground.divisions, &l, &address));
            (row.division, row.county) = (Some(division), Some(county));
        }
        Err(found) => staged.issues.push(headings.issue(row.row_no, Field::Address, &address, found)),
    }
}

/// Division and county of an address.
fn division(address: &str, ground: &Ground<'_>) -> Result<(String, String), Found> {
    let tree = ground.divisions;
    let named = |code: &str| tree.get(code).map(|d| d.name.clone()).unwrap_or_default();
    if let Some(other) = other_city(tree, ground.city, address) {
        return Err(Found::other_city(&other, &named(ground.city)));
    }
    let found = find_in(tree, ground.city, address).or_else(|| ground.default.map(str::to_owned));
    let located = found.and_then(|code| locate(tree, ground.city, &code).ok()).ok_or_else(Found::no_county)?;
    if !ground.counties.hold(&located.county) {
        return Err(Found::outside_reach(&named(&located.county)));
    }
    Ok((located.division, located.county))
}

/// The name of another city that the address begins with.
fn other_city(tree: &Divisions, ours: &str, address: &str) -> Option<String> {
    let address = text::squash(address);
    let mut rest = address.as_str();
    for province in tree.at_level(Level::Province) {
        rest = rest.strip_prefix(province.name.as_str()).unwrap_or(rest);
    }
    // 大同市场街 is a street, 大同市平城区 is not here.
    let begins = |name: &str| rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with('场'));
    let city = tree.at_level(Level::City).find(|city| city.code != ours && begins(&city.name))?;
    Some(city.name.clone())
}

/// What the name above the table says: this city or one of its counties, another place, or nothing known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// This city, or nothing that is known.
    Here,
    /// A county of this city, by its code.
    County(String),
    /// Another city, by its name.
    Elsewhere(String),
}

/// Reads the name above the table.
pub fn named(tree: &Divisions, ours: &str, name: Option<&str>) -> Named {
    let Some(name) = name.map(text::squash) else { return Named::Here };
    let is = |d: &&kernel::divisions::Division| d.name == name && !d.statistical_zone;
    if tree.get(ours).is_some_and(|city| city.name == name) {
        return Named::Here;
    }
    if let Some(county) = tree.children(ours).into_iter().find(is) {
        return Named::County(county.code.clone());
    }
    match tree.at_level(Level::City).find(is) {
        Some(city) => Named::Elsewhere(city.name.clone()),
        None => Named::Here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAIYUAN: &str = "140100";

    fn of(address: &str, default: Option<&str>, counties: &Counties) -> Result<String, &'static str> {
        let (divisions, trades) = (Divisions::standard(), Trades::standard());
        let ground = Ground { city: TAIYUAN, default, counties, divisions, trades };
        division(address, &ground).map(|(division, _)| division).map_err(|found| found.code)
    }

    #[test]
    fn the_county_comes_from_the_address_else_from_the_default() {
        let all = Counties { city: true, counties: Vec::new() };
        assert_eq!(of("太原市小店区坞城路1号", None, &all).as_deref(), Ok("140105"));
        assert_eq!(of("坞城路1号", Some("140105"), &all).as_deref(), Ok("140105"));
        assert_eq!(of("坞城路1号", None, &all), Err("NO_COUNTY"));
    }

    #[test]
    fn an_address_in_another_city_is_not_taken_for_the_default() {
        let all = Counties { city: true, counties: Vec::new() };
        assert_eq!(of("山西省大同市平城区某路1号", Some("140105"), &all), Err("OTHER_CITY"));
        assert_eq!(of("大同市场街1号", Some("140105"), &all).as_deref(), Ok("140105"));
        assert_eq!(of("太原市小店区大同路1号", None, &all).as_deref(), Ok("140105"));
    }

    #[test]
    fn a_county_takes_in_its_own_rows_only() {
        let own = Counties { city: false, counties: vec!["140105".to_owned()] };
        assert_eq!(own.only(), Some("140105"));
        assert_eq!(of("太原市迎泽区某路1号", None, &own), Err("OUTSIDE_REACH"));
    }

    #[test]
    fn the_name_above_the_table_may_be_a_county() {
        let tree = Divisions::standard();
        assert_eq!(named(tree, TAIYUAN, Some("太原市")), Named::Here);
        assert_eq!(named(tree, TAIYUAN, Some("古交市")), Named::County("140181".to_owned()));
        assert_eq!(named(tree, TAIYUAN, Some("大同市")), Named::Elsewhere("大同市".to_owned()));
        assert_eq!(named(tree, TAIYUAN, Some("某某市")), Named::Here);
    }
}
