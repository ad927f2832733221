//! What the store finds is what the rule says (口径一致): three rules that lists ask in SQL and single markets in Rust, held
//! against each other over markets drawn by lot, on both back ends. Each comparison is first shown to notice a rule that
//! is a little off.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use kernel::policy::{ClassedReach, OperatorClass, Reach, ScopeKind};
use kernel::{Action, Actor, Ctx, Fault, Never, Stop};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ColumnType, Condition, EntityTrait as _,
    IntoActiveModel as _, Iterable, QueryFilter as _, QuerySelect as _, TryIntoModel as _,
};
use uuid::Uuid;

use crate::kinds::{AliasBasis, CheckItem, CheckResult, MarketStatus, OperatingNature, OperatorKind, Season};
use crate::policy::READ;
use crate::queries::{conditions, standard as standard_sql};
use crate::rows::{market, market_hours, safety_check};
use crate::rules::spans::{self, Span};
use crate::rules::standard;
use crate::store::visible;
use crate::testing::{by, house_on, officer};

pub(super) static DRAW: Action = Action::new("test", "draw", "抽取市场", "Draw markets by lot");

const MARKETS: usize = 160;
const COUNTIES: [&str; 3] = ["140105", "140106", "140107"];

pub(super) fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// A market with its hours and its checks.
#[derive(Clone, Debug)]
struct Drawn {
    market: market::Model,
    spans: Vec<Span>,
    checks: Vec<safety_check::Model>,
}

pub(super) type Ids = BTreeSet<Uuid>;

fn span() -> impl Strategy<Value = Span> {
    (1..=12_i32, 1..=12_i32, 1..128_i32, 0..1440_i32, 1..=1440_i32).prop_map(
        |(from_month, to_month, weekdays, opens, minutes)| Span {
            season: Season::AllYear,
            from_month,
            to_month,
            weekdays,
            opens,
            closes: opens + minutes,
        },
    )
}

/// The newest check of an item: mostly passed, and mostly still good.
fn check() -> impl Strategy<Value = Option<(bool, i64)>> {
    weighted(0.95, (proptest::bool::weighted(0.95), prop_oneof![1 => -2..=-1_i64, 9 => 0..=2_i64]))
}

/// An agency that runs some of the markets.
const AGENCY: Uuid = Uuid::from_u128(9);

type Lot = (MarketStatus, OperatingNature, bool, &'static str, Vec<Span>, Vec<Option<(bool, i64)>>, bool);

fn lot() -> impl Strategy<Value = Lot> {
    (
        prop_oneof![4 => Just(MarketStatus::Listed), 1 => select(MarketStatus::ALL.to_vec())],
        prop_oneof![4 => Just(OperatingNature::Public), 1 => select(OperatingNature::ALL.to_vec())],
        proptest::bool::weighted(0.9),
        select(COUNTIES.to_vec()),
        vec(span(), 0..4),
        vec(check(), CheckItem::ALL.len()),
        any::<bool>(),
    )
}

fn drawn(ctx: &Ctx, n: usize, lot: Lot) -> Drawn {
    let (status, nature, public_interest, county, spans, checks, with_older) = lot;
    let id = ctx.new_id();
    let of = |item: CheckItem, passed: bool, days: i64, is_current: bool| safety_check::Model {
        id: ctx.new_id(),
        market_id: id,
        item,
        result: if passed { CheckResult::Passed } else { CheckResult::Failed },
        inspector: "李建国".to_owned(),
        inspected_on: today(),
        expires_on: today() + chrono::Duration::days(days),
        note: None,
        is_current,
        recorded_by: None,
        recorded_at: ctx.now(),
        withdrawn_reason: None,
    };
    let newest =
        CheckItem::ALL.into_iter().zip(checks).filter_map(|(item, c)| c.map(|(passed, days)| (item, passed, days)));
    // What a newer check took over counts no more, whatever it said.
    let checks = newest.flat_map(|(item, passed, days)| {
        let older = with_older.then(|| of(item, !passed, 2 - days, false));
        older.into_iter().chain([of(item, passed, days, true)])
    });
    let checks = checks.collect();
    Drawn { market: row(ctx, id, n, (status, nature, public_interest, county)), spans, checks }
}

pub(super) fn row(
    ctx: &Ctx,
    id: Uuid,
    n: usize,
    (status, nature, public_interest, county): (MarketStatus, OperatingNature, bool, &str),
) -> market::Model {
    let row = market::ActiveModel {
        id: Set(id),
        version: Set(1),
        slug: Set(format!("{county}-{n}")),
        alias: Set(Some(format!("第{n}市场"))),
        alias_basis: Set(AliasBasis::Customary),
        display_name: Set(format!("第{n}市场")),
        nature: Set(nature),
        operator_kind: Set(OperatorKind::ALL[n % OperatorKind::ALL.len()]),
        public_interest: Set(public_interest),
        status: Set(status),
        division: Set(county.to_owned()),
        county: Set(county.to_owned()),
        city: Set("140100".to_owned()),
        address: Set(format!("和平路{n}号")),
        name_key: Set(n.to_string()),
        address_key: Set(n.to_string()),
        hours_text: Set(String::new()),
        early_opening: Set(false),
        scale_approximate: Set(false),
        success_approximate: Set(false),
        search_text: Set(String::new()),
        created_at: Set(ctx.now()),
        updated_at: Set(ctx.now()),
        agency: Set(n.is_multiple_of(7).then_some(AGENCY)),
        ..nothing_said()
    };
    row.try_into_model().unwrap()
}

/// A market of which nothing is said that need not be.
fn nothing_said() -> market::ActiveModel {
    let mut row = <market::ActiveModel as Default>::default();
    for column in <market::Column as Iterable>::iter() {
        let def = column.def();
        let null = match def.get_column_type() {
            ColumnType::Integer => sea_orm::Value::Int(None),
            ColumnType::Double => sea_orm::Value::Double(None),
            ColumnType::Date => sea_orm::Value::ChronoDate(None),
            ColumnType::Uuid => sea_orm::Value::Uuid(None),
            _ => sea_orm::Value::String(None),
        };
        if def.is_null() {
            row.set(column, null);
        }
    }
    row
}

/// The value of the next draw.
fn draw<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}

