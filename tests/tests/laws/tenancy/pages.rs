//! Pages inside pages (嵌套分页): a list that hangs on an object has cursors of its own, and neither another city's nor
//! another object's begins it.

use std::collections::BTreeMap;

use async_graphql::Executor;
use kernel::Actor;
use serde_json::{Map, Value};

use crate::world::dump::differing;
use crate::world::fill::{fill, naming};
use crate::world::sdl::{Field, ROOTS, Sdl, bottom, is_list};
use crate::world::{DATONG, House, Interface, PLATFORM, TAIYUAN, Town, World};

/// Lists that are empty on an object that was just made, and what puts a row on them.
const ROWS: [(&str, &str); 2] =
    [("Market.monitoringSamples", "saveMonitoringSample"), ("Market.safetyChecks", "recordSafetyCheck")];

/// The lists that hang on an object.
fn pages<'a>(sdl: &'a Sdl, object: &'a str) -> impl Iterator<Item = &'a Field> {
    sdl.fields(object).iter().filter(|f| f.args.iter().any(|a| a.name == "after"))
}

/// The queries that answer with one or several objects on which a list hangs, and those lists.
fn nested(sdl: &Sdl) -> Vec<(&Field, &Field)> {
    let queries = sdl.fields("Query").iter();
    queries.flat_map(|field| pages(sdl, bottom(&field.ty)).map(move |page| (field, page))).collect()
}

/// The lists on objects that no query answers with, so that nobody asks them here.
fn unreached(sdl: &Sdl) -> Vec<String> {
    let leads = |object: &str| sdl.fields("Query").iter().any(|field| bottom(&field.ty) == object);
    let hidden = sdl.objects().filter(|object| !ROOTS.contains(object) && !leads(object));
    let lists = hidden.flat_map(|object| pages(sdl, object).map(move |page| format!("{object}.{}", page.name)));
    lists.map(|list| format!("{list}: no query leads to it")).collect()
}

/// What the law found.
pub(super) struct Found {
    pub(super) asked: Vec<String>,
    pub(super) breaches: Vec<String>,
}

/// The law, over every list that hangs on an object of `face`; `house` makes what is asked for.
pub(super) async fn astray(world: &World, house: &House, face: &Interface<impl Executor>) -> Found {
    let mut found = Found { asked: Vec::new(), breaches: unreached(&face.sdl) };
    let mut foreign = BTreeMap::new();
    for (field, page) in nested(&face.sdl) {
        let said = format!("{}.{}", field.name, page.name);
        match (Hanging { world, house, face, field, page }).ask(&mut foreign).await {
            Ok(()) => found.asked.push(said),
            Err(breach) => found.breaches.push(format!("{said}: {breach}")),
        }
    }
    found
}

/// A list on an object, and the query that leads there.
struct Hanging<'a, E> {
    world: &'a World,
    house: &'a House,
    face: &'a Interface<E>,
    field: &'a Field,
    page: &'a Field,
}

/// What one object of an answer said of its list: the codes of its errors, and the page.
#[derive(Debug)]
struct Told {
    codes: Vec<String>,
    page: Value,
}

