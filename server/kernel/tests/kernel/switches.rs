//! Plugins: switched and set per city and market, resting while they are off, gone when they are purged.

use std::sync::Arc;

use chrono::Duration;
use entities::{audit_entry, job, plugin_state};
use kernel::jobs::{Job, JobEnd, JobKind};
use kernel::outbox::Listener;
use kernel::plugin::{ConfigKind, Manifest, Plugin};
use kernel::plugins::{
    self, DisablePlugin, EnablePlugin, PurgePlugin, Source, State, disable_plugin, enable_plugin, purge_plugin,
};
use kernel::{Ctx, Fault, Never, Stop, Text};
use migrations::{Migration, MigrationSet, Step, table};
use schemars::JsonSchema;
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::support::{CITY, House, NoteWritten, OTHER, WRITE, account, put, rows, value};

on_both! {
    a_plugin_is_off_until_it_is_switched_on_and_a_market_can_leave_it_off,
    what_another_plugin_needs_is_switched_on_first_and_off_last,
    settings_are_laid_over_each_other_and_bad_ones_are_refused,
    a_plugin_that_is_off_rests_and_takes_up_its_work_when_it_is_on_again,
    a_purged_plugin_has_left_nothing_and_can_begin_again,
    a_plugin_whose_check_fails_is_degraded_and_recovers,
    only_the_system_administrator_switches,
    its_root_fields_are_hidden_while_it_is_off,
}

/// Settings of the plugin under test.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Weather {
    degrees: i32,
    warn: bool,
}

impl Default for Weather {
    fn default() -> Self {
        Self { degrees: 35, warn: true }
    }
}

#[derive(Serialize, Deserialize)]
struct Look {}

impl Job for Look {
    const KIND: &'static str = "weather.look";
}

const SET: MigrationSet = MigrationSet {
    owner: "weather",
    migrations: &[Migration {
        name: "0001_weather",
        steps: || {
            vec![
                Step::Create(table("p_weather_station").id().text("name")),
                Step::Create(table("p_weather_reading").id().uuid("station_id").to("p_weather_station").int("degrees")),
            ]
        },
    }],
};

/// The plugins of the house under test.
pub(crate) fn plugins() -> Vec<Plugin> {
    let manifest = |name, fields| Manifest {
        name,
        title: Text::new("天气", "Weather"),
        switchable: true,
        root_fields: fields,
        migrations: Vec::new(),
        actions: &[],
        grants: &[],
        jobs: Vec::new(),
        listeners: Vec::new(),
        personal: None,
    };
    let mut weather = Plugin::new(Manifest {
        migrations: vec![SET],
        jobs: vec![JobKind::new::<Look, _, _>(Text::new("看天", "Look"), |run, _| async move {
            mark(&run.ctx, "looked").await?;
            Ok(JobEnd::Done(None))
        })],
        listeners: vec![Listener::new::<NoteWritten, _, _>("weather.heard", |ctx, _: NoteWritten| async move {
            mark(&ctx, "weather heard").await
        })],
        ..manifest("weather", &["weather"])
    });
    weather.config = Some(ConfigKind::of::<Weather>());
    weather.check = Some(Arc::new(|ctx| Box::pin(check(ctx))));
    weather.may_purge = Some(Arc::new(|ctx| Box::pin(may_purge(ctx))));
    let mut alarm = Plugin::new(manifest("alarm", &["alarm"]));
    alarm.needs = &["weather"];
    vec![weather, alarm]
}

