//! Appointing the three administrators (设立三员) of a city or of the province: for the command line, where a real tenant
//! begins. Each has a one-time password, which whoever stands at the machine hands over.

use kernel::fault::Stop;
use kernel::{Ctx, Pii};

use super::create_account::{CreateAccount, NewAccount, NewRole, create_account};
use super::shared;
use crate::{policy, prepare};

/// User name, working name, role: system, security and audit administrator exclude each other (三员分立).
const THREE: [(&str, &str, &str); 3] = [
    ("sysadmin", "系统管理员", "system_admin"),
    ("secadmin", "安全管理员", "security_admin"),
    ("auditadmin", "审计管理员", "audit_admin"),
];

/// An account with a one-time password (一次性口令).
pub struct Appointed {
    /// What is typed at sign-in.
    pub username: String,
    /// Its role.
    pub role: &'static str,
    /// Given once and kept nowhere; another one must be chosen at the first sign-in.
    pub password: String,
}

/// Appoints those of the three administrators (设立三员) whom nobody is yet. Asks no permission: whoever calls it stands
/// in the house already.
pub async fn appoint_administrators(ctx: &Ctx) -> Result<Vec<Appointed>, Stop<CreateAccount>> {
    let mut passwords = Vec::new();
    for _ in THREE {
        passwords.push(prepare::one_time().await?);
    }
    ctx.transact(&policy::CREATE_ACCOUNT, |tx| async move {
        let mut appointed = Vec::new();
        for ((username, display_name, role), one_time) in THREE.into_iter().zip(passwords) {
            if !shared::holders(&tx, role).await?.is_empty() {
                continue;
            }
            let new = NewAccount {
                password: Some(one_time.hashed),
                must_change_password: true,
                roles: vec![NewRole::city(role)],
                ..NewAccount::named(username, display_name)
            };
            create_account(&tx, new).await?;
            appointed.push(Appointed { username: username.to_owned(), role, password: one_time.shown });
        }
        tx.note("roles", appointed.iter().map(|a| a.role).collect::<Vec<_>>());
        Ok(appointed)
    })
    .await
}

/// An account to be made with a one-time password (新账号).
pub struct OneTimeAccount {
    /// What is typed at sign-in.
    pub username: String,
    /// The working name.
    pub display_name: Pii<String>,
    /// A role in the whole city, or at the province.
    pub role: String,
    /// Its address for mail.
    pub email: Option<Pii<String>>,
}

/// Makes an account with a one-time password (以一次性口令建立账号), for the command line.
pub async fn create_with_one_time_password(
    ctx: &Ctx,
    new: OneTimeAccount,
) -> Result<Vec<Appointed>, Stop<CreateAccount>> {
    let one_time = prepare::one_time().await?;
    ctx.transact(&policy::CREATE_ACCOUNT, |tx| async move {
        let Some(role) = kernel::policy::role(&new.role) else {
            return Err(Stop::Refused(CreateAccount::UnsuitableRole { role: new.role }));
        };
        let account = NewAccount {
            email: new.email,
            password: Some(one_time.hashed),
            must_change_password: true,
            roles: vec![NewRole::city(role.name)],
            display_name: new.display_name,
            ..NewAccount::named(&new.username, "")
        };
        create_account(&tx, account).await?;
        Ok(vec![Appointed { username: new.username, role: role.name, password: one_time.shown }])
    })
    .await
}
