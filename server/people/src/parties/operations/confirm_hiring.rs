//! Saying that one still hires (确认仍在用工, R45): one tap, or a word at the counter.

use entities::hiring_party;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::kinds::PartyStatus;
use crate::parties::policy;
use crate::parties::rules::life;
use crate::parties::store::{party as rows, visible};

kernel::refusals! {
    /// Why it was not taken down that the party still hires (未能确认).
    pub ConfirmHiring => ConfirmHiringRefused, ConfirmHiringRefusalCode {
        /// It is closed.
        Closed @ "id": "该主体已注销；如需继续用工，请重新登记。" / "This party is closed; register it again to go on.",
        /// It is suspended.
        Suspended @ "id": "该主体已被暂停，恢复后再确认。" / "This party is suspended; confirm once that is lifted.",
    }
}

/// Says that a party still hires (确认仍在用工), whatever its version: nothing that anybody reads is overwritten.
pub async fn confirm_hiring(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<ConfirmHiring>> {
    ctx.transact_once(&policy::CONFIRM, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CONFIRM, id).await?;
        match PartyStatus::of(&row) {
            status if !life::is_open(status) => return Err(Stop::Refused(ConfirmHiring::Closed)),
            PartyStatus::Suspended => return Err(Stop::Refused(ConfirmHiring::Suspended)),
            _ => {}
        }
        let change = hiring_party::ActiveModel { last_confirmed_at: Set(tx.ctx().now()), ..Default::default() };
        rows::change(&tx, &row, change).await?;
        Ok(Outcome::of("HiringParty", id, row.version + 1))
    })
    .await
}
