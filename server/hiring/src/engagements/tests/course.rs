//! From an application to a paid day's work, step by step.

use super::*;

#[tokio::test]
async fn an_application_goes_from_contact_to_pay_and_each_step_has_its_time() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    let wall = town.post(town.wall(false, 2)).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    let applied = town.apply(zhang, wall.shifts[0]).await;
    assert_eq!(applied["status"], "APPLIED", "{applied}");
    town.later(Duration::minutes(3));
    let contacted = send(&builder, "markContacted", &seen(&applied)).await;
    assert_eq!(contacted["status"], "CONTACTED", "{contacted}");
    town.later(Duration::minutes(5));
    let half = send(&me, "agreeEngagement", &seen(&contacted)).await;
    assert_eq!(half["status"], "CONTACTED", "one side has agreed: {half}");
    let twice = send(&me, "agreeEngagement", &seen(&half)).await;
    assert_eq!(twice["code"], "ALREADY_AGREED", "{twice}");
    let agreed = send(&builder, "agreeEngagement", &seen(&half)).await;
    assert_eq!(agreed["status"], "AGREED", "{agreed}");
    assert_eq!(town.taken(wall.shifts[0]).await, (0, "PUBLISHED".to_owned()));
    town.later(Duration::minutes(1));
    let confirmed = send(&builder, "confirmEngagement", &seen(&agreed)).await;
    assert_eq!(confirmed["status"], "CONFIRMED", "{confirmed}");
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "PUBLISHED".to_owned()));
    town.at("2026-11-23T21:50:00Z");
    let arrived = send(&builder, "recordArrival", &seen(&confirmed)).await;
    assert_eq!(arrived["status"], "ARRIVED", "{arrived}");
    town.at("2026-11-24T08:05:00Z");
    let completed = send(&me, "completeEngagement", &seen(&arrived)).await;
    assert_eq!(completed["status"], "COMPLETED", "{completed}");
    town.at("2026-11-24T10:00:00Z");
    let paid = send(&me, "confirmPay", &format!("{}, paidFen: 18000", seen(&completed))).await;
    assert_eq!(paid["status"], "PAID", "{paid}");
    let times = town
        .engagement(&paid, "appliedAt contactedAt agreedAt confirmedAt arrivedAt completedAt payDueAt paidAt agreedFirst completedBy wageTruth { agreedFen paidFen shortFen }")
        .await;
    assert_eq!(
        times,
        json!({
            "appliedAt": "2026-11-23T10:00:00+08:00", "contactedAt": "2026-11-23T10:03:00+08:00",
            "agreedAt": "2026-11-23T10:08:00+08:00", "confirmedAt": "2026-11-23T10:09:00+08:00",
            "arrivedAt": "2026-11-24T05:50:00+08:00", "completedAt": "2026-11-24T16:05:00+08:00",
            "payDueAt": "2026-11-25T00:00:00+08:00", "paidAt": "2026-11-24T18:00:00+08:00",
            "agreedFirst": "WORKER", "completedBy": "WORKER",
            "wageTruth": { "agreedFen": 18000, "paidFen": 18000, "shortFen": 0 },
        })
    );
}

#[tokio::test]
async fn an_instant_posting_confirms_at_once_while_places_last_and_is_filled_with_the_last() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 2)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    town.hired(zhang, wall.shifts[0]).await;
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "PUBLISHED".to_owned()));
    town.hired(li, wall.shifts[0]).await;
    assert_eq!(town.taken(wall.shifts[0]).await, (2, "FILLED".to_owned()));
}

#[tokio::test]
async fn a_posting_of_two_shifts_is_filled_only_when_both_are() {
    let town = Town::new().await;
    let shifts = vec![(at("2026-11-23T22:00:00Z"), 4), (at("2026-11-24T06:00:00Z"), 4)];
    let wall = town.post(NewPosting { shifts, ..town.wall(true, 1) }).await;
    let zhang = town.worker("张三", 1).await;
    town.hired(zhang, wall.shifts[0]).await;
    assert_eq!(town.taken(wall.shifts[0]).await, (1, "PUBLISHED".to_owned()));
    town.hired(zhang, wall.shifts[1]).await;
    assert_eq!(town.taken(wall.shifts[1]).await, (1, "FILLED".to_owned()));
}

