//! Words, evasions, severities and what is said (词、变体、程度与说明).

use std::collections::BTreeMap;

use super::super::text::glyphs;
use super::super::tokens::cut as cut_words;
use super::super::words::LISTS;
use super::super::{Draft, Engagement, Figures, Finding, LintField, LintRule, Severity, lint, normalised_hash_text};
use super::{LOW, codes, conditions, cut, draft, with};

fn severities(findings: &[Finding]) -> Vec<(&'static str, &'static str)> {
    findings.iter().map(|f| (f.rule.code(), f.severity.code())).collect()
}

#[test]
fn every_word_of_the_lists_has_one_meaning_and_is_found_as_it_is_written() {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for (tag, words) in LISTS.iter().copied().flatten() {
        for word in words.split_whitespace() {
            let glyphs = glyphs(word);
            let folded: String = glyphs.iter().map(|g| g.folded).collect();
            let tags: Vec<_> = cut_words(&glyphs).0.iter().map(|t| t.tag).collect();
            if folded != word || tags != [*tag] || seen.insert(word, tag).is_some() {
                wrong.push(format!("{word}: {tag:?} is read {folded}, {tags:?}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen.len() > 3_000, "{}", seen.len());
}

#[test]
fn what_is_pushed_between_characters_and_written_otherwise_is_seen_through() {
    for text in [
        "押金100",
        "押 金100",
        "押.金100",
        "押*金100",
        "押-金100",
        "押💰金100",
        "押\u{200b}金100",
        "押　金１００",
        "押jin100",
        "ＹＡ金100",
    ] {
        assert_eq!(codes(&conditions(text)), ["DEPOSIT"], "{text}");
    }
    for text in ["報名費50元", "介紹費50元", "體檢費自理"] {
        assert_eq!(codes(&conditions(text)), ["FEE"], "{text}");
    }
    for text in ["加V:abc123", "加ｖ：abc123", "➕V abc123", "加 微 信", "加薇信聊", "VX：abc12345"] {
        assert_eq!(codes(&conditions(text)), ["DIVERSION"], "{text}");
    }
    let text = "要交押　金一百";
    assert_eq!(conditions(text).iter().map(|f| cut(text, f)).collect::<Vec<_>>(), ["押　金"]);
}

#[test]
fn a_negation_reaches_the_list_and_not_what_stands_on_its_own() {
    let lawful = [
        "不收押金、保证金和服装费",
        "不收押金，服装费",
        "免押金，免报名费",
        "严禁收取押金",
        "押金、报名费全免",
        "押金0元",
    ];
    for text in lawful {
        assert_eq!(codes(&conditions(text)), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(codes(&conditions("不收押金，服装费80元")), ["FEE"]);
    assert_eq!(codes(&conditions("不收报名费，押金100")), ["DEPOSIT"]);
    for text in [
        "不交押金不能上岗",
        "没有押金免谈",
        "不得不交押金",
        "押金不退",
        "押金不能少",
        "除了押金不收其他费用",
        "不退押金",
    ] {
        assert_eq!(codes(&conditions(text)), ["DEPOSIT"], "{text}");
    }
}

#[test]
fn the_same_word_blocks_or_warns_by_what_it_does() {
    assert_eq!(severities(&conditions("限女性")), [("SEX_LIMIT", "BLOCKS")]);
    let bath = Draft { title: "女浴室保洁", conditions: "限女性", ..draft(Engagement::Temporary) };
    assert_eq!(severities(&lint(&bath, &LOW)), [("SEX_LIMIT", "WARNS")]);
    let loads = Draft { duties: "卸水泥，每袋50公斤", conditions: "限男性", ..draft(Engagement::Temporary) };
    assert_eq!(severities(&lint(&loads, &LOW)), [("SEX_LIMIT", "WARNS")]);
    assert_eq!(severities(&conditions("35岁以下")), [("AGE_LIMIT", "WARNS")]);
    assert_eq!(severities(&conditions("限本地户口")), [("REGION_LIMIT", "BLOCKS")]);
    assert_eq!(severities(&conditions("本地人优先")), [("REGION_LIMIT", "WARNS")]);
    assert_eq!(severities(&conditions("体检费自理")), [("FEE", "WARNS")]);
    assert_eq!(severities(&conditions("报名费50元")), [("FEE", "BLOCKS")]);
    assert_eq!(severities(&conditions("高薪")), [("HYPE", "WARNS")]);
    assert_eq!(severities(&conditions("保录用")), [("HYPE", "BLOCKS")]);
    assert_eq!(severities(&conditions("电话13835112233")), [("CONTACT_IN_TEXT", "WARNS")]);
    assert_eq!(severities(&conditions("每天工作9小时")), [("LONG_HOURS", "WARNS")]);
    assert_eq!(severities(&conditions("每天工作12小时")), [("LONG_HOURS", "BLOCKS")]);
    assert_eq!(severities(&conditions("每天工作12小时含吃饭休息")), [("LONG_HOURS", "WARNS")]);
    let halal = Draft { title: "清真餐厅后厨", conditions: "限回族", ..draft(Engagement::Temporary) };
    assert_eq!(severities(&lint(&halal, &LOW)), [("ETHNICITY_RELIGION", "WARNS")]);
}

#[test]
fn hazardous_work_says_eighteen_somewhere() {
    let hazardous = Draft { hazardous: true, ..draft(Engagement::Temporary) };
    let unsaid = lint(&Draft { title: "架子工", ..hazardous }, &LOW);
    assert_eq!(severities(&unsaid), [("MINOR_HAZARD", "BLOCKS")]);
    assert_eq!(unsaid.first().map(|f| (f.field, f.span)), Some((LintField::Conditions, None)));
    for text in ["年满18周岁", "18岁以上", "十八周岁以上，持证", "必须成年"] {
        assert_eq!(lint(&Draft { conditions: text, ..hazardous }, &LOW), [], "{text}");
    }
    let sixteen = lint(&Draft { conditions: "满16周岁", ..hazardous }, &LOW);
    assert_eq!(sixteen.iter().map(|f| cut("满16周岁", f)).collect::<Vec<_>>(), ["满16周岁"]);
}

#[test]
fn a_finding_quotes_the_author_and_names_the_article_in_both_languages() {
    let text = "上岗先交押　金三百";
    let findings = conditions(text);
    let [finding] = findings.as_slice() else { panic!("one finding: {findings:?}") };
    assert!(finding.why.zh.contains("“押　金”") && finding.why.en.contains("“押　金”"), "{:?}", finding.why);
    assert!(finding.law.zh.contains("《劳动合同法》第九条") && finding.law.en.contains("Labour Contract Law, arts 9"));
    assert!(!finding.instead.zh.is_empty() && !finding.instead.en.is_empty());
    let of = |text| conditions(text).first().map(|f| f.law.zh).unwrap_or_default();
    assert!(of("代考驾照").contains("第二百八十四条之一"));
    assert!(of("收购银行卡").contains("《反电信网络诈骗法》第三十一条"));
    assert!(of("陪酒").contains("《娱乐场所管理条例》第十四条"));
}

#[test]
fn the_article_on_the_day_of_pay_is_that_of_the_engagement() {
    let law = |engagement, text| {
        let findings = lint(&with(draft(engagement), LintField::PayText, text), &LOW);
        findings.first().map(|f| (f.rule, f.law.zh)).expect("a finding")
    };
    assert_eq!(law(Engagement::PartTime, "月结"), (LintRule::PayCycle, "《劳动合同法》第七十二条"));
    assert_eq!(law(Engagement::Temporary, "月结"), (LintRule::PayCycle, "《工资支付暂行规定》第八条"));
    let phased = law(Engagement::Phased, "年底结清");
    assert_eq!(phased, (LintRule::PayCycle, "《劳动法》第五十条；《工资支付暂行规定》第七条"));
}

#[test]
fn codes_and_titles_are_one_each() {
    let mut codes: Vec<&str> = LintRule::ALL.iter().map(|r| r.code()).collect();
    let mut titles: Vec<&str> = LintRule::ALL.iter().map(|r| r.title().zh).collect();
    codes.sort_unstable();
    codes.dedup();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!((codes.len(), titles.len()), (LintRule::ALL.len(), LintRule::ALL.len()));
    assert!(LintRule::ALL.is_sorted());
}

#[test]
fn the_same_text_is_the_same_however_it_is_dressed() {
    let plain = normalised_hash_text("搬运工", "搬水泥，装车。", "自带手套", "小店区", "180元/天");
    let dressed = normalised_hash_text("搬 运 工！", "搬水泥、装车", "自帶手套…", "小店 区", "１８０元／天");
    assert_eq!(plain, dressed);
    assert_ne!(plain, normalised_hash_text("搬运工", "搬水泥，装车。", "自带手套", "小店区", "190元/天"));
    // What moves from one field to the next is another text.
    assert_ne!(normalised_hash_text("搬运", "工", "", "", ""), normalised_hash_text("搬运工", "", "", "", ""));
}

#[test]
fn nothing_is_found_in_an_empty_draft_but_what_cannot_be_checked() {
    let findings = lint(&draft(Engagement::PartTime), &Figures::default());
    assert_eq!(severities(&findings), [("WAGE_BELOW_MINIMUM", "CANNOT_CHECK")]);
    assert_eq!(lint(&draft(Engagement::PartTime), &LOW), []);
    assert_eq!(findings.first().map(|f| f.severity), Some(Severity::CannotCheck));
}
