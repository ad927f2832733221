//! Handing out what is held about a person (导出个人信息): one's own to everybody, another's to the security administrator.

use chrono::Duration;
use kernel::fault::Stop;
use kernel::personal::REASON;
use kernel::{Ctx, Fault, Once, Outcome, Place, Tx, blob};
use uuid::Uuid;

use super::shared;
use crate::{personal, policy, queries};

/// The file is kept so long: it holds everything, and whoever asked for it fetches it at once.
const KEPT: Duration = Duration::minutes(15);

kernel::refusals! {
    /// Why nothing was handed out (不予导出个人信息).
    pub ExportPersonalData => ExportPersonalDataRefused, ExportPersonalDataRefusalCode {
        /// Somebody else's, without a reason.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "导出他人的个人信息请写明原因（{least}至{most}字），原因将记入审计日志。" /
            "Say why you hand out what is held about somebody else, in {least} to {most} characters; the audit keeps the reason.",
    }
}

/// Hands out what every chapter and plugin holds about a person (导出个人信息), as a JSON document that is soon gone.
pub async fn export_personal_data(
    ctx: &Ctx,
    id: Uuid,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportPersonalData>> {
    ctx.transact_once(&policy::EXPORT_PERSON, once, |tx| async move {
        let account = queries::account(&tx, id).await?.ok_or(Fault::NotFound)?;
        tx.about("Account", id);
        if !is_own(&tx, id)? {
            tx.authorize(&policy::EXPORT_PERSON, &Place::city()).await?;
            let reason = reason.trim();
            if !REASON.contains(&reason.chars().count()) {
                let (least, most) = (*REASON.start(), *REASON.end());
                return Err(Stop::Refused(ExportPersonalData::ReasonNeeded { least, most }));
            }
            tx.note_about(id, "reason", reason);
        }
        let ctx = tx.ctx();
        let person = personal::person(ctx, &account).await?;
        let document = kernel::personal::document(ctx, &person).await?;
        let (name, until) = (blob::copy_name(&account.username), ctx.now() + KEPT);
        let file = blob::store(&tx, &blob::PERSONAL, &name, "application/json", &document, Some(until)).await?;
        Ok(Outcome::of("File", file, 0))
    })
    .await
}

/// Is it the person's own? A key of a front-end team hands out nobody's.
fn is_own(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    shared::free_session(tx.ctx()).map(|(account, _)| account.id == id)
}
