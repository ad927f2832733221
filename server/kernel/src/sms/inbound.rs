//! What the gateway brings (上行短信与回执): answers of people, and what became of messages. Signed, taken once, and told of.

use chrono::{DateTime, Utc};
use entities::sms;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::{QUESTION_OPEN, answered, readings};
use super::sign::{Doubt, Purpose, Signed, doubt};
use super::{blind, mobile};
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Stop};
use crate::outbox::Event;
use crate::pii::{Mask, Pii};
use crate::policy::Action;
use crate::text::Words;
use crate::transact::Tx;

/// Taking in what somebody sent (接收短信). The gateway's alone.
pub static RECEIVE: Action = Action::new("sms", "receive", "接收上行短信", "Take in a text message");

/// No message that comes in has more characters: seventy of a Chinese message, fourteen times over.
const LONGEST: usize = 1000;
/// Nor has what the gateway calls it.
const LONGEST_ID: usize = 200;

crate::refusals! {
    /// Why what a gateway brought was not taken in (不予接收短信或回执).
    pub ReceiveSms => ReceiveSmsRefused, ReceiveSmsRefusalCode {
        /// No secret is set, so nobody can be believed.
        NotSet: "本平台未设置短信网关密钥，不接收上行短信和回执。" /
            "No secret for a gateway is set here; messages and reports are not taken in.",
        /// Not signed, or not by the gateway, or for something else.
        Forged: "签名无效。" / "The signature is not valid.",
        /// Signed too long ago, or too far ahead.
        Stale: "签名时间与本机时间相差超过五分钟，请校准时钟后重新签名。" /
            "It was signed more than five minutes from now; set the clock and sign again.",
        /// Not of the form that was agreed.
        Malformed: "内容不符合约定的格式。" / "It is not of the form that was agreed.",
        /// It came before.
        Repeated: "该短信已接收，不再重复处理。" / "This message was taken in before.",
        /// A report of a message that nobody here knows; it may be known in a moment.
        Unknown: "没有此回执号对应的短信，请稍后重发回执。" / "No message has this receipt; report it again later.",
    }
}

/// Something the gateway brings, as it came over the wire (网关来件).
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What it is: [`Purpose::Reply`], or anything else for what became of a message.
    pub purpose: Purpose,
    /// When it was signed.
    pub timestamp: &'a str,
    /// The signature.
    pub signature: &'a str,
    /// The body, of which every byte is signed.
    pub body: &'a [u8],
}

/// Somebody sent a text message (收到短信). What it says is read with [`answer`].
#[derive(Debug, Serialize, Deserialize)]
pub struct SmsReceived {
    /// The message.
    pub id: Uuid,
    /// What the question was about that it answers; nothing where it answers none.
    pub about: Option<(String, Uuid)>,
    /// The template of that question.
    pub template: Option<String>,
}

impl Event for SmsReceived {
    const KIND: &'static str = "sms.received";
    fn subject(&self) -> (&'static str, Uuid) {
        ("SmsMessage", self.id)
    }
}

