//! Two people at one market at one moment: of what both saw, one changes it, and the other is shown what it is now.

use super::*;

/// Races of each kind: where two write at once, one of them does not always meet the same moment.
const ROUNDS: usize = 4;

/// A part of a market (从属对象): how it is saved and ended, and where its words are seen again.
struct Part {
    save: &'static str,
    kind: &'static str,
    end: Option<&'static str>,
    input: Value,
    /// The words that both change.
    words: &'static str,
    /// Where they are among the fields of a market.
    seen: (&'static str, &'static str),
}

fn part(save: &'static str, end: &'static str, words: &'static str, seen: [&'static str; 2], input: Value) -> Part {
    let kind: &'static str = match save {
        "saveZone" => "ZoneInput",
        "saveFacility" => "FacilityInput",
        "saveBay" => "BayInput",
        "saveContract" => "ContractInput",
        "saveProject" => "ProjectInput",
        "saveAnnotation" => "AnnotationInput",
        "saveBadCredit" => "BadCreditInput",
        _ => "MonitoringSampleInput",
    };
    Part { save, kind, end: Some(end).filter(|end| !end.is_empty()), input, words, seen: (seen[0], seen[1]) }
}

/// Every part that has a version.
fn parts() -> Vec<Part> {
    let sample = ["monitoringSamples(first: 1) { edges { node { countedBy } } }", "/monitoringSamples/edges/0/node"];
    vec![
        part("saveZone", "removeZone", "name", ["zones { name }", "/zones/0"], hall("09:00", "12:00")),
        part(
            "saveFacility",
            "removeFacility",
            "name",
            ["facilities { name }", "/facilities/0"],
            json!({ "kind": "WATER", "name": "饮水机", "quantity": 2, "state": "WORKING" }),
        ),
        part(
            "saveBay",
            "removeBay",
            "label",
            ["bays { label }", "/bays/0"],
            json!({ "label": "1号", "capacity": 3, "maxStayMinutes": 10 }),
        ),
        part(
            "saveContract",
            "removeContract",
            "operator",
            ["contracts { operator }", "/contracts/0"],
            json!({ "operator": "某某公司", "scope": "日常运营", "startsOn": "2026-01-01", "endsOn": "2026-12-31",
                    "indicators": [{ "name": "日均服务", "target": 100, "unit": "人次" }] }),
        ),
        part(
            "saveProject",
            "removeProject",
            "title",
            ["projects { title }", "/projects/0"],
            json!({ "mode": "CONVERSION", "title": "桥下空地改造",
                    "milestones": [{ "title": "施划标线", "dueOn": "2026-11-01" }] }),
        ),
        part(
            "saveAnnotation",
            "removeAnnotation",
            "note",
            ["annotations { note }", "/annotations/0"],
            json!({ "provider": "TENCENT", "status": "TODO", "note": "待办" }),
        ),
        part("saveMonitoringSample", "withdrawMonitoringSample", "countedBy", sample, counted("李建国")),
        part(
            "saveBadCredit",
            "",
            "source",
            ["badCredits { source }", "/badCredits/0"],
            json!({ "since": "2026-11-20", "source": "某名单" }),
        ),
    ]
}

fn hall(opens: &str, closes: &str) -> Value {
    json!({ "kind": "TALKS", "name": "一楼大厅",
            "timetable": [{ "season": "ALL_YEAR", "weekdays": ["MONDAY"], "opens": opens, "closes": closes }] })
}

fn counted(by: &str) -> Value {
    json!({ "sampledOn": "2026-11-02", "session": "EARLY", "seekers": 10, "successes": 4, "countedBy": by })
}

impl Part {
    /// Saves it with these words: a new one, or the one that `known` saw.
    async fn save(&self, ctx: &Ctx, market: &Value, known: &Value, words: &str) -> Value {
        let input = with(self.input.clone(), &format!("/{}", self.words), json!(words));
        self.send(ctx, market, known, input).await
    }

    async fn send(&self, ctx: &Ctx, market: &Value, known: &Value, input: Value) -> Value {
        let (kind, words) = (self.kind, self.words);
        // A market has one annotation of a provider: it needs no id.
        let (declared, call) = match self.save {
            "saveAnnotation" => ("", "marketId: $market, version: $version, input: $input"),
            _ => ("$id: ID, ", "marketId: $market, id: $id, version: $version, input: $input"),
        };
        let declared = format!("$market: ID!, {declared}$version: Int, $input: {kind}!");
        let mut variables = json!({ "market": market["id"], "version": known["version"], "input": input });
        if self.save != "saveAnnotation" {
            variables["id"] = known["id"].clone();
        }
        let current = format!("current {{ version {words} }}");
        send_with(ctx, self.save, &declared, call, variables, &format!("id version {words}"), &current).await
    }

