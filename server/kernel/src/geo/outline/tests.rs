use super::*;

fn at(lat: f64, lng: f64) -> Point {
    Point::new(lat, lng, Crs::Wgs84).unwrap()
}

fn shanxi() -> &'static Outline {
    Outlines::standard().of("140105").unwrap()
}

#[test]
fn all_eleven_city_seats_lie_in_shanxi() {
    for (name, lat, lng) in [
        ("太原", 37.8706, 112.5489),
        ("大同", 40.0768, 113.3001),
        ("阳泉", 37.8567, 113.5805),
        ("长治", 36.1954, 113.1163),
        ("晋城", 35.4908, 112.8518),
        ("朔州", 39.3313, 112.4329),
        ("晋中", 37.6870, 112.7527),
        ("运城", 35.0266, 111.0070),
        ("忻州", 38.4167, 112.7341),
        ("临汾", 36.0880, 111.5190),
        ("吕梁", 37.5193, 111.1441),
    ] {
        assert!(shanxi().holds(at(lat, lng)), "{name}");
    }
}

#[test]
fn seats_and_villages_at_the_border_lie_in_shanxi() {
    for (name, lat, lng) in [
        ("右玉", 40.0, 112.47),
        ("芮城", 34.69, 110.69),
        ("天镇", 40.42, 114.09),
        ("河曲", 39.38, 111.14),
        ("平定", 37.79, 113.63),
        ("陵川", 35.78, 113.28),
        ("偏关", 39.44, 111.51),
        ("永和", 36.76, 110.63),
        ("垣曲", 35.30, 111.67),
        ("灵丘", 39.44, 114.23),
        ("平陆", 34.837, 111.217),
        ("保德", 39.02, 111.09),
        ("柳林", 37.43, 110.89),
        ("河津", 35.60, 110.71),
        ("广灵", 39.76, 114.28),
        ("阳高", 40.36, 113.75),
        ("平顺", 36.20, 113.44),
        ("黎城", 36.50, 113.39),
        ("风陵渡", 34.61, 110.31),
        ("娘子关", 37.97, 113.88),
        ("杀虎口", 40.25, 112.32),
        ("碛口", 37.64, 110.79),
        // On the river that is the border, and by the coarse outline a kilometre outside.
        ("老牛湾", 39.63, 111.43),
    ] {
        assert!(shanxi().holds(at(lat, lng)), "{name}");
    }
}

#[test]
fn what_lies_within_the_old_corners_of_shanxi_and_beyond_its_border_is_outside() {
    for (name, lat, lng) in [
        ("郑州", 34.7466, 113.6253),
        ("石家庄", 38.0428, 114.5149),
        ("洛阳", 34.6197, 112.4540),
        ("包头以东", 40.6574, 110.3),
        ("北京", 39.9042, 116.4074),
        ("西安", 34.3416, 108.9398),
        ("焦作", 35.2156, 113.2418),
        ("济源", 35.0672, 112.6020),
        ("安阳", 36.0976, 114.3931),
        ("井陉", 38.032, 114.145),
        ("林州", 36.083, 113.820),
        ("清水河", 39.92, 111.65),
        ("准格尔", 39.865, 111.240),
    ] {
        assert!(!shanxi().holds(at(lat, lng)), "{name}");
    }
}

#[test]
fn a_town_across_the_river_is_within_the_tolerance() {
    // 府谷 lies opposite 保德, half a kilometre outside: so coarse is the check.
    assert!(shanxi().holds(at(39.028, 111.067)));
}

#[test]
fn a_point_is_in_the_province_in_whatever_system_it_is_given() {
    for crs in [Crs::Wgs84, Crs::Cgcs2000, Crs::Gcj02, Crs::Bd09] {
        assert!(shanxi().holds(at(37.8706, 112.5489).to(crs)), "{crs:?}");
        assert!(!shanxi().holds(at(34.7466, 113.6253).to(crs)), "{crs:?}");
    }
}

