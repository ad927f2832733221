//! Amending an account (修改账号): another working name, address, department or language of letters. Its sessions go on.

use entities::account;
use kernel::fault::Stop;
use kernel::{Ctx, Fault, Lang, Once, Outcome, Pii, Place, Tx};
use sea_orm::{ActiveModelTrait as _, DbErr, Set};
use uuid::Uuid;

use super::shared;
use crate::events::AccountAmended;
use crate::rules::{contact, roles};
use crate::{mail, personal, policy, queries};

kernel::refusals! {
    /// Why the account stays as it is (不予修改账号).
    pub AmendAccount => AmendAccountReason, AmendAccountRefusalCode {
        /// Somebody else changed the account.
        Conflict { current: i32 } @ "version":
            "该账号已被他人修改（现为第{current}版），请核对最新内容后再保存。" /
            "Somebody else changed this account (now version {current}); look at the newest state and save again.",
        /// Nothing is left to amend.
        Erased: "该账号的个人信息已经删除，不能再修改。" / "What was held about this person was erased; the account stays as it is.",
        /// Not a name.
        InvalidDisplayName @ "displayName": "请填写姓名（不超过50字）。" / "Enter a name of at most 50 characters.",
        /// Not an address.
        InvalidEmail @ "email":
            "电子邮箱地址不正确，请检查；如不修改，请留空。" /
            "This is not a mail address; check it, or leave it empty to keep the present one.",
        /// Officers belong to a department.
        DepartmentNeeded @ "department":
            "该账号持有经办、监督或检查角色，须保留所属部门。" /
            "This account holds the role of an officer, supervisor or inspector and keeps a department.",
        /// Another account has it.
        EmailInUse @ "email": "已有账号使用该邮箱。" / "An account has this address already.",
        /// A password reset goes there: whoever set it would be two of the three administrators.
        GuardedAddress @ "email":
            "安全管理员和审计管理员的一次性口令发往其邮箱，因此不能由系统管理员修改：请先由安全管理员收回该角色，修改后再授予。" /
            "One-time passwords of a security or audit administrator go to this address, so the system administrator cannot change it: let the security administrator withdraw that role, change the address, then assign the role again.",
        /// The province writes there.
        PresentLiaison @ "email":
            "该邮箱是现任工作对接人的邮箱，请先由主管部门更新工作对接人信息，再修改账号邮箱。" /
            "The present liaison person has this address: let the bureau name the liaison person anew first, then change it here.",
        /// It is just so.
        Unchanged: "没有需要保存的修改。" / "Nothing differs from what is stored.",
    }
}

/// What an account is to be (修改内容).
#[derive(Clone, Debug)]
pub struct AmendInput {
    /// The working name.
    pub display_name: Pii<String>,
    /// Another address; the present one stays where it is missing or blank, because nobody sees it whole.
    pub email: Option<Pii<String>>,
    /// The department, by its stored name; nothing for none.
    pub department: Option<&'static str>,
    /// Language of its letters; the present one stays where it is missing.
    pub lang: Option<Lang>,
}

/// What is saved: the values that differ, and by name which.
struct Amended {
    name: Pii<String>,
    email: Option<Pii<String>>,
    department: Option<&'static str>,
    lang: Lang,
    fields: Vec<&'static str>,
}

/// Amends an account (修改账号), one's own included. Where its address changes, the former one is told.
pub async fn amend_account(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: AmendInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AmendAccount>> {
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let account = shared::lock_account(&tx, id).await?;
        tx.about("Account", id);
        tx.authorize(&policy::AMEND, &Place::city()).await?;
        if account.version != version {
            return Err(Stop::Refused(AmendAccount::Conflict { current: account.version }));
        }
        let person = personal::person(tx.ctx(), &account).await?;
        let amended = decide(&account, &person, &input).map_err(Stop::Refused)?;
        let held = queries::held(&tx, id).await?;
        if amended.department.is_none() && held.iter().any(|role| roles::needs_department(&role.role)) {
            return Err(Stop::Refused(AmendAccount::DepartmentNeeded));
        }
        tx.note("fields", amended.fields.clone());
        if let Some(email) = &amended.email {
            if shared::is_guarded(&tx, id).await? {
                return Err(Stop::Refused(AmendAccount::GuardedAddress));
            }
            if personal::is_present_liaison(&tx, &person).await? {
                return Err(Stop::Refused(AmendAccount::PresentLiaison));
            }
            tx.note("formerLiaison", personal::follow(&tx, &person, email).await?);
        }
        let fields = amended.fields.iter().map(|&field| field.to_owned()).collect();
        let moved = amended.email.is_some();
        save(&tx, account.clone(), amended).await?;
        if moved {
            shared::write_to(&tx, &account, mail::address_changed).await?;
        }
        tx.announce(&AccountAmended { account: id, fields })?;
        Ok(Outcome::of("Account", id, version + 1))
    })
    .await
}

/// What differs, if it may be.
fn decide(
    account: &account::Model,
    person: &kernel::personal::Person,
    input: &AmendInput,
) -> Result<Amended, AmendAccount> {
    if account.status == "ERASED" {
        return Err(AmendAccount::Erased);
    }
    let name = input.display_name.try_map(|name| contact::line(name, 50)).ok_or(AmendAccount::InvalidDisplayName)?;
    let typed = input.email.as_ref().filter(|email| !email.is_blank());
    let email = typed.map(|typed| typed.try_map(|email| contact::email(email)).ok_or(AmendAccount::InvalidEmail));
    let email = email.transpose()?.filter(|email| person.email.as_ref() != Some(email));
    let before = Lang::from_code(&account.lang);
    let lang = input.lang.unwrap_or(before);
    let differs = [
        ("displayName", name != person.name),
        ("email", email.is_some()),
        ("department", input.department != account.department.as_deref()),
        ("lang", lang != before),
    ];
    let fields: Vec<_> = differs.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect();
    if fields.is_empty() {
        return Err(AmendAccount::Unchanged);
    }
    Ok(Amended { name, email, department: input.department, lang, fields })
}

async fn save(tx: &Tx, account: account::Model, new: Amended) -> Result<(), Stop<AmendAccount>> {
    let (ctx, id, version) = (tx.ctx(), account.id, account.version + 1);
    let ring = ctx.keys().await?;
    let known = account.email_index.clone();
    let mut row = account::ActiveModel {
        display_name: Set(ring.seal("account", "display_name", id, &new.name)?),
        display_name_index: Set(queries::name_index(&ring, &new.name)),
        department: Set(new.department.map(str::to_owned)),
        lang: Set(new.lang.code().to_owned()),
        updated_at: Set(ctx.now()),
        version: Set(version),
        ..account.into()
    };
    if let Some(email) = &new.email {
        let index = queries::email_index(&ring, email);
        if known.as_ref() != Some(&index) && queries::has_address(tx, &index).await? {
            return Err(Stop::Refused(AmendAccount::EmailInUse));
        }
        row.email = Set(Some(ring.seal("account", "email", id, email)?));
        row.email_index = Set(Some(index));
    }
    row.update(tx).await.map(|_| ()).map_err(taken)
}

/// Two who get one address at the same moment: the second is told.
fn taken(error: DbErr) -> Stop<AmendAccount> {
    match queries::taken(&error) {
        Some(queries::Taken::Address) => Stop::Refused(AmendAccount::EmailInUse),
        _ => Stop::Fault(Fault::from(error)),
    }
}
