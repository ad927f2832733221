//! Making an account (建立账号): for the command line, the demo and tests; people are invited.

use entities::{account, role_assignment};
use kernel::fault::{Fault, Stop};
use kernel::policy::{self as kernel_policy, Held, ScopeKind};
use kernel::{Lang, Pii, Tx};
use sea_orm::{DbErr, EntityTrait as _, Set};
use uuid::Uuid;

use crate::rules::{contact, roles, scopes};
use crate::{prepare, queries};

kernel::refusals! {
    /// Why no account was made (不予建立账号).
    pub CreateAccount => CreateAccountRefused, CreateAccountRefusalCode {
        /// Not a user name.
        InvalidUsername @ "username":
            "用户名须为3至32位小写字母、数字、点、下划线或连字符，并以字母开头。" /
            "A user name is 3–32 lower-case letters, digits, dots, underscores or hyphens and begins with a letter.",
        /// Somebody has it.
        UsernameTaken @ "username": "该用户名已被使用，请换一个。" / "This user name is taken; choose another one.",
        /// Somebody has it.
        EmailInUse @ "email": "已有账号使用该邮箱。" / "An account has this address already.",
        /// Not a name.
        InvalidDisplayName @ "displayName": "请填写姓名（不超过50字）。" / "Enter a name of at most 50 characters.",
        /// Not one of the five.
        UnknownDepartment @ "department": "没有这个部门。" / "There is no such department.",
        /// Not a role here, or not in that kind of scope.
        UnsuitableRole { role: String } @ "roles":
            "角色{role}不能在此范围授予。" / "The role {role} cannot be assigned in that scope here.",
        /// Two of the three administrators.
        Exclusive @ "roles":
            "系统管理员、安全管理员、审计管理员不能由同一账号担任。" /
            "One account cannot be two of system, security and audit administrator.",
    }
}

/// A password that was hashed already (口令摘要): hashing is slow and comes before the transaction.
#[derive(Clone)]
pub struct HashedPassword(String);

impl HashedPassword {
    /// Hashes a password.
    pub async fn of(password: &str) -> Result<Self, Fault> {
        prepare::hash(password).await.map(Self)
    }

    pub(crate) const fn made(phc: String) -> Self {
        Self(phc)
    }

    pub(crate) fn phc(&self) -> &str {
        &self.0
    }
}

/// A role to be held from the beginning (初始角色).
#[derive(Clone, Debug)]
pub struct NewRole {
    /// The role.
    pub role: &'static str,
    /// The kind of scope.
    pub kind: ScopeKind,
    /// Its key; empty for the city.
    pub key: String,
}

impl NewRole {
    /// A role in the whole city, or at the province.
    #[must_use]
    pub const fn city(role: &'static str) -> Self {
        Self { role, kind: ScopeKind::City, key: String::new() }
    }
}

/// An account to be made (新账号).
#[derive(Clone)]
pub struct NewAccount {
    /// What is typed at sign-in.
    pub username: String,
    /// The working name.
    pub display_name: Pii<String>,
    /// Its address for mail.
    pub email: Option<Pii<String>>,
    /// Without one it cannot sign in yet.
    pub password: Option<HashedPassword>,
    /// Must another password be chosen at the first sign-in?
    pub must_change_password: bool,
    /// Its roles.
    pub roles: Vec<NewRole>,
    /// One of the five departments, by its stored name.
    pub department: Option<&'static str>,
    /// A second factor that is enrolled already: 20 bytes.
    pub totp_secret: Option<Vec<u8>>,
    /// Language of its mail.
    pub lang: Lang,
    /// Who gave it its roles, where that is not who acts.
    pub assigned_by: Option<Uuid>,
}

impl NewAccount {
    /// An account with a user name, a working name and a role.
    #[must_use]
    pub fn named(username: &str, display_name: &str) -> Self {
        Self {
            username: username.to_owned(),
            display_name: display_name.into(),
            email: None,
            password: None,
            must_change_password: false,
            roles: Vec::new(),
            department: None,
            totp_secret: None,
            lang: Lang::Zh,
            assigned_by: None,
        }
    }
}

