//! Handing in (报送): the frozen snapshot goes to the province through the city's outbox.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use crate::events::ReturnSubmitted;
use crate::rows::directory_return::{self, ActiveModel};
use crate::rules::returns::ReturnStatus;
use crate::{policy, records, rules};

kernel::refusals! {
    /// Why a return was not submitted (不予报送).
    pub SubmitReturn => SubmitReturnReason, SubmitReturnRefusalCode {
        /// The province has no directory of its own.
        NotACity: "省级平台没有名录可报送，请在所在市办理。" / "The province has no directory of its own; do this in a city.",
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该填报已被他人更改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this return (now version {current}); reload and try again.",
        /// It is not frozen.
        NotFrozen: "请先冻结名录，再报送。" / "Freeze the return first, then submit it.",
        /// It was submitted.
        AlreadySubmitted: "该年度名录已报送，无需重复报送。" / "It was submitted already.",
        /// It was accepted.
        AlreadyAccepted: "该年度名录省级已接收。" / "The province has accepted it already.",
    }
}

/// Hands in. What was handed in cannot be changed until the province returns it.
pub async fn submit_return(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SubmitReturn>> {
    ctx.transact_once(&policy::SUBMIT, once, |tx| async move {
        if tx.ctx().tenant().is_platform() {
            return Err(Stop::Refused(SubmitReturn::NotACity));
        }
        tx.about("DirectoryReturn", id);
        tx.authorize(&policy::SUBMIT, &Place::city()).await?;
        let row = directory_return::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;

        rules::returns::submit(&records::standing(&row)?, version).map_err(Stop::Refused)?;

        let change = ActiveModel {
            status: Set(ReturnStatus::Submitted.name().to_owned()),
            submitted_at: Set(Some(tx.ctx().now())),
            returned_reason: Set(None),
            ..Default::default()
        };
        if !records::change(&tx, &row, change).await? {
            return Err(Stop::Refused(SubmitReturn::Conflict { current: row.version + 1 }));
        }
        tx.note("year", row.year);
        tx.note("versionNo", row.version_no);
        records::log(&tx, id, "SUBMITTED", row.version_no, None).await?;
        let snapshot = row.snapshot_id.ok_or(Fault::internal("submit a return: its snapshot has no name"))?;
        tx.announce(&ReturnSubmitted { return_id: id, year: row.year, version_no: row.version_no, snapshot })?;
        Ok(Outcome::of("DirectoryReturn", id, row.version + 1))
    })
    .await
}
