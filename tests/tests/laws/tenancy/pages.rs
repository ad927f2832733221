//! Pages inside pages (嵌套分页): a list that hangs on an object has cursors of its own, and another city's begins it nowhere.

use serde_json::{Map, Value, json};

use super::Naming;
use crate::world::dump::differing;
use crate::world::fill::{fill, naming};
use crate::world::sdl::{Field, Sdl, bottom, is_list};
use crate::world::{DATONG, House, PLATFORM, TAIYUAN, Town, World};

/// The queries that answer with one object on which a list hangs, and those lists: a cursor belongs to one object, so that
/// the others of a list rightly refuse it.
fn nested(sdl: &Sdl) -> Vec<(&Field, &Field)> {
    let pages = |field| sdl.fields(bottom(field)).iter().filter(|f| f.args.iter().any(|a| a.name == "after"));
    let singles = sdl.fields("Query").iter().filter(|f| !is_list(&f.ty));
    singles.flat_map(|field| pages(&field.ty).map(move |page| (field, page))).collect()
}

/// Asks for the list, from a cursor or from its beginning, as whoever gets an answer; the codes of errors and what was found.
async fn ask(
    world: &World,
    house: &House,
    town: &Town,
    pair: (&Field, &Field),
    own: &Map<String, Value>,
    after: Option<&Value>,
) -> (Vec<String>, Value) {
    let (field, page) = pair;
    let declared: Vec<String> =
        field.args.iter().filter(|a| own.contains_key(&a.name)).map(|a| format!("${}: {}", a.name, a.ty)).collect();
    let passed: Vec<String> = own.keys().map(|name| format!("{name}: ${name}")).collect();
    let bracket = |parts: Vec<String>| if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
    let from = after.map(|after| format!("(after: {after})")).unwrap_or_default();
    let document = format!(
        "query{} {{ {}{} {{ {}{from} {{ edges {{ cursor }} }} }} }}",
        bracket(declared),
        field.name,
        bracket(passed),
        page.name
    );
    let mut told = (Vec::new(), Value::Null);
    for caller in &town.callers {
        let (answer, _) = world.ask(&house.schema, town, caller.actor.clone(), &document, own.clone()).await;
        let data = &answer["data"][&field.name];
        if data.is_null() {
            continue;
        }
        let all: Vec<&Value> =
            if is_list(&field.ty) { data.as_array().into_iter().flatten().collect() } else { vec![data] };
        let page = all.into_iter().map(|one| &one[&page.name]).find(|p| !p["edges"][0].is_null());
        let errors = answer["errors"].as_array().into_iter().flatten();
        let codes = errors.map(|e| e["extensions"]["code"].as_str().unwrap_or_default().to_owned()).collect();
        told = (codes, page.cloned().unwrap_or_default());
        if !told.1.is_null() {
            break;
        }
    }
    told
}

async fn a_page_on_an_object_begins_nowhere_with_another_citys_cursor(world: World) {
    let house = House::new();
    let mut asked = Vec::new();
    for pair in nested(&house.sdl) {
        let (field, page) = pair;
        let said = format!("{}.{}", field.name, page.name);
        let provincial = field.description.contains("on the platform only");
        let kinds: Vec<Naming> = naming(&house.sdl, field).into_iter().filter(|(_, kind)| kind != "Cursor").collect();
        let mut cursors = Vec::new();
        let towns = [world.town(if provincial { PLATFORM } else { TAIYUAN }), world.town(DATONG)];
        for town in towns {
            // A list of returns has rows when there is one, whose own page is asked for in the province's name.
            let before = if provincial || field.name.ends_with("Returns") { "acceptReturn" } else { "exportReturn" };
            let (_, filled) = house.field(before);
            world.things(&house, town, filled, &naming(&house.sdl, filled)).await.unwrap_or_else(|e| panic!("{e}"));
            let made = world.things(&house, town, field, &kinds).await.unwrap_or_else(|e| panic!("{e}"));
            let own = fill(&house.sdl, field, &made, &["after", "first"]).unwrap_or_else(|e| panic!("{e}"));
            let (_, found) = ask(&world, &house, town, pair, &own, None).await;
            cursors.push((own, found["edges"][0]["cursor"].clone()));
        }
        let [(own, cursor), (_, foreign)] = [cursors.remove(0), cursors.remove(0)];
        if cursor.is_null() {
            asked.push(format!("{said}: no row"));
            continue;
        }
        let (codes, _) = ask(&world, &house, towns[0], pair, &own, Some(&cursor)).await;
        assert_eq!((said.as_str(), codes), (said.as_str(), Vec::<String>::new()), "one's own cursor is good");
        // Where the other city has no such list, its cursor of another one is as foreign.
        let foreign = if foreign.is_null() { json!("AQ") } else { foreign };
        let before = (towns[0].window.dump().await, towns[1].window.dump().await);
        let (codes, found) = ask(&world, &house, towns[0], pair, &own, Some(&foreign)).await;
        let after = (towns[0].window.dump().await, towns[1].window.dump().await);
        assert!(!codes.is_empty() && codes.iter().all(|c| c == "INVALID_REQUEST"), "{said}: {codes:?} {found}");
        assert_eq!(found, Value::Null, "{said}");
        assert_eq!(
            (differing(&before.0, &after.0, &[]), differing(&before.1, &after.1, &[])),
            (vec![], vec![]),
            "{said}"
        );
        asked.push(said);
    }
    assert_eq!(
        asked,
        [
            "directoryImport.issues",
            "directoryImport.rows",
            "directoryReturn.rows",
            "market.history",
            "market.monitoringSamples: no row",
            "market.safetyChecks: no row",
            "provinceComparison.changes"
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
