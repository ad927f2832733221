//! Text messages of the hire (短信): what each says, in both languages. Times, places and sums, and nobody's name.

use chrono::NaiveDate;
use kernel::Lang;

use super::kinds::DisputeOutcome;
use super::rules::terms::Terms;
use kernel::money::yuan;

/// A place was confirmed: to the worker.
pub const CONFIRMED: &str = "hire.confirmed";
/// A place was confirmed: to the hiring party.
pub const TAKEN: &str = "hire.taken";
/// Somebody applied: to the hiring party.
pub const APPLIED: &str = "hire.applied";
/// A place was given up: to the other side.
pub const CANCELLED: &str = "hire.cancelled";
/// What one applied for is not what it was: to the worker.
pub const CHANGED: &str = "hire.changed";
/// An application was not taken: to the worker.
pub const DECLINED: &str = "hire.declined";
/// What one applied for is not to be had any more: to the worker.
pub const LAPSED: &str = "hire.lapsed";
/// A no-show was recorded: to the worker.
pub const NO_SHOW: &str = "hire.no_show";
/// A dispute was looked into: to the worker.
pub const SETTLED: &str = "hire.settled";
/// The same, to the hiring party.
pub const SETTLED_PARTY: &str = "hire.settled_party";
/// What was recorded is put right: to the worker.
pub const CORRECTED: &str = "hire.corrected";
/// What was recorded is put right: to the hiring party.
pub const CORRECTED_TOO: &str = "hire.corrected_party";
/// The hiring party wrote: to the worker.
pub const WRITTEN: &str = "hire.written";
/// The worker wrote: to the hiring party.
pub const ANSWERED: &str = "hire.answered";
/// Work for the same hiring party again: to those who were there.
pub const INVITED: &str = "hire.invited";
/// Were you paid? To the worker.
pub const PAID: &str = "hire.paid";
/// Was it really so little? To the worker, once.
pub const PAID_AGAIN: &str = "hire.paid_again";

/// The place is the worker's.
#[must_use]
pub fn confirmed(lang: Lang, terms: &Terms, number: &str, promoted: bool) -> String {
    let (when, place, title, wage) = (terms.time(), &terms.place, &terms.title, terms.wage(lang));
    match lang {
        Lang::Zh => {
            let how = if promoted { "候补转正，已为您确认" } else { "已确认" };
            format!(
                "{how}：{title}，{when}，{place}，{wage}。用工单号{number}。不能来请尽早取消。不收押金，求助12333。"
            )
        }
        Lang::En => {
            let how = if promoted { "A place became free and is yours" } else { "Confirmed" };
            format!(
                "{how}: {title}, {when}, {place}, {wage}. Work slip {number}. If you cannot come, cancel early. No deposits. Help: 12333."
            )
        }
    }
}

/// A place of yours was taken.
#[must_use]
pub fn taken(lang: Lang, title: &str, when: &str, number: &str) -> String {
    match lang {
        Lang::Zh => format!("“{title}”（{when}）已确认1人，用工单号{number}，可在平台查看联系方式。"),
        Lang::En => format!(
            "A worker is confirmed for \"{title}\" ({when}), work slip {number}; see how to reach the worker on the platform."
        ),
    }
}

/// Places of yours were taken together.
#[must_use]
pub fn taken_together(lang: Lang, title: &str, when: &str, workers: usize) -> String {
    match lang {
        Lang::Zh => format!("“{title}”（{when}）已成组确认{workers}人，可在平台查看用工单和联系方式。"),
        Lang::En => format!(
            "{workers} workers are confirmed together for \"{title}\" ({when}); see the work slips and how to reach the workers on the platform."
        ),
    }
}

/// Somebody applied.
#[must_use]
pub fn applied(lang: Lang, title: &str, when: &str) -> String {
    match lang {
        Lang::Zh => format!("“{title}”（{when}）有新报名，请及时联系并确认。"),
        Lang::En => format!("Somebody applied for \"{title}\" ({when}); talk and confirm soon."),
    }
}

