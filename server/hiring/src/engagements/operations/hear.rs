//! Hearing what a worker answers to "were you paid?" (收到短信回复).

use kernel::sms::{self, SmsReceived};
use kernel::{Ctx, Fault, Never, Place, Stop, Tx};

use super::confirm_pay::settle;
use super::record_no_show::not_there;
use super::tell::ask_again;
use crate::engagements::rules::reply::{self, Reply};
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::texts;
use crate::kinds::EngagementStatus;
use crate::policy::KEEP;

/// Writes down what a worker answered by text message (登记短信回复): 1 is all of it, 2 and a sum is a part, 0 is nothing, 3 that one did
/// not go. An answer that cannot be read changes nothing; the staff sees the message. Brought again it changes nothing either.
pub async fn hear(ctx: &Ctx, heard: SmsReceived) -> Result<(), Fault> {
    let ours = heard.template.as_deref().is_some_and(|template| [texts::PAID, texts::PAID_AGAIN].contains(&template));
    let Some((_, id)) = heard.about.filter(|(kind, _)| ours && kind == "Engagement") else { return Ok(()) };
    let Some(answer) = sms::answer(ctx, heard.id).await? else { return Ok(()) };
    let meant = reply::read(answer.text.expose());
    let done: Result<(), Stop<Never>> = ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.about("Engagement", id);
            tx.note("sms", heard.id.to_string());
            if !sms::take(&tx, heard.id).await? {
                tx.note("repeated", true);
                return Ok(());
            }
            let deal = match deal::held(&tx, id).await {
                Ok(deal) => deal,
                Err(Fault::NotFound) => return Ok(()),
                Err(fault) => return Err(fault.into()),
            };
            // Said before, by telephone or at the counter.
            if deal.row.status != EngagementStatus::Completed {
                return Ok(());
            }
            Ok(take(&tx, &deal, meant).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Takes an answer. A sum that may have been typed wrongly is asked back once before it is taken.
async fn take(tx: &Tx, deal: &Deal, meant: Reply) -> Result<(), Fault> {
    // All of it is what the question named, whatever a sheet says since.
    let asked = deal.row.asked_fen;
    let paid = match (meant, asked) {
        (Reply::InFull, Some(all)) => all,
        (Reply::Sum(fen), _) => fen,
        (Reply::Nothing, _) => 0,
        (Reply::Absent, _) if deal.is_by_the_clock() => return not_there(tx, deal).await,
        (Reply::InFull, None) | (Reply::Absent | Reply::Unclear, _) => {
            tx.note("unclear", true);
            return Ok(());
        }
    };
    if let Some(all) = asked
        && reply::is_doubtful(paid, all)
        && ask_again(tx, deal, paid, all).await?
    {
        tx.note("asked_again", true);
        return Ok(());
    }
    settle(tx, deal, paid).await?;
    Ok(())
}
