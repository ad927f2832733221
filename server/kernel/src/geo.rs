//! Coordinates (坐标) and the four reference systems met in China.
//!
//! WGS-84 is what a phone's GPS gives, CGCS2000 is the state base, GCJ-02 is what Gaode and Tencent
//! draw, BD-09 is what Baidu draws. Mixing them up puts a market 500 m to 1,350 m from its door, so a
//! coordinate without its system does not exist here. Pure functions; degrees in, degrees out.

mod outline;

use std::f64::consts::PI;

pub use outline::{Outline, Outlines, TOLERANCE_KM};

/// Semi-major axis of the ellipsoid (Krasovsky 1940), in metres. Some ports use 6378137.0; the
/// published vectors need this one.
const AXIS: f64 = 6_378_245.0;
/// First eccentricity squared of the same ellipsoid.
const EE: f64 = 0.006_693_421_622_965_943;
/// The turn that Baidu adds on top of GCJ-02.
const BD_PI: f64 = PI * 3000.0 / 180.0;
/// Mean radius of the Earth in metres (IUGG), for great-circle distances.
const EARTH_RADIUS: f64 = 6_371_008.8;

/// A reference system (坐标系): what a pair of degrees means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum)]
#[graphql(name = "Crs")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Crs {
    /// GPS (WGS-84 全球定位系统坐标): what a phone's receiver gives.
    Wgs84,
    /// The state coordinate base (2000 国家大地坐标系); less than a metre from WGS-84 and treated as equal.
    Cgcs2000,
    /// The Chinese map offset (GCJ-02 国测局坐标): Gaode and Tencent.
    Gcj02,
    /// Baidu's own offset on top of GCJ-02 (BD-09 百度坐标).
    Bd09,
}

impl Crs {
    /// The name under which the system is stored and sent, for example `GCJ02`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS84",
            Self::Cgcs2000 => "CGCS2000",
            Self::Gcj02 => "GCJ02",
            Self::Bd09 => "BD09",
        }
    }

    /// The system of a stored name; `None` for anything [`Crs::code`] does not write.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Wgs84, Self::Cgcs2000, Self::Gcj02, Self::Bd09].into_iter().find(|crs| crs.code() == code)
    }
}

/// Why a pair of degrees is not a point (坐标错误).
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum GeoError {
    /// The latitude is not a number between −90 and 90.
    #[error("latitude must be a number between -90 and 90 degrees")]
    Latitude,
    /// The longitude is not a number between −180 and 180.
    #[error("longitude must be a number between -180 and 180 degrees")]
    Longitude,
}

impl GeoError {
    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Latitude => "纬度须为 -90 至 90 之间的数字",
            Self::Longitude => "经度须为 -180 至 180 之间的数字",
        }
    }
}

/// A point (坐标点) in degrees, with the system it is given in.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// Latitude (纬度) in degrees, north positive.
    pub lat: f64,
    /// Longitude (经度) in degrees, east positive.
    pub lng: f64,
    /// The reference system of both.
    pub crs: Crs,
}

impl Point {
    /// A checked point.
    ///
    /// # Errors
    /// [`GeoError`] names the axis that is not a number or out of range (also when the two are swapped
    /// for most of China: a longitude of 112 is no latitude).
    pub fn new(lat: f64, lng: f64, crs: Crs) -> Result<Self, GeoError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(GeoError::Latitude);
        }
        if !(-180.0..=180.0).contains(&lng) {
            return Err(GeoError::Longitude);
        }
        Ok(Self { lat, lng, crs })
    }

    /// The same place in another reference system; exact to about 1e-9 degrees.
    #[must_use]
    pub fn to(self, crs: Crs) -> Self {
        if self.crs == crs {
            return self;
        }
        let (lat, lng) = match (self.crs, crs) {
            (Crs::Wgs84 | Crs::Cgcs2000, Crs::Gcj02) => wgs_to_gcj(self.lat, self.lng),
            (Crs::Wgs84 | Crs::Cgcs2000, Crs::Bd09) => {
                let (lat, lng) = wgs_to_gcj(self.lat, self.lng);
                gcj_to_bd(lat, lng)
            }
            (Crs::Gcj02, Crs::Wgs84 | Crs::Cgcs2000) => gcj_to_wgs(self.lat, self.lng),
            (Crs::Gcj02, Crs::Bd09) => gcj_to_bd(self.lat, self.lng),
            (Crs::Bd09, Crs::Gcj02) => bd_to_gcj(self.lat, self.lng),
            (Crs::Bd09, Crs::Wgs84 | Crs::Cgcs2000) => {
                let (lat, lng) = bd_to_gcj(self.lat, self.lng);
                gcj_to_wgs(lat, lng)
            }
            // WGS-84 and CGCS2000 differ by less than a metre.
            _ => (self.lat, self.lng),
        };
        Self { lat, lng, crs }
    }

    /// Great-circle distance in metres; the other point may be in any system.
    pub fn distance_m(self, other: Self) -> f64 {
        let a = self.to(Crs::Wgs84);
        let b = other.to(Crs::Wgs84);
        let d_lat = (b.lat - a.lat).to_radians();
        let d_lng = (b.lng - a.lng).to_radians();
        let h = (d_lat / 2.0).sin().powi(2)
            + a.lat.to_radians().cos() * b.lat.to_radians().cos() * (d_lng / 2.0).sin().powi(2);
        2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin()
    }
}

