//! Closing a posting (结束招聘): it takes nobody any more, and what is confirmed goes on.

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::PostingClosed;
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::posting;
use crate::rules::lifecycle::{Step, may};
use crate::store::{history, posting as rows, public, visible};

kernel::refusals! {
    /// Why a posting was not closed (不予结束招聘).
    pub ClosePosting => ClosePostingReason, ClosePostingRefusalCode {
        /// Someone else was faster.
        Conflict { current: i32 } @ "version":
            "该信息已有变化（现为第 {current} 版），请刷新后再试。" /
            "This posting has changed (now version {current}); reload and try again.",
        /// It is not to be seen.
        NotPublished { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，只有已发布的信息可以结束。" / "This posting is {status_en}; only published ones are closed.",
    }
}

/// Closes a posting (结束招聘). Applications that wait for an answer lapse.
pub async fn close_posting(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<ClosePosting>> {
    ctx.transact_once(&policy::WITHDRAW, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::WITHDRAW, id).await?;
        if row.version != version {
            return Err(Stop::Refused(ClosePosting::Conflict { current: row.version }));
        }
        if !may(row.status, Step::Close) {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(ClosePosting::NotPublished { status_zh, status_en }));
        }
        let change = posting::ActiveModel { status: Set(PostingStatus::Closed), ..posting::ActiveModel::default() };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(ClosePosting::Conflict { current: row.version + 1 }));
        }
        public::end(&tx, &[id], "POSTING_CLOSED").await?;
        history::write(&tx, id, "closed", None);
        tx.announce(&PostingClosed { id })?;
        Ok(Outcome::of("Posting", id, version + 1))
    })
    .await
}
