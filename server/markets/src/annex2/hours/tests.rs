use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

fn at(hour: u16, minute: u16) -> u16 {
    hour * 60 + minute
}

fn span(season: Season, weekdays: u8, opens: u16, closes: u16) -> HoursSpan {
    HoursSpan { season, weekdays, opens, closes }
}

fn daily(opens: u16, closes: u16) -> HoursSpan {
    span(Season::AllYear, EVERY_DAY, opens, closes)
}

fn spans(text: &str) -> Vec<HoursSpan> {
    read_text(text).unwrap_or_else(|finding| panic!("{text}: {}", finding.message.zh)).spans
}

fn code(text: &str) -> FormIssueCode {
    read_text(text).expect_err(text).code
}

#[test]
fn a_plain_span_is_read_in_every_spelling() {
    for text in [
        "04:30—08:00",
        "４：３０～８：００",
        "4:30至8:00",
        "早4点半-8点",
        "早四点半到八点",
        "4.30-8.00",
        "凌晨4点30分——早上8时",
        "0430-0800",
        "每天早上4:30－8:00左右",
        "4:30:00-8:00:00",
        "运行时间：4时30分至8时",
    ] {
        assert_eq!(spans(text), vec![daily(at(4, 30), at(8, 0))], "{text}");
    }
}

#[test]
fn all_day_is_midnight_to_midnight() {
    for text in ["全天", "24小时", "全天24小时", "全天候", "全年无休，24小时开放", "0:00-24:00"] {
        assert_eq!(spans(text), vec![daily(0, DAY)], "{text}");
    }
}

#[test]
fn summer_and_winter_stand_in_one_cell() {
    let expected = vec![
        span(Season::Summer, EVERY_DAY, at(5, 0), at(19, 0)),
        span(Season::Winter, EVERY_DAY, at(6, 0), at(18, 0)),
    ];
    for text in [
        "夏季5:00-19:00，冬季6:00-18:00",
        "夏季：5:00—19:00；冬季：6:00—18:00",
        "（夏季）5:00-19:00（冬季）6:00-18:00",
        "5:00-19:00（夏季）、6:00-18:00（冬季）",
        "夏季早5点至晚7点 冬季早6点至晚6点",
        "夏令时5:00-19:00\n冬令时6:00-18:00",
        "夏季(5:00-19:00)冬季(6:00-18:00)",
        "夏天5-19点，其余时间6-18点",
        "夏季 5:00 - 19:00 , 冬季 6:00 - 18:00 , 节假日休息",
    ] {
        assert_eq!(spans(text), expected, "{text}");
    }
    assert_eq!(
        spans("夏、冬季 6:00-18:00"),
        vec![
            span(Season::Summer, EVERY_DAY, at(6, 0), at(18, 0)),
            span(Season::Winter, EVERY_DAY, at(6, 0), at(18, 0))
        ]
    );
}

#[test]
fn months_are_read_and_may_run_over_the_new_year() {
    let expected = vec![
        span(Season::Months(5, 10), EVERY_DAY, at(5, 0), at(19, 0)),
        span(Season::Months(11, 4), EVERY_DAY, at(6, 0), at(18, 0)),
    ];
    for text in [
        "5月-10月 5:00-19:00；11月-4月 6:00-18:00",
        "5-10月5:00-19:00，11-4月6:00-18:00",
        "5:00-19:00（5-10月），6:00-18:00（11月1日-4月30日）",
        "夏季（5月至10月）5:00-19:00；冬季（11月至次年4月）6:00-18:00",
        "5月1日-10月31日 5:00-19:00，其余月份6:00-18:00",
    ] {
        assert_eq!(spans(text), expected, "{text}");
    }
}

#[test]
fn several_spans_and_days_of_the_week_are_kept_apart() {
    assert_eq!(spans("上午8:00-12:00，下午2:00-5:30"), vec![daily(at(8, 0), at(12, 0)), daily(at(14, 0), at(17, 30))]);
    let year = Season::AllYear;
    assert_eq!(
        spans("周一至周五 8:00-18:00，周六、周日 9:00-12:00"),
        vec![span(year, WORKDAYS, at(8, 0), at(18, 0)), span(year, WEEKEND, at(9, 0), at(12, 0))]
    );
    for text in [
        "周一至五8:00-18:00",
        "工作日8点-18点",
        "星期一到星期五 8:00-18:00",
        "每周一至周五早8点至晚6点",
        "周1-5 8:00-18:00",
        "8:00-18:00（周一至周五）",
        "8:00-18:00，双休日休息",
        "8:00-18:00 周六日除外",
    ] {
        assert_eq!(spans(text), vec![span(year, WORKDAYS, at(8, 0), at(18, 0))], "{text}");
    }
    for text in ["8:00-18:00 周一至周五", "8:00-18:00，双休日、节假日休息", "朝8晚6，周末休息", "早8晚6（周六日除外）"]
    {
        assert_eq!(spans(text), vec![span(year, WORKDAYS, at(8, 0), at(18, 0))], "{text}");
    }
    let six_days = EVERY_DAY & !0b100_0000;
    assert_eq!(
        spans("夏季5-19点，冬季6-18点，周日休息"),
        vec![span(Season::Summer, six_days, at(5, 0), at(19, 0)), span(Season::Winter, six_days, at(6, 0), at(18, 0)),]
    );
    assert_eq!(spans("1-12月 8:00-18:00"), vec![daily(at(8, 0), at(18, 0))]);
    assert_eq!(spans("周一三五8:00-9:00"), vec![span(year, 0b001_0101, at(8, 0), at(9, 0))]);
    assert_eq!(spans("周日五点-八点"), vec![span(year, 0b100_0000, at(5, 0), at(8, 0))]);
    assert_eq!(
        spans("夏季周一至周五5:00-19:00，周六6:00-12:00；冬季6:00-18:00"),
        vec![
            span(Season::Summer, WORKDAYS, at(5, 0), at(19, 0)),
            span(Season::Summer, 0b010_0000, at(6, 0), at(12, 0)),
            span(Season::Winter, EVERY_DAY, at(6, 0), at(18, 0)),
        ]
    );
}

