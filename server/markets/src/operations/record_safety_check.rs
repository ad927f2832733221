//! Recording a safety check (记录安全检查).

use kernel::blob;
use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::forms::SafetyCheckInput;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::{check_photo, safety_check};
use crate::rules::naming::some;
use crate::store::{history, visible};

/// Photos of one check.
const PHOTOS: usize = 6;
/// Characters of an inspector's name and of a note.
const NAME: usize = 50;
const NOTE: usize = 500;

kernel::refusals! {
    /// Why a safety check was not recorded (不予记录安全检查).
    pub RecordSafetyCheck => RecordSafetyCheckRefused, RecordSafetyCheckRefusalCode {
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不再记录安全检查。" / "This market is delisted; no more checks are recorded.",
        /// Nobody checked.
        InspectorMissing @ "input.inspector": "请填写检查人，不超过 50 个字。" / "Say who checked, in at most 50 characters.",
        /// A day to come.
        InspectedInFuture @ "input.inspectedOn": "检查日期不能晚于今天。" / "The day of the check cannot be later than today.",
        /// It expires before it was made.
        ExpiresBeforeInspection @ "input.expiresOn": "有效期不能早于检查日期。" / "It cannot expire before the day of the check.",
        /// It counts for too long.
        ExpiresTooLate @ "input.expiresOn": "有效期最长三年，请核对。" / "A check counts for three years at most; look at the date again.",
        /// A failed check without a word.
        NoteMissing @ "input.note": "检查不合格的，请说明问题。" / "Say what failed.",
        /// A note longer than is kept.
        NoteTooLong { limit: usize } @ "input.note": "说明超过 {limit} 个字，请缩短。" / "The note has more than {limit} characters; shorten it.",
        /// More photos than are kept.
        TooManyPhotos { limit: usize } @ "input.photos": "照片最多 {limit} 张。" / "At most {limit} photos.",
        /// A file that is no photo of a check, or is kept already.
        PhotoNotReady @ "input.photos":
            "照片未上传完成、已过期或已用于其他检查，请重新上传。" /
            "A photo was not uploaded whole, has expired or belongs to another check; upload it again.",
    }
}

/// Records a safety check of one item (记录安全检查). The newest check of an item is the one that counts; the older ones
/// stay as they were.
pub async fn record_safety_check(
    ctx: &Ctx,
    market: Uuid,
    input: SafetyCheckInput,
    photos: Vec<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordSafetyCheck>> {
    ctx.transact_once(&policy::INSPECT, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::INSPECT, market).await?;
        if row.status == MarketStatus::Delisted {
            return Err(Stop::Refused(RecordSafetyCheck::Delisted));
        }
        decide(&input, tx.ctx().today()).map_err(Stop::Refused)?;
        if photos.len() > PHOTOS {
            return Err(Stop::Refused(RecordSafetyCheck::TooManyPhotos { limit: PHOTOS }));
        }
        let id = save(&tx, market, &input).await?;
        attach(&tx, market, id, &photos).await?;
        history::write(&tx, market, "inspected", None);
        Ok(Outcome::of("SafetyCheck", id, 1))
    })
    .await
}

fn decide(input: &SafetyCheckInput, today: chrono::NaiveDate) -> Result<(), RecordSafetyCheck> {
    let inspector = text::tidy(&input.inspector);
    if inspector.is_empty() || inspector.chars().count() > NAME {
        return Err(RecordSafetyCheck::InspectorMissing);
    }
    let (made, expires) = (input.inspected_on.0, input.expires_on.0);
    if made > today {
        return Err(RecordSafetyCheck::InspectedInFuture);
    }
    if expires < made {
        return Err(RecordSafetyCheck::ExpiresBeforeInspection);
    }
    if expires > made + chrono::Months::new(36) {
        return Err(RecordSafetyCheck::ExpiresTooLate);
    }
    let note = some(input.note.as_deref());
    if input.result == crate::kinds::CheckResult::Failed && note.is_none() {
        return Err(RecordSafetyCheck::NoteMissing);
    }
    if note.is_some_and(|note| note.chars().count() > NOTE) {
        return Err(RecordSafetyCheck::NoteTooLong { limit: NOTE });
    }
    Ok(())
}

