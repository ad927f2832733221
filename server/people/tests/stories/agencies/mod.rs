//! Agencies (人力资源服务机构): two cities and the province, on a store on disk.

mod across;
mod agreement;
mod expiry;
mod kept;
mod reach;
mod work;

use std::sync::Arc;

use entities::agency;
use kernel::ctx::{AccountActor, Via};
use kernel::policy::{Held, ScopeKind};
use kernel::worker::Worker;
use kernel::{Actor, Ctx};
use people::NewRole;
use people::testing::{House, TAIYUAN};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::common::{ask, city};

const DATONG: &str = "140200";
const PLATFORM: &str = "platform";
const LICENCE: &str = "晋人服证字〔2026〕第0101号";

/// A house with an officer of each bureau and one of the province.
struct Province {
    house: House,
    taiyuan: Ctx,
    datong: Ctx,
    bureau: Ctx,
    _dir: TempDir,
}

impl Province {
    async fn new() -> Self {
        let (house, dir) = city().await;
        let taiyuan = acting(&house, TAIYUAN, "bureau", "bureau_officer", ScopeKind::City, "").await;
        let datong = acting(&house, DATONG, "bureau", "bureau_officer", ScopeKind::City, "").await;
        let province = acting(&house, PLATFORM, "province", "province_officer", ScopeKind::City, "").await;
        Self { house, taiyuan, datong, bureau: province, _dir: dir }
    }

    /// Does everything that waits in every store, there and back.
    async fn settle(&self) {
        let mut worker = Worker::new(Arc::clone(&self.house.kernel), "test".to_owned());
        for code in [TAIYUAN, DATONG, PLATFORM, TAIYUAN, DATONG, PLATFORM, TAIYUAN, DATONG] {
            worker.drain(code).await.unwrap();
        }
    }

    /// Registered and verified in Taiyuan, and known everywhere.
    async fn verified(&self) -> Value {
        self.verified_as(form()).await
    }

    async fn verified_as(&self, form: Value) -> Value {
        let made = register(&self.taiyuan, LICENCE, form).await;
        let verified = verify(&self.taiyuan, &made).await;
        assert_eq!(verified["licenceState"], "VALID", "{verified}");
        self.settle().await;
        verified
    }
}

/// Somebody with an account that holds one role.
async fn acting(house: &House, code: &str, name: &str, role: &'static str, kind: ScopeKind, key: &str) -> Ctx {
    let id = house.account(code, name, vec![NewRole { role, kind, key: key.to_owned() }]).await.unwrap();
    let held = Held { role: role.to_owned(), kind, key: key.to_owned(), until: None };
    let account = AccountActor {
        id,
        username: name.to_owned(),
        held: Arc::new([held]),
        via: Via::Session(uuid::Uuid::nil()),
        restricted: false,
    };
    house.itself(code).await.unwrap().as_actor(Actor::Account(account))
}

/// What an agency of Taiyuan is.
fn form() -> Value {
    json!({
        "name": "并州人力资源服务有限公司", "uscc": "91350100M000100Y43", "county": "140105",
        "issuer": "太原市人力资源和社会保障局", "scope": ["JOB_INTERMEDIATION", "JOB_FAIRS"],
        "issuedOn": "2026-01-05", "expiresOn": "2027-01-04",
    })
}

/// The same with one thing changed.
fn with(mut form: Value, field: &str, value: Value) -> Value {
    form[field] = value;
    form
}

/// What stands under a root field; a fault as its code.
async fn answer(ctx: &Ctx, field: &str, document: &str, variables: Value) -> Value {
    let whole = ask(ctx, document, variables).await;
    match &whole["errors"][0] {
        Value::Null => whole["data"][field].clone(),
        error => json!({ "error": error["extensions"]["code"] }),
    }
}

const AGENCY: &str = "id version licenceState licenceStateSince registeredIn registeredHere";