    /// Removes or withdraws the one that `known` saw.
    async fn end(&self, ctx: &Ctx, end: &str, known: &Value) -> Value {
        let (mut declared, mut call) = ("$id: ID!, $version: Int!".to_owned(), "id: $id, version: $version".to_owned());
        let mut variables = json!({ "id": known["id"], "version": known["version"] });
        if end.starts_with("withdraw") {
            declared += ", $reason: String!";
            call += ", reason: $reason";
            variables["reason"] = json!("数错了");
        }
        send(ctx, end, &declared, &call, variables, "id").await
    }

    /// The words as everybody reads them.
    async fn words(&self, town: &Town, market: &Value) -> Value {
        let (fields, at) = self.seen;
        town.market(market, fields).await.pointer(&format!("{at}/{}", self.words)).cloned().unwrap_or_default()
    }
}

/// The one that was done, and the one that was not.
fn told(one: Value, other: Value) -> (Value, Value) {
    let done = |answer: &Value| answer["id"].is_string();
    assert!(done(&one) != done(&other), "one of two: {one} {other}");
    if done(&one) { (one, other) } else { (other, one) }
}

#[tokio::test]
async fn of_two_who_save_a_part_at_one_moment_one_does_and_the_other_is_shown_the_newest() {
    let town = Town::new().await;
    let market = town.register(form("小店区零工市场")).await;
    for part in parts() {
        let mut known = part.save(&town.bureau, &market, &json!({}), "起初").await;
        assert_eq!(known["version"], 1, "{}: {known}", part.save);
        for version in 2..2 + ROUNDS {
            let save = |words: &'static str| part.save(&town.bureau, &market, &known, words);
            let (one, other) = tokio::join!(save("王芳写的"), save("李建国写的"));
            let (done, refused) = told(one, other);
            assert_eq!(done["version"], version, "{}: {done}", part.save);
            let why = (&refused["code"], &refused["field"]);
            assert_eq!(why, (&json!("CONFLICT"), &json!("version")), "{}: {refused}", part.save);
            let newest = json!({ "version": version, part.words: done[part.words] });
            assert_eq!(refused["current"], newest, "{}: {refused}", part.save);
            assert_eq!(part.words(&town, &market).await, done[part.words], "{}", part.save);
            known = done;
        }
    }
}

#[tokio::test]
async fn of_one_who_saves_a_part_and_one_who_removes_it_at_one_moment_the_second_is_told() {
    let town = Town::new().await;
    let market = town.register(form("小店区零工市场")).await;
    for part in parts() {
        let Some(end) = part.end else { continue };
        for round in 0..ROUNDS {
            let known = part.save(&town.bureau, &market, &json!({}), "起初").await;
            assert_eq!(known["version"], 1, "{}: {known}", part.save);
            let save = part.save(&town.bureau, &market, &known, "又改了");
            let remove = part.end(&town.bureau, end, &known);
            let (saved, removed) = match round % 2 {
                0 => tokio::join!(save, remove),
                _ => {
                    let (removed, saved) = tokio::join!(remove, save);
                    (saved, removed)
                }
            };
            let (done, refused) = told(saved.clone(), removed);
            if done == saved {
                assert_eq!(refused["code"], "CONFLICT", "{end}: {refused}");
                assert_eq!(part.words(&town, &market).await, "又改了", "{end}");
                assert!(part.end(&town.bureau, end, &done).await["id"].is_string(), "{end}");
            } else if end.starts_with("withdraw") {
                assert_eq!(refused["code"], "CONFLICT", "{end}: {refused}");
            } else {
                assert_eq!(refused, json!({ "error": "NOT_FOUND" }), "{end}");
                assert_eq!(part.words(&town, &market).await, json!(null), "{end}");
            }
        }
    }
}