/// The capitals, each with the code of its province.
const CAPITALS: [(&str, f64, f64); 31] = [
    ("110000", 39.9042, 116.4074),
    ("120000", 39.0842, 117.2009),
    ("130000", 38.0428, 114.5149),
    ("140000", 37.8706, 112.5489),
    ("150000", 40.8424, 111.7491),
    ("210000", 41.8057, 123.4315),
    ("220000", 43.8171, 125.3235),
    ("230000", 45.8038, 126.5350),
    ("310000", 31.2304, 121.4737),
    ("320000", 32.0603, 118.7969),
    ("330000", 30.2741, 120.1551),
    ("340000", 31.8206, 117.2272),
    ("350000", 26.0745, 119.2965),
    ("360000", 28.6829, 115.8582),
    ("370000", 36.6512, 117.1201),
    ("410000", 34.7466, 113.6253),
    ("420000", 30.5928, 114.3055),
    ("430000", 28.2282, 112.9388),
    ("440000", 23.1291, 113.2644),
    ("450000", 22.8170, 108.3665),
    ("460000", 20.0440, 110.1999),
    ("500000", 29.5630, 106.5516),
    ("510000", 30.5728, 104.0668),
    ("520000", 26.6470, 106.6302),
    ("530000", 24.8801, 102.8329),
    ("540000", 29.6520, 91.1721),
    ("610000", 34.3416, 108.9398),
    ("620000", 36.0611, 103.8343),
    ("630000", 36.6171, 101.7782),
    ("640000", 38.4872, 106.2309),
    ("650000", 43.8256, 87.6168),
];

#[test]
fn every_capital_lies_in_its_own_province_and_in_no_other() {
    for (home, lat, lng) in CAPITALS {
        let holding: Vec<&str> = CAPITALS
            .iter()
            .map(|(province, ..)| *province)
            .filter(|province| Outlines::standard().of(province).unwrap().holds(at(lat, lng)))
            .collect();
        assert_eq!(holding, [home]);
    }
}

#[test]
fn islands_far_off_belong_to_their_province() {
    for (name, province, lat, lng) in [
        ("永兴岛", "460300", 16.834, 112.339),
        ("舟山", "330900", 29.985, 122.207),
        ("嵊泗", "330922", 30.726, 122.451),
        ("南隍城岛", "370600", 38.351, 120.907),
        ("崇明", "310151", 31.623, 121.397),
    ] {
        assert!(Outlines::standard().of(province).unwrap().holds(at(lat, lng)), "{name}");
    }
}

#[test]
fn a_province_without_an_outline_is_not_checked() {
    for code in ["710000", "990000", "1", "", "山西"] {
        assert_eq!(Outlines::standard().of(code), None, "{code}");
    }
}

#[test]
fn the_tolerance_reaches_five_kilometres_and_no_further() {
    // A square of a degree on the equator, where a degree is 111.195 km both ways, and an islet.
    let text = "province,ring\n990000,10 0;11 0;11 1;10 1\n990000,20 0\n";
    let outlines = Outlines::from_csv(text).unwrap();
    let square = outlines.of("99").unwrap();
    let metre = 1.0 / (KM_PER_DEGREE * 1000.0);
    for (lat, lng, inside) in [
        (0.5, 10.5, true),
        (0.5, 10.0 - 4999.0 * metre, true),
        (0.5, 10.0 - 5001.0 * metre, false),
        // Off a corner the way is diagonal.
        (-3500.0 * metre, 10.0 - 3500.0 * metre, true),
        (-3600.0 * metre, 10.0 - 3600.0 * metre, false),
        (4999.0 * metre, 20.0, true),
        (5001.0 * metre, 20.0, false),
    ] {
        assert_eq!(square.holds(at(lat, lng)), inside, "{lat} {lng}");
    }
}

#[test]
fn a_file_that_is_no_pack_of_outlines_names_its_line() {
    let wrong = |rows: &str| Outlines::from_csv(&format!("province,ring\n140000,112 37\n{rows}\n")).unwrap_err();
    assert_eq!(wrong("140100,112 37"), PackError::Value { line: 3, column: "province" });
    assert_eq!(wrong("ab0000,112 37"), PackError::Value { line: 3, column: "province" });
    assert_eq!(wrong("140000,37 112"), PackError::Value { line: 3, column: "ring" });
    assert_eq!(wrong("140000,112 37;"), PackError::Value { line: 3, column: "ring" });
    assert_eq!(Outlines::standard().pack().rows, 682);
}
