//! Text messages (短信): sealed in the store, handed to a gateway by a job, and answered by whoever got them.
//!
//! A message is queued by `tx.sms` in the transaction of the change that it tells of. What people answer comes in through the
//! gateway ([`receive`]), finds the question that it answers, and is announced as [`SmsReceived`].

mod gateway;
mod held;
mod http;
mod inbound;
mod queue;
mod rules;
mod send;
mod settings;
mod sign;

use chrono::{DateTime, Utc};
use entities::sms;
use uuid::Uuid;

use crate::checks::{Phone, phone::PhoneKind};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::keys::KeyRing;
use crate::pii::Pii;
use crate::text::Lang;

pub use gateway::{NotTaken, Outgoing, SmsGateway};
pub(crate) use held::purge_kind;
pub use held::{forget, forget_about, held_by};
pub use inbound::{
    Answer, RECEIVE, ReceiveSms, ReceiveSmsRefusalCode, ReceiveSmsRefused, Report, SmsReceived, answer, receive, take,
};
pub(crate) use queue::{Drafts, Pending};
pub use rules::{Period, QUESTION_OPEN, TooMany};
pub(crate) use send::{Send, again, job_key, kind};
pub use settings::{GatewayKind, SmsConfig};
pub use sign::{Purpose, SIGNATURE, TIMESTAMP, signature};

/// Where a question's digits stand in its text; in one that has no such place they are added at its end.
pub const NAME_PLACE: &str = "{code}";

/// By which limits a message is counted (短信类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A one-time code, which whoever types a number in asks for.
    Code,
    /// Everything else.
    Notice,
}

impl Class {
    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "CODE",
            Self::Notice => "NOTICE",
        }
    }
}

/// A message to be sent (待发短信). Number and words are personal.
pub struct Message {
    /// The number, as it was typed in.
    pub to: Pii<String>,
    /// By which limits it is counted.
    pub class: Class,
    /// Which template it was made from, for the list of messages and for whoever hears of an answer.
    pub template: &'static str,
    /// Its language.
    pub lang: Lang,
    /// The text.
    pub text: Pii<String>,
    /// What it is about, so that an answer finds it.
    pub about: Option<(&'static str, Uuid)>,
    /// Does it ask for an answer? Then two digits name it: at [`NAME_PLACE`], or at the end of the text.
    pub expects_reply: bool,
    /// When it is of no use any more: it is not sent later.
    pub good_until: Option<DateTime<Utc>>,
}

impl Message {
    /// A message that tells of something.
    #[must_use]
    pub const fn notice(to: Pii<String>, template: &'static str, lang: Lang, text: Pii<String>) -> Self {
        let (class, about, good_until) = (Class::Notice, None, None);
        Self { to, class, template, lang, text, about, expects_reply: false, good_until }
    }

    /// A one-time code, good until then.
    #[must_use]
    pub fn code(
        to: Pii<String>,
        template: &'static str,
        lang: Lang,
        text: Pii<String>,
        good_until: DateTime<Utc>,
    ) -> Self {
        Self { class: Class::Code, good_until: Some(good_until), ..Self::notice(to, template, lang, text) }
    }

    /// It is about this.
    #[must_use]
    pub const fn about(mut self, kind: &'static str, id: Uuid) -> Self {
        self.about = Some((kind, id));
        self
    }

    /// It asks for an answer.
    #[must_use]
    pub const fn asking(mut self) -> Self {
        self.expects_reply = true;
        self
    }
}

/// Why a message was not queued (未受理短信): for the caller to turn into a refusal of its own. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotQueued {
    /// It is no number of a mobile telephone.
    NoMobile,
    /// Too many codes went to this number.
    TooMany(TooMany),
}

/// A message opened again, for the message page (短信内容).
pub struct OpenSms {
    /// The text.
    pub text: Pii<String>,
}

/// Opens a message for those who may read the message page.
pub async fn open(ctx: &Ctx, row: &sms::Model) -> Result<OpenSms, Fault> {
    Ok(OpenSms { text: ctx.keys().await?.open("sms", "body", row.id, &row.body)? })
}

/// What finds the messages of a number, if it is one of a mobile telephone: the blind index `phone` of its E.164 form.
pub async fn index(ctx: &Ctx, number: &Pii<String>) -> Result<Option<Vec<u8>>, Fault> {
    let ring = ctx.keys().await?;
    Ok(mobile(number).map(|number| blind(&ring, &number)))
}

/// The number of a mobile telephone in its one stored form.
fn mobile(number: &Pii<String>) -> Option<Pii<String>> {
    number.try_map(|text| Phone::parse(text).ok().filter(|p| p.kind() == PhoneKind::Mobile).map(|p| p.e164()))
}

fn blind(ring: &KeyRing, number: &Pii<String>) -> Vec<u8> {
    ring.blind("phone", number)
}
