//! Builders for tests (测试工具): a city with a market, hiring parties, workers and postings, as rows; each somebody who can act.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use entities::{citizen, hiring_party, party_member, worker};
use kernel::clock::ManualClock;
use kernel::config::{Config, DEFAULT_FILE};
use kernel::ctx::CitizenActor;
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::{Action, Actor, Ctx, Fault, Kernel, Lang, Never, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, PostingStatus, WageUnit};
use crate::rows::{posting, shift};

/// The city of the tests: Taiyuan.
pub const CITY: &str = "140100";
/// A county of it.
pub const XIAODIAN: &str = "140105";

/// What the gateway signs answers with.
pub const SECRET: &str = "gateway-secret-0123456789";

/// Making the test's data.
pub static MAKE: Action = Action::new("test", "make", "建立测试数据", "Make the test's data");

/// With `YIZHAN_STORIES_ON=postgres` the stories run on the server that `scripts/with-postgres` started; its administrator.
#[must_use]
pub fn on_postgres() -> Option<String> {
    let asked = std::env::var("YIZHAN_STORIES_ON").as_deref() == Ok("postgres");
    std::env::var("YIZHAN_TEST_PG_ADMIN_URL").ok().filter(|_| asked)
}

/// A house with this chapter and one city in `dir`, at 2026-11-23 10:00 in Shanghai, a Monday; on the PostgreSQL that `admin`
/// reaches, or in files.
pub async fn house_on(dir: &Path, admin: Option<&str>) -> Result<(Arc<Kernel>, ManualClock), Fault> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut config = Config::load(Some(DEFAULT_FILE), std::iter::empty())?;
    config.data_dir = dir.to_path_buf();
    config.database.url = admin.unwrap_or_default().to_owned();
    if admin.is_some() {
        config.database.prefix = format!("hire{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    }
    config.public_url = "https://yizhan.test".to_owned();
    config.sms.gateway = kernel::sms::GatewayKind::Page;
    config.sms.secret = Some(SECRET.to_owned());
    let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().map_err(Fault::of("read a time"))?);
    let manifests =
        vec![kernel::house::manifest(), people::manifest(), markets::manifest(), cases::manifest(), crate::manifest()];
    let kernel = Kernel::build(config, Arc::new(clock.clone()), RootKey::new([7; 32]), manifests);
    people::teach(&kernel);
    markets::teach(&kernel);
    crate::teach(&kernel);
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

/// A citizen who acts.
#[must_use]
pub fn citizen_actor(id: Uuid) -> Actor {
    Actor::Citizen(CitizenActor { id, session: Uuid::nil() })
}

/// A request of somebody.
pub async fn by(kernel: &Arc<Kernel>, actor: Actor) -> Result<Ctx, Fault> {
    kernel.ctx(CITY, actor, Lang::Zh).await
}

/// Writes rows as the house.
pub async fn make<T, F, Fut>(kernel: &Arc<Kernel>, f: F) -> Result<T, Fault>
where
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T, Fault>>,
{
    let ctx = by(kernel, Actor::System("test")).await?;
    let done: Result<T, Stop<Never>> = ctx.transact(&MAKE, |tx| async move { Ok(f(tx).await?) }).await;
    done.map_err(Stop::into_fault)
}

/// A worker to be made.
#[derive(Clone, Debug)]
pub struct NewWorker {
    /// The name.
    pub name: String,
    /// The number, if there is one.
    pub phone: Option<String>,
    /// The age band.
    pub age_band: &'static str,
    /// The month in which it comes to be over age, where that is near.
    pub over_age_from: Option<NaiveDate>,
}

impl NewWorker {
    /// An adult with a telephone whose number ends so.
    #[must_use]
    pub fn named(name: &str, number: u32) -> Self {
        let phone = Some(format!("+86138{number:08}"));
        Self { name: name.to_owned(), phone, age_band: "ADULT", over_age_from: None }
    }
}

/// A citizen, and the worker or hiring party it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// The citizen.
    pub citizen: Uuid,
    /// What it is.
    pub id: Uuid,
}

