//! Tests of the hire over a whole house with a store of its own: SQLite, or PostgreSQL with `YIZHAN_STORIES_ON`.

mod allowance;
mod answers;
mod arriving;
mod asking;
mod cancelling;
mod classes;
mod clock;
mod corrected;
mod course;
mod figures;
mod groups;
mod letting_go;
mod messages;
mod pay;
mod personal;
mod plain;
mod races;
mod records;
mod refused;
mod short;
mod unseen;

use std::sync::Arc;

use async_graphql::{EmptySubscription, Request, Schema};
use chrono::{DateTime, Duration, Utc};
use entities::{audit_entry, hiring_party, sms, worker};
use kernel::clock::ManualClock;
use kernel::policy::ScopeKind;
use kernel::worker::Worker;
use kernel::{Actor, Ctx, Kernel};
use markets::testing::{officer, officer_of};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::testing::{self, CITY, NewPosting, NewWorker, Posted, Somebody, XIAODIAN, by, citizen_actor, house_on};
use crate::kinds::{PayDay, WageUnit};
use crate::rows::{engagement, posting, shift};

/// The chapter's own schema.
fn schema() -> Schema<crate::HiringQuery, crate::HiringMutation, EmptySubscription> {
    Schema::new(crate::HiringQuery::default(), crate::HiringMutation::default(), EmptySubscription)
}

/// Asks a question as somebody; errors fail the test.
async fn ask(ctx: &Ctx, question: &str) -> Value {
    let answer = schema().execute(Request::new(question).data(ctx.clone())).await;
    assert!(answer.errors.is_empty(), "{question}: {:?}", answer.errors);
    answer.data.into_json().unwrap()
}

/// What is shown of an engagement in most tests.
const SHOWN: &str = "id version status standbyNo late consequence allowanceFen endReason";

/// Sends a mutation that gives an engagement, its arguments as they are written in GraphQL; the success, the refusal, or the code
/// of an error.
async fn send(ctx: &Ctx, name: &str, arguments: &str) -> Value {
    send_for(ctx, name, arguments, &format!("... on Engagement {{ {SHOWN} }}"), "").await
}

async fn send_for(ctx: &Ctx, name: &str, arguments: &str, success: &str, refused: &str) -> Value {
    let refusal = name[..1].to_uppercase() + &name[1..] + "Refused";
    let document = format!(
        "mutation {{ {name}({arguments}) {{ __typename {success} ... on {refusal} {{ code message field {refused} }} }} }}"
    );
    let document = document.replace("()", "");
    let answer = schema().execute(Request::new(document.as_str()).data(ctx.clone())).await;
    if let Some(error) = answer.errors.first() {
        let code = error.extensions.as_ref().and_then(|e| e.get("code").cloned());
        let code = code.map_or(json!(format!("{document}: {}", error.message)), |code| code.into_json().unwrap());
        // What is not there for whoever asks is null, as in a query.
        return if code == "NOT_FOUND" { Value::Null } else { json!({ "error": code }) };
    }
    answer.data.into_json().unwrap()[name].clone()
}

/// `id: "…", version: 3` of what was shown.
fn seen(of: &Value) -> String {
    format!("id: {}, version: {}", of["id"], of["version"])
}

/// A town (小镇): a house, its clock, a public market, a builder who hires, and workers.
struct Town {
    kernel: Arc<Kernel>,
    clock: ManualClock,
    market: Uuid,
    builder: Somebody,
    _dir: tempfile::TempDir,
}

