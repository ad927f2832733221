//! Hiring parties of the world (用工主体): brought to where a field wants them, and the citizens who act for them.

use entities::citizen;
use kernel::ctx::CitizenActor;
use kernel::fault::{Never, Stop};
use kernel::{Actor, Ctx, Pii};
use sea_orm::{EntityTrait as _, Set};
use serde_json::{Map, Value, json};

use super::fill;
use super::make::Thing;
use super::{Ended, House, SETTLE, Town, World};

/// The number that the citizen of every city proved.
pub(super) const CITIZEN: &str = "13800000001";
/// The number of somebody who may be authorised to act for a party.
pub(super) const AGENT: &str = "13800000002";

/// What an individual business shows.
const STEPS: [&str; 3] = ["USCC_CHECKED", "LICENCE_SEEN", "IDENTITY_SEEN"];

/// Fields that want a verified party, and what must have been done with it besides.
const VERIFIED: [(&str, &[&str]); 6] = [
    ("grantFastLane", &["signPledge"]),
    ("liftPartySuspension", &["suspendParty"]),
    ("orderRecheck", &[]),
    ("partyRechecks", &["orderRecheck"]),
    ("publicParty", &[]),
    ("suspendParty", &[]),
];

/// A unified social credit code of an individual business that checks; the number tells codes apart.
pub(super) fn code(n: u32) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let body = format!("{n:08}");
    let sum: usize = body.bytes().zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(b, w)| usize::from(b - b'0') * w).sum();
    let check = match 11 - sum % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        digit => digit.to_string(),
    };
    let most = format!("92140105{body}{check}");
    let value = |b: u8| ALPHABET.iter().position(|known| *known == b).expect("a character of the alphabet");
    let sum: usize = most.bytes().zip(WEIGHTS).map(|(b, w)| value(b) * w).sum();
    format!("{most}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// A citizen who proved this number.
pub(super) async fn prove(ctx: &Ctx, phone: &str) -> Actor {
    let (id, ring) = (ctx.new_id(), ctx.keys().await.expect("the keys"));
    let e164 = Pii::from(format!("+86{phone}"));
    let row = citizen::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set("ACTIVE".to_owned()),
        phone: Set(Some(ring.seal("citizen", "phone", id, &e164).expect("sealed"))),
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
    made.map_err(Stop::into_fault).expect("a citizen");
    Actor::Citizen(CitizenActor { id, session: uuid::Uuid::nil() })
}

impl World {
    /// A party as this field wants it.
    pub(super) async fn party(&self, house: &House, town: &Town, field: &str) -> Thing {
        // One kind of thing leads to the next, so the road is boxed.
        let given = Box::pin(self.by_field(house, town, "registerParty", &[])).await?;
        let mut party = (given["id"].clone(), given["version"].clone());
        if field == "verifyParty" {
            self.look_at(house, town, &party.0).await?;
        }
        let Some((_, steps)) = VERIFIED.iter().find(|(name, _)| *name == field) else { return Ok(party) };
        self.look_at(house, town, &party.0).await?;
        // By the house itself, so that whoever looks again is somebody else.
        let ctx = self.ctx(town, Actor::System("test")).await;
        let text = party.0.as_str().unwrap_or_default().to_owned();
        let id = ctx.parse_id("HiringParty", &async_graphql::ID(text)).map_err(|e| format!("{field}: {e}"))?;
        let version = party.1.as_i64().and_then(|v| i32::try_from(v).ok()).unwrap_or_default();
        let verified = people::verify_party(&ctx, id, version, None).await.map_err(|e| format!("{field}: {e:?}"))?;
        party.1 = json!(verified.version);
        for step in *steps {
            let mut made = self.made(town);
            made.things.extend([("HiringParty".to_owned(), party.0.clone()), ("Version".to_owned(), party.1.clone())]);
            made.things
                .insert("Evidence".to_owned(), self.sent(house, town, "PARTY_EVIDENCE", b"\x89PNG\r\n\x1A\n").await?.0);
            let done = self.act(house, town, step, &made, &[]).await?;
            if *step != "orderRecheck" {
                party.1 = done["version"].clone();
            }
        }
        Ok(party)
    }

    /// Everything that the party shows was looked at.
    async fn look_at(&self, house: &House, town: &Town, party: &Value) -> Result<(), String> {
        let field = house.field("recordVerificationStep");
        for step in STEPS {
            let (file, _) = self.sent(house, town, "PARTY_EVIDENCE", b"\x89PNG\r\n\x1A\n").await?;
            let input = json!({ "step": step, "result": "PASSED", "evidence": file });
            let variables = Map::from_iter([("partyId".to_owned(), party.clone()), ("input".to_owned(), input)]);
            match self.attempt(house, town, field, &variables).await.1 {
                Ended::Done(_) => {}
                other => return Err(format!("recordVerificationStep in {}: {other:?}", town.code)),
            }
        }
        Ok(())
    }

    pub(super) async fn verification_step(&self, house: &House, town: &Town) -> Thing {
        let given = self.by_field(house, town, "recordVerificationStep", &[]).await?;
        let last = given["steps"].as_array().and_then(|steps| steps.last()).map(|step| step["id"].clone());
        last.map(|id| (id, Value::Null)).ok_or_else(|| "recordVerificationStep: no step".to_owned())
    }

    pub(super) async fn party_member(&self, house: &House, town: &Town) -> Thing {
        let given = self.by_field(house, town, "authoriseAgent", &[]).await?;
        let last = given["members"].as_array().and_then(|members| members.last()).map(|member| member["id"].clone());
        last.map(|id| (id, Value::Null)).ok_or_else(|| "authoriseAgent: nobody acts".to_owned())
    }

    /// Somebody new asks to act for a new party.
    pub(super) async fn agent_request(&self, house: &House, town: &Town) -> Thing {
        let itself = self.ctx(town, Actor::System("test")).await;
        let asker = prove(&itself, &format!("137{:08}", self.next())).await;
        let party = self.party(house, town, "requestAgency").await;
        let uscc = self.uscc_of(house, town, party).await;
        let (root, field) = house.field("requestAgency");
        let document = house.sdl.document(root, field, &["uscc"], 2);
        let variables = Map::from_iter([("uscc".to_owned(), uscc)]);
        let (answer, _) = self.ask(&house.schema, town, asker, &document, variables).await;
        match Ended::read("requestAgency", &answer) {
            Ended::Done(asked) => Ok((asked["id"].clone(), Value::Null)),
            other => Err(format!("requestAgency in {}: {other:?}", town.code)),
        }
    }

    /// The code of a party.
    pub(super) async fn uscc_of(&self, house: &House, town: &Town, party: Thing) -> Value {
        let Ok((id, _)) = party else { return Value::Null };
        self.read(house, town, "hiringParty", Map::from_iter([("id".to_owned(), id)])).await["uscc"].clone()
    }

    /// The citizen registers a unit of its own.
    pub(crate) async fn own_party(&self, house: &House, town: &Town) -> Result<(), String> {
        let (root, field) = house.field("registerParty");
        let variables = fill::fill(&house.sdl, field, &self.made(town), &[])?;
        let given: Vec<&str> = variables.keys().map(String::as_str).collect();
        let document = house.sdl.document(root, field, &given, 2);
        let (answer, _) = self.ask(&house.schema, town, town.citizen.clone(), &document, variables).await;
        match Ended::read("registerParty", &answer) {
            Ended::Done(_) => Ok(()),
            other => Err(format!("registerParty by a citizen of {}: {other:?}", town.code)),
        }
    }
}
