//! The figures of quick hire (快招统计): how quick it is, split by age and hardship, and who takes on first those who find work hard
//! to get.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Error, ID, SimpleObject};
use kernel::gql;
use kernel::{Ctx, Fault};
use people::{DifficultyKind, Least};
use uuid::Uuid;

use crate::engagements::kinds::{AgeSplit, HireStep};
use crate::engagements::queries::figures::{self, Counted, Period};
use crate::engagements::queries::priority::{self, Came};
use crate::engagements::rules::figures::{Moments, Took, share, steps};

/// A step of quick hire, over all who took it (快招环节).
#[derive(Clone, Debug, SimpleObject)]
pub struct HireStepFigure {
    /// Which (环节).
    step: HireStep,
    /// How many took it (次数).
    count: i64,
    /// The median, minutes; empty where nobody took it (中位数，分钟).
    median_minutes: Option<f64>,
}

/// The median of a step over a part of the people (分组环节用时): empty where they are too few to be told.
#[derive(Clone, Debug, SimpleObject)]
pub struct HireStepMedian {
    /// Which (环节).
    step: HireStep,
    /// The median, minutes (中位数，分钟).
    median_minutes: Option<f64>,
}

/// Those of an age (分年龄段): a number too small to be told is empty, and so is the one it could be computed from.
#[derive(Clone, Debug, SimpleObject)]
pub struct HireAgeFigure {
    /// The age (年龄段).
    age: AgeSplit,
    /// Applications (报名).
    applied: Option<i64>,
    /// Places confirmed (确认).
    confirmed: Option<i64>,
    /// Arrivals (到岗).
    arrived: Option<i64>,
    /// Arrivals on the day of the application (当日到岗).
    same_day: Option<i64>,
    /// Of those confirmed, the share that arrived on the day of the application (当日到岗率).
    same_day_rate: Option<f64>,
    /// Median minutes of each step (各环节用时).
    medians: Vec<HireStepMedian>,
}

/// Those with a hardship on record today (分困难情形): a number too small to be told is empty.
#[derive(Clone, Debug, SimpleObject)]
pub struct HireDifficultyFigure {
    /// The hardship (困难情形).
    difficulty: DifficultyKind,
    /// Applications (报名).
    applied: Option<i64>,
    /// Places confirmed (确认).
    confirmed: Option<i64>,
    /// Arrivals (到岗).
    arrived: Option<i64>,
    /// Arrivals on the day of the application (当日到岗).
    same_day: Option<i64>,
    /// Of those confirmed, the share that arrived on the day of the application (当日到岗率).
    same_day_rate: Option<f64>,
    /// Median minutes of each step (各环节用时).
    medians: Vec<HireStepMedian>,
}

/// People of an age whom a hiring party took first (优先招用分年龄段): a number too small to be told is empty, and so is the one it could
/// be computed from.
#[derive(Clone, Debug, SimpleObject)]
pub struct PriorityAgeFigure {
    /// The age, at the last of the places (年龄段).
    age: AgeSplit,
    /// People with places confirmed (录用人数).
    people: Option<i64>,
    /// Of these, people who arrived (到岗人数).
    arrived: Option<i64>,
}

/// People with a hardship on record today whom a hiring party took first (优先招用分困难情形): who has two counts in both. A number too
/// small to be told is empty, and so is the one it could be computed from.
#[derive(Clone, Debug, SimpleObject)]
pub struct PriorityDifficultyFigure {
    /// The hardship (困难情形).
    difficulty: DifficultyKind,
    /// People with places confirmed (录用人数).
    people: Option<i64>,
    /// Of these, people who arrived (到岗人数).
    arrived: Option<i64>,
}

