//! Lures, channels, hours, trials, safety, insurance and forbidden work (噱头、引流、工时、安全、违法工作).

use kernel::text::Text;

use super::Advice;

const NOTICE: Text = Text::new(
    "《关于规范网络平台招聘类信息发布的通知》（2026年1月）；《人力资源市场暂行条例》第二十四条",
    "Notice of five ministries on recruiting information (January 2026); Human Resources Market Regulations, art 24",
);

pub(super) const HYPE: Advice = Advice {
    law: NOTICE,
    why: Text::new(
        "“{words}”是以高薪、保录等噱头招人。",
        "“{words}” lures people with high pay or a place for certain.",
    ),
    instead: Text::new("删去，照实写工作内容和报酬金额。", "Leave it out; say the work and the wage as they are."),
};

pub(super) const DIVERSION: Advice = Advice {
    law: NOTICE,
    why: Text::new(
        "“{words}”把求职者引到平台以外的账号或群。",
        "“{words}” leads people to accounts or groups outside the platform.",
    ),
    instead: Text::new(
        "删去；联系方式填在联系人一栏，双方确认后自动显示。",
        "Leave it out; the contact has a field of its own and is shown when both sides have confirmed.",
    ),
};

pub(super) const CONTACT: Advice = Advice {
    law: Text::new("《个人信息保护法》第六条、第二十五条", "Personal Information Protection Law, arts 6, 25"),
    why: Text::new(
        "“{words}”是联系方式，写在正文里会公开。",
        "“{words}” is a number or an address; in the text it is public.",
    ),
    instead: Text::new(
        "移到联系人一栏，双方确认后才显示。",
        "Move it to the contact's field; it is shown when both sides have confirmed.",
    ),
};

pub(super) const PART_TIME_HOURS: Advice = Advice {
    law: Text::new("《劳动合同法》第六十八条", "Labour Contract Law, art 68"),
    why: Text::new(
        "“{words}”：非全日制用工平均每日不超过4小时，每周不超过24小时。",
        "“{words}”: part-time work has at most 4 hours a day on the average and 24 hours a week.",
    ),
    instead: Text::new(
        "缩短工时，减少同一人一天能上的班次，或把用工类型改为临时性、阶段性用工。",
        "Shorten the hours, offer fewer shifts that one person could work in a day, or make it temporary or phased work.",
    ),
};

pub(super) const LONG_HOURS: Advice = Advice {
    law: Text::new("《劳动法》第三十六条、第四十一条、第四十三条", "Labour Law, arts 36, 41, 43"),
    why: Text::new(
        "“{words}”超过每日8小时加3小时的上限。",
        "“{words}” is over the limit of eight hours and three of overtime.",
    ),
    instead: Text::new(
        "分成两班，或把吃饭、休息时间单独填写。",
        "Divide it into two shifts, or give the time for meals and rest apart.",
    ),
};

pub(super) const OVERTIME: Advice = Advice {
    law: Text::new("《劳动法》第三十六条、第四十一条、第四十四条", "Labour Law, arts 36, 41, 44"),
    why: Text::new(
        "“{words}”超过每日8小时，超出的算加班：须与劳动者协商，一般每日不超过1小时，最多3小时，按一倍半付。",
        "“{words}” is more than eight hours; the rest is overtime: agreed with the worker, one hour as a rule and three \
         at most, paid one and a half times.",
    ),
    instead: Text::new(
        "写明加班几小时、加班费多少，或缩短工时。",
        "Say how many hours are overtime and what they pay, or shorten the hours.",
    ),
};

pub(super) const PROBATION_PART_TIME: Advice = Advice {
    law: Text::new("《劳动合同法》第七十条", "Labour Contract Law, art 70"),
    why: Text::new("“{words}”：非全日制用工不得约定试用期。", "“{words}”: part-time work has no probation."),
    instead: Text::new("删去试用期。", "Leave the probation out."),
};

pub(super) const PROBATION_SHORT: Advice = Advice {
    law: Text::new("《劳动合同法》第十九条", "Labour Contract Law, art 19"),
    why: Text::new(
        "“{words}”：以完成一定任务为期限或不满三个月的用工不得约定试用期。",
        "“{words}”: a task, or work of less than three months, has no probation.",
    ),
    instead: PROBATION_PART_TIME.instead,
};

