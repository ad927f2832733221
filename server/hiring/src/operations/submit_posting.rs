//! Handing a posting in (提交招聘信息): through the fast lane it is published at once, else it waits for review.

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::publishing::{self, Text};
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::posting;
use crate::rules::lane::Lane;
use crate::rules::lifecycle::{Step, is_too_late, may};
use crate::store::{history, place, posting as rows, public, visible};

publishing::refusals_of_publishing! {
    /// Why a posting was not handed in (不予提交).
    pub SubmitPosting => SubmitPostingReason, SubmitPostingRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该信息已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this posting (now version {current}); reload and try again.",
        /// It was handed in, or has ended.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，无需提交。" / "This posting is {status_en}; there is nothing to hand in.",
        /// Its time is over.
        TooLate @ "id":
            "首个班次已经开始或有效期已过，请修改时间后再提交。" /
            "Its first shift has begun or its valid period is over; change the times first.",
    }
}

/// Hands a posting in (提交招聘信息). With the fast lane, or a licence, it is published at once and looked at afterwards.
pub async fn submit_posting(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SubmitPosting>> {
    ctx.transact_once(&policy::CREATE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CREATE, id).await?;
        decide(&tx, &row, version).map_err(Stop::Refused)?;
        let ground = place::stored(&tx, &row).await?;
        let shifts = rows::shifts_of(&tx, &[id]).await?.remove(&id).unwrap_or_default();
        let text = Text { read: rows::read(&row, &shifts), key: &row.text_key, county: &row.county };
        let way = publishing::way(&tx, &ground, &text).await?;
        let lane = way.map_err(|unfit| Stop::Refused(SubmitPosting::from(unfit)))?;
        if !hand_in(&tx, &row, lane).await? {
            return Err(Stop::Refused(SubmitPosting::Conflict { current: row.version + 1 }));
        }
        Ok(Outcome::of("Posting", id, version + 1))
    })
    .await
}

fn decide(tx: &Tx, row: &posting::Model, version: i32) -> Result<(), SubmitPosting> {
    if row.version != version {
        return Err(SubmitPosting::Conflict { current: row.version });
    }
    if !may(row.status, Step::Submit) {
        let title = row.status.title();
        return Err(SubmitPosting::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    }
    let now = tx.ctx().now();
    if row.starts_at <= now || is_too_late(row.closes_at, row.valid_until, now) {
        return Err(SubmitPosting::TooLate);
    }
    Ok(())
}

/// Publishes a posting, or puts it into the queue; false when somebody was faster.
pub(super) async fn hand_in(tx: &Tx, row: &posting::Model, lane: Lane) -> Result<bool, Fault> {
    let change = posting::ActiveModel {
        submitted_at: Set(Some(tx.ctx().now())),
        reviewed_by: Set(None),
        ..posting::ActiveModel::default()
    };
    match lane {
        Lane::AtOnce => public::publish(tx, row, change, "published_at_once", None).await,
        Lane::Review => {
            let change = posting::ActiveModel {
                status: Set(PostingStatus::InReview),
                status_reason: Set(None),
                remarks: Set(None),
                ..change
            };
            let done = rows::change(tx, row, change).await?;
            history::write(tx, row.id, "submitted", None);
            Ok(done)
        }
    }
}
