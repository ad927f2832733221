//! 限时办结: yellow one working day before, red on the first overdue working day; the owner hears, then the supervisors.

use kernel::worker::Worker;

use super::*;
use crate::mail::Mark;
use crate::operations::watch_clocks::mark_all;

async fn marked(town: &Town, mark: Mark) -> usize {
    mark_all(&town.itself().await, mark).await.unwrap()
}

async fn morning(town: &Town, day: &str) -> (usize, usize) {
    town.house.clock.set(format!("{day}T07:20:00+08:00").parse().unwrap());
    (marked(town, Mark::Warned).await, marked(town, Mark::Breached).await)
}

#[tokio::test]
async fn each_case_gets_each_mark_once_and_on_its_day() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.li).await;
    for day in ["2026-11-27", "2026-11-30", "2026-12-01"] {
        assert_eq!(morning(&town, day).await, (0, 0), "{day}");
    }
    assert_eq!(morning(&town, "2026-12-02").await, (1, 0), "one working day is left");
    assert_eq!(morning(&town, "2026-12-03").await, (0, 0), "once");
    assert_eq!(morning(&town, "2026-12-04").await, (0, 1), "the first overdue working day");
    assert_eq!(morning(&town, "2026-12-05").await, (0, 0));
    let seen = town.case(&taken, "warnedAt breachedAt overdue version").await;
    let marks = json!({ "warnedAt": "2026-12-02T07:20:00+08:00", "breachedAt": "2026-12-04T07:20:00+08:00",
        "overdue": true, "version": 2 });
    assert_eq!(seen, marks, "the house's marks are no change that somebody has to have seen");
    assert_eq!(course(&town.li, &taken).await, ["BREACHED", "WARNED", "TAKEN", "OPENED"]);
    let warned = town.letters("cases.warned").await;
    assert_eq!(warned.len(), 1, "its owner");
    assert!(warned[0].1 == "【黄牌预警】1件办件即将到期", "{warned:?}");
    assert!(warned[0].2.contains("SS-20261126-0001　记分申诉，办理期限2026-12-03"), "{warned:?}");
    let breached = town.letters("cases.breached").await;
    let whom: Vec<&str> = breached.iter().map(|letter| letter.0.as_str()).collect();
    assert_eq!(whom.len(), 2, "its owner and the supervisor: {whom:?}");
    assert!(breached.iter().all(|letter| !letter.2.contains(REASON)));
}

#[tokio::test]
async fn a_case_that_is_late_over_a_weekend_is_marked_on_monday() {
    let town = Town::new().await;
    town.house.clock.set("2026-11-27T10:00:00+08:00".parse().unwrap());
    town.taken(&town.li).await;
    // Due on Friday 4 December.
    assert_eq!(morning(&town, "2026-12-05").await, (0, 0), "Saturday: nobody works");
    assert_eq!(morning(&town, "2026-12-06").await, (0, 0));
    assert_eq!(morning(&town, "2026-12-07").await, (0, 1), "no yellow mark behind a red one");
}

#[tokio::test]
async fn what_nobody_owns_the_supervisors_of_city_and_county_hear_of() {
    let town = Town::new().await;
    let role = NewRole { role: "supervisor", kind: ScopeKind::County, key: XIAODIAN.to_owned() };
    person(&town.house, "sun", Some(role)).await.unwrap();
    let role = NewRole { role: "supervisor", kind: ScopeKind::County, key: "140106".to_owned() };
    person(&town.house, "wuyan", Some(role)).await.unwrap();
    town.appealed().await;
    town.appealed().await;
    assert_eq!(morning(&town, "2026-12-02").await, (2, 0));
    let warned = town.letters("cases.warned").await;
    assert_eq!(warned.len(), 2, "the city's and Xiaodian's, one letter each: {warned:?}");
    assert!(
        warned
            .iter()
            .all(|letter| letter.1.contains("2件") && letter.2.contains("-0001") && letter.2.contains("-0002"))
    );
}

#[tokio::test]
async fn what_is_closed_is_not_marked_and_what_is_decided_late_is_late() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.li).await;
    let (late, _) = town.taken(&town.li).await;
    assert_eq!(uphold(&town.li, &taken).await["breachedAt"], json!(null));
    town.house.clock.set("2026-12-05T09:00:00+08:00".parse().unwrap());
    let decided = uphold(&town.li, &late).await;
    assert_eq!(decided["breachedAt"], "2026-12-05T09:00:00+08:00", "decided on Saturday, due on Thursday: {decided}");
    assert_eq!(morning(&town, "2026-12-07").await, (0, 0));
    let found =
        ask(&town.wang, "{ cases(filter: { breached: true }) { edges { node { reference } } } }", json!({})).await;
    assert_eq!(found["cases"]["edges"], json!([{ "node": { "reference": "SS-20261126-0002" } }]));
}

#[tokio::test]
async fn the_job_of_the_morning_does_it_by_itself() {
    let town = Town::new().await;
    let mut worker = Worker::new(std::sync::Arc::clone(&town.house.kernel), "test".to_owned());
    let (taken, _) = town.taken(&town.li).await;
    worker.drain(TAIYUAN).await.unwrap();
    assert_eq!(town.case(&taken, "warnedAt").await["warnedAt"], json!(null));
    town.house.clock.set("2026-12-02T08:00:00+08:00".parse().unwrap());
    worker.drain(TAIYUAN).await.unwrap();
    assert!(town.case(&taken, "warnedAt").await["warnedAt"].is_string());
}
