//! `yizhan account create|administrators|reset`: how a real tenant begins, and how somebody who is locked out goes on.
//!
//! Each prints one-time passwords, once: they are kept nowhere, and another must be chosen at the first sign-in.

use std::sync::Arc;

use clap::Subcommand;
use kernel::ctx::Actor;
use kernel::fault::{Fault, Stop};
use kernel::kernel::Kernel;
use kernel::{Ctx, Lang};
use people::{Appointed, CreateAccount, OneTimeAccount};
use serde_json::json;

use super::answer::Answer;

/// What to do with accounts.
#[derive(Subcommand)]
pub(crate) enum Account {
    /// Make an account with a one-time password.
    Create {
        /// The tenant's code, or `platform`.
        tenant: String,
        /// What is typed at sign-in.
        username: String,
        /// The working name.
        #[arg(long)]
        name: String,
        /// A role in the whole city, or at the province.
        #[arg(long)]
        role: String,
        /// Its address for mail.
        #[arg(long)]
        email: Option<String>,
    },
    /// Make those of the three administrators whom nobody is yet.
    Administrators {
        /// The tenant's code, or `platform`.
        tenant: String,
    },
    /// Give somebody who is locked out a one-time password.
    Reset {
        /// The tenant's code, or `platform`.
        tenant: String,
        /// What is typed at sign-in.
        username: String,
    },
}

pub(super) async fn act(
    kernel: &Arc<Kernel>,
    admin: Option<&str>,
    as_json: bool,
    command: Account,
) -> Result<Answer, Fault> {
    kernel.ensure_platform(admin).await?;
    let (Account::Create { tenant, .. } | Account::Administrators { tenant } | Account::Reset { tenant, .. }) =
        &command;
    if kernel.tenant(tenant).await?.is_none() {
        return Ok(Answer::refused(format!("there is no tenant {tenant}; `yizhan tenant list` shows them")));
    }
    let ctx = kernel.ctx(tenant, Actor::System("account"), Lang::Zh).await?;
    let issued = match command {
        Account::Create { username, name, role, email, .. } => {
            let (display_name, email) = (name.into(), email.map(Into::into));
            people::create_with_one_time_password(&ctx, OneTimeAccount { username, display_name, role, email }).await
        }
        Account::Administrators { .. } => people::appoint_administrators(&ctx).await,
        Account::Reset { username, .. } => match people::issue_password(&ctx, &username).await? {
            Some(password) => Ok(vec![Appointed { username, role: "", password }]),
            None => return Ok(Answer::refused(format!("nobody there has the user name {username}"))),
        },
    };
    told(&ctx, issued, as_json)
}

/// Says what was issued, or why nothing was.
pub(super) fn told(
    ctx: &Ctx,
    issued: Result<Vec<Appointed>, Stop<CreateAccount>>,
    as_json: bool,
) -> Result<Answer, Fault> {
    let issued = match issued {
        Ok(issued) => issued,
        Err(Stop::Fault(fault)) => return Err(fault),
        Err(Stop::Refused(refusal)) => {
            use kernel::refusal::Refusal as _;
            return Ok(Answer::refused(refusal.message(Lang::En)));
        }
    };
    let (tenant, mut answer) = (&ctx.tenant().code, Answer::default());
    if issued.is_empty() && !as_json {
        answer.say(format!("{tenant}: nobody was missing"));
    }
    for Appointed { username, role, password } in &issued {
        if as_json {
            answer.say(json!({"tenant": tenant, "username": username, "role": role, "oneTimePassword": password}));
        } else {
            answer.say(format!("{tenant} {username:<16} {role:<16} {password}"));
        }
    }
    if !issued.is_empty() && !as_json {
        let hours = ctx.kernel().config.people.one_time_hours;
        answer.say(format!(
            "These passwords are shown once and lapse in {hours} hours. Each must be changed at the first sign-in. \
             口令仅显示一次，{hours}小时内有效，首次登录须修改。"
        ));
    }
    Ok(answer)
}
