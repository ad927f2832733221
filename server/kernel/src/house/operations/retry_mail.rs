//! Sending a dead letter again.

use entities::mail;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::house::policy::MAIL_RETRY;
use crate::policy::Place;
use crate::transact::{Once, Outcome};

crate::refusals! {
    /// Why a letter was not sent again (不予重发邮件).
    pub RetryMail => RetryMailRefused, RetryMailRefusalCode {
        /// It is not dead.
        NotDead: "只有发送失败的邮件才能重发；该邮件已发出或仍在自动重试。" /
            "Only a letter that was given up can be sent again; this one went, or is still being tried.",
    }
}

/// Sends a dead letter again (重发邮件), under its old Message-ID, so that it arrives once.
pub async fn retry_mail(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<(), Stop<RetryMail>> {
    ctx.transact_once(&MAIL_RETRY, once, |tx| async move {
        tx.authorize(&MAIL_RETRY, &Place::city()).await?;
        let row = mail::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        tx.about("MailMessage", id);
        if row.status != "DEAD" {
            return Err(Stop::Refused(RetryMail::NotDead));
        }
        crate::mail::again(&tx, id).await?;
        Ok(Outcome::of("MailMessage", id, 0))
    })
    .await
    .map(|_| ())
}
