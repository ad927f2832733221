//! The world of the stories: two cities, a province, and GraphQL to speak with them.

use async_graphql::{EmptySubscription, Request, Schema, Value, Variables};
use chrono::{DateTime, TimeDelta, Utc};
use entities::{account, role_assignment, setting};
use kernel::{Ctx, Never, Stop};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};
use serde_json::json;
use tempfile::TempDir;

use crate::testing::Province;
use crate::{OversightMutation, OversightQuery};

/// The world of a story; its stores vanish with it.
pub(super) struct World {
    pub(super) province: Province,
    _dir: TempDir,
}

/// Half past eight in the morning of `day`, Asia/Shanghai.
pub(super) fn morning(day: &str) -> DateTime<Utc> {
    format!("{day}T08:30:00+08:00").parse().unwrap()
}

impl World {
    pub(super) async fn on(day: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let province = Province::build(dir.path(), morning(day)).await.unwrap();
        Self { province, _dir: dir }
    }

    pub(super) fn tomorrow(&self) {
        self.province.clock.advance(TimeDelta::days(1));
    }

    pub(super) async fn officer(&self, tenant: &str, role: &str) -> Ctx {
        self.province.officer(tenant, role).await.unwrap()
    }

    pub(super) async fn settle(&self) {
        self.province.settle().await.unwrap();
    }

    /// The city's directory lists these markets.
    pub(super) async fn list(&self, tenant: &str, names: &[&str]) {
        self.set(tenant, "ports.form_rows", json!(names)).await;
    }

