//! Builders for tests (测试工具): a house over a temporary directory, a clock that is moved by hand.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use kernel::checks::CitizenId;
use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::crypto::totp::{self, OtpHash};
use kernel::fault::{Fault, Stop};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::plugin::Manifest;
use kernel::{Actor, Ctx, Kernel, Lang, Pii, sms};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::citizens::notice;
use crate::{
    CitizenSignedIn, ConsentHow, ConsentInput, CreateAccount, HashedPassword, NewAccount, NewRole, PhoneCodePurpose,
    SignInCitizenInput, Source, WorkerInput, create_account, policy, request_phone_code, sign_in_citizen,
};

/// A password that both presets take, as long as no user name stands in it.
pub const PASSWORD: &str = "Bench-4-Two-Hall";
/// The second factor of accounts made here.
pub const SECRET: &[u8] = b"12345678901234567890";
/// The city of most tests.
pub const TAIYUAN: &str = "140100";

/// With `YIZHAN_STORIES_ON=postgres` the same stories run on the server that `scripts/with-postgres` started, each house
/// under names of its own; gives back the administrator's URL.
fn on_postgres(config: &mut Config) -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    if std::env::var("YIZHAN_STORIES_ON").as_deref() != Ok("postgres") {
        return None;
    }
    let url = std::env::var("YIZHAN_TEST_PG_ADMIN_URL").ok()?;
    config.database.prefix = format!("people{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    config.database.url.clone_from(&url);
    Some(url)
}

fn cities() -> [NewTenant; 2] {
    [("140100", "taiyuan", "太原市", "Taiyuan"), ("140200", "datong", "大同市", "Datong")].map(
        |(code, slug, name_zh, name_en)| NewTenant {
            code: code.to_owned(),
            slug: slug.to_owned(),
            name_zh: name_zh.to_owned(),
            name_en: name_en.to_owned(),
            hotline: None,
        },
    )
}

/// A house with the province and two cities, Taiyuan and Datong, in files.
pub struct House {
    /// The kernel.
    pub kernel: Arc<Kernel>,
    /// Its clock.
    pub clock: ManualClock,
    password: HashedPassword,
    admin: Option<String>,
}

impl House {
    /// Builds it under `dir`, with this chapter and `more`, at nine in the morning of 1 July 2026 in Taiyuan.
    pub async fn build(dir: &Path, more: Vec<Manifest>) -> Result<Self, Fault> {
        Self::with(dir, more, |_| {}).await
    }

    /// As [`House::build`], with other settings.
    pub async fn with(dir: &Path, more: Vec<Manifest>, set: impl FnOnce(&mut Config)) -> Result<Self, Fault> {
        let mut config = Config::load(None, std::iter::empty())?;
        config.data_dir = dir.to_path_buf();
        let admin = on_postgres(&mut config);
        set(&mut config);
        let clock = ManualClock::at(DateTime::from_timestamp(1_782_867_600, 0).unwrap_or_default());
        let mut manifests = vec![kernel::house::manifest(), crate::manifest()];
        manifests.extend(more);
        let kernel = Kernel::build(config, Arc::new(clock.clone()), RootKey::new([7; 32]), manifests);
        kernel.ensure_platform(admin.as_deref()).await?;
        for new in cities() {
            kernel.create_tenant(new, admin.as_deref()).await?;
        }
        Ok(Self { kernel, clock, password: HashedPassword::of(PASSWORD).await?, admin })
    }

    /// Sets the city of `code` up anew, empty; the province remembers the old one.
    pub async fn begin_anew(&self, code: &str) -> Result<(), Fault> {
        self.kernel.remove_tenant(code, self.admin.as_deref()).await?;
        for new in cities().into_iter().filter(|new| new.code == code) {
            self.kernel.create_tenant(new, self.admin.as_deref()).await?;
        }
        Ok(())
    }

    /// A stranger in the tenant of `code`.
    pub async fn stranger(&self, code: &str) -> Result<Ctx, Fault> {
        self.kernel.ctx(code, Actor::Anonymous, Lang::Zh).await
    }

    /// The house itself in the tenant of `code`.
    pub async fn itself(&self, code: &str) -> Result<Ctx, Fault> {
        self.kernel.ctx(code, Actor::System("test"), Lang::Zh).await
    }

