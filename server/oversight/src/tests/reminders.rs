//! Reminders go out, each once.

use kernel::mail;
use sea_orm::EntityTrait as _;

use super::world::{World, freeze, look, morning, submit};
use crate::operations::remind_filers::remind_of;
use crate::testing::{DATONG, TAIYUAN};

async fn letters(world: &World, tenant: &str) -> Vec<String> {
    let ctx = world.province.house(tenant).await.unwrap();
    let rows = entities::mail::Entity::find().all(&ctx.scope()).await.unwrap();
    let mut subjects = Vec::new();
    for row in rows.iter().filter(|row| row.template == "oversight.reminder") {
        subjects.push(mail::open(&ctx, row).await.unwrap().subject.expose().clone());
    }
    subjects
}

async fn remind(world: &World, tenant: &str, year: i32) -> usize {
    remind_of(&world.province.house(tenant).await.unwrap(), year).await.unwrap()
}

#[tokio::test]
async fn each_reminder_goes_out_once_to_every_filer_with_an_address() {
    let world = World::on("2026-11-05").await;
    world.hire(TAIYUAN, "bureau_officer", Some("wang@example.com"), "ACTIVE", "zh").await;
    world.hire(TAIYUAN, "bureau_officer", Some("smith@example.com"), "ACTIVE", "en").await;
    world.hire(TAIYUAN, "bureau_officer", None, "ACTIVE", "zh").await;
    world.hire(TAIYUAN, "bureau_officer", Some("gone@example.com"), "DISABLED", "zh").await;
    world.hire(TAIYUAN, "county_officer", Some("county@example.com"), "ACTIVE", "zh").await;
    assert_eq!(remind(&world, TAIYUAN, 2026).await, 0, "thirty-one working days before");
    let mut sent = Vec::new();
    for _ in 0..60 {
        world.tomorrow();
        sent.push(remind(&world, TAIYUAN, 2026).await);
        assert_eq!(remind(&world, TAIYUAN, 2026).await, 0, "asked twice on one day");
    }
    assert_eq!(sent.iter().filter(|letters| **letters == 2).count(), 4);
    assert_eq!(sent.iter().sum::<usize>(), 8);
    let subjects = letters(&world, TAIYUAN).await;
    assert_eq!(subjects.len(), 8);
    assert!(subjects.contains(&"【提醒】2026年度零工市场名录报送，还剩30个工作日".to_owned()), "{subjects:?}");
    assert!(subjects.contains(&"Reminder: market directory return 2026, 1 working days left".to_owned()));
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let seen = look(&ctx, 2026).await;
    assert!(seen["reminders"].as_array().unwrap().iter().all(|reminder| reminder["sent"] == true));
    assert_eq!(letters(&world, DATONG).await.len(), 0);
}

#[tokio::test]
async fn the_daily_job_sends_them_in_the_morning() {
    let world = World::on("2026-12-03").await;
    world.hire(TAIYUAN, "bureau_officer", Some("wang@example.com"), "ACTIVE", "zh").await;
    world.settle().await;
    assert_eq!(letters(&world, TAIYUAN).await.len(), 0, "the next look is tomorrow at half past eight");
    world.province.clock.set(morning("2026-12-04"));
    world.settle().await;
    assert_eq!(letters(&world, TAIYUAN).await.len(), 1);
}

#[tokio::test]
async fn who_has_handed_in_is_not_reminded_and_a_returned_return_is() {
    let world = World::on("2026-12-03").await;
    for tenant in [TAIYUAN, DATONG] {
        world.hire(tenant, "bureau_officer", Some("wang@example.com"), "ACTIVE", "zh").await;
        world.list(tenant, &["甲"]).await;
    }
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    submit(&ctx, &freeze(&ctx, 2026).await).await;
    world.province.clock.set(morning("2026-12-04"));
    assert_eq!(remind(&world, TAIYUAN, 2026).await, 0);
    assert_eq!(remind(&world, DATONG, 2026).await, 1);
}

#[tokio::test]
async fn a_reminder_that_nobody_can_read_waits_for_somebody() {
    let world = World::on("2026-12-04").await;
    assert_eq!(remind(&world, TAIYUAN, 2026).await, 0);
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(look(&ctx, 2026).await["reminders"][1]["sent"], false);
    world.hire(TAIYUAN, "bureau_officer", Some("wang@example.com"), "ACTIVE", "zh").await;
    world.tomorrow();
    assert_eq!(remind(&world, TAIYUAN, 2026).await, 1);
}

#[tokio::test]
async fn a_first_report_early_in_a_year_is_reminded_of_in_the_year_before() {
    let world = World::on("2026-12-04").await;
    world.hire(TAIYUAN, "bureau_officer", Some("wang@example.com"), "ACTIVE", "zh").await;
    world.first_report(TAIYUAN, "2027-01-15").await;
    assert_eq!(remind(&world, TAIYUAN, 2026).await, 0, "no report was due in that year");
    assert_eq!(remind(&world, TAIYUAN, 2027).await, 1);
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(look(&ctx, 2027).await["provisional"], true);
}
