//! One city is not another (租户隔离): every root field of the SDL is first shown to work with what is the city's own, then
//! asked with what is another's: ids, cursors, tokens. It finds nothing, and both stores are as they were.

mod doors;
mod pages;
mod planted;
mod shelves;

use async_graphql::{Executor, ID};
use kernel::Actor;
use kernel::ids::GlobalId;
use serde_json::{Map, Value, json};

use crate::world::dump::differing;
use crate::world::fill::{fill, naming};
use crate::world::sdl::{Field, ROOTS, Sdl};
use crate::world::{DATONG, Ended, House, Interface, PLATFORM, TAIYUAN, Town, World};

/// A path into the variables of a field, and the kind of thing that stands there.
type Naming = (Vec<String>, String);

/// What comes to an end for whoever does it: asked last.
const LAST: [&str; 2] = ["changePassword", "signOut"];

/// Refused attempts are recorded; nothing else of a store may change.
const RECORDS: [&str; 2] = ["audit_entry", "audit_seal"];

/// Fields that a city cannot be shown to succeed at with what the generator makes, and the refusal that shows that its
/// own things were found all the same.
const REFUSED_AT_HOME: [(&str, &str); 18] = [
    ("arriveByCode", "WRONG_CODE"),
    ("callQueueNumber", "NOBODY_WAITS"),
    ("changePhone", "CONFLICT"),
    ("closeHallScreen", "NOT_OPEN"),
    ("computeFigures", "NO_SAMPLES"),
    ("confirmTotpEnrolment", "WRONG_CODE"),
    ("freezeReturn", "ALREADY_FROZEN"),
    ("inviteFavourites", "NOT_A_FAVOURITE"),
    ("liftTakeDown", "NOT_TAKEN_DOWN"),
    ("lookUpWorker", "NOT_REGISTERED"),
    ("openWageProof", "REASON_NEEDED"),
    ("recordPostingListHung", "NOTHING_TO_TAKE_DOWN"),
    ("removeAnnotation", "REQUIRED"),
    ("saveFavourite", "NEVER_WORKED_HERE"),
    ("setFirstReport", "ALREADY_REPORTED"),
    ("unfreezeReturn", "ALREADY_SUBMITTED"),
    ("upsertPosting", "NOT_OF_AGENCY"),
    ("withdrawPostingByExternalId", "UNKNOWN_NUMBER"),
];

/// What the law found.
#[derive(Default)]
struct Found {
    breaches: Vec<String>,
    refused: Vec<(String, String)>,
    asked: usize,
}

/// The law, over every root field of `face`; `house` makes what is asked for.
async fn breaches(world: &World, house: &House, face: &Interface<impl Executor>) -> Found {
    let mut found = Found::default();
    let mut fields: Vec<(&str, &Field)> =
        ROOTS.into_iter().flat_map(|root| face.sdl.fields(root).iter().map(move |f| (root, f))).collect();
    fields.sort_by_key(|(_, f)| LAST.contains(&f.name.as_str()));
    for field in fields {
        for kinds in cases(&face.sdl, field.1) {
            let case = Case { world, house, face, field, kinds };
            if let Err(breach) = case.ask(&mut found).await {
                found.breaches.push(breach);
            }
        }
    }
    found
}

/// What is asked together: a cursor belongs to a list and its filter, so it is asked alone.
fn cases(sdl: &Sdl, field: &Field) -> Vec<Vec<Naming>> {
    let (cursors, things): (Vec<Naming>, Vec<Naming>) =
        naming(sdl, field).into_iter().partition(|(_, k)| k == "Cursor");
    let mut cases: Vec<Vec<Naming>> = cursors.into_iter().map(|cursor| vec![cursor]).collect();
    if cases.is_empty() || !things.is_empty() {
        cases.push(things);
    }
    cases
}

/// How another city's thing was not treated as if it were not there.
enum Breach {
    /// Something else was refused first, so nothing is known yet.
    Refused(String),
    Found(String),
}

struct Case<'a, E> {
    world: &'a World,
    house: &'a House,
    face: &'a Interface<E>,
    field: (&'a str, &'a Field),
    kinds: Vec<Naming>,
}