/// Sends a mutation that answers with `success`.
async fn send(ctx: &Ctx, name: &str, (declared, call): (&str, &str), variables: Value, success: (&str, &str)) -> Value {
    let (kind, fields) = success;
    let refused = format!("{}{}Refused", name[..1].to_uppercase(), &name[1..]);
    let document = format!(
        "mutation({declared}) {{ {name}({call}) {{ ... on {kind} {{ {fields} }} ... on {refused} {{ code message field }} }} }}"
    );
    answer(ctx, name, &document, variables).await
}

async fn register(ctx: &Ctx, licence_no: &str, input: Value) -> Value {
    let declared = ("$no: String!, $i: AgencyInput!", "licenceNo: $no, input: $i");
    send(ctx, "registerAgency", declared, json!({"no": licence_no, "i": input}), ("Agency", AGENCY)).await
}

async fn amend(ctx: &Ctx, of: &Value, input: Value) -> Value {
    let declared = ("$id: ID!, $v: Int!, $i: AgencyInput!", "id: $id, version: $v, input: $i");
    let variables = json!({"id": of["id"], "v": of["version"], "i": input});
    send(ctx, "amendAgency", declared, variables, ("Agency", AGENCY)).await
}

async fn verify(ctx: &Ctx, of: &Value) -> Value {
    let declared = ("$id: ID!, $v: Int!", "id: $id, version: $v, note: \"核对原件\"");
    let variables = json!({"id": of["id"], "v": of["version"]});
    send(ctx, "verifyAgencyLicence", declared, variables, ("Agency", AGENCY)).await
}

/// Suspends, revokes or lifts, with a reason and an article.
async fn decide(ctx: &Ctx, name: &str, of: &Value) -> Value {
    decide_because(ctx, name, of, "发布虚假招聘信息", "人力资源市场暂行条例第四十三条").await
}

async fn decide_because(ctx: &Ctx, name: &str, of: &Value, reason: &str, article: &str) -> Value {
    let declared = ("$id: ID!, $v: Int!, $i: LicenceDecisionInput!", "id: $id, version: $v, input: $i");
    let variables = json!({"id": of["id"], "v": of["version"], "i": {"reason": reason, "article": article}});
    send(ctx, name, declared, variables, ("Agency", AGENCY)).await
}

/// The agency with this licence, as somebody sees it.
async fn seen(ctx: &Ctx, licence_no: &str) -> Value {
    let document = format!(
        "query($s: String!) {{ agencies(filter: {{ search: $s }}) {{ totalCount edges {{ node {{ {AGENCY} name }} }} }} }}"
    );
    let found = answer(ctx, "agencies", &document, json!({"s": licence_no})).await;
    found["edges"][0]["node"].clone()
}

/// The row of this licence in a store.
async fn row(house: &House, code: &str, licence_no: &str) -> agency::Model {
    let ctx = house.itself(code).await.unwrap();
    let of = agency::Entity::find().filter(agency::Column::LicenceNo.eq(licence_no));
    of.one(&ctx.scope()).await.unwrap().unwrap()
}

/// How many such events were announced in a store.
async fn announced(house: &House, code: &str, kind: &str) -> u64 {
    let ctx = house.itself(code).await.unwrap();
    let of = entities::event::Entity::find().filter(entities::event::Column::Kind.eq(kind));
    of.count(&ctx.scope()).await.unwrap()
}

const LICENCE_CHANGED: &str = "agency.licence_changed";

/// The history of an agency: kinds, the newest first.
async fn history(ctx: &Ctx, of: &Value) -> Vec<String> {
    let document = "query($id: ID!) { agencyHistory(agencyId: $id) { edges { node { kind } } } }";
    let page = answer(ctx, "agencyHistory", document, json!({"id": of["id"]})).await;
    let edges = page["edges"].as_array().unwrap_or_else(|| panic!("{page}"));
    edges.iter().map(|edge| edge["node"]["kind"].as_str().unwrap().to_owned()).collect()
}
