//! Licences that run out (许可证到期): by the clock, and everybody concerned is warned in time.

use chrono::Duration;
use people::{LicenceState, licence_of};

use super::super::common::letters;
use super::*;

/// The letters of a kind in a store.
async fn warnings(house: &House, code: &str) -> Vec<String> {
    let all = letters(house, code).await;
    all.into_iter().filter(|(template, _)| template == "people.licence_runs_out").map(|(_, text)| text).collect()
}

#[tokio::test]
async fn a_licence_runs_out_by_the_clock_in_every_city() {
    let world = Province::new().await;
    world.verified().await;
    let there = row(&world.house, DATONG, LICENCE).await;
    let datong = world.house.itself(DATONG).await.unwrap();
    let state = async || licence_of(&datong.scope(), there.id, datong.today()).await.unwrap();
    // Nine in the morning of its last day, and of the day after.
    world.house.clock.set("2027-01-04T01:00:00Z".parse().unwrap());
    assert!(state().await.may_publish(), "the last day counts");
    world.house.clock.advance(Duration::days(1));
    assert_eq!(state().await, LicenceState::Expired { since: "2027-01-05".parse().unwrap() });
    assert_eq!(seen(&world.taiyuan, LICENCE).await["licenceState"], "EXPIRED");
    let found = "{ agencies(filter: { licenceState: EXPIRED }) { totalCount } }";
    assert_eq!(answer(&world.datong, "agencies", found, json!({})).await["totalCount"], 1);
    let here = seen(&world.taiyuan, LICENCE).await;
    assert_eq!(verify(&world.taiyuan, &here).await["code"], "EXPIRED", "first its last day is amended");
}

#[tokio::test]
async fn managers_everywhere_and_the_bureau_that_registered_it_are_warned_sixty_thirty_and_seven_days_before() {
    let world = Province::new().await;
    world.verified_as(with(form(), "expiresOn", json!("2026-10-01"))).await;
    let (here, there) = (row(&world.house, TAIYUAN, LICENCE).await, row(&world.house, DATONG, LICENCE).await);
    acting(&world.house, TAIYUAN, "manager", "agency_manager", ScopeKind::Agency, &here.id.to_string()).await;
    acting(&world.house, DATONG, "manager", "agency_manager", ScopeKind::Agency, &there.id.to_string()).await;
    let count = async || {
        let (taiyuan, datong) = (warnings(&world.house, TAIYUAN).await, warnings(&world.house, DATONG).await);
        (taiyuan.len(), datong.len(), warnings(&world.house, PLATFORM).await.len())
    };
    // Past midnight of each day, when the job has run.
    for (day, sent) in [
        ("2026-08-01", (0, 0, 0)),
        ("2026-08-02", (2, 1, 0)),
        ("2026-08-03", (2, 1, 0)),
        ("2026-09-01", (4, 2, 0)),
        ("2026-09-24", (6, 3, 0)),
        ("2026-10-01", (6, 3, 0)),
    ] {
        world.house.clock.set(format!("{day}T01:00:00+08:00").parse().unwrap());
        world.settle().await;
        assert_eq!(count().await, sent, "on {day}");
    }
    let first = warnings(&world.house, DATONG).await.remove(0);
    assert!(first.contains("2026-10-01") && first.contains("60天"), "{first}");

    let before = announced(&world.house, DATONG, LICENCE_CHANGED).await;
    world.house.clock.set("2026-10-02T01:00:00+08:00".parse().unwrap());
    world.settle().await;
    assert_eq!(count().await, (8, 4, 0), "and once it ran out");
    assert_eq!(announced(&world.house, DATONG, LICENCE_CHANGED).await, before + 1, "whoever publishes asks again");
    world.house.clock.advance(Duration::days(1));
    world.settle().await;
    assert_eq!(count().await, (8, 4, 0), "once");
    assert_eq!(announced(&world.house, DATONG, LICENCE_CHANGED).await, before + 1);
    assert_eq!(history(&world.taiyuan, &seen(&world.taiyuan, LICENCE).await).await[0], "EXPIRED");
}

#[tokio::test]
async fn a_new_last_day_is_warned_of_anew() {
    let world = Province::new().await;
    world.verified_as(with(form(), "expiresOn", json!("2026-07-20"))).await;
    world.house.clock.set("2026-07-15T01:00:00+08:00".parse().unwrap());
    world.settle().await;
    assert_eq!(warnings(&world.house, TAIYUAN).await.len(), 1, "the nearest warning alone");
    let here = seen(&world.taiyuan, LICENCE).await;
    let renewed = amend(&world.taiyuan, &here, with(form(), "expiresOn", json!("2026-09-30"))).await;
    verify(&world.taiyuan, &renewed).await;
    world.house.clock.set("2026-08-05T01:00:00+08:00".parse().unwrap());
    world.settle().await;
    let all = warnings(&world.house, TAIYUAN).await;
    assert_eq!(all.len(), 2);
    assert!(all[1].contains("2026-09-30"), "{}", all[1]);
}
