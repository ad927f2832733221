//! Workers counted (零工人员统计), so that the counts tell nothing of one person: by band of ages, hardship, trade or county, and what is
//! counted so by age and hardship again.

use std::collections::HashMap;
use std::hash::Hash;

use async_graphql::Enum;
use entities::{worker, worker_trade};
use kernel::divisions::{Division, Divisions};
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    RelationDef, Select, TryGetable,
};

use crate::workers::facts::{counts_on, hardship_on, kinds, statistics_least};
use crate::workers::kinds::{AgeBand, DifficultyKind, WorkerStatus};
use crate::workers::operations::record_difficulty::kind_index;
use crate::workers::policy;
use crate::workers::rows::worker_difficulty;
use crate::workers::rules::statistics::Least;
use crate::workers::store::visible::Within;

/// By what workers are counted (统计口径).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum WorkerStatisticsBy {
    /// Band of ages (年龄段).
    AgeBand,
    /// Hardship (困难情形).
    Difficulty,
    /// Trade (工种).
    Trade,
    /// County (县区).
    County,
}

/// By what each count is split (分项).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Split {
    /// Band of ages.
    pub(crate) age: bool,
    /// Hardship.
    pub(crate) difficulty: bool,
}

/// Counts of registrations that hold (零工人员计数).
pub(crate) struct Counts {
    /// What was counted.
    pub(crate) rows: Vec<Row>,
    /// How many registrations there are; a person may be in several rows, or in none.
    pub(crate) total: Option<i64>,
    /// Fewer than this are not counted.
    pub(crate) least: i32,
}

/// A count and its parts (计数与分项), each where it may be shown.
pub(crate) struct Row {
    /// What was counted.
    pub(crate) key: String,
    /// The same in the caller's language.
    pub(crate) label: String,
    /// How many.
    pub(crate) count: Option<i64>,
    /// Of these by age, where that was asked.
    pub(crate) by_age: Vec<(AgeBand, Option<i64>)>,
    /// Of these by hardship, where that was asked.
    pub(crate) by_difficulty: Vec<(DifficultyKind, Option<i64>)>,
}

/// Counts the registrations within reach (零工人员统计): one statement, and one for each split.
pub(crate) async fn statistics(ctx: &Ctx, by: WorkerStatisticsBy, split: Split) -> Result<Counts, Fault> {
    let within = Within::of(ctx, &policy::STATISTICS).await?;
    let scope = ctx.scope();
    let least = statistics_least(&scope).await?;
    let active = worker::Entity::find()
        .filter(within.condition())
        .filter(worker::Column::Status.eq(WorkerStatus::Active.name()));
    let total = i64::try_from(active.clone().count(&scope).await?).unwrap_or(i64::MAX);
    let ages = if split.age { by_age(ctx, active.clone(), by).await? } else { None };
    let hardships = if split.difficulty { by_hardship(ctx, active.clone(), by).await? } else { None };
    let counted = match by {
        WorkerStatisticsBy::AgeBand => by_band(ctx, active).await?,
        WorkerStatisticsBy::County => by_county(ctx, active).await?,
        WorkerStatisticsBy::Trade => by_trade(ctx, active).await?,
        WorkerStatisticsBy::Difficulty => by_difficulty(ctx, active).await?,
    };
    let shown = least.list(&counted.iter().map(|(_, _, count)| *count).collect::<Vec<_>>());
    let ages = told(least, &counted, &shown, ages.as_ref(), AgeBand::ALL);
    let hardships = told(least, &counted, &shown, hardships.as_ref(), DifficultyKind::ALL);
    let rows = counted.into_iter().zip(shown).zip(ages).zip(hardships);
    let row = |((((key, label, _), count), by_age), by_difficulty)| Row { key, label, count, by_age, by_difficulty };
    Ok(Counts { rows: rows.map(row).collect(), total: least.one(total), least: least.0 })
}

/// Keys, words in the caller's language, and how many.
type Counted = Vec<(String, String, i64)>;

/// How many of a row are of a part.
type Parts<P> = HashMap<(String, P), i64>;

/// The parts of each row as they may be shown; none where the rows are not split so.
fn told<P: Copy + Eq + Hash>(
    least: Least,
    rows: &[(String, String, i64)],
    shown: &[Option<i64>],
    parts: Option<&Parts<P>>,
    all: &[P],
) -> Vec<Vec<(P, Option<i64>)>> {
    let Some(parts) = parts else { return vec![Vec::new(); rows.len()] };
    let row = |(key, ..): &(String, String, i64)| -> Vec<i64> {
        all.iter().map(|part| parts.get(&(key.clone(), *part)).copied().unwrap_or_default()).collect()
    };
    let counts: Vec<Vec<i64>> = rows.iter().map(row).collect();
    least.table(shown, &counts).into_iter().map(|row| all.iter().copied().zip(row).collect()).collect()
}

/// Counts by two columns at once: one statement.
async fn pairs<A: TryGetable, B: TryGetable>(
    ctx: &Ctx,
    of: Select<worker::Entity>,
    (first, second): (impl ColumnTrait, impl ColumnTrait),
) -> Result<Vec<(A, B, i64)>, Fault> {
    Ok(of
        .select_only()
        .column(first)
        .column(second)
        .column_as(worker::Column::Id.count(), "how_many")
        .group_by(first)
        .group_by(second)
        .into_tuple()
        .all(&ctx.scope())
        .await?)
}

/// Registrations with each of their trades.
fn with_trades(active: Select<worker::Entity>) -> Select<worker::Entity> {
    let trades: RelationDef = worker::Entity::belongs_to(worker_trade::Entity)
        .from(worker::Column::Id)
        .to(worker_trade::Column::WorkerId)
        .into();
    active.join(JoinType::InnerJoin, trades)
}