async fn put(ctx: &Ctx, all: &[Drawn]) {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&DRAW, |tx| async move {
            for one in all {
                market::Entity::insert(one.market.clone().into_active_model()).exec_without_returning(&tx).await?;
                for span in &one.spans {
                    let row = market_hours::Model {
                        id: tx.ctx().new_id(),
                        market_id: one.market.id,
                        season: span.season,
                        from_month: span.from_month,
                        to_month: span.to_month,
                        weekdays: span.weekdays,
                        opens: span.opens,
                        closes: span.closes,
                        early_opening: spans::is_early(span),
                    };
                    market_hours::Entity::insert(row.into_active_model()).exec_without_returning(&tx).await?;
                }
                for check in &one.checks {
                    safety_check::Entity::insert(check.clone().into_active_model()).exec_without_returning(&tx).await?;
                }
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).unwrap();
}

pub(super) async fn found(ctx: &Ctx, condition: Condition) -> Ids {
    let query = market::Entity::find().select_only().column(market::Column::Id).filter(condition);
    query.into_tuple::<Uuid>().all(&ctx.scope()).await.unwrap().into_iter().collect()
}

fn said(all: &[Drawn], rule: impl Fn(&Drawn) -> bool) -> Ids {
    all.iter().filter(|one| rule(one)).map(|one| one.market.id).collect()
}

async fn standardised_agrees(ctx: &Ctx, all: &[Drawn]) {
    let by_rule = |day: NaiveDate| {
        said(all, |one| {
            let newest = standard_sql::newest(&one.checks);
            standard::verdict(one.market.status, one.market.nature, one.market.public_interest, &newest, day)
                .standardised
        })
    };
    for days in 0..5 {
        let day = today() - Days::new(2) + Days::new(days);
        assert_eq!(found(ctx, standard_sql::is_standardised(day)).await, by_rule(day), "standardised on {day}");
    }
    let (now, tomorrow) = (by_rule(today()), by_rule(today() + Days::new(1)));
    assert!(!now.is_empty() && now.len() < all.len() && now != tomorrow, "the draw has both kinds, and a day matters");
}

async fn opening_agrees(ctx: &Ctx, all: &[Drawn], runner: &mut TestRunner) {
    let mut minute_matters = false;
    // Turns of days, months and the year, and whatever the lot says.
    let edges = [("2026-12-31", 1439), ("2027-01-01", 0), ("2026-11-30", 1439), ("2028-02-29", 720), ("2026-11-29", 0)];
    let mut moments: Vec<(NaiveDate, i32)> =
        edges.iter().map(|(day, minute)| (day.parse().unwrap(), *minute)).collect();
    moments.extend((0..60).map(|_| {
        let (days, minute) = draw(runner, &(0..800_u64, 0..1440_i32));
        (today() + Days::new(days), minute)
    }));
    for (day, minute) in moments {
        let by_rule = said(all, |one| spans::is_open(&one.spans, day, minute));
        assert_eq!(found(ctx, conditions::open_at(day, minute)).await, by_rule, "open on {day} at minute {minute}");
        minute_matters |= by_rule != said(all, |one| spans::is_open(&one.spans, day, minute + 15));
    }
    assert!(minute_matters, "a quarter of an hour matters somewhere");
}

async fn reach_agrees(ctx: &Ctx, all: &[Drawn], runner: &mut TestRunner) {
    let ids: Vec<Uuid> = all.iter().map(|one| one.market.id).collect();
    let strategy = (
        proptest::bool::weighted(0.1),
        subsequence(COUNTIES.to_vec(), 0..=2),
        weighted(0.1, Just("HOUSING".to_owned())),
        subsequence(ids, 0..=5),
        weighted(0.2, Just(AGENCY)),
    );
    let mut drawn = || {
        let (city, counties, department, markets, agency) = draw(runner, &strategy);
        Reach {
            city,
            counties: counties.into_iter().map(str::to_owned).collect(),
            departments: department.into_iter().collect(),
            markets,
            agencies: agency.into_iter().collect(),
        }
    };
    let seen = |reach: &ClassedReach| said(all, |one| reach.holds(&visible::place_of(&one.market)));
    let (mut agencies_matter, mut classes_matter) = (false, false);
    for n in 0..60 {
        let one = drawn();
        let reach = ClassedReach::new(|_| if n % 2 == 0 { one.clone() } else { drawn() });
        assert_eq!(found(ctx, visible::within(&reach)).await, seen(&reach), "{reach:?}");
        let alone = |class| Reach { agencies: Vec::new(), ..reach.of(class).clone() };
        agencies_matter |= seen(&reach) != seen(&ClassedReach::new(alone));
        let public = |_| reach.of(OperatorClass::Public).clone();
        classes_matter |= seen(&reach) != seen(&ClassedReach::new(public));
    }
    assert!(agencies_matter && classes_matter, "an agency matters somewhere, and a class");
}

/// What a list shows is what policy says of each row: no role sees a market that it may not read, and misses none.
async fn readers_agree(ctx: &Ctx, all: &[Drawn]) {
    let market = all[0].market.id.to_string();
    let agency = AGENCY.to_string();
    let scopes = [
        (ScopeKind::City, ""),
        (ScopeKind::County, COUNTIES[0]),
        (ScopeKind::Department, "HOUSING"),
        (ScopeKind::Market, &market),
        (ScopeKind::Agency, &agency),
    ];
    let policy = ctx.kernel().policy.of(ctx).await.unwrap();
    let mut some = 0;
    for role in kernel::policy::ROLES {
        for (kind, key) in scopes {
            let reader = ctx.as_actor(officer(role.name, kind, key));
            let seen = match reader.reach_by_class(&READ).await {
                Ok(reach) => found(ctx, visible::within(&reach)).await,
                Err(_) => Ids::new(),
            };
            let allowed =
                |one: &Drawn| policy.decide(reader.actor(), &READ, &visible::place_of(&one.market), today()).allowed;
            assert_eq!(seen, said(all, allowed), "{} in {kind:?} {key}", role.name);
            some += usize::from(!seen.is_empty() && seen.len() < all.len());
        }
    }
    assert!(some > 5, "some readers see some markets and not all: {some}");
}

async fn the_store_and_the_rules_agree(admin: Option<&str>) -> Result<(), Fault> {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house_on(dir.path(), admin).await?;
    let ctx = by(&kernel, Actor::System("test")).await?;
    let mut runner = TestRunner::deterministic();
    let all: Vec<Drawn> = (0..MARKETS).map(|n| drawn(&ctx, n, draw(&mut runner, &lot()))).collect();
    put(&ctx, &all).await;
    assert_eq!(found(&ctx, Condition::all().add(market::Column::Version.eq(1))).await.len(), MARKETS);
    standardised_agrees(&ctx, &all).await;
    opening_agrees(&ctx, &all, &mut runner).await;
    reach_agrees(&ctx, &all, &mut runner).await;
    readers_agree(&ctx, &all).await;
    Ok(())
}

#[tokio::test]
async fn standardised_open_and_visible_mean_the_same_in_sql_and_in_rust_on_sqlite() {
    the_store_and_the_rules_agree(None).await.unwrap();
}

#[tokio::test]
async fn standardised_open_and_visible_mean_the_same_in_sql_and_in_rust_on_postgresql() {
    let admin = std::env::var("YIZHAN_TEST_PG_ADMIN_URL")
        .expect("PostgreSQL is not here; run this under scripts/with-postgres");
    the_store_and_the_rules_agree(Some(&admin)).await.unwrap();
}
