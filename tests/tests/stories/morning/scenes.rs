//! The scenes of the morning, each a thing that people in a hall do or suffer.

use serde_json::{Value, json};

use super::cast::{CLIENT, Cast};
use super::hall::Hall;

pub(super) const POSTED: &str = "Posting { id version status placesLeft shifts { id } }";
const DEAL: &str = "Engagement { id version status late consequence }";

/// A posting of the story: its id and its shift.
pub(super) struct Posted {
    pub(super) id: Value,
    pub(super) shift: Value,
}

/// The posting of the enterprise, and who has places of it.
pub(super) struct Quick {
    pub(super) posted: Posted,
    /// Engagements of Zhang, of Li and of the first who stands in the hall.
    pub(super) zhang: Value,
    pub(super) li: Value,
    pub(super) first: Value,
    /// Who stands by.
    pub(super) wang: std::cell::OnceCell<Value>,
}

/// Enters a posting and hands it in.
async fn post(hall: &Hall, token: &str, party: &Value, what: &str, hours: (&str, &str), places: u32) -> Value {
    let input = format!(
        "input: {{partyId: {party}, marketId: \"{}\", trade: \"搬运工\", duties: \"{what}，装车卸车\", title: \"{what}\", place: \"坞城路1号仓库\", wageFen: 22000, wageUnit: DAY, instant: true, cover: COMMERCIAL, shifts: [{{startsAt: \"2026-11-24T{}:00+08:00\", endsAt: \"2026-11-24T{}:00+08:00\", headcount: {places}, breakMinutes: 60}}]}}",
        hall.market, hours.0, hours.1
    );
    let saved = hall.done(token, "savePosting", &input, POSTED).await;
    let call = format!("id: {}, version: {}", saved["id"], saved["version"]);
    hall.done(token, "submitPosting", &call, POSTED).await
}

fn posted(shown: &Value) -> Posted {
    Posted { id: shown["id"].clone(), shift: shown["shifts"][0]["id"].clone() }
}

async fn places_left(hall: &Hall, id: &Value) -> (Value, Value) {
    let staff = hall.staff("staff").await;
    let now = hall.see(&staff, &format!("{{ posting(id: {id}) {{ status placesLeft }} }}")).await["posting"].clone();
    (now["status"].clone(), now["placesLeft"].clone())
}

pub(super) async fn the_doors_open(hall: &Hall) {
    let door = async || {
        let shown = "openNow hoursToday crowd { level }";
        let asked = format!("{{ publicMarket(idOrSlug: \"{}\") {{ {shown} }} }}", hall.market);
        hall.see("", &asked).await["publicMarket"].clone()
    };
    hall.town.go("2026-11-24 04:29");
    assert_eq!(door().await, json!({ "openNow": false, "hoursToday": ["04:30–18:00"], "crowd": null }));
    hall.town.go("2026-11-24 04:30");
    assert_eq!(door().await["openNow"], true);
    let staff = hall.staff("staff").await;
    hall.done(&staff, "reportCrowd", &format!("marketId: \"{}\", level: BUSY", hall.market), "Market { id }").await;
    assert_eq!(door().await["crowd"]["level"], "BUSY", "whoever is still at home reads it");
}