impl<E: Executor> Case<'_, E> {
    fn towns(&self) -> (&Town, &Town) {
        let provincial = self.field.1.description.contains("on the platform only");
        (self.world.town(if provincial { PLATFORM } else { TAIYUAN }), self.world.town(DATONG))
    }

    async fn ask(&self, found: &mut Found) -> Result<(), String> {
        let (home, abroad) = self.towns();
        let name = &self.field.1.name;
        if let Some((path, _)) = self.kinds.iter().find(|(_, kind)| kind.is_empty()) {
            return Err(format!("{name}: nobody knows what {} names", path.join(".")));
        }
        let variables = self.own(home).await?;
        let (actor, ended) = self.world.attempt(self.face, home, self.field, &variables).await;
        match &ended {
            Ended::Done(_) if !ended.is_empty() || self.kinds.iter().all(|(path, _)| path[0] != "filter") => {}
            Ended::Refused(code) => found.refused.push((name.clone(), code.clone())),
            other => return Err(format!("{name}: does not succeed at home: {other:?} with {}", json!(variables))),
        }
        found.asked += 1;
        for naming in &self.kinds {
            for foreign in self.foreign(naming, home, abroad, &variables).await {
                let mut asked = self.ask_with(&actor, naming, foreign.clone(), &variables).await;
                if let Err(Breach::Refused(_)) = asked {
                    // What was done is not done again: with things to which nothing happened yet.
                    let fresh = self.own(home).await?;
                    asked = self.ask_with(&actor, naming, foreign, &fresh).await;
                }
                if let Err(Breach::Refused(breach) | Breach::Found(breach)) = asked {
                    found.breaches.push(breach);
                }
            }
        }
        Ok(())
    }

    /// What the field is asked with, of a city's own fresh things.
    async fn own(&self, town: &Town) -> Result<Map<String, Value>, String> {
        let mut made = self.world.made(town);
        made.things = self.things(town).await?;
        fill(&self.face.sdl, self.field.1, &made, &[])
    }

    async fn things(&self, town: &Town) -> Result<std::collections::BTreeMap<String, Value>, String> {
        if self.kinds.iter().any(|(_, kind)| kind == "Cursor") {
            let beside = self.world.things(self.house, town, self.field.1, &self.beside()).await?;
            let asked = fill(&self.face.sdl, self.field.1, &beside, &["after", "filter"])?;
            let (_, ended) = self.world.attempt(self.face, town, self.field, &asked).await;
            let Ended::Done(page) = ended else {
                return Err(format!("{}: no page to take a cursor of: {ended:?}", self.field.1.name));
            };
            let cursor = page["edges"][0]["cursor"].clone();
            if cursor.is_null() {
                return Err(format!("{}: no row to take a cursor of in {}", self.field.1.name, town.code));
            }
            let mut things = beside.things;
            things.insert("Cursor".to_owned(), cursor);
            return Ok(things);
        }
        Ok(self.world.things(self.house, town, self.field.1, &self.kinds).await?.things)
    }

    /// What a list cannot be asked without: the object it hangs on.
    fn beside(&self) -> Vec<Naming> {
        let needed = |name: &str| self.field.1.args.iter().any(|arg| arg.name == name && !arg.ty.nullable);
        naming(&self.face.sdl, self.field.1)
            .into_iter()
            .filter(|(path, _)| path.len() == 1 && needed(&path[0]))
            .collect()
    }

    /// The thing of another city as it is there, and its row under the name of one's own; where a city has no such
    /// thing, one's own row under the city's name.
    async fn foreign(&self, (path, kind): &Naming, home: &Town, abroad: &Town, own: &Map<String, Value>) -> Vec<Value> {
        let relabelled = |value: &Value, code: &str| {
            let id = GlobalId::decode(value.as_str()?)?;
            Some(json!(ID(GlobalId::new(id.kind, code, id.id).encode()).to_string()))
        };
        let ours = at(own, path);
        match self.things(abroad).await.ok().and_then(|things| things.get(kind).cloned()) {
            Some(there) if relabelled(&there, home.code).as_ref() != Some(&there) => {
                // A year's return has the same key in every city.
                let renamed = relabelled(&there, home.code).filter(|renamed| renamed != ours);
                renamed.into_iter().chain([there]).collect()
            }
            _ => relabelled(ours, abroad.code).into_iter().collect(),
        }
    }

    async fn ask_with(
        &self,
        actor: &Actor,
        (path, _): &Naming,
        foreign: Value,
        own: &Map<String, Value>,
    ) -> Result<(), Breach> {
        let (home, abroad) = self.towns();
        let mut variables = own.clone();
        let said = format!("{}({}: {foreign})", self.field.1.name, path.join("."));
        put(&mut variables, path, foreign);
        let given: Vec<&str> = variables.keys().map(String::as_str).collect();
        let document = self.face.sdl.document(self.field.0, self.field.1, &given, 2);
        let before = (home.window.dump().await, abroad.window.dump().await);
        let (answer, _) = self.world.ask(&self.face.schema, home, actor.clone(), &document, variables).await;
        let after = (home.window.dump().await, abroad.window.dump().await);
        let changed = differing(&before.1, &after.1, &[]);
        if !changed.is_empty() {
            return Err(Breach::Found(format!("{said}: changed {} of another city", changed.join(", "))));
        }
        let ended = Ended::read(&self.field.1.name, &answer);
        if !is_nothing(&ended, path) {
            let breach = format!("{said}: found something: {ended:?}");
            return Err(if matches!(ended, Ended::Refused(_)) {
                Breach::Refused(breach)
            } else {
                Breach::Found(breach)
            });
        }
        let changed = differing(&before.0, &after.0, &RECORDS);
        let breach = || Breach::Found(format!("{said}: changed {} of its own city", changed.join(", ")));
        if changed.is_empty() { Ok(()) } else { Err(breach()) }
    }
}

