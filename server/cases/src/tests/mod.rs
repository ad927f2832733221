//! What a clerk could tell of cases, over a house with a store of its own: SQLite, or PostgreSQL with `YIZHAN_STORIES_ON`.

mod clocks;
mod deciding;
mod opening;
mod owning;
mod personal;
mod races;
mod seeing;

use async_graphql::{EmptySubscription, Request, Schema, Variables};
use kernel::policy::ScopeKind;
use kernel::{Ctx, Lang};
use people::NewRole;
use people::testing::{House, TAIYUAN};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kinds::Opener;
use crate::testing::{self, XIAODIAN, person};
use crate::{CasesMutation, CasesQuery};

/// What the person writes unless a test says otherwise.
const REASON: &str = "我当天六点半就到了，有签到记录";

/// A town (小镇): a house, officials of bureau and counties, a supervisor, and somebody who opens cases.
struct Town {
    house: House,
    wang: Ctx,
    li: Ctx,
    zhao: Ctx,
    supervisor: Ctx,
    worker: Ctx,
    _dir: tempfile::TempDir,
}

/// An official of a county.
fn county(key: &str) -> NewRole {
    NewRole { role: "county_officer", kind: ScopeKind::County, key: key.to_owned() }
}

impl Town {
    /// Thursday 26 November 2026, ten in the morning.
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let house = testing::house(dir.path()).await.unwrap();
        house.clock.set("2026-11-26T10:00:00+08:00".parse().unwrap());
        let wang = person(&house, "wang", Some(NewRole::city("bureau_officer"))).await.unwrap();
        let li = person(&house, "liming", Some(county(XIAODIAN))).await.unwrap();
        let zhao = person(&house, "zhao", Some(county("140106"))).await.unwrap();
        let supervisor = person(&house, "qian", Some(NewRole::city("supervisor"))).await.unwrap();
        let worker = person(&house, "worker", None).await.unwrap();
        Self { house, wang, li, zhao, supervisor, worker, _dir: dir }
    }

    /// The house itself.
    async fn itself(&self) -> Ctx {
        self.house.itself(TAIYUAN).await.unwrap()
    }

    /// The worker appeals against a point of Xiaodian; the case, as [`Seen`], and the point.
    async fn appealed(&self) -> (Value, Uuid) {
        let by = Opener::Account(id_of(&self.worker));
        let (id, point) = testing::appealed(&self.itself().await, Some(XIAODIAN), by, REASON).await.unwrap();
        (json!({ "id": self.wang.gid("Case", id).to_string(), "version": 1 }), point)
    }

    /// A case that this official took.
    async fn taken(&self, by: &Ctx) -> (Value, Uuid) {
        let (case, point) = self.appealed().await;
        let taken = take(by, &case).await;
        assert_eq!(taken["status"], "ACCEPTED", "{taken}");
        (taken, point)
    }

    /// The case as the bureau sees it.
    async fn case(&self, of: &Value, fields: &str) -> Value {
        look(&self.wang, of, fields).await
    }

    /// The subjects and texts of the letters of a template, in the order they were queued.
    async fn letters(&self, template: &str) -> Vec<(String, String, String)> {
        use sea_orm::{EntityTrait as _, QueryOrder as _};
        let ctx = self.itself().await;
        let rows = entities::mail::Entity::find().order_by_asc(entities::mail::Column::Id).all(&ctx.scope()).await;
        let mut letters = Vec::new();
        for row in rows.unwrap().into_iter().filter(|row| row.template == template) {
            let open = kernel::mail::open(&ctx, &row).await.unwrap();
            letters.push((row.recipient_masked, open.subject.expose().clone(), open.text.expose().clone()));
        }
        letters
    }
}

/// The account of somebody.
fn id_of(ctx: &Ctx) -> Uuid {
    ctx.actor().account_id().unwrap()
}

/// The global id of somebody's account.
fn gid(ctx: &Ctx) -> String {
    ctx.gid("Account", id_of(ctx)).to_string()
}

fn schema() -> Schema<CasesQuery, CasesMutation, EmptySubscription> {
    Schema::new(CasesQuery, CasesMutation, EmptySubscription)
}