/// A place was given up by the other side, which may owe an allowance for it.
#[must_use]
pub fn cancelled(lang: Lang, title: &str, when: &str, by_party: bool, allowance_fen: Option<i64>) -> String {
    let sum = allowance_fen.map(yuan);
    match (lang, by_party) {
        (Lang::Zh, true) => {
            let owed =
                sum.map(|sum| format!("用工方应付您补偿{sum}元，收到后请在平台或窗口确认。")).unwrap_or_default();
            format!("用工方取消了“{title}”（{when}），请勿前往。{owed}可在平台另选工作；临时取消的后果见用工单。")
        }
        (Lang::Zh, false) => format!("“{title}”（{when}）有1人取消，有候补的已自动递补。"),
        (Lang::En, true) => {
            let owed = sum.map(|sum| {
                format!(
                    " It owes you an allowance of {sum} yuan: say on the platform or at the counter when you have it."
                )
            });
            format!(
                "The hiring party cancelled \"{title}\" ({when}): do not go.{} Find other work on the platform; what a late cancellation leads to stands on the slip.",
                owed.unwrap_or_default()
            )
        }
        (Lang::En, false) => {
            format!("A worker cancelled \"{title}\" ({when}); the first of the stand-by list, if any, has the place.")
        }
    }
}

/// What you applied for is not what it was.
#[must_use]
pub fn changed(lang: Lang, title: &str, when: &str, place: &str, wage: &str) -> String {
    match lang {
        Lang::Zh => {
            format!("您报名的招聘有修改，现为：{title}，{when}，{place}，{wage}。请在平台或窗口查看，不合适可以取消。")
        }
        Lang::En => format!(
            "What you applied for has changed. Now: {title}, {when}, {place}, {wage}. Look at it on the platform or at the counter; you may cancel."
        ),
    }
}

/// An application was not taken.
#[must_use]
pub fn declined(lang: Lang, title: &str, when: &str) -> String {
    match lang {
        Lang::Zh => format!("“{title}”（{when}）未录用，您可以报名其他工作。"),
        Lang::En => format!("You were not taken for \"{title}\" ({when}); you are free to apply elsewhere."),
    }
}

/// What you applied for is not to be had any more.
#[must_use]
pub fn lapsed(lang: Lang, title: &str, when: &str) -> String {
    match lang {
        Lang::Zh => format!("您报名的“{title}”（{when}）已停止招聘，报名已失效，请勿前往。您可以报名其他工作。"),
        Lang::En => format!(
            "\"{title}\" ({when}), which you applied for, takes nobody any more and your application has lapsed: do not go. You are free to apply elsewhere."
        ),
    }
}

/// You did not come, it is said: how many points that is, until when, and what you can do.
#[must_use]
pub fn no_show(lang: Lang, title: &str, when: &str, points: i32, until: NaiveDate) -> String {
    match lang {
        Lang::Zh => format!(
            "“{title}”（{when}）登记您未到岗，记{points}分，{until}后不再计算。如有异议，可在平台或窗口申诉，由他人复核。"
        ),
        Lang::En => format!(
            "It is recorded that you did not come to \"{title}\" ({when}): points {points}, until {until}. If that is wrong, appeal on the platform or at the counter; somebody else looks at it."
        ),
    }
}

/// You were there after all, or whom you reported as absent was.
#[must_use]
pub fn came(lang: Lang, title: &str, when: &str, to_party: bool) -> String {
    match (lang, to_party) {
        (Lang::Zh, false) => {
            format!("“{title}”（{when}）的未到岗登记已更正：您已到岗，因此记的分已撤销，工资按约定支付。")
        }
        (Lang::Zh, true) => format!(
            "“{title}”（{when}）有1人的未到岗登记经市场核实已更正为到岗，工资须按约定支付。如有异议，请在平台或窗口提出。"
        ),
        (Lang::En, false) => format!(
            "The no-show recorded for \"{title}\" ({when}) is put right: you were there, the points for it are lifted, and the wage is owed as agreed."
        ),
        (Lang::En, true) => format!(
            "A no-show recorded for \"{title}\" ({when}) is put right: the market found that the worker was there, and the wage is owed as agreed. Dispute it on the platform or at the counter if that is wrong."
        ),
    }
}

/// The emergency of a hiring party that cancelled was none: to both sides. The allowance it owes, if one is set.
#[must_use]
pub fn owed(lang: Lang, title: &str, when: &str, allowance_fen: Option<i64>) -> String {
    match (lang, allowance_fen.map(yuan)) {
        (Lang::Zh, Some(sum)) => {
            format!("“{title}”（{when}）的临时取消经市场核实不属于紧急情况，用工方应付零工补偿{sum}元。")
        }
        (Lang::Zh, None) => {
            format!("“{title}”（{when}）的临时取消经市场核实不属于紧急情况，用工方暂停使用快速发布通道。")
        }
        (Lang::En, Some(sum)) => format!(
            "The market found that the late cancellation of \"{title}\" ({when}) was no emergency: the hiring party owes the worker {sum} yuan."
        ),
        (Lang::En, None) => format!(
            "The market found that the late cancellation of \"{title}\" ({when}) was no emergency: the hiring party goes without the fast lane for a while."
        ),
    }
}