pub(super) async fn an_agency_brings_its_file(hall: &Hall, _: &Cast) {
    let row = |n: u32, trade: &str, wage: &str| {
        format!("JC-{n},{CLIENT},{trade},第{n}车水果装卸,5,2026-11-24,08:00,16:00,坞城路{n}号,{wage},天")
    };
    let rows = [row(1, "搬运工", "200"), row(2, "宇航员", "200"), row(3, "搬运工", "面议"), row(4, "搬运工", "210")]
        .join("\n");
    let sheet = format!(
        "外部编号,用工主体,工种,工作内容,招聘人数,工作日期,开始时间,结束时间,工作地点,工资（元）,计薪单位\n{rows}\n"
    );
    let agent = hall.staff("agent").await;
    let upload = hall.upload(&agent, "POSTINGS", "用工信息.csv", sheet.as_bytes()).await;
    let of = "PostingImport { id version status goodRows badRows published rows(first: 10, onlyBad: true) { edges { node { row issues { column code } } } } }";
    let call = format!("uploadId: {upload}, agencyId: \"{}\"", hall.agency);
    let checked = hall.done(&agent, "checkPostingImport", &call, of).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&json!(2), &json!(2)), "{checked}");
    let bad: Vec<Value> =
        checked["rows"]["edges"].as_array().expect("rows").iter().map(|e| e["node"].clone()).collect();
    assert_eq!((&bad[0]["row"], &bad[0]["issues"][0]["column"]), (&json!(3), &json!("C")), "{bad:?}");
    assert_eq!((&bad[1]["row"], &bad[1]["issues"][0]["column"]), (&json!(4), &json!("J")), "{bad:?}");
    let call = format!("id: {}, version: {}", checked["id"], checked["version"]);
    let refused = hall.send(&agent, "applyPostingImport", &call, of).await;
    assert_eq!(refused["code"], "BAD_ROWS", "all of it, or what is good when told so: {refused}");
    hall.done(&agent, "applyPostingImport", &format!("{call}, withoutBadRows: true"), of).await;
    hall.town.work().await;
    let applied = hall.see(&agent, &format!("{{ postingImport(id: {}) {{ status published }} }}", checked["id"])).await;
    assert_eq!(applied["postingImport"], json!({ "status": "APPLIED", "published": 2 }));
    assert_eq!(hall.feed().await.matches("水果装卸").count(), 2, "what was good is on the channels");
}

pub(super) async fn places_are_taken_at_once(hall: &Hall, cast: &Cast) -> Quick {
    let shown = post(hall, &cast.hirer, &cast.enterprise, "早班搬运", ("05:30", "14:30"), 3).await;
    assert_eq!(shown["status"], "PUBLISHED", "the fast lane waits for nobody: {shown}");
    let posted = posted(&shown);
    let apply = format!("shiftId: {}", posted.shift);
    let zhang = hall.done(&cast.zhang.token, "applyForShift", &apply, DEAL).await;
    let li = hall.done(&cast.li.token, "applyForShift", &apply, DEAL).await;
    assert_eq!((&zhang["status"], &li["status"]), (&json!("CONFIRMED"), &json!("CONFIRMED")));
    let staff = hall.staff("staff").await;
    let walk_in = format!("{apply}, workerId: {}", cast.hall[0]);
    let first = hall.done(&staff, "hireWalkIn", &walk_in, DEAL).await;
    assert_eq!(places_left(hall, &posted.id).await, (json!("FILLED"), json!(0)));
    let id = |deal: &Value| deal["id"].clone();
    Quick { zhang: id(&zhang), li: id(&li), first: id(&first), posted, wang: std::cell::OnceCell::new() }
}

pub(super) async fn a_foreman_takes_ten_or_none(hall: &Hall, cast: &Cast, quick: &Quick) -> Vec<Value> {
    let (staff, manager) = (hall.staff("staff").await, hall.staff("manager").await);
    let shown = post(hall, &staff, &cast.gang, "砌墙打下手", ("07:00", "17:00"), 10).await;
    assert_eq!(shown["status"], "IN_REVIEW", "whoever has no fast lane is looked at first: {shown}");
    let call = format!("id: {}, version: {}, decision: PUBLISH", shown["id"], shown["version"]);
    let passed = hall.done(&manager, "reviewPosting", &call, POSTED).await;
    let wall = posted(&passed);
    let group = |of: &[Value]| format!("shiftId: {}, workerIds: {}", wall.shift, json!(of));
    let hired = "HiredGroup { engagements { id status groupNo } }";
    let busy = hall.send(&staff, "hireGroup", &group(&cast.hall[..10]), hired).await;
    assert_eq!(busy["code"], "OVERLAPPING", "one of the ten has a place elsewhere: {busy}");
    assert_eq!(places_left(hall, &wall.id).await, (json!("PUBLISHED"), json!(10)), "nobody was hired");
    let done = hall.done(&staff, "hireGroup", &group(&cast.hall[1..11]), hired).await;
    let all = done["engagements"].as_array().expect("engagements").clone();
    assert_eq!(all.len(), 10);
    assert!(all.iter().all(|one| one["status"] == "CONFIRMED" && one["groupNo"] == all[0]["groupNo"]), "{done}");
    assert_eq!(places_left(hall, &wall.id).await, (json!("FILLED"), json!(0)));
    assert_eq!(hall.engagement(&staff, &quick.first).await["status"], "CONFIRMED", "and nobody lost the other place");
    all.into_iter().map(|one| one["id"].clone()).collect()
}