/// A hiring party that offers places first to those who find work hard to get (优先招用困难零工): R28.
#[derive(Clone, Debug, SimpleObject)]
pub struct PriorityHiring {
    /// The hiring party (用工主体).
    party_id: ID,
    /// What everybody reads of it (用工主体名称).
    party_name: String,
    /// Postings of the period with the tag (优先招用的招聘信息).
    postings: i64,
    /// Places in them (优先招用的名额).
    places: i64,
    /// Of these places, how many were confirmed (确认).
    confirmed: i64,
    /// Arrivals (到岗).
    arrived: i64,
    /// People with hardship on record among those confirmed; empty where they are too few to be told (其中就业困难人员).
    hard_to_employ: Option<i64>,
    /// The people by age (分年龄段).
    by_age: Vec<PriorityAgeFigure>,
    /// The people by hardship (分困难情形).
    by_difficulty: Vec<PriorityDifficultyFigure>,
}

impl PriorityHiring {
    fn of(ctx: &Ctx, offered: priority::Offered, came: &Came, least: Least) -> Self {
        let [hard_to_employ, _] = came.people(&|one| !one.hardships.is_empty());
        let ages: Vec<_> = AgeSplit::ALL.iter().map(|age| came.people(&|one| one.age == age.code())).collect();
        let by_age = AgeSplit::ALL.into_iter().zip(told(&ages, least));
        let kinds = DifficultyKind::ALL.iter().map(|kind| came.people(&|one| one.hardships.contains(kind)));
        let kinds: Vec<_> = kinds.collect();
        let by_difficulty = DifficultyKind::ALL.iter().copied().zip(told(&kinds, least));
        Self {
            party_id: ctx.gid("HiringParty", offered.party_id),
            party_name: offered.display_name,
            postings: offered.postings,
            places: offered.places,
            confirmed: came.confirmed,
            arrived: came.arrived,
            hard_to_employ: least.one(hard_to_employ),
            by_age: by_age.map(|(age, [people, arrived])| PriorityAgeFigure { age, people, arrived }).collect(),
            by_difficulty: by_difficulty
                .map(|(difficulty, [people, arrived])| PriorityDifficultyFigure { difficulty, people, arrived })
                .collect(),
        }
    }
}

/// How many people of each part have places and how many of these came, as far as that is told.
fn told(parts: &[[i64; 2]], least: Least) -> Vec<[Option<i64>; 2]> {
    let [people, arrived] = [0, 1].map(|n| least.list(&parts.iter().map(|counts| counts[n]).collect::<Vec<_>>()));
    people.into_iter().zip(arrived).map(|(people, arrived)| [people, arrived]).collect()
}

/// The figures of quick hire (快招统计): R1, R8, R28.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct QuickHireFigures {
    /// Median minutes of each step (各环节用时).
    steps: Vec<HireStepFigure>,
    /// Applications (报名).
    applied: i64,
    /// Places confirmed (确认).
    confirmed: i64,
    /// Arrivals (到岗).
    arrived: i64,
    /// Arrivals on the day of the application (当日到岗).
    same_day: i64,
    /// Of those confirmed, the share that arrived on the day of the application (当日到岗率).
    same_day_rate: Option<f64>,
    /// By age (分年龄段).
    by_age: Vec<HireAgeFigure>,
    #[graphql(skip)]
    all: Vec<Moments>,
    #[graphql(skip)]
    counted: Counted,
    #[graphql(skip)]
    least: Least,
}

/// What takes statements of its own.
#[ComplexObject]
impl QuickHireFigures {
    /// By hardship (分困难情形). Who has two counts in both.
    async fn by_difficulty(&self, gql: &Context<'_>) -> Result<Vec<HireDifficultyFigure>, Error> {
        let ctx = gql::ctx(gql);
        let of = figures::hardships(ctx, &self.counted).await.map_err(gql::fail(ctx))?;
        Ok(DifficultyKind::ALL.iter().map(|kind| self.difficulty(*kind, &of)).collect())
    }

    /// The hiring parties that offer places first to those who find work hard to get, by their postings published in the period:
    /// who offers most first, at most fifty (优先招用统计).
    async fn priority_hiring(&self, gql: &Context<'_>) -> Result<Vec<PriorityHiring>, Error> {
        let ctx = gql::ctx(gql);
        let parties = priority::parties(ctx, &self.counted).await.map_err(gql::fail(ctx))?;
        Ok(parties.into_iter().map(|(offered, came)| PriorityHiring::of(ctx, offered, &came, self.least)).collect())
    }
}

