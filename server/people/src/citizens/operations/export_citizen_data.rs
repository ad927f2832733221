//! Handing out what is held about a citizen (导出个人用户信息): one's own with a code to the own telephone, another's by the
//! security administrator for a reason.

use chrono::Duration;
use kernel::fault::Stop;
use kernel::personal::REASON;
use kernel::{Ctx, Fault, Once, Outcome, Place, Tx, blob};
use uuid::Uuid;

use super::request_phone_code::mobile;
use crate::citizens::attempts::{self, Proof};
use crate::citizens::rules::codes::PhoneCodePurpose;
use crate::citizens::{policy, store};
use crate::operations::shared;

/// The file is kept so long: it holds everything, and whoever asked for it fetches it at once.
const KEPT: Duration = Duration::minutes(15);

kernel::refusals! {
    /// Why nothing was handed out (不予导出个人用户信息).
    pub ExportCitizenData => ExportCitizenDataRefused, ExportCitizenDataRefusalCode {
        /// One's own needs a code.
        WrongCode @ "code":
            "请输入本人手机收到的验证码；验证码不正确、已过期或已使用的，请重新获取。" /
            "Enter the code that came to your telephone; if it is wrong, over or used, ask for another.",
        /// Somebody else's, without a reason.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "导出他人的个人信息请写明原因（{least}至{most}字），原因将记入审计日志。" /
            "Say why you hand out what is held about somebody else, in {least} to {most} characters; the audit keeps the reason.",
    }
}

/// Looks at the code for one's own data, before the transaction; nothing for somebody else's.
pub(crate) async fn prove(ctx: &Ctx, id: Uuid, code: Option<&str>) -> Result<Option<Proof>, Fault> {
    let own = ctx.actor().citizen_id() == Some(id);
    let Some(code) = code.filter(|_| own) else { return Ok(None) };
    let row = store::citizen(&ctx.scope(), id).await?;
    let number = store::open(ctx.keys().await?.as_ref(), id, "phone", row.phone.as_deref())?;
    let phone = number.and_then(|number| number.try_map(|text| mobile(text))).map(store::plain);
    match phone {
        Some(phone) => attempts::check(ctx, &phone, PhoneCodePurpose::OwnData, code).await,
        None => Ok(None),
    }
}

/// Hands out what every chapter and plugin holds about a citizen (导出个人用户信息), as a JSON document that is soon gone.
pub async fn export_citizen_data(
    ctx: &Ctx,
    id: Uuid,
    code: Option<&str>,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportCitizenData>> {
    let proof = prove(ctx, id, code).await?;
    ctx.transact_once(&policy::EXPORT, once, |tx| async move {
        let row = store::citizen(&tx, id).await?;
        tx.about("Citizen", id);
        if tx.ctx().actor().citizen_id() == Some(id) {
            tx.authorize(&policy::EXPORT, &Place::city()).await?;
            match proof {
                Some(proof) if proof.use_up(&tx).await? => {}
                _ => return Err(Stop::Refused(ExportCitizenData::WrongCode)),
            }
        } else {
            by_administrator(&tx, id, reason).await?;
        }
        let person = store::person(tx.ctx(), &row).await?;
        let document = kernel::personal::document_of_citizen(tx.ctx(), &person).await?;
        let (name, until) = (blob::copy_name(&id.to_string()), tx.ctx().now() + KEPT);
        let file = blob::store(&tx, &blob::PERSONAL, &name, "application/json", &document, Some(until)).await?;
        Ok(Outcome::of("File", file, 0))
    })
    .await
}

async fn by_administrator(tx: &Tx, id: Uuid, reason: &str) -> Result<(), Stop<ExportCitizenData>> {
    if tx.ctx().actor().citizen_id().is_some() {
        return Err(Stop::Fault(Fault::NotFound));
    }
    tx.authorize(&policy::EXPORT, &Place::city()).await?;
    shared::free_session(tx.ctx())?;
    let reason = reason.trim();
    if !REASON.contains(&reason.chars().count()) {
        let (least, most) = (*REASON.start(), *REASON.end());
        return Err(Stop::Refused(ExportCitizenData::ReasonNeeded { least, most }));
    }
    tx.note_about(id, "reason", reason);
    Ok(())
}