#[tokio::test]
async fn of_two_who_remove_a_part_at_one_moment_one_does() {
    let town = Town::new().await;
    let market = town.register(form("小店区零工市场")).await;
    for part in parts() {
        let Some(end) = part.end else { continue };
        for _ in 0..ROUNDS {
            let known = part.save(&town.bureau, &market, &json!({}), "起初").await;
            let remove = || part.end(&town.bureau, end, &known);
            let (one, other) = tokio::join!(remove(), remove());
            let (_, refused) = told(one, other);
            if end.starts_with("withdraw") {
                assert_eq!(refused["code"], "CONFLICT", "{end}: {refused}");
            } else {
                assert_eq!(refused, json!({ "error": "NOT_FOUND" }), "{end}");
            }
        }
    }
}

#[tokio::test]
async fn of_two_who_want_one_place_one_session_or_one_map_at_one_moment_one_gets_it() {
    let town = Town::new().await;
    for (save, code) in [("saveZone", "CLASH"), ("saveMonitoringSample", "TAKEN"), ("saveAnnotation", "CONFLICT")] {
        let part = parts().into_iter().find(|part| part.save == save).unwrap();
        for round in 0..ROUNDS {
            let market = town.register(form(&format!("{save}{round}零工市场"))).await;
            let nothing = json!({});
            let new = || part.send(&town.bureau, &market, &nothing, part.input.clone());
            let (one, other) = tokio::join!(new(), new());
            assert_eq!(told(one, other).1["code"], code, "{save}");
        }
    }
}

#[tokio::test]
async fn of_two_checks_of_one_item_at_one_moment_both_are_kept_and_one_counts() {
    let town = Town::new().await;
    let market = town.register(form("小店区零工市场")).await;
    let input = json!({ "item": "FIRE_EQUIPMENT", "result": "PASSED", "inspector": "李建国",
                        "inspectedOn": "2026-11-01", "expiresOn": "2027-11-01" });
    for round in 1..=ROUNDS {
        let inspect = || {
            let variables = json!({ "market": market["id"], "input": input });
            let declared = "$market: ID!, $input: SafetyCheckInput!";
            send(&town.bureau, "recordSafetyCheck", declared, "marketId: $market, input: $input", variables, "id")
        };
        let (one, other) = tokio::join!(inspect(), inspect());
        assert!(one["id"].is_string() && other["id"].is_string(), "{one} {other}");
        let checks = town.market(&market, "safetyChecks(first: 50) { edges { node { newest } } }").await;
        let checks = checks["safetyChecks"]["edges"].as_array().unwrap().clone();
        let counts = checks.iter().filter(|check| check["node"]["newest"] == true).count();
        assert_eq!((checks.len(), counts), (2 * round, 1));
    }
}

/// Registers a market as somebody who meets another at it.
async fn register(town: &Town, name: &str) -> Value {
    let input = with(form(name), "/address/text", json!("坞城路1号"));
    let variables = json!({ "input": input });
    send(&town.bureau, "registerMarket", "$input: MarketInput!", "input: $input", variables, "id version").await
}

#[tokio::test]
async fn of_two_who_register_one_name_at_one_address_at_one_moment_one_does() {
    let town = Town::new().await;
    for round in 0..ROUNDS {
        let name = format!("第{round}零工市场");
        let (one, other) = tokio::join!(register(&town, &name), register(&town, &name));
        let (done, refused) = told(one, other);
        assert_eq!((&done["version"], &refused["code"]), (&json!(1), &json!("DUPLICATE_MARKET")), "{refused}");
        assert!(refused["message"].as_str().unwrap().contains(&name), "{refused}");
    }
}

#[tokio::test]
async fn of_two_markets_that_are_given_one_name_at_one_moment_one_gets_it() {
    let town = Town::new().await;
    for round in 0..ROUNDS {
        let name = format!("合并{round}零工市场");
        let one = register(&town, &format!("甲{round}零工市场")).await;
        let other = register(&town, &format!("乙{round}零工市场")).await;
        let called = || with(form(&name), "/address/text", json!("坞城路1号"));
        let both = tokio::join!(amend(&town.bureau, &one, called()), amend(&town.bureau, &other, called()));
        let (done, refused) = told(both.0, both.1);
        assert_eq!((&done["version"], &refused["code"]), (&json!(2), &json!("DUPLICATE_MARKET")), "{refused}");
        let (again, new) = tokio::join!(amend(&town.bureau, &done, called()), register(&town, &name));
        assert_eq!((&again["version"], &new["code"]), (&json!(3), &json!("DUPLICATE_MARKET")), "{new}");
    }
}