impl Town {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (kernel, clock) = house_on(dir.path(), testing::on_postgres().as_deref()).await.unwrap();
        let bureau = by(&kernel, markets::testing::bureau()).await.unwrap();
        let market = markets::testing::market("小店区零工市场");
        let market = markets::register_market(&bureau, market, None).await.unwrap().id;
        let builder =
            testing::make(&kernel, |tx| async move { testing::new_party(&tx, "ENTERPRISE", "晋建公司", 1).await });
        let builder = builder.await.unwrap();
        Self { kernel, clock, market, builder, _dir: dir }
    }

    /// A request of somebody.
    async fn by(&self, actor: Actor) -> Ctx {
        by(&self.kernel, actor).await.unwrap()
    }

    /// A request of a citizen.
    async fn citizen(&self, of: Somebody) -> Ctx {
        self.by(citizen_actor(of.citizen)).await
    }

    /// The builder, who hires.
    async fn builder(&self) -> Ctx {
        self.citizen(self.builder).await
    }

    /// The counter of the market.
    async fn counter(&self) -> Ctx {
        self.by(officer("market_staff", ScopeKind::Market, &self.market.to_string())).await
    }

    /// The bureau, an account apart from the counter's.
    async fn bureau(&self) -> Ctx {
        self.by(officer_of(7, "bureau_officer", ScopeKind::City, "")).await
    }

    async fn worker_of(&self, new: NewWorker) -> Somebody {
        testing::make(&self.kernel, |tx| async move { testing::new_worker(&tx, &new).await }).await.unwrap()
    }

    /// A worker with a telephone whose number ends so.
    async fn worker(&self, name: &str, number: u32) -> Somebody {
        self.worker_of(NewWorker::named(name, number)).await
    }

    /// A posting of the builder at the market: tomorrow from six to four, a hundred and eighty yuan, paid daily.
    fn wall(&self, instant: bool, headcount: i32) -> NewPosting {
        NewPosting {
            party: self.builder.id,
            market: Some(self.market),
            trade: "6-29-01-01",
            instant,
            priority: false,
            headcount,
            wage: (18_000, WageUnit::Day),
            pay_day: PayDay::Daily,
            shifts: vec![(at("2026-11-23T22:00:00Z"), 10)],
        }
    }

    async fn post(&self, new: NewPosting) -> Posted {
        testing::make(&self.kernel, |tx| async move { testing::new_posting(&tx, &new).await }).await.unwrap()
    }

    /// What the builder sends to amend its posting, as it stands, to another wage.
    async fn at_another_wage(&self, id: Uuid, wage_fen: i64) -> (Ctx, markets::Which, crate::PostingInput) {
        let ctx = self.builder().await;
        let row = posting::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap();
        let shifts = crate::store::posting::shifts_of(&ctx.scope(), &[id]).await.unwrap().remove(&id).unwrap();
        let form = crate::operations::repeat_posting::form_of(&ctx, &row, &shifts);
        let which = markets::Which { id: Some(id), version: Some(row.version) };
        (ctx, which, crate::PostingInput { wage_fen, ..form })
    }

    /// Applies for a shift.
    async fn apply(&self, who: Somebody, shift: Uuid) -> Value {
        self.apply_with(who, shift, "").await
    }

    async fn apply_with(&self, who: Somebody, shift: Uuid, more: &str) -> Value {
        let ctx = self.citizen(who).await;
        let arguments = format!("shiftId: \"{}\"{more}", gid("Shift", shift));
        let success = format!("... on Engagement {{ {SHOWN} }}");
        send_for(&ctx, "applyForShift", &arguments, &success, "alternatives { shiftId title places }").await
    }

    /// Applies for a shift that confirms at once; the engagement.
    async fn hired(&self, who: Somebody, shift: Uuid) -> Value {
        let done = self.apply(who, shift).await;
        assert_eq!(done["status"], "CONFIRMED", "{done}");
        done
    }

    /// An engagement as the bureau sees it.
    async fn engagement(&self, of: &Value, fields: &str) -> Value {
        let bureau = self.bureau().await;
        ask(&bureau, &format!("{{ engagement(id: {}) {{ {fields} }} }}", of["id"])).await["engagement"].clone()
    }

    /// The same, read again for its version and state.
    async fn now(&self, of: &Value) -> Value {
        self.engagement(of, SHOWN).await
    }

    /// How many places of a shift are taken, and the state of its posting.
    async fn taken(&self, shift: Uuid) -> (i32, String) {
        let ctx = self.bureau().await;
        let row = shift::Entity::find_by_id(shift).one(&ctx.scope()).await.unwrap().unwrap();
        let posting = posting::Entity::find_by_id(row.posting_id).one(&ctx.scope()).await.unwrap().unwrap();
        (row.taken, posting.status.code().to_owned())
    }

    async fn count_engagements(&self) -> u64 {
        engagement::Entity::find().count(&self.bureau().await.scope()).await.unwrap()
    }

    async fn worker_row(&self, of: Somebody) -> worker::Model {
        worker::Entity::find_by_id(of.id).one(&self.bureau().await.scope()).await.unwrap().unwrap()
    }

    async fn party_row(&self) -> hiring_party::Model {
        let found = hiring_party::Entity::find_by_id(self.builder.id);
        found.one(&self.bureau().await.scope()).await.unwrap().unwrap()
    }

    /// Runs what waits in the background until nothing does.
    async fn drain(&self) {
        Worker::new(Arc::clone(&self.kernel), "story".to_owned()).drain(CITY).await.unwrap();
    }

    /// The text messages that were sent by a template, the first first.
    async fn texts(&self, template: &str) -> Vec<String> {
        let ctx = self.bureau().await;
        let sent = sms::Entity::find()
            .filter(sms::Column::Template.eq(template))
            .filter(sms::Column::Direction.eq("OUT"))
            .order_by_asc(sms::Column::Id);
        let mut texts = Vec::new();
        for row in sent.all(&ctx.scope()).await.unwrap() {
            texts.push(kernel::sms::open(&ctx, &row).await.unwrap().text.expose().clone());
        }
        texts
    }

    /// Puts the clock at a moment.
    fn at(&self, moment: &str) {
        self.clock.set(at(moment));
    }

    fn later(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// What the audit says was done by an operation, and how it ended.
    async fn audited(&self, operation: &str) -> Vec<String> {
        let rows = audit_entry::Entity::find()
            .filter(audit_entry::Column::Operation.eq(operation))
            .order_by_asc(audit_entry::Column::Id)
            .all(&self.bureau().await.scope())
            .await
            .unwrap();
        rows.into_iter().map(|row| row.result).collect()
    }
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

/// The global id of something.
fn gid(kind: &str, id: Uuid) -> String {
    kernel::ids::GlobalId::new(kind, CITY, id).encode()
}