    /// An account with these roles, [`PASSWORD`] and an enrolled second factor.
    pub async fn account(&self, code: &str, username: &str, roles: Vec<NewRole>) -> Result<Uuid, Fault> {
        let new = NewAccount {
            roles,
            password: Some(self.password.clone()),
            totp_secret: Some(SECRET.to_vec()),
            email: Some(format!("{username}@example.com").into()),
            department: Some("HRSS"),
            ..NewAccount::named(username, username)
        };
        self.new_account(code, new).await
    }

    /// Any account.
    pub async fn new_account(&self, code: &str, new: NewAccount) -> Result<Uuid, Fault> {
        let ctx = self.itself(code).await?;
        let made: Result<Uuid, Stop<CreateAccount>> =
            ctx.transact(&policy::CREATE_ACCOUNT, |tx| async move { create_account(&tx, new).await }).await;
        made.map_err(Stop::into_fault)
    }

    /// [`PASSWORD`], hashed once.
    #[must_use]
    pub fn password(&self) -> HashedPassword {
        self.password.clone()
    }

    /// The one-time code of [`SECRET`] at this moment.
    #[must_use]
    pub fn code(&self) -> String {
        use kernel::clock::Clock as _;
        let now: DateTime<Utc> = self.clock.now();
        totp::code_at(SECRET, OtpHash::Sha1, u64::try_from(now.timestamp()).unwrap_or_default())
    }
}

/// The newest code that went to a number in the city of `ctx`.
pub async fn code_sent(ctx: &Ctx, phone: &str) -> Result<String, Fault> {
    let missing = Fault::internal("find the code that was sent");
    let Some(index) = sms::index(ctx, &Pii::from(phone)).await? else { return Err(missing) };
    let newest = entities::sms::Entity::find()
        .filter(entities::sms::Column::PhoneIndex.eq(index))
        .filter(entities::sms::Column::Class.eq("CODE"))
        .order_by_desc(entities::sms::Column::Id)
        .one(&ctx.scope())
        .await?;
    let Some(row) = newest else { return Err(missing) };
    let text = sms::open(ctx, &row).await?.text;
    let digits = text.expose().split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned);
    digits.ok_or(missing)
}

/// Asks for a code as `ctx` and reads it where it came.
pub async fn code(ctx: &Ctx, phone: &str, purpose: PhoneCodePurpose) -> Result<String, Fault> {
    request_phone_code(ctx, phone, purpose, &Source::default()).await.map_err(Stop::into_fault)?;
    code_sent(ctx, phone).await
}

/// The notice that is in force.
#[must_use]
pub fn notice_version() -> &'static str {
    notice::current().version
}

/// Signs somebody in by telephone, as a stranger in the city of `ctx`.
pub async fn citizen(ctx: &Ctx, phone: &str) -> Result<CitizenSignedIn, Fault> {
    let stranger = ctx.as_actor(Actor::Anonymous);
    let input = SignInCitizenInput {
        phone: phone.to_owned(),
        code: code(&stranger, phone, PhoneCodePurpose::SignIn).await?,
        notice_version: notice_version().to_owned(),
        id_tail: None,
        not_mine: false,
    };
    sign_in_citizen(&stranger, input, &Source::default()).await.map_err(Stop::into_fault)
}

/// A valid citizen number of somebody born on a day (`1990-03-07`); an odd sequence is a man.
#[must_use]
pub fn id_number(born: &str, sequence: u32) -> String {
    let body = format!("140105{}{:03}", born.replace('-', ""), sequence % 1000);
    let checks = "0123456789X".chars().map(|check| format!("{body}{check}"));
    checks.into_iter().find(|number| CitizenId::parse(number).is_ok()).unwrap_or(body)
}

/// The form of somebody who lays bricks in Xiaodian, filled in by the person itself.
#[must_use]
pub fn worker(name: &str, id_number: &str, phone: &str) -> WorkerInput {
    WorkerInput {
        name: name.to_owned(),
        id_number: id_number.to_owned(),
        phone: phone.to_owned(),
        trades: vec!["瓦工".to_owned()],
        county: "140105".to_owned(),
        consent: ConsentInput {
            notice_version: notice_version().to_owned(),
            how: ConsentHow::Online,
            paper: None,
            witness: None,
            code: None,
        },
        radius_km: None,
        hours: None,
        point: None,
        steady_job: None,
        training: None,
        retirement_kind: None,
        certificates: None,
        from_card: None,
    }
}
