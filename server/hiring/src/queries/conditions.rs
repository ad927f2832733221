//! Conditions that several lists share (筛选条件).

use chrono::{DateTime, Utc};
use kernel::clock::day_of;
use kernel::sheet::text::tidy;
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, Condition, Value};
use uuid::Uuid;

use crate::kinds::PostingStatus;
use crate::rows::posting::Column;

/// The posting is for this trade: a code, an official name or a street name; else its title has the word.
#[must_use]
pub fn trade(name: &str) -> Condition {
    let codes = codes_of(name);
    if codes.is_empty() { title(name) } else { Condition::all().add(Column::Trade.is_in(codes)) }
}

/// The codes of trades of this name.
#[must_use]
pub fn codes_of(name: &str) -> Vec<String> {
    markets::codes_of(Trades::standard(), name)
}

/// The title has these words.
#[must_use]
pub fn title(words: &str) -> Condition {
    let words = tidy(words);
    let each = |all: Condition, word: &str| all.add(markets::contains(Column::Title, word));
    words.split_whitespace().take(8).fold(Condition::all(), each)
}

/// The work is between two moments.
#[must_use]
pub fn between(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Condition {
    Condition::all()
        .add_option(from.map(|from| Column::EndsAt.gt(from)))
        .add_option(to.map(|to| Column::StartsAt.lt(to)))
}

/// Everybody sees it and can still apply: published, with a shift ahead, and confirmed not long ago.
#[must_use]
pub fn open(ctx: &Ctx) -> Condition {
    open_at(&ctx.now().into(), &day_of(ctx.now()).into())
}

/// The same at a moment of a day.
#[must_use]
pub fn open_at(now: &Value, today: &Value) -> Condition {
    Condition::all()
        .add(Column::Status.eq(PostingStatus::Published))
        .add(Column::ClosesAt.gt(now.clone()))
        .add(Column::ValidFrom.lte(today.clone()))
        .add(Column::FreshUntil.gt(now.clone()))
}

/// A part of a cursor.
pub fn part<T: std::str::FromStr>(part: &str) -> Result<T, Fault> {
    part.parse().ok().ok_or(Fault::internal("read a cursor of postings"))
}

/// What comes after a key of a column and the id, upwards or downwards.
pub fn beyond<V>(column: Column, (value, id): (V, Uuid), downwards: bool) -> Condition
where
    V: Into<Value> + Clone,
{
    let (further, next) = if downwards {
        (column.lt(value.clone()), Column::Id.lt(id))
    } else {
        (column.gt(value.clone()), Column::Id.gt(id))
    };
    let same = Condition::all().add(column.eq(value)).add(next);
    Condition::any().add(further).add(same)
}