/// What somebody answered (短信回复).
pub struct Answer {
    /// From which number, E.164.
    pub from: Pii<String>,
    /// What the answer says, without the digits that named the question.
    pub text: Pii<String>,
    /// What the question was about.
    pub about: Option<(String, Uuid)>,
    /// The template of the question.
    pub template: Option<String>,
    /// When it came.
    pub at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Brought {
    id: String,
    number: String,
    text: String,
}

#[derive(Deserialize)]
struct Became {
    receipt: String,
    status: Delivery,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Delivery {
    Delivered,
    Failed,
}

/// Takes in what the gateway brings (接收上行短信与回执): an answer is kept, finds its question and is announced; a report
/// changes how a message stands. Nobody needs a permission: whoever knows the secret is the gateway.
pub async fn receive(ctx: &Ctx, report: Report<'_>) -> Result<(), Stop<ReceiveSms>> {
    let Some(secret) = &ctx.kernel().config.sms.secret else { return Err(Stop::Refused(ReceiveSms::NotSet)) };
    let Report { purpose, timestamp, signature, body } = report;
    let signed = Signed { purpose, city: &ctx.tenant().slug, timestamp, signature };
    if let Some(doubt) = doubt(secret, &signed, body, ctx.now().timestamp())? {
        tracing::warn!(
            target: "security",
            tenant = ctx.tenant().code,
            purpose = purpose.name(),
            request_id = %ctx.request_id(),
            "something that says it comes from the gateway is not believed"
        );
        let refused = if doubt == Doubt::Forged { ReceiveSms::Forged } else { ReceiveSms::Stale };
        return Err(Stop::Refused(refused));
    }
    if purpose == Purpose::Reply {
        let brought: Brought = serde_json::from_slice(body).map_err(|_| Stop::Refused(ReceiveSms::Malformed))?;
        take_in(&ctx.as_actor(Actor::System("sms")), brought).await
    } else {
        let became: Became = serde_json::from_slice(body).map_err(|_| Stop::Refused(ReceiveSms::Malformed))?;
        note_delivery(ctx, became).await
    }
}

async fn take_in(ctx: &Ctx, Brought { id: inbound_id, number, text }: Brought) -> Result<(), Stop<ReceiveSms>> {
    let fits = (1..=LONGEST_ID).contains(&inbound_id.len()) && (1..=LONGEST_ID).contains(&number.trim().len());
    if !fits || text.chars().count() > LONGEST {
        return Err(Stop::Refused(ReceiveSms::Malformed));
    }
    let number = Pii::new(number.trim().to_owned());
    let text = Pii::new(text);
    ctx.transact(&RECEIVE, |tx| async move {
        let ctx = tx.ctx();
        let (id, now, ring) = (ctx.new_id(), ctx.now(), ctx.keys().await?);
        tx.about("SmsMessage", id);
        // A number that is none of ours (a carrier's own, say) is known by what it is.
        let number = mobile(&number).unwrap_or(number);
        let index = blind(&ring, &number);
        let question = question(&tx, &index, &text).await?;
        let about = question.as_ref().and_then(|q| q.about_kind.clone().zip(q.about_id));
        let row = sms::ActiveModel {
            id: Set(id),
            direction: Set("IN".to_owned()),
            phone: Set(ring.seal("sms", "phone", id, &number)?),
            phone_index: Set(index),
            phone_masked: Set(number.masked(Mask::Phone)),
            class: Set("REPLY".to_owned()),
            template: Set(question.as_ref().and_then(|q| q.template.clone())),
            lang: Set(question.as_ref().map_or_else(|| "zh".to_owned(), |q| q.lang.clone())),
            body: Set(ring.seal("sms", "body", id, &text)?),
            status: Set("RECEIVED".to_owned()),
            attempts: Set(0),
            round: Set(1),
            receipt: Set(None),
            inbound_id: Set(Some(inbound_id)),
            about_kind: Set(about.as_ref().map(|a| a.0.clone())),
            about_id: Set(about.as_ref().map(|a| a.1)),
            expects_reply: Set(false),
            reply_code: Set(question.as_ref().and_then(|q| q.reply_code.clone())),
            good_until: Set(None),
            queued_at: Set(now),
            sent_at: Set(None),
            answered_at: Set(None),
            last_error: Set(None),
        };
        let once = OnConflict::new().do_nothing().to_owned();
        if sms::Entity::insert(row).on_conflict(once).exec_without_returning(&tx).await? == 0 {
            return Err(Stop::Refused(ReceiveSms::Repeated));
        }
        if let Some(question) = &question {
            answer_question(&tx, question.id).await?;
        }
        tx.note("answers", question.is_some());
        let template = question.and_then(|q| q.template);
        tx.announce(&SmsReceived { id, about, template })?;
        Ok(())
    })
    .await
}

/// Questions to this number that may still be answered, the newest first; then the one that the text answers. One that was
/// never handed over cannot have been read.
async fn question(tx: &Tx, index: &[u8], text: &Pii<String>) -> Result<Option<sms::Model>, Fault> {
    let mut open = sms::Entity::find()
        .filter(sms::Column::PhoneIndex.eq(index))
        .filter(sms::Column::Direction.eq("OUT"))
        .filter(sms::Column::ExpectsReply.eq(true))
        .filter(sms::Column::AnsweredAt.is_null())
        .filter(sms::Column::Attempts.gt(0))
        .filter(sms::Column::QueuedAt.gt(tx.ctx().now() - QUESTION_OPEN))
        .order_by_desc(sms::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    let place = answered(text.expose(), open.iter().map(|question| question.reply_code.as_deref()));
    Ok(place.map(|(place, _)| open.swap_remove(place)))
}

async fn answer_question(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    sms::Entity::update_many()
        .col_expr(sms::Column::AnsweredAt, Expr::value(tx.ctx().now()))
        .filter(sms::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A message that arrived has arrived, whatever is reported later; one that failed may still have.
async fn note_delivery(ctx: &Ctx, Became { receipt, status }: Became) -> Result<(), Stop<ReceiveSms>> {
    let (from, to, error): (&[&str], _, _) = match status {
        Delivery::Delivered => (&["SENT", "FAILED"], "DELIVERED", None),
        Delivery::Failed => {
            let words = Words::new("运营商报告未送达。", "The network reported that it did not arrive.");
            (&["SENT"], "FAILED", Some(words.stored()))
        }
    };
    ctx.quietly(|tx| async move {
        let with_receipt = sms::Column::Receipt.eq(receipt.as_str()).and(sms::Column::Direction.eq("OUT"));
        let changed = sms::Entity::update_many()
            .col_expr(sms::Column::Status, Expr::value(to))
            .col_expr(sms::Column::LastError, Expr::value(error))
            .filter(with_receipt.clone())
            .filter(sms::Column::Status.is_in(from.iter().copied()))
            .exec(&tx)
            .await?;
        // Reported once more changes nothing, and is no fault of the gateway's.
        let known = changed.rows_affected > 0 || sms::Entity::find().filter(with_receipt).one(&tx).await?.is_some();
        if known { Ok(()) } else { Err(Stop::Refused(ReceiveSms::Unknown)) }
    })
    .await
}

/// Takes what somebody sent for done (短信回复已处理), in the transaction of what comes of it; false where it was before. An event is
/// brought at least once, and what an answer says is done once.
pub async fn take(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    let taken = sms::Entity::update_many()
        .col_expr(sms::Column::AnsweredAt, Expr::value(tx.ctx().now()))
        .filter(sms::Column::Id.eq(id))
        .filter(sms::Column::Direction.eq("IN"))
        .filter(sms::Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// What somebody sent (查看短信回复), for whoever heard of [`SmsReceived`]; nothing where it is gone.
pub async fn answer(ctx: &Ctx, id: Uuid) -> Result<Option<Answer>, Fault> {
    let row = sms::Entity::find_by_id(id).filter(sms::Column::Direction.eq("IN")).one(&ctx.scope()).await?;
    let Some(row) = row else { return Ok(None) };
    let ring = ctx.keys().await?;
    let whole = ring.open("sms", "body", id, &row.body)?;
    let named = row.reply_code.as_deref();
    let text = whole.map(|text| {
        let mut ways = readings(text);
        let by_name = ways.iter().position(|reading| reading.names.is_some() && reading.names.as_deref() == named);
        let way = by_name.or_else(|| ways.iter().position(|reading| reading.names.is_none()));
        way.map_or_else(|| text.clone(), |way| ways.swap_remove(way).answer)
    });
    Ok(Some(Answer {
        from: ring.open("sms", "phone", id, &row.phone)?,
        text,
        about: row.about_kind.zip(row.about_id),
        template: row.template,
        at: row.queued_at,
    }))
}
