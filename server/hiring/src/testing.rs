//! Builders for tests (测试工具): a house with this chapter and one city, and the people whom postings are about.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_graphql::ID;
use chrono::{DateTime, Duration, FixedOffset};
use entities::{agency, citizen, hiring_party, party_member, worker};
use kernel::clock::{ManualClock, shanghai};
use kernel::config::{Config, DEFAULT_FILE};
use kernel::ctx::CitizenActor;
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::plugin::Manifest;
use kernel::policy::ScopeKind;
use kernel::{Actor, Ctx, Fault, Kernel, Lang, Never, Pii, Stop, Tx};
use markets::testing::{CITY, officer, on_postgres};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use crate::forms::{PostingInput, ShiftInput};
use crate::kinds::{EngagementStatus, Side, WageUnit};
use crate::policy;
use crate::rows::{engagement, posting, shift};

/// The county of the tests: Xiaodian.
pub const COUNTY: &str = "140105";

/// What the chapter stands on, and the chapter.
fn manifests() -> Vec<Manifest> {
    vec![kernel::house::manifest(), people::manifest(), markets::manifest(), cases::manifest(), crate::manifest()]
}

/// A house with one city in `dir`, at 2026-11-23 10:00 in Shanghai, a Monday; on PostgreSQL where the stories are asked for there.
pub async fn house(dir: &Path) -> Result<(Arc<Kernel>, ManualClock), Fault> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let admin = on_postgres();
    let mut config = Config::load(Some(DEFAULT_FILE), std::iter::empty())?;
    config.data_dir = dir.to_path_buf();
    if let Some(url) = &admin {
        config.database.url.clone_from(url);
        config.database.prefix = format!("hiring{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    }
    let clock = ManualClock::at("2026-11-23T02:00:00Z".parse().map_err(Fault::of("read a time"))?);
    let kernel = Kernel::build(config, Arc::new(clock.clone()), RootKey::new([7; 32]), manifests());
    markets::teach(&kernel);
    kernel.ensure_platform(admin.as_deref()).await?;
    let city = NewTenant {
        code: CITY.to_owned(),
        slug: "taiyuan".to_owned(),
        name_zh: "太原市".to_owned(),
        name_en: "Taiyuan".to_owned(),
        hotline: None,
    };
    kernel.create_tenant(city, admin.as_deref()).await?;
    Ok((kernel, clock))
}

/// A request of somebody.
pub async fn by(kernel: &Arc<Kernel>, actor: Actor) -> Result<Ctx, Fault> {
    kernel.ctx(CITY, actor, Lang::Zh).await
}

/// The bureau's officer.
#[must_use]
pub fn bureau() -> Actor {
    officer("bureau_officer", ScopeKind::City, "")
}

/// The manager of an agency.
#[must_use]
pub fn manager(agency: Uuid) -> Actor {
    officer("agency_manager", ScopeKind::Agency, &agency.to_string())
}

/// Changes the store of the tests.
pub async fn arrange<T, F, Fut>(ctx: &Ctx, change: F) -> Result<T, Fault>
where
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T, Fault>>,
{
    let done: Result<T, Stop<Never>> =
        ctx.transact(&policy::KEEP, |tx| async move { change(tx).await.map_err(Stop::Fault) }).await;
    done.map_err(Stop::into_fault)
}

async fn insert<A>(ctx: &Ctx, row: A) -> Result<(), Fault>
where
    A: sea_orm::ActiveModelTrait,
{
    arrange(ctx, |tx| async move { Ok(A::Entity::insert(row).exec_without_returning(&tx).await.map(|_| ())?) }).await
}

/// A hiring party to be made (用工主体).
#[derive(Clone, Debug)]
pub struct NewParty {
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its state.
    pub status: &'static str,
    /// In the fast lane?
    pub fast: bool,
    /// With a signed pledge?
    pub pledged: bool,
    /// Whose lead it is.
    pub agency: Option<Uuid>,
    /// The market that registered it.
    pub market: Option<Uuid>,
    /// Its credit code.
    pub uscc: Option<String>,
}

impl NewParty {
    /// A verified enterprise.
    #[must_use]
    pub fn verified(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: "ENTERPRISE",
            status: "VERIFIED",
            fast: false,
            pledged: true,
            agency: None,
            market: None,
            uscc: None,
        }
    }

    /// The same, in the fast lane.
    #[must_use]
    pub fn fast(name: &str) -> Self {
        Self { fast: true, ..Self::verified(name) }
    }

    /// A verified enterprise that an agency brought.
    #[must_use]
    pub fn lead(name: &str, agency: Uuid) -> Self {
        Self { agency: Some(agency), ..Self::verified(name) }
    }
}

