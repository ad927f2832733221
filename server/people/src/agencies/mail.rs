//! Letters about licences (信件): each whole in Chinese and in English.

use chrono::NaiveDate;
use entities::agency;
use kernel::mail::Letter;
use kernel::{Lang, Pii};

use super::kinds::LicenceStatus;
use super::rules::licence::RAN_OUT;

fn letter(to: Pii<String>, template: &'static str, lang: Lang, subject: String, text: String) -> Letter {
    Letter { to, template, lang, subject: subject.into(), text: text.into() }
}

/// A licence runs out in so many days, or ran out (许可证到期提醒).
pub(super) fn licence_runs_out(to: Pii<String>, lang: Lang, row: &agency::Model, last: NaiveDate, days: i32) -> Letter {
    let (name, number) = (&row.name, &row.licence_no);
    let (subject, text) = match (lang, days == RAN_OUT) {
        (Lang::Zh, false) => (
            format!("【提醒】{name}的人力资源服务许可证将于{last}到期"),
            format!(
                "您好：\n\n{name}的人力资源服务许可证（{number}）有效期至{last}，剩余不足{days}天。请及时办理延续，并在系统中变更有效期、核验新证。到期后该机构在各市均不能发布招聘信息。\n"
            ),
        ),
        (Lang::En, false) => (
            format!("Reminder: the licence of {name} runs out on {last}"),
            format!(
                "Hello,\n\nthe licence of {name} ({number}) is good until {last}; at most {days} days are left. Please see to a new one, amend its last day here and have it verified. Once it ran out, nothing is published under it in any city.\n"
            ),
        ),
        (Lang::Zh, true) => (
            format!("{name}的人力资源服务许可证已到期"),
            format!(
                "您好：\n\n{name}的人力资源服务许可证（{number}）已于{last}到期，该机构在各市均已不能发布招聘信息。延续后请在系统中变更有效期并核验新证。\n"
            ),
        ),
        (Lang::En, true) => (
            format!("The licence of {name} ran out"),
            format!(
                "Hello,\n\nthe licence of {name} ({number}) ran out on {last}: nothing is published under it in any city. Once there is a new one, amend its last day here and have it verified.\n"
            ),
        ),
    };
    letter(to, "people.licence_runs_out", lang, subject, text)
}

/// Something was decided about a licence (许可证处理通知): why, and by which article.
pub(super) fn licence_decided(
    to: Pii<String>,
    lang: Lang,
    row: &agency::Model,
    status: LicenceStatus,
    (reason, article): (Option<&str>, Option<&str>),
) -> Letter {
    let (name, number) = (&row.name, &row.licence_no);
    let done = status.title().get(lang);
    let valid = status == LicenceStatus::Valid;
    let (subject, mut text) = match lang {
        Lang::Zh => (
            format!("{name}的人力资源服务许可证状态变更为“{done}”"),
            format!("您好：\n\n{name}的人力资源服务许可证（{number}）状态已变更为“{done}”。\n"),
        ),
        Lang::En => (
            format!("The licence of {name} is {done} now"),
            format!("Hello,\n\nthe licence of {name} ({number}) is {done} from now on.\n"),
        ),
    };
    let said = |zh: &str, en: &str, words: &str| match lang {
        Lang::Zh => format!("{zh}：{words}\n"),
        Lang::En => format!("{en}: {words}\n"),
    };
    if let Some(reason) = reason {
        text.push_str(&said("理由", "Reason", reason));
    }
    if let Some(article) = article {
        text.push_str(&said("依据", "Article", article));
    }
    if !valid {
        text.push_str(match lang {
            Lang::Zh => "自即日起，该机构在各市均不能发布招聘信息。\n",
            Lang::En => "Nothing is published under it in any city from now on.\n",
        });
    }
    letter(to, "people.licence_decided", lang, subject, text)
}
