//! A house to test in: one platform, one city, a clock that stands still, and a chapter that writes settings.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use entities::{audit_entry, setting};
use kernel::clock::{Clock, ManualClock};
use kernel::config::Config;
use kernel::ctx::{AccountActor, Via};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::outbox::{Event, Listener};
use kernel::plugin::Manifest;
use kernel::policy::{Held, ScopeKind};
use kernel::sms::SmsConfig;
use kernel::worker::Worker;
use kernel::{Action, Actor, Ctx, Kernel, Lang, Text, Tx};
use sea_orm::{ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryOrder as _, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{fitting, switches, tasks};

/// The city.
pub(crate) const CITY: &str = "140100";
/// Another city.
pub(crate) const OTHER: &str = "140200";

/// What the tests do.
pub(crate) static WRITE: Action = Action::new("note", "write", "写", "Write");

static ACTIONS: &[&Action] = &[&WRITE];

kernel::refusals! {
    /// Why a note was not written.
    pub WriteNote => WriteNoteRefused, WriteNoteRefusalCode {
        /// It is not wanted.
        Unwanted { why: String } @ "text": "不要：{why}" / "Not wanted: {why}",
    }
}

/// A note was written.
#[derive(Serialize, Deserialize)]
pub(crate) struct NoteWritten {
    /// Which.
    pub(crate) id: Uuid,
}

impl Event for NoteWritten {
    const KIND: &'static str = "note.written";
    fn subject(&self) -> (&'static str, Uuid) {
        ("Note", self.id)
    }
}

/// A house under test.
pub(crate) struct House {
    pub(crate) kernel: Arc<Kernel>,
    pub(crate) clock: ManualClock,
    pub(crate) config: Config,
    pub(crate) admin: Option<String>,
    pub(crate) dir: Arc<TempDir>,
}

/// 2026-03-02 10:00 in Taiyuan.
pub(crate) fn morning() -> DateTime<Utc> {
    "2026-03-02T02:00:00Z".parse().unwrap()
}

pub(crate) fn root() -> RootKey {
    RootKey::new([7; 32])
}

/// While this setting stands, nobody hears of notes.
pub(crate) const AWAY: &str = "away";

fn manifest() -> Manifest {
    Manifest {
        name: "notes",
        title: Text::new("记事", "Notes"),
        switchable: false,
        root_fields: &[],
        migrations: Vec::new(),
        actions: ACTIONS,
        grants: &[],
        jobs: tasks::kinds(),
        listeners: vec![Listener::new::<NoteWritten, _, _>("notes.heard", |ctx, event: NoteWritten| async move {
            if setting::Entity::find_by_id(AWAY).one(&ctx.scope()).await?.is_some() {
                return Err(kernel::Fault::internal("reach the receiver"));
            }
            add(&ctx, &format!("heard:{}", event.id)).await
        })],
        personal: None,
    }
}

/// Counts a setting up.
pub(crate) async fn add(ctx: &Ctx, name: &str) -> Result<(), kernel::Fault> {
    let name = name.to_owned();
    let done: Result<(), kernel::Stop<kernel::Never>> = ctx
        .transact(&WRITE, |tx| async move {
            let old = setting::Entity::find_by_id(&name).one(&tx).await?;
            let count = old.as_ref().and_then(|o| o.value.as_i64()).unwrap_or_default();
            if old.is_some() {
                setting::Entity::delete_by_id(&name).exec(&tx).await?;
            }
            Ok(put(&tx, &name, json!(count + 1)).await?)
        })
        .await;
    done.map_err(kernel::Stop::into_fault)
}

/// Writes a setting.
pub(crate) async fn put(tx: &Tx, name: &str, value: serde_json::Value) -> Result<(), kernel::Fault> {
    let row = setting::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value),
        changed_at: Set(tx.ctx().now()),
        changed_by: Set(None),
    };
    setting::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl House {
    /// On SQLite.
    pub(crate) async fn sqlite() -> Self {
        Self::with(None, |_| {}).await
    }

    /// On PostgreSQL, where there is one.
    pub(crate) async fn postgres() -> Option<Self> {
        let admin = std::env::var("YIZHAN_TEST_PG_ADMIN_URL").ok()?;
        Some(Self::with(Some(admin), |_| {}).await)
    }

    /// With other settings.
    pub(crate) async fn with(admin: Option<String>, change: impl FnOnce(&mut Config)) -> Self {
        let house = Self::bare(admin, change).await;
        house.city(CITY, "taiyuan").await;
        house
    }

    /// A platform without a city.
    pub(crate) async fn bare(admin: Option<String>, change: impl FnOnce(&mut Config)) -> Self {
        let dir = TempDir::new().unwrap();
        let mut config = Config::load(None, std::iter::empty()).unwrap();
        config.data_dir = dir.path().to_owned();
        if let Some(admin) = &admin {
            let at = admin.rfind('@').map_or("//".len() + admin.find("//").unwrap(), |i| i + 1);
            config.database.url = format!("postgres://{}", admin.get(at..).unwrap());
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            config.database.prefix = format!("k{}_{number}_", std::process::id());
        }
        change(&mut config);
        let clock = ManualClock::at(morning());
        let kernel = build(&config, &clock);
        kernel.ensure_platform(admin.as_deref()).await.unwrap();
        Self { kernel, clock, config, admin, dir: Arc::new(dir) }
    }

    /// One more city.
    pub(crate) async fn city(&self, code: &str, slug: &str) {
        let new = NewTenant {
            code: code.to_owned(),
            slug: slug.to_owned(),
            name_zh: "某市".to_owned(),
            name_en: "City".to_owned(),
            hotline: None,
        };
        self.kernel.create_tenant(new, self.admin.as_deref()).await.unwrap();
    }

    /// The same data and clock, with another mail server.
    pub(crate) fn with_mail_port(mut self, port: u16) -> Self {
        self.config.mail.port = port;
        self.kernel = build(&self.config, &self.clock);
        self
    }

    /// The same data and clock, with another gateway for text messages.
    pub(crate) fn with_sms(mut self, change: impl FnOnce(&mut SmsConfig)) -> Self {
        change(&mut self.config.sms);
        self.kernel = build(&self.config, &self.clock);
        self
    }

    /// A second process over the same data.
    pub(crate) fn neighbour(&self) -> Arc<Kernel> {
        build(&self.config, &self.clock)
    }

    pub(crate) async fn ctx(&self) -> Ctx {
        self.ctx_in(CITY).await
    }

    pub(crate) async fn ctx_in(&self, code: &str) -> Ctx {
        self.kernel.ctx(code, Actor::System("test"), Lang::Zh).await.unwrap()
    }

    pub(crate) fn worker(&self) -> Worker {
        Worker::new(Arc::clone(&self.kernel), "w1".to_owned())
    }

    /// A connection past all our rules, as the owner of the machine has one.
    pub(crate) async fn raw(&self, code: &str) -> Raw {
        match &self.admin {
            None => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(self.kernel.store.file(code).unwrap())
                    .foreign_keys(false);
                Raw::Sqlite(sqlx::ConnectOptions::connect(&options).await.unwrap())
            }
            Some(admin) => {
                let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(admin).await.unwrap();
                let path = format!("SET search_path = {}t_{code}", self.config.database.prefix);
                sqlx::raw_sql(sqlx::AssertSqlSafe(path)).execute(&mut connection).await.unwrap();
                // Neither triggers nor foreign keys.
                sqlx::raw_sql("SET session_replication_role = replica").execute(&mut connection).await.unwrap();
                Raw::Postgres(connection)
            }
        }
    }

    /// A connection of the tables' owner, who is bound by triggers.
    pub(crate) async fn owner(&self, code: &str) -> Raw {
        match self.raw(code).await {
            Raw::Postgres(mut connection) => {
                let role =
                    format!("RESET session_replication_role; SET ROLE {}t_{code}_ddl", self.config.database.prefix);
                sqlx::raw_sql(sqlx::AssertSqlSafe(role)).execute(&mut connection).await.unwrap();
                Raw::Postgres(connection)
            }
            sqlite @ Raw::Sqlite(_) => sqlite,
        }
    }

    /// A connection as the application has it (PostgreSQL only).
    pub(crate) async fn application(&self, code: &str) -> Raw {
        let role = format!("{}t_{code}_app", self.config.database.prefix);
        let options: sqlx::postgres::PgConnectOptions = self.config.database.url.parse().unwrap();
        let options = options.username(&role).password(&root().derive_text(&format!("postgres:{role}:1")));
        Raw::Postgres(sqlx::ConnectOptions::connect(&options).await.unwrap())
    }

    /// Removes what would be left behind in PostgreSQL.
    pub(crate) async fn close(self) {
        if self.admin.is_some() {
            for code in self.kernel.tenant_codes().await.unwrap() {
                self.kernel.store.remove(&code, self.admin.as_deref()).await.unwrap();
            }
        }
    }
}