/// Makes a hiring party; its id.
pub async fn party(ctx: &Ctx, new: NewParty) -> Result<Uuid, Fault> {
    let (ring, id, now) = (ctx.keys().await?, ctx.new_id(), ctx.now());
    let (name, phone): (Pii<String>, Pii<String>) = ("李建国".to_owned().into(), "13800138000".to_owned().into());
    let row = hiring_party::ActiveModel {
        id: Set(id),
        version: Set(1),
        kind: Set(new.kind.to_owned()),
        status: Set(new.status.to_owned()),
        status_reason: Set(None),
        display_name: Set(new.name),
        name: Set(None),
        uscc: Set(new.uscc),
        citizen_id: Set(None),
        contact_name: Set(ring.seal("hiring_party", "contact_name", id, &name)?),
        contact_phone: Set(ring.seal("hiring_party", "contact_phone", id, &phone)?),
        contact_index: Set(ring.blind("hiring_party.contact_phone", &phone)),
        county: Set(COUNTY.to_owned()),
        address: Set(None),
        market_id: Set(new.market),
        agency_id: Set(new.agency),
        registered_by: Set(None),
        fast_lane: Set(new.fast),
        fast_lane_lost_until: Set(None),
        verified_on: Set((new.status == "VERIFIED").then(|| ctx.today())),
        verified_by: Set(None),
        rechecked_on: Set(None),
        pledge_version: Set(new.pledged.then(|| "2026-1".to_owned())),
        pledged_at: Set(new.pledged.then_some(now)),
        last_confirmed_at: Set(now),
        created_at: Set(now),
        updated_at: Set(now),
    };
    insert(ctx, row).await?;
    Ok(id)
}

/// Makes a citizen who acts for a party.
pub async fn member(ctx: &Ctx, party: Uuid) -> Result<Actor, Fault> {
    let citizen = citizen(ctx).await?;
    let row = party_member::ActiveModel {
        id: Set(ctx.new_id()),
        party_id: Set(party),
        citizen_id: Set(citizen),
        authorised: Set("OWNER".to_owned()),
        since: Set(ctx.now()),
        ended_at: Set(None),
    };
    insert(ctx, row).await?;
    Ok(Actor::Citizen(CitizenActor { id: citizen, session: Uuid::nil() }))
}

/// Makes a citizen; its id.
pub async fn citizen(ctx: &Ctx) -> Result<Uuid, Fault> {
    let (id, now) = (ctx.new_id(), ctx.now());
    let row = citizen::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        phone: Set(None),
        phone_index: Set(None),
        phone_proved_at: Set(None),
        name: Set(None),
        id_number: Set(None),
        id_index: Set(None),
        birth_year: Set(Some(1980)),
        sex: Set(None),
        lang: Set("zh".to_owned()),
        notice_version: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    insert(ctx, row).await?;
    Ok(id)
}

/// Makes a worker who looks for work; its id.
pub async fn worker(ctx: &Ctx, name_masked: &str) -> Result<Uuid, Fault> {
    let (id, now) = (ctx.new_id(), ctx.now());
    let row = worker::ActiveModel {
        id: Set(id),
        citizen_id: Set(citizen(ctx).await?),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        source: Set("COUNTER".to_owned()),
        market_id: Set(None),
        registered_by: Set(None),
        name_masked: Set(name_masked.to_owned()),
        county: Set(COUNTY.to_owned()),
        lat: Set(None),
        lng: Set(None),
        radius_km: Set(10),
        hours: Set(15),
        steady_job: Set(false),
        training: Set(false),
        looking_until: Set(Some(now + Duration::days(7))),
        last_confirmed_at: Set(now),
        age_band: Set("ADULT".to_owned()),
        over_age_from: Set(None),
        points: Set(0),
        places_given: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
    };
    insert(ctx, row).await?;
    Ok(id)
}

/// Makes an agency whose licence for job intermediation is good for a year; its id.
pub async fn agency(ctx: &Ctx, name: &str) -> Result<Uuid, Fault> {
    let (id, now) = (ctx.new_id(), ctx.now());
    let row = agency::ActiveModel {
        id: Set(id),
        licence_no: Set(format!("1401{}", name.chars().count())),
        licence_key: Set(format!("key:{name}")),
        name: Set(name.to_owned()),
        entered_at: Set(now),
        uscc: Set(None),
        county: Set(Some(COUNTY.to_owned())),
        issuer: Set(None),
        scope: Set(json!(["JOB_INTERMEDIATION"])),
        issued_on: Set(None),
        expires_on: Set(Some(ctx.today() + Duration::days(365))),
        verified_at: Set(Some(now)),
        verified_by: Set(None),
        verified_in: Set(Some(CITY.to_owned())),
        status: Set("VALID".to_owned()),
        status_since: Set(None),
        status_reason: Set(None),
        status_article: Set(None),
        status_by: Set(None),
        home: Set(Some(CITY.to_owned())),
        amended_at: Set(Some(now)),
        status_at: Set(None),
        version: Set(1),
    };
    insert(ctx, row).await?;
    Ok(id)
}

