//! What is refused in the course of an engagement, each with its code, and that it changed nothing.

use super::*;

#[tokio::test]
async fn no_step_is_taken_from_where_it_does_not_lead() {
    let town = Town::new().await;
    let wall = town.post(town.wall(false, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    let applied = town.apply(zhang, wall.shifts[0]).await;
    let confirmed = send(&builder, "confirmEngagement", &seen(&applied)).await;
    assert_eq!(confirmed["status"], "CONFIRMED", "{confirmed}");
    for step in ["markContacted", "agreeEngagement", "declineEngagement"] {
        assert_eq!(send(&builder, step, &seen(&confirmed)).await["code"], "NOT_FROM_HERE", "{step}");
    }
    town.at("2026-11-23T20:00:00Z");
    let arrived = send(&builder, "recordArrival", &seen(&confirmed)).await;
    assert_eq!(arrived["status"], "ARRIVED", "two hours before the start: {arrived}");
    for ctx in [&me, &builder] {
        assert_eq!(send(ctx, "completeEngagement", &seen(&arrived)).await["code"], "NOT_BEGUN");
    }
    assert_eq!(town.now(&applied).await["version"], arrived["version"], "nothing changed");
}

#[tokio::test]
async fn one_dispute_at_a_time_is_raised_in_words_and_settled_by_whose_it_is() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:00:00Z");
    let arrived = send(&builder, "recordArrival", &seen(&hired)).await;
    let dispute = async |ctx: &Ctx, of: &Value, words: &str| {
        send(ctx, "disputeEngagement", &format!("{}, words: {}", seen(of), json!(words))).await
    };
    assert_eq!(send(&builder, "settleDispute", &seen(&arrived)).await["code"], "NOT_DISPUTED");
    for words in [" ".to_owned(), "长".repeat(501)] {
        assert_eq!(dispute(&builder, &arrived, &words).await["code"], "LENGTH");
    }
    let disputed = dispute(&builder, &arrived, "现场和说的不一样").await;
    assert_eq!(disputed["status"], "ARRIVED", "{disputed}");
    assert_eq!(dispute(&me, &disputed, "我也有话说").await["code"], "ALREADY_DISPUTED");
    assert_eq!(send(&me, "settleDispute", &seen(&disputed)).await["code"], "NOT_YOURS");
    assert_eq!(town.engagement(&hired, "disputedBy").await["disputedBy"], "PARTY");
    assert_eq!(send(&builder, "settleDispute", &seen(&disputed)).await["status"], "ARRIVED");
    assert_eq!(town.engagement(&hired, "disputedBy").await["disputedBy"], Value::Null);
}

#[tokio::test]
async fn no_sum_below_nothing_or_above_a_million_yuan_is_what_was_paid() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let completed = pay::done(&town, zhang, &wall).await;
    let (me, counter) = (town.citizen(zhang).await, town.counter().await);
    for (ctx, name) in [(&me, "confirmPay"), (&counter, "recordPayAnswer")] {
        for fen in ["-1", "100000001"] {
            let refused = send(ctx, name, &format!("{}, paidFen: {fen}", seen(&completed))).await;
            assert_eq!((&refused["code"], &refused["field"]), (&json!("SUM"), &json!("paidFen")), "{name}: {fen}");
        }
    }
    assert_eq!(town.engagement(&completed, "wageTruth { paidFen }").await["wageTruth"]["paidFen"], Value::Null);
    let all = send(&counter, "recordPayAnswer", &format!("{}, paidFen: 100000000", seen(&completed))).await;
    assert_eq!(all["status"], "PAID", "{all}");
}

#[tokio::test]
async fn an_agreement_is_accepted_for_somebody_and_not_for_what_came_to_nothing() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let old = town.worker_of(NewWorker { age_band: "OVER_AGE", ..NewWorker::named("赵伯", 1) }).await;
    let hired = town.hired(old, wall.shifts[0]).await;
    let (counter, accept) = (town.counter().await, format!("id: {}", hired["id"]));
    let nameless = send(&counter, "acceptAgreement", &accept).await;
    assert_eq!((&nameless["code"], &nameless["field"]), (&json!("SIDE_MISSING"), &json!("behalf")), "{nameless}");
    let named = send(&counter, "acceptAgreement", &format!("{accept}, behalf: WORKER")).await;
    assert_eq!(named["status"], "CONFIRMED", "{named}");
    let call = format!("{}, reason: ILLNESS", seen(&hired));
    assert_eq!(send(&town.citizen(old).await, "cancelEngagement", &call).await["status"], "CANCELLED_BY_WORKER");
    assert_eq!(send(&town.builder().await, "acceptAgreement", &accept).await["code"], "OVER");
    let slip = town.engagement(&hired, "slip { agreement { acceptedByPartyAt } }").await["slip"].clone();
    assert_eq!(slip["agreement"]["acceptedByPartyAt"], Value::Null);
}

#[tokio::test]
async fn an_appeal_says_why_and_is_against_points_that_count() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    send(&town.builder().await, "recordNoShow", &seen(&hired)).await;
    let me = town.citizen(zhang).await;
    let point = ask(&me, "{ myConductPoints { id expiresOn } }").await["myConductPoints"][0].clone();
    assert_eq!(point["expiresOn"], "2027-02-22");
    let appeal = async |reason: &str| {
        let call = format!("id: {}, reason: \"{reason}\"", point["id"]);
        send_for(&me, "appealPoint", &call, "... on ConductPoint { appealStatus }", "").await
    };
    let silent = appeal(" ").await;
    assert_eq!((&silent["code"], &silent["field"]), (&json!("REASON_NEEDED"), &json!("reason")), "{silent}");
    town.at("2027-02-22T16:00:00Z");
    assert_eq!(appeal("当天班车停运，我提前打过电话").await["code"], "NOT_IN_FORCE", "the day after the last");
    let mine = ask(&me, "{ myConductPoints { appealStatus } }").await["myConductPoints"][0].clone();
    assert_eq!(mine["appealStatus"], Value::Null, "there is no case");
}

#[tokio::test]
async fn who_is_no_worker_has_no_record_and_the_staff_reads_messages_for_nobody() {
    let town = Town::new().await;
    let builder = town.builder().await;
    let file = "... on ExportedFile { fileName }";
    assert_eq!(send_for(&builder, "exportMyRecord", "format: PDF", file, "").await["code"], "NOT_A_WORKER");
    let gone = send_for(&builder, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await;
    assert_eq!(gone["code"], "NOT_A_WORKER", "{gone}");
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    let say = format!("id: {}, text: \"几点到？\"", hired["id"]);
    assert_eq!(send(&town.citizen(zhang).await, "sendMessage", &say).await["status"], "CONFIRMED");
    let read = format!("id: {}", hired["id"]);
    assert_eq!(send(&town.counter().await, "readMessages", &read).await["code"], "NOT_A_SIDE");
    let question = format!("{{ messages(engagementId: {}) {{ edges {{ node {{ readAt }} }} }} }}", hired["id"]);
    let unread = ask(&builder, &question).await["messages"]["edges"][0]["node"]["readAt"].clone();
    assert_eq!(unread, Value::Null, "it waits for the hiring party");
}
