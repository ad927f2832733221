//! Where a market is (所在): its division and its point.

use kernel::divisions::{Division, Divisions, Level, Lookup};
use kernel::geo::{Crs, GeoError, Outlines, Point};
use kernel::refusal::Refusal as _;
use kernel::sheet::text;
use kernel::{Lang, Words};

use super::flaw::Flaw;
use crate::forms::PointInput;

/// A place in the tree of divisions (区划归属).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The finest division known.
    pub division: String,
    /// The township, where known.
    pub township: Option<String>,
    /// The county.
    pub county: String,
    /// The city.
    pub city: String,
}

/// The place of a division code, in the city of `city`. A retired code is refused and names its successor.
pub fn locate(divisions: &Divisions, city: &str, code: &str) -> Result<Located, Flaw> {
    let division = in_force(divisions, code)?;
    let name = divisions.full_name(&division.code).unwrap_or_default();
    if divisions.city_of(&division.code).map(|c| c.code.as_str()) != Some(city) {
        let city = divisions.get(city).map_or_else(|| city.to_owned(), |c| c.name.clone());
        return Err(Flaw::DivisionNotInCity { name, city });
    }
    let Some(county) = divisions.county_of(&division.code) else {
        return Err(Flaw::DivisionTooCoarse { name });
    };
    if county.statistical_zone {
        return Err(Flaw::StatisticalZone { name: county.name.clone() });
    }
    let township = divisions.chain(&division.code).into_iter().find(|d| d.level == Level::Township);
    Ok(Located {
        division: division.code.clone(),
        township: township.map(|d| d.code.clone()),
        county: county.code.clone(),
        city: city.to_owned(),
    })
}

/// The division of a code that is in force. A retired code is refused and names its successor.
pub fn in_force<'a>(divisions: &'a Divisions, code: &str) -> Result<&'a Division, Flaw> {
    let code = text::squash(code);
    match divisions.lookup(&code) {
        Lookup::Current(division) => Ok(division),
        Lookup::Retired { successor, .. } => Err(retired(divisions, &code, successor)),
        Lookup::Unknown => Err(Flaw::UnknownDivision { code: code.chars().take(20).collect() }),
    }
}

fn retired(divisions: &Divisions, code: &str, successor: Option<&str>) -> Flaw {
    let name = divisions.retired(code).map(|old| old.name.clone()).unwrap_or_default();
    match successor {
        Some(successor) => Flaw::RetiredDivision {
            code: code.to_owned(),
            name,
            successor: successor.to_owned(),
            successor_name: divisions.full_name(successor).unwrap_or_default(),
        },
        None => Flaw::RetiredDivisionSplit { code: code.to_owned(), name },
    }
}

/// The point as filled in, for a place in the province of `city`: inside its outline (省界) or a few kilometres outside it.
pub fn point(input: &PointInput, city: &str) -> Result<Point, Flaw> {
    let Some(crs) = input.crs else { return Err(Flaw::PointWithoutSystem) };
    let swapped = |lat: f64, lng: f64| Point::new(lng, lat, crs).is_ok_and(|p| in_province(p, city));
    match Point::new(input.lat, input.lng, crs) {
        Ok(point) if in_province(point, city) => Ok(point),
        _ if swapped(input.lat, input.lng) => Err(Flaw::PointSwapped),
        // Metres of a projection (高斯—克吕格) are no degrees, whatever system is named.
        Err(GeoError::Latitude | GeoError::Longitude) => Err(Flaw::PointNotDegrees),
        Ok(_) => Err(Flaw::PointOutsideProvince { system: crs.code().to_owned() }),
    }
}

fn in_province(point: Point, city: &str) -> bool {
    Outlines::standard().of(city).is_none_or(|outline| outline.holds(point))
}

/// A point for other chapters (坐标校验): in GCJ-02, or what is wrong with it in both languages.
pub fn map_point(input: &PointInput, city: &str) -> Result<Point, Words> {
    point(input, city).map(on_the_map).map_err(|flaw| words(&flaw))
}

/// The county of a division code, for other chapters (区县校验): its code, or what is wrong in both languages.
pub fn county_in(city: &str, code: &str) -> Result<String, Words> {
    locate(Divisions::standard(), city, code).map(|located| located.county).map_err(|flaw| words(&flaw))
}

fn words(flaw: &Flaw) -> Words {
    Words::new(flaw.message(Lang::Zh), flaw.message(Lang::En))
}

/// The point in GCJ-02, in which distances are searched and two of three providers draw.
#[must_use]
pub fn on_the_map(point: Point) -> Point {
    point.to(Crs::Gcj02)
}

/// An address without the names of its divisions at the head, folded: 太原市小店区坞城路1号 and 坞城路１号 are one.
#[must_use]
pub fn address_key(divisions: &Divisions, located: &Located, address: &str) -> String {
    let mut key = text::squash(address).to_lowercase();
    let chain = divisions.chain(&located.division);
    let heads = chain.iter().map(|d| text::squash(&d.name).to_lowercase());
    for head in heads {
        if let Some(rest) = key.strip_prefix(&head)
            && !rest.is_empty()
        {
            key = rest.to_owned();
        }
    }
    key
}

