//! No list costs more statements when it has more rows (语句计数): every query of the SDL is asked of a city with few rows and
//! again when it has many, with everything that can be selected; the count is the same, and it is the golden one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use async_graphql::{Context, EmptyMutation, EmptySubscription, Executor, Object, Schema, SimpleObject};
use entities::mail;
use kernel::gql::{self, Answer};
use kernel::{Actor, Ctx, Never, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait as _, Set};
use serde_json::{Map, Value, json};

use super::golden::compare;
use crate::world::fill::{fill, naming};
use crate::world::rows::{reports, years};
use crate::world::sdl::{Field, Sdl, bottom, is_list};
use crate::world::{Ended, House, Interface, PLATFORM, SETTLE, TAIYUAN, Town, World};

/// Few, and many.
const FEW: u32 = 3;
const MANY: u32 = 30;

/// Lists that are as long as the books they are read from, and why no city makes them longer.
const AS_LONG_AS_EVER: [(&str, &str); 15] = [
    ("channels", "seven kinds, and those that markets add"),
    ("provincePaces", "cities of the province"),
    ("agencyParameters", "written in the source"),
    ("apiScopes", "actions are written in the source"),
    ("caseColleagues", "fifty of the staff at most, for a list to choose from"),
    ("caseKinds", "declared in the source"),
    ("divisions", "a committed table"),
    ("myAgencyRequests", "twenty at most, the newest"),
    ("plugins", "compiled in"),
    ("roles", "written in the source"),
    ("scopeChoices", "twenty at most, for a list to choose from"),
    ("serviceGaps", "counties of the city"),
    ("trades", "a committed table"),
    ("witnesses", "fifty of the staff at most, for a list to choose from"),
    ("workerParameters", "written in the source"),
];

/// What more there is of: a job with its import, a dead letter, a failed text message, a case, a role of an account, a line
/// of policy, a session, a posting on its way, an import of postings, what a party keeps, engagements, messages about one, points,
/// wages that are not paid, and wage sheets.
const GROWN: [&str; 17] = [
    "conductPoints",
    "engagementsOf",
    "engagementsToday",
    "favourites",
    "job",
    "messages",
    "noteCase",
    "postingImport",
    "postingTemplates",
    "recordChannelDelivery",
    "resendSms",
    "retryMail",
    "revokeSession",
    "unpaidWarnings",
    "wageSheets",
    "withdrawPolicyLine",
    "withdrawRole",
];

/// What a query answered with: its rows, if it is a list, and what they cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cost {
    rows: usize,
    statements: u64,
}

type Costs = BTreeMap<String, Cost>;

fn is_a_list(field: &Field) -> bool {
    is_list(&field.ty) || bottom(&field.ty).ends_with("Connection")
}

fn rows(answer: &Value) -> usize {
    answer.as_array().or_else(|| answer["edges"].as_array()).map_or(0, Vec::len)
}

/// Asks every query of `face`, each of whoever sees most; the second of two answers is counted, when everything that is
/// kept between requests is known.
async fn costs(world: &World, house: &House, face: &Interface<impl Executor>) -> Costs {
    let mut costs = Costs::new();
    for field in face.sdl.fields("Query") {
        let town = world.town(TAIYUAN);
        let things: Vec<_> = naming(&face.sdl, field)
            .into_iter()
            .filter(|(path, _)| (path.len() == 1 || path[0] == "input") && path[0] != "after")
            .collect();
        let made = world.things(house, town, field, &things).await.unwrap_or_else(|e| panic!("{e}"));
        let mut variables = fill(&face.sdl, field, &made, &["after"]).unwrap_or_else(|e| panic!("{e}"));
        if field.args.iter().any(|a| a.name == "first") {
            variables.insert("first".to_owned(), json!(100));
        }
        // Whoever sees most, in the city or at the province.
        let here = cost(world, face, town, field, &variables).await;
        let there = cost(world, face, world.town(PLATFORM), field, &variables).await;
        if let Some(cost) = here.into_iter().chain(there).max_by_key(|cost| (cost.rows, cost.statements)) {
            costs.insert(field.name.clone(), cost);
        }
    }
    costs
}

async fn cost(
    world: &World,
    face: &Interface<impl Executor>,
    town: &Town,
    field: &Field,
    variables: &Map<String, Value>,
) -> Option<Cost> {
    let given: Vec<&str> = variables.keys().map(String::as_str).collect();
    let document = face.sdl.document("Query", field, &given, 3);
    let mut most: Option<Cost> = None;
    for actor in town.actors() {
        world.ask(&face.schema, town, actor.clone(), &document, variables.clone()).await;
        let (answer, statements) = world.ask(&face.schema, town, actor, &document, variables.clone()).await;
        if let Ended::Done(data) = Ended::read(&field.name, &answer) {
            let rows = rows(&data);
            if most.is_none_or(|m| (rows, statements) > (m.rows, m.statements)) {
                most = Some(Cost { rows, statements });
            }
        }
    }
    most
}

