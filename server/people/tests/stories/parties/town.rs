//! A town with three markets, an agency, citizens and clerks, and what they ask.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{EmptySubscription, Request, Schema};
use entities::{citizen, hiring_party, sms};
use kernel::blob::{self, PARTY_EVIDENCE};
use kernel::checks::uscc::Uscc;
use kernel::ctx::{AccountActor, CitizenActor, Via};
use kernel::policy::{Held, OperatorClass, ScopeKind};
use kernel::{Action, Actor, Ctx, Fault, Kernel, Lang, Never, Pii, Place, Stop, places};
use people::testing::{House, TAIYUAN};
use people::{Licensed, NewAccount, NewRole, PartiesMutation, PartiesQuery};
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

static SETTLE: Action = Action::new("test", "settle", "建立测试数据", "Make the test's data");

/// A person of age, and one who is not.
pub(crate) const ZHANG: &str = "140105199003070012";
pub(crate) const PHONE: &str = "13800001234";

/// Markets of the town, by class.
const PUBLIC: u128 = 0xA1;
const COMMERCIAL: u128 = 0xA2;
const VOLUNTEER: u128 = 0xA3;

pub(crate) struct Town {
    pub(crate) house: House,
    pub(crate) agency: Uuid,
    pub(crate) other_agency: Uuid,
    _dir: TempDir,
}

fn market(n: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + n)
}

/// Says where the three markets are, as the chapter of markets would.
fn teach_markets(kernel: &Kernel, agency: Uuid) {
    let place = move |class, id, agency| Place {
        class,
        county: Some("140105".to_owned()),
        departments: true,
        market: Some(id),
        agency,
    };
    let known: Arc<HashMap<Uuid, (Place, &str)>> = Arc::new(
        [
            (PUBLIC, OperatorClass::Public, None, "小店区零工市场"),
            (COMMERCIAL, OperatorClass::Commercial, Some(agency), "并州劳务市场"),
            (VOLUNTEER, OperatorClass::Volunteer, None, "坞城路早市"),
        ]
        .into_iter()
        .map(|(n, class, agency, name)| (market(n), (place(class, market(n), agency), name)))
        .collect(),
    );
    let (located, named) = (Arc::clone(&known), known);
    let locate: places::Locate = Arc::new(move |_, id| {
        let found = located.get(&id).map(|(place, _)| place.clone());
        Box::pin(async move { Ok::<_, Fault>(found) })
    });
    let name: places::Name = Arc::new(move |_, ids| {
        let names = ids.into_iter().filter_map(|id| named.get(&id).map(|(_, name)| (id, (*name).to_owned()))).collect();
        Box::pin(async move { Ok::<_, Fault>(names) })
    });
    let find: places::Find = Arc::new(|_, _, _| Box::pin(async { Ok::<_, Fault>(Vec::new()) }));
    places::teach(kernel, "Market", places::Kind { locate, name, find });
}

