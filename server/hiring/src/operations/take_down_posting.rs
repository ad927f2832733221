//! Taking a posting down (下架招聘信息): with a reason and its article; the same text is not published again.

use kernel::sheet::text::tidy;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::events::PostingTakenDown;
use crate::kinds::PostingStatus;
use crate::policy;
use crate::rows::{posting, taken_down_text};
use crate::rules::lifecycle::{Step, may};
use crate::store::{history, posting as rows, public, visible};

/// Characters of a reason, and of an article, at most.
const TEXTS: (usize, usize) = (300, 100);

kernel::refusals! {
    /// Why a posting was not taken down (不予下架).
    pub TakeDownPosting => TakeDownPostingReason, TakeDownPostingRefusalCode {
        /// Someone else was faster.
        Conflict { current: i32 } @ "version":
            "该信息已有变化（现为第 {current} 版），请刷新后再试。" /
            "This posting has changed (now version {current}); reload and try again.",
        /// It is a draft, or gone.
        NotShown { status_zh: String, status_en: String } @ "id":
            "该信息当前状态为“{status_zh}”，无需下架。" / "This posting is {status_en}; there is nothing to take down.",
        /// No reason.
        ReasonMissing { limit: usize } @ "reason":
            "请写明下架理由，不超过 {limit} 个字。" / "Say why it is taken down, in at most {limit} characters.",
        /// No article.
        ArticleMissing { limit: usize } @ "article":
            "请写明依据的法规条款（如“人力资源市场暂行条例第二十四条”），不超过 {limit} 个字。" /
            "Name the article it rests on, in at most {limit} characters.",
    }
}

/// Why waiting engagements of what is taken down end.
const ENDED: &str = "POSTING_TAKEN_DOWN";

/// Takes a posting down (下架招聘信息), and with it every other that says the same and is to be seen or waits. Who had applied is free again; what is confirmed is between the two sides.
pub async fn take_down_posting(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    (reason, article): (String, String),
    once: Option<Once>,
) -> Result<Outcome, Stop<TakeDownPosting>> {
    ctx.transact_once(&policy::TAKE_DOWN, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::TAKE_DOWN, id).await?;
        let (reason, article) = (tidy(&reason), tidy(&article));
        decide(&row, version, &reason, &article).map_err(Stop::Refused)?;
        let others = hold_same(&tx, &row).await?;
        let why = format!("{reason}（{article}）");
        let change = posting::ActiveModel {
            status: Set(PostingStatus::TakenDown),
            status_reason: Set(Some(why.clone())),
            ..posting::ActiveModel::default()
        };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(TakeDownPosting::Conflict { current: row.version + 1 }));
        }
        remember(&tx, &row, &reason, &article).await?;
        public::end(&tx, &[id], ENDED).await?;
        history::write(&tx, id, "taken_down", Some(why.clone()));
        tx.announce(&PostingTakenDown { id })?;
        take_down_others(&tx, others, why).await?;
        Ok(Outcome::of("Posting", id, version + 1))
    })
    .await
}

/// Whatever else says the same and is to be seen or waits, whoever entered it. All that say it are held in one order, its own row
/// among them: else two who take down twins at one moment would each wait for the other.
async fn hold_same(tx: &Tx, row: &posting::Model) -> Result<Vec<Uuid>, Fault> {
    use posting::Column;
    let mut ids: Vec<Uuid> = posting::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::TextKey.eq(row.text_key.as_str()))
        .filter(Column::Status.is_in([PostingStatus::InReview, PostingStatus::Published, PostingStatus::Filled]))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(tx)
        .await?;
    ids.retain(|id| *id != row.id);
    Ok(ids)
}

/// Takes the others down: it is the text that the law forbids.
async fn take_down_others(tx: &Tx, ids: Vec<Uuid>, why: String) -> Result<(), Fault> {
    tx.note("same_text", ids.len());
    if ids.is_empty() {
        return Ok(());
    }
    public::end_all(tx, &ids, PostingStatus::TakenDown, ("taken_down", ENDED)).await?;
    let reason = posting::ActiveModel { status_reason: Set(Some(why)), ..posting::ActiveModel::default() };
    posting::Entity::update_many().set(reason).filter(posting::Column::Id.is_in(ids.iter().copied())).exec(tx).await?;
    for id in ids {
        tx.announce(&PostingTakenDown { id })?;
    }
    Ok(())
}

async fn remember(tx: &Tx, row: &posting::Model, reason: &str, article: &str) -> Result<(), sea_orm::DbErr> {
    let text = taken_down_text::ActiveModel {
        id: Set(tx.ctx().new_id()),
        text_key: Set(row.text_key.clone()),
        posting_id: Set(row.id),
        reason: Set(reason.to_owned()),
        article: Set(article.to_owned()),
        at: Set(tx.ctx().now()),
        lifted_at: Set(None),
    };
    taken_down_text::Entity::insert(text).exec_without_returning(tx).await?;
    Ok(())
}

fn decide(row: &posting::Model, version: i32, reason: &str, article: &str) -> Result<(), TakeDownPosting> {
    if row.version != version {
        return Err(TakeDownPosting::Conflict { current: row.version });
    }
    if !may(row.status, Step::TakeDown) {
        let title = row.status.title();
        return Err(TakeDownPosting::NotShown { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() });
    }
    if !(1..=TEXTS.0).contains(&reason.chars().count()) {
        return Err(TakeDownPosting::ReasonMissing { limit: TEXTS.0 });
    }
    if !(1..=TEXTS.1).contains(&article.chars().count()) {
        return Err(TakeDownPosting::ArticleMissing { limit: TEXTS.1 });
    }
    Ok(())
}
