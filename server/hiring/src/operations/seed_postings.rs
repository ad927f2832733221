//! Filling a city with made-up postings (填充样本招聘信息), published at once: for a benchmark, a hundred thousand.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use kernel::clock::day_of;
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Never, Place, Stop, Tx};
use sea_orm::Set;
use uuid::Uuid;

use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, PostingStatus, WageUnit};
use crate::policy;
use crate::rows::{posting, shift};

/// Made-up postings of a city (样本招聘信息).
#[derive(Clone, Debug)]
pub struct MadeUpPostings {
    /// How many.
    pub postings: u32,
    /// Whose they are.
    pub parties: Vec<Uuid>,
    /// At which markets, each with its county.
    pub markets: Vec<(Uuid, String)>,
    /// Codes and names of trades.
    pub trades: Vec<(String, String)>,
}

/// Rows of the widest table in one statement: SQLite takes 32,766 values.
const AT_ONCE: usize = 500;
/// Postings of one transaction.
const TOGETHER: u32 = 10_000;

/// Fills a city with made-up postings (填充样本招聘信息) of the next three weeks. What a person would wait for – an event per
/// posting, its way to the channels – is left out.
pub async fn seed_postings(ctx: &Ctx, of: &MadeUpPostings) -> Result<(), Fault> {
    let mut from = 0;
    while from < of.postings {
        let to = of.postings.min(from + TOGETHER);
        let done: Result<(), Stop<Never>> = ctx
            .transact(&policy::SEED, |tx| async move {
                tx.authorize(&policy::SEED, &Place::city()).await?;
                tx.note("postings", to - from);
                Ok(fill(&tx, of, from..to).await?)
            })
            .await;
        done.map_err(Stop::into_fault)?;
        from = to;
    }
    Ok(())
}

fn pick<T>(list: &[T], n: u32) -> Option<&T> {
    let len = u32::try_from(list.len()).ok().filter(|len| *len > 0)?;
    list.get(usize::try_from(n % len).ok()?)
}

async fn fill(tx: &Tx, of: &MadeUpPostings, numbers: std::ops::Range<u32>) -> Result<(), Fault> {
    let (mut postings, mut shifts) = (Vec::new(), Vec::new());
    for n in numbers {
        let (Some(party), Some((market, county)), Some(trade)) =
            (pick(&of.parties, n), pick(&of.markets, n / 3), pick(&of.trades, n))
        else {
            return Ok(());
        };
        let (row, own) = posting(tx.ctx(), n, *party, (*market, county), trade)?;
        postings.push(row);
        shifts.push(own);
    }
    insert::<posting::Entity>(tx, postings).await?;
    insert::<shift::Entity>(tx, shifts).await
}

async fn insert<E: sea_orm::EntityTrait>(tx: &Tx, rows: Vec<E::ActiveModel>) -> Result<(), Fault> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
        E::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The posting of a number, with its one shift: somewhere in the next three weeks, from five in the morning on.
fn posting(
    ctx: &Ctx,
    n: u32,
    party: Uuid,
    (market, county): (Uuid, &str),
    (trade, name): &(String, String),
) -> Result<(posting::ActiveModel, shift::ActiveModel), Fault> {
    let id = ctx.new_id();
    let day = ctx.today() + Duration::days(1 + i64::from(n % 21));
    let opens = NaiveTime::from_hms_opt(5 + n % 5, 15 * (n % 4), 0).ok_or(Fault::internal("make up a shift"))?;
    let starts_at = day.and_time(opens).and_utc() - Duration::hours(8);
    let ends_at = starts_at + Duration::hours(8);
    let headcount = i32::try_from(1 + n % 12).map_err(Fault::of("make up a posting"))?;
    let wanted = Wanted { n, id, headcount, starts_at, ends_at };
    let row = posted(ctx, &wanted, party, (market, county), (trade, name));
    let own = shift::ActiveModel {
        id: Set(ctx.new_id()),
        posting_id: Set(id),
        position: Set(1),
        starts_at: Set(starts_at),
        ends_at: Set(ends_at),
        break_minutes: Set(0),
        headcount: Set(headcount),
        taken: Set(0),
        open: Set(true),
        edition: Set(1),
    };
    Ok((row, own))
}

/// What is told of a made-up posting by its number.
struct Wanted {
    n: u32,
    id: Uuid,
    headcount: i32,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

fn posted(
    ctx: &Ctx,
    wanted: &Wanted,
    party: Uuid,
    (market, county): (Uuid, &str),
    (trade, name): (&str, &str),
) -> posting::ActiveModel {
    let (now, today) = (ctx.now(), ctx.today());
    let Wanted { n, id, headcount, starts_at, ends_at } = *wanted;
    posting::ActiveModel {
        id: Set(id),
        version: Set(1),
        status: Set(PostingStatus::Published),
        status_reason: Set(None),
        party_id: Set(party),
        agency_id: Set(None),
        market_id: Set(Some(market)),
        county: Set(county.to_owned()),
        kind: Set(PostingKind::OddJob),
        source: Set(PostingSource::Counter),
        engagement: Set(EngagementType::Temporary),
        trade: Set(trade.to_owned()),
        title: Set(format!("{name}{headcount}人")),
        duties: Set(format!("{name}，现场有人带班")),
        conditions: Set(None),
        headcount: Set(headcount),
        wage_fen: Set(16_000 + 500 * i64::from(n % 20)),
        wage_unit: Set(WageUnit::Day),
        pay_day: Set(PayDay::OnCompletion),
        pay_text: Set(None),
        wage_order: Set(16_000 + 500 * i64::from(n % 20)),
        place: Set(format!("建设路{}号", 1 + n % 300)),
        lat: Set(None),
        lng: Set(None),
        cover: Set(AccidentCover::Commercial),
        needs_certificate: Set(Trades::standard().needs_certificate(trade)),
        instant: Set(n % 2 == 0),
        priority: Set(n % 9 == 0),
        valid_from: Set(today),
        valid_until: Set(day_of(ends_at)),
        starts_at: Set(starts_at),
        ends_at: Set(ends_at),
        closes_at: Set(starts_at),
        text_key: Set(format!("seed-{n}")),
        external_id: Set(None),
        posted_by: Set(None),
        posted_citizen: Set(None),
        submitted_at: Set(Some(now)),
        reviewed_by: Set(None),
        remarks: Set(None),
        published_at: Set(Some(now)),
        last_confirmed_at: Set(now),
        // Measured for as long as its shift is ahead.
        fresh_until: Set(ends_at),
        created_at: Set(now),
        updated_at: Set(now),
    }
}