impl Town {
    pub(crate) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let house = House::build(dir.path(), Vec::new()).await.unwrap();
        people::teach(&house.kernel);
        let itself = house.itself(TAIYUAN).await.unwrap();
        let written = ["140105A0001", "140105A0002"]
            .map(|number| Licensed { number: number.to_owned(), name: Some(format!("机构{number}")) });
        let entered: Result<people::Agencies, Stop<Never>> =
            itself.transact(&SETTLE, |tx| async move { Ok(people::enter_agencies(&tx, &written).await?) }).await;
        let entered = entered.map_err(Stop::into_fault).unwrap();
        let (agency, other) = (entered.of("140105A0001").unwrap(), entered.of("140105A0002").unwrap());
        teach_markets(&house.kernel, agency);
        Self { house, agency, other_agency: other, _dir: dir }
    }

    pub(crate) async fn by(&self, actor: Actor) -> Ctx {
        self.house.kernel.ctx(TAIYUAN, actor, Lang::Zh).await.unwrap()
    }

    /// A clerk who holds one role; the number tells clerks apart.
    pub(crate) async fn clerk(&self, number: u128, role: &str, kind: ScopeKind, key: &str) -> Ctx {
        let held = Held { role: role.to_owned(), kind, key: key.to_owned(), until: None };
        self.by(Actor::Account(AccountActor {
            id: Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number),
            username: format!("{role}{number}"),
            held: Arc::new([held]),
            via: Via::Session(Uuid::nil()),
            restricted: false,
        }))
        .await
    }

    pub(crate) async fn bureau(&self) -> Ctx {
        self.clerk(1, "bureau_officer", ScopeKind::City, "").await
    }

    pub(crate) async fn colleague(&self) -> Ctx {
        self.clerk(2, "bureau_officer", ScopeKind::City, "").await
    }

    pub(crate) async fn county(&self, code: &str) -> Ctx {
        self.clerk(3, "county_officer", ScopeKind::County, code).await
    }

    /// Staff of the public market.
    pub(crate) async fn hall(&self) -> Ctx {
        self.clerk(4, "market_staff", ScopeKind::Market, &market(PUBLIC).to_string()).await
    }

    /// Whoever runs the agency with a market of its own.
    pub(crate) async fn agent(&self) -> Ctx {
        self.clerk(5, "agency_manager", ScopeKind::Agency, &self.agency.to_string()).await
    }

    pub(crate) async fn other_agent(&self) -> Ctx {
        self.clerk(6, "agency_manager", ScopeKind::Agency, &self.other_agency.to_string()).await
    }

    pub(crate) async fn volunteer(&self, number: u128) -> Ctx {
        self.clerk(number, "volunteer_lead", ScopeKind::Market, &market(VOLUNTEER).to_string()).await
    }

    /// An officer of the bureau who has an account, by this name.
    pub(crate) async fn officer(&self, name: &str) -> Ctx {
        let new = NewAccount {
            roles: vec![NewRole::city("bureau_officer")],
            department: Some("HRSS"),
            ..NewAccount::named("officer", name)
        };
        let id = self.house.new_account(TAIYUAN, new).await.unwrap();
        let held = Held { role: "bureau_officer".to_owned(), kind: ScopeKind::City, key: String::new(), until: None };
        let (held, via) = (Arc::new([held]), Via::Session(Uuid::nil()));
        self.by(Actor::Account(AccountActor { id, username: "officer".to_owned(), held, via, restricted: false })).await
    }

    pub(crate) async fn stranger(&self) -> Ctx {
        self.by(Actor::Anonymous).await
    }

    /// A citizen who proved this number.
    pub(crate) async fn citizen(&self, phone: &str) -> (Uuid, Ctx) {
        let ctx = self.house.itself(TAIYUAN).await.unwrap();
        let (id, ring) = (ctx.new_id(), ctx.keys().await.unwrap());
        let e164 = Pii::from(format!("+86{phone}"));
        let row = citizen::ActiveModel {
            id: Set(id),
            version: Set(1),
            status: Set("ACTIVE".to_owned()),
            phone: Set(Some(ring.seal("citizen", "phone", id, &e164).unwrap())),
            phone_index: Set(Some(ring.blind("citizen.phone", &e164))),
            phone_proved_at: Set(Some(ctx.now())),
            lang: Set("zh".to_owned()),
            created_at: Set(ctx.now()),
            updated_at: Set(ctx.now()),
            ..Default::default()
        };
        let made: Result<(), Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                citizen::Entity::insert(row).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await;
        made.map_err(Stop::into_fault).unwrap();
        (id, self.as_citizen(id).await)
    }

    pub(crate) async fn as_citizen(&self, id: Uuid) -> Ctx {
        self.by(Actor::Citizen(CitizenActor { id, session: Uuid::nil() })).await
    }

    pub(crate) fn gid(ctx: &Ctx, kind: &str, id: Uuid) -> String {
        ctx.gid(kind, id).to_string()
    }

    pub(crate) fn public_market(ctx: &Ctx) -> String {
        Self::gid(ctx, "Market", market(PUBLIC))
    }

    pub(crate) fn commercial_market(ctx: &Ctx) -> String {
        Self::gid(ctx, "Market", market(COMMERCIAL))
    }

    pub(crate) fn volunteer_market(ctx: &Ctx) -> String {
        Self::gid(ctx, "Market", market(VOLUNTEER))
    }

    /// The text messages that went out: number, template and text.
    pub(crate) async fn texts(&self) -> Vec<(String, String, String)> {
        let ctx = self.house.itself(TAIYUAN).await.unwrap();
        let rows = sms::Entity::find().order_by_asc(sms::Column::Id).all(&ctx.scope()).await.unwrap();
        let mut texts = Vec::new();
        for row in rows {
            let text = kernel::sms::open(&ctx, &row).await.unwrap().text.expose().clone();
            texts.push((row.phone_masked, row.template.unwrap_or_default(), text));
        }
        texts
    }

    /// Every party as it lies in the store.
    pub(crate) async fn rows(&self) -> Vec<hiring_party::Model> {
        let ctx = self.house.itself(TAIYUAN).await.unwrap();
        hiring_party::Entity::find().order_by_asc(hiring_party::Column::Id).all(&ctx.scope()).await.unwrap()
    }
}

