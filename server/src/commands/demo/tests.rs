//! The demo is made again where it was cut short, and a reset touches one city alone.

use std::sync::Arc;

use entities::account;
use kernel::clock::{ManualClock, day_of};
use kernel::config::Config;
use kernel::ctx::Actor;
use kernel::store::PLATFORM;
use kernel::text::Lang;
use people::HashedPassword;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{CITIES, House, last_december, marker};

const PASSWORD: &str = "Yz-Dawn-Hall-7";

/// A demo house on 23 November 2026 at ten in the morning, with nothing in it.
async fn house(dir: &std::path::Path) -> House {
    house_at(dir, "2026-11-23T02:00:00Z").await
}

async fn house_at(dir: &std::path::Path, now: &str) -> House {
    let mut config = Config::load(None, std::iter::empty()).unwrap();
    config.data_dir = dir.to_owned();
    let now = now.parse().unwrap();
    let past_clock = ManualClock::at(last_december(now));
    let past = crate::boot::kernel_with(config.clone(), Arc::new(past_clock.clone())).unwrap();
    let kernel = crate::boot::kernel_with(config, Arc::new(ManualClock::at(now))).unwrap();
    kernel.ensure_platform(None).await.unwrap();
    House { kernel, past, past_clock, admin: None }
}

async fn count(house: &House, status: markets::MarketStatus) -> u64 {
    let ctx = house.kernel.ctx("140100", Actor::System("demo"), Lang::Zh).await.unwrap();
    let rows = markets::rows::market::Entity::find().filter(markets::rows::market::Column::Status.eq(status));
    rows.count(&ctx.scope()).await.unwrap()
}

#[tokio::test]
async fn a_city_that_was_cut_short_is_made_again_and_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let house = house(dir.path()).await;
    let hashed = HashedPassword::of(PASSWORD).await.unwrap();
    let taiyuan = &CITIES[0];
    // As if the process had died between making the city and filling it.
    let new = kernel::kernel::NewTenant {
        code: "140100".to_owned(),
        slug: "taiyuan".to_owned(),
        name_zh: "太原市".to_owned(),
        name_en: "Taiyuan".to_owned(),
        hotline: None,
    };
    house.kernel.create_tenant(new, None).await.unwrap();
    assert!(!marker::is_finished(&house.kernel, "140100").await.unwrap());
    house.make(taiyuan, &hashed).await.unwrap();
    assert!(marker::is_finished(&house.kernel, "140100").await.unwrap());
    assert_eq!(count(&house, markets::MarketStatus::Listed).await, 27);
    assert_eq!(count(&house, markets::MarketStatus::Delisted).await, 1);
    let province = house.kernel.ctx(PLATFORM, Actor::System("demo"), Lang::Zh).await.unwrap();
    let returns = oversight::rows::platform_return::Entity::find().all(&province.scope()).await.unwrap();
    assert_eq!(returns.len(), 1, "last year's return lies with the province");
    assert_eq!((returns[0].year, returns[0].status.as_str()), (2025, "ACCEPTED"));
    assert!(day_of(returns[0].submitted_at) <= returns[0].due_on, "and was in time");
}

#[tokio::test]
async fn a_reset_gives_one_city_back_clean_and_has_an_account_for_every_role() {
    let dir = tempfile::tempdir().unwrap();
    let house = house(dir.path()).await;
    let hashed = HashedPassword::of(PASSWORD).await.unwrap();
    house.make(&CITIES[0], &hashed).await.unwrap();
    let ctx = house.kernel.ctx("140100", Actor::System("demo"), Lang::Zh).await.unwrap();
    let held = entities::role_assignment::Entity::find().all(&ctx.scope()).await.unwrap();
    for role in kernel::policy::ROLES.iter().filter(|role| !role.platform && !role.scopes.is_empty()) {
        assert!(held.iter().any(|row| row.role == role.name), "{}", role.name);
    }
    drop((ctx, house));
    // Started again, as a front-end team does it.
    let house = self::house(dir.path()).await;
    house.reset("taiyuan").await.unwrap();
    assert!(house.kernel.tenant("140100").await.unwrap().is_none());
    house.make(&CITIES[0], &hashed).await.unwrap();
    let province = house.kernel.ctx(PLATFORM, Actor::System("demo"), Lang::Zh).await.unwrap();
    let returns = oversight::rows::platform_return::Entity::find().count(&province.scope()).await.unwrap();
    assert_eq!(returns, 1, "the returns of its earlier life are forgotten");
    let staff = account::Entity::find().count(&province.scope()).await.unwrap();
    assert_eq!(staff, 0, "nobody else's account was made or changed");
}

/// How many of each state there are, by its code.
fn counted<T>(rows: Vec<T>, code: impl Fn(T) -> &'static str) -> std::collections::BTreeMap<&'static str, usize> {
    let mut all = std::collections::BTreeMap::new();
    for row in rows {
        *all.entry(code(row)).or_default() += 1;
    }
    all
}

#[tokio::test]
async fn whatever_the_hour_postings_and_engagements_stand_in_every_state_and_nothing_happens_later() {
    for now in ["2026-11-22T16:20:00Z", "2026-11-23T15:40:00Z"] {
        let dir = tempfile::tempdir().unwrap();
        let house = house_at(dir.path(), now).await;
        house.make(&CITIES[0], &HashedPassword::of(PASSWORD).await.unwrap()).await.unwrap();
        let ctx = house.kernel.ctx("140100", Actor::System("demo"), Lang::Zh).await.unwrap();
        let postings = hiring::rows::posting::Entity::find().all(&ctx.scope()).await.unwrap();
        let postings = counted(postings, |row| row.status.code());
        for state in ["DRAFT", "IN_REVIEW", "RETURNED", "PUBLISHED", "FILLED", "WITHDRAWN", "TAKEN_DOWN"] {
            assert!(postings.contains_key(state), "{now}: {state}: {postings:?}");
        }
        let deals = hiring::rows::engagement::Entity::find().all(&ctx.scope()).await.unwrap();
        assert!(deals.iter().all(|row| row.applied_at <= ctx.now()), "{now}: nobody applies tomorrow");
        let (short, unpaid): (Vec<_>, Vec<_>) =
            deals.iter().filter(|row| row.warned_at.is_some()).partition(|row| row.paid_fen.is_some_and(|fen| fen > 0));
        assert_eq!((unpaid.len(), short.len()), (1, 1), "{now}: who got nothing is warned of, and who got less");
        let deals = counted(deals, |row| row.status.code());
        for state in [
            "APPLIED",
            "STANDBY",
            "CONTACTED",
            "AGREED",
            "CONFIRMED",
            "ARRIVED",
            "COMPLETED",
            "PAID",
            "DECLINED",
            "NO_SHOW",
            "CANCELLED_BY_WORKER",
            "CANCELLED_BY_PARTY",
        ] {
            assert!(deals.contains_key(state), "{now}: {state}: {deals:?}");
        }
        let parties = entities::hiring_party::Entity::find().all(&ctx.scope()).await.unwrap();
        let kinds: std::collections::BTreeSet<_> = parties.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds.len(), 7, "one of every kind hires: {kinds:?}");
        let cases = cases::rows::case_file::Entity::find().count(&ctx.scope()).await.unwrap();
        assert_eq!(cases, 1, "a point is appealed against");
    }
}
