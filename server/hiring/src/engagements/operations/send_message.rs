//! Passing a message on (转达消息).

use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use crate::engagements::events::EngagementTalked;
use crate::engagements::rules::private::{Carries, carries};
use crate::engagements::rules::steps::{Step, came_to_nothing, holds_a_place};
use crate::engagements::store::{change, deal, talks};
use crate::kinds::Side;
use crate::policy;

/// Characters of a message.
const LIMIT: usize = 500;

kernel::refusals! {
    /// Why a message was not passed on (不予转达).
    pub SendMessage => SendMessageRefused, SendMessageRefusalCode {
        /// Nothing, or too much.
        Length { limit: usize } @ "text": "消息应为1—{limit}个字。" / "A message has one to {limit} characters.",
        /// A telephone number before the confirmation.
        CarriesPhone @ "text":
            "确认录用前不能发送电话号码，以免骚扰和骗费；确认后双方自动可见联系方式。请删去号码再发。" /
            "No telephone numbers before the confirmation: they invite nuisance and fraud. Afterwards both sides see them. Take the number out and send again.",
        /// A name at a messenger before the confirmation.
        CarriesMessenger @ "text":
            "确认录用前不能发送微信号、QQ号等联系方式；确认后双方自动可见电话。请删去再发。" /
            "No names at messengers before the confirmation; afterwards both sides see each other's number. Take it out and send again.",
        /// An address before the confirmation.
        CarriesAddress @ "text":
            "确认录用前不能发送网址或邮箱；请删去再发。" / "No addresses of pages or mail before the confirmation; take them out and send again.",
        /// It came to nothing.
        Over @ "id": "该对接已结束，不能再发消息。" / "This engagement is over; nothing is passed on any more.",
    }
}

/// Passes a message on to the other side (转达消息). Before a place is confirmed the numbers of both stay hidden, and so does
/// whatever leads to them.
pub async fn send_message(
    ctx: &Ctx,
    id: Uuid,
    words: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<SendMessage>> {
    ctx.transact_once(&policy::TALK, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::TALK, id, &Side::ALL).await?;
        let words = text::tidy(&words);
        decide(&deal, side, &words).map_err(Stop::Refused)?;
        let talk = talks::say(&tx, id, side, words).await?;
        // The first word of the hiring party is the contact.
        if side != Side::Worker
            && let Some(step) = change::step(&deal.row, Step::Contact, tx.ctx().now())
        {
            change::write(&tx, &deal.row, step).await?;
        }
        tx.announce(&EngagementTalked { id, by_party: side != Side::Worker })?;
        Ok(Outcome::of("Talk", talk, 1))
    })
    .await
}

fn decide(deal: &deal::Deal, side: Side, words: &str) -> Result<(), SendMessage> {
    let length = words.chars().count();
    if length == 0 || length > LIMIT {
        return Err(SendMessage::Length { limit: LIMIT });
    }
    if came_to_nothing(deal.row.status) {
        return Err(SendMessage::Over);
    }
    // The staff's own numbers are public.
    let hidden = side != Side::Staff && !holds_a_place(deal.row.status);
    match carries(words).filter(|_| hidden) {
        Some(Carries::Phone) => Err(SendMessage::CarriesPhone),
        Some(Carries::Messenger) => Err(SendMessage::CarriesMessenger),
        Some(Carries::Address) => Err(SendMessage::CarriesAddress),
        None => Ok(()),
    }
}
