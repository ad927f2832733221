//! Text messages to citizens (短信), each under the signature of the city: codes, and whether somebody still looks for work.

use chrono::{DateTime, Utc};
use kernel::sms::Message;
use kernel::{Lang, Pii};
use uuid::Uuid;

use super::rules::codes::{GOOD_MINUTES, PhoneCodePurpose};

/// The template of the question whether somebody still looks for work.
pub(crate) const STILL_LOOKING: &str = "workers.still_looking";

/// A code for this purpose.
pub(crate) fn code(
    to: Pii<String>,
    lang: Lang,
    purpose: PhoneCodePurpose,
    code: &Pii<String>,
    good_until: DateTime<Utc>,
) -> Message {
    let text = code.map(|code| match (lang, purpose) {
        (Lang::Zh, PhoneCodePurpose::SignIn) => {
            format!("登录验证码{code}，{GOOD_MINUTES}分钟内有效。任何人索要都请勿告知。")
        }
        (Lang::Zh, PhoneCodePurpose::Consent) => format!(
            "工作人员正在为您办理登记。如您已了解告知书并同意，请将验证码{code}告诉现场工作人员，{GOOD_MINUTES}分钟内有效。"
        ),
        (Lang::Zh, PhoneCodePurpose::ChangePhone) => {
            format!("更换手机号验证码{code}，{GOOD_MINUTES}分钟内有效。非本人操作请勿理会。")
        }
        (Lang::Zh, PhoneCodePurpose::OwnData) => {
            format!("导出或删除本人信息的验证码{code}，{GOOD_MINUTES}分钟内有效。非本人操作请勿理会。")
        }
        (Lang::En, PhoneCodePurpose::SignIn) => {
            format!("Your sign-in code is {code}, good for {GOOD_MINUTES} min. Tell it to nobody.")
        }
        (Lang::En, PhoneCodePurpose::Consent) => format!(
            "Staff are registering you. If you know the notice and agree, tell them the code {code}, good for {GOOD_MINUTES} min."
        ),
        (Lang::En, PhoneCodePurpose::ChangePhone) => format!(
            "Your code to change the number is {code}, good for {GOOD_MINUTES} min. Not you? Ignore it."
        ),
        (Lang::En, PhoneCodePurpose::OwnData) => format!(
            "Your code to export or erase your data is {code}, good for {GOOD_MINUTES} min. Not you? Ignore it."
        ),
    });
    Message::code(to, "citizens.code", lang, text, good_until)
}

/// Asks a worker whether it still looks for work.
pub(crate) fn still_looking(to: Pii<String>, lang: Lang, worker: Uuid, days: i32) -> Message {
    let text = match lang {
        Lang::Zh => {
            format!("您还在找零工吗？还在找请回复 1（问题编号{{code}}），将为您再保留{days}天。")
        }
        Lang::En => format!(
            "Are you still looking for odd jobs? Answer 1 (question {{code}}) and you stay on the list for {days} more days."
        ),
    };
    Message::notice(to, STILL_LOOKING, lang, text.into()).about("Worker", worker).asking()
}
