//! Arriving: by the code of the minute, at the counter, or not at all.

use super::*;

/// The code that stands on the hiring party's screen.
async fn code(town: &Town, shift: Uuid) -> String {
    let question = format!("{{ arrivalCode(shiftId: \"{}\") {{ code validUntil }} }}", gid("Shift", shift));
    ask(&town.builder().await, &question).await["arrivalCode"]["code"].as_str().unwrap().to_owned()
}

async fn arrive(town: &Town, who: Somebody, of: &Value, code: &str) -> Value {
    let success = format!("... on Engagement {{ {SHOWN} }}");
    let call = format!("id: {}, code: \"{code}\"", of["id"]);
    send_for(&town.citizen(who).await, "arriveByCode", &call, &success, "").await
}

/// Four digits that are not the code.
fn wrong(code: &str) -> String {
    format!("{:04}", (code.parse::<u32>().unwrap() + 5000) % 10_000)
}

#[tokio::test]
async fn a_worker_arrives_by_the_code_of_the_minute() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let early = arrive(&town, zhang, &hired, &code(&town, wall.shifts[0]).await).await;
    assert_eq!(early["code"], "TOO_EARLY", "{early}");
    town.at("2026-11-23T21:55:30Z");
    let arrived = arrive(&town, zhang, &hired, &code(&town, wall.shifts[0]).await).await;
    assert_eq!(arrived["status"], "ARRIVED", "{arrived}");
    let twice = arrive(&town, zhang, &hired, &code(&town, wall.shifts[0]).await).await;
    assert_eq!(twice["code"], "NOT_FROM_HERE");
}

#[tokio::test]
async fn five_wrong_codes_and_the_right_one_is_no_use_but_the_counter_is() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T21:55:30Z");
    let right = code(&town, wall.shifts[0]).await;
    for left in [4, 3, 2, 1] {
        let refused = arrive(&town, zhang, &hired, &wrong(&right)).await;
        assert_eq!(refused["code"], "WRONG_CODE", "{refused}");
        assert!(refused["message"].as_str().unwrap().contains(&format!("{left} 次")), "{refused}");
    }
    assert_eq!(arrive(&town, zhang, &hired, &wrong(&right)).await["code"], "TOO_MANY_TRIES");
    assert_eq!(arrive(&town, zhang, &hired, &right).await["code"], "TOO_MANY_TRIES");
    let now = town.now(&hired).await;
    assert_eq!(now["status"], "CONFIRMED");
    let arrived = send(&town.counter().await, "recordArrival", &seen(&now)).await;
    assert_eq!(arrived["status"], "ARRIVED", "{arrived}");
}

#[tokio::test]
async fn the_code_is_shown_to_the_hiring_party_and_the_counter_alone() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    town.hired(zhang, wall.shifts[0]).await;
    let question = format!("{{ arrivalCode(shiftId: \"{}\") {{ code }} }}", gid("Shift", wall.shifts[0]));
    let shown = code(&town, wall.shifts[0]).await;
    assert_eq!(ask(&town.counter().await, &question).await["arrivalCode"]["code"], json!(shown));
    assert_eq!(ask(&town.citizen(zhang).await, &question).await["arrivalCode"], Value::Null);
}

#[tokio::test]
async fn a_no_show_is_recorded_a_quarter_of_an_hour_after_the_start_and_the_list_fills_the_place() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let waiting = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    town.at("2026-11-23T22:14:59Z");
    let builder = town.builder().await;
    assert_eq!(send(&builder, "recordNoShow", &seen(&hired)).await["code"], "TOO_EARLY");
    assert_eq!(town.now(&waiting).await["status"], "STANDBY");
    town.at("2026-11-23T22:15:00Z");
    let absent = send(&builder, "recordNoShow", &seen(&hired)).await;
    assert_eq!((&absent["status"], &absent["endReason"]), (&json!("NO_SHOW"), &json!("NO_SHOW")), "{absent}");
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED");
    assert_eq!(town.worker_row(zhang).await.points, 3);
    assert_eq!(town.taken(wall.shifts[0]).await.0, 1);
}

#[tokio::test]
async fn an_hour_after_the_start_nobody_is_called_from_the_list_any_more() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let waiting = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    town.at("2026-11-23T23:00:00Z");
    send(&town.builder().await, "recordNoShow", &seen(&hired)).await;
    assert_eq!(town.now(&waiting).await["status"], "STANDBY");
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
}

#[tokio::test]
async fn whom_the_hiring_party_entered_itself_had_promised_nothing_and_gets_no_points() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    let hired = send(&town.builder().await, "hireWalkIn", &call).await;
    town.at("2026-11-23T22:30:00Z");
    send(&town.builder().await, "recordNoShow", &seen(&hired)).await;
    assert_eq!(town.worker_row(zhang).await.points, 0);
}

