//! Tests of the chapter over a whole house with a store of its own: SQLite, or PostgreSQL with `YIZHAN_STORIES_ON`.

mod agreement;
mod amending;
mod bad_input;
mod counting;
mod directory;
mod finding;
mod inclusion;
mod licensed;
mod life;
mod personal;
mod photos;
mod tasks;
mod turns;
mod upkeep;
mod venue;

use std::sync::Arc;

use async_graphql::{EmptySubscription, Request, Schema, Variables};
use kernel::clock::ManualClock;
use kernel::gql::Date;
use kernel::{Actor, Ctx, Kernel, Lang};
use serde_json::{Value, json};

use crate::testing::{self, bureau, by, house};

/// The chapter's own schema.
fn schema() -> Schema<crate::MarketsQuery, crate::MarketsMutation, EmptySubscription> {
    Schema::new(crate::MarketsQuery::default(), crate::MarketsMutation::default(), EmptySubscription)
}

/// Asks a question as somebody; errors fail the test.
async fn ask(ctx: &Ctx, question: &str) -> Value {
    let answer = schema().execute(Request::new(question).data(ctx.clone())).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    answer.data.into_json().unwrap()
}

/// A town (小镇): one house, its clock, its bureau.
struct Town {
    kernel: Arc<Kernel>,
    clock: ManualClock,
    bureau: Ctx,
    _dir: tempfile::TempDir,
}

impl Town {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (kernel, clock) = house(dir.path()).await.unwrap();
        let bureau = by(&kernel, bureau()).await.unwrap();
        Self { kernel, clock, bureau, _dir: dir }
    }

    /// Somebody else in the city.
    async fn by(&self, actor: Actor) -> Ctx {
        by(&self.kernel, actor).await.unwrap()
    }

    /// The bureau, reading English.
    async fn in_english(&self) -> Ctx {
        self.kernel.ctx(testing::CITY, bureau(), Lang::En).await.unwrap()
    }

    /// Registers a market as the bureau; its id and version.
    async fn register(&self, input: Value) -> Value {
        let made = send(
            &self.bureau,
            "registerMarket",
            "$input: MarketInput!",
            "input: $input",
            json!({ "input": input }),
            "id version status",
        )
        .await;
        assert_eq!(made["status"], "DRAFT", "{made}");
        made
    }

    /// Registers and lists a market as the bureau.
    async fn listed(&self, input: Value) -> Value {
        let made = self.register(input).await;
        let listed = step(&self.bureau, "listMarket", &made, "").await;
        assert_eq!(listed["status"], "LISTED", "{listed}");
        listed
    }

    /// A market as it stands.
    async fn market(&self, of: &Value, fields: &str) -> Value {
        ask(&self.bureau, &format!("{{ market(id: {}) {{ {fields} }} }}", of["id"])).await["market"].clone()
    }
}

/// A market's form in JSON, as front ends send it.
fn form(name: &str) -> Value {
    json!({
        "officialName": name, "aliasBasis": "OFFICIAL", "nature": "PUBLIC", "operatorKind": "HRSS_DIRECT",
        "publicInterest": true,
        "address": { "division": "140105001", "text": format!("坞城路{name}门前"),
                     "point": { "lat": 37.79, "lng": 112.57, "crs": "WGS84" } },
        "hours": [{ "season": "ALL_YEAR",
                    "weekdays": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
                    "opens": "04:30", "closes": "18:00" }],
        "trades": ["瓦工"], "services": [],
        "contacts": [{ "label": "服务大厅", "phone": "0351-5278313", "public": true }],
    })
}

/// A form with one thing changed: `with(form, "/address/text", …)`.
fn with(mut form: Value, path: &str, value: Value) -> Value {
    match form.pointer_mut(path) {
        Some(there) => *there = value,
        None => {
            let (parent, key) = path.rsplit_once('/').unwrap();
            form.pointer_mut(parent).unwrap()[key] = value;
        }
    }
    form
}

