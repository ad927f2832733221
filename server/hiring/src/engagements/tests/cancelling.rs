//! Cancelling by either side, and who has the place then.

use super::*;
use crate::engagements::operations::keep;
use crate::engagements::operations::tell_change::tell_lapsed;

pub(super) async fn set_rules(town: &Town, changed: &[(&str, i32)]) -> Value {
    let usual = [
        ("noticeHours", 24),
        ("graceMinutes", 15),
        ("noShowPoints", 3),
        ("lateCancelPoints", 1),
        ("pointsDays", 90),
        ("pointsLimit", 6),
        ("fastLaneDays", 30),
        ("noShowMinutes", 15),
        ("standbyMinutes", 60),
        ("unpaidHours", 24),
        ("completeHours", 2),
    ];
    let mut input: Vec<String> = usual
        .iter()
        .filter(|(name, _)| changed.iter().all(|(other, _)| other != name))
        .chain(changed)
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    input.sort();
    let call = format!("version: 0, input: {{ {} }}", input.join(", "));
    send_for(&town.bureau().await, "setHireRules", &call, "... on HireRules { version allowancePercent }", "").await
}

#[tokio::test]
async fn a_figure_of_the_rules_that_cannot_be_is_named_by_its_field() {
    let town = Town::new().await;
    for (changed, said) in [(("noShowMinutes", 0), "5 到 240"), (("allowancePercent", 101), "1 到 100")] {
        let refused = set_rules(&town, &[changed]).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("FIGURE"), &json!(changed.0)));
        assert!(refused["message"].as_str().unwrap().contains(said), "{refused}");
    }
}

#[tokio::test]
async fn a_hiring_party_that_cancels_late_loses_the_fast_lane_while_no_allowance_is_set() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    town.at("2026-11-23T12:00:00Z");
    let cancelled =
        send(&town.builder().await, "cancelEngagement", &format!("{}, reason: NO_WORK", seen(&hired))).await;
    assert_eq!(
        (&cancelled["status"], &cancelled["late"], &cancelled["consequence"]),
        (&json!("CANCELLED_BY_PARTY"), &json!(true), &json!("FAST_LANE_LOST"))
    );
    assert_eq!(town.party_row().await.fast_lane_lost_until.map(|day| day.to_string()), Some("2026-12-23".to_owned()));
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
    town.drain().await;
    let told = town.texts("hire.cancelled").await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("请勿前往"), "{told:?}");
}

/// The builder enters a posting for a day and hands it in; the state it comes to.
async fn handed_in(town: &Town, day: &str) -> Value {
    let builder = town.builder().await;
    let input = format!(
        "input: {{ partyId: \"{}\", trade: \"搬运工\", duties: \"搬运水果，装车卸车\", place: \"坞城路1号仓库\", \
         wageFen: 20000, wageUnit: DAY, shifts: [{{ startsAt: \"{day}T08:00:00+08:00\", \
         endsAt: \"{day}T16:00:00+08:00\", headcount: 2 }}] }}",
        gid("HiringParty", town.builder.id)
    );
    let made = send_for(&builder, "savePosting", &input, "... on Posting { id version }", "").await;
    let sent = send_for(&builder, "submitPosting", &seen(&made), "... on Posting { status }", "").await;
    assert!(sent["code"].is_null(), "{made} {sent}");
    sent["status"].clone()
}

#[tokio::test]
async fn who_cancels_late_has_its_next_posting_reviewed_until_it_has_the_fast_lane_again() {
    let town = Town::new().await;
    assert_eq!(handed_in(&town, "2026-11-25").await, "PUBLISHED", "it has the fast lane");
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    town.at("2026-11-23T12:00:00Z");
    let call = format!("{}, reason: NO_WORK", seen(&hired));
    let cancelled = send(&town.builder().await, "cancelEngagement", &call).await;
    assert_eq!((&cancelled["late"], &cancelled["consequence"]), (&json!(true), &json!("FAST_LANE_LOST")));
    assert_eq!(handed_in(&town, "2026-11-26").await, "IN_REVIEW");
    town.at("2026-12-23T02:00:00Z");
    assert_eq!(handed_in(&town, "2026-12-30").await, "IN_REVIEW", "on the thirtieth day");
    town.at("2026-12-24T02:00:00Z");
    assert_eq!(handed_in(&town, "2026-12-31").await, "PUBLISHED");
}

#[tokio::test]
async fn an_allowance_that_the_city_set_is_owed_and_the_fast_lane_stays() {
    let town = Town::new().await;
    let set = set_rules(&town, &[("allowancePercent", 60)]).await;
    assert_eq!(set["allowancePercent"], 60, "{set}");
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    town.at("2026-11-23T12:00:00Z");
    let cancelled =
        send(&town.builder().await, "cancelEngagement", &format!("{}, reason: NO_WORK", seen(&hired))).await;
    assert_eq!(
        (&cancelled["consequence"], &cancelled["allowanceFen"]),
        (&json!("ALLOWANCE_OWED"), &json!(10800)),
        "{cancelled}"
    );
    assert_eq!(town.party_row().await.fast_lane_lost_until, None);
}