async fn new_citizen(tx: &Tx, name: &str, phone: Option<&str>) -> Result<Uuid, Fault> {
    let (ctx, ring) = (tx.ctx(), tx.ctx().keys().await?);
    let id = ctx.new_id();
    let sealed = phone.map(|phone| ring.seal("citizen", "phone", id, &Pii::from(phone))).transpose()?;
    let row = citizen::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        phone: Set(sealed),
        phone_index: Set(phone.map(|phone| ring.blind("phone", &Pii::from(phone)))),
        phone_proved_at: Set(Some(ctx.now())),
        name: Set(Some(ring.seal("citizen", "name", id, &Pii::from(name))?)),
        id_number: Set(None),
        id_index: Set(None),
        birth_year: Set(Some(1980)),
        sex: Set(Some(1)),
        lang: Set("zh".to_owned()),
        notice_version: Set(Some("1".to_owned())),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
    };
    citizen::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Makes a worker who looks for work today.
pub async fn new_worker(tx: &Tx, new: &NewWorker) -> Result<Somebody, Fault> {
    let ctx = tx.ctx();
    let citizen = new_citizen(tx, &new.name, new.phone.as_deref()).await?;
    let id = ctx.new_id();
    let row = worker::ActiveModel {
        id: Set(id),
        citizen_id: Set(citizen),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        source: Set("SELF".to_owned()),
        market_id: Set(None),
        registered_by: Set(None),
        name_masked: Set(Pii::from(new.name.as_str()).masked(kernel::Mask::Name)),
        county: Set(XIAODIAN.to_owned()),
        lat: Set(None),
        lng: Set(None),
        radius_km: Set(20),
        hours: Set(3),
        steady_job: Set(false),
        training: Set(false),
        looking_until: Set(Some(ctx.now() + Duration::hours(12))),
        last_confirmed_at: Set(ctx.now()),
        age_band: Set(new.age_band.to_owned()),
        over_age_from: Set(new.over_age_from),
        points: Set(0),
        places_given: Set(0),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
    };
    worker::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Somebody { citizen, id })
}

/// Makes a verified hiring party of a kind, with a citizen who acts for it.
pub async fn new_party(tx: &Tx, kind: &str, name: &str, number: u32) -> Result<Somebody, Fault> {
    let (ctx, ring) = (tx.ctx(), tx.ctx().keys().await?);
    let phone = format!("+86139{number:08}");
    let citizen = new_citizen(tx, "王建军", Some(&phone)).await?;
    let id = ctx.new_id();
    let row = hiring_party::ActiveModel {
        id: Set(id),
        version: Set(1),
        kind: Set(kind.to_owned()),
        status: Set("VERIFIED".to_owned()),
        status_reason: Set(None),
        display_name: Set(name.to_owned()),
        name: Set(None),
        uscc: Set(None),
        citizen_id: Set(None),
        contact_name: Set(ring.seal("hiring_party", "contact_name", id, &Pii::from("王建军"))?),
        contact_phone: Set(ring.seal("hiring_party", "contact_phone", id, &Pii::from(phone.as_str()))?),
        contact_index: Set(ring.blind("phone", &Pii::from(phone.as_str()))),
        county: Set(XIAODIAN.to_owned()),
        address: Set(None),
        market_id: Set(None),
        agency_id: Set(None),
        registered_by: Set(None),
        fast_lane: Set(true),
        fast_lane_lost_until: Set(None),
        verified_on: Set(Some(ctx.today())),
        verified_by: Set(None),
        rechecked_on: Set(None),
        pledge_version: Set(Some(people::pledge_in_force().to_owned())),
        pledged_at: Set(Some(ctx.now())),
        last_confirmed_at: Set(ctx.now()),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
    };
    hiring_party::Entity::insert(row).exec_without_returning(tx).await?;
    let member = party_member::ActiveModel {
        id: Set(ctx.new_id()),
        party_id: Set(id),
        citizen_id: Set(citizen),
        authorised: Set("OWNER".to_owned()),
        since: Set(ctx.now()),
        ended_at: Set(None),
    };
    party_member::Entity::insert(member).exec_without_returning(tx).await?;
    Ok(Somebody { citizen, id })
}