/// Asks the chapter through GraphQL; the whole answer.
pub(crate) async fn answer(ctx: &Ctx, query: &str, variables: Value) -> Value {
    let schema = Schema::build(PartiesQuery, PartiesMutation::default(), EmptySubscription).finish();
    let request = Request::new(query).variables(serde_json::from_value(variables).unwrap());
    serde_json::to_value(schema.execute(request.data(ctx.clone())).await).unwrap()
}

/// Asks a question; errors fail the test.
pub(crate) async fn ask(ctx: &Ctx, query: &str) -> Value {
    let answer = answer(ctx, query, json!({})).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"].clone()
}

/// The code of the error at the top.
pub(crate) async fn error(ctx: &Ctx, query: &str, variables: Value) -> String {
    let answer = answer(ctx, query, variables).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}

/// What every mutation of a party is asked for.
const PARTY: &str = "id version kind status statusReason displayName uscc contactName contactPhone fastLane \
    fastLaneLostUntil verifiedBadge { on by rechecked: recheckedOn } missingSteps pledged stale \
    members { id name phone role } agentRequests { id name phone } notice { text missing } \
    steps { id step result counts hasEvidence } duties { law } remedies { law }";

/// Sends a mutation that answers with a party: the party, or its refusal.
pub(crate) async fn send(ctx: &Ctx, name: &str, declared: &str, passed: &str, variables: Value) -> Value {
    send_for(ctx, name, declared, passed, variables, "HiringParty", PARTY).await
}

/// Sends a mutation that answers with something else.
pub(crate) async fn send_for(
    ctx: &Ctx,
    name: &str,
    declared: &str,
    passed: &str,
    variables: Value,
    done: &str,
    fields: &str,
) -> Value {
    let title = name[..1].to_uppercase() + &name[1..];
    let query = format!(
        "mutation({declared}) {{ {name}({passed}) {{ __typename ... on {done} {{ {fields} }} ... on {title}Refused {{ code message field }} }} }}"
    );
    let answer = answer(ctx, &query, variables).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"][name].clone()
}

/// Registers a party.
pub(crate) async fn register(ctx: &Ctx, input: Value) -> Value {
    send(ctx, "registerParty", "$i: RegisterPartyInput!", "input: $i", json!({ "i": input })).await
}

/// Does something to a party as it was read.
pub(crate) async fn step(ctx: &Ctx, name: &str, party: &Value, more: &str) -> Value {
    let passed = format!("id: $id, version: $v{more}");
    send(ctx, name, "$id: ID!, $v: Int!", &passed, json!({ "id": party["id"], "v": party["version"] })).await
}

/// Does something to a party for a reason.
pub(crate) async fn step_for(ctx: &Ctx, name: &str, party: &Value, reason: &str) -> Value {
    let variables = json!({ "id": party["id"], "v": party["version"], "r": reason });
    send(ctx, name, "$id: ID!, $v: Int!, $r: String!", "id: $id, version: $v, reason: $r", variables).await
}