pub(crate) fn build(config: &Config, clock: &ManualClock) -> Arc<Kernel> {
    build_by(config, Arc::new(clock.clone()))
}

/// A kernel of a newer build, with a migration more.
pub(crate) fn build_newer(config: &Config, clock: &ManualClock) -> Arc<Kernel> {
    let mut notes = manifest();
    notes.migrations.push(fitting::LATER);
    let chapters = vec![kernel::house::manifest(), notes];
    Kernel::build_with(config.clone(), Arc::new(clock.clone()), root(), chapters, switches::plugins())
}

/// A kernel under another root key.
pub(crate) fn build_under(config: &Config, clock: &ManualClock, root: RootKey) -> Arc<Kernel> {
    let chapters = vec![kernel::house::manifest(), manifest()];
    Kernel::build_with(config.clone(), Arc::new(clock.clone()), root, chapters, switches::plugins())
}

/// A kernel by any clock.
pub(crate) fn build_by(config: &Config, clock: Arc<dyn Clock>) -> Arc<Kernel> {
    let chapters = vec![kernel::house::manifest(), manifest()];
    Kernel::build_with(config.clone(), clock, root(), chapters, switches::plugins())
}

/// A connection past all our rules.
pub(crate) enum Raw {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Raw {
    /// Takes the triggers away; in PostgreSQL they rest already.
    pub(crate) async fn without_triggers(&mut self) {
        if matches!(self, Self::Sqlite(_)) {
            for name in
                ["audit_entry_no_update", "audit_entry_no_delete", "audit_seal_no_update", "audit_seal_no_delete"]
            {
                self.run(&format!("DROP TRIGGER {name}")).await.unwrap();
            }
        }
    }

