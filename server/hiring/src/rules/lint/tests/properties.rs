//! What holds for any text (性质): places inside it, order, the same answer twice, work in proportion to length.

use super::super::words::LISTS;
use super::super::{Draft, Engagement, LintField, LintRule, counted, lint};
use super::sample::{phrases, samples};
use super::{LOW, cut, draft, with};

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % sides
    }
}

/// Texts put together from every word of the lists, marks, numbers and odd characters.
fn wild(dice: &mut Dice, pieces: usize) -> String {
    let words: Vec<&str> = LISTS.iter().copied().flatten().flat_map(|(_, words)| words.split_whitespace()).collect();
    let odd = [
        "，",
        "。",
        "、",
        " ",
        "：",
        "（",
        "）",
        "/",
        "18",
        "45",
        "三十五",
        "半",
        "元",
        "天",
        "的",
        "x",
        "💰",
        "e\u{301}",
        "\u{200b}",
        "𠮷",
        "\n",
        "13835112233",
        "-",
        "．",
    ];
    (0..pieces)
        .map(|_| if dice.roll(3) == 0 { odd[dice.roll(odd.len())] } else { words[dice.roll(words.len())] })
        .collect()
}

#[test]
fn places_are_inside_the_text_and_quoted_as_they_stand() {
    let mut dice = Dice(20_251_126);
    let engagements = [Engagement::PartTime, Engagement::Temporary, Engagement::Phased];
    let fields = [LintField::Title, LintField::Duties, LintField::Conditions, LintField::Place, LintField::PayText];
    let mut places = 0;
    for round in 0..1_500 {
        let text = wild(&mut dice, 1 + round % 24);
        let draft = with(draft(engagements[round % 3]), fields[round % 5], &text);
        let findings = lint(&draft, &LOW);
        assert_eq!(findings, lint(&draft, &LOW), "{text}");
        for finding in findings.iter().filter(|f| f.span.is_some()) {
            let span = finding.span.expect("it was asked");
            assert!(span.start < span.end && span.end <= text.chars().count(), "{span:?} in {text}");
            let words = cut(&text, finding);
            assert!(finding.why.zh.contains(&words) && finding.why.en.contains(&words), "{words} in {:?}", finding.why);
            assert!(!finding.why.zh.contains("{words}") && !finding.why.en.contains("{words}"));
            places += 1;
        }
    }
    assert!(places > 1_500, "{places}");
}

#[test]
fn findings_stand_in_the_order_of_fields_places_and_rules_and_none_stands_twice() {
    let samples = samples();
    let texts: Vec<&str> = samples.iter().map(|s| s.text).collect();
    let whole = texts.join("。");
    let draft =
        Draft { title: &whole, duties: &whole, conditions: &whole, pay_text: &whole, ..draft(Engagement::PartTime) };
    let keys: Vec<_> = lint(&draft, &LOW).into_iter().map(|f| (f.field, f.span, f.rule)).collect();
    assert!(keys.is_sorted());
    let mut once = keys.clone();
    once.dedup();
    assert_eq!(once, keys);
}

#[test]
fn no_more_than_twenty_places_are_named_for_a_rule_in_a_field() {
    let text = "押金100元。".repeat(500);
    let findings = lint(&with(draft(Engagement::Temporary), LintField::Conditions, &text), &LOW);
    assert_eq!(findings.len(), 20);
    assert_eq!(findings.first().and_then(|f| f.span).map(|s| s.start), Some(0));
}

#[test]
fn every_rule_about_words_is_found_by_some_label() {
    let labelled: Vec<&str> = samples().iter().chain(&phrases()).flat_map(|s| s.expects.clone()).collect();
    for rule in LintRule::ALL.iter().filter(|r| **r != LintRule::WageBelowMinimum) {
        assert!(labelled.contains(&rule.code()), "{}", rule.code());
    }
}

/// Work for a text of one piece repeated to so many characters.
fn work(piece: &str, characters: usize) -> usize {
    let text: String = piece.chars().cycle().take(characters).collect();
    let draft = with(draft(Engagement::PartTime), LintField::Conditions, &text);
    counted(&draft, &LOW).1
}

#[test]
fn a_text_ten_times_as_long_is_ten_times_the_work() {
    let everyday: String = samples().iter().map(|s| s.text).collect();
    let pieces = [
        everyday.as_str(),
        "押金",
        "不",
        "押金、",
        "不收",
        "男女",
        "1",
        "一",
        "1 ",
        "男",
        "扣身份证",
        "的",
        "微信a",
        "138 ",
        "岁",
        "18岁以下",
        "本地",
        "工伤",
        "刷单、",
        "汉",
    ];
    for (n, piece) in pieces.into_iter().enumerate() {
        // The first at full length; a tenth of it tells the same of the others.
        let length = if n == 0 { 100_000 } else { 10_000 };
        let (short, long) = (work(piece, length / 10), work(piece, length));
        assert!(long <= short * 10 + short / 5, "{piece}: {short} for {} characters, {long} for {length}", length / 10);
        assert!(long < length * 600, "{piece}: {long}");
    }
}
