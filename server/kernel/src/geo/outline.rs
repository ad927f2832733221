//! Outlines of the provinces (省界): whether a point can be in a province at all.
//!
//! The outlines are good to two or three kilometres, so [`TOLERANCE_KM`] are granted outside them: a market at the border
//! is never refused, one in the next city is. Which system an outline was drawn in does not matter then, since GCJ-02 and
//! WGS-84 differ by half a kilometre. They are no map: nothing is drawn from them. Pure functions over an embedded file.

use std::collections::HashMap;
use std::f64::consts::PI;
use std::sync::LazyLock;

use super::{Crs, EARTH_RADIUS, Point};
use crate::packs::{Pack, PackError, Table};

/// How far outside its outline a point still counts as in the province (容差), in kilometres.
pub const TOLERANCE_KM: f64 = 5.0;
/// Kilometres of a degree of latitude.
const KM_PER_DEGREE: f64 = EARTH_RADIUS * PI / 180.0 / 1000.0;

/// A corner of an outline, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Corner {
    lng: f64,
    lat: f64,
}

/// The outline of one province (省界): a ring around its land and one around each island that lies far off.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    rings: Vec<Vec<Corner>>,
}

/// The outlines of the provinces (各省省界).
#[derive(Debug, Clone)]
pub struct Outlines {
    pack: Pack,
    of: HashMap<String, Outline>,
}

static STANDARD: LazyLock<Outlines> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded file is read by a test of this module")]
    Outlines::from_csv(include_str!("../../data/province-outlines.csv")).expect("the embedded outlines are valid")
});

impl Outlines {
    /// The provinces of the mainland (大陆 31 个省级行政区), which ship with the software.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads the outlines: `province,ring`, a ring being `lng lat;lng lat;…`; an islet is a single corner.
    ///
    /// # Errors
    /// [`PackError`] with line and column: a code that is not a province's, a corner that is not on the Earth.
    pub fn from_csv(text: &str) -> Result<Self, PackError> {
        let table = Table::read(text)?;
        let pack = Pack {
            name: "province-outlines.csv".to_owned(),
            source: "Apache ECharts 4.9.0, map/json/province, simplified".to_owned(),
            valid_from: None,
            rows: table.len(),
        };
        let (province, ring) = (table.column("province")?, table.column("ring")?);
        let mut of: HashMap<String, Outline> = HashMap::new();
        for (line, row) in table.rows() {
            let key = row.get(province).and_then(province_key).ok_or(PackError::Value { line, column: "province" })?;
            let corners = row.get(ring).and_then(corners).ok_or(PackError::Value { line, column: "ring" })?;
            of.entry(key.to_owned()).or_default().rings.push(corners);
        }
        Ok(Self { pack, of })
    }

    /// Where the outlines come from.
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The outline of the province of a GB/T 2260 code (省级行政区范围); any code inside the province will do. `None` where
    /// there is none: then nothing may be refused for lying outside.
    pub fn of(&self, code: &str) -> Option<&Outline> {
        self.of.get(code.get(..2)?)
    }
}

/// The first two digits of a province's code, `140000`.
fn province_key(code: &str) -> Option<&str> {
    let key = code.strip_suffix("0000")?;
    (key.len() == 2 && key.chars().all(|c| c.is_ascii_digit())).then_some(key)
}

fn corners(ring: &str) -> Option<Vec<Corner>> {
    ring.split(';')
        .map(|corner| {
            let (lng, lat) = corner.split_once(' ')?;
            let (lng, lat) = (lng.parse().ok()?, lat.parse().ok()?);
            Point::new(lat, lng, Crs::Wgs84).is_ok().then_some(Corner { lng, lat })
        })
        .collect()
}

impl Outline {
    /// Whether the point lies in the province, or at most [`TOLERANCE_KM`] outside it; in whatever system it is given.
    pub fn holds(&self, point: Point) -> bool {
        let here = point.to(Crs::Wgs84);
        self.rings.iter().any(|ring| {
            let seen: Vec<Spot> = ring.iter().map(|corner| Spot::seen(*corner, here)).collect();
            encloses(&seen) || sides(&seen).any(|(from, to)| distance(from, to) <= TOLERANCE_KM)
        })
    }
}

/// A corner as seen from the point in question, which lies at nought: kilometres to the east and to the north, the Earth
/// taken as flat. That is exact enough near by, and far away nothing but the direction counts.
#[derive(Clone, Copy)]
struct Spot {
    east: f64,
    north: f64,
}

impl Spot {
    fn seen(corner: Corner, here: Point) -> Self {
        let narrowing = here.lat.to_radians().cos();
        Self {
            east: (corner.lng - here.lng) * KM_PER_DEGREE * narrowing,
            north: (corner.lat - here.lat) * KM_PER_DEGREE,
        }
    }
}

/// The sides of a ring, the last one back to its beginning.
fn sides(ring: &[Spot]) -> impl Iterator<Item = (Spot, Spot)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Whether nought lies in the ring: the way due east crosses it an odd number of times.
fn encloses(ring: &[Spot]) -> bool {
    let crossed = sides(ring).filter(|(from, to)| {
        (from.north > 0.0) != (to.north > 0.0)
            && from.east - from.north * (to.east - from.east) / (to.north - from.north) > 0.0
    });
    crossed.count() % 2 == 1
}

/// From nought to the nearest spot of a side, in kilometres.
fn distance(from: Spot, to: Spot) -> f64 {
    let (east, north) = (to.east - from.east, to.north - from.north);
    let square = east * east + north * north;
    // An islet is a side without length.
    let share = if square > 0.0 { (-(from.east * east + from.north * north) / square).clamp(0.0, 1.0) } else { 0.0 };
    (from.east + share * east).hypot(from.north + share * north)
}

#[cfg(test)]
#[path = "outline/tests.rs"]
mod tests;