/// Queries that nobody got an answer to, lists that did not grow, and whatever cost more or less when there was more.
fn dearer(sdl: &Sdl, few: &Costs, many: &Costs) -> Vec<String> {
    let mut found = Vec::new();
    for field in sdl.fields("Query") {
        let name = &field.name;
        let (Some(before), Some(after)) = (few.get(name), many.get(name)) else {
            found.push(format!("{name}: answers nobody"));
            continue;
        };
        let as_ever = AS_LONG_AS_EVER.iter().any(|(fixed, _)| fixed == name);
        if is_a_list(field) && !as_ever && after.rows < usize::min(before.rows + 20, 100) {
            found.push(format!("{name}: {} rows, then {}: it did not grow", before.rows, after.rows));
        }
        if before.statements != after.statements {
            found.push(format!(
                "{name}: {} statements for {} rows, {} for {}",
                before.statements, before.rows, after.statements, after.rows
            ));
        }
    }
    found
}

/// Everything there can be more of, once more, from the `from`th to the `to`th.
async fn grow(world: &World, house: &House, from: u32, to: u32) {
    let town = world.town(TAIYUAN);
    let make = async |name: &str| {
        let (_, field) = house.field(name);
        let kinds: Vec<_> = naming(&house.sdl, field).into_iter().filter(|(_, kind)| kind != "Cursor").collect();
        let made = world.things(house, town, field, &kinds).await.unwrap_or_else(|e| panic!("{e}"));
        (made, field)
    };
    for _ in from..to {
        // A market in the directory with a part of every kind, and one more part at the market that stands.
        let (made, _) = make("suspendMarket").await;
        for part in ["saveZone", "saveFacility", "saveBay", "saveContract", "saveProject", "recordSafetyCheck"] {
            let mut of_it = world.made(town);
            of_it.things.insert("Market".to_owned(), made.things["Market"].clone());
            world.act(house, town, part, &of_it, &[]).await.unwrap_or_else(|e| panic!("{e}"));
            let (standing, _) = make("recordSafetyCheck").await;
            world.act(house, town, part, &standing, &[]).await.unwrap_or_else(|e| panic!("{e}"));
        }
        for thing in GROWN {
            make(thing).await;
        }
        let (worker, _) = make("recordDifficulty").await;
        for part in ["recordDifficulty", "saveWorkerCertificate"] {
            world.act(house, town, part, &worker, &[]).await.unwrap_or_else(|e| panic!("{e}"));
        }
        // A party that waits, one that is looked at again, a citizen's own, and a visit.
        for name in ["orderRecheck", "saveVisit"] {
            world.by_field(house, town, name, &["id", "version"]).await.unwrap_or_else(|e| panic!("{e}"));
        }
        world.own_party(house, town).await.unwrap_or_else(|e| panic!("{e}"));
        let (key, _) = make("revokeApiKey").await;
        world.act(house, town, "revokeApiKey", &key, &[]).await.unwrap_or_else(|e| panic!("{e}"));
        world.act(house, town, "setLiaison", &world.made(town), &[]).await.unwrap_or_else(|e| panic!("{e}"));
        // An agency, and more of everything that hangs on the one that stands.
        make("verifyAgencyLicence").await;
        for part in ["addLedgerEntry", "recordFeeReceipt", "recordInspection", "saveBranch", "saveDisplayedItem"] {
            let (made, _) = make(part).await;
            world.act(house, town, part, &made, &[]).await.unwrap_or_else(|e| panic!("{e}"));
        }
        world.drain(town.code).await;
    }
    give_up_letters(world.ctx(town, Actor::System("test")).await).await;
    more_cities_and_years(world, from, to).await;
}

