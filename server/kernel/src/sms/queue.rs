//! Queueing messages (受理短信): counted against their limits, named if they ask, sealed, and written with the change that
//! they tell of.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use entities::{counter, job, sms};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

use super::rules::{TooMany, is_full, next_name, one_more_code};
use super::send::Send;
use super::{Class, Message, NAME_PLACE, NotQueued, blind, mobile};
use crate::fault::Fault;
use crate::keys::KeyRing;
use crate::pii::{Mask, Pii};
use crate::text::{Lang, Words};
use crate::transact::Tx;

/// How far back messages are looked at: as long as a question may be answered, and then some, so that the digits of one
/// that was answered late name no other.
const RECENT: Duration = Duration::days(7);
/// Whoever counts codes or names questions waits for whoever does so at the same moment.
const TURN: &str = "sms";

/// Of a message that went to a number lately, what the next one depends on.
#[derive(Clone, Debug)]
struct Seen {
    class: String,
    at: DateTime<Utc>,
    name: Option<String>,
    counts: bool,
}

impl Seen {
    fn of(class: String, at: DateTime<Utc>, name: Option<String>, failed_untried: bool) -> Self {
        // One that was turned away must not keep the next one away.
        Self { class, at, name, counts: !failed_untried }
    }
}

/// A message that waits to be written, beside those that an earlier step of the same operation queued.
pub(crate) struct Pending {
    index: Vec<u8>,
    seen: Seen,
    pub(crate) row: sms::ActiveModel,
    pub(crate) job: Option<job::ActiveModel>,
}

/// Messages whose numbers were looked at: what is left needs no database (待入队短信).
pub(crate) struct Drafts {
    messages: Vec<(Message, Option<(Pii<String>, Vec<u8>)>)>,
    recent: HashMap<Vec<u8>, Vec<Seen>>,
    ring: Arc<KeyRing>,
}

impl Drafts {
    /// Looks the numbers up: one statement, however many there are.
    pub(crate) async fn of(tx: &Tx, messages: Vec<Message>) -> Result<Self, Fault> {
        let ring = tx.ctx().keys().await?;
        let messages: Vec<_> = messages
            .into_iter()
            .map(|message| {
                let number = mobile(&message.to).map(|number| {
                    let index = blind(&ring, &number);
                    (number, index)
                });
                (message, number)
            })
            .collect();
        if messages.iter().any(|(message, _)| message.class == Class::Code || message.expects_reply) {
            take_turn(tx).await?;
        }
        let numbers = messages.iter().filter_map(|(_, number)| number.as_ref().map(|(_, index)| index.clone()));
        let recent = recent(tx, numbers.collect()).await?;
        Ok(Self { messages, recent, ring })
    }

    /// Decides on each, with those that wait already; the answers in the order of the messages.
    pub(crate) fn decide(self, tx: &Tx, waiting: &mut Vec<Pending>) -> Result<Vec<Result<Uuid, NotQueued>>, Fault> {
        let Self { messages, recent, ring } = self;
        let mut answers = Vec::with_capacity(messages.len());
        for (message, number) in messages {
            let Some((number, index)) = number else {
                answers.push(Err(NotQueued::NoMobile));
                continue;
            };
            let stored = recent.get(&index).into_iter().flatten();
            let seen: Vec<&Seen> = waiting
                .iter()
                .rev()
                .filter(|pending| pending.index == index)
                .map(|pending| &pending.seen)
                .chain(stored)
                .collect();
            match limited(&message, &seen, tx.ctx().now()) {
                Err(over) => answers.push(Err(NotQueued::TooMany(over))),
                Ok(is_over) => {
                    let last = seen.iter().find_map(|seen| seen.name.as_deref());
                    let name = message.expects_reply.then(|| next_name(last));
                    let (id, pending) = pending(tx, &ring, message, (number, index), name, is_over)?;
                    waiting.push(pending);
                    answers.push(Ok(id));
                }
            }
        }
        Ok(answers)
    }
}

/// May it go? A code that may not is not queued; another message that may not is written down as failed.
fn limited(message: &Message, seen: &[&Seen], now: DateTime<Utc>) -> Result<bool, TooMany> {
    let of_class = |class: Class| -> Vec<DateTime<Utc>> {
        seen.iter().filter(|seen| seen.counts && seen.class == class.name()).map(|seen| seen.at).collect()
    };
    match message.class {
        Class::Code => one_more_code(&of_class(Class::Code), now).map(|()| false),
        Class::Notice => Ok(is_full(&of_class(Class::Notice), now)),
    }
}

/// On PostgreSQL two operations may be at this at one moment: the second goes on when the first is done.
async fn take_turn(tx: &Tx) -> Result<(), Fault> {
    let next = OnConflict::column(counter::Column::Name)
        .value(counter::Column::Value, Expr::col((counter::Entity, counter::Column::Value)).add(1i64))
        .to_owned();
    let row = counter::ActiveModel { name: Set(TURN.to_owned()), value: Set(1) };
    counter::Entity::insert(row).on_conflict(next).exec_without_returning(tx).await?;
    Ok(())
}

