//! Lifting a taking down (撤销下架), where whoever objects to it was right: its text may be published again.

use kernel::sheet::text::tidy;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::withdraw_posting::REASON;
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::{posting, posting_event, taken_down_text};
use crate::store::{history, posting as rows, visible};

kernel::refusals! {
    /// Why a taking down was not lifted (不予撤销下架).
    pub LiftTakeDown => LiftTakeDownReason, LiftTakeDownRefusalCode {
        /// Someone else was faster.
        Conflict { current: i32 } @ "version":
            "该信息已有变化（现为第 {current} 版），请刷新后再试。" /
            "This posting has changed (now version {current}); reload and try again.",
        /// It is not taken down.
        NotTakenDown { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，没有下架可撤销。" / "This posting is {status_en}; there is nothing to lift.",
        /// Whoever took it down does not look at that again.
        OwnDecision @ "id":
            "该信息由您本人下架，请由其他工作人员复核。" / "You took it down yourself; somebody else has to look at it again.",
        /// No reason.
        ReasonMissing { limit: usize } @ "reason":
            "请写明撤销下架的理由，不超过 {limit} 个字。" / "Say why the taking down is lifted, in at most {limit} characters.",
    }
}

/// Lifts the taking down of a posting (撤销下架): its text may be published again, and its party may correct its times and hand it
/// in. Somebody else than who took it down decides that.
pub async fn lift_take_down(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<LiftTakeDown>> {
    ctx.transact_once(&policy::LIFT, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::LIFT, id).await?;
        let reason = tidy(&reason);
        decide(&row, version, &reason).map_err(Stop::Refused)?;
        if took_down(&tx, id).await? == Some(tx.ctx().account()?.username.clone()) {
            return Err(Stop::Refused(LiftTakeDown::OwnDecision));
        }
        let change = posting::ActiveModel {
            status: Set(PostingStatus::Returned),
            status_reason: Set(Some(reason.clone())),
            remarks: Set(None),
            ..posting::ActiveModel::default()
        };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(LiftTakeDown::Conflict { current: row.version + 1 }));
        }
        forget(&tx, &row.text_key).await?;
        history::write(&tx, id, "lifted", Some(reason));
        Ok(Outcome::of("Posting", id, version + 1))
    })
    .await
}

fn decide(row: &posting::Model, version: i32, reason: &str) -> Result<(), LiftTakeDown> {
    if row.version != version {
        return Err(LiftTakeDown::Conflict { current: row.version });
    }
    if row.status != PostingStatus::TakenDown {
        let title = row.status.title();
        return Err(LiftTakeDown::NotTakenDown { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    }
    if !(1..=REASON).contains(&reason.chars().count()) {
        return Err(LiftTakeDown::ReasonMissing { limit: REASON });
    }
    Ok(())
}

/// Who took it down last, by user name.
async fn took_down(tx: &Tx, id: Uuid) -> Result<Option<String>, Fault> {
    let last = posting_event::Entity::find()
        .filter(posting_event::Column::PostingId.eq(id))
        .filter(posting_event::Column::Kind.eq("taken_down"))
        .order_by_desc(posting_event::Column::Id)
        .one(tx)
        .await?;
    Ok(last.and_then(|entry| entry.actor))
}

/// The text is free again, whichever of the postings that say it was the first to be taken down.
async fn forget(tx: &Tx, text_key: &str) -> Result<(), Fault> {
    taken_down_text::Entity::update_many()
        .col_expr(taken_down_text::Column::LiftedAt, Expr::value(tx.ctx().now()))
        .filter(taken_down_text::Column::TextKey.eq(text_key))
        .filter(taken_down_text::Column::LiftedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