async fn mark(ctx: &Ctx, name: &'static str) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, name, json!(1)).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}

async fn check(ctx: Ctx) -> Result<(), Fault> {
    match value(&ctx, "storm").await {
        Some(_) => panic!("the station was blown away"),
        None => Ok(()),
    }
}

async fn may_purge(ctx: Ctx) -> Result<(), Fault> {
    match value(&ctx, "open case").await {
        Some(_) => Err(Fault::internal("purge: a case is open")),
        None => Ok(()),
    }
}

const MARKET: Uuid = Uuid::from_u128(1);

fn refusal<R: std::fmt::Debug>(result: Result<(), Stop<R>>) -> R {
    match result {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn on(ctx: &Ctx, name: &str, market: Option<Uuid>) {
    enable_plugin(ctx, name, market, None, None).await.unwrap();
}

async fn a_plugin_is_off_until_it_is_switched_on_and_a_market_can_leave_it_off(house: House) {
    house.city(OTHER, "datong").await;
    let ctx = house.ctx().await;
    assert!(matches!(plugins::require(&ctx, "weather", None).await, Err(Fault::PluginDisabled("weather"))));
    assert_eq!(refusal(enable_plugin(&ctx, "weather", Some(MARKET), None, None).await), EnablePlugin::OffInTenant);
    on(&ctx, "weather", None).await;
    plugins::require(&ctx, "weather", None).await.unwrap();
    plugins::require(&ctx, "weather", Some(MARKET)).await.unwrap();
    disable_plugin(&ctx, "weather", Some(MARKET), "不需要", None).await.unwrap();
    assert!(!plugins::enabled(&ctx, "weather", Some(MARKET)).await.unwrap());
    assert!(plugins::enabled(&ctx, "weather", Some(Uuid::from_u128(2))).await.unwrap());
    assert_eq!(refusal(disable_plugin(&ctx, "weather", None, " ", None).await), DisablePlugin::NoReason);
    disable_plugin(&ctx, "weather", None, "停用", None).await.unwrap();
    assert_eq!(refusal(disable_plugin(&ctx, "weather", None, "再停", None).await), DisablePlugin::NotOn);
    assert!(!plugins::enabled(&house.ctx_in(OTHER).await, "weather", None).await.unwrap(), "one city is not another");
    let entry = audit_entry::Entity::find().order_by_desc(audit_entry::Column::Id).one(&ctx.scope()).await.unwrap();
    assert_eq!(entry.unwrap().operation, "plugin.switch");
    // A chapter cannot be switched off.
    assert!(plugins::enabled(&ctx, "notes", None).await.unwrap());
    assert!(matches!(disable_plugin(&ctx, "notes", None, "x", None).await, Err(Stop::Fault(Fault::NotFound))));
    house.close().await;
}

async fn what_another_plugin_needs_is_switched_on_first_and_off_last(house: House) {
    let ctx = house.ctx().await;
    let needs = EnablePlugin::Needs { plugin: "weather".to_owned() };
    assert_eq!(refusal(enable_plugin(&ctx, "alarm", None, None, None).await), needs);
    on(&ctx, "weather", None).await;
    on(&ctx, "alarm", None).await;
    let needed = DisablePlugin::NeededBy { plugin: "alarm".to_owned() };
    assert_eq!(refusal(disable_plugin(&ctx, "weather", None, "停", None).await), needed);
    disable_plugin(&ctx, "alarm", None, "停", None).await.unwrap();
    disable_plugin(&ctx, "weather", None, "停", None).await.unwrap();
    house.close().await;
}

async fn settings_are_laid_over_each_other_and_bad_ones_are_refused(house: House) {
    let ctx = house.ctx().await;
    enable_plugin(&ctx, "weather", None, Some(json!({"degrees": 30})), None).await.unwrap();
    enable_plugin(&ctx, "weather", Some(MARKET), Some(json!({"warn": false})), None).await.unwrap();
    let city: Weather = plugins::config(&ctx, "weather", None).await.unwrap();
    let market: Weather = plugins::config(&ctx, "weather", Some(MARKET)).await.unwrap();
    assert_eq!((city.degrees, city.warn, market.degrees, market.warn), (30, true, 30, false));
    let told: Vec<_> = plugins::explain_config(&ctx, "weather", Some(MARKET)).await.unwrap();
    let told: Vec<_> = told.into_iter().map(|s| (s.key, s.source)).collect();
    assert_eq!(told, [("degrees".to_owned(), Source::Tenant), ("warn".to_owned(), Source::Market)]);
    for bad in [json!({"degrees": "hot"}), json!({"colour": 1}), json!([1]), json!(3)] {
        let refused = refusal(enable_plugin(&ctx, "weather", None, Some(bad.clone()), None).await);
        assert!(matches!(refused, EnablePlugin::BadConfig { .. }), "{bad}");
    }
    // Switching off and on keeps the settings.
    disable_plugin(&ctx, "weather", None, "停", None).await.unwrap();
    on(&ctx, "weather", None).await;
    assert_eq!(plugins::config::<Weather>(&ctx, "weather", None).await.unwrap().degrees, 30);
    house.close().await;
}

async fn a_plugin_that_is_off_rests_and_takes_up_its_work_when_it_is_on_again(house: House) {
    let ctx = house.ctx().await;
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.enqueue(&Look {})?;
            tx.announce(&NoteWritten { id: tx.ctx().new_id() })?;
            Ok(())
        })
        .await;
    done.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!((value(&ctx, "looked").await, value(&ctx, "weather heard").await), (None, None));
    let resting =
        job::Entity::find().filter(job::Column::Kind.eq("weather.look")).one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((resting.status.as_str(), resting.attempts), ("QUEUED", 0), "resting is no attempt");
    on(&ctx, "weather", None).await;
    house.clock.advance(Duration::hours(1));
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(value(&ctx, "looked").await, Some(json!(1)));
    assert_eq!(value(&ctx, "weather heard").await, Some(json!(1)));
    house.close().await;
}

async fn stations(ctx: &Ctx) -> usize {
    let query = Query::select().column(Alias::new("id")).from(Alias::new("p_weather_station")).to_owned();
    ctx.scope().query_all(&query).await.unwrap().len()
}

async fn add_station(ctx: &Ctx) {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            let (id, reading) = (tx.ctx().new_id(), tx.ctx().new_id());
            let station = Query::insert()
                .into_table(Alias::new("p_weather_station"))
                .columns([Alias::new("id"), Alias::new("name")])
                .values_panic([id.into(), "南站".into()])
                .to_owned();
            tx.execute(&station).await?;
            let reading = Query::insert()
                .into_table(Alias::new("p_weather_reading"))
                .columns([Alias::new("id"), Alias::new("station_id"), Alias::new("degrees")])
                .values_panic([reading.into(), id.into(), 30.into()])
                .to_owned();
            tx.execute(&reading).await?;
            Ok(())
        })
        .await;
    done.unwrap();
}

