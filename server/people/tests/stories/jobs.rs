//! What runs by itself (作业).

use chrono::Duration;
use entities::{account, session};
use kernel::worker::Worker;
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{NewRole, SignInInput, sign_in};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::common::{self, HOME, city, letters, signed_in};

/// Lets `days` pass, each with its repeated jobs: they run, and are queued for their next time.
async fn days_pass(house: &House, days: i64) {
    let mut worker = Worker::new(house.kernel.clone(), "test".to_owned());
    worker.drain(TAIYUAN).await.unwrap();
    for _ in 0..days {
        house.clock.advance(Duration::days(1));
        worker.drain(TAIYUAN).await.unwrap();
        worker.drain(TAIYUAN).await.unwrap();
    }
}

async fn status(house: &House, username: &str) -> String {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let row = account::Entity::find().filter(account::Column::Username.eq(username)).one(&ctx.scope()).await.unwrap();
    row.unwrap().status
}

#[tokio::test]
async fn an_owner_is_reminded_seven_days_and_one_day_before_the_password_runs_out() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    house.clock.advance(Duration::days(82));
    days_pass(&house, 10).await;
    let told = letters(&house, TAIYUAN).await;
    let mut days: Vec<bool> = told.iter().map(|(_, text)| text.contains("7天后")).collect();
    days.sort_unstable();
    assert_eq!(days, [false, true], "{told:?}");
}

#[tokio::test]
async fn sessions_that_ended_ninety_days_ago_are_forgotten() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    signed_in(&house, "liwei", &HOME).await;
    days_pass(&house, 1).await;
    assert_eq!(common::count_sessions(&house).await, 1);
    house.clock.advance(Duration::days(90));
    days_pass(&house, 2).await;
    assert_eq!(common::count_sessions(&house).await, 0);
}

#[tokio::test]
async fn an_account_nobody_used_for_half_a_year_is_locked_and_an_administrator_is_not() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    signed_in(&house, "liwei", &HOME).await;
    house.clock.advance(Duration::days(178));
    days_pass(&house, 1).await;
    assert_eq!(status(&house, "liwei").await, "ACTIVE");
    days_pass(&house, 3).await;
    assert_eq!(status(&house, "liwei").await, "LOCKED");
    assert_eq!(status(&house, "system").await, "ACTIVE");
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let typed = SignInInput { username: "liwei".into(), password: PASSWORD.into(), totp: Some(house.code()) };
    assert!(sign_in(&ctx, typed, &HOME).await.is_err());
    assert!(session::Entity::find().all(&ctx.scope()).await.unwrap().iter().all(|s| s.expires_at < ctx.now()));
}