#[tokio::test]
async fn rules_that_cannot_be_and_rules_that_somebody_else_changed_are_refused() {
    let town = Town::new().await;
    let refused = set_rules(&town, &[("noShowMinutes", 0)]).await;
    assert_eq!(refused["code"], "FIGURE", "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("未到岗登记时限（分钟）"));
    assert_eq!(set_rules(&town, &[]).await["version"], 1);
    assert_eq!(set_rules(&town, &[("noticeHours", 1)]).await["code"], "CONFLICT");
    let shown = ask(&town.by(Actor::Anonymous).await, "{ hireRules { version noticeHours allowancePercent } }").await;
    assert_eq!(shown["hireRules"], json!({ "version": 1, "noticeHours": 24, "allowancePercent": null }));
}

#[tokio::test]
async fn a_worker_who_cancels_late_gets_a_point_and_in_time_or_in_an_emergency_none() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    for (n, (when, reason, late, points)) in [
        ("2026-11-23T02:15:00Z", "PERSONAL", false, 0),
        ("2026-11-23T12:00:00Z", "ILLNESS", true, 0),
        ("2026-11-23T12:00:00Z", "OTHER_WORK", true, 1),
    ]
    .into_iter()
    .enumerate()
    {
        town.at("2026-11-23T02:00:00Z");
        let who = town.worker("张三", u32::try_from(n).unwrap()).await;
        let hired = town.hired(who, wall.shifts[0]).await;
        town.at(when);
        let call = format!("{}, reason: {reason}", seen(&hired));
        let cancelled = send(&town.citizen(who).await, "cancelEngagement", &call).await;
        assert_eq!(
            (&cancelled["status"], &cancelled["late"]),
            (&json!("CANCELLED_BY_WORKER"), &json!(late)),
            "{reason}"
        );
        assert_eq!(cancelled["endReason"], reason);
        assert_eq!(town.worker_row(who).await.points, points, "{reason}");
    }
}

#[tokio::test]
async fn the_first_who_stands_by_has_the_place_in_the_same_moment() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let (zhang, li, wang) = (town.worker("张三", 1).await, town.worker("李四", 2).await, town.worker("王五", 3).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let second = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    let third = town.apply_with(wang, wall.shifts[0], ", standby: true").await;
    assert_eq!((&second["status"], &second["standbyNo"]), (&json!("STANDBY"), &json!(1)), "{second}");
    assert_eq!(third["standbyNo"], 2);
    town.later(Duration::minutes(5));
    send(&town.citizen(zhang).await, "cancelEngagement", &format!("{}, reason: ILLNESS", seen(&hired))).await;
    assert_eq!(town.now(&second).await["status"], "CONFIRMED");
    assert_eq!(town.now(&third).await["status"], "STANDBY");
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "FILLED".to_owned()));
    town.drain().await;
    let told = town.texts("hire.confirmed").await;
    assert!(told.iter().any(|text| text.contains("候补转正")), "{told:?}");
}

