//! Links that open a place in a public map (地图标注链接): Baidu, Gaode and Tencent.
//!
//! Each provider draws in its own reference system; the link converts, so that the pin stands at the
//! door (晋人社厅发〔2022〕60号, 三: 百度、高德地图标注). Published URI formats of the three providers; no key
//! is needed.

use std::fmt::Write;

use crate::geo::{Crs, Point};

/// The name under which the links introduce themselves to the map.
const SOURCE: &str = "yizhan";

/// A map provider (地图服务商).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MapProvider {
    /// Baidu Maps (百度地图), BD-09.
    Baidu,
    /// Gaode Maps, also Amap (高德地图), GCJ-02.
    Gaode,
    /// Tencent Maps (腾讯地图), GCJ-02.
    Tencent,
}

impl MapProvider {
    /// All of them, in the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::Baidu, Self::Gaode, Self::Tencent];

    /// The reference system in which the provider draws.
    pub const fn crs(self) -> Crs {
        match self {
            Self::Baidu => Crs::Bd09,
            Self::Gaode | Self::Tencent => Crs::Gcj02,
        }
    }
}

/// A link that opens the place with a pin and its name; `address` is shown below where the provider
/// has room for it. Coordinates carry six decimals (about 0.1 m).
pub fn marker_link(provider: MapProvider, place: Point, name: &str, address: &str) -> String {
    let p = place.to(provider.crs());
    let (lat, lng) = (p.lat, p.lng);
    match provider {
        MapProvider::Baidu => format!(
            "https://api.map.baidu.com/marker?location={lat:.6},{lng:.6}&title={}&content={}&output=html&src={SOURCE}&coord_type=bd09ll",
            encode(name),
            encode(if address.is_empty() { name } else { address }),
        ),
        MapProvider::Gaode => format!(
            "https://uri.amap.com/marker?position={lng:.6},{lat:.6}&name={}&src={SOURCE}&coordinate=gaode",
            encode(name),
        ),
        // The separators of the marker parameter are part of Tencent's format; a name must not bring its own.
        MapProvider::Tencent => format!(
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat:.6},{lng:.6};title:{};addr:{}&referer={SOURCE}",
            encode(name),
            encode(if address.is_empty() { name } else { address }),
        ),
    }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Point {
        Point::new(37.8706, 112.5489, Crs::Wgs84).unwrap()
    }

    #[test]
    fn baidu_gets_its_own_coordinates_latitude_first() {
        assert_eq!(
            marker_link(MapProvider::Baidu, place(), "驿站", "迎泽大街 1 号"),
            "https://api.map.baidu.com/marker?location=37.877449,112.561579&title=%E9%A9%BF%E7%AB%99\
             &content=%E8%BF%8E%E6%B3%BD%E5%A4%A7%E8%A1%97%201%20%E5%8F%B7&output=html&src=yizhan&coord_type=bd09ll"
        );
    }

    #[test]
    fn gaode_wants_longitude_first() {
        assert_eq!(
            marker_link(MapProvider::Gaode, place(), "A&B", ""),
            "https://uri.amap.com/marker?position=112.555199,37.871125&name=A%26B&src=yizhan&coordinate=gaode"
        );
    }

    #[test]
    fn a_name_cannot_break_out_of_tencents_marker() {
        assert_eq!(
            marker_link(MapProvider::Tencent, place(), "a;b:c", ""),
            "https://apis.map.qq.com/uri/v1/marker?marker=coord:37.871125,112.555199;title:a%3Bb%3Ac;addr:a%3Bb%3Ac&referer=yizhan"
        );
    }

    #[test]
    fn a_point_given_in_baidus_system_is_the_same_link() {
        for provider in MapProvider::ALL {
            assert_eq!(marker_link(provider, place(), "x", ""), marker_link(provider, place().to(Crs::Bd09), "x", ""));
        }
    }
}
