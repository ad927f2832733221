//! Tests of the chapter over a whole house with a store of its own: SQLite, or PostgreSQL with `YIZHAN_STORIES_ON`.

mod entering;
mod feed;
mod finding;
mod importing;
mod kept;
mod life;
mod personal;
mod publishing;
mod refused;
mod seen;

use std::sync::Arc;

use async_graphql::{EmptySubscription, Request, Schema, Variables};
use kernel::clock::ManualClock;
use kernel::worker::Worker;
use kernel::{Actor, Ctx, Kernel};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::rows::{engagement, posting, shift};
use crate::testing::{self, NewParty};

/// The chapter's own schema.
fn schema() -> Schema<crate::HiringQuery, crate::HiringMutation, EmptySubscription> {
    Schema::new(crate::HiringQuery::default(), crate::HiringMutation::default(), EmptySubscription)
}

/// A town (小镇): one house, its clock, its bureau, and a party that publishes at once.
struct Town {
    kernel: Arc<Kernel>,
    clock: ManualClock,
    bureau: Ctx,
    party: Uuid,
    _dir: tempfile::TempDir,
}

impl Town {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (kernel, clock) = testing::house(dir.path()).await.unwrap();
        let bureau = testing::by(&kernel, testing::bureau()).await.unwrap();
        let party = testing::party(&bureau, NewParty::fast("坞城物流有限公司")).await.unwrap();
        Self { kernel, clock, bureau, party, _dir: dir }
    }

    /// Somebody else in the city.
    async fn by(&self, actor: Actor) -> Ctx {
        testing::by(&self.kernel, actor).await.unwrap()
    }

    /// Somebody who acts for a party.
    async fn member(&self, party: Uuid) -> Ctx {
        self.by(testing::member(&self.bureau, party).await.unwrap()).await
    }

    /// Another party.
    async fn party(&self, new: NewParty) -> Uuid {
        testing::party(&self.bureau, new).await.unwrap()
    }

    /// A published posting of the party of the fast lane.
    async fn published(&self) -> Uuid {
        testing::posted(&self.bureau, testing::form(&self.bureau, self.party)).await.unwrap()
    }

    /// A posting as it lies in the store.
    async fn row(&self, id: Uuid) -> posting::Model {
        posting::Entity::find_by_id(id).one(&self.bureau.scope()).await.unwrap().unwrap()
    }

    /// The shifts of a posting, in the order of time.
    async fn shifts(&self, id: Uuid) -> Vec<shift::Model> {
        let mut all = crate::store::posting::shifts_of(&self.bureau.scope(), &[id]).await.unwrap();
        all.remove(&id).unwrap_or_default()
    }

    async fn deal(&self, id: Uuid) -> engagement::Model {
        engagement::Entity::find_by_id(id).one(&self.bureau.scope()).await.unwrap().unwrap()
    }

    /// Does the work that is due.
    async fn work(&self) {
        let ctx = &self.bureau;
        Worker::new(Arc::clone(&self.kernel), "test".to_owned()).drain(&ctx.tenant().code).await.unwrap();
    }

    /// The kinds of events that were announced about a posting, in order.
    async fn announced(&self, id: Uuid) -> Vec<String> {
        use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _};
        let of = entities::event::Column::SubjectId.eq(id);
        let events = entities::event::Entity::find().filter(of).order_by_asc(entities::event::Column::Id);
        events.all(&self.bureau.scope()).await.unwrap().into_iter().map(|event| event.kind).collect()
    }
}

/// Asks a question as somebody; errors fail the test.
async fn ask(ctx: &Ctx, question: &str) -> Value {
    let answer = schema().execute(Request::new(question).data(ctx.clone())).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    answer.data.into_json().unwrap()
}

/// Asks a question that has an error; its code.
async fn error(ctx: &Ctx, question: &str) -> Value {
    let answer = schema().execute(Request::new(question).data(ctx.clone())).await;
    let error = answer.errors.first().expect("an error");
    error.extensions.as_ref().and_then(|e| e.get("code").cloned()).map_or(Value::Null, |c| c.into_json().unwrap())
}

/// What every mutation of a posting is asked for.
const HEAD: &str = "id version status statusReason title headcount placesLeft source agency { name } \
                    remarks { field text } shifts { headcount }";

/// Sends a mutation; the success with [`HEAD`], the refusal with code, message and field, or the code of an error.
async fn send(ctx: &Ctx, name: &str, declared: &str, call: &str, variables: Value) -> Value {
    send_for(ctx, name, ("Posting", HEAD), declared, call, variables).await
}

async fn send_for(
    ctx: &Ctx,
    name: &str,
    (success, fields): (&str, &str),
    declared: &str,
    call: &str,
    variables: Value,
) -> Value {
    let refusal = name[..1].to_uppercase() + &name[1..] + "Refused";
    let more = match name {
        "savePosting" | "upsertPosting" => "flaws { code field } findings { rule field severity } current { version }",
        "repeatPosting" => "flaws { code field } findings { rule field severity }",
        "submitPosting" | "reviewPosting" => "findings { rule field severity } current { version }",
        _ => "",
    };
    let document = format!(
        "mutation({declared}) {{ {name}({call}) {{ ... on {success} {{ {fields} }} \
         ... on {refusal} {{ code message field {more} }} }} }}"
    );
    let request = Request::new(document).variables(Variables::from_json(variables)).data(ctx.clone());
    let answer = schema().execute(request).await;
    if let Some(error) = answer.errors.first() {
        let code = error.extensions.as_ref().and_then(|e| e.get("code").cloned());
        return json!({ "error": code.map_or(json!(error.message), |code| code.into_json().unwrap()) });
    }
    answer.data.into_json().unwrap()[name].clone()
}