#[tokio::test]
async fn who_stands_by_and_took_other_work_meanwhile_is_passed_over() {
    let town = Town::new().await;
    let (wall, other) = (town.post(town.wall(true, 1)).await, town.post(town.wall(true, 1)).await);
    let (zhang, li, wang) = (town.worker("张三", 1).await, town.worker("李四", 2).await, town.worker("王五", 3).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let second = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    let third = town.apply_with(wang, wall.shifts[0], ", standby: true").await;
    town.hired(li, other.shifts[0]).await;
    send(&town.builder().await, "cancelEngagement", &format!("{}, reason: WEATHER", seen(&hired))).await;
    assert_eq!(town.now(&second).await["status"], "STANDBY");
    assert_eq!(town.now(&third).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn the_list_goes_on_behind_many_who_took_other_work() {
    let town = Town::new().await;
    let (wall, other) = (town.post(town.wall(true, 1)).await, town.post(town.wall(true, 21)).await);
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    for n in 2..23 {
        let busy = town.worker("李四", n).await;
        town.apply_with(busy, wall.shifts[0], ", standby: true").await;
        town.hired(busy, other.shifts[0]).await;
    }
    let last = town.apply_with(town.worker("王五", 23).await, wall.shifts[0], ", standby: true").await;
    assert_eq!(last["standbyNo"], 22, "{last}");
    send(&town.builder().await, "cancelEngagement", &format!("{}, reason: WEATHER", seen(&hired))).await;
    assert_eq!(town.now(&last).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn a_place_that_nobody_stands_by_for_is_free_again_and_the_posting_published() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "FILLED".to_owned()));
    send(&town.builder().await, "cancelEngagement", &format!("{}, reason: WEATHER", seen(&hired))).await;
    assert_eq!(town.taken(wall.shifts[0]).await, (0, "PUBLISHED".to_owned()));
    let li = town.worker("李四", 2).await;
    town.hired(li, wall.shifts[0]).await;
}

#[tokio::test]
async fn the_counter_says_for_which_side_it_cancels_and_what_has_begun_is_disputed_instead() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    let counter = town.counter().await;
    let call = format!("{}, reason: PERSONAL", seen(&hired));
    assert_eq!(send(&counter, "cancelEngagement", &call).await["code"], "SIDE_MISSING");
    town.at("2026-11-23T21:00:00Z");
    let arrived = send(&counter, "recordArrival", &seen(&hired)).await;
    let late = format!("{}, reason: PERSONAL, behalf: WORKER", seen(&arrived));
    let refused = send(&counter, "cancelEngagement", &late).await;
    assert_eq!(refused["code"], "NOT_FROM_HERE", "{refused}");
    let words = format!("{}, words: \"现场和说的不一样\"", seen(&arrived));
    let zhang = format!("{{ engagement(id: {}) {{ disputedBy disputeWords version }} }}", hired["id"]);
    assert_eq!(send(&town.builder().await, "disputeEngagement", &words).await["status"], "ARRIVED");
    let shown = ask(&counter, &zhang).await["engagement"].clone();
    assert_eq!((&shown["disputedBy"], &shown["disputeWords"]), (&json!("PARTY"), &json!("现场和说的不一样")));
    let now = format!("id: {}, version: {}", hired["id"], shown["version"]);
    let found = format!("{now}, outcome: AGREED, words: \"双方当面说清了\"");
    let settled = send(&counter, "settleDispute", &found).await;
    assert_eq!(settled["status"], "ARRIVED", "{settled}");
    assert_eq!(ask(&counter, &zhang).await["engagement"]["disputedBy"], Value::Null);
}

#[tokio::test]
async fn once_the_shift_has_begun_the_weather_excuses_a_hiring_party_only_at_the_counter() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let vouched = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    let own = town.hired(town.worker("李四", 2).await, wall.shifts[0]).await;
    town.at("2026-11-23T22:00:00Z");
    let call = format!("{}, reason: WEATHER, behalf: PARTY", seen(&vouched));
    let cancelled = send(&town.counter().await, "cancelEngagement", &call).await;
    assert_eq!(
        (&cancelled["status"], &cancelled["late"], &cancelled["consequence"]),
        (&json!("CANCELLED_BY_PARTY"), &json!(true), &Value::Null)
    );
    assert_eq!(town.party_row().await.fast_lane_lost_until, None);
    let cancelled = send(&town.builder().await, "cancelEngagement", &format!("{}, reason: WEATHER", seen(&own))).await;
    assert_eq!(
        (&cancelled["status"], &cancelled["late"], &cancelled["consequence"]),
        (&json!("CANCELLED_BY_PARTY"), &json!(true), &json!("FAST_LANE_LOST"))
    );
    assert_eq!(town.party_row().await.fast_lane_lost_until.map(|day| day.to_string()), Some("2026-12-24".to_owned()));
}

/// The builder takes a posting back.
async fn withdraw(town: &Town, posted: &Posted, more: &str) -> Value {
    let row = posting::Entity::find_by_id(posted.id).one(&town.bureau().await.scope()).await.unwrap().unwrap();
    let (id, version) = (gid("Posting", row.id), row.version);
    let call = format!("id: \"{id}\", version: {version}, reason: \"工地停工\"{more}");
    send_for(&town.builder().await, "withdrawPosting", &call, "... on Posting { status }", "").await
}

#[tokio::test]
async fn no_posting_is_withdrawn_under_whoever_is_at_work_unless_the_party_says_that_it_cancels() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    // Ten o'clock; the shift is from six to four, and nobody recorded the arrival.
    town.at("2026-11-24T02:00:00Z");
    assert_eq!(withdraw(&town, &wall, "").await["code"], "CONFIRMED");
    keep::sweep(&town.by(Actor::System("hiring")).await).await.unwrap();
    town.drain().await;
    assert_eq!(town.now(&hired).await["status"], "CONFIRMED");
    assert_eq!(withdraw(&town, &wall, ", cancelConfirmed: true").await["status"], "WITHDRAWN");
    town.drain().await;
    let told = town.now(&hired).await;
    assert_eq!((&told["status"], &told["late"]), (&json!("CANCELLED_BY_PARTY"), &json!(true)));
}

#[tokio::test]
async fn whose_application_goes_with_its_posting_hears_once_that_there_is_nothing_to_go_to() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let applied = town.apply(town.worker("张三", 1).await, wall.shifts[0]).await;
    assert_eq!(applied["status"], "APPLIED", "{applied}");
    assert_eq!(withdraw(&town, &wall, "").await["status"], "WITHDRAWN");
    assert_eq!(town.now(&applied).await["status"], "LAPSED");
    town.drain().await;
    tell_lapsed(&town.by(Actor::System("hiring")).await, wall.id).await.unwrap();
    let told = town.texts("hire.lapsed").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("请勿前往"), "{told:?}");
}
