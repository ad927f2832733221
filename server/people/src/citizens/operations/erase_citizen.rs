//! Erasing what is held about a citizen (删除个人用户信息): by the citizen with a code, or at its request by two persons, one who
//! blocks the citizen and a security administrator who erases.

use entities::{audit_entry, citizen};
use kernel::fault::Stop;
use kernel::personal::REASON;
use kernel::{Ctx, Fault, Once, Outcome, Place, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::export_citizen_data::prove;
use crate::citizens::events::CitizenErased;
use crate::citizens::{personal, policy, store};
use crate::operations::shared;

kernel::refusals! {
    /// Why nothing was erased (不予删除个人用户信息).
    pub EraseCitizen => EraseCitizenReason, EraseCitizenRefusalCode {
        /// Somebody else changed the entry.
        Conflict { current: i32 } @ "version":
            "该用户的信息已有变动（现为第{current}版），请刷新后再试。" /
            "This entry was changed (now version {current}); reload and try again.",
        /// One's own needs a code.
        WrongCode @ "code":
            "请输入本人手机收到的验证码；验证码不正确、已过期或已使用的，请重新获取。" /
            "Enter the code that came to your telephone; if it is wrong, over or used, ask for another.",
        /// A reason is needed.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明删除原因（{least}至{most}字）。" / "Give a reason of {least} to {most} characters.",
        /// It is in use.
        NotBlocked: "请先由主管部门经办人停用该用户。" / "Let an officer of the bureau block this citizen first.",
        /// Two persons are needed.
        SamePerson:
            "停用和删除须由两人分别办理：该用户由您停用，请由另一名安全管理员删除。" /
            "Blocking and erasing take two persons: you blocked this citizen, so another security administrator erases it.",
        /// It stands for somebody who hires.
        HiringPartyOpen:
            "该用户名下还有未注销的用工主体，请先注销。" /
            "A hiring party in this citizen's name is still open; close it first.",
    }
}

/// Erases what every chapter and plugin holds about a citizen (删除个人用户信息), and the key under which the audit speaks of it.
/// There is no way back.
pub async fn erase_citizen(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    code: Option<&str>,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<EraseCitizen>> {
    let proof = prove(ctx, id, code).await?;
    ctx.transact_once(&policy::ERASE, once, |tx| async move {
        let row = store::lock(&tx, id).await?;
        tx.about("Citizen", id);
        let own = tx.ctx().actor().citizen_id() == Some(id);
        if !own && tx.ctx().actor().citizen_id().is_some() {
            return Err(Stop::Fault(Fault::NotFound));
        }
        tx.authorize(&policy::ERASE, &Place::city()).await?;
        if row.version != version {
            return Err(Stop::Refused(EraseCitizen::Conflict { current: row.version }));
        }
        if own {
            match proof {
                Some(proof) if proof.use_up(&tx).await? => {}
                _ => return Err(Stop::Refused(EraseCitizen::WrongCode)),
            }
        } else {
            by_administrator(&tx, &row, reason).await?;
        }
        if personal::has_open_party(&tx, id).await? {
            return Err(Stop::Refused(EraseCitizen::HiringPartyOpen));
        }
        let person = store::whole_person(&tx, &row).await?;
        let rows = kernel::personal::erase_citizen(&tx, &person).await?;
        tx.note("rows", rows);
        tx.announce(&CitizenErased { citizen: id })?;
        tx.invalidate(kernel::invalidate::SESSIONS);
        Ok(Outcome::of("Citizen", id, 0))
    })
    .await
}

async fn by_administrator(tx: &Tx, row: &citizen::Model, reason: &str) -> Result<(), Stop<EraseCitizen>> {
    let actor = shared::free_session(tx.ctx())?.0.id;
    let reason = reason.trim();
    if !REASON.contains(&reason.chars().count()) {
        let (least, most) = (*REASON.start(), *REASON.end());
        return Err(Stop::Refused(EraseCitizen::ReasonNeeded { least, most }));
    }
    // It stays with whoever erased: under the key of the person nobody would ever read it.
    tx.note_about(actor, "reason", reason);
    if row.status != "BLOCKED" {
        return Err(Stop::Refused(EraseCitizen::NotBlocked));
    }
    if blocked_by(tx, row.id).await? == Some(actor) {
        return Err(Stop::Refused(EraseCitizen::SamePerson));
    }
    Ok(())
}

/// Who blocked the citizen last, as the audit tells.
async fn blocked_by(tx: &Tx, id: Uuid) -> Result<Option<Uuid>, Fault> {
    let entry = audit_entry::Entity::find()
        .filter(audit_entry::Column::SubjectId.eq(id))
        .filter(audit_entry::Column::Operation.eq(policy::BLOCK.name()))
        .filter(audit_entry::Column::Result.eq("DONE"))
        .order_by_desc(audit_entry::Column::Id)
        .one(tx)
        .await?;
    Ok(entry.and_then(|entry| entry.actor_id))
}
