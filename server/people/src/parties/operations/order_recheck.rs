//! Putting a verified party on the list of sampling checks (列入抽查), beside those that are drawn.

use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::draw_rechecks::put;
use crate::parties::kinds::{PartyRecheckStatus, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::party_recheck::{self, Column};
use crate::parties::store::{history, visible};

/// Characters of a reason.
const REASON: usize = 300;

kernel::refusals! {
    /// Why a party was not put on the list (不予列入抽查).
    pub OrderRecheck => OrderRecheckRefused, OrderRecheckRefusalCode {
        /// It is not verified.
        NotVerified @ "partyId": "只抽查已核验的主体。" / "Only verified parties are looked at again.",
        /// It is on the list.
        AlreadyListed @ "partyId": "该主体已在抽查名单中。" / "This party is on the list already.",
        /// No reason, or too long a one.
        ReasonNeeded { limit: usize } @ "reason": "请写明列入抽查的原因（不超过 {limit} 字）。" / "Say why, in at most {limit} characters.",
    }
}

/// Puts a verified party on the list of sampling checks (列入抽查), for a reason.
pub async fn order_recheck(
    ctx: &Ctx,
    party: Uuid,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<OrderRecheck>> {
    ctx.transact_once(&policy::RECHECK, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::RECHECK, party).await?;
        if PartyStatus::of(&row) != PartyStatus::Verified {
            return Err(Stop::Refused(OrderRecheck::NotVerified));
        }
        let reason = text::tidy(&reason);
        if reason.is_empty() || reason.chars().count() > REASON {
            return Err(Stop::Refused(OrderRecheck::ReasonNeeded { limit: REASON }));
        }
        let open = party_recheck::Entity::find()
            .filter(Column::PartyId.eq(party))
            .filter(Column::Status.eq(PartyRecheckStatus::Open));
        if open.count(&tx).await? > 0 {
            return Err(Stop::Refused(OrderRecheck::AlreadyListed));
        }
        let id = put(&tx, party, None, Some(reason.clone()));
        history::write(&tx, party, "recheck_asked", Some(reason));
        Ok(Outcome::of("PartyRecheck", id, 1))
    })
    .await
}