/// Wang stands by for the early shift; until it is his turn he has a place elsewhere.
pub(super) async fn somebody_waits_and_has_other_work_meanwhile(hall: &Hall, cast: &Cast, quick: &Quick) -> Posted {
    let apply = format!("shiftId: {}", quick.posted.shift);
    let full = "Engagement { id } ... on ApplyForShiftRefused { alternatives { shiftId } }";
    let refused = hall.send(&cast.wang.token, "applyForShift", &apply, full).await;
    assert_eq!(refused["code"], "FULL", "{refused}");
    assert!(!refused["alternatives"].as_array().expect("alternatives").is_empty(), "other work is named: {refused}");
    let waits = hall.done(&cast.wang.token, "applyForShift", &format!("{apply}, standby: true"), DEAL).await;
    assert_eq!(waits["status"], "STANDBY");
    quick.wang.set(waits["id"].clone()).expect("he stands by once");
    let shown = post(hall, &cast.hirer, &cast.enterprise, "中午卸货", ("08:00", "16:00"), 4).await;
    let gone = posted(&shown);
    let elsewhere = hall.done(&cast.wang.token, "applyForShift", &format!("shiftId: {}", gone.shift), DEAL).await;
    assert_eq!(elsewhere["status"], "CONFIRMED");
    hall.town.work().await;
    gone
}

pub(super) async fn a_late_cancellation_has_its_consequence(hall: &Hall, ten: &[Value]) {
    let staff = hall.staff("staff").await;
    let call = format!("{}, reason: NO_WORK, behalf: PARTY", hall.newest(&staff, &ten[9]).await);
    let cancelled = hall.done(&staff, "cancelEngagement", &call, DEAL).await;
    assert_eq!(
        (&cancelled["status"], &cancelled["late"], &cancelled["consequence"]),
        (&json!("CANCELLED_BY_PARTY"), &json!(true), &json!("FAST_LANE_LOST"))
    );
}

pub(super) async fn two_arrive_by_code_and_at_the_counter(hall: &Hall, cast: &Cast, quick: &Quick) {
    let code = hall.see(&cast.hirer, &format!("{{ arrivalCode(shiftId: {}) {{ code }} }}", quick.posted.shift)).await;
    let code = code["arrivalCode"]["code"].as_str().expect("a code").to_owned();
    let wrong = if code == "0000" { "0001" } else { "0000" };
    let typed = |code: &str| format!("id: {}, code: \"{code}\"", quick.zhang);
    let refused = hall.send(&cast.zhang.token, "arriveByCode", &typed(wrong), DEAL).await;
    assert_eq!(refused["code"], "WRONG_CODE", "{refused}");
    let there = hall.done(&cast.zhang.token, "arriveByCode", &typed(&code), DEAL).await;
    assert_eq!(there["status"], "ARRIVED");
    let staff = hall.staff("staff").await;
    let now = hall.newest(&staff, &quick.first).await;
    let there = hall.done(&staff, "recordArrival", &now, DEAL).await;
    assert_eq!(there["status"], "ARRIVED");
}

pub(super) async fn one_does_not_come_and_nobody_on_the_list_can(hall: &Hall, cast: &Cast, quick: &Quick) {
    // What the house does each quarter of an hour is done, and is due again at six.
    hall.town.work().await;
    let now = hall.newest(&cast.hirer, &quick.li).await;
    let absent = hall.done(&cast.hirer, "recordNoShow", &now, DEAL).await;
    assert_eq!(absent["status"], "NO_SHOW");
    let waits = quick.wang.get().expect("he stands by");
    assert_eq!(hall.engagement(&cast.wang.token, waits).await["status"], "STANDBY", "he has other work at these hours");
}

pub(super) async fn at_six_the_place_is_filled_from_the_list(hall: &Hall, cast: &Cast, quick: &Quick) {
    let waits = quick.wang.get().expect("he stands by");
    assert_eq!(hall.engagement(&cast.wang.token, waits).await["status"], "STANDBY");
    hall.town.go("2026-11-24 06:00");
    hall.town.work().await;
    let now = hall.engagement(&cast.wang.token, waits).await;
    assert_eq!(now["status"], "CONFIRMED", "he is free since the other posting was taken back: {now}");
    hall.town.go("2026-11-24 06:25");
    let there = hall.done(&cast.hirer, "recordArrival", &hall.newest(&cast.hirer, waits).await, DEAL).await;
    assert_eq!(there["status"], "ARRIVED");
}

