//! Letters of this chapter (信件): each whole in Chinese and in English.

use kernel::mail::Letter;
use kernel::{Ctx, Lang, Pii};

/// An invitation with its link. The token stands behind `#`: browsers send it to nobody, and no log has it.
pub(crate) fn invitation(
    ctx: &Ctx,
    to: Pii<String>,
    lang: Lang,
    name: &Pii<String>,
    role: &str,
    token: &str,
    days: i64,
) -> Letter {
    let name = name.expose();
    let tenant = ctx.tenant();
    let base = ctx.kernel().config.public_url.trim_end_matches('/');
    let link = format!("{base}/admin/accept#city={}&token={token}", tenant.slug);
    let (subject, text) = match lang {
        Lang::Zh => (
            format!("邀请您使用{}零工市场平台", tenant.name_zh),
            format!(
                "{name}：\n\n您受邀以“{role}”身份使用{}零工市场平台。请在{days}天内打开以下链接，设置用户名和口令：\n\n{link}\n\n链接只能使用一次，请勿转发。若您并不知情，请忽略本邮件。\n",
                tenant.name_zh
            ),
        ),
        Lang::En => (
            format!("You are invited to the odd-job market platform of {}", tenant.name_en),
            format!(
                "Dear {name},\n\nyou are invited to the odd-job market platform of {} as “{role}”. Open this link within {days} days and choose a user name and a password:\n\n{link}\n\nThe link works once; do not pass it on. If this means nothing to you, ignore this letter.\n",
                tenant.name_en
            ),
        ),
    };
    Letter { to, template: "people.invitation", lang, subject: subject.into(), text: text.into() }
}

/// To the security administrators: an invited person has come, with a role from the invitation.
pub(crate) fn newcomer(to: Pii<String>, lang: Lang, username: &str, role: &str, scope: &str) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            "新账号已启用，请核对其角色".to_owned(),
            format!("账号{username}已接受邀请，并按邀请获得角色“{role}”（{scope}）。如不应授予，请在“角色”页收回。\n"),
        ),
        Lang::En => (
            "A new account is active: check its role".to_owned(),
            format!(
                "The account {username} accepted its invitation and holds the role “{role}” ({scope}) from it. If it should not, withdraw the role on the page “Roles”.\n"
            ),
        ),
    };
    Letter { to, template: "people.newcomer", lang, subject: subject.into(), text: text.into() }
}

/// To the owner: the second factor was taken away.
pub(crate) fn totp_reset(to: Pii<String>, lang: Lang, username: &str) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            "您的动态口令已被重置".to_owned(),
            format!(
                "系统管理员已重置账号{username}的动态口令，所有会话均已下线。下次登录后请重新绑定。若您没有提出过此要求，请立即联系安全管理员。\n"
            ),
        ),
        Lang::En => (
            "Your second factor was taken away".to_owned(),
            format!(
                "The system administrator took away the second factor of the account {username} and ended its sessions. Enrol a new one after your next sign-in. If you did not ask for this, tell the security administrator at once.\n"
            ),
        ),
    };
    Letter { to, template: "people.totp_reset", lang, subject: subject.into(), text: text.into() }
}

/// To the address an account had until now: letters go elsewhere from here on.
pub(crate) fn address_changed(to: Pii<String>, lang: Lang, username: &str) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            "您账号的邮箱已被修改".to_owned(),
            format!(
                "系统管理员已将账号{username}的邮箱改为另一地址，今后的通知不再发往本邮箱。若您没有提出过此要求，请立即联系安全管理员。\n"
            ),
        ),
        Lang::En => (
            "The address of your account was changed".to_owned(),
            format!(
                "The system administrator gave the account {username} another mail address; letters no longer come here. If you did not ask for this, tell the security administrator at once.\n"
            ),
        ),
    };
    Letter { to, template: "people.address_changed", lang, subject: subject.into(), text: text.into() }
}

/// To the owner: the password was reset, and this one opens the door once.
pub(crate) fn password_reset(to: Pii<String>, lang: Lang, username: &str, one_time: &str, hours: i64) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            "您的口令已被重置".to_owned(),
            format!(
                "系统管理员已重置账号{username}的口令，所有会话均已下线。请在{hours}小时内用以下一次性口令登录，并立即设置新口令：\n\n{one_time}\n\n请勿转发。若您没有提出过此要求，请立即联系安全管理员。\n"
            ),
        ),
        Lang::En => (
            "Your password was reset".to_owned(),
            format!(
                "The system administrator reset the password of the account {username} and ended its sessions. Sign in with this one-time password within {hours} hours and choose a new one at once:\n\n{one_time}\n\nDo not pass it on. If you did not ask for this, tell the security administrator at once.\n"
            ),
        ),
    };
    Letter { to, template: "people.password_reset", lang, subject: subject.into(), text: text.into() }
}

/// To the owner: somebody knows the password and guesses at the code.
pub(crate) fn codes_guessed(to: Pii<String>, lang: Lang, username: &str) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            "有人正在尝试登录您的账号".to_owned(),
            format!(
                "有人以正确的口令、错误的动态口令多次尝试登录账号{username}。若不是您本人，请立即修改口令，并告知安全管理员。\n"
            ),
        ),
        Lang::En => (
            "Somebody tries to sign in to your account".to_owned(),
            format!(
                "Somebody tried several times to sign in to the account {username} with the right password and wrong one-time codes. If it was not you, change your password at once and tell the security administrator.\n"
            ),
        ),
    };
    Letter { to, template: "people.codes_guessed", lang, subject: subject.into(), text: text.into() }
}

/// To the owner: the password runs out.
pub(crate) fn password_ends(to: Pii<String>, lang: Lang, username: &str, days: u64) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            format!("您的口令将在{days}天后到期"),
            format!(
                "账号{username}的口令将在{days}天后到期，请登录后在“账号”页修改。到期后须先修改口令才能继续使用。\n"
            ),
        ),
        Lang::En => (
            format!("Your password runs out in {days} days"),
            format!(
                "The password of the account {username} runs out in {days} days. Sign in and change it on the page “Account”; after that day you must change it before you can go on.\n"
            ),
        ),
    };
    Letter { to, template: "people.password_ends", lang, subject: subject.into(), text: text.into() }
}

/// To the province: a city has another liaison person. The name stands behind the sign-in, not in the letter.
pub(crate) fn liaison_changed(to: Pii<String>, lang: Lang, city_zh: &str, city_en: &str) -> Letter {
    let (subject, text) = match lang {
        Lang::Zh => (
            format!("{city_zh}工作对接人已变更"),
            format!("{city_zh}更换了零工市场工作对接人，请登录省级平台在“对接人”页查看姓名、单位及职务和联系方式。\n"),
        ),
        Lang::En => (
            format!("{city_en} has another liaison person"),
            format!(
                "{city_en} named another liaison person for the odd-job markets. Sign in to the provincial platform and see name, unit, position and contact on the page “Liaisons”.\n"
            ),
        ),
    };
    Letter { to, template: "people.liaison_changed", lang, subject: subject.into(), text: text.into() }
}