/// Does an answer say that there is no such thing? A text that may be anything has a refusal of its own, a condition of
/// a list leaves it empty, and a page begins nowhere.
fn is_nothing(ended: &Ended, path: &[String]) -> bool {
    let last = path.last().map_or("", String::as_str);
    match ended {
        Ended::NotFound => true,
        Ended::Error(code) => last == "after" && code == "INVALID_REQUEST",
        Ended::Refused(code) => {
            matches!(
                (last, code.as_str()),
                ("token", "INVALID_TOKEN")
                    | ("scopeKey", "INVALID_SCOPE")
                    | ("paper" | "witness", "CONSENT")
                    | ("evidence", "EVIDENCE_UNKNOWN")
            )
        }
        Ended::Done(value) => path[0] == "filter" && value["edges"] == json!([]),
    }
}

fn at<'v>(variables: &'v Map<String, Value>, path: &[String]) -> &'v Value {
    path[1..].iter().fold(&variables[&path[0]], |value, name| match value {
        // Of many lines the first.
        Value::Array(lines) => &lines[0][name],
        one => &one[name],
    })
}

fn put(variables: &mut Map<String, Value>, path: &[String], value: Value) {
    let first = variables.entry(path[0].clone()).or_insert(Value::Null);
    *path[1..].iter().fold(first, |place, name| match place {
        Value::Array(lines) => &mut lines[0][name],
        one => &mut one[name],
    }) = value;
}

/// Fields whose things both cities have.
const FURNISHED: [&str; 8] =
    ["job", "noteCase", "postingImport", "publicMarket", "recordChannelDelivery", "resendSms", "retryMail", "worker"];

/// What stands in both cities before anything is asked.
async fn furnish(world: &World, house: &House) {
    for code in [TAIYUAN, DATONG] {
        let town = world.town(code);
        for name in ["setLiaison", "createApiKey", "setPolicyLine"] {
            world.act(house, town, name, &world.made(town), &[]).await.expect("it is done");
        }
        for name in ["addLedgerEntry", "recordFeeReceipt", "recordInspection"] {
            world.by_field(house, town, name, &[]).await.expect("it is done");
        }
        for name in ["orderRecheck", "saveVisit"] {
            world.by_field(house, town, name, &["id", "version"]).await.expect("it is done");
        }
        world.own_party(house, town).await.expect("a citizen registers");
        for name in FURNISHED {
            let (_, field) = house.field(name);
            let kinds = naming(&house.sdl, field);
            world.things(house, town, field, &kinds).await.expect("it is made");
        }
    }
}

async fn no_field_reaches_into_another_city(world: World) {
    let house = House::new();
    furnish(&world, &house).await;
    let found = breaches(&world, &house, &house).await;
    assert_eq!(found.breaches, Vec::<String>::new());
    let refused: Vec<_> = REFUSED_AT_HOME.map(|(name, code)| (name.to_owned(), code.to_owned())).into();
    assert_eq!(found.refused, refused, "refusals at home are known one by one");
    let fields: usize = ROOTS.iter().map(|root| house.sdl.fields(root).len()).sum();
    assert!(found.asked >= fields, "every field was asked: {} of {fields}", found.asked);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_field_reaches_into_another_city_on_sqlite() {
    no_field_reaches_into_another_city(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_field_reaches_into_another_city_on_postgresql() {
    no_field_reaches_into_another_city(World::on_postgres().await).await;
}