/// A posting to be made.
#[derive(Clone, Debug)]
pub struct NewPosting {
    /// The hiring party.
    pub party: Uuid,
    /// The market.
    pub market: Option<Uuid>,
    /// Code of the trade.
    pub trade: &'static str,
    /// Confirms at once?
    pub instant: bool,
    /// Offered first to those who find work hard to get?
    pub priority: bool,
    /// Places of each shift.
    pub headcount: i32,
    /// The wage, fen, and its unit.
    pub wage: (i64, WageUnit),
    /// When it is paid.
    pub pay_day: PayDay,
    /// Shifts: from when, hours.
    pub shifts: Vec<(DateTime<Utc>, i64)>,
}

/// A posting, and its shifts.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The posting.
    pub id: Uuid,
    /// Its shifts.
    pub shifts: Vec<Uuid>,
}

/// Makes a published posting.
pub async fn new_posting(tx: &Tx, new: &NewPosting) -> Result<Posted, Fault> {
    let ctx = tx.ctx();
    let id = ctx.new_id();
    let ends = new.shifts.iter().map(|(from, hours)| *from + Duration::hours(*hours));
    let starts_at = new.shifts.iter().map(|(from, _)| *from).min().unwrap_or_else(|| ctx.now());
    let ends_at = ends.max().unwrap_or(starts_at);
    let places = new.headcount * i32::try_from(new.shifts.len()).unwrap_or(1);
    posting::Entity::insert(posting::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set(PostingStatus::Published),
        party_id: Set(new.party),
        market_id: Set(new.market),
        county: Set(XIAODIAN.to_owned()),
        kind: Set(PostingKind::OddJob),
        source: Set(PostingSource::Counter),
        engagement: Set(EngagementType::Temporary),
        trade: Set(new.trade.to_owned()),
        title: Set("砌围墙".to_owned()),
        duties: Set("砌围墙30米，抹灰".to_owned()),
        headcount: Set(places),
        wage_fen: Set(new.wage.0),
        wage_unit: Set(new.wage.1),
        pay_day: Set(new.pay_day),
        wage_order: Set(new.wage.0),
        place: Set("坞城路92号".to_owned()),
        cover: Set(AccidentCover::Commercial),
        needs_certificate: Set(false),
        instant: Set(new.instant),
        priority: Set(new.priority),
        valid_from: Set(ctx.today()),
        valid_until: Set(ctx.today() + chrono::Days::new(30)),
        starts_at: Set(starts_at),
        ends_at: Set(ends_at),
        closes_at: Set(starts_at),
        text_key: Set("-".to_owned()),
        submitted_at: Set(Some(ctx.now())),
        published_at: Set(Some(ctx.now())),
        last_confirmed_at: Set(ctx.now()),
        fresh_until: Set(ctx.now() + Duration::days(7)),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
        ..Default::default()
    })
    .exec_without_returning(tx)
    .await?;
    Ok(Posted { id, shifts: new_shifts(tx, id, new).await? })
}

async fn new_shifts(tx: &Tx, posting: Uuid, new: &NewPosting) -> Result<Vec<Uuid>, Fault> {
    let mut shifts = Vec::new();
    for (position, (from, hours)) in (0..).zip(&new.shifts) {
        let id = tx.ctx().new_id();
        let row = shift::ActiveModel {
            id: Set(id),
            posting_id: Set(posting),
            position: Set(position),
            starts_at: Set(*from),
            ends_at: Set(*from + Duration::hours(*hours)),
            break_minutes: Set(60),
            headcount: Set(new.headcount),
            taken: Set(0),
            open: Set(true),
            edition: Set(1),
        };
        shift::Entity::insert(row).exec_without_returning(tx).await?;
        shifts.push(id);
    }
    Ok(shifts)
}
