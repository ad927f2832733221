use super::*;

fn tree() -> &'static Divisions {
    Divisions::standard()
}

#[test]
fn shanxi_has_eleven_cities_and_117_counties_besides_four_statistical_zones() {
    assert_eq!(tree().at_level(Level::City).count(), 11);
    assert_eq!(tree().at_level(Level::County).filter(|d| !d.statistical_zone).count(), 117);
    assert_eq!(tree().at_level(Level::County).filter(|d| d.statistical_zone).count(), 4);
    assert_eq!(tree().pack().rows, 1485);
    assert!(tree().get("140171").unwrap().statistical_zone);
}

#[test]
fn a_county_is_named_from_the_province_down() {
    assert_eq!(tree().full_name("140105").as_deref(), Some("山西省太原市小店区"));
    assert_eq!(tree().full_name("140105001").as_deref(), Some("山西省太原市小店区坞城街道"));
    assert_eq!(tree().full_name("142322"), None);
}

#[test]
fn the_code_of_old_lvliang_is_retired_and_names_its_successor() {
    let valid_to = Some("2002-12-31".parse().unwrap());
    assert_eq!(tree().lookup("142300"), Lookup::Retired { successor: Some("141100"), valid_to });
    assert_eq!(tree().lookup("142329"), Lookup::Retired { successor: Some("141127"), valid_to });
    assert_eq!(tree().get("141127").unwrap().name, "岚县");
}

#[test]
fn every_old_county_that_kept_its_name_is_led_to_the_county_of_that_name() {
    let same = |old: &str, new: &str| {
        let old = tree().retired(old).unwrap();
        assert_eq!(old.successor.as_deref(), Some(new));
        assert_eq!(old.name, tree().get(new).unwrap().name);
    };
    same("142301", "141181"); // 孝义市
    same("142322", "141121"); // 文水县
    same("142323", "141122"); // 交城县
    same("142325", "141123"); // 兴县
    same("142326", "141124"); // 临县
    same("142327", "141125"); // 柳林县
    same("142328", "141126"); // 石楼县
    same("142222", "140921"); // 定襄县
    same("142431", "140728"); // 平遥县
    same("142625", "141024"); // 洪洞县
    same("142723", "140830"); // 芮城县
}

#[test]
fn a_place_that_changed_its_name_with_its_code_is_found_too() {
    let successor = |old: &str| tree().retired(old).unwrap().successor.clone().unwrap();
    assert_eq!(successor("142302"), "141102"); // 离石市 → 离石区
    assert_eq!(successor("142201"), "140902"); // 忻州市 → 忻府区
    assert_eq!(successor("140421"), "140404"); // 长治县 → 上党区
    assert_eq!(successor("140227"), "140215"); // 大同县 → 云州区
    assert_eq!(successor("140726"), "140703"); // 太谷县 → 太谷区
}

#[test]
fn a_place_that_was_split_has_no_successor() {
    assert!(matches!(tree().lookup("140202"), Lookup::Retired { successor: None, .. }));
    assert!(matches!(tree().lookup("142100"), Lookup::Retired { successor: None, .. }));
}

#[test]
fn a_current_code_and_a_foreign_one_are_told_apart() {
    assert!(matches!(tree().lookup("140105"), Lookup::Current(d) if d.name == "小店区"));
    for code in ["110105", "", "14", "14010x", "太原市"] {
        assert_eq!(tree().lookup(code), Lookup::Unknown, "{code}");
    }
}

#[test]
fn a_code_padded_with_zeros_is_the_same_division() {
    assert_eq!(tree().get("140100000000").unwrap().name, "太原市");
    assert_eq!(tree().get("140105001000").unwrap().code, "140105001");
    assert_eq!(tree().get("140105000").unwrap().code, "140105");
}

#[test]
fn a_township_lies_in_its_county_city_and_province_only() {
    assert!(tree().within("140105001", "140105"));
    assert!(tree().within("140105001", "140100"));
    assert!(tree().within("140105001", "140000"));
    assert!(tree().within("140105", "140105"));
    assert!(!tree().within("140105", "140200"));
    assert!(!tree().within("140100", "140105"));
    assert!(!tree().within("142300", "140000"));
    assert_eq!(tree().city_of("140105001").unwrap().code, "140100");
    assert_eq!(tree().city_of("140000"), None);
    assert_eq!(tree().county_of("140105001").unwrap().code, "140105");
}

#[test]
fn the_children_of_taiyuan_are_its_counties_in_order() {
    let codes: Vec<_> = tree().children("140100").iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes.len(), 11);
    assert_eq!(codes.first().copied(), Some("140105"));
    assert!(codes.is_sorted());
    assert!(tree().children("142300").is_empty());
}

#[test]
fn a_search_puts_the_exact_name_first() {
    let found = tree().search("城区");
    assert_eq!(found.first().map(|d| d.code.as_str()), Some("140302"));
    assert!(found.iter().any(|d| d.name == "朔城区"));
    assert_eq!(tree().search("太原市小店区").first().map(|d| d.code.as_str()), Some("140105"));
    assert!(tree().search("  ").is_empty());
    assert!(tree().search("朝阳区").is_empty());
}

#[test]
fn every_retired_code_with_a_successor_leads_to_one_of_the_same_level() {
    let linked: Vec<_> = tree().retired.values().filter(|old| old.successor.is_some()).collect();
    assert_eq!(tree().retired.len(), 142);
    assert_eq!(linked.len(), 129);
    for old in linked {
        let now = tree().get(old.successor.as_deref().unwrap()).unwrap();
        assert_eq!(now.level, old.level, "{} {}", old.code, old.name);
    }
}

#[test]
fn a_tree_with_a_dangling_parent_or_successor_is_refused() {
    let head = "code,name,level,parent,statistical_zone\n";
    let gone = "code,name,level,valid_from,valid_to,successor\n";
    let read = |a: &str, b: &str| Divisions::from_csv(&format!("{head}{a}"), &format!("{gone}{b}")).unwrap_err();
    let top = "140000,山西省,province,,0\n";
    assert_eq!(read("140100,太原市,city,140000,0\n", ""), PackError::Dangling { line: 2, column: "parent" });
    assert_eq!(read(&top.repeat(2), ""), PackError::Duplicate { line: 3, column: "code" });
    assert_eq!(read("1400,山西省,province,,0\n", ""), PackError::Value { line: 2, column: "code" });
    assert_eq!(read(top, "142300,x,city,,,141100\n"), PackError::Dangling { line: 2, column: "successor" });
    assert_eq!(read(top, "140000,x,city,,,\n"), PackError::Duplicate { line: 2, column: "code" });
    assert_eq!(read(top, "142300,x,city,,2002,\n"), PackError::Value { line: 2, column: "valid_to" });
}
