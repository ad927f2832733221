//! Hearing what a worker answers to "were you paid?" (收到短信回复).

use kernel::sms::{self, SmsReceived};
use kernel::{Ctx, Fault, Never, Place, Stop};

use super::confirm_pay::settle;
use crate::engagements::rules::reply::{self, Reply};
use crate::engagements::store::deal;
use crate::engagements::texts;
use crate::kinds::EngagementStatus;
use crate::policy::KEEP;

/// Writes down what a worker answered by text message (登记短信回复): 1 is all of it, 2 and a sum is a part, 0 is nothing. An answer that
/// cannot be read changes nothing; the staff sees the message.
pub async fn hear(ctx: &Ctx, heard: SmsReceived) -> Result<(), Fault> {
    let ours = heard.template.as_deref() == Some(texts::PAID);
    let Some((_, id)) = heard.about.filter(|(kind, _)| ours && kind == "Engagement") else { return Ok(()) };
    let Some(answer) = sms::answer(ctx, heard.id).await? else { return Ok(()) };
    let meant = reply::read(answer.text.expose());
    let done: Result<(), Stop<Never>> = ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.about("Engagement", id);
            tx.note("sms", heard.id.to_string());
            let deal = match deal::held(&tx, id).await {
                Ok(deal) => deal,
                Err(Fault::NotFound) => return Ok(()),
                Err(fault) => return Err(fault.into()),
            };
            // Said before, by telephone or at the counter.
            if deal.row.status != EngagementStatus::Completed {
                return Ok(());
            }
            let line = deal.row.due_fen.or(deal.row.agreed_fen);
            let paid = match (meant, line) {
                (Reply::InFull, Some(due)) => due,
                (Reply::Sum(fen), _) => fen,
                (Reply::Nothing, _) => 0,
                (Reply::InFull, None) | (Reply::Unclear, _) => {
                    tx.note("unclear", true);
                    return Ok(());
                }
            };
            settle(&tx, &deal, paid).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