#[tokio::test]
async fn who_comes_too_late_is_shown_the_three_nearest_shifts_of_the_trade() {
    let town = Town::new().await;
    let full = town.post(town.wall(true, 1)).await;
    town.hired(town.worker("张三", 1).await, full.shifts[0]).await;
    let (li, busy) = (town.worker("李四", 2).await, town.post(town.wall(true, 5)).await);
    let elsewhere = NewPosting { trade: "6-29-01-02", ..town.wall(true, 5) };
    town.post(elsewhere).await;
    let at_hours = |from: &str| NewPosting { shifts: vec![(at(from), 2)], ..town.wall(true, 5) };
    let evening = town.post(at_hours("2026-11-24T10:00:00Z")).await;
    let noon = town.post(at_hours("2026-11-24T04:00:00Z")).await;
    let next_day = town.post(at_hours("2026-11-25T01:00:00Z")).await;
    town.post(at_hours("2026-11-26T01:00:00Z")).await;
    let refused = town.apply(li, full.shifts[0]).await;
    assert_eq!(refused["code"], "FULL", "{refused}");
    let named = |of: &Value| -> Vec<String> {
        of["alternatives"].as_array().unwrap().iter().map(|a| a["shiftId"].as_str().unwrap().to_owned()).collect()
    };
    let id = |posted: &Posted| gid("Shift", posted.shifts[0]);
    assert_eq!(named(&refused), [id(&busy), id(&noon), id(&evening)]);
    // Where the worker has a place at those hours it is no alternative.
    town.hired(li, busy.shifts[0]).await;
    let refused = town.apply(li, full.shifts[0]).await;
    assert_eq!((&refused["code"], named(&refused)), (&json!("OVERLAPPING"), Vec::new()));
    let wang = town.worker("王五", 3).await;
    town.hired(wang, evening.shifts[0]).await;
    let refused = town.apply(wang, full.shifts[0]).await;
    assert_eq!(refused["code"], "FULL");
    assert_eq!(named(&refused), [id(&busy), id(&noon), id(&next_day)]);
}

#[tokio::test]
async fn whom_the_counter_hires_too_late_is_told_what_else_there_is_at_hours_that_are_free() {
    let town = Town::new().await;
    let (full, other) = (town.post(town.wall(true, 1)).await, town.post(town.wall(true, 5)).await);
    let shifts = vec![(at("2026-11-24T14:00:00Z"), 4)];
    let evening = town.post(NewPosting { shifts, ..town.wall(true, 5) }).await;
    town.hired(town.worker("张三", 1).await, full.shifts[0]).await;
    let counter = town.counter().await;
    let hire = async |who: Somebody| {
        let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", full.shifts[0]), gid("Worker", who.id));
        let refused =
            send_for(&counter, "hireWalkIn", &call, "... on Engagement { id }", "alternatives { shiftId }").await;
        let named = refused["alternatives"].as_array().unwrap_or_else(|| panic!("{refused}")).clone();
        (refused["code"].clone(), named.iter().map(|one| one["shiftId"].clone()).collect::<Vec<_>>())
    };
    let id = |posted: &Posted| json!(gid("Shift", posted.shifts[0]));
    let (li, wang) = (town.worker("李四", 2).await, town.worker("王五", 3).await);
    assert_eq!(hire(li).await, (json!("FULL"), vec![id(&other), id(&evening)]));
    town.hired(wang, evening.shifts[0]).await;
    assert_eq!(hire(wang).await, (json!("FULL"), vec![id(&other)]), "in the evening this one has work");
}

#[tokio::test]
async fn the_same_key_applies_once() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let first = town.apply_with(zhang, wall.shifts[0], ", idempotencyKey: \"a\"").await;
    let second = town.apply_with(zhang, wall.shifts[0], ", idempotencyKey: \"a\"").await;
    assert_eq!(first, second);
    assert_eq!(town.taken(wall.shifts[0]).await.0, 1);
}