/// Outside this box the offset of GCJ-02 is not applied.
fn outside_china(lat: f64, lng: f64) -> bool {
    !(72.004..=137.8347).contains(&lng) || !(0.8293..=55.8271).contains(&lat)
}

/// The GCJ-02 offset at a WGS-84 place, degrees.
fn delta(lat: f64, lng: f64) -> (f64, f64) {
    let x = lng - 105.0;
    let y = lat - 35.0;
    let (x_pi, y_pi, root) = (x * PI, y * PI, x.abs().sqrt());
    let common = 20.0 * (6.0 * x_pi).sin() + 20.0 * (2.0 * x_pi).sin();
    let wave = |p: f64, second: f64, a: f64, fa: f64, b: f64, fb: f64| {
        (common + 20.0 * p.sin() + 40.0 * (p / second).sin() + a * (p / fa).sin() + b * (p / fb).sin()) * 2.0 / 3.0
    };
    let north = wave(y_pi, 3.0, 160.0, 12.0, 320.0, 30.0)
        + (-100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root);
    let east =
        wave(x_pi, 3.0, 150.0, 12.0, 300.0, 30.0) + (300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root);
    let rad = lat / 180.0 * PI;
    let magic = 1.0 - EE * rad.sin() * rad.sin();
    let root_magic = magic.sqrt();
    (
        (north * 180.0) / ((AXIS * (1.0 - EE)) / (magic * root_magic) * PI),
        (east * 180.0) / (AXIS / root_magic * rad.cos() * PI),
    )
}

fn wgs_to_gcj(lat: f64, lng: f64) -> (f64, f64) {
    if outside_china(lat, lng) {
        return (lat, lng);
    }
    let (d_lat, d_lng) = delta(lat, lng);
    (lat + d_lat, lng + d_lng)
}

/// Fixed-point iteration: the offset changes slowly, so each round wins about two digits.
fn gcj_to_wgs(lat: f64, lng: f64) -> (f64, f64) {
    if outside_china(lat, lng) {
        return (lat, lng);
    }
    let (mut w_lat, mut w_lng) = (lat, lng);
    for _ in 0..30 {
        let (d_lat, d_lng) = delta(w_lat, w_lng);
        let (e_lat, e_lng) = (w_lat + d_lat - lat, w_lng + d_lng - lng);
        w_lat -= e_lat;
        w_lng -= e_lng;
        if e_lat.abs() < 1e-12 && e_lng.abs() < 1e-12 {
            break;
        }
    }
    (w_lat, w_lng)
}

fn gcj_to_bd(lat: f64, lng: f64) -> (f64, f64) {
    let z = lng.hypot(lat) + 0.000_02 * (lat * BD_PI).sin();
    let theta = lat.atan2(lng) + 0.000_003 * (lng * BD_PI).cos();
    (z * theta.sin() + 0.006, z * theta.cos() + 0.0065)
}

/// The usual closed form of the inverse is off by up to a metre; iterating it is not.
fn bd_to_gcj(lat: f64, lng: f64) -> (f64, f64) {
    let (mut g_lat, mut g_lng) = (lat - 0.006, lng - 0.0065);
    for _ in 0..30 {
        let (b_lat, b_lng) = gcj_to_bd(g_lat, g_lng);
        let (e_lat, e_lng) = (b_lat - lat, b_lng - lng);
        g_lat -= e_lat;
        g_lng -= e_lng;
        if e_lat.abs() < 1e-12 && e_lng.abs() < 1e-12 {
            break;
        }
    }
    (g_lat, g_lng)
}

#[cfg(test)]
#[path = "geo/tests.rs"]
mod tests;