impl<E: Executor> Hanging<'_, E> {
    fn is_provincial(&self) -> bool {
        self.field.description.contains("on the platform only")
    }

    async fn ask(&self, foreign: &mut BTreeMap<String, Value>) -> Result<(), String> {
        let home = self.world.town(if self.is_provincial() { PLATFORM } else { TAIYUAN });
        let abroad = self.world.town(DATONG);
        let own = self.furnish(home).await?;
        let theirs = self.foreign(abroad, foreign).await?;
        let (actor, at, cursor) = self.row(home, &own).await?;
        let told = self.told(home, &actor, &own, Some(&cursor)).await;
        if told.get(at).is_none_or(|one| one.page.is_null() || !one.codes.is_empty()) {
            return Err(format!("one's own cursor is not good: {told:?}"));
        }
        if told.iter().enumerate().any(|(other, one)| other != at && !one.page.is_null()) {
            return Err(format!("begins with the cursor of another object: {told:?}"));
        }
        let before = (home.window.dump().await, abroad.window.dump().await);
        let told = self.told(home, &actor, &own, Some(&theirs)).await;
        let after = (home.window.dump().await, abroad.window.dump().await);
        let begun = |one: &Told| !one.page.is_null() || one.codes.iter().any(|code| code != "INVALID_REQUEST");
        // Another object may have no list at all; this one has, and says what is wrong.
        if told.get(at).is_none_or(|one| one.codes.is_empty()) || told.iter().any(begun) {
            return Err(format!("begins with another city's cursor: {told:?}"));
        }
        let changed = [differing(&before.0, &after.0, &[]), differing(&before.1, &after.1, &[])].concat();
        if changed.is_empty() { Ok(()) } else { Err(format!("changed {}", changed.join(", "))) }
    }

    /// Makes what the query asks for, with a row on the list; the variables.
    async fn furnish(&self, town: &Town) -> Result<Map<String, Value>, String> {
        // A list of returns has rows when there is one, whose own page is asked for in the province's name.
        let of_returns = self.is_provincial() || self.field.name.ends_with("Returns");
        let (_, filled) = self.house.field(if of_returns { "acceptReturn" } else { "exportReturn" });
        self.world.things(self.house, town, filled, &naming(&self.house.sdl, filled)).await?;
        let mut kinds = naming(&self.face.sdl, self.field);
        kinds.retain(|(_, kind)| kind != "Cursor");
        let made = self.world.things(self.house, town, self.field, &kinds).await?;
        let list = format!("{}.{}", bottom(&self.field.ty), self.page.name);
        if let Some((_, maker)) = ROWS.iter().find(|(of, _)| *of == list) {
            let mut at_it = self.world.made(town);
            at_it.things.clone_from(&made.things);
            // It is the object's; the row is new.
            at_it.things.remove("Version");
            self.world.act(self.house, town, maker, &at_it, &[]).await?;
        }
        fill(&self.face.sdl, self.field, &made, &["after", "first"])
    }

    /// A cursor of the other city, of its own such list. Where only the province has one, a cursor of rows of the same
    /// kind that the city has, or of whatever it has, is as foreign.
    async fn foreign(&self, abroad: &Town, known: &mut BTreeMap<String, Value>) -> Result<Value, String> {
        let kind = bottom(&self.page.ty);
        if self.is_provincial() {
            let cursor = known.get(kind).or_else(|| known.values().next());
            return cursor.cloned().ok_or_else(|| format!("no cursor of {} to ask with", abroad.code));
        }
        let variables = self.furnish(abroad).await?;
        let (_, _, cursor) = self.row(abroad, &variables).await?;
        known.insert(kind.to_owned(), cursor.clone());
        Ok(cursor)
    }

    /// Whoever gets a row, on which object of the answer, and its cursor.
    async fn row(&self, town: &Town, own: &Map<String, Value>) -> Result<(Actor, usize, Value), String> {
        for caller in &town.callers {
            let told = self.told(town, &caller.actor, own, None).await;
            let mut cursors = told.iter().map(|one| &one.page["edges"][0]["cursor"]).enumerate();
            if let Some((at, cursor)) = cursors.find(|(_, cursor)| !cursor.is_null()) {
                return Ok((caller.actor.clone(), at, cursor.clone()));
            }
        }
        Err(format!("no row in {}", town.code))
    }

    /// Asks for the list, from a cursor or from its beginning; what each object of the answer said.
    async fn told(&self, town: &Town, actor: &Actor, own: &Map<String, Value>, after: Option<&Value>) -> Vec<Told> {
        let args = self.field.args.iter().filter(|a| own.contains_key(&a.name));
        let (declared, passed): (Vec<String>, Vec<String>) =
            args.map(|a| (format!("${}: {}", a.name, a.ty), format!("{0}: ${0}", a.name))).unzip();
        let bracket =
            |parts: Vec<String>| if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
        let from = after.map(|after| format!("(after: {after})")).unwrap_or_default();
        let document = format!(
            "query{} {{ {}{} {{ {}{from} {{ edges {{ cursor }} }} }} }}",
            bracket(declared),
            self.field.name,
            bracket(passed),
            self.page.name
        );
        let (answer, _) = self.world.ask(&self.face.schema, town, actor.clone(), &document, own.clone()).await;
        let (data, several) = (&answer["data"][&self.field.name], is_list(&self.field.ty));
        let objects: Vec<&Value> = if several {
            data.as_array().into_iter().flatten().collect()
        } else {
            Some(data).into_iter().filter(|one| !one.is_null()).collect()
        };
        let codes = |at: usize| -> Vec<String> {
            let errors = answer["errors"].as_array().into_iter().flatten();
            let of_it = errors.filter(|error| !several || error["path"][1] == at);
            of_it.map(|error| error["extensions"]["code"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let told = objects.into_iter().enumerate();
        told.map(|(at, one)| Told { codes: codes(at), page: one[&self.page.name].clone() }).collect()
    }
}

async fn a_page_on_an_object_begins_nowhere_with_another_citys_cursor(world: World) {
    let house = House::new();
    let found = astray(&world, &house, &house).await;
    assert_eq!(found.breaches, Vec::<String>::new());
    assert_eq!(
        found.asked,
        [
            "case.timeline",
            "directoryImport.issues",
            "directoryImport.rows",
            "directoryReturn.rows",
            "directoryReturns.rows",
            "hiringParty.history",
            "market.history",
            "market.monitoringSamples",
            "market.safetyChecks",
            "provinceComparison.changes",
            "provinceReturns.rows"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_on_an_object_begins_nowhere_with_another_citys_cursor_on_sqlite() {
    a_page_on_an_object_begins_nowhere_with_another_citys_cursor(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_on_an_object_begins_nowhere_with_another_citys_cursor_on_postgresql() {
    a_page_on_an_object_begins_nowhere_with_another_citys_cursor(World::on_postgres().await).await;
}
