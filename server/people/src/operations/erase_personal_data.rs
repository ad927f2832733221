//! Erasing what is held about a person (删除个人信息): the system administrator disabled the account, the security
//! administrator erases. What stays is the user name, by which the audit names who did what.

use entities::{account, audit_entry};
use kernel::fault::Stop;
use kernel::personal::REASON;
use kernel::{Ctx, Fault, Once, Outcome, Place, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::shared;
use crate::{personal, policy};

kernel::refusals! {
    /// Why nothing was erased (不予删除个人信息).
    pub ErasePersonalData => ErasePersonalDataReason, ErasePersonalDataRefusalCode {
        /// Somebody else changed the account.
        Conflict { current: i32 } @ "version":
            "该账号已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this account (now version {current}); reload and try again.",
        /// A reason is needed.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明删除原因（{least}至{most}字）。" / "Give a reason of {least} to {most} characters.",
        /// It is one's own.
        OwnAccount: "不能删除自己的账号，请由另一名安全管理员办理。" /
            "You cannot erase your own account; ask another security administrator.",
        /// It was erased.
        AlreadyErased: "该账号的个人信息已经删除。" / "What was held about this person was erased already.",
        /// It is in use.
        NotDisabled: "请先由系统管理员停用该账号。" / "Let the system administrator disable this account first.",
        /// Two persons are needed.
        SamePerson:
            "停用和删除须由两人分别办理：该账号由您停用，请由另一名安全管理员删除。" /
            "Disabling and erasing take two persons: you disabled this account, so another security administrator erases it.",
        /// Nobody would be left with an administrator's role.
        LastAdministrator { zh: String, en: String }:
            "该账号是最后一名{zh}，请先由安全管理员将此角色授予他人。" /
            "This account is the last {en}: let the security administrator assign that role to somebody else first.",
        /// The province calls this person.
        PresentLiaison:
            "该人员是现任工作对接人，请先由主管部门设置新的工作对接人。" /
            "This person is the present liaison person: let the bureau name another one first.",
    }
}

/// Erases what every chapter and plugin holds about a person (删除个人信息), and the key under which the audit speaks of
/// the person. There is no way back.
pub async fn erase_personal_data(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<ErasePersonalData>> {
    ctx.transact_once(&policy::ERASE_PERSON, once, |tx| async move {
        let account = shared::lock_account(&tx, id).await?;
        tx.about("Account", id);
        tx.authorize(&policy::ERASE_PERSON, &Place::city()).await?;
        let actor = shared::free_session(tx.ctx())?.0.id;
        let reason = reason.trim();
        if !REASON.contains(&reason.chars().count()) {
            let (least, most) = (*REASON.start(), *REASON.end());
            return Err(Stop::Refused(ErasePersonalData::ReasonNeeded { least, most }));
        }
        // It stays with whoever erased: under the key of the person nobody would ever read it.
        tx.note_about(actor, "reason", reason);
        decide(&account, version, actor).map_err(Stop::Refused)?;
        if disabled_by(&tx, id).await? == Some(actor) {
            return Err(Stop::Refused(ErasePersonalData::SamePerson));
        }
        if let Some(role) = shared::last_administrator(&tx, id, None).await? {
            let (zh, en) = (role.title.zh.to_owned(), role.title.en.to_owned());
            return Err(Stop::Refused(ErasePersonalData::LastAdministrator { zh, en }));
        }
        let person = personal::person(tx.ctx(), &account).await?;
        if personal::is_present_liaison(&tx, &person).await? {
            return Err(Stop::Refused(ErasePersonalData::PresentLiaison));
        }
        let rows = kernel::personal::erase(&tx, &person).await?;
        tx.note("rows", rows);
        Ok(Outcome::of("Account", id, version + 1))
    })
    .await
}

fn decide(account: &account::Model, version: i32, by: Uuid) -> Result<(), ErasePersonalData> {
    if by == account.id {
        return Err(ErasePersonalData::OwnAccount);
    }
    if account.version != version {
        return Err(ErasePersonalData::Conflict { current: account.version });
    }
    match account.status.as_str() {
        "DISABLED" => Ok(()),
        "ERASED" => Err(ErasePersonalData::AlreadyErased),
        _ => Err(ErasePersonalData::NotDisabled),
    }
}

/// Who disabled the account last, as the audit tells.
async fn disabled_by(tx: &Tx, id: Uuid) -> Result<Option<Uuid>, Fault> {
    let entry = audit_entry::Entity::find()
        .filter(audit_entry::Column::SubjectId.eq(id))
        .filter(audit_entry::Column::Operation.eq(policy::DISABLE.name()))
        .filter(audit_entry::Column::Result.eq("DONE"))
        .order_by_desc(audit_entry::Column::Id)
        .one(tx)
        .await?;
    Ok(entry.and_then(|entry| entry.actor_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_disabled_account_of_somebody_else_at_this_version_is_erased() {
        let (mine, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let account = |status: &str| account::Model {
            id: theirs,
            username: "liwei".to_owned(),
            display_name: Vec::new(),
            display_name_index: Vec::new(),
            email: None,
            email_index: None,
            department: None,
            status: status.to_owned(),
            lang: "zh".to_owned(),
            password_hash: None,
            password_changed_at: None,
            must_change_password: false,
            totp_secret: None,
            totp_last_step: None,
            totp_confirmed: false,
            last_sign_in_at: None,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            version: 3,
        };
        assert_eq!(decide(&account("DISABLED"), 3, mine), Ok(()));
        assert_eq!(decide(&account("DISABLED"), 3, theirs), Err(ErasePersonalData::OwnAccount));
        assert_eq!(decide(&account("DISABLED"), 2, mine), Err(ErasePersonalData::Conflict { current: 3 }));
        assert_eq!(decide(&account("ERASED"), 3, mine), Err(ErasePersonalData::AlreadyErased));
        for used in ["INVITED", "ACTIVE", "LOCKED"] {
            assert_eq!(decide(&account(used), 3, mine), Err(ErasePersonalData::NotDisabled));
        }
    }
}
