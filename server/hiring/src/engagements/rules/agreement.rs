//! The written agreement for over-age workers (超龄用工协议): 超龄劳动者基本权益保障暂行规定 (Order 56, in force since 2026-07-01). Units must
//! make one (arts 2, 6); households and gang leaders are no units, and the slip alone holds for them.

use kernel::{Lang, Text};

use super::eligible::Age;
use super::terms::{Terms, span};
use crate::kinds::AccidentCover;
use kernel::money::yuan;

/// Kinds of hiring parties that are units (用人单位).
const UNITS: [&str; 5] = ["ENTERPRISE", "INDIVIDUAL_BUSINESS", "COOPERATIVE", "PUBLIC_INSTITUTION", "ASSOCIATION"];

/// Is a hiring party of this kind a unit?
#[must_use]
pub fn is_unit(party_kind: &str) -> bool {
    UNITS.contains(&party_kind)
}

/// Must there be a written agreement?
#[must_use]
pub fn is_needed(age: Age, party_kind: &str) -> bool {
    age == Age::OverAge && is_unit(party_kind)
}

/// The clauses of the agreement: all that art 6 asks for, and what the order itself grants.
#[must_use]
pub fn clauses(terms: &Terms, lang: Lang) -> Vec<String> {
    let (when, rest) = (span(terms.starts_at, terms.ends_at), terms.break_minutes);
    let (wage, unit) = (yuan(terms.wage_fen), terms.wage_unit.title().get(lang));
    let pay = terms.pay_day.title().get(lang);
    let (duties, place) = (&terms.duties, &terms.place);
    match lang {
        Lang::Zh => vec![
            format!("一、期限：{when}；约定的工作完成，用工终止（第六条、第八条）。"),
            format!("二、工作内容：{duties}。工作地点：{place}（第六条）。"),
            format!("三、工作时间和休息：{when}，其间休息{rest}分钟；一般不安排加班，确需加班的依《劳动法》支付加班费（第九条）。"),
            format!("四、劳动报酬：{wage}{unit}，{pay}，以现金、转账等货币形式支付给本人，至少每月支付一次，不克扣、不拖欠（第十条、第十二条）；提供正常劳动的，不低于当地最低工资标准（第十一条）。"),
            format!("五、社会保险：{}（第十五条）；已享受的养老、医疗保险待遇不变，未享受的可继续缴费（第十六条、第十七条）。", injury(terms.cover).zh),
            "六、劳动保护：按身体状况安排岗位和强度，不安排危害身心健康的劳动或者危险作业；上岗前进行安全培训，提供劳动条件和职业危害防护（第十三条、第十四条）。".to_owned(),
            "七、争议：可投诉至人力资源社会保障行政部门，可申请调解仲裁，可提起诉讼（第十九条、第二十条）。".to_owned(),
            "依据：《超龄劳动者基本权益保障暂行规定》（第56号令，2026年7月1日起施行）。".to_owned(),
        ],
        Lang::En => vec![
            format!("1. Term: {when}; it ends when the work is done (arts 6, 8)."),
            format!("2. Work: {duties}. Place: {place} (art 6)."),
            format!("3. Hours and rest: {when}, with {rest} minutes of rest; as a rule no overtime, and overtime is paid as the Labour Law says (art 9)."),
            format!("4. Pay: {wage} {unit}, {pay}, in money to the worker in person, at least once a month, without deductions or delay (arts 10, 12); for normal work no less than the local minimum wage (art 11)."),
            format!("5. Insurance: {} (art 15); pensions and medical benefits stay as they are, and whoever has none may go on paying (arts 16, 17).", injury(terms.cover).en),
            "6. Protection: work that suits the worker's health, nothing that harms it and no dangerous work; safety training before it begins, protection against occupational hazards (arts 13, 14).".to_owned(),
            "7. Disputes: complaint to the labour authority, mediation and arbitration, or court (arts 19, 20).".to_owned(),
            "Ground: Interim Provisions on Protecting the Basic Rights of Over-Age Workers (Order 56, in force since 1 July 2026).".to_owned(),
        ],
    }
}

/// What was said of accidents at work, and what the order asks for whatever was said.
const fn injury(cover: AccidentCover) -> Text {
    match cover {
        AccidentCover::WorkInjury => Text::new(
            "用人单位参加工伤保险并缴费，本人不缴费",
            "the employer takes out and pays work-injury insurance, the worker pays nothing",
        ),
        AccidentCover::Commercial => Text::new(
            "招聘信息写明的是商业意外险，它不能代替工伤保险；用人单位仍应当参加工伤保险并缴费，本人不缴费",
            "the posting says commercial accident insurance, which does not stand in for work-injury insurance: the employer must take that out and pay it all the same, the worker pays nothing",
        ),
        AccidentCover::None => Text::new(
            "招聘信息写明没有意外保障；用人单位仍应当参加工伤保险并缴费，本人不缴费",
            "the posting says that there is no cover: the employer must take out and pay work-injury insurance all the same, the worker pays nothing",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engagements::rules::terms::tests::terms;

    #[test]
    fn over_age_workers_of_units_have_a_written_agreement_and_others_have_none() {
        assert!(is_needed(Age::OverAge, "ENTERPRISE"));
        assert!(is_needed(Age::OverAge, "INDIVIDUAL_BUSINESS"));
        assert!(!is_needed(Age::OverAge, "HOUSEHOLD"));
        assert!(!is_needed(Age::OverAge, "GANG_LEADER"));
        assert!(!is_needed(Age::Adult, "ENTERPRISE"));
    }

    #[test]
    fn it_says_all_that_the_order_asks_for() {
        let said = clauses(&terms(), Lang::Zh).concat();
        for what in [
            "期限",
            "工作内容",
            "工作地点",
            "工作时间",
            "休息",
            "劳动报酬",
            "社会保险",
            "劳动保护",
            "劳动条件",
            "职业危害防护",
            "180.50",
            "日结",
            "最低工资标准",
            "工伤保险",
            "坞城路92号",
        ] {
            assert!(said.contains(what), "{what}");
        }
        assert_eq!(clauses(&terms(), Lang::Zh).len(), clauses(&terms(), Lang::En).len());
    }

    #[test]
    fn it_promises_no_insurance_that_the_posting_does_not_have() {
        let said = |cover: AccidentCover| clauses(&Terms { cover, ..terms() }, Lang::Zh).concat();
        let insured = said(AccidentCover::WorkInjury);
        assert!(insured.contains("用人单位参加工伤保险并缴费") && !insured.contains("仍应当"));
        for (cover, what) in [(AccidentCover::Commercial, "商业意外险"), (AccidentCover::None, "没有意外保障")]
        {
            let said = said(cover);
            assert!(said.contains(what) && said.contains("仍应当参加工伤保险"), "{said}");
            assert!(!said.contains("用人单位参加工伤保险"), "{said}");
        }
    }
}
