//! Builders for tests (测试工具): a house with this chapter and one city in a temporary directory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use kernel::clock::ManualClock;
use kernel::config::{Config, DEFAULT_FILE};
use kernel::ctx::{AccountActor, Via};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::policy::{Held, ScopeKind};
use kernel::{Actor, Ctx, Fault, Kernel, Lang};
use uuid::Uuid;

use crate::forms::{AddressInput, ContactInput, HoursInput, MarketInput, PointInput};
use crate::kinds::{AliasBasis, OperatingNature, OperatorKind, Season, Weekday};

/// The city of the tests: Taiyuan.
pub const CITY: &str = "140100";

/// With `YIZHAN_STORIES_ON=postgres` the stories run on the server that `scripts/with-postgres` started; its administrator.
#[must_use]
pub fn on_postgres() -> Option<String> {
    let asked = std::env::var("YIZHAN_STORIES_ON").as_deref() == Ok("postgres");
    std::env::var("YIZHAN_TEST_PG_ADMIN_URL").ok().filter(|_| asked)
}

/// A house with one city in `dir`, at 2026-11-23 10:00 in Shanghai, a Monday.
pub async fn house(dir: &std::path::Path) -> Result<(Arc<Kernel>, ManualClock), Fault> {
    house_on(dir, on_postgres().as_deref()).await
}

/// The same on the PostgreSQL that `admin` reaches, under names of its own; without one, in files.
pub async fn house_on(dir: &std::path::Path, admin: Option<&str>) -> Result<(Arc<Kernel>, ManualClock), Fault> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut config = Config::load(Some(DEFAULT_FILE), std::iter::empty())?;
    config.data_dir = dir.to_path_buf();
    config.database.url = admin.unwrap_or_default().to_owned();
    if admin.is_some() {
        config.database.prefix = format!("markets{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    }
    config.public_url = "https://yizhan.test".to_owned();
    let start = "2026-11-23T02:00:00Z".parse().map_err(Fault::of("read a time"))?;
    let clock = ManualClock::at(start);
    let kernel = Kernel::build(
        config,
        Arc::new(clock.clone()),
        RootKey::new([7; 32]),
        vec![kernel::house::manifest(), people::manifest(), crate::manifest()],
    );
    kernel.ensure_platform(admin).await?;
    let city = NewTenant {
        code: CITY.to_owned(),
        slug: "taiyuan".to_owned(),
        name_zh: "太原市".to_owned(),
        name_en: "Taiyuan".to_owned(),
        hotline: Some("12333".to_owned()),
    };
    kernel.create_tenant(city, admin).await?;
    Ok((kernel, clock))
}

/// An account that holds one role.
#[must_use]
pub fn officer(role: &str, kind: ScopeKind, key: &str) -> Actor {
    officer_of(1, role, kind, key)
}

/// Another account that holds one role; the number tells accounts apart.
#[must_use]
pub fn officer_of(number: u128, role: &str, kind: ScopeKind, key: &str) -> Actor {
    let held = Held { role: role.to_owned(), kind, key: key.to_owned(), until: None };
    Actor::Account(AccountActor {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number),
        username: role.to_owned(),
        held: Arc::new([held]),
        via: Via::Session(Uuid::nil()),
        restricted: false,
    })
}

/// The bureau's officer.
#[must_use]
pub fn bureau() -> Actor {
    officer("bureau_officer", ScopeKind::City, "")
}

/// A request of somebody.
pub async fn by(kernel: &Arc<Kernel>, actor: Actor) -> Result<Ctx, Fault> {
    kernel.ctx(CITY, actor, Lang::Zh).await
}

/// A public market in Xiaodian, open from half past four.
#[must_use]
pub fn market(name: &str) -> MarketInput {
    MarketInput {
        official_name: Some(name.to_owned()),
        alias: None,
        alias_basis: AliasBasis::Official,
        nature: OperatingNature::Public,
        operator_kind: OperatorKind::HrssDirect,
        operator_name: None,
        licence_no: None,
        licence_until: None,
        public_interest: true,
        layout: None,
        address: AddressInput {
            division: "140105001".to_owned(),
            text: format!("坞城路{}号", name.chars().count()),
            village: None,
            village_code: None,
            point: Some(PointInput { lat: 37.79, lng: 112.57, crs: Some(kernel::geo::Crs::Wgs84) }),
        },
        hours: vec![HoursInput {
            season: Season::AllYear,
            from_month: None,
            to_month: None,
            weekdays: Weekday::ALL.to_vec(),
            opens: "04:30".to_owned(),
            closes: "18:00".to_owned(),
        }],
        trades: vec!["瓦工".to_owned(), "电工".to_owned()],
        contacts: vec![ContactInput {
            label: "服务大厅".to_owned(), phone: "0351-5278313".to_owned(), public: true
        }],
        services: Vec::new(),
        seeker_scale: None,
        daily_successes: None,
        remark: None,
        area_square_metres: None,
    }
}