pub(super) const TRIAL: Advice = Advice {
    law: Text::new("《劳动合同法》第二十条；《劳动法》第五十条", "Labour Contract Law, art 20; Labour Law, art 50"),
    why: Text::new("“{words}”：试工、试岗也是劳动，不得不付报酬。", "“{words}”: a trial is work, and work is paid."),
    instead: Text::new("写“试工按实际工时付酬”。", "Write “a trial is paid for the hours worked”."),
};

pub(super) const SAFETY: Advice = Advice {
    law: Text::new(
        "《劳动合同法》第二十六条；《安全生产法》第五十二条；《民法典》第五百零六条",
        "Labour Contract Law, art 26; Work Safety Law, art 52; Civil Code, art 506",
    ),
    why: Text::new(
        "“{words}”免除用工方对人身伤害的责任，这样的约定无效。",
        "“{words}” frees the hiring party of responsibility for injury; such a term is void.",
    ),
    instead: Text::new(
        "删去，写明为干活的人买了什么保险、现场有什么防护。",
        "Leave it out; say what insurance the workers have and how they are protected.",
    ),
};

pub(super) const INSURANCE: Advice = Advice {
    law: Text::new(
        "《劳动法》第七十二条；《社会保险法》第五十八条、第六十条",
        "Labour Law, art 72; Social Insurance Law, arts 58, 60",
    ),
    why: Text::new(
        "“{words}”要求放弃或不缴社会保险；建立劳动关系的，参保是双方义务，放弃无效。",
        "“{words}” gives up social insurance; in a labour relation it is a duty of both sides and cannot be given up.",
    ),
    instead: Text::new(
        "删去；零工岗位可以写明工伤保险或职业伤害保障的办法。",
        "Leave it out; for odd jobs, say how injury at work is covered.",
    ),
};

pub(super) const ILLEGAL: Advice = Advice {
    law: Text::new("《人力资源市场暂行条例》第二十四条、第二十七条", "Human Resources Market Regulations, arts 24, 27"),
    why: Text::new(
        "“{words}”属于法律禁止的活动，不得招人从事。",
        "“{words}” is forbidden by law; nobody may be hired for it.",
    ),
    instead: Text::new(
        "此类信息不予发布，并可能移送有关部门。",
        "It is not published, and may be handed to the authorities.",
    ),
};

/// The article that forbids the work itself, by the words it is named with.
const FORBIDDEN: [(&str, Text); 6] = [
    (
        "考",
        Text::new(
            "《刑法》第二百八十四条之一；《人力资源市场暂行条例》第二十七条",
            "Criminal Law, art 284-1; Human Resources Market Regulations, art 27",
        ),
    ),
    (
        "卡账跑流洗料帮",
        Text::new(
            "《反电信网络诈骗法》第三十一条；《人力资源市场暂行条例》第二十七条",
            "Law against Telecom and Online Fraud, art 31; Human Resources Market Regulations, art 27",
        ),
    ),
    (
        "陪夜",
        Text::new(
            "《娱乐场所管理条例》第十四条；《人力资源市场暂行条例》第二十七条",
            "Regulations on Places of Entertainment, art 14; Human Resources Market Regulations, art 27",
        ),
    ),
    (
        "刷",
        Text::new(
            "《电子商务法》第十七条；《人力资源市场暂行条例》第二十七条",
            "E-Commerce Law, art 17; Human Resources Market Regulations, art 27",
        ),
    ),
    (
        "赌博荷彩",
        Text::new(
            "《刑法》第三百零三条；《人力资源市场暂行条例》第二十七条",
            "Criminal Law, art 303; Human Resources Market Regulations, art 27",
        ),
    ),
    (
        "传销头",
        Text::new(
            "《刑法》第二百二十四条之一；《人力资源市场暂行条例》第二十七条",
            "Criminal Law, art 224-1; Human Resources Market Regulations, art 27",
        ),
    ),
];

/// Forbidden work, by the article that forbids it.
pub(super) fn illegal(words: &str) -> Advice {
    let own = FORBIDDEN.iter().find(|(signs, _)| words.chars().any(|c| signs.contains(c)));
    Advice { law: own.map_or(ILLEGAL.law, |(_, law)| *law), ..ILLEGAL }
}