/// A code of this kind of unit that checks; the number tells codes apart.
pub(crate) fn code(begins: &str, n: usize) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let body = format!("{n:08}");
    let sum: usize = body.bytes().zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(b, w)| usize::from(b - b'0') * w).sum();
    let check = match 11 - sum % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        digit => digit.to_string(),
    };
    let most = format!("{begins}140105{body}{check}");
    let value = |b: u8| ALPHABET.iter().position(|known| *known == b).unwrap();
    let sum: usize = most.bytes().zip(WEIGHTS).map(|(b, w)| value(b) * w).sum();
    let code = format!("{most}{}", char::from(ALPHABET[(31 - sum % 31) % 31]));
    Uscc::parse(&code).unwrap().as_str().to_owned()
}

/// An enterprise in Xiaodian.
pub(crate) fn enterprise(n: usize) -> Value {
    json!({
        "kind": "ENTERPRISE", "name": format!("第{n}装卸有限公司"), "uscc": code("91", n), "county": "140105",
        "contactName": "李建国", "contactPhone": "13900005678", "address": "坞城路92号",
    })
}

/// The same, at a market.
pub(crate) fn at(mut input: Value, market: &str) -> Value {
    input["marketId"] = json!(market);
    input
}

/// A household, as somebody says it.
pub(crate) fn household(name: &str, id_number: &str) -> Value {
    json!({ "kind": "HOUSEHOLD", "name": name, "idNumber": id_number, "county": "140105", "contactPhone": PHONE })
}

/// A completed upload of what was shown.
pub(crate) async fn evidence(ctx: &Ctx) -> String {
    let bytes = b"%PDF-1.7 licence".to_vec();
    let size = i64::try_from(bytes.len()).unwrap();
    let ticket = blob::create_upload(ctx, &PARTY_EVIDENCE, "执照.pdf", size, None).await.unwrap();
    let token = ticket.url.rsplit('/').next().unwrap();
    let body = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
    blob::receive(ctx, token, body).await.unwrap();
    blob::complete(ctx, ticket.id, None).await.unwrap();
    Town::gid(ctx, "Upload", ticket.id)
}

/// Records a step that passed, with what is kept of it.
pub(crate) async fn passed(ctx: &Ctx, party: &Value, step: &str) -> Value {
    let file = if matches!(step, "LICENCE_SEEN" | "AGENT_AUTHORISED") { Some(evidence(ctx).await) } else { None };
    let input = json!({ "step": step, "result": "PASSED", "evidence": file });
    check(ctx, party, input).await
}

/// Records a step.
pub(crate) async fn check(ctx: &Ctx, party: &Value, input: Value) -> Value {
    let variables = json!({ "id": party["id"], "i": input });
    let declared = "$id: ID!, $i: VerificationStepInput!";
    send(ctx, "recordVerificationStep", declared, "partyId: $id, input: $i", variables).await
}

/// All that an enterprise shows.
pub(crate) const ALL: [&str; 4] = ["USCC_CHECKED", "LICENCE_SEEN", "IDENTITY_SEEN", "AGENT_AUTHORISED"];

/// An enterprise that `ctx` registered and verified.
pub(crate) async fn verified(ctx: &Ctx, input: Value) -> Value {
    let party = register(ctx, input).await;
    for step in ALL {
        assert_eq!(passed(ctx, &party, step).await["__typename"], "HiringParty", "{step}");
    }
    let verified = step(ctx, "verifyParty", &party, "").await;
    assert_eq!(verified["status"], "VERIFIED", "{verified}");
    verified
}

/// Signs the pledge in force.
pub(crate) async fn pledge(ctx: &Ctx, party: &Value) -> Value {
    let file = match ctx.actor() {
        Actor::Account(_) => Some(evidence(ctx).await),
        _ => None,
    };
    let variables = json!({ "id": party["id"], "v": party["version"], "f": file });
    let passed = "id: $id, version: $v, pledgeVersion: \"2026-1\", evidence: $f";
    send(ctx, "signPledge", "$id: ID!, $v: Int!, $f: ID", passed, variables).await
}