/// Makes an account (建立账号); its id. Asks no permission: whoever calls it stands in the house already.
pub async fn create_account(tx: &Tx, new: NewAccount) -> Result<Uuid, Stop<CreateAccount>> {
    let (ctx, now) = (tx.ctx(), tx.ctx().now());
    let username = contact::username(&new.username);
    let display_name = check(&new, &username, ctx.tenant().is_platform(), ctx.today()).map_err(Stop::Refused)?;
    if queries::account_named(tx, &username).await?.is_some() {
        return Err(Stop::Refused(CreateAccount::UsernameTaken));
    }
    let (id, ring) = (ctx.new_id(), ctx.keys().await?);
    let email_index = new.email.as_ref().map(|email| queries::email_index(&ring, email));
    if let Some(index) = &email_index
        && queries::has_address(tx, index).await?
    {
        return Err(Stop::Refused(CreateAccount::EmailInUse));
    }
    let seal = |column: &'static str, plain: &Pii<String>| ring.seal("account", column, id, plain);
    let secret = new.totp_secret.map(Pii::new);
    let row = account::ActiveModel {
        id: Set(id),
        username: Set(username),
        display_name: Set(seal("display_name", &display_name)?),
        display_name_index: Set(queries::name_index(&ring, &display_name)),
        email: Set(new.email.as_ref().map(|email| seal("email", email)).transpose()?),
        email_index: Set(email_index),
        department: Set(new.department.map(str::to_owned)),
        status: Set(if new.password.is_some() { "ACTIVE" } else { "INVITED" }.to_owned()),
        lang: Set(new.lang.code().to_owned()),
        password_changed_at: Set(new.password.is_some().then_some(now)),
        password_hash: Set(new.password.map(|p| p.0)),
        must_change_password: Set(new.must_change_password),
        totp_confirmed: Set(secret.is_some()),
        totp_secret: Set(secret.map(|secret| ring.seal("account", "totp_secret", id, &secret)).transpose()?),
        totp_last_step: Set(None),
        last_sign_in_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    account::Entity::insert(row).exec_without_returning(tx).await.map_err(taken)?;
    let assigned = new.roles.into_iter().map(|role| role_assignment::ActiveModel {
        id: Set(ctx.new_id()),
        account_id: Set(id),
        role: Set(role.role.to_owned()),
        scope_kind: Set(role.kind.name().to_owned()),
        scope_key: Set(role.key),
        valid_until: Set(None),
        assigned_by: Set(new.assigned_by.or(ctx.actor().account_id())),
        assigned_at: Set(now),
    });
    let assigned: Vec<_> = assigned.collect();
    if !assigned.is_empty() {
        role_assignment::Entity::insert_many(assigned).exec_without_returning(tx).await?;
    }
    tx.about("Account", id);
    Ok(id)
}

/// Two who choose the same name, or have the same address, at the same moment: the second is told.
fn taken(error: DbErr) -> Stop<CreateAccount> {
    match queries::taken(&error) {
        Some(queries::Taken::Address) => Stop::Refused(CreateAccount::EmailInUse),
        Some(queries::Taken::Other) => Stop::Refused(CreateAccount::UsernameTaken),
        None => error.into(),
    }
}

/// The display name as it is kept, if the rest may be.
fn check(
    new: &NewAccount,
    username: &str,
    platform: bool,
    today: chrono::NaiveDate,
) -> Result<Pii<String>, CreateAccount> {
    if !contact::is_username(username) {
        return Err(CreateAccount::InvalidUsername);
    }
    if new.department.is_some_and(|d| scopes::department(d).is_none()) {
        return Err(CreateAccount::UnknownDepartment);
    }
    let mut held: Vec<Held> = Vec::new();
    for role in &new.roles {
        let fitting =
            kernel_policy::role(role.role).filter(|d| roles::belongs(d, platform) && roles::fits(d, role.kind));
        let def = fitting.ok_or_else(|| CreateAccount::UnsuitableRole { role: role.role.to_owned() })?;
        if roles::excluded_by(def, &held, today).is_some() {
            return Err(CreateAccount::Exclusive);
        }
        held.push(Held { role: role.role.to_owned(), kind: role.kind, key: role.key.clone(), until: None });
    }
    new.display_name.try_map(|name| contact::line(name, 50)).ok_or(CreateAccount::InvalidDisplayName)
}
