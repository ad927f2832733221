//! Taking back a posting by the agency's own number (按外部编号撤回).

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use uuid::Uuid;

use super::upsert_posting::{live, number};
use super::withdraw_posting::{self, withdraw};
use crate::policy;
use crate::store::visible;

withdraw_posting::refusals_of_withdrawing! {
    /// Why a posting was not taken back (不予撤回).
    pub WithdrawPostingByExternalId => WithdrawPostingByExternalIdRefused, WithdrawPostingByExternalIdRefusalCode {
        /// Nothing has this number.
        UnknownNumber @ "externalId":
            "没有使用该外部编号的信息，或已经结束。" / "No posting has this number, or it has ended.",
        /// Several agencies could be meant.
        AgencyMissing @ "agencyId": "请指明是哪家机构的编号。" / "Say whose number it is.",
    }
}

/// Takes back the posting that has this number (按外部编号撤回).
pub async fn withdraw_external(
    ctx: &Ctx,
    agency: Option<Uuid>,
    external: String,
    (reason, cancel_confirmed): (String, bool),
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawPostingByExternalId>> {
    ctx.transact_once(&policy::WITHDRAW, once, |tx| async move {
        let agency = whose(&tx, agency).await?;
        let unknown = || Stop::Refused(WithdrawPostingByExternalId::UnknownNumber);
        let external = number(&external).ok_or_else(unknown)?;
        let row = live(&tx, agency, &external).await?.ok_or_else(unknown)?;
        tx.about("Posting", row.id);
        tx.authorize(&policy::WITHDRAW, &visible::place_of(&tx, &row).await?).await?;
        let done = withdraw(&tx, &row, &reason, cancel_confirmed).await?;
        done.map_err(|kept| Stop::Refused(kept.into()))?;
        Ok(Outcome::of("Posting", row.id, row.version + 1))
    })
    .await
}

/// The agency whose number it is: the one that was named, if the actor works for it, else the only one that it works for.
async fn whose(tx: &Tx, named: Option<Uuid>) -> Result<Uuid, Stop<WithdrawPostingByExternalId>> {
    let reach = tx.ctx().reach(&policy::WITHDRAW).await?;
    match (named, &reach.agencies[..]) {
        (Some(agency), own) if reach.city || !reach.counties.is_empty() || own.contains(&agency) => {
            let known = crate::store::doors::licences(tx.ctx(), tx, &[agency]).await?;
            if known.contains_key(&agency) { Ok(agency) } else { Err(Fault::NotFound.into()) }
        }
        (Some(_), _) => Err(Fault::NotFound.into()),
        (None, [one]) => Ok(*one),
        (None, _) => Err(Stop::Refused(WithdrawPostingByExternalId::AgencyMissing)),
    }
}