/// The other side wrote.
#[must_use]
pub fn written(lang: Lang, title: &str, when: &str, by_party: bool) -> String {
    match (lang, by_party) {
        (Lang::Zh, true) => format!("“{title}”（{when}）的用工方给您留言，请在平台查看，或到窗口请工作人员转达。"),
        (Lang::Zh, false) => format!("“{title}”（{when}）的报名人给您留言，请在平台查看并回复。"),
        (Lang::En, true) => format!(
            "The hiring party of \"{title}\" ({when}) wrote to you: read it on the platform, or have the counter tell you."
        ),
        (Lang::En, false) => {
            format!("Whoever applied for \"{title}\" ({when}) wrote to you: read it on the platform and answer.")
        }
    }
}

/// What was found of a dispute, as both sides read it among their messages.
#[must_use]
pub fn finding(lang: Lang, outcome: DisputeOutcome, words: &str) -> String {
    let title = outcome.title();
    match lang {
        Lang::Zh => format!("异议处理意见（{}）：{words}", title.zh),
        Lang::En => format!("About the dispute ({}): {words}", title.en),
    }
}

/// A dispute was looked into.
#[must_use]
pub fn settled(lang: Lang, title: &str, when: &str) -> String {
    match lang {
        Lang::Zh => format!("“{title}”（{when}）的异议已处理，请在平台查看处理意见，或到窗口询问。"),
        Lang::En => format!(
            "The dispute about \"{title}\" ({when}) has been looked into: read what was found on the platform, or ask at the counter."
        ),
    }
}

/// A hiring party that had you would have you again.
#[must_use]
pub fn invited(lang: Lang, title: &str, when: &str, place: &str, wage: &str) -> String {
    match lang {
        Lang::Zh => format!(
            "上次的用工方再次招人，请您优先考虑：{title}，{when}，{place}，{wage}。名额先到先得，请在平台或窗口报名；不去不用回复。"
        ),
        Lang::En => format!(
            "A hiring party you worked for hires again: {title}, {when}, {place}, {wage}. First come, first served: apply on the platform or at the counter. No answer is needed if you do not come."
        ),
    }
}

/// Were you paid? Where nobody recorded the arrival: were you there at all? Where no sum is known there is no "all of it" to answer.
#[must_use]
pub fn ask_paid(lang: Lang, title: &str, day: &str, sum_fen: Option<i64>, unseen: bool) -> String {
    let sum = sum_fen.map(yuan);
    match lang {
        Lang::Zh => {
            let (sum, how) = match sum {
                Some(sum) => (format!("，应得{sum}元"), "全部收到回1，收到部分回2加空格和金额"),
                None => (String::new(), "收到的回2加空格和金额"),
            };
            let (known, gone) = if unseen { ("没有到岗记录，", "，没去干活回3") } else { ("", "") };
            format!("{day}“{title}”{sum}，{known}工资收到了吗？{how}（如2 150元），没收到回0{gone}。")
        }
        Lang::En => {
            let (sum, how) = match sum {
                Some(sum) => (format!(", {sum} yuan due"), "1 for all of it, 2 and the sum in yuan for a part"),
                None => (String::new(), "2 and the sum in yuan"),
            };
            let (known, gone) = if unseen { (" (no arrival recorded)", ", 3 if you did not go") } else { ("", "") };
            format!("{day} \"{title}\"{sum}{known}: were you paid? Answer {how} (2 150yuan), 0 for nothing{gone}.")
        }
    }
}

/// Was it really so little?
#[must_use]
pub fn ask_paid_again(lang: Lang, title: &str, paid_fen: i64, asked_fen: i64) -> String {
    let (paid, asked) = (yuan(paid_fen), yuan(asked_fen));
    match lang {
        Lang::Zh => {
            format!("“{title}”应得{asked}元，您回复只收到{paid}元。属实请再回“2 {paid}元”，全部收到回1，没收到回0。")
        }
        Lang::En => format!(
            "\"{title}\": {asked} yuan were due, and you say {paid} were paid. If so, answer 2 {paid}yuan once more, 1 for all of it, 0 for nothing."
        ),
    }
}
