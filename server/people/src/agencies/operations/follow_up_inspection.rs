//! Following up an inspection (复查).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::agencies::forms::InspectionFollowUpInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rows::inspection::{self, Column};
use crate::agencies::rules::identity::{PROSE, prose};
use crate::agencies::rules::inspections::follow_up;
use crate::agencies::store::{self, Line};

kernel::refusals! {
    /// Why a follow-up was not recorded (不予记录复查).
    pub RecordInspectionFollowUp => RecordInspectionFollowUpReason, RecordInspectionFollowUpRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该检查记录已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this inspection (now version {current}); reload and try again.",
        /// It was followed up.
        AlreadyFollowedUp @ "id": "该检查已经复查，请另行记录新的检查。" / "It was followed up already; record another inspection.",
        /// A day before the inspection, or to come.
        Day @ "input.followedUpOn": "复查日期应不早于检查日期，且不晚于今天。" / "It is followed up between the day of the inspection and today.",
        /// Nothing was found, not even in words.
        NoteMissing { limit: usize } @ "input.note": "请填写复查情况，不超过 {limit} 个字。" / "Say what was found, in at most {limit} characters.",
    }
}

/// Records how an inspection was followed up (复查), whether or not a day was set for it.
pub async fn follow_up_inspection(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: InspectionFollowUpInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordInspectionFollowUp>> {
    ctx.transact_once(&policy::INSPECT, once, |tx| async move {
        let of: Option<Uuid> =
            inspection::Entity::find_by_id(id).select_only().column(Column::AgencyId).into_tuple().one(&tx).await?;
        let agency = store::hold(&tx, &policy::INSPECT, of.ok_or(kernel::Fault::NotFound)?).await?;
        let row = inspection::Entity::find_by_id(id).one(&tx).await?.ok_or(kernel::Fault::NotFound)?;
        let note = decide(&row, version, &input, tx.ctx().today()).map_err(Stop::Refused)?;
        let change = inspection::ActiveModel {
            version: Set(version + 1),
            followed_up_on: Set(Some(input.followed_up_on.0)),
            follow_up_result: Set(Some(input.result)),
            follow_up_note: Set(Some(note)),
            ..inspection::ActiveModel::default()
        };
        inspection::Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(&tx).await?;
        let what = Some(input.result.title().zh.to_owned());
        store::log(&tx, agency.id, Line::of(AgencyEventKind::FollowedUp, agency.version).because(what));
        Ok(Outcome::of("AgencyInspection", id, version + 1))
    })
    .await
}

fn decide(
    row: &inspection::Model,
    version: i32,
    input: &InspectionFollowUpInput,
    today: chrono::NaiveDate,
) -> Result<String, RecordInspectionFollowUp> {
    if row.version != version {
        return Err(RecordInspectionFollowUp::Conflict { current: row.version });
    }
    if row.followed_up_on.is_some() {
        return Err(RecordInspectionFollowUp::AlreadyFollowedUp);
    }
    follow_up(input, row.inspected_on, today).map_err(|_| RecordInspectionFollowUp::Day)?;
    prose(&input.note, PROSE).ok_or(RecordInspectionFollowUp::NoteMissing { limit: PROSE })
}