#[tokio::test]
async fn both_sides_have_the_work_slip_with_names_and_the_staff_sees_them_masked() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let fields = "slip { number workerName partyName title tradeName place startsAt endsAt wageFen wageUnit payDay cover noticeHours safetyCard { code lines } agreement { clauses } rights }";
    let question = format!("{{ engagement(id: {}) {{ {fields} }} }}", hired["id"]);
    let mine = ask(&town.citizen(zhang).await, &question).await["engagement"]["slip"].clone();
    assert_eq!((&mine["workerName"], &mine["partyName"]), (&json!("张三"), &json!("晋建公司")));
    assert_eq!(mine["tradeName"], "砌筑工");
    assert_eq!(mine["startsAt"], "2026-11-24T06:00:00+08:00");
    assert_eq!((&mine["wageFen"], &mine["wageUnit"], &mine["payDay"]), (&json!(18000), &json!("DAY"), &json!("DAILY")));
    assert_eq!(mine["safetyCard"]["code"], "construction");
    assert_eq!(mine["agreement"], Value::Null);
    assert!(mine["rights"].as_str().unwrap().contains("12333"));
    assert!(mine["number"].as_str().unwrap().starts_with("20261123-"));
    let theirs = ask(&town.builder().await, &question).await["engagement"]["slip"].clone();
    assert_eq!(theirs, mine);
    let counter = ask(&town.counter().await, &question).await["engagement"]["slip"].clone();
    assert_eq!(counter["workerName"], "张*");
    let file = "... on ExportedFile { fileName url }";
    for ctx in [town.citizen(zhang).await, town.builder().await, town.counter().await] {
        let exported = send_for(&ctx, "exportWorkSlip", &format!("id: {}", hired["id"]), file, "").await;
        assert!(exported["fileName"].as_str().is_some_and(|name| name.starts_with("用工单")), "{exported}");
    }
}

#[tokio::test]
async fn whom_a_hiring_party_enters_itself_it_hears_the_name_and_number_of_once_the_worker_came() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", zhang.id));
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    let hired = send(&builder, "hireWalkIn", &call).await;
    assert_eq!(hired["status"], "CONFIRMED", "{hired}");
    let open = async |ctx: &Ctx| {
        send_for(ctx, "openContact", &format!("id: {}", hired["id"]), "... on EngagementContact { name phone }", "")
            .await
    };
    let named = async |ctx: &Ctx| {
        let question = format!("{{ engagement(id: {}) {{ slip {{ workerName partyName }} }} }}", hired["id"]);
        ask(ctx, &question).await["engagement"]["slip"].clone()
    };
    assert_eq!(open(&builder).await["code"], "NOT_COME");
    assert_eq!(named(&builder).await, json!({"workerName": "张*", "partyName": "晋建公司"}));
    assert_eq!(open(&me).await["phone"], "+8613900000001", "the worker knows who it is that wants it");
    assert_eq!(named(&me).await["workerName"], "张三");
    town.at("2026-11-23T22:00:00Z");
    let other = town.worker("李四", 2).await;
    let call = format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", other.id));
    let taken = send(&builder, "hireWalkIn", &call).await;
    let said = send(&builder, "recordArrival", &seen(&taken)).await;
    assert_eq!(said["status"], "ARRIVED", "{said}");
    let of_taken = format!("id: {}", taken["id"]);
    let told = send_for(&builder, "openContact", &of_taken, "... on EngagementContact { name }", "").await;
    assert_eq!(told["code"], "NOT_COME", "its own word opens nothing");
    let arrived = send(&town.counter().await, "recordArrival", &seen(&hired)).await;
    assert_eq!(arrived["status"], "ARRIVED", "{arrived}");
    assert_eq!(open(&builder).await["phone"], "+8613800000001");
    assert_eq!(named(&builder).await["workerName"], "张三");
}

