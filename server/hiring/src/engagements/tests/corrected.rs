//! What was recorded wrongly is put right: a no-show by the staff, by an appeal or with a dispute, and an emergency that was none.

use kernel::Stop;

use super::arriving::decide;
use super::pay::{line, sheet};
use super::*;

/// What the staff writes.
const WHY: &str = "考勤表上有本人签名";
/// When the shift of these stories is over.
const OVER: &str = "2026-11-24T08:00:00Z";

/// Somebody of whom the builder recorded at half past six that it did not come, for a wall of so many places.
async fn absent(town: &Town, headcount: i32) -> (Somebody, Value, Posted) {
    let wall = town.post(town.wall(true, headcount)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    let absent = send(&town.builder().await, "recordNoShow", &seen(&hired)).await;
    assert_eq!(absent["status"], "NO_SHOW", "{absent}");
    assert_eq!(town.worker_row(zhang).await.points, 3);
    (zhang, absent, wall)
}

async fn correct(ctx: &Ctx, of: &Value) -> Value {
    send(ctx, "correctNoShow", &format!("{}, reason: \"{WHY}\"", seen(of))).await
}

async fn dispute(ctx: &Ctx, of: &Value) -> Value {
    send(ctx, "disputeEngagement", &format!("{}, words: \"说得不对\"", seen(of))).await
}

async fn settle(ctx: &Ctx, of: &Value, outcome: &str, words: &str) -> Value {
    send(ctx, "settleDispute", &format!("{}, outcome: {outcome}, words: \"{words}\"", seen(of))).await
}

#[tokio::test]
async fn who_worked_all_the_same_is_paid_although_the_list_had_filled_the_place() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 1)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let waiting = town.apply_with(li, wall.shifts[0], ", standby: true").await;
    town.at("2026-11-23T22:30:00Z");
    let builder = town.builder().await;
    let absent = send(&builder, "recordNoShow", &seen(&hired)).await;
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED");
    town.at(OVER);
    let corrected = correct(&town.counter().await, &absent).await;
    assert_eq!((&corrected["status"], &corrected["endReason"]), (&json!("COMPLETED"), &Value::Null), "{corrected}");
    let shown = town.engagement(&corrected, "arrivedAt completedAt completedBy payDueAt endedAt").await;
    assert_eq!(
        shown,
        json!({ "arrivedAt": null, "completedAt": "2026-11-24T16:00:00+08:00", "completedBy": "STAFF",
                "payDueAt": "2026-11-25T00:00:00+08:00", "endedAt": null })
    );
    assert_eq!(town.now(&waiting).await["status"], "CONFIRMED", "who filled the place keeps it");
    assert_eq!(town.taken(wall.shifts[0]).await, (2, "FILLED".to_owned()), "both were there");
    let saved = sheet(&builder, &wall, "", &[line(&corrected, "")]).await;
    assert_eq!(saved["version"], 1, "{saved}");
    let now = town.now(&corrected).await;
    let paid = send(&town.citizen(zhang).await, "confirmPay", &format!("{}, paidFen: 18000", seen(&now))).await;
    assert_eq!(paid["status"], "PAID", "{paid}");
}

#[tokio::test]
async fn points_of_a_no_show_that_was_none_are_lifted_and_both_sides_hear_of_it_and_nobody_of_the_reason() {
    let town = Town::new().await;
    let (zhang, absent, _) = absent(&town, 5).await;
    town.at(OVER);
    town.drain().await;
    let corrected = correct(&town.counter().await, &absent).await;
    assert_eq!(corrected["status"], "COMPLETED", "{corrected}");
    assert_eq!(town.worker_row(zhang).await.points, 0);
    let mine = ask(&town.citizen(zhang).await, "{ myConductPoints { inForce liftedAt } }").await;
    assert_eq!(mine["myConductPoints"], json!([{ "inForce": false, "liftedAt": "2026-11-24T16:00:00+08:00" }]));
    town.drain().await;
    let (worker, party) = (town.texts("hire.corrected").await, town.texts("hire.corrected_party").await);
    assert!(worker.len() == 1 && worker[0].contains("您已到岗") && worker[0].contains("已撤销"), "{worker:?}");
    assert!(party.len() == 1 && party[0].contains("更正为到岗"), "{party:?}");
    assert_eq!(town.audited("engagement.arrive").await, ["DONE", "DONE"]);
    let bureau = town.bureau().await;
    let entries = audit_entry::Entity::find().all(&bureau.scope()).await.unwrap();
    let events = entities::event::Entity::find().all(&bureau.scope()).await.unwrap();
    assert!(events.iter().any(|event| event.kind == "engagement.corrected"), "{events:?}");
    let said = format!("{entries:?} {events:?} {worker:?} {party:?}");
    assert!(!said.contains(WHY), "the reason lies sealed");
}