/// Asks as somebody; the data, or the code of the first error.
async fn ask(ctx: &Ctx, question: &str, variables: Value) -> Value {
    let request = Request::new(question).variables(Variables::from_json(variables)).data(ctx.clone());
    let answer = schema().execute(request).await;
    match answer.errors.first() {
        Some(error) => {
            let code = error.extensions.as_ref().and_then(|e| e.get("code").cloned());
            json!({ "error": code.map_or(json!(error.message), |code| code.into_json().unwrap()) })
        }
        None => answer.data.into_json().unwrap(),
    }
}

/// A case as somebody sees it; null where they do not.
async fn look(ctx: &Ctx, of: &Value, fields: &str) -> Value {
    let question = format!("query($id: ID!) {{ case(id: $id) {{ {fields} }} }}");
    let answer = ask(ctx, &question, json!({ "id": of["id"] })).await;
    if answer["error"].is_null() { answer["case"].clone() } else { answer }
}

/// What every mutation gives back here.
const SEEN: &str = "id reference version status owner { name } offeredTo { name } decision breachedAt";

/// Sends a mutation about a case, with further arguments as they stand in a document; what it gave, why it was refused, or
/// the code of the error.
async fn send(ctx: &Ctx, name: &str, of: &Value, more: &str) -> Value {
    let refused = name[..1].to_uppercase() + &name[1..] + "Refused";
    let document = format!(
        "mutation($id: ID!, $version: Int!) {{ {name}(id: $id, version: $version{more}) {{ ... on Case {{ {SEEN} }} \
         ... on {refused} {{ code message field current {{ version status owner {{ name }} }} }} }} }}"
    );
    let answer = ask(ctx, &document, json!({ "id": of["id"], "version": of["version"] })).await;
    if answer["error"].is_null() { answer[name].clone() } else { answer }
}

async fn take(ctx: &Ctx, of: &Value) -> Value {
    send(ctx, "takeCase", of, "").await
}

async fn hand_over(ctx: &Ctx, of: &Value, to: &Ctx) -> Value {
    send(ctx, "handOverCase", of, &format!(", to: \"{}\"", gid(to))).await
}

async fn accept(ctx: &Ctx, of: &Value) -> Value {
    send(ctx, "acceptCase", of, "").await
}

async fn uphold(ctx: &Ctx, of: &Value) -> Value {
    send(ctx, "decideCase", of, ", input: { decision: UPHELD }").await
}

async fn dismiss(ctx: &Ctx, of: &Value, input: &str) -> Value {
    send(ctx, "decideCase", of, &format!(", input: {{ decision: DISMISSED {input} }}")).await
}

async fn withdraw(ctx: &Ctx, of: &Value) -> Value {
    send(ctx, "withdrawCase", of, "").await
}

async fn note(ctx: &Ctx, of: &Value, text: &str) -> Value {
    send(ctx, "noteCase", of, &format!(", note: \"{text}\"")).await
}

/// Code and field of a refusal.
fn why(refused: &Value) -> (&str, &str) {
    (refused["code"].as_str().unwrap_or("done"), refused["field"].as_str().unwrap_or_default())
}

/// Everything that is written about cases, and the points: what a refused request must leave as it was.
async fn everything(town: &Town) -> String {
    use sea_orm::{EntityTrait as _, QueryOrder as _};
    let scope = town.itself().await.scope();
    let files = crate::rows::case_file::Entity::find().order_by_asc(crate::rows::case_file::Column::Id).all(&scope);
    let events = crate::rows::case_event::Entity::find().order_by_asc(crate::rows::case_event::Column::Id).all(&scope);
    let points = entities::setting::Entity::find().order_by_asc(entities::setting::Column::Name).all(&scope);
    let letters = entities::mail::Entity::find().order_by_asc(entities::mail::Column::Id).all(&scope);
    format!("{:?} {:?} {:?} {:?}", files.await, events.await, points.await, letters.await)
}

/// The kinds of what happened in a case, the latest first, as somebody sees them.
async fn course(ctx: &Ctx, of: &Value) -> Vec<String> {
    let seen = look(ctx, of, "timeline(first: 50) { edges { node { kind } } }").await;
    let edges = seen["timeline"]["edges"].as_array().cloned().unwrap_or_default();
    edges.iter().map(|edge| edge["node"]["kind"].as_str().unwrap().to_owned()).collect()
}

/// The same person, reading English.
async fn in_english(ctx: &Ctx) -> Ctx {
    ctx.kernel().ctx(TAIYUAN, ctx.actor().clone(), Lang::En).await.unwrap()
}