#[tokio::test]
async fn numbers_are_told_to_the_other_side_after_the_confirmation_until_a_week_after_and_to_nobody_else() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let open = async |ctx: &Ctx| {
        let contact = "... on EngagementContact { name phone phoneMasked }";
        send_for(ctx, "openContact", &format!("id: {}", applied["id"]), contact, "").await
    };
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    assert_eq!(open(&me).await["code"], "NOT_CONFIRMED");
    assert_eq!(open(&builder).await["code"], "NOT_CONFIRMED");
    let confirmed = send(&builder, "confirmEngagement", &seen(&applied)).await;
    assert_eq!(confirmed["status"], "CONFIRMED", "{confirmed}");
    let told = open(&builder).await;
    assert_eq!(
        (&told["name"], &told["phone"], &told["phoneMasked"]),
        (&json!("张三"), &json!("+8613800000001"), &json!("138****0001"))
    );
    assert_eq!(open(&me).await["phone"], "+8613900000001");
    assert_eq!(open(&town.citizen(li).await).await, Value::Null, "another worker does not know that there is one");
    assert_eq!(open(&town.counter().await).await["error"], "FORBIDDEN");
    assert_eq!(town.audited("engagement.contact").await, ["REFUSED", "REFUSED", "DONE", "DONE", "FAILED", "FORBIDDEN"]);
    town.at("2026-12-01T08:00:00Z");
    assert_eq!(open(&me).await["phone"], "+8613900000001");
    town.at("2026-12-01T08:00:01Z");
    assert_eq!(open(&me).await["code"], "OVER");
}

#[tokio::test]
async fn workers_and_hiring_parties_hear_by_text_message_once() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let silent = town.worker_of(NewWorker { phone: None, ..NewWorker::named("李四", 2) }).await;
    town.hired(zhang, wall.shifts[0]).await;
    town.hired(silent, wall.shifts[0]).await;
    town.drain().await;
    let sent = town.texts("hire.confirmed").await;
    assert_eq!(sent.len(), 1, "who has no telephone reads it at the counter: {sent:?}");
    for part in ["已确认", "砌围墙", "2026-11-24 06:00—16:00", "坞城路92号", "180元/天", "20261123-"] {
        assert!(sent[0].contains(part), "{part}: {}", sent[0]);
    }
    assert!(!sent[0].contains("张三"));
    assert_eq!(town.texts("hire.taken").await.len(), 2);
}

#[tokio::test]
async fn a_declined_applicant_hears_of_it_and_may_apply_again() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let declined = send(&town.builder().await, "declineEngagement", &seen(&applied)).await;
    assert_eq!((&declined["status"], &declined["endReason"]), (&json!("DECLINED"), &json!("DECLINED")));
    town.drain().await;
    assert_eq!(town.texts("hire.declined").await.len(), 1);
    let again = town.apply(zhang, wall.shifts[0]).await;
    assert_eq!(again["status"], "APPLIED", "{again}");
}

#[tokio::test]
async fn who_sees_an_old_version_is_shown_the_newest() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let builder = town.builder().await;
    send(&builder, "markContacted", &seen(&applied)).await;
    let stale = send_for(
        &builder,
        "confirmEngagement",
        &seen(&applied),
        "... on Engagement { id }",
        "current { version status }",
    )
    .await;
    assert_eq!(stale["code"], "CONFLICT", "{stale}");
    assert_eq!(stale["current"], json!({ "version": 2, "status": "CONTACTED" }));
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
}

#[tokio::test]
async fn each_side_does_its_own_part_and_not_the_others() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let (me, other) = (town.citizen(zhang).await, town.citizen(li).await);
    for step in ["confirmEngagement", "declineEngagement", "markContacted", "recordArrival", "recordNoShow"] {
        assert_eq!(send(&me, step, &seen(&applied)).await["error"], "FORBIDDEN", "{step} by the worker");
        assert_eq!(send(&other, step, &seen(&applied)).await, Value::Null, "{step} by another citizen");
    }
    assert_eq!(town.now(&applied).await["status"], "APPLIED");
    let list = "{ myEngagements { edges { node { id viewer workerId workerName partyName } } } }";
    let mine = ask(&me, list).await;
    let node = &mine["myEngagements"]["edges"][0]["node"];
    assert_eq!((&node["viewer"], &node["workerId"]), (&json!("WORKER"), &Value::Null));
    assert_eq!(ask(&other, list).await["myEngagements"]["edges"], json!([]));
    let of = format!(
        "{{ engagementsOf(postingId: \"{}\") {{ edges {{ node {{ workerName viewer }} }} }} }}",
        gid("Posting", wall.id)
    );
    let theirs = ask(&town.builder().await, &of).await["engagementsOf"]["edges"].clone();
    assert_eq!(theirs, json!([{ "node": { "workerName": "张*", "viewer": "PARTY" } }]));
    assert_eq!(ask(&other, &of).await["engagementsOf"], Value::Null);
}
