//! Money (钱).

use kernel::text::Text;

use super::Advice;

pub(super) const DEPOSIT: Advice = Advice {
    law: Text::new(
        "《劳动合同法》第九条、第八十四条；《就业促进法》第四十一条",
        "Labour Contract Law, arts 9, 84; Employment Promotion Law, art 41",
    ),
    why: Text::new(
        "“{words}”向劳动者收取押金、保证金或要求担保；无论什么名义、是否退还都不允许，每人罚款500至2000元。",
        "“{words}” takes a deposit or a guarantee from workers. No name for it and no promise to give it back makes it \
         lawful; the fine is 500 to 2,000 yuan for each person.",
    ),
    instead: Text::new(
        "删去押金和担保；工具、工服用登记领用、归还签字的办法管理。",
        "Leave it out; hand out tools and clothes against a signature and take them back in the same way.",
    ),
};

pub(super) const DOCUMENT: Advice = Advice {
    law: Text::new(
        "《劳动合同法》第九条、第八十四条；《就业促进法》第四十一条",
        "Labour Contract Law, arts 9, 84; Employment Promotion Law, art 41",
    ),
    why: Text::new("“{words}”扣押或代管劳动者的证件。", "“{words}” keeps documents of workers."),
    instead: Text::new(
        "改为“到岗时出示身份证核验，当场归还”。",
        "Write “the identity card is shown on arrival and handed back at once”.",
    ),
};

pub(super) const FEE: Advice = Advice {
    law: Text::new(
        "《劳动合同法》第九条；《人力资源市场暂行条例》第二十七条",
        "Labour Contract Law, art 9; Human Resources Market Regulations, art 27",
    ),
    why: Text::new(
        "“{words}”要求劳动者为得到这份工作交钱、垫钱或买东西。",
        "“{words}” makes workers pay, advance money or buy something for the work.",
    ),
    instead: Text::new(
        "删去收费；培训、工服、中介费用由用工方承担。",
        "Leave it out; training, clothes and introduction are paid by the hiring party.",
    ),
};

pub(super) const FEE_LOOK: Advice = Advice {
    law: Text::new("《劳动合同法》第九条", "Labour Contract Law, art 9"),
    why: Text::new(
        "“{words}”由劳动者负担。体检、工服、保险是用工需要的，应由用工方承担，请审核人员核对。",
        "“{words}” is put on the worker. A check-up, working clothes and insurance serve the hiring party, who should \
         bear them; a reviewer looks at it.",
    ),
    instead: Text::new(
        "写“费用由用工方承担”或“凭票报销”；本人已有健康证的写“自带健康证”。",
        "Write “paid by the hiring party” or “refunded against the receipt”; who has a certificate already brings it.",
    ),
};

pub(super) const VAGUE: Advice = Advice {
    law: Text::new("《人力资源市场暂行条例》第二十四条", "Human Resources Market Regulations, art 24"),
    why: Text::new(
        "“{words}”没有说清报酬；招聘信息应当写明基本劳动报酬。",
        "“{words}” leaves the pay open; a posting says the basic pay.",
    ),
    instead: Text::new("写明金额和单位，例如“180元/天”。", "Write the sum and its unit, such as “180 yuan a day”."),
};

pub(super) const CONTRADICTS: Advice = Advice {
    law: Text::new("《人力资源市场暂行条例》第二十四条（真实）", "Human Resources Market Regulations, art 24 (truth)"),
    why: Text::new("“{words}”与填写的报酬金额不一致。", "“{words}” is not the wage that was filled in."),
    instead: Text::new(
        "把文字和金额改成一致；补贴、加班费另外写明。",
        "Make both say the same; write allowances and overtime apart.",
    ),
};

pub(super) const WITHHELD: Advice = Advice {
    law: Text::new("《劳动法》第五十条；《劳动合同法》第三十条", "Labour Law, art 50; Labour Contract Law, art 30"),
    why: Text::new("“{words}”押扣或克扣已经干出来的工资。", "“{words}” holds back or forfeits wages that were earned."),
    instead: Text::new(
        "删去；干一天付一天，中途离开按实际工时结清。",
        "Leave it out; every day worked is paid, and who leaves early is paid for the hours worked.",
    ),
};