/// Number, class, moment, name, status and attempts.
type Row = (Vec<u8>, String, DateTime<Utc>, Option<String>, String, i32);

/// What went to these numbers lately, the newest first.
async fn recent(tx: &Tx, numbers: Vec<Vec<u8>>) -> Result<HashMap<Vec<u8>, Vec<Seen>>, Fault> {
    let mut found: HashMap<Vec<u8>, Vec<Seen>> = HashMap::new();
    if numbers.is_empty() {
        return Ok(found);
    }
    let rows: Vec<Row> = sms::Entity::find()
        .select_only()
        .columns([
            sms::Column::PhoneIndex,
            sms::Column::Class,
            sms::Column::QueuedAt,
            sms::Column::ReplyCode,
            sms::Column::Status,
            sms::Column::Attempts,
        ])
        .filter(sms::Column::PhoneIndex.is_in(numbers))
        .filter(sms::Column::Direction.eq("OUT"))
        .filter(sms::Column::QueuedAt.gt(tx.ctx().now() - RECENT))
        .order_by_desc(sms::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    for (index, class, at, name, status, attempts) in rows {
        let seen = Seen::of(class, at, name, status == "FAILED" && attempts == 0);
        found.entry(index).or_default().push(seen);
    }
    Ok(found)
}

/// The text with the digits that name the question.
fn named(text: &Pii<String>, lang: Lang, name: &str) -> Pii<String> {
    text.map(|text| match lang {
        _ if text.contains(NAME_PLACE) => text.replace(NAME_PLACE, name),
        Lang::Zh => format!("{text}（编号{name}）"),
        Lang::En => format!("{text} (no. {name})"),
    })
}

/// The text under the signature of the city (短信签名), which is one for all that it sends.
fn signed(text: &Pii<String>, lang: Lang, (zh, en): (&str, &str)) -> Pii<String> {
    text.map(|text| match lang {
        Lang::Zh => format!("【{zh}零工驿站】{text}"),
        Lang::En => format!("[Yizhan {en}] {text}"),
    })
}

fn pending(
    tx: &Tx,
    ring: &KeyRing,
    message: Message,
    (number, index): (Pii<String>, Vec<u8>),
    name: Option<String>,
    is_over: bool,
) -> Result<(Uuid, Pending), Fault> {
    let ctx = tx.ctx();
    let (id, now) = (ctx.new_id(), ctx.now());
    let text = match &name {
        Some(name) => named(&message.text, message.lang, name),
        None => message.text,
    };
    let text = signed(&text, message.lang, (&ctx.tenant().name_zh, &ctx.tenant().name_en));
    let failed = is_over.then(|| {
        Words::new("该号码24小时内收到的短信已达上限。", "This number got as many messages within a day as it may.")
    });
    let row = sms::ActiveModel {
        id: Set(id),
        direction: Set("OUT".to_owned()),
        phone: Set(ring.seal("sms", "phone", id, &number)?),
        phone_index: Set(index.clone()),
        phone_masked: Set(number.masked(Mask::Phone)),
        class: Set(message.class.name().to_owned()),
        template: Set(Some(message.template.to_owned())),
        lang: Set(message.lang.code().to_owned()),
        body: Set(ring.seal("sms", "body", id, &text)?),
        status: Set(if is_over { "FAILED" } else { "QUEUED" }.to_owned()),
        attempts: Set(0),
        round: Set(1),
        receipt: Set(None),
        inbound_id: Set(None),
        about_kind: Set(message.about.map(|about| about.0.to_owned())),
        about_id: Set(message.about.map(|about| about.1)),
        expects_reply: Set(message.expects_reply),
        reply_code: Set(name.clone()),
        good_until: Set(message.good_until),
        queued_at: Set(now),
        sent_at: Set(None),
        answered_at: Set(None),
        last_error: Set(failed.as_ref().map(Words::stored)),
    };
    let job = if is_over { None } else { Some(crate::jobs::row(ctx, &Send::of(id))?.1) };
    let seen = Seen::of(message.class.name().to_owned(), now, name, is_over);
    Ok((id, Pending { index, seen, row, job }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_stand_where_the_text_wants_them_or_at_its_end() {
        let text = |text: &str, lang| named(&Pii::from(text), lang, "07");
        assert_eq!(text("已收到工资请回复“1 {code}”。", Lang::Zh), Pii::from("已收到工资请回复“1 07”。"));
        assert_eq!(text("是否收到工资？", Lang::Zh), Pii::from("是否收到工资？（编号07）"));
        assert_eq!(text("Were you paid?", Lang::En), Pii::from("Were you paid? (no. 07)"));
    }

    #[test]
    fn whatever_a_city_sends_bears_one_signature() {
        let city = ("太原市", "Taiyuan");
        assert_eq!(signed(&Pii::from("已确认"), Lang::Zh, city), Pii::from("【太原市零工驿站】已确认"));
        assert_eq!(signed(&Pii::from("Confirmed"), Lang::En, city), Pii::from("[Yizhan Taiyuan] Confirmed"));
    }
}