#[tokio::test]
async fn an_over_age_worker_of_a_unit_arrives_once_both_accepted_the_written_agreement() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let old = town.worker_of(NewWorker { age_band: "OVER_AGE", ..NewWorker::named("赵伯", 1) }).await;
    let hired = town.hired(old, wall.shifts[0]).await;
    let agreement = "slip { agreement { clauses acceptedByWorkerAt acceptedByPartyAt } }";
    let shown = town.engagement(&hired, agreement).await["slip"]["agreement"].clone();
    let clauses = shown["clauses"].to_string();
    for part in ["工伤保险", "最低工资标准", "至少每月支付一次", "坞城路92号", "第56号令"] {
        assert!(clauses.contains(part), "{part}");
    }
    assert_eq!(shown["acceptedByWorkerAt"], Value::Null);
    town.at("2026-11-23T21:55:00Z");
    let (me, builder) = (town.citizen(old).await, town.builder().await);
    let accept = format!("id: {}", hired["id"]);
    assert_eq!(send(&builder, "recordArrival", &seen(&hired)).await["code"], "AGREEMENT_MISSING");
    send(&me, "acceptAgreement", &accept).await;
    assert_eq!(send(&builder, "recordArrival", &seen(&hired)).await["code"], "AGREEMENT_MISSING");
    send(&builder, "acceptAgreement", &accept).await;
    assert_eq!(send(&builder, "recordArrival", &seen(&hired)).await["status"], "ARRIVED");
    let shown = town.engagement(&hired, agreement).await["slip"]["agreement"].clone();
    assert_eq!(shown["acceptedByPartyAt"], "2026-11-24T05:55:00+08:00");
}

/// Who comes to be over age in a month, and is of the band below it today.
async fn over_age_from(town: &Town, name: &str, number: u32, month: &str) -> Somebody {
    let over_age_from = Some(month.parse().unwrap());
    town.worker_of(NewWorker { age_band: "OLDER", over_age_from, ..NewWorker::named(name, number) }).await
}

async fn has_agreement(town: &Town, of: &Value) -> bool {
    let slip = town.engagement(of, "slip { agreement { clauses } }").await["slip"].clone();
    assert!(slip.is_object(), "{slip}");
    slip["agreement"].is_object()
}

#[tokio::test]
async fn who_is_over_age_by_the_end_of_the_shift_has_the_agreement_and_who_is_a_day_younger_has_none() {
    let town = Town::new().await;
    // The thirtieth of November by day, and the night after it.
    let shifts = vec![(at("2026-11-30T00:00:00Z"), 8), (at("2026-11-30T12:00:00Z"), 8)];
    let wall = town.post(NewPosting { shifts: shifts.clone(), ..town.wall(true, 5) }).await;
    // Born so that the one is over age on the thirtieth, and the other on the first of December.
    let old = over_age_from(&town, "赵伯", 1, "2026-11-01").await;
    let twin = over_age_from(&town, "赵叔", 2, "2026-12-01").await;
    assert!(has_agreement(&town, &town.hired(old, wall.shifts[0]).await).await);
    assert!(!has_agreement(&town, &town.hired(twin, wall.shifts[0]).await).await);
    assert!(has_agreement(&town, &town.hired(twin, wall.shifts[1]).await).await, "it ends in December");
    let by_hand = town.post(NewPosting { shifts, ..town.wall(false, 5) }).await;
    let builder = town.builder().await;
    let other = over_age_from(&town, "赵姨", 3, "2026-12-01").await;
    let applied = town.apply(other, by_hand.shifts[1]).await;
    assert_eq!(applied["status"], "APPLIED", "{applied}");
    let confirmed = send(&builder, "confirmEngagement", &seen(&applied)).await;
    assert_eq!(confirmed["status"], "CONFIRMED", "{confirmed}");
    assert!(has_agreement(&town, &confirmed).await);
    town.at("2026-11-30T11:55:00Z");
    assert_eq!(send(&builder, "recordArrival", &seen(&confirmed)).await["code"], "AGREEMENT_MISSING");
}

#[tokio::test]
async fn who_is_called_from_the_list_has_the_agreement_too() {
    let town = Town::new().await;
    let wall = town.post(NewPosting { shifts: vec![(at("2026-12-01T00:00:00Z"), 8)], ..town.wall(true, 1) }).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let old = over_age_from(&town, "赵伯", 2, "2026-12-01").await;
    let waiting = town.apply_with(old, wall.shifts[0], ", standby: true").await;
    assert_eq!(waiting["status"], "STANDBY", "{waiting}");
    let call = format!("{}, reason: OTHER_WORK", seen(&hired));
    send(&town.citizen(zhang).await, "cancelEngagement", &call).await;
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED");
    assert!(has_agreement(&town, &waiting).await);
}