pub(super) const IN_KIND: Advice = Advice {
    law: Text::new(
        "《工资支付暂行规定》第五条；《保障农民工工资支付条例》第十一条",
        "Interim Provisions on Payment of Wages, art 5; Regulations on Wages of Migrant Workers, art 11",
    ),
    why: Text::new("“{words}”用实物或有价证券代替工资。", "“{words}” pays in goods or vouchers."),
    instead: Text::new(
        "工资写货币金额；另送的东西写“另赠”，不抵工资。",
        "Give the wage in money; what is given besides is a gift and is not set off.",
    ),
};

pub(super) const CYCLE_PART_TIME: Advice = Advice {
    law: Text::new("《劳动合同法》第七十二条", "Labour Contract Law, art 72"),
    why: Text::new(
        "“{words}”：非全日制用工的结算周期最长15日。",
        "“{words}”: part-time work is paid at least every 15 days.",
    ),
    instead: Text::new("改为日结、周结或半月结。", "Pay daily, weekly or every half month."),
};

pub(super) const CYCLE_TEMPORARY: Advice = Advice {
    law: Text::new("《工资支付暂行规定》第八条", "Interim Provisions on Payment of Wages, art 8"),
    why: Text::new(
        "“{words}”：一次性临时劳动应当在完成后即付工资。",
        "“{words}”: a task done once is paid when it is done.",
    ),
    instead: Text::new("改为完工即结或日结。", "Pay on completion or daily."),
};

pub(super) const CYCLE_PHASED: Advice = Advice {
    law: Text::new(
        "《劳动法》第五十条；《工资支付暂行规定》第七条",
        "Labour Law, art 50; Interim Provisions on Payment of Wages, art 7",
    ),
    why: Text::new("“{words}”：工资至少每月支付一次。", "“{words}”: wages are paid at least every month."),
    instead: Text::new("改为按月或更短的周期结清，并写明日期。", "Pay every month or sooner, and say the day."),
};

pub(super) const MINIMUM: Advice = Advice {
    law: Text::new("《劳动法》第四十八条", "Labour Law, art 48"),
    why: Text::new(
        "填写的报酬{paid}元，同样的工时按当地最低工资不得低于{least}元（日工资按21.75天折算，超过8小时的部分按一倍半计）。",
        "The wage of {paid} yuan is below {least} yuan, which the local minimum comes to for the same hours (a month has \
         21.75 paid days; what exceeds eight hours counts one and a half times).",
    ),
    instead: Text::new(
        "把报酬提高到不低于{least}元，或减少工时。",
        "Raise the wage to {least} yuan or more, or shorten the hours.",
    ),
};

pub(super) const MINIMUM_PART_TIME: Advice = Advice {
    law: Text::new("《劳动合同法》第七十二条", "Labour Contract Law, art 72"),
    why: Text::new(
        "填写的报酬{paid}元，同样的工时按当地小时最低工资不得低于{least}元。",
        "The wage of {paid} yuan is below {least} yuan, which the local hourly minimum comes to for the same hours.",
    ),
    instead: MINIMUM.instead,
};

pub(super) const MINIMUM_UNSET: Advice = Advice {
    law: Text::new("《劳动法》第四十八条；《劳动合同法》第七十二条", "Labour Law, art 48; Labour Contract Law, art 72"),
    why: Text::new(
        "本地最低工资标准尚未设置，无法核对报酬是否达标。",
        "The local minimum wage is not set, so the wage cannot be checked.",
    ),
    instead: Text::new(
        "请管理人员设置最低工资标准；审核人员另行核对。",
        "An administrator sets the figure; until then a reviewer checks by hand.",
    ),
};

pub(super) const MINIMUM_UNKNOWN: Advice = Advice {
    law: MINIMUM_UNSET.law,
    why: Text::new(
        "报酬按件计或没有填写工时，无法折算成小时或月与最低工资核对。",
        "The wage is by the piece or the hours are not given, so it cannot be set against the minimum.",
    ),
    instead: Text::new(
        "写明工时；计件的写明正常8小时的通常产量。",
        "Give the hours; for piece work, say what eight usual hours yield.",
    ),
};