/// Registrations with each hardship that counts today.
fn with_hardship(ctx: &Ctx, active: Select<worker::Entity>) -> Select<worker::Entity> {
    let hardship: RelationDef = worker::Entity::belongs_to(worker_difficulty::Entity)
        .from(worker::Column::Id)
        .to(worker_difficulty::Column::WorkerId)
        .into();
    active.join(JoinType::InnerJoin, hardship).filter(counts_on(ctx.today()))
}

/// The rows by age; nothing where they are ages.
async fn by_age(
    ctx: &Ctx,
    active: Select<worker::Entity>,
    by: WorkerStatisticsBy,
) -> Result<Option<Parts<AgeBand>>, Fault> {
    let age = worker::Column::AgeBand;
    let rows: Vec<(String, String, i64)> = match by {
        WorkerStatisticsBy::AgeBand => return Ok(None),
        WorkerStatisticsBy::County => pairs(ctx, active, (worker::Column::County, age)).await?,
        WorkerStatisticsBy::Trade => pairs(ctx, with_trades(active), (worker_trade::Column::Trade, age)).await?,
        WorkerStatisticsBy::Difficulty => {
            let (hard, index) = (with_hardship(ctx, active), worker_difficulty::Column::KindIndex);
            let rows: Vec<(Vec<u8>, String, i64)> = pairs(ctx, hard, (index, age)).await?;
            let kinds = kinds(ctx).await?;
            let named =
                |(index, age, count): (Vec<u8>, String, i64)| Some((kinds.get(&index)?.name().to_owned(), age, count));
            rows.into_iter().filter_map(named).collect()
        }
    };
    let part = |(key, age, count): (String, String, i64)| Some(((key, AgeBand::parse(&age)?), count));
    Ok(Some(rows.into_iter().filter_map(part).collect()))
}

/// The rows by hardship. Age and hardship are crossed one way alone, hardship by age: two tables of the same people would tell
/// what one of them hides.
async fn by_hardship(
    ctx: &Ctx,
    active: Select<worker::Entity>,
    by: WorkerStatisticsBy,
) -> Result<Option<Parts<DifficultyKind>>, Fault> {
    let (hard, index) = (with_hardship(ctx, active), worker_difficulty::Column::KindIndex);
    let rows: Vec<(String, Vec<u8>, i64)> = match by {
        WorkerStatisticsBy::AgeBand | WorkerStatisticsBy::Difficulty => return Ok(None),
        WorkerStatisticsBy::County => pairs(ctx, hard, (worker::Column::County, index)).await?,
        WorkerStatisticsBy::Trade => pairs(ctx, with_trades(hard), (worker_trade::Column::Trade, index)).await?,
    };
    let kinds = kinds(ctx).await?;
    let part = |(key, index, count): (String, Vec<u8>, i64)| Some(((key, *kinds.get(&index)?), count));
    Ok(Some(rows.into_iter().filter_map(part).collect()))
}

async fn grouped(
    ctx: &Ctx,
    active: Select<worker::Entity>,
    column: worker::Column,
) -> Result<HashMap<String, i64>, Fault> {
    let rows: Vec<(String, i64)> = active
        .select_only()
        .column(column)
        .column_as(worker::Column::Id.count(), "how_many")
        .group_by(column)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    Ok(rows.into_iter().collect())
}

async fn by_band(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let counts = grouped(ctx, active, worker::Column::AgeBand).await?;
    let row = |band: &AgeBand| {
        let label = band.title().get(ctx.lang()).to_owned();
        (band.name().to_owned(), label, counts.get(band.name()).copied().unwrap_or_default())
    };
    Ok(AgeBand::ALL.iter().map(row).collect())
}

async fn by_county(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let counts = grouped(ctx, active, worker::Column::County).await?;
    let counties = Divisions::standard().children(&ctx.tenant().code);
    let row = |county: &Division| {
        (county.code.clone(), county.name.clone(), counts.get(&county.code).copied().unwrap_or_default())
    };
    Ok(counties.into_iter().map(row).collect())
}

async fn by_trade(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let ids = active.select_only().column(worker::Column::Id).into_query();
    let rows: Vec<(String, i64)> = worker_trade::Entity::find()
        .filter(worker_trade::Column::WorkerId.in_subquery(ids))
        .select_only()
        .column(worker_trade::Column::Trade)
        .column_as(worker_trade::Column::Id.count(), "how_many")
        .group_by(worker_trade::Column::Trade)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let counts: HashMap<String, i64> = rows.into_iter().collect();
    let row =
        |(code, name): (&str, &str)| (code.to_owned(), name.to_owned(), counts.get(code).copied().unwrap_or_default());
    Ok(Trades::standard().search("").into_iter().map(row).collect())
}

/// Which hardship it is lies sealed: the rows are counted by their blind indexes, and the indexes are computed of the kinds.
async fn by_difficulty(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let ids = active.select_only().column(worker::Column::Id).into_query();
    let rows: Vec<(Vec<u8>, i64)> = hardship_on(ctx.today())
        .filter(worker_difficulty::Column::WorkerId.in_subquery(ids))
        .select_only()
        .column(worker_difficulty::Column::KindIndex)
        .column_as(worker_difficulty::Column::Id.count(), "how_many")
        .group_by(worker_difficulty::Column::KindIndex)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let counts: HashMap<Vec<u8>, i64> = rows.into_iter().collect();
    let ring = ctx.keys().await?;
    let row = |kind: &DifficultyKind| {
        let label = kind.title().get(ctx.lang()).to_owned();
        (kind.name().to_owned(), label, counts.get(&kind_index(&ring, *kind)).copied().unwrap_or_default())
    };
    Ok(DifficultyKind::ALL.iter().map(row).collect())
}
