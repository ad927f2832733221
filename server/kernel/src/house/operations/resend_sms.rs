//! Sending a failed text message again (重发短信).

use entities::sms;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::house::policy::SMS_RESEND;
use crate::policy::Place;
use crate::transact::{Once, Outcome};

crate::refusals! {
    /// Why a text message was not sent again (不予重发短信).
    pub ResendSms => ResendSmsRefused, ResendSmsRefusalCode {
        /// It did not fail.
        NotFailed: "只有发送失败的短信才能重发；该短信已发出、仍在自动重试，或是收到的短信。" /
            "Only a text message that failed can be sent again; this one went, is still being tried, or came in.",
        /// It is of no use any more.
        Expired: "该短信已过有效时间，请让对方重新获取。" /
            "This text message is of no use any more; let the other side ask for a new one.",
    }
}

/// Sends a failed text message again (重发短信).
pub async fn resend_sms(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<(), Stop<ResendSms>> {
    ctx.transact_once(&SMS_RESEND, once, |tx| async move {
        tx.authorize(&SMS_RESEND, &Place::city()).await?;
        let row = sms::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        tx.about("SmsMessage", id);
        if row.status != "FAILED" {
            return Err(Stop::Refused(ResendSms::NotFailed));
        }
        if row.good_until.is_some_and(|until| tx.ctx().now() >= until) {
            return Err(Stop::Refused(ResendSms::Expired));
        }
        crate::sms::again(&tx, &row).await?;
        Ok(Outcome::of("SmsMessage", id, 0))
    })
    .await
    .map(|_| ())
}