/// A posting's form in JSON, as front ends send it: the nine things that are asked.
fn form(ctx: &Ctx, party: Uuid) -> Value {
    json!({
        "partyId": ctx.gid("HiringParty", party).to_string(),
        "trade": "搬运工", "duties": "搬运水果，装车卸车", "place": "坞城路1号仓库",
        "wageFen": 20_000, "wageUnit": "DAY",
        "shifts": [{ "startsAt": testing::at(ctx, 1, 6), "endsAt": testing::at(ctx, 1, 14), "headcount": 10 }],
    })
}

/// A form with one thing changed.
fn with(mut form: Value, key: &str, value: Value) -> Value {
    form[key] = value;
    form
}

async fn save(ctx: &Ctx, input: Value) -> Value {
    send(ctx, "savePosting", "$input: PostingInput!", "input: $input", json!({ "input": input })).await
}

async fn amend(ctx: &Ctx, of: &Value, input: Value) -> Value {
    let variables = json!({ "id": of["id"], "version": of["version"], "input": input });
    let declared = "$id: ID!, $version: Int!, $input: PostingInput!";
    send(ctx, "savePosting", declared, "id: $id, version: $version, input: $input", variables).await
}

/// Takes a step of a posting's life that needs id and version alone, or some more.
async fn step(ctx: &Ctx, name: &str, of: &Value, more: &[(&str, &str, Value)]) -> Value {
    let mut variables = json!({ "id": of["id"], "version": of["version"] });
    let (mut declared, mut call) = ("$id: ID!, $version: Int!".to_owned(), "id: $id, version: $version".to_owned());
    if name == "confirmPosting" {
        (declared, call) = ("$id: ID!".to_owned(), "id: $id".to_owned());
        variables = json!({ "id": of["id"] });
    }
    for (key, ty, value) in more {
        declared.extend([", $", key, ": ", ty]);
        call.extend([", ", key, ": $", key]);
        variables[*key] = value.clone();
    }
    send(ctx, name, &declared, &call, variables).await
}

/// A posting as it stands, with its id as GraphQL knows it.
async fn stands(ctx: &Ctx, id: Uuid) -> Value {
    let question = format!("{{ posting(id: \"{}\") {{ {HEAD} }} }}", ctx.gid("Posting", id).as_str());
    ask(ctx, &question).await["posting"].clone()
}

/// The text messages that were made from a template.
async fn sent(town: &Town, template: &str) -> Vec<String> {
    use sea_orm::{ColumnTrait as _, QueryFilter as _};
    let ctx = &town.bureau;
    let asked = entities::sms::Entity::find().filter(entities::sms::Column::Template.eq(template));
    let mut texts = Vec::new();
    for row in asked.all(&ctx.scope()).await.unwrap() {
        texts.push(kernel::sms::open(ctx, &row).await.unwrap().text.expose().clone());
    }
    texts
}

/// Gives the citizen of a worker a number to be written to.
async fn telephone(town: &Town, worker: Uuid, number: &str) {
    let ctx = &town.bureau;
    let row = entities::worker::Entity::find_by_id(worker).one(&ctx.scope()).await.unwrap().unwrap();
    let number = kernel::Pii::from(number);
    let sealed = ctx.keys().await.unwrap().seal("citizen", "phone", row.citizen_id, &number).unwrap();
    testing::arrange(ctx, move |tx| async move {
        use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _};
        let phone = entities::citizen::ActiveModel { phone: Set(Some(sealed)), ..Default::default() };
        let of = entities::citizen::Column::Id.eq(row.citizen_id);
        entities::citizen::Entity::update_many().set(phone).filter(of).exec(&tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

/// The licence of an agency comes to stand so.
pub(crate) async fn set_licence(ctx: &Ctx, agency: Uuid, status: &'static str) {
    set_agency(ctx, agency, entities::agency::Column::Status, Expr::value(status)).await;
}

/// Something of an agency comes to be so.
async fn set_agency(ctx: &Ctx, agency: Uuid, column: entities::agency::Column, value: Expr) {
    testing::arrange(ctx, |tx| async move {
        use entities::agency::{Column, Entity};
        Entity::update_many().col_expr(column, value).filter(Column::Id.eq(agency)).exec(&tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

/// A party is without the fast lane until the end of today.
async fn lose_fast_lane(town: &Town, party: Uuid) {
    let today = town.bureau.today();
    let lost = testing::arrange(&town.bureau, |tx| async move {
        people::lose_fast_lane(&tx, party, today, "临时取消已确认的用工").await
    });
    lost.await.unwrap();
}

/// An agency is who publishes a posting.
pub(crate) async fn publish_by(ctx: &Ctx, posting: Uuid, agency: Uuid) {
    testing::arrange(ctx, |tx| async move {
        use crate::rows::posting::{Column, Entity};
        Entity::update_many()
            .col_expr(Column::AgencyId, Expr::value(agency))
            .filter(Column::Id.eq(posting))
            .exec(&tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
}