#[tokio::test]
async fn who_is_found_at_work_while_the_shift_runs_has_arrived_and_goes_on() {
    let town = Town::new().await;
    let (zhang, absent, wall) = absent(&town, 5).await;
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
    let corrected = correct(&town.counter().await, &absent).await;
    assert_eq!(corrected["status"], "ARRIVED", "{corrected}");
    let shown = town.engagement(&corrected, "arrivedAt completedAt payDueAt endedAt").await;
    assert_eq!(
        shown,
        json!({ "arrivedAt": "2026-11-24T06:30:00+08:00", "completedAt": null, "payDueAt": null, "endedAt": null })
    );
    assert_eq!((town.taken(wall.shifts[0]).await.0, town.worker_row(zhang).await.points), (1, 0));
    town.at(OVER);
    let done = send(&town.builder().await, "completeEngagement", &seen(&corrected)).await;
    assert_eq!(done["status"], "COMPLETED", "{done}");
}

#[tokio::test]
async fn neither_side_puts_its_own_no_show_right_and_the_staff_says_why() {
    let town = Town::new().await;
    let (zhang, absent, _) = absent(&town, 5).await;
    town.at(OVER);
    for ctx in [town.builder().await, town.citizen(zhang).await] {
        assert_eq!(correct(&ctx, &absent).await["error"], "FORBIDDEN");
    }
    let stranger = town.citizen(town.worker("李四", 2).await).await;
    assert_eq!(correct(&stranger, &absent).await, Value::Null);
    let counter = town.counter().await;
    for reason in ["  ".to_owned(), "长".repeat(301)] {
        let refused = send(&counter, "correctNoShow", &format!("{}, reason: \"{reason}\"", seen(&absent))).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("REASON_MISSING"), &json!("reason")), "{refused}");
    }
    assert_eq!(town.now(&absent).await["version"], absent["version"]);
    assert_eq!(town.worker_row(zhang).await.points, 3);
    let corrected = correct(&counter, &absent).await;
    assert_eq!(correct(&counter, &absent).await["code"], "CONFLICT");
    assert_eq!(correct(&counter, &corrected).await["code"], "NOT_FROM_HERE");
}

#[tokio::test]
async fn what_the_staff_put_right_is_no_no_show_again_and_waits_for_nobody_to_close_it() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    town.at(OVER);
    let counter = town.counter().await;
    let question = "{ engagements(filter: { unclosed: true }) { edges { node { id } } } }";
    let unclosed = async || ask(&counter, question).await["engagements"]["edges"].clone();
    assert_eq!(unclosed().await, json!([{ "node": { "id": hired["id"] } }]));
    let absent = send(&counter, "recordNoShow", &seen(&hired)).await;
    let corrected = correct(&counter, &absent).await;
    assert_eq!(corrected["status"], "COMPLETED", "{corrected}");
    assert_eq!(unclosed().await, json!([]));
    assert_eq!(send(&counter, "recordNoShow", &seen(&corrected)).await["code"], "NOT_FROM_HERE");
}

#[tokio::test]
async fn whoever_was_taken_again_for_the_shift_goes_on_with_that() {
    let town = Town::new().await;
    let (zhang, absent, wall) = absent(&town, 5).await;
    let counter = town.counter().await;
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    let again = send(&counter, "hireWalkIn", &call).await;
    assert_eq!(again["status"], "CONFIRMED", "{again}");
    assert_eq!(correct(&counter, &absent).await["code"], "TAKEN_AGAIN");
    assert_eq!(town.now(&absent).await["version"], absent["version"]);
}

