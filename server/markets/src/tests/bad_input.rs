//! Each bad input is refused with its code, its field and a text in both languages, by registering and by amending alike.

use super::*;

/// A way to spoil a form: where, with what, and the code and field it is refused with.
type Case = (&'static str, Value, &'static str, &'static str);

fn hours(opens: &str, closes: &str) -> Value {
    json!([{ "season": "ALL_YEAR", "weekdays": ["MONDAY"], "opens": opens, "closes": closes }])
}

/// Several spans, each with its days, months and times.
fn spans(rows: &[(&str, [i32; 2], &str, &str)]) -> Value {
    let span = |(day, [from, to], opens, closes): &(&str, [i32; 2], &str, &str)| {
        let days: Vec<&str> = day.split(' ').filter(|day| !day.is_empty()).collect();
        json!({ "season": "ALL_YEAR", "weekdays": days, "fromMonth": from, "toMonth": to, "opens": opens, "closes": closes })
    };
    rows.iter().map(span).collect()
}

fn figure(low: i32, high: i32, method: &str, as_of: &str, reason: Option<&str>) -> Value {
    json!({ "low": low, "high": high, "approximate": false, "method": method, "asOf": as_of, "overrideReason": reason })
}

fn point(lat: f64, lng: f64, crs: Option<&str>) -> Value {
    json!({ "lat": lat, "lng": lng, "crs": crs })
}

fn cases() -> Vec<Case> {
    vec![
        ("/officialName", json!(null), "NAME_MISSING", "officialName"),
        ("/aliasBasis", json!("CUSTOMARY"), "ALIAS_BASIS_CONTRADICTS", "aliasBasis"),
        ("/operatorKind", json!("LICENSED_AGENCY"), "OPERATOR_MISMATCH", "operatorKind"),
        ("/publicInterest", json!(false), "PUBLIC_INTEREST_REQUIRED", "publicInterest"),
        ("/address/division", json!("149999"), "UNKNOWN_DIVISION", "address.division"),
        ("/address/division", json!("140111"), "RETIRED_DIVISION", "address.division"),
        ("/address/division", json!("140102"), "RETIRED_DIVISION_SPLIT", "address.division"),
        ("/address/division", json!("140213"), "DIVISION_NOT_IN_CITY", "address.division"),
        ("/address/division", json!("140100"), "DIVISION_TOO_COARSE", "address.division"),
        ("/address/text", json!("　"), "ADDRESS_MISSING", "address.text"),
        ("/address/villageCode", json!("140105001201"), "VILLAGE_NAME", "address.village"),
        ("/address/point", point(37.79, 112.57, None), "POINT_WITHOUT_SYSTEM", "address.point.crs"),
        ("/address/point", point(112.57, 37.79, Some("WGS84")), "POINT_SWAPPED", "address.point"),
        ("/address/point", point(39.9, 116.4, Some("GCJ02")), "POINT_OUTSIDE_PROVINCE", "address.point"),
        ("/address/point", point(4_193_000.0, 37_548_000.0, Some("CGCS2000")), "POINT_NOT_DEGREES", "address.point"),
        ("/hours", hours("25:00", "26:00"), "HOURS_TIME", "hours"),
        ("/hours", hours("18:00", "04:30"), "HOURS_REVERSED", "hours"),
        ("/hours", spans(&[("MONDAY", [13, 2], "08:00", "18:00")]), "HOURS_MONTHS", "hours"),
        ("/hours", spans(&[("", [1, 12], "08:00", "18:00")]), "HOURS_NO_WEEKDAY", "hours"),
        (
            "/hours",
            spans(&[("MONDAY", [1, 12], "08:00", "18:00"), ("MONDAY FRIDAY", [5, 9], "17:00", "20:00")]),
            "HOURS_OVERLAP",
            "hours",
        ),
        ("/seekerScale", figure(300, 200, "DECLARED", "2026-11-01", None), "SCALE_REVERSED", "seekerScale"),
        ("/seekerScale", figure(1, 2, "DECLARED", "2036-11-01", None), "SCALE_FUTURE", "seekerScale.asOf"),
        ("/seekerScale", figure(1, 2, "COMPUTED", "2026-11-01", None), "SCALE_COMPUTED", "seekerScale.method"),
        ("/seekerScale", figure(1, 2, "OVERRIDE", "2026-11-01", None), "SCALE_REASON", "seekerScale.overrideReason"),
        ("/dailySuccesses", figure(9, 8, "DECLARED", "2026-11-01", None), "SUCCESS_REVERSED", "dailySuccesses"),
        ("/dailySuccesses", figure(1, 2, "DECLARED", "2036-11-01", None), "SUCCESS_FUTURE", "dailySuccesses.asOf"),
        ("/areaSquareMetres", json!(-1), "AREA", "areaSquareMetres"),
        ("/remark", json!("长".repeat(5000)), "REMARK_TOO_LONG", "remark"),
        ("/trades", json!(["宇航员"]), "TRADE_UNKNOWN", "trades"),
        ("/contacts", json!([{ "label": "大厅", "phone": "5278313", "public": true }]), "CONTACT_PHONE", "contacts"),
    ]
}

/// The refusal is the expected one, and its text is in the language of whoever asks.
fn check(refused: &Value, (path, _, code, field): &Case, chinese: bool) {
    assert_eq!(refused["code"], *code, "{path}: {refused}");
    assert_eq!(refused["field"], *field, "{path}: {refused}");
    let message = refused["message"].as_str().unwrap();
    let han = message.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let latin = message.chars().filter(char::is_ascii_lowercase).count();
    assert_eq!(han > latin, chinese, "{path}: {message}");
}

#[tokio::test]
async fn registering_names_what_is_wrong_in_both_languages_and_registers_nothing() {
    let town = Town::new().await;
    let english = town.in_english().await;
    for case in cases() {
        let input = with(form("小店区零工市场"), case.0, case.1.clone());
        for (ctx, chinese) in [(&town.bureau, true), (&english, false)] {
            let variables = json!({ "input": input });
            let refused = send(ctx, "registerMarket", "$input: MarketInput!", "input: $input", variables, "id").await;
            check(&refused, &case, chinese);
        }
    }
    assert_eq!(ask(&town.bureau, "{ markets { totalCount } }").await["markets"]["totalCount"], 0);
    town.register(form("小店区零工市场")).await;
}

#[tokio::test]
async fn amending_names_what_is_wrong_in_both_languages_and_changes_nothing() {
    let town = Town::new().await;
    let english = town.in_english().await;
    let made = town.register(form("小店区零工市场")).await;
    for case in cases() {
        let input = with(form("小店区零工市场"), case.0, case.1.clone());
        for (ctx, chinese) in [(&town.bureau, true), (&english, false)] {
            check(&amend(ctx, &made, input.clone()).await, &case, chinese);
        }
    }
    assert_eq!(town.market(&made, "version").await["version"], 1);
}

#[tokio::test]
async fn the_same_name_at_the_same_address_is_refused_however_it_is_written() {
    let town = Town::new().await;
    let first = town.register(form("小店区零工市场")).await;
    let double = with(form("小店区 零工市场"), "/address/text", json!("山西省太原市小店区坞城路小店区零工市场门前"));
    let variables = json!({ "input": double });
    let refused = send(&town.bureau, "registerMarket", "$input: MarketInput!", "input: $input", variables, "id").await;
    assert_eq!(refused["code"], "DUPLICATE_MARKET", "{refused}");
    let second = town.register(form("学府街零工市场")).await;
    let moved = with(form("小店区零工市场"), "/remark", json!("改名"));
    assert_eq!(amend(&town.bureau, &second, moved.clone()).await["code"], "DUPLICATE_MARKET");
    assert_eq!(amend(&town.bureau, &first, moved).await["version"], 2, "of itself it is no double");
}