async fn save(tx: &Tx, market: Uuid, input: &SafetyCheckInput) -> Result<Uuid, kernel::Fault> {
    let ctx = tx.ctx();
    let newest = safety_check::Entity::find()
        .filter(safety_check::Column::MarketId.eq(market))
        .filter(safety_check::Column::Item.eq(input.item))
        .filter(safety_check::Column::IsCurrent.eq(true))
        .order_by_desc(safety_check::Column::InspectedOn)
        .one(tx)
        .await?;
    // A check that is entered late does not take the place of one made after it.
    let takes_over = newest.as_ref().is_none_or(|old| old.inspected_on <= input.inspected_on.0);
    if let Some(old) = newest.filter(|_| takes_over) {
        safety_check::Entity::update_many()
            .col_expr(safety_check::Column::IsCurrent, Expr::value(false))
            .filter(safety_check::Column::Id.eq(old.id))
            .exec(tx)
            .await?;
    }
    let id = ctx.new_id();
    let row = safety_check::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        item: Set(input.item),
        result: Set(input.result),
        inspector: Set(text::tidy(&input.inspector)),
        inspected_on: Set(input.inspected_on.0),
        expires_on: Set(input.expires_on.0),
        note: Set(some(input.note.as_deref())),
        is_current: Set(takes_over),
        recorded_by: Set(ctx.actor().account_id()),
        recorded_at: Set(ctx.now()),
        withdrawn_reason: Set(None),
    };
    safety_check::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// Takes the photos into keeping with the check.
async fn attach(tx: &Tx, market: Uuid, check: Uuid, photos: &[Uuid]) -> Result<(), Stop<RecordSafetyCheck>> {
    for (position, file) in (0_i32..).zip(photos) {
        let kept = blob::keep(tx, *file, &blob::CHECK_PHOTO).await?;
        let kept = kept.ok_or(Stop::Refused(RecordSafetyCheck::PhotoNotReady))?;
        let row = check_photo::ActiveModel {
            id: Set(tx.ctx().new_id()),
            market_id: Set(market),
            check_id: Set(check),
            position: Set(position),
            file_id: Set(*file),
            file_name: Set(kept.file_name),
        };
        check_photo::Entity::insert(row).exec_without_returning(tx).await.map_err(kernel::Fault::from)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{CheckItem, CheckResult};

    fn check(made: &str, expires: &str) -> SafetyCheckInput {
        SafetyCheckInput {
            item: CheckItem::FireEquipment,
            result: CheckResult::Passed,
            inspector: "李建国".into(),
            inspected_on: kernel::gql::Date(made.parse().unwrap()),
            expires_on: kernel::gql::Date(expires.parse().unwrap()),
            note: None,
            photos: None,
        }
    }

    fn decided(input: &SafetyCheckInput) -> Result<(), RecordSafetyCheck> {
        decide(input, "2026-11-23".parse().unwrap())
    }

    #[test]
    fn a_check_cannot_expire_before_it_was_made_nor_be_made_tomorrow() {
        assert_eq!(decided(&check("2026-11-23", "2026-11-22")), Err(RecordSafetyCheck::ExpiresBeforeInspection));
        assert_eq!(decided(&check("2026-11-24", "2027-11-24")), Err(RecordSafetyCheck::InspectedInFuture));
        assert_eq!(decided(&check("2026-11-23", "2030-01-01")), Err(RecordSafetyCheck::ExpiresTooLate));
        assert_eq!(decided(&check("2026-11-23", "2026-11-23")), Ok(()));
    }

    #[test]
    fn a_failed_check_says_what_failed_and_every_check_says_who_made_it() {
        let failed = SafetyCheckInput { result: CheckResult::Failed, ..check("2026-11-23", "2027-11-23") };
        assert_eq!(decided(&failed), Err(RecordSafetyCheck::NoteMissing));
        let nobody = SafetyCheckInput { inspector: "　".into(), ..check("2026-11-23", "2027-11-23") };
        assert_eq!(decided(&nobody), Err(RecordSafetyCheck::InspectorMissing));
    }
}
