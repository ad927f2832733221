//! Wage, hours and day of pay (数字核对), to the fen and the minute.

use super::super::{Draft, Engagement, Figures, Finding, Hours, LintField, PayDay, Shift, WageUnit, lint};
use super::{LOW, draft};

/// Made-up figures: the real ones are set by the place.
const SET: Figures = Figures { minimum_hourly_fen: Some(2_000), minimum_monthly_fen: Some(200_000) };

fn shift(day: i64, from: i64, to: i64, rest: i64) -> Shift {
    Shift { starts: day * 1_440 + from * 60, ends: day * 1_440 + to * 60, rest }
}

fn found(draft: &Draft<'_>, figures: &Figures) -> Vec<(&'static str, &'static str, &'static str)> {
    lint(draft, figures).iter().map(|f| (f.rule.code(), f.field.code(), f.severity.code())).collect()
}

fn only(draft: &Draft<'_>, figures: &Figures) -> Finding {
    let mut findings = lint(draft, figures);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

const NOTHING: [(&str, &str, &str); 0] = [];
const BELOW: [(&str, &str, &str); 1] = [("WAGE_BELOW_MINIMUM", "WAGE", "BLOCKS")];
const UNCHECKED: [(&str, &str, &str); 1] = [("WAGE_BELOW_MINIMUM", "WAGE", "CANNOT_CHECK")];

#[test]
fn part_time_pay_is_held_to_the_hourly_minimum() {
    let hour = Draft { wage_unit: WageUnit::Hour, wage_fen: 2_000, ..draft(Engagement::PartTime) };
    assert_eq!(found(&hour, &SET), NOTHING);
    assert_eq!(found(&Draft { wage_fen: 1_999, ..hour }, &SET), BELOW);
    // Four hours a day at twenty yuan are eighty.
    let day = Draft { wage_unit: WageUnit::Day, wage_fen: 8_000, ..hour };
    assert_eq!(found(&day, &SET), NOTHING);
    let finding = only(&Draft { wage_fen: 7_999, ..day }, &SET);
    assert!(finding.why.zh.contains("79.99元") && finding.why.zh.contains("80元"), "{}", finding.why.zh);
    assert!(finding.law.zh.contains("第七十二条") && finding.span.is_none());
}

#[test]
fn a_day_and_a_month_are_held_to_the_monthly_minimum() {
    // 2,000 yuan over 21.75 days are 91.954… a day: 91.96 is enough and 91.95 is not.
    let day = Draft { wage_unit: WageUnit::Day, wage_fen: 9_196, ..draft(Engagement::Temporary) };
    assert_eq!(found(&day, &SET), NOTHING);
    assert_eq!(found(&Draft { wage_fen: 9_195, ..day }, &SET), BELOW);
    // Two hours of overtime count for three: eleven eighths of a day.
    let ten = [shift(0, 8, 18, 0)];
    let long = Draft { hours: Hours::Shifts(&ten), wage_fen: 12_644, ..day };
    assert_eq!(found(&long, &SET), [("LONG_HOURS", "HOURS", "WARNS")]);
    assert_eq!(found(&Draft { wage_fen: 12_643, ..long }, &SET).len(), 2);
    let month =
        Draft { wage_unit: WageUnit::Month, wage_fen: 200_000, pay_day: PayDay::Monthly, ..draft(Engagement::Phased) };
    assert_eq!(found(&month, &SET), NOTHING);
    assert_eq!(found(&Draft { hours: Hours::Unknown, ..month }, &SET), NOTHING);
    assert_eq!(found(&Draft { wage_fen: 199_999, hours: Hours::Unknown, ..month }, &SET), BELOW);
    assert_eq!(found(&Draft { wage_fen: 199_999, ..month }, &SET), BELOW);
    // Half days are half a month.
    let half = Hours::Daily { minutes: 240, days_a_week: Some(5) };
    assert_eq!(found(&Draft { wage_fen: 100_000, hours: half, ..month }, &SET), NOTHING);
    assert_eq!(found(&Draft { wage_fen: 99_999, hours: half, ..month }, &SET), BELOW);
    // An hour of temporary work is an eighth of a day.
    let hour = Draft { wage_unit: WageUnit::Hour, wage_fen: 1_150, ..draft(Engagement::Temporary) };
    assert_eq!(found(&hour, &SET), NOTHING);
    assert_eq!(found(&Draft { wage_fen: 1_149, ..hour }, &SET), BELOW);
}

#[test]
fn a_whole_job_is_held_to_the_minimum_of_its_hours() {
    let two_days = [shift(0, 8, 17, 60), shift(1, 8, 17, 60)];
    let job = Draft { hours: Hours::Shifts(&two_days), wage_fen: 18_391, ..draft(Engagement::Temporary) };
    assert_eq!(found(&job, &SET), NOTHING);
    assert_eq!(found(&Draft { wage_fen: 18_390, ..job }, &SET), BELOW);
}

#[test]
fn what_is_unset_or_cannot_be_converted_is_said_and_not_guessed() {
    let unset = only(&draft(Engagement::Temporary), &Figures::default());
    assert_eq!((unset.field, unset.severity.code()), (LintField::Wage, "CANNOT_CHECK"));
    assert!(unset.why.zh.contains("尚未设置") && unset.why.en.contains("not set"));
    let hourly = Figures { minimum_hourly_fen: Some(2_000), minimum_monthly_fen: None };
    assert_eq!(found(&draft(Engagement::Temporary), &hourly), UNCHECKED);
    assert_eq!(found(&draft(Engagement::PartTime), &hourly), NOTHING);
    let piece = Draft { wage_unit: WageUnit::Piece, ..draft(Engagement::Temporary) };
    assert_eq!(found(&piece, &SET), UNCHECKED);
    let unknown = Draft { wage_unit: WageUnit::Day, hours: Hours::Unknown, ..draft(Engagement::Temporary) };
    assert_eq!(found(&unknown, &SET), UNCHECKED);
}

#[test]
fn of_the_shifts_of_one_day_somebody_works_one() {
    let round_the_clock = [shift(0, 6, 14, 0), shift(0, 14, 22, 0), shift(0, 22, 30, 0)];
    let day = Draft { hours: Hours::Shifts(&round_the_clock), ..draft(Engagement::Temporary) };
    assert_eq!(found(&day, &LOW), NOTHING);
    let long = [shift(0, 6, 14, 0), shift(0, 8, 22, 0)];
    let finding = only(&Draft { hours: Hours::Shifts(&long), ..day }, &LOW);
    assert_eq!((finding.rule.code(), finding.severity.code()), ("LONG_HOURS", "BLOCKS"));
    assert!(finding.why.zh.contains("每天14小时"), "{}", finding.why.zh);
}

#[test]
fn of_part_time_shifts_of_one_day_those_count_that_one_person_could_work() {
    let part_time = draft(Engagement::PartTime);
    let of = |shifts: &[Shift]| {
        let mut findings = lint(&Draft { hours: Hours::Shifts(shifts), ..part_time }, &LOW);
        assert!(findings.len() < 2, "{findings:?}");
        findings.pop().map(|finding| (finding.rule.code(), finding.severity.code(), finding.why.zh))
    };
    let (morning, evening) = (shift(4, 8, 11, 0), shift(4, 17, 20, 0));
    let both = of(&[evening, morning]).expect("six hours are found");
    assert_eq!((both.0, both.1), ("PART_TIME_HOURS", "BLOCKS"));
    assert!(both.2.contains("每天6小时"), "{}", both.2);
    assert_eq!(of(&[morning, shift(4, 17, 18, 0)]), None, "three hours and one");
    assert_eq!(of(&[morning, shift(4, 10, 14, 0)]), None, "nobody works two at a time");
    // The long one in the middle against the two around it, which touch it.
    let three = of(&[shift(4, 8, 11, 0), shift(4, 10, 14, 0), shift(4, 13, 16, 0)]).expect("six hours are found");
    assert!(three.2.contains("每天6小时"), "{}", three.2);
    assert_eq!(
        of(&[shift(4, 8, 10, 0), shift(4, 10, 12, 0), shift(5, 8, 12, 0)]),
        None,
        "four a day, one after the other"
    );
    let split =
        |days: i64| (4..4 + days).flat_map(|day| [shift(day, 8, 10, 0), shift(day, 14, 16, 0)]).collect::<Vec<_>>();
    assert_eq!(of(&split(6)), None, "six days of four hours");
    let seven = of(&split(7)).expect("twenty-eight hours are found");
    assert!(seven.2.contains("每周28小时"), "{}", seven.2);
}

#[test]
fn part_time_hours_are_an_average_of_four_a_day_and_a_sum_of_twenty_four_a_week() {
    let part_time = draft(Engagement::PartTime);
    let even = [shift(4, 8, 11, 0), shift(5, 8, 13, 0)];
    assert_eq!(found(&Draft { hours: Hours::Shifts(&even), ..part_time }, &LOW), NOTHING);
    let over = [shift(4, 8, 12, 0), shift(5, 8, 13, 0)];
    let finding = only(&Draft { hours: Hours::Shifts(&over), ..part_time }, &LOW);
    assert_eq!(
        (finding.rule.code(), finding.field.code(), finding.severity.code()),
        ("PART_TIME_HOURS", "HOURS", "BLOCKS")
    );
    assert!(finding.why.zh.contains("每天4.5小时"), "{}", finding.why.zh);
    // 1970-01-05 was a Monday: day 4. Seven days of four hours are 28 in a week, six are 24.
    let six: Vec<Shift> = (4..10).map(|day| shift(day, 8, 12, 0)).collect();
    let seven: Vec<Shift> = (4..11).map(|day| shift(day, 8, 12, 0)).collect();
    let across: Vec<Shift> = (5..12).map(|day| shift(day, 8, 12, 0)).collect();
    assert_eq!(found(&Draft { hours: Hours::Shifts(&six), ..part_time }, &LOW), NOTHING);
    assert_eq!(found(&Draft { hours: Hours::Shifts(&across), ..part_time }, &LOW), NOTHING);
    let week = only(&Draft { hours: Hours::Shifts(&seven), ..part_time }, &LOW);
    assert!(week.why.zh.contains("每周28小时"), "{}", week.why.zh);
    let daily = |minutes, days| Draft {
        hours: Hours::Daily { minutes, days_a_week: Some(days) },
        wage_unit: WageUnit::Hour,
        ..part_time
    };
    assert_eq!(found(&daily(240, 6), &LOW), NOTHING);
    assert_eq!(found(&daily(241, 1), &LOW).len(), 1);
    assert_eq!(found(&daily(210, 7), &LOW).len(), 1);
}

#[test]
fn a_day_over_eight_hours_warns_and_over_eleven_blocks_without_the_rest() {
    let of = |hours: i64, rest: i64| {
        let shifts = [shift(0, 6, 6 + hours, rest)];
        let draft = Draft { hours: Hours::Shifts(&shifts), ..draft(Engagement::Temporary) };
        found(&draft, &LOW).iter().map(|f| f.2).collect::<Vec<_>>()
    };
    assert_eq!(of(9, 60), Vec::<&str>::new());
    assert_eq!(of(9, 0), ["WARNS"]);
    assert_eq!(of(11, 0), ["WARNS"]);
    assert_eq!(of(12, 60), ["WARNS"]);
    assert_eq!(of(12, 0), ["BLOCKS"]);
}

#[test]
fn the_day_of_pay_is_soon_enough_for_the_engagement() {
    let of = |engagement, pay_day, hours| {
        let draft = Draft { pay_day, hours, wage_unit: WageUnit::Hour, ..draft(engagement) };
        lint(&draft, &LOW).iter().map(|f| (f.rule.code(), f.severity.code())).collect::<Vec<_>>()
    };
    let late = [("PAY_CYCLE", "BLOCKS")];
    let four = [shift(0, 8, 12, 0)];
    let short = Hours::Shifts(&four);
    assert_eq!(of(Engagement::PartTime, PayDay::HalfMonthly, short), []);
    assert_eq!(of(Engagement::PartTime, PayDay::Monthly, short), late);
    assert_eq!(of(Engagement::Temporary, PayDay::OnCompletion, short), []);
    assert_eq!(of(Engagement::Temporary, PayDay::Daily, short), []);
    assert_eq!(of(Engagement::Temporary, PayDay::Weekly, short), late);
    assert_eq!(of(Engagement::Temporary, PayDay::Weekly, Hours::Unknown), [("PAY_CYCLE", "WARNS")]);
    // Work that outlasts the cycle is paid while it goes on.
    let seven: Vec<Shift> = (0..7).map(|day| shift(day, 8, 12, 0)).collect();
    assert_eq!(of(Engagement::Temporary, PayDay::Weekly, Hours::Shifts(&seven)), []);
    assert_eq!(of(Engagement::Temporary, PayDay::Monthly, Hours::Shifts(&seven)), late);
    assert_eq!(of(Engagement::Phased, PayDay::Monthly, short), []);
}

#[test]
fn figures_at_the_edge_of_what_fits_do_no_harm() {
    let shifts = [
        Shift { starts: i64::MIN, ends: i64::MAX, rest: i64::MIN },
        Shift { starts: i64::MAX, ends: i64::MIN, rest: i64::MAX },
    ];
    let most = Figures { minimum_hourly_fen: Some(i64::MAX), minimum_monthly_fen: Some(i64::MAX) };
    for engagement in [Engagement::PartTime, Engagement::Temporary, Engagement::Phased] {
        for wage_unit in [WageUnit::Hour, WageUnit::Day, WageUnit::Piece, WageUnit::Job, WageUnit::Month] {
            for wage_fen in [i64::MIN, 0, i64::MAX] {
                for hours in [
                    Hours::Unknown,
                    Hours::Daily { minutes: i64::MAX, days_a_week: Some(i64::MAX) },
                    Hours::Shifts(&shifts),
                ] {
                    let draft = Draft { wage_unit, wage_fen, hours, pay_day: PayDay::Monthly, ..draft(engagement) };
                    assert!(lint(&draft, &most).iter().all(|f| f.span.is_none()));
                }
            }
        }
    }
}

#[test]
fn a_wage_in_words_must_be_the_wage_in_figures() {
    let of = |text, wage_fen, wage_unit| {
        let draft = Draft { pay_text: text, wage_fen, wage_unit, ..draft(Engagement::Temporary) };
        lint(&draft, &LOW).iter().any(|f| f.rule.code() == "WAGE_CONTRADICTS")
    };
    for (text, wage, unit) in [
        ("日薪300元", 18_000, WageUnit::Day),
        ("一天200", 18_000, WageUnit::Day),
        ("300元/天", 18_000, WageUnit::Day),
        ("每小时25元", 2_000, WageUnit::Hour),
        ("25块一小时", 2_000, WageUnit::Hour),
        ("月薪5000元", 400_000, WageUnit::Month),
        ("200-250元/天", 18_000, WageUnit::Day),
    ] {
        assert!(of(text, wage, unit), "{text}");
    }
    for (text, wage, unit) in [
        ("日薪180元", 18_000, WageUnit::Day),
        ("160-200元/天", 18_000, WageUnit::Day),
        ("一天一百八", 18_000, WageUnit::Day),
        ("日薪180元，餐补20元/天", 18_000, WageUnit::Day),
        ("加班25元/小时", 2_000, WageUnit::Hour),
        ("每小时25元", 18_000, WageUnit::Day),
        ("干满10天", 18_000, WageUnit::Day),
        ("日薪300元", 30_000, WageUnit::Job),
        ("新手160元/天，熟手180元/天", 18_000, WageUnit::Day),
    ] {
        assert!(!of(text, wage, unit), "{text}");
    }
}
