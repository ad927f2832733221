//! Letters (邮件): to officials about the cases that are theirs. Reference, kind and day only: no word of the person's.

use chrono::NaiveDate;
use kernel::mail::Letter;
use kernel::{Lang, Text};

use crate::case_kind::CaseKind;
use crate::rows::case_file::Model;
use crate::store::officials::Reader;

/// What a clock was marked with (时限标记).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// One working day is left (黄牌).
    Warned,
    /// It is late (红牌).
    Breached,
}

/// A case, as a letter names it.
#[derive(Clone, Debug)]
pub struct Line {
    reference: String,
    kind: Text,
    due_on: NaiveDate,
    provisional: bool,
}

impl Line {
    /// Of a case.
    pub fn of(row: &Model, kind: &CaseKind) -> Self {
        let provisional = row.due_provisional;
        Self { reference: row.reference.clone(), kind: kind.title, due_on: row.due_on, provisional }
    }

    fn say(&self, lang: Lang) -> String {
        let Self { reference, due_on, .. } = self;
        let kind = self.kind.get(lang);
        match lang {
            Lang::Zh => {
                let note = if self.provisional { "（放假安排未公布，暂定）" } else { "" };
                format!("{reference}　{kind}，办理期限{due_on}{note}")
            }
            Lang::En => {
                let note =
                    if self.provisional { " (provisional: the holidays of that year are not published)" } else { "" };
                format!("{reference}  {kind}, due on {due_on}{note}")
            }
        }
    }
}

/// What was marked this morning (预警、超时通知).
#[must_use]
pub fn marked(to: &Reader, mark: Mark, lines: &[Line]) -> Letter {
    let (count, list) = (lines.len(), lines.iter().map(|line| line.say(to.lang)).collect::<Vec<_>>().join("\n"));
    let (subject, text) = match (to.lang, mark) {
        (Lang::Zh, Mark::Warned) => (
            format!("【黄牌预警】{count}件办件即将到期"),
            format!("您好：\n\n以下办件最迟须于期限当日办结，请及时办理：\n\n{list}\n\n请登录系统查看。\n"),
        ),
        (Lang::Zh, Mark::Breached) => (
            format!("【红牌超时】{count}件办件已超过办理期限"),
            format!("您好：\n\n以下办件已超过办理期限，请尽快办结：\n\n{list}\n\n请登录系统查看。\n"),
        ),
        (Lang::En, Mark::Warned) => (
            format!("Nearly due: {count} cases"),
            format!(
                "Hello,\n\nThese cases are to be decided by their last day at the latest:\n\n{list}\n\nPlease sign in.\n"
            ),
        ),
        (Lang::En, Mark::Breached) => (
            format!("Overdue: {count} cases"),
            format!(
                "Hello,\n\nThese cases were not decided in time; please decide them now:\n\n{list}\n\nPlease sign in.\n"
            ),
        ),
    };
    let template = match mark {
        Mark::Warned => "cases.warned",
        Mark::Breached => "cases.breached",
    };
    letter(to, template, subject, text)
}

/// A case was offered (提请转办通知).
#[must_use]
pub fn offered(to: &Reader, line: &Line) -> Letter {
    let case = line.say(to.lang);
    let (subject, text) = match to.lang {
        Lang::Zh => (
            format!("{}提请转办给您，请确认是否接办", line.reference),
            format!(
                "您好：\n\n以下办件提请转办给您，接办后由您负责；接办之前仍由原经办人负责：\n\n{case}\n\n请登录系统办理。\n"
            ),
        ),
        Lang::En => (
            format!("{} is offered to you", line.reference),
            format!(
                "Hello,\n\nThis case is offered to you. It is yours once you accept it; until then its owner answers for it:\n\n{case}\n\nPlease sign in.\n"
            ),
        ),
    };
    letter(to, "cases.offered", subject, text)
}

fn letter(to: &Reader, template: &'static str, subject: String, text: String) -> Letter {
    Letter { to: to.email.clone(), template, lang: to.lang, subject: subject.into(), text: text.into() }
}