#[tokio::test]
async fn an_over_age_worker_of_a_unit_needs_the_agreement_to_be_at_work_and_none_to_have_worked() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let old = town.worker_of(NewWorker { age_band: "OVER_AGE", ..NewWorker::named("赵伯", 1) }).await;
    let hired = town.hired(old, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    let absent = send(&town.builder().await, "recordNoShow", &seen(&hired)).await;
    let counter = town.counter().await;
    assert_eq!(correct(&counter, &absent).await["code"], "AGREEMENT_MISSING");
    town.at(OVER);
    assert_eq!(correct(&counter, &absent).await["status"], "COMPLETED", "who worked is paid");
}

/// The worker appeals against the points that it has.
async fn appeal(town: &Town, who: Somebody) {
    let me = town.citizen(who).await;
    let point = ask(&me, "{ myConductPoints { id } }").await["myConductPoints"][0]["id"].clone();
    let call = format!("id: {point}, reason: \"我当天在另一个门签到的\"");
    let appealed = send_for(&me, "appealPoint", &call, "... on ConductPoint { appealStatus }", "").await;
    assert_eq!(appealed["appealStatus"], "RECEIVED", "{appealed}");
}

#[tokio::test]
async fn an_appeal_that_finds_that_the_worker_was_there_makes_the_work_one_that_is_paid() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    let bureau = town.bureau().await;
    send(&bureau, "recordNoShow", &seen(&hired)).await;
    appeal(&town, zhang).await;
    town.at(OVER);
    decide(&town, bureau.actor().account_id().unwrap(), cases::CaseDecision::Corrected).await;
    let shown = town.engagement(&hired, "status completedBy payDueAt").await;
    assert_eq!(
        shown,
        json!({ "status": "COMPLETED", "completedBy": "STAFF", "payDueAt": "2026-11-25T00:00:00+08:00" })
    );
    assert_eq!((town.worker_row(zhang).await.points, town.taken(wall.shifts[0]).await.0), (0, 1));
    let mine = ask(&town.citizen(zhang).await, "{ myConductPoints { appealDecision inForce } }").await;
    assert_eq!(mine["myConductPoints"], json!([{ "appealDecision": "CORRECTED", "inForce": false }]));
    town.drain().await;
    assert_eq!(town.texts("hire.corrected").await.len(), 1);
}

#[tokio::test]
async fn an_appeal_that_is_only_upheld_lifts_the_points_and_the_no_show_stays() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    let bureau = town.bureau().await;
    send(&bureau, "recordNoShow", &seen(&hired)).await;
    appeal(&town, zhang).await;
    town.at(OVER);
    decide(&town, bureau.actor().account_id().unwrap(), cases::CaseDecision::Upheld).await;
    assert_eq!(town.worker_row(zhang).await.points, 0);
    assert_eq!(town.now(&hired).await["status"], "NO_SHOW");
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
}

#[tokio::test]
async fn what_cannot_be_put_right_is_not_decided_so() {
    use cases::operations::decide_case::DecideCase;
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T12:00:00Z");
    send(&town.citizen(zhang).await, "cancelEngagement", &format!("{}, reason: PERSONAL", seen(&hired))).await;
    assert_eq!(town.worker_row(zhang).await.points, 1);
    appeal(&town, zhang).await;
    let bureau = town.bureau().await;
    let found = crate::rows::conduct_point::Entity::find().one(&bureau.scope()).await.unwrap().unwrap();
    let case = found.case_id.unwrap();
    let taken = cases::take_case(&bureau, case, 1, None).await.unwrap();
    let decided = |decision| {
        let ground = Some("当天确实有事".to_owned());
        cases::decide_case(
            &bureau,
            case,
            taken.version,
            cases::DecideCaseInput { decision, ground, article: None },
            None,
        )
    };
    let stopped = decided(cases::CaseDecision::Corrected).await;
    let Err(Stop::Refused(DecideCase::NotPossible { zh, .. })) = &stopped else { panic!("{stopped:?}") };
    assert!(zh.contains("零工取消") && zh.contains("没有未到岗登记"), "{zh}");
    assert_eq!(town.worker_row(zhang).await.points, 1, "nothing was decided");
    assert_eq!(town.now(&hired).await["status"], "CANCELLED_BY_WORKER");
    decided(cases::CaseDecision::Upheld).await.unwrap();
    assert_eq!(town.worker_row(zhang).await.points, 0);
}