#[tokio::test]
async fn a_household_is_no_unit_and_needs_no_written_agreement() {
    let town = Town::new().await;
    let home = testing::make(&town.kernel, |tx| async move { testing::new_party(&tx, "HOUSEHOLD", "王*", 50).await });
    let home = home.await.unwrap();
    let cleaning = NewPosting { party: home.id, trade: "4-09-08-01", ..town.wall(true, 1) };
    let cleaning = town.post(cleaning).await;
    let old = town.worker_of(NewWorker { age_band: "OVER_AGE", ..NewWorker::named("赵伯", 1) }).await;
    let hired = town.hired(old, cleaning.shifts[0]).await;
    assert_eq!(town.engagement(&hired, "slip { agreement { clauses } }").await["slip"]["agreement"], Value::Null);
    let none = send(&town.citizen(old).await, "acceptAgreement", &format!("id: {}", hired["id"])).await;
    assert_eq!(none["code"], "NOT_NEEDED");
}

#[tokio::test]
async fn points_expire_and_an_appeal_that_is_upheld_lifts_them_but_not_by_whoever_recorded_them() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    send(&town.bureau().await, "recordNoShow", &seen(&hired)).await;
    let me = town.citizen(zhang).await;
    let fields = "id points reason expiresOn inForce appealReference appealStatus";
    let mine = ask(&me, &format!("{{ myConductPoints {{ {fields} }} }}")).await["myConductPoints"][0].clone();
    assert_eq!(
        (&mine["points"], &mine["reason"], &mine["expiresOn"]),
        (&json!(3), &json!("NO_SHOW"), &json!("2027-02-22"))
    );
    assert_eq!(town.worker_row(zhang).await.points, 3);
    let success = format!("... on ConductPoint {{ {fields} }}");
    let call = format!("id: {}, reason: \"当天班车停运，我提前打过电话\"", mine["id"]);
    let appealed = send_for(&me, "appealPoint", &call, &success, "").await;
    assert_eq!(appealed["appealStatus"], "RECEIVED", "{appealed}");
    assert_eq!(send_for(&me, "appealPoint", &call, &success, "").await["code"], "ALREADY_OPEN");
    let stranger = town.citizen(town.worker("李四", 2).await).await;
    assert_eq!(send_for(&stranger, "appealPoint", &call, &success, "").await, Value::Null);
    let listed = ask(&town.bureau().await, "{ conductPoints { edges { node { workerName points } } } }").await;
    assert_eq!(listed["conductPoints"]["edges"], json!([{ "node": { "workerName": "张*", "points": 3 } }]));
    assert!(appealed["appealReference"].as_str().unwrap().starts_with("SS"));
    decide(&town, town.bureau().await.actor().account_id().unwrap(), cases::CaseDecision::Upheld).await;
    assert_eq!(town.worker_row(zhang).await.points, 0);
    let now = ask(&me, "{ myConductPoints { inForce liftedAt } }").await["myConductPoints"][0].clone();
    assert_eq!(now["inForce"], false);
}

#[tokio::test]
async fn one_appeal_of_a_worker_is_decided_once_whoever_puts_it_in() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    let bureau = town.bureau().await;
    send(&bureau, "recordNoShow", &seen(&hired)).await;
    let me = town.citizen(zhang).await;
    town.drain().await;
    let told = town.texts("hire.no_show").await;
    assert!(told.len() == 1 && told[0].contains("记3分") && told[0].contains("申诉"), "{told:?}");
    let mine = ask(&me, "{ myConductPoints { id } }").await["myConductPoints"][0]["id"].clone();
    let call = format!("id: {mine}, reason: \"当天班车停运，我提前打过电话\"");
    let success = "... on ConductPoint { appealStatus }";
    let counter = town.by(officer_of(9, "bureau_officer", ScopeKind::City, "")).await;
    assert_eq!(send_for(&counter, "appealPoint", &call, success, "").await["appealStatus"], "RECEIVED");
    assert_eq!(send_for(&me, "appealPoint", &call, success, "").await["code"], "ALREADY_OPEN");
    decide(&town, bureau.actor().account_id().unwrap(), cases::CaseDecision::Dismissed).await;
    for again in [&me, &counter, &town.by(officer_of(10, "bureau_officer", ScopeKind::City, "")).await] {
        assert_eq!(send_for(again, "appealPoint", &call, success, "").await["code"], "ALREADY_DECIDED");
    }
}

/// Another officer takes the appeal and decides it; who recorded the no-show is known, so that it does not.
pub(super) async fn decide(town: &Town, recorded_by: Uuid, decision: cases::CaseDecision) {
    let found = crate::rows::conduct_point::Entity::find().one(&town.bureau().await.scope()).await.unwrap().unwrap();
    assert_eq!(found.given_by, Some(recorded_by));
    let case = found.case_id.unwrap();
    let other = town.by(officer_of(8, "bureau_officer", ScopeKind::City, "")).await;
    let taken = cases::take_case(&other, case, 1, None).await.unwrap();
    let upheld = decision == cases::CaseDecision::Upheld;
    let because = |text: &str| (!upheld).then(|| text.to_owned());
    let (ground, article) = (because("当天班车照常运行，未提前告知用工方"), because("本市零工市场用工规则第五条"));
    let decided = cases::DecideCaseInput { decision, ground, article };
    cases::decide_case(&other, case, taken.version, decided, None).await.unwrap();
}