impl QuickHireFigures {
    fn difficulty(&self, kind: DifficultyKind, of: &HashMap<Uuid, Vec<DifficultyKind>>) -> HireDifficultyFigure {
        let has =
            |one: &Moments| one.worker.and_then(|worker| of.get(&worker)).is_some_and(|kinds| kinds.contains(&kind));
        let [applied, confirmed, arrived, same_day] = split(&self.all, &has).map(|count| self.least.one(count));
        let (same_day_rate, medians) = (rate(same_day, confirmed), medians(&self.all, &has, self.least));
        HireDifficultyFigure { difficulty: kind, applied, confirmed, arrived, same_day, same_day_rate, medians }
    }

    /// Of a period, within the caller's reach.
    pub(super) async fn of(ctx: &Ctx, period: Period) -> Result<Self, Fault> {
        let counted = period.within_reach(ctx).await?;
        let all = figures::moments(ctx, &counted).await?;
        let (confirmed, same_day) = (count(&all, &|one| one.confirmed.is_some()), count(&all, &Moments::same_day));
        let steps = steps(&all).into_iter().map(|took| HireStepFigure {
            step: took.step,
            count: whole(took.count),
            median_minutes: took.median_minutes,
        });
        let least = people::statistics_least(&ctx.scope()).await?;
        Ok(Self {
            steps: steps.collect(),
            applied: whole(all.len()),
            confirmed: whole(confirmed),
            arrived: whole(count(&all, &|one| one.arrived.is_some())),
            same_day: whole(same_day),
            same_day_rate: share(same_day, confirmed),
            by_age: by_age(&all, least),
            all,
            counted,
            least,
        })
    }
}

/// Splits by age: the parts of a whole.
fn by_age(all: &[Moments], least: Least) -> Vec<HireAgeFigure> {
    let of = AgeSplit::ALL.map(|age| split(all, &|one| one.age == age.code()));
    let told = [0, 1, 2, 3].map(|n| least.list(&of.map(|counts| counts[n])));
    let row = |(n, age): (usize, AgeSplit)| {
        let [applied, confirmed, arrived, same_day] = [0, 1, 2, 3].map(|m| told[m].get(n).copied().flatten());
        let medians = medians(all, &|one| one.age == age.code(), least);
        HireAgeFigure { age, applied, confirmed, arrived, same_day, same_day_rate: rate(same_day, confirmed), medians }
    };
    AgeSplit::ALL.into_iter().enumerate().map(row).collect()
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(all: &[Moments], is: &dyn Fn(&Moments) -> bool) -> usize {
    all.iter().filter(|one| is(one)).count()
}

/// How many of a part applied, were confirmed, arrived, and arrived on the day of the application.
fn split(all: &[Moments], part: &dyn Fn(&Moments) -> bool) -> [i64; 4] {
    let of = |is: &dyn Fn(&Moments) -> bool| whole(count(all, &|one| part(one) && is(one)));
    [of(&|_| true), of(&|one| one.confirmed.is_some()), of(&|one| one.arrived.is_some()), of(&Moments::same_day)]
}

/// The share of what is told; what is not told has none.
fn rate(part: Option<i64>, of: Option<i64>) -> Option<f64> {
    let number = |told: Option<i64>| usize::try_from(told?).ok();
    share(number(part)?, number(of)?)
}

/// The steps of a part, each with its median where enough took it.
fn medians(all: &[Moments], part: &dyn Fn(&Moments) -> bool, least: Least) -> Vec<HireStepMedian> {
    let of: Vec<Moments> = all.iter().filter(|one| part(one)).cloned().collect();
    let told = |took: Took| HireStepMedian {
        step: took.step,
        median_minutes: took.median_minutes.filter(|_| least.one(whole(took.count)).is_some()),
    };
    steps(&of).into_iter().map(told).collect()
}