#[tokio::test]
async fn a_no_show_that_the_worker_disputes_stands_or_is_put_right_by_the_staff() {
    let town = Town::new().await;
    let (zhang, absent, _) = absent(&town, 5).await;
    town.at(OVER);
    let (me, counter) = (town.citizen(zhang).await, town.counter().await);
    let disputed = dispute(&me, &absent).await;
    assert_eq!(disputed["status"], "NO_SHOW", "{disputed}");
    assert_eq!(settle(&counter, &disputed, "CORRECTED", " ").await["code"], "LENGTH");
    let stands = settle(&counter, &disputed, "NOT_UPHELD", "门卫未见其到岗").await;
    assert_eq!(stands["status"], "NO_SHOW", "{stands}");
    assert_eq!(town.worker_row(zhang).await.points, 3);
    let again = dispute(&me, &stands).await;
    let corrected = settle(&counter, &again, "CORRECTED", WHY).await;
    assert_eq!(corrected["status"], "COMPLETED", "{corrected}");
    assert_eq!(town.engagement(&corrected, "disputedBy payDueAt").await["disputedBy"], Value::Null);
    assert_eq!(town.worker_row(zhang).await.points, 0);
}

#[tokio::test]
async fn of_work_that_is_disputed_the_staff_puts_nothing_right_by_settling() {
    let town = Town::new().await;
    let (zhang, absent, _) = absent(&town, 5).await;
    let counter = town.counter().await;
    let arrived = correct(&counter, &absent).await;
    let disputed = dispute(&town.citizen(zhang).await, &arrived).await;
    let refused = settle(&counter, &disputed, "CORRECTED", WHY).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("NOTHING_TO_CORRECT"), &json!("outcome")));
    assert_eq!(town.engagement(&disputed, "disputedBy").await["disputedBy"], "WORKER", "it is not settled");
}

#[tokio::test]
async fn an_emergency_of_the_hiring_party_that_was_none_is_owed_what_a_late_cancellation_owes() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T12:00:00Z");
    let (me, builder, counter) = (town.citizen(zhang).await, town.builder().await, town.counter().await);
    let cancelled = send(&builder, "cancelEngagement", &format!("{}, reason: WEATHER", seen(&hired))).await;
    assert_eq!((&cancelled["late"], &cancelled["consequence"]), (&json!(true), &Value::Null), "{cancelled}");
    assert_eq!(dispute(&builder, &cancelled).await["code"], "NOT_FROM_HERE", "it is the party's own word");
    let disputed = dispute(&me, &cancelled).await;
    assert_eq!(disputed["status"], "CANCELLED_BY_PARTY", "{disputed}");
    assert_eq!(settle(&builder, &disputed, "CORRECTED", WHY).await["code"], "NOT_YOURS");
    let owed = settle(&counter, &disputed, "CORRECTED", "当天全市晴").await;
    assert_eq!(
        (&owed["status"], &owed["consequence"]),
        (&json!("CANCELLED_BY_PARTY"), &json!("FAST_LANE_LOST")),
        "{owed}"
    );
    assert_eq!(town.party_row().await.fast_lane_lost_until.map(|day| day.to_string()), Some("2026-12-23".to_owned()));
    assert_eq!(town.engagement(&owed, "disputedBy").await["disputedBy"], Value::Null);
    town.drain().await;
    for template in ["hire.corrected", "hire.corrected_party"] {
        let told = town.texts(template).await;
        assert!(told.len() == 1 && told[0].contains("不属于紧急情况"), "{told:?}");
    }
    let again = dispute(&me, &owed).await;
    assert_eq!(settle(&counter, &again, "CORRECTED", WHY).await["code"], "NOTHING_OWED", "once");
}