    pub(super) async fn set(&self, tenant: &str, name: &str, value: serde_json::Value) {
        let ctx = self.province.house(tenant).await.unwrap();
        let row = setting::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(value),
            changed_at: Set(ctx.now()),
            changed_by: Set(None),
        };
        let saved: Result<(), Stop<Never>> = ctx
            .transact(&crate::policy::FREEZE, |tx| async move {
                let replace = OnConflict::column(setting::Column::Name).update_column(setting::Column::Value).to_owned();
                setting::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await;
        saved.unwrap();
    }

    /// An account with `role` in the whole tenant, with a mail address.
    pub(super) async fn hire(&self, tenant: &str, role: &str, email: Option<&str>, status: &str, lang: &str) {
        let ctx = self.province.house(tenant).await.unwrap();
        let id = ctx.new_id();
        let ring = ctx.keys().await.unwrap();
        let now = ctx.now();
        let row = account::ActiveModel {
            id: Set(id),
            username: Set(format!("{role}-{id}")),
            display_name: Set("某人".to_owned()),
            email: Set(email.map(|text| ring.seal("account", "email", id, text.as_bytes()).unwrap())),
            email_index: Set(None),
            department: Set(None),
            status: Set(status.to_owned()),
            lang: Set(lang.to_owned()),
            password_hash: Set(None),
            password_changed_at: Set(None),
            must_change_password: Set(false),
            totp_secret: Set(None),
            totp_last_step: Set(None),
            totp_confirmed: Set(false),
            last_sign_in_at: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
        };
        let held = role_assignment::ActiveModel {
            id: Set(ctx.new_id()),
            account_id: Set(id),
            role: Set(role.to_owned()),
            scope_kind: Set("CITY".to_owned()),
            scope_key: Set(String::new()),
            valid_until: Set(None),
            assigned_by: Set(None),
            assigned_at: Set(now),
        };
        let saved: Result<(), Stop<Never>> = ctx
            .transact(&crate::policy::FREEZE, |tx| async move {
                account::Entity::insert(row).exec_without_returning(&tx).await?;
                role_assignment::Entity::insert(held).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await;
        saved.unwrap();
    }

    /// Freezes and submits the year in a city, and lets it arrive.
    pub(super) async fn hand_in(&self, tenant: &str, year: i32) -> serde_json::Value {
        let ctx = self.officer(tenant, "bureau_officer").await;
        let frozen = freeze(&ctx, year).await;
        let submitted = submit(&ctx, &frozen).await;
        assert_eq!(submitted["status"], "SUBMITTED", "{submitted}");
        self.settle().await;
        submitted
    }
}

/// Asks as `ctx`; the answer with its errors.
pub(super) async fn ask(ctx: &Ctx, query: &str, variables: serde_json::Value) -> serde_json::Value {
    let schema = Schema::build(OversightQuery, OversightMutation, EmptySubscription).finish();
    let request = Request::new(query).variables(Variables::from_json(variables)).data(ctx.clone());
    let response = schema.execute(request).await;
    let errors: Vec<Value> = response
        .errors
        .iter()
        .map(|error| error.extensions.as_ref().and_then(|e| e.get("code")).cloned().unwrap_or(error.message.clone().into()))
        .collect();
    let mut answer = serde_json::to_value(&response.data).unwrap();
    if !errors.is_empty() {
        answer = json!({ "data": answer, "errors": errors });
    }
    answer
}

const RETURN: &str = "id year versionNo status dueOn remindOn provisional filer filerPhoneMasked frozenAt submittedAt \
    deliveredAt returnedReason rowCount exports version history { kind title reason actor versionNo } \
    reminders { on workingDaysBefore sent } rows(first: 5) { totalCount pageInfo { hasNextPage endCursor } \
    edges { node { serial name nature hoursText address seekerScale trades dailySuccesses } } }";

/// The city's return.
pub(super) async fn look(ctx: &Ctx, year: i32) -> serde_json::Value {
    let query = format!("query($year: Int!) {{ directoryReturn(year: $year) {{ {RETURN} }} }}");
    ask(ctx, &query, json!({ "year": year })).await["directoryReturn"].take()
}

async fn change(ctx: &Ctx, field: &str, call: &str, variables: serde_json::Value) -> serde_json::Value {
    let name = field.to_owned() + "Refused";
    let refused = name[..1].to_uppercase() + &name[1..];
    let query = format!(
        "mutation($year: Int, $id: ID, $version: Int, $text: String, $phone: String, $key: String) {{ {field}({call}) \
         {{ ... on DirectoryReturn {{ {RETURN} }} ... on {refused} {{ code message field }} }} }}"
    );
    // Only what is called for is declared.
    let declared: Vec<&str> = [
        ("year", "$year: Int!"),
        ("id", "$id: ID!"),
        ("version", "$version: Int!"),
        ("text", "$text: String!"),
        ("phone", "$phone: String!"),
        ("key", "$key: String"),
    ]
    .into_iter()
    .filter(|(name, _)| variables.get(*name).is_some())
    .map(|(_, declared)| declared)
    .collect();
    let (_, body) = query.split_once('{').unwrap();
    let mut answer = ask(ctx, &format!("mutation({}) {{{body}", declared.join(", ")), variables).await;
    match answer.get_mut(field) {
        Some(done) => done.take(),
        None => answer,
    }
}

pub(super) async fn freeze_as(ctx: &Ctx, year: i32, filer: &str, phone: &str) -> serde_json::Value {
    let call = "year: $year, input: { filer: $text, filerPhone: $phone }";
    change(ctx, "freezeReturn", call, json!({ "year": year, "text": filer, "phone": phone })).await
}

pub(super) async fn freeze(ctx: &Ctx, year: i32) -> serde_json::Value {
    freeze_as(ctx, year, "王建国", "0351-5278313").await
}

pub(super) async fn unfreeze(ctx: &Ctx, of: &serde_json::Value, reason: &str) -> serde_json::Value {
    let variables = json!({ "id": of["id"], "version": of["version"], "text": reason });
    change(ctx, "unfreezeReturn", "id: $id, version: $version, reason: $text", variables).await
}

pub(super) async fn submit(ctx: &Ctx, of: &serde_json::Value) -> serde_json::Value {
    let variables = json!({ "id": of["id"], "version": of["version"] });
    change(ctx, "submitReturn", "id: $id, version: $version", variables).await
}

pub(super) async fn submit_once(ctx: &Ctx, of: &serde_json::Value, key: &str) -> serde_json::Value {
    let variables = json!({ "id": of["id"], "version": of["version"], "key": key });
    change(ctx, "submitReturn", "id: $id, version: $version, idempotencyKey: $key", variables).await
}

/// The names on the first page.
pub(super) fn names(of: &serde_json::Value) -> Vec<String> {
    let edges = of["rows"]["edges"].as_array().cloned().unwrap_or_default();
    edges.iter().map(|edge| edge["node"]["name"].as_str().unwrap().to_owned()).collect()
}

/// What happened, the latest first.
pub(super) fn kinds(of: &serde_json::Value) -> Vec<String> {
    let events = of["history"].as_array().cloned().unwrap_or_default();
    events.iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}