pub(super) async fn the_work_is_done_and_paid(hall: &Hall, cast: &Cast, quick: &Quick) {
    let (staff, wang) = (hall.staff("staff").await, quick.wang.get().expect("he has a place"));
    for (token, id) in [(&cast.hirer, &quick.zhang), (&cast.wang.token, wang), (&staff, &quick.first)] {
        let done = hall.done(token, "completeEngagement", &hall.newest(token, id).await, DEAL).await;
        assert_eq!(done["status"], "COMPLETED");
    }
    hall.town.go("2026-11-24 16:00");
    let line = |id: &Value| {
        format!(
            "{{engagementId: {id}, minutes: 480, dueFen: 22000, paidFen: 22000, paidAt: \"2026-11-24T15:30:00+08:00\", method: MOBILE}}"
        )
    };
    let call = format!("postingId: {}, lines: [{}, {}]", quick.posted.id, line(&quick.zhang), line(wang));
    hall.done(&cast.hirer, "saveWageSheet", &call, "WageSheet { id }").await;
    let unconfirmed = hall.engagement(&cast.zhang.token, &quick.zhang).await;
    assert_eq!(unconfirmed["status"], "COMPLETED", "paid is what the worker confirms");
    let pay = |now: String, fen: u32| format!("{now}, paidFen: {fen}");
    let zhang = pay(hall.newest(&cast.zhang.token, &quick.zhang).await, 22_000);
    assert_eq!(hall.done(&cast.zhang.token, "confirmPay", &zhang, DEAL).await["status"], "PAID");
    let staff = hall.staff("staff").await;
    let less = pay(hall.newest(&staff, wang).await, 20_000);
    assert_eq!(hall.done(&staff, "recordPayAnswer", &less, DEAL).await["status"], "PAID");
    let truth = hall.engagement(&staff, wang).await["wageTruth"].clone();
    assert_eq!(
        truth,
        json!({ "agreedFen": 22_000, "paidFen": 20_000, "sheetPaidFen": 22_000, "shortFen": 2_000 }),
        "the difference is kept"
    );
}

/// Nobody recorded that the nine came: their work counts as done all the same, and the counter hears that they were paid.
pub(super) async fn the_foreman_pays_his_nine(hall: &Hall, ten: &[Value]) {
    hall.town.go("2026-11-25 09:00");
    hall.town.work().await;
    let staff = hall.staff("staff").await;
    for one in &ten[..9] {
        let call = format!("{}, paidFen: 22000", hall.newest(&staff, one).await);
        assert_eq!(hall.done(&staff, "recordPayAnswer", &call, DEAL).await["status"], "PAID");
        assert_eq!(hall.engagement(&staff, one).await["arrivedAt"], Value::Null, "nobody saw them arrive");
    }
}

pub(super) async fn who_was_not_paid_is_warned_of(hall: &Hall, cast: &Cast, quick: &Quick) {
    let warned = async || {
        let staff = hall.staff("staff").await;
        let seen = hall.see(&staff, "{ unpaidWarnings { edges { node { id status warnedAt } } } }").await;
        seen["unpaidWarnings"]["edges"].as_array().expect("a list").clone()
    };
    hall.town.go("2026-11-25 23:45");
    hall.town.work().await;
    assert_eq!(warned().await, Vec::<Value>::new(), "the day after the money was due is not over");
    hall.town.go("2026-11-26 00:15");
    hall.town.work().await;
    let all = warned().await;
    let of = |id: &Value| all.iter().find(|one| &one["node"]["id"] == id).map(|one| one["node"]["status"].clone());
    assert_eq!((all.len(), of(&quick.first)), (2, Some(json!("COMPLETED"))), "who got nothing: {all:?}");
    assert_eq!(of(quick.wang.get().expect("he stood by")), Some(json!("PAID")), "and who got less");
    let zhang = hall.engagement(&cast.zhang.token, &quick.zhang).await;
    assert_eq!((&zhang["status"], &zhang["warnedAt"]), (&json!("PAID"), &Value::Null));
}
