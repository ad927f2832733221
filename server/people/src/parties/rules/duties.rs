//! What somebody who hires owes, and which door is open against it (用工责任与救济途径). They differ by kind: labour inspection
//! looks after employer units (劳动保障监察条例 art 2); a household goes another way, and so does whoever has no licence.

use kernel::text::Text;

use crate::parties::kinds::PartyKind;

/// A sentence and the article it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article {
    /// What it says, in plain words.
    pub says: Text,
    /// Where it stands.
    pub law: Text,
}

const fn article(says: Text, law: Text) -> Article {
    Article { says, law }
}

const NO_CHILD: Article = article(
    Text::new("不得招用不满十六周岁的未成年人", "Nobody under sixteen is hired."),
    Text::new("禁止使用童工规定第二条", "Provisions Prohibiting Child Labour, article 2"),
);
const NO_DEPOSIT: Article = article(
    Text::new("不得收取押金或扣留身份证件", "No deposit is taken and no identity card kept."),
    Text::new("人力资源市场暂行条例第四十一条、劳动合同法第九条", "Labour Contract Law, article 9"),
);
const PAY_IN_MONEY: Article = article(
    Text::new(
        "按约定的周期和日期，以货币足额支付给劳动者本人，并提供工资清单",
        "Wages are paid in full and on the day agreed, in money, to the worker, with a slip.",
    ),
    Text::new(
        "保障农民工工资支付条例第十一条、第十三条、第十五条",
        "Regulations on Ensuring Wage Payment to Migrant Workers, articles 11, 13 and 15",
    ),
);
const LEDGER: Article = article(
    Text::new("书面工资支付台账至少保存三年", "The ledger of wages is kept for three years at least."),
    Text::new("保障农民工工资支付条例第十五条", "Regulations on Ensuring Wage Payment to Migrant Workers, article 15"),
);
const NO_DISCRIMINATION: Article = article(
    Text::new(
        "不得因民族、种族、性别、宗教信仰等歧视劳动者",
        "Nobody is turned away for ethnicity, race, sex or belief.",
    ),
    Text::new("人力资源市场暂行条例第二十四条、就业促进法第二十六条", "Employment Promotion Law, article 26"),
);
const PRICE_OF_SERVICE: Article = article(
    Text::new("按约定支付劳务报酬，提供安全的工作条件", "What was agreed is paid, and the place of work is made safe."),
    Text::new("民法典第五百零九条、第一千一百九十二条", "Civil Code, articles 509 and 1192"),
);
const BE_REGISTERED: Article = article(
    Text::new(
        "从事经营活动应当依法登记；未登记而用工的，仍须支付劳动报酬",
        "Whoever carries on a business registers it; whoever hires without it owes the wages all the same.",
    ),
    Text::new("劳动合同法第九十三条", "Labour Contract Law, article 93"),
);

const INSPECTION: Article = article(
    Text::new(
        "向用工所在地劳动保障监察机构投诉（两年内）",
        "Complain to the labour inspection where the work was done, within two years.",
    ),
    Text::new(
        "劳动保障监察条例第二条、第九条、第二十条",
        "Regulations on Labour Security Inspection, articles 2, 9 and 20",
    ),
);
const ARBITRATION: Article = article(
    Text::new(
        "向劳动人事争议仲裁委员会申请仲裁（一年内，不收费）",
        "Apply for labour arbitration, within one year and free of charge.",
    ),
    Text::new(
        "劳动争议调解仲裁法第二十七条、第五十三条",
        "Law on Labour Dispute Mediation and Arbitration, articles 27 and 53",
    ),
);
const CIVIL: Article = article(
    Text::new(
        "家庭雇用属于劳务关系：协商、人民调解，或者向人民法院起诉；不属于劳动保障监察范围",
        "A household's hire is a contract for services: talks, people's mediation or the court; labour inspection does not cover it.",
    ),
    Text::new("民法典第五百七十七条、人民调解法第二条", "Civil Code, article 577; People's Mediation Law, article 2"),
);
const UNLICENSED: Article = article(
    Text::new(
        "无营业执照而用工的，由劳动保障行政部门实施监察，并通报市场监管部门查处",
        "Hiring without a licence is inspected by the labour authority all the same, which tells the market regulator.",
    ),
    Text::new("劳动保障监察条例第三十三条", "Regulations on Labour Security Inspection, article 33"),
);
const WHO_GAVE_THE_WORK: Article = article(
    Text::new(
        "单位把工作交给不具备用工资格的个人，拖欠的工资由该单位清偿",
        "A unit that gave its work to somebody who may not employ pays the wages that are owed.",
    ),
    Text::new(
        "保障农民工工资支付条例第十八条、第十九条",
        "Regulations on Ensuring Wage Payment to Migrant Workers, articles 18 and 19",
    ),
);
const LEGAL_AID: Article = article(
    Text::new("请求支付劳动报酬可以申请法律援助", "Legal aid may be asked for to claim wages."),
    Text::new("法律援助法第三十一条、第四十二条", "Legal Aid Law, articles 31 and 42"),
);

/// What whoever hires owes.
pub const fn duties(kind: PartyKind) -> &'static [Article] {
    match kind {
        PartyKind::Household => &[NO_CHILD, PRICE_OF_SERVICE],
        PartyKind::GangLeader => &[NO_CHILD, NO_DEPOSIT, PAY_IN_MONEY, BE_REGISTERED],
        _ => &[NO_CHILD, NO_DEPOSIT, NO_DISCRIMINATION, PAY_IN_MONEY, LEDGER],
    }
}

/// Which door is open against it.
pub const fn remedies(kind: PartyKind) -> &'static [Article] {
    match kind {
        PartyKind::Household => &[CIVIL],
        PartyKind::GangLeader => &[UNLICENSED, WHO_GAVE_THE_WORK, LEGAL_AID],
        _ => &[INSPECTION, ARBITRATION, LEGAL_AID],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn against_a_household_inspection_is_no_door_and_against_a_gang_leader_it_is_by_another_article() {
        assert!(!remedies(PartyKind::Household).contains(&INSPECTION));
        assert!(!remedies(PartyKind::GangLeader).contains(&INSPECTION));
        assert!(remedies(PartyKind::GangLeader).contains(&UNLICENSED));
        assert_eq!(remedies(PartyKind::Enterprise).first(), Some(&INSPECTION));
    }

    #[test]
    fn everybody_who_hires_is_told_that_no_child_is() {
        for kind in PartyKind::ALL {
            assert!(duties(kind).contains(&NO_CHILD), "{kind:?}");
            assert!(!remedies(kind).is_empty(), "{kind:?}");
        }
    }
}
