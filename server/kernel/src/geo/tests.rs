use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

fn near(a: Point, lat: f64, lng: f64) {
    assert!((a.lat - lat).abs() < 1e-9, "lat {} is not {lat}", a.lat);
    assert!((a.lng - lng).abs() < 1e-9, "lng {} is not {lng}", a.lng);
}

fn taiyuan() -> Point {
    Point::new(37.8706, 112.5489, Crs::Wgs84).unwrap()
}

#[test]
fn the_published_vector_of_shanghai_is_met() {
    let p = Point::new(31.177_427_6, 121.527_210_6, Crs::Wgs84).unwrap();
    near(p.to(Crs::Gcj02), 31.175_303_983_645_97, 121.531_541_859_215);
}

#[test]
fn taiyuan_is_offset_for_gaode_and_once_more_for_baidu() {
    near(taiyuan().to(Crs::Gcj02), 37.871_125_148_906_27, 112.555_199_326_650_25);
    near(taiyuan().to(Crs::Bd09), 37.877_448_694_287_14, 112.561_578_855_175_72);
    near(taiyuan().to(Crs::Gcj02).to(Crs::Bd09), 37.877_448_694_287_14, 112.561_578_855_175_72);
}

#[test]
fn mixing_up_the_systems_is_an_error_of_hundreds_of_metres() {
    let raw = |from: Point| Point { crs: Crs::Wgs84, ..from };
    let gcj = taiyuan().to(Crs::Gcj02);
    let bd = taiyuan().to(Crs::Bd09);
    let metres = |a: Point, b: Point| raw(a).distance_m(raw(b)).round();
    assert!((metres(taiyuan(), gcj) - 556.0).abs() <= 1.0);
    assert!((metres(gcj, bd) - 899.0).abs() <= 1.0);
    assert!((metres(taiyuan(), bd) - 1348.0).abs() <= 2.0);
}

#[test]
fn the_same_place_in_two_systems_is_at_no_distance() {
    assert!(taiyuan().distance_m(taiyuan().to(Crs::Bd09)) < 0.001);
}

#[test]
fn the_state_base_equals_gps() {
    let p = taiyuan().to(Crs::Cgcs2000);
    assert_eq!((p.lat, p.lng, p.crs), (37.8706, 112.5489, Crs::Cgcs2000));
    assert_eq!(p.to(Crs::Bd09), taiyuan().to(Crs::Bd09));
}

#[test]
fn abroad_the_chinese_offset_is_not_applied() {
    let paris = Point::new(48.8566, 2.3522, Crs::Wgs84).unwrap();
    let there = paris.to(Crs::Gcj02);
    assert_eq!((there.lat, there.lng), (paris.lat, paris.lng));
}

#[test]
fn a_degree_of_latitude_is_about_111_kilometres() {
    let a = Point::new(37.0, 112.0, Crs::Wgs84).unwrap();
    let b = Point::new(38.0, 112.0, Crs::Wgs84).unwrap();
    assert!((a.distance_m(b) - 111_195.0).abs() < 1.0);
}

#[test]
fn swapped_axes_and_numbers_that_are_none_are_refused() {
    assert_eq!(Point::new(112.5, 37.8, Crs::Wgs84), Err(GeoError::Latitude));
    assert_eq!(Point::new(f64::NAN, 37.8, Crs::Wgs84), Err(GeoError::Latitude));
    assert_eq!(Point::new(37.8, f64::INFINITY, Crs::Wgs84), Err(GeoError::Longitude));
    assert_eq!(Point::new(37.8, 181.0, Crs::Wgs84), Err(GeoError::Longitude));
}

#[test]
fn a_system_is_stored_under_its_own_name() {
    for crs in [Crs::Wgs84, Crs::Cgcs2000, Crs::Gcj02, Crs::Bd09] {
        assert_eq!(Crs::from_code(crs.code()), Some(crs));
    }
    assert_eq!(Crs::from_code("wgs84"), None);
    let in_the_schema: Vec<_> =
        <Crs as async_graphql::resolver_utils::EnumType>::items().iter().map(|i| i.name).collect();
    assert_eq!(in_the_schema, ["WGS84", "CGCS2000", "GCJ02", "BD09"]);
    assert_eq!(serde_json::to_string(&Crs::Cgcs2000).unwrap(), "\"CGCS2000\"");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2022), ..ProptestConfig::default() })]
    #[test]
    fn any_place_in_china_survives_the_way_there_and_back(lat in 18.0f64..54.0, lng in 74.0f64..135.0) {
        let home = Point::new(lat, lng, Crs::Wgs84).unwrap();
        for crs in [Crs::Gcj02, Crs::Bd09, Crs::Cgcs2000] {
            let back = home.to(crs).to(Crs::Wgs84);
            prop_assert!((back.lat - lat).abs() < 1e-9 && (back.lng - lng).abs() < 1e-9, "{crs:?}: {back:?}");
        }
        let gcj = Point::new(lat, lng, Crs::Gcj02).unwrap();
        let back = gcj.to(Crs::Bd09).to(Crs::Gcj02);
        prop_assert!((back.lat - lat).abs() < 1e-9 && (back.lng - lng).abs() < 1e-9);
    }
}