/// Registers and lists a public market; its id.
pub async fn market(bureau: &Ctx, name: &str) -> Result<Uuid, Fault> {
    market_of(bureau, markets::testing::market(name)).await
}

/// The same, of a form.
pub async fn market_of(bureau: &Ctx, input: markets::MarketInput) -> Result<Uuid, Fault> {
    let made = markets::register_market(bureau, input, None).await.map_err(Stop::into_fault)?;
    markets::list_market(bureau, made.id, made.version, None).await.map_err(Stop::into_fault)?;
    Ok(made.id)
}

/// A moment in Shanghai: so many days from today, at this hour.
#[must_use]
pub fn at(ctx: &Ctx, days: i64, hour: i64) -> DateTime<FixedOffset> {
    let midnight = ctx.today().and_time(chrono::NaiveTime::MIN) + Duration::days(days) + Duration::hours(hour);
    midnight.and_local_timezone(shanghai()).single().unwrap_or_default()
}

/// A shift from six to fifteen with an hour of rest, so many days from today.
#[must_use]
pub fn shift_in(ctx: &Ctx, days: i64, headcount: i32) -> ShiftInput {
    ShiftInput { starts_at: at(ctx, days, 6), ends_at: at(ctx, days, 15), headcount, break_minutes: Some(60) }
}

/// Tomorrow's posting of a party: porters for two hundred yuan a day.
#[must_use]
pub fn form(ctx: &Ctx, party: Uuid) -> PostingInput {
    PostingInput {
        party_id: ctx.gid("HiringParty", party),
        trade: "搬运工".to_owned(),
        duties: "搬运水果，装车卸车".to_owned(),
        place: "坞城路1号仓库".to_owned(),
        wage_fen: 20_000,
        wage_unit: WageUnit::Day,
        shifts: vec![shift_in(ctx, 1, 10)],
        title: None,
        conditions: None,
        pay_text: None,
        kind: None,
        source: None,
        engagement: None,
        pay_day: None,
        county: None,
        market_id: None,
        point: None,
        cover: None,
        needs_certificate: None,
        instant: None,
        priority: None,
        valid_from: None,
        valid_until: None,
    }
}

/// The same at a market.
#[must_use]
pub fn form_at(ctx: &Ctx, party: Uuid, market: Uuid) -> PostingInput {
    PostingInput { market_id: Some(ID(ctx.gid("Market", market).to_string())), ..form(ctx, party) }
}

/// Enters a posting and hands it in, as somebody; its id.
pub async fn posted(ctx: &Ctx, input: PostingInput) -> Result<Uuid, Fault> {
    let which = markets::Which { id: None, version: None };
    let made = crate::save_posting(ctx, which, input, None).await.map_err(Stop::into_fault)?;
    crate::submit_posting(ctx, made.id, made.version, None).await.map_err(Stop::into_fault)?;
    Ok(made.id)
}

/// Puts a worker into a state with a posting's first shift; places that are taken are counted.
pub async fn engaged(ctx: &Ctx, id: Uuid, worker: Uuid, status: EngagementStatus) -> Result<Uuid, Fault> {
    use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _};
    let row = posting::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let first = shift::Entity::find().filter(shift::Column::PostingId.eq(id)).order_by_asc(shift::Column::StartsAt);
    let first = first.one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let (new, now) = (ctx.new_id(), ctx.now());
    let holds = !matches!(status, EngagementStatus::Applied | EngagementStatus::Standby | EngagementStatus::Contacted);
    let deal = engagement::ActiveModel {
        id: Set(new),
        version: Set(1),
        posting_id: Set(id),
        shift_id: Set(first.id),
        worker_id: Set(Some(worker)),
        party_id: Set(row.party_id),
        market_id: Set(row.market_id),
        status: Set(status),
        starts_at: Set(first.starts_at),
        ends_at: Set(first.ends_at),
        entered_by: Set(Side::Staff),
        age_band: Set("ADULT".to_owned()),
        wage_fen: Set(row.wage_fen),
        wage_unit: Set(row.wage_unit),
        pay_day: Set(row.pay_day),
        late: Set(false),
        applied_at: Set(now),
        confirmed_at: Set(holds.then_some(now)),
        arrival_tries: Set(0),
        ..<engagement::ActiveModel as Default>::default()
    };
    arrange(ctx, |tx| async move {
        engagement::Entity::insert(deal).exec_without_returning(&tx).await?;
        if holds {
            let taken =
                shift::ActiveModel { taken: Set(first.taken + 1), ..<shift::ActiveModel as Default>::default() };
            shift::Entity::update_many().set(taken).filter(shift::Column::Id.eq(first.id)).exec(&tx).await?;
        }
        Ok(())
    })
    .await?;
    Ok(new)
}