/// Sends a mutation; the success with `fields`, the refusal with code, message, field, or the codes of errors.
async fn send(ctx: &Ctx, name: &str, declared: &str, call: &str, variables: Value, fields: &str) -> Value {
    send_with(ctx, name, declared, call, variables, fields, "").await
}

async fn send_with(
    ctx: &Ctx,
    name: &str,
    declared: &str,
    call: &str,
    variables: Value,
    fields: &str,
    refused: &str,
) -> Value {
    let success = match name {
        "saveZone" => "Zone",
        "saveFacility" => "Facility",
        "saveBay" => "PickupBay",
        "saveContract" => "OperatorContract",
        "saveProject" => "ConstructionProject",
        "saveAnnotation" => "MapAnnotation",
        "saveBadCredit" => "BadCredit",
        "saveMonitoringSample" | "withdrawMonitoringSample" => "MonitoringSample",
        "issueQueueNumber" | "callQueueNumber" => "QueueNumber",
        "recordSafetyCheck" | "withdrawSafetyCheck" => "SafetyCheck",
        name if name.starts_with("remove") => "Removed",
        _ => "Market",
    };
    let refusal = name[..1].to_uppercase() + &name[1..] + "Refused";
    let document = format!(
        "mutation({declared}) {{ {name}({call}) {{ ... on {success} {{ {fields} }} \
         ... on {refusal} {{ code message field {refused} }} }} }}"
    );
    let request = Request::new(document).variables(Variables::from_json(variables)).data(ctx.clone());
    let answer = schema().execute(request).await;
    if let Some(error) = answer.errors.first() {
        let code = error.extensions.as_ref().and_then(|e| e.get("code").cloned());
        return json!({ "error": code.map_or(json!(error.message), |code| code.into_json().unwrap()) });
    }
    answer.data.into_json().unwrap()[name].clone()
}

/// Takes a step of a market's life: list, suspend, resume, delist, open.
async fn step(ctx: &Ctx, name: &str, of: &Value, reason: &str) -> Value {
    let (declared, call) = match name {
        "suspendMarket" | "delistMarket" => {
            ("$id: ID!, $version: Int!, $reason: String!", "id: $id, version: $version, reason: $reason")
        }
        _ => ("$id: ID!, $version: Int!", "id: $id, version: $version"),
    };
    let variables = json!({ "id": of["id"], "version": of["version"], "reason": reason });
    send_with(ctx, name, declared, call, variables, "id version status statusReason", "current { status version }")
        .await
}

/// Amends a market.
async fn amend(ctx: &Ctx, of: &Value, input: Value) -> Value {
    let declared = "$id: ID!, $version: Int!, $input: MarketInput!";
    let variables = json!({ "id": of["id"], "version": of["version"], "input": input });
    let call = "id: $id, version: $version, input: $input";
    let fields = "id version status displayName otherTrades contacts { phone phoneDisplay } \
                  annotations { id provider status version }";
    send_with(ctx, "amendMarket", declared, call, variables, fields, "current { displayName version }").await
}

/// What is registered of the agency with the licence of these markets, held against the original.
pub(crate) async fn registered(ctx: &Ctx, expires_on: Option<&str>) -> kernel::Outcome {
    let input = people::AgencyInput {
        name: "某某人力资源服务有限公司".to_owned(),
        uscc: None,
        county: None,
        issuer: "市人力资源和社会保障局".to_owned(),
        scope: vec![people::LicenceScope::JobIntermediation],
        issued_on: Date("2026-01-05".parse().unwrap()),
        expires_on: expires_on.map(|day| Date(day.parse().unwrap())),
    };
    let made = people::register_agency(ctx, "许可证样本甲".to_owned(), input, None).await.unwrap();
    people::verify_licence(ctx, made.id, made.version, None, None).await.unwrap()
}

/// Why something is decided about its licence.
pub(crate) fn because() -> people::LicenceDecisionInput {
    people::LicenceDecisionInput { reason: "发布虚假信息".to_owned(), article: "第四十三条".to_owned() }
}
