//! Taking a posting back (撤回招聘信息), by its party or by staff.

use kernel::sheet::text::tidy;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::PostingWithdrawn;
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::posting;
use crate::rules::lifecycle::{Step, may};
use crate::store::{history, posting as rows, public, visible};

/// Characters a reason may have.
pub const REASON: usize = 300;

/// Makes a refusal of withdrawing, however the posting was named.
macro_rules! refusals_of_withdrawing {
    ($(#[$doc:meta])* pub $name:ident => $object:ident, $codes:ident { $($own:tt)* }) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $object, $codes {
                $($own)*
                /// No reason.
                ReasonMissing { limit: usize } @ "reason":
                    "请写明撤回原因，不超过 {limit} 个字。" / "Say why it is withdrawn, in at most {limit} characters.",
                /// Somebody counts on it.
                Confirmed { people: u64 } @ "cancelConfirmed":
                    "已确认 {people} 人次尚未开工。撤回并取消这些用工，请勾选“同时取消已确认的用工”（可能须按规定补偿）；只停止招人，请办理“结束”。" /
                    "{people} are confirmed for shifts ahead. Say that they are cancelled too (an allowance may be owed), or close the posting to take nobody else.",
            }
        }

        impl From<crate::operations::withdraw_posting::Kept> for $name {
            fn from(why: crate::operations::withdraw_posting::Kept) -> Self {
                use crate::operations::withdraw_posting::{Kept, REASON};
                match why {
                    Kept::ReasonMissing => Self::ReasonMissing { limit: REASON },
                    Kept::Confirmed(people) => Self::Confirmed { people },
                }
            }
        }
    };
}
pub(crate) use refusals_of_withdrawing;

/// Why a posting stays (不予撤回).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// No reason, or one that is too long.
    ReasonMissing,
    /// So many are confirmed.
    Confirmed(u64),
}

refusals_of_withdrawing! {
    /// Why a posting was not withdrawn (不予撤回招聘信息).
    pub WithdrawPosting => WithdrawPostingReason, WithdrawPostingRefusalCode {
        /// Someone else was faster.
        Conflict { current: i32 } @ "version":
            "该信息已有变化（现为第 {current} 版），请刷新后再试。" /
            "This posting has changed (now version {current}); reload and try again.",
        /// It has ended.
        Over { status_zh: String, status_en: String } @ "id":
            "该信息“{status_zh}”，无需撤回。" / "This posting is {status_en}; there is nothing to withdraw.",
    }
}

/// Takes a posting back (撤回招聘信息). What waits for an answer lapses; what is confirmed is cancelled by the party where it says
/// so, and keeps the posting where it does not.
pub async fn withdraw_posting(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    cancel_confirmed: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawPosting>> {
    ctx.transact_once(&policy::WITHDRAW, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::WITHDRAW, id).await?;
        if row.version != version {
            return Err(Stop::Refused(WithdrawPosting::Conflict { current: row.version }));
        }
        if !may(row.status, Step::Withdraw) {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(WithdrawPosting::Over { status_zh, status_en }));
        }
        let done = withdraw(&tx, &row, &reason, cancel_confirmed).await?;
        done.map_err(|kept| Stop::Refused(kept.into()))?;
        Ok(Outcome::of("Posting", id, version + 1))
    })
    .await
}

/// Takes back a posting that is held and has not ended.
pub(super) async fn withdraw(
    tx: &Tx,
    row: &posting::Model,
    reason: &str,
    cancel_confirmed: bool,
) -> Result<Result<(), Kept>, Fault> {
    let reason = tidy(reason);
    if !(1..=REASON).contains(&reason.chars().count()) {
        return Ok(Err(Kept::ReasonMissing));
    }
    let change = posting::ActiveModel {
        status: Set(PostingStatus::Withdrawn),
        status_reason: Set(Some(reason.clone())),
        ..posting::ActiveModel::default()
    };
    if !rows::change(tx, row, change).await? {
        return Err(Fault::internal("withdraw a posting that is held"));
    }
    public::end(tx, &[row.id], "POSTING_WITHDRAWN").await?;
    // Counted once its shifts are closed: whoever took a place until then is among them, and a refusal undoes all of it.
    let confirmed = public::confirmed_ahead(tx, row.id).await?;
    if confirmed > 0 && !cancel_confirmed {
        return Ok(Err(Kept::Confirmed(confirmed)));
    }
    tx.note("cancelConfirmed", cancel_confirmed);
    history::write(tx, row.id, "withdrawn", Some(reason));
    if row.published_at.is_some() {
        tx.announce(&PostingWithdrawn { id: row.id, cancel_confirmed: cancel_confirmed && confirmed > 0 })?;
    }
    Ok(Ok(()))
}
