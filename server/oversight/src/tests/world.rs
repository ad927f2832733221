//! The world of the stories: two cities, a province, and GraphQL to speak with them.

use async_graphql::{EmptySubscription, Request, Schema, Value, Variables};
use chrono::{DateTime, TimeDelta, Utc};
use entities::account;
use kernel::policy::ScopeKind;
use kernel::{Ctx, Lang, Stop};
use markets::rows::market;
use markets::{MarketStatus, delist_market, list_market, register_market};
use people::{CreateAccount, NewAccount, NewRole, create_account};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use tempfile::TempDir;

use crate::operations::set_first_report::set_first_report;
use crate::testing::{DATONG, Province};
use crate::{OversightMutation, OversightQuery};

/// The world of a story; its stores vanish with it.
pub(super) struct World {
    pub(super) province: Province,
    _dir: TempDir,
}

/// What every name here ends with: an institution's name is printed plainly.
const MARKET: &str = "零工市场";

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

    /// The city's directory lists these markets, and no other.
    pub(super) async fn list(&self, tenant: &str, names: &[&str]) {
        let ctx = self.province.house(tenant).await.unwrap();
        let listed = market::Entity::find().filter(market::Column::Status.eq(MarketStatus::Listed));
        for row in listed.all(&ctx.scope()).await.unwrap() {
            if !names.contains(&short(&row.display_name).as_str()) {
                delist_market(&ctx, row.id, row.version, "不再运营".to_owned(), None).await.unwrap();
            }
        }
        let listed = market::Entity::find().filter(market::Column::Status.eq(MarketStatus::Listed));
        let known: Vec<String> =
            listed.all(&ctx.scope()).await.unwrap().into_iter().map(|row| row.display_name).collect();
        for name in names {
            let name = format!("{name}{MARKET}");
            if known.contains(&name) {
                continue;
            }
            let mut input = markets::testing::market(&name);
            if tenant == DATONG {
                input.address.division = "140213".to_owned();
                input.address.point = None;
            }
            let made = register_market(&ctx, input, None).await.unwrap();
            list_market(&ctx, made.id, made.version, None).await.unwrap();
        }
    }

    /// The city's bureau sets the day of its first report.
    pub(super) async fn first_report(&self, tenant: &str, day: &str) {
        let bureau = self.officer(tenant, "bureau_officer").await;
        set_first_report(&bureau, day.parse().ok(), 0, None).await.unwrap();
    }

    /// An account with `role` in the whole tenant, with a mail address.
    pub(super) async fn hire(&self, tenant: &str, role: &'static str, email: Option<&str>, status: &str, lang: &str) {
        let ctx = self.province.house(tenant).await.unwrap();
        let held = match role {
            "county_officer" => NewRole { role, kind: ScopeKind::County, key: "140105".to_owned() },
            _ => NewRole::city(role),
        };
        let new = NewAccount {
            email: email.map(Into::into),
            roles: vec![held],
            lang: Lang::from_code(lang),
            ..NewAccount::named(email.and_then(|text| text.split('@').next()).unwrap_or("nomail"), "某人")
        };
        let status = status.to_owned();
        let hired: Result<(), Stop<CreateAccount>> = ctx
            .transact(&people::policy::CREATE_ACCOUNT, |tx| async move {
                let id = create_account(&tx, new).await?;
                account::Entity::update_many()
                    .col_expr(account::Column::Status, Expr::value(status))
                    .filter(account::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                Ok(())
            })
            .await;
        hired.unwrap();
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
        .map(|error| {
            error.extensions.as_ref().and_then(|e| e.get("code")).cloned().unwrap_or(error.message.clone().into())
        })
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
    edges.iter().map(|edge| short(edge["node"]["name"].as_str().unwrap())).collect()
}

/// A name without what every name ends with.
pub(super) fn short(name: &str) -> String {
    name.trim_end_matches(MARKET).to_owned()
}

/// In the order of the directory.
pub(super) fn sorted<const N: usize>(mut names: [&str; N]) -> Vec<String> {
    names.sort_unstable();
    names.map(str::to_owned).to_vec()
}

/// What happened, the latest first.
pub(super) fn kinds(of: &serde_json::Value) -> Vec<String> {
    let events = of["history"].as_array().cloned().unwrap_or_default();
    events.iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}