    /// Runs statements.
    pub(crate) async fn run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(c) => sqlx::raw_sql(sql).execute(c).await.map(|_| ()),
            Self::Postgres(c) => sqlx::raw_sql(sql).execute(c).await.map(|_| ()),
        }
    }
}

/// A bureau officer of the city.
pub(crate) async fn officer(house: &House, number: u128) -> Ctx {
    account(house, number, &["bureau_officer"]).await
}

/// Somebody with these roles in the city.
pub(crate) async fn account(house: &House, number: u128, roles: &[&str]) -> Ctx {
    let held = roles.iter().map(|role| Held {
        role: (*role).to_owned(),
        kind: ScopeKind::City,
        key: String::new(),
        until: None,
    });
    let actor = Actor::Account(AccountActor {
        id: Uuid::from_u128(number),
        username: format!("user{number}"),
        held: held.collect(),
        via: Via::Session(Uuid::from_u128(number)),
        restricted: false,
    });
    house.kernel.ctx(CITY, actor, Lang::Zh).await.unwrap()
}

/// The value of a setting.
pub(crate) async fn value(ctx: &Ctx, name: &str) -> Option<serde_json::Value> {
    setting::Entity::find_by_id(name).one(&ctx.scope()).await.unwrap().map(|r| r.value)
}

/// The entries of the audit, in order.
pub(crate) async fn entries(ctx: &Ctx) -> Vec<audit_entry::Model> {
    audit_entry::Entity::find().order_by_asc(audit_entry::Column::Id).all(&ctx.scope()).await.unwrap()
}

/// How many rows a table has.
pub(crate) async fn rows<E: sea_orm::EntityTrait<Model: Sync>>(ctx: &Ctx) -> u64 {
    E::find().count(&ctx.scope()).await.unwrap()
}

/// What a message of the database says.
pub(crate) fn says<T: std::fmt::Debug>(result: Result<T, sea_orm::DbErr>) -> String {
    result.unwrap_err().to_string()
}

/// A raw statement, which nothing may run.
pub(crate) fn raw_statement(connection: &impl ConnectionTrait) -> sea_orm::Statement {
    sea_orm::Statement::from_string(connection.get_database_backend(), "SELECT 1")
}

/// Makes one test per back end out of an async function that takes a [`House`].
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::support::House::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let Some(house) = $crate::support::House::postgres().await else { return };
                super::$name(house).await;
            })*
        }
    };
}