/// A name, folded.
#[must_use]
pub fn name_key(name: &str) -> String {
    text::squash(name).to_lowercase()
}

/// The division that an address names, within the city: the finest of which the address names the county too, or a
/// township whose name is the only one in the city. `None` where the address names none, or more than one.
#[must_use]
pub fn find_in(divisions: &Divisions, city: &str, address: &str) -> Option<String> {
    let address = text::squash(address);
    let counties = divisions.children(city);
    let named = |name: &str| address.contains(&text::squash(name));
    let found: Vec<_> = counties.iter().filter(|c| !c.statistical_zone && named(&c.name)).collect();
    match found[..] {
        [county] => {
            let towns = divisions.children(&county.code);
            let mut hits = towns.iter().filter(|t| named(&t.name));
            match (hits.next(), hits.next()) {
                (Some(town), None) => Some(town.code.clone()),
                _ => Some(county.code.clone()),
            }
        }
        [] => {
            let mut hits = counties
                .iter()
                .filter(|c| !c.statistical_zone)
                .flat_map(|c| divisions.children(&c.code))
                .filter(|t| named(&t.name));
            match (hits.next(), hits.next()) {
                (Some(town), None) => Some(town.code.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAIYUAN: &str = "140100";

    fn tree() -> &'static Divisions {
        Divisions::standard()
    }

    fn point_in(lat: f64, lng: f64, crs: Option<Crs>) -> Result<Point, Flaw> {
        point(&PointInput { lat, lng, crs }, TAIYUAN)
    }

    #[test]
    fn a_township_lies_in_its_county_and_city() {
        let found = locate(tree(), TAIYUAN, " 140105001 ").unwrap();
        assert_eq!((found.county.as_str(), found.township.as_deref()), ("140105", Some("140105001")));
        assert_eq!(locate(tree(), TAIYUAN, "140105000000").unwrap().division, "140105");
    }

    #[test]
    fn a_retired_division_is_refused_and_names_its_successor() {
        let flaw = locate(tree(), TAIYUAN, "140111").unwrap_err();
        assert!(matches!(&flaw, Flaw::RetiredDivision { successor, .. } if successor == "140181"));
        assert!(matches!(locate(tree(), TAIYUAN, "140102"), Err(Flaw::RetiredDivisionSplit { .. })));
    }

    #[test]
    fn divisions_that_are_unknown_elsewhere_too_coarse_or_statistical_are_refused() {
        assert!(matches!(locate(tree(), TAIYUAN, "999999"), Err(Flaw::UnknownDivision { .. })));
        assert!(matches!(locate(tree(), TAIYUAN, "140214"), Err(Flaw::DivisionNotInCity { .. })));
        assert!(matches!(locate(tree(), TAIYUAN, "140000"), Err(Flaw::DivisionNotInCity { .. })));
        assert!(matches!(locate(tree(), TAIYUAN, "140100"), Err(Flaw::DivisionTooCoarse { .. })));
        assert!(matches!(locate(tree(), TAIYUAN, "140171"), Err(Flaw::StatisticalZone { .. })));
    }

    #[test]
    fn a_point_needs_its_system_and_lies_in_the_province() {
        assert!(point_in(37.87, 112.55, Some(Crs::Wgs84)).is_ok());
        assert_eq!(point_in(37.87, 112.55, None), Err(Flaw::PointWithoutSystem));
        assert_eq!(point_in(112.55, 37.87, Some(Crs::Wgs84)), Err(Flaw::PointSwapped));
        assert_eq!(point_in(4_193_000.0, 37_548_000.0, Some(Crs::Cgcs2000)), Err(Flaw::PointNotDegrees));
        // Beijing, and Zhengzhou and Shijiazhuang just over the border.
        for (lat, lng) in [(39.9, 116.4), (34.7466, 113.6253), (38.0428, 114.5149)] {
            let outside = point_in(lat, lng, Some(Crs::Gcj02));
            assert!(matches!(outside, Err(Flaw::PointOutsideProvince { .. })), "{lat} {lng}: {outside:?}");
        }
    }

    #[test]
    fn the_same_address_with_and_without_its_divisions_is_one_key() {
        let located = locate(tree(), TAIYUAN, "140105001").unwrap();
        let key = |text| address_key(tree(), &located, text);
        assert_eq!(key("山西省太原市小店区坞城街道 坞城路１号"), key("坞城路1号"));
        assert_eq!(key("小店区"), "小店区");
    }

    #[test]
    fn an_address_that_names_one_county_or_town_of_the_city_tells_its_division() {
        assert_eq!(find_in(tree(), TAIYUAN, "太原市小店区坞城街道坞城路1号").as_deref(), Some("140105001"));
        assert_eq!(find_in(tree(), TAIYUAN, "小店区某路1号").as_deref(), Some("140105"));
        assert_eq!(find_in(tree(), TAIYUAN, "坞城街道某路").as_deref(), Some("140105001"));
        assert_eq!(find_in(tree(), TAIYUAN, "某路1号"), None);
        assert_eq!(find_in(tree(), TAIYUAN, "小店区与迎泽区交界"), None);
    }
}