/// No letter will be tried again.
async fn give_up_letters(ctx: Ctx) {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&SETTLE, |tx| async move {
            let dead = Expr::value("DEAD");
            mail::Entity::update_many().col_expr(mail::Column::Status, dead).exec(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).expect("the letters are given up");
}

/// Rows of cities and years, of which no operation makes thirty.
async fn more_cities_and_years(world: &World, from: u32, to: u32) {
    let platform = world.ctx(world.town(PLATFORM), Actor::System("test")).await;
    let done: Result<(), Stop<Never>> = platform
        .transact(&SETTLE, |tx| async move {
            for n in from..to {
                let row = entities::tenant::ActiveModel {
                    code: Set(format!("{}", 150_100 + n)),
                    slug: Set(format!("city{n}")),
                    name_zh: Set(format!("第{n}市")),
                    name_en: Set(format!("City {n}")),
                    status: Set("ACTIVE".to_owned()),
                    generation: Set(1),
                    database_url: Set(None),
                    hotline: Set(None),
                    limits: Set(None),
                    created_at: Set(tx.ctx().now()),
                };
                entities::tenant::Entity::insert(row).exec_without_returning(&tx).await?;
                reports::freeze(&tx, 1 + i32::try_from(n).unwrap_or_default()).await?;
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).expect("more cities");
    let city = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    let done: Result<(), Stop<Never>> = city
        .transact(&SETTLE, |tx| async move {
            for n in from..to {
                years::begin(&tx, 2030 + i32::try_from(n).unwrap_or_default()).await?;
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).expect("more years");
}

/// What `make golden` writes.
fn text(costs: &Costs) -> String {
    let mut out = String::from(
        "# SQL statements of each query with everything that can be selected (每个查询的语句数), however many rows it has.\n\
         # Generated by `make golden`.\n\n",
    );
    for (name, cost) in costs {
        writeln!(out, "{:<24} {}", name, cost.statements).expect("a string takes text");
    }
    out
}

async fn no_list_costs_more_when_it_has_more_rows(world: World) {
    let house = House::new();
    grow(&world, &house, 0, FEW).await;
    let few = costs(&world, &house, &house).await;
    grow(&world, &house, FEW, MANY).await;
    let many = costs(&world, &house, &house).await;
    assert_eq!(dearer(&house.sdl, &few, &many), Vec::<String>::new());
    compare("statements.txt", &text(&many));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_query_costs_its_golden_number_of_statements_however_many_rows_on_sqlite() {
    no_list_costs_more_when_it_has_more_rows(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_query_costs_as_many_statements_on_postgresql() {
    no_list_costs_more_when_it_has_more_rows(World::on_postgres().await).await;
}

#[derive(SimpleObject)]
struct Name {
    name: String,
}

struct Query;

#[Object]
impl Query {
    /// One statement for all.
    async fn at_once(&self, gql: &Context<'_>) -> Answer<Vec<Name>> {
        let all = entities::counter::Entity::find().all(&gql::ctx(gql).scope()).await;
        Some(all.map(|rows| rows.into_iter().map(|r| Name { name: r.name }).collect()).map_err(Into::into))
    }

    /// One more for each.
    async fn one_by_one(&self, gql: &Context<'_>) -> Answer<Vec<Name>> {
        let scope = gql::ctx(gql).scope();
        let read = async {
            let mut names = Vec::new();
            for row in entities::counter::Entity::find().all(&scope).await? {
                let again = entities::counter::Entity::find_by_id(row.name).one(&scope).await?;
                names.extend(again.map(|r| Name { name: r.name }));
            }
            Ok::<_, sea_orm::DbErr>(names)
        };
        Some(read.await.map_err(Into::into))
    }

    /// Never more of them.
    async fn short(&self) -> Vec<Name> {
        vec![Name { name: "一".to_owned() }]
    }

    /// Nothing for anybody.
    async fn silent(&self) -> Option<Vec<Name>> {
        None
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_asks_once_more_for_each_row_is_caught() {
    let (world, house) = (World::on_sqlite().await, House::new());
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).finish();
    let face = Interface { sdl: Sdl::read(&schema.sdl()), schema };
    let count = async |from: u32, to: u32| {
        let ctx = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
        let done: Result<(), Stop<Never>> = ctx
            .transact(&SETTLE, |tx| async move {
                for n in from..to {
                    let row = entities::counter::ActiveModel { name: Set(format!("planted {n:03}")), value: Set(1) };
                    entities::counter::Entity::insert(row).exec_without_returning(&tx).await?;
                }
                Ok(())
            })
            .await;
        done.map_err(Stop::into_fault).expect("counters");
        costs(&world, &house, &face).await
    };
    let (few, many) = (count(0, FEW).await, count(FEW, MANY).await);
    let rows = |costs: &Costs| costs["atOnce"].rows;
    assert_eq!(
        dearer(&face.sdl, &few, &many),
        [
            format!(
                "oneByOne: {} statements for {} rows, {} for {}",
                1 + rows(&few),
                rows(&few),
                1 + rows(&many),
                rows(&many)
            ),
            "short: 1 rows, then 1: it did not grow".to_owned(),
            "silent: answers nobody".to_owned(),
        ]
    );
}
