//! Which market a row is (比对现有市场): the same name at the same address, or the only one of its name in the county.

use std::collections::HashMap;

use kernel::divisions::Divisions;

use super::Standing;
use crate::rules::place::{self, Located};

/// The markets of a city, found by name, address and county.
#[derive(Debug)]
pub struct Index<'a> {
    all: Vec<&'a Standing>,
    exact: HashMap<(String, String, String), usize>,
    by_name: HashMap<(String, String), Vec<usize>>,
    by_address: HashMap<(String, String), Vec<usize>>,
}

impl<'a> Index<'a> {
    /// Of these markets.
    #[must_use]
    pub fn of(markets: impl Iterator<Item = &'a Standing>, divisions: &Divisions) -> Self {
        let mut index =
            Self { all: Vec::new(), exact: HashMap::new(), by_name: HashMap::new(), by_address: HashMap::new() };
        for standing in markets {
            let d = &standing.described;
            let at = index.all.len();
            let county = d.located.county.clone();
            let name = place::name_key(d.names.shown());
            let address = place::address_key(divisions, &d.located, &d.address);
            index.by_name.entry((county.clone(), name.clone())).or_default().push(at);
            index.by_address.entry((name.clone(), place::name_key(&d.address))).or_default().push(at);
            index.exact.insert((county, name, address), at);
            index.all.push(standing);
        }
        index
    }

    /// The market of this name at this address, or the only one of this name in this county.
    #[must_use]
    pub fn find(&self, divisions: &Divisions, located: &Located, name: &str, address: &str) -> Option<&'a Standing> {
        let county = located.county.clone();
        let name = place::name_key(name);
        let key = (county.clone(), name.clone(), place::address_key(divisions, located, address));
        if let Some(at) = self.exact.get(&key) {
            return self.all.get(*at).copied();
        }
        match self.by_name.get(&(county, name)).map(Vec::as_slice) {
            Some([at]) => self.all.get(*at).copied().filter(|standing| {
                let theirs = standing.described.located.township.as_deref();
                // Two townships named are two places.
                theirs.is_none() || located.township.is_none() || theirs == located.township.as_deref()
            }),
            _ => None,
        }
    }

    /// The only market of this name whose address is written just so, wherever in the city.
    #[must_use]
    pub fn find_anywhere(&self, name: &str, address: &str) -> Option<&'a Standing> {
        match self.by_address.get(&(place::name_key(name), place::name_key(address))).map(Vec::as_slice) {
            Some([at]) => self.all.get(*at).copied(),
            _ => None,
        }
    }
}