#[test]
fn an_evening_market_may_close_after_midnight() {
    assert_eq!(spans("20:00—次日5:00"), vec![daily(at(20, 0), at(29, 0))]);
    let reading = read_text("晚8点-凌晨2点").unwrap();
    assert_eq!(reading.spans, vec![daily(at(20, 0), at(26, 0))]);
    assert_eq!(reading.notes.len(), 1);
    assert_eq!(spans("下午2点-6点"), vec![daily(at(14, 0), at(18, 0))]);
    assert_eq!(spans("晚6点到晚12点"), vec![daily(at(18, 0), DAY)]);
}

#[test]
fn impossible_hours_are_refused_by_kind() {
    assert_eq!(code("25:00-26:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code("8:60-9:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code("24:30-25:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code("24:00-8:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code("8:00-8:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code("8:00-次日9:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code("8:00-5:00"), FormIssueCode::HoursReversed);
    assert_eq!(code("早5点"), FormIssueCode::HoursIncomplete);
    assert_eq!(code("早市"), FormIssueCode::HoursIncomplete);
    assert_eq!(code("8:00、12:00"), FormIssueCode::HoursIncomplete);
    assert_eq!(code("8:00-12:00，11:00-14:00"), FormIssueCode::HoursOverlap);
    assert_eq!(code("8:00-12:00，14:30-18:00（夏季15:00-18:30）"), FormIssueCode::HoursOverlap);
    assert_eq!(code("12:00-1:00"), FormIssueCode::HoursReversed);
    assert_eq!(code("凌晨3点开始"), FormIssueCode::HoursIncomplete);
    assert_eq!(code("常年"), FormIssueCode::HoursIncomplete);
    assert_eq!(code("天亮开始"), FormIssueCode::HoursNotUnderstood);
    assert_eq!(code("13月-14月 8:00-9:00"), FormIssueCode::HoursNotUnderstood);
    assert_eq!(code("8小时"), FormIssueCode::HoursNotUnderstood);
    assert_eq!(code("5:00-19:00夏季，6:00-18:00冬季"), FormIssueCode::HoursNotUnderstood);
    assert_eq!(code("0:00-0:00"), FormIssueCode::HoursImpossible);
    assert_eq!(code(""), FormIssueCode::Missing);
}

#[test]
fn a_span_that_excel_made_a_date_of_is_explained() {
    let cell = Cell::Date(kernel::sheet::DateCell { date: Some((2022, 5, 9)), time: None });
    assert_eq!(read(&cell).unwrap_err().code, FormIssueCode::BecameDate);
}

#[test]
fn hours_are_written_in_the_forms_way() {
    assert_eq!(render(&spans("夏季5-19点,冬季6-18点")), "夏季 05:00—19:00；冬季 06:00—18:00");
    assert_eq!(
        render(&spans("周一至周五8-12点、14-18点，周六日全天")),
        "周一至周五 08:00—12:00、14:00—18:00；周六、周日 全天"
    );
    assert_eq!(render(&spans("20:00-次日5:00")), "20:00—次日05:00");
    assert_eq!(render(&spans("5-10月 5:00-19:00，其余 6:00-18:00")), "5月至10月 05:00—19:00；11月至4月 06:00—18:00");
}

fn any_season() -> impl Strategy<Value = Season> {
    prop_oneof![
        Just(Season::AllYear),
        Just(Season::Summer),
        Just(Season::Winter),
        // Eleven months at most: twelve are the whole year.
        (1_u8..=12, 0_u8..=10).prop_map(|(from, more)| Season::Months(from, (from + more - 1) % 12 + 1)),
    ]
}

fn any_span() -> impl Strategy<Value = HoursSpan> {
    (any_season(), 1_u8..=EVERY_DAY, 0..DAY, 1..=DAY).prop_map(|(season, weekdays, opens, length)| HoursSpan {
        season,
        weekdays,
        opens,
        closes: opens + length,
    })
}

/// Spans that do not overlap, in order.
pub(in super::super) fn any_spans() -> impl Strategy<Value = Vec<HoursSpan>> {
    proptest::collection::vec(any_span(), 1..6).prop_map(|spans| {
        let mut kept: Vec<HoursSpan> = Vec::new();
        for span in spans {
            let clashes = |other: &HoursSpan| {
                (span.season == other.season || [span.season, other.season].contains(&Season::AllYear))
                    && span.weekdays & other.weekdays != 0
                    && span.opens < other.closes
                    && other.opens < span.closes
            };
            if !kept.iter().any(clashes) {
                kept.push(span);
            }
        }
        kept.sort_unstable();
        kept
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2022), ..ProptestConfig::with_cases(500) })]

    #[test]
    fn hours_that_were_written_are_read_again(spans in any_spans()) {
        let text = render(&spans);
        let reading = read_text(&text).map_err(|finding| TestCaseError::fail(format!("{text}: {}", finding.message.zh)))?;
        prop_assert_eq!(reading.spans, spans, "{}", text);
        prop_assert!(reading.notes.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9:：点时半月日周一二三五六至到夏冬季全天早晚次（）()，;~—小 ]{0,24}") {
        let _ = read_text(&text);
    }
}