async fn a_purged_plugin_has_left_nothing_and_can_begin_again(house: House) {
    let ctx = house.ctx().await;
    enable_plugin(&ctx, "weather", None, Some(json!({"degrees": 1})), None).await.unwrap();
    add_station(&ctx).await;
    assert_eq!(refusal(purge_plugin(&ctx, "weather", None).await), PurgePlugin::NotDisabled);
    disable_plugin(&ctx, "weather", None, "停", None).await.unwrap();
    assert_eq!(stations(&ctx).await, 1, "switching off keeps the data");
    mark(&ctx, "open case").await.unwrap();
    assert_eq!(refusal(purge_plugin(&ctx, "weather", None).await), PurgePlugin::MustStay);
    assert_eq!(stations(&ctx).await, 1);
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            entities::setting::Entity::delete_by_id("open case").exec(&tx).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    purge_plugin(&ctx, "weather", None).await.unwrap();
    assert_eq!((stations(&ctx).await, plugins::state(&ctx, "weather", None).await.unwrap()), (0, State::Purged));
    assert_eq!(rows::<plugin_state::Entity>(&ctx).await, 1);
    on(&ctx, "weather", None).await;
    assert_eq!(plugins::config::<Weather>(&ctx, "weather", None).await.unwrap().degrees, 35, "as it first was");
    add_station(&ctx).await;
    assert_eq!(stations(&ctx).await, 1);
    house.close().await;
}

async fn a_plugin_whose_check_fails_is_degraded_and_recovers(house: House) {
    let ctx = house.ctx().await;
    on(&ctx, "weather", None).await;
    house.worker().drain(CITY).await.unwrap();
    mark(&ctx, "storm").await.unwrap();
    house.clock.advance(Duration::minutes(11));
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(plugins::state(&ctx, "weather", None).await.unwrap(), State::Degraded);
    assert!(plugins::enabled(&ctx, "weather", None).await.unwrap(), "degraded is on");
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            entities::setting::Entity::delete_by_id("storm").exec(&tx).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    house.clock.advance(Duration::minutes(11));
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(plugins::state(&ctx, "weather", None).await.unwrap(), State::Enabled);
    house.close().await;
}

async fn only_the_system_administrator_switches(house: House) {
    let officer = account(&house, 1, &["bureau_officer", "security_admin"]).await;
    assert!(matches!(enable_plugin(&officer, "weather", None, None, None).await, Err(Stop::Fault(Fault::Forbidden))));
    assert_eq!(rows::<plugin_state::Entity>(&officer).await, 0);
    on(&account(&house, 2, &["system_admin"]).await, "weather", None).await;
    house.close().await;
}

async fn its_root_fields_are_hidden_while_it_is_off(house: House) {
    let ctx = house.ctx().await;
    let is_on = async || {
        plugins::look(&ctx).await.unwrap();
        plugins::is_on(&house.kernel, CITY, "weather")
    };
    assert!(!is_on().await);
    assert_eq!(seen(&ctx).await, ["city"]);
    on(&ctx, "weather", None).await;
    assert!(is_on().await);
    assert_eq!(seen(&ctx).await, ["city", "weather"]);
    assert!(schema().sdl().contains("weather: String!"), "the schema that is published says everything");
    house.close().await;
}

/// What is asked of a plugin.
struct Fields;

#[async_graphql::Object]
impl Fields {
    async fn city(&self) -> &str {
        "太原市"
    }

    #[graphql(visible = "weather_is_seen")]
    async fn weather(&self) -> &str {
        "晴"
    }
}

fn weather_is_seen(gql: &async_graphql::Context<'_>) -> bool {
    kernel::gql::is_switched_on(gql, "weather")
}

fn schema() -> async_graphql::Schema<Fields, async_graphql::EmptyMutation, async_graphql::EmptySubscription> {
    async_graphql::Schema::new(Fields, async_graphql::EmptyMutation, async_graphql::EmptySubscription)
}

/// The root fields that the tenant sees when it asks for the schema.
async fn seen(ctx: &Ctx) -> Vec<String> {
    plugins::look(ctx).await.unwrap();
    let request = async_graphql::Request::new("{ __schema { queryType { fields { name } } } }").data(ctx.clone());
    let answer = schema().execute(request).await.data.into_json().unwrap();
    let fields = answer["__schema"]["queryType"]["fields"].as_array().unwrap();
    fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect()
}
