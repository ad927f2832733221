use super::*;

fn hours(season: Season, days: &[Weekday], opens: &str, closes: &str) -> HoursInput {
    HoursInput {
        season,
        from_month: None,
        to_month: None,
        weekdays: days.to_vec(),
        opens: opens.to_owned(),
        closes: closes.to_owned(),
    }
}

fn every(opens: &str, closes: &str) -> HoursInput {
    hours(Season::AllYear, &Weekday::ALL, opens, closes)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_dawn_market_is_open_from_half_past_four_and_opens_early() {
    let spans = read(&[every("04:30", "08:00")]).unwrap();
    assert!(is_open(&spans, day("2026-11-23"), 270) && !is_open(&spans, day("2026-11-23"), 480));
    assert!(is_early(&spans[0]));
    assert_eq!(on_day(&spans, day("2026-11-23"), 300, Lang::Zh), ["04:30–08:00"]);
    assert_eq!(words(&spans, Lang::Zh), "04:30—08:00");
    assert_eq!(words(&spans, Lang::En), "04:30–08:00");
}

#[test]
fn a_night_market_is_still_open_after_midnight_on_the_next_day_only() {
    let spans = read(&[hours(Season::AllYear, &[Weekday::Friday], "20:00", "+02:00")]).unwrap();
    assert!(is_open(&spans, day("2026-11-20"), 1300));
    assert!(is_open(&spans, day("2026-11-21"), 60));
    assert!(!is_open(&spans, day("2026-11-21"), 120));
    assert!(!is_open(&spans, day("2026-11-20"), 60));
    assert_eq!(on_day(&spans, day("2026-11-20"), 600, Lang::Zh), ["20:00–次日02:00"]);
    assert_eq!(on_day(&spans, day("2026-11-20"), 600, Lang::En), ["20:00–02:00 the next day"]);
    assert_eq!(
        on_day(&spans, day("2026-11-21"), 60, Lang::Zh),
        ["昨日20:00–今日02:00"],
        "it is open, and says until when"
    );
    assert_eq!(on_day(&spans, day("2026-11-21"), 60, Lang::En), ["20:00 yesterday–02:00 today"]);
    assert!(on_day(&spans, day("2026-11-21"), 120, Lang::Zh).is_empty());
    assert_eq!(words(&spans, Lang::En), "Fri 20:00–02:00 the next day");
}

#[test]
fn a_market_that_never_closes_is_open_all_day() {
    let spans = read(&[every("00:00", "24:00")]).unwrap();
    assert_eq!(on_day(&spans, day("2026-11-20"), 600, Lang::Zh), ["全天"]);
    assert_eq!(on_day(&spans, day("2026-11-20"), 600, Lang::En), ["all day"]);
}

#[test]
fn winter_hours_hold_over_the_new_year() {
    let spans = read(&[
        hours(Season::Summer, &Weekday::ALL, "05:00", "19:00"),
        hours(Season::Winter, &Weekday::ALL, "06:00", "18:00"),
    ])
    .unwrap();
    assert!(!is_open(&spans, day("2026-01-05"), 330) && is_open(&spans, day("2026-07-05"), 330));
    assert!(is_open(&spans, day("2026-12-05"), 370));
    assert_eq!(words(&spans, Lang::Zh), "夏季 05:00—19:00；冬季 06:00—18:00");
    assert_eq!(words(&spans, Lang::En), "May–Sep 05:00–19:00; Oct–Apr 06:00–18:00");
}

#[test]
fn hours_that_cannot_be_are_refused_and_say_which_row() {
    assert_eq!(read(&[every("25:00", "26:00")]), Err(SpanFlaw::Time { row: 1, text: "25:00".into() }));
    assert_eq!(read(&[every("08:60", "09:00")]), Err(SpanFlaw::Time { row: 1, text: "08:60".into() }));
    assert_eq!(read(&[every("8点", "9点")]), Err(SpanFlaw::Time { row: 1, text: "8点".into() }));
    assert_eq!(read(&[every("18:00", "08:00")]), Err(SpanFlaw::Reversed { row: 1 }));
    assert_eq!(read(&[every("08:00", "08:00")]), Err(SpanFlaw::Reversed { row: 1 }));
    assert_eq!(read(&[every("08:00", "+09:00")]), Err(SpanFlaw::Reversed { row: 1 }));
    assert_eq!(read(&[every("24:00", "+01:00")]), Err(SpanFlaw::Reversed { row: 1 }));
    assert_eq!(read(&[hours(Season::AllYear, &[], "08:00", "09:00")]), Err(SpanFlaw::NoWeekday { row: 1 }));
    let mut months = every("08:00", "09:00");
    months.from_month = Some(13);
    months.to_month = Some(2);
    assert_eq!(read(&[every("05:00", "06:00"), months]), Err(SpanFlaw::Months { row: 2 }));
}

#[test]
fn spans_that_share_a_minute_are_refused_also_over_midnight() {
    assert_eq!(
        read(&[every("04:00", "08:00"), every("07:59", "09:00")]),
        Err(SpanFlaw::Overlap { first: 1, second: 2 })
    );
    assert!(read(&[every("04:00", "08:00"), every("08:00", "09:00")]).is_ok());
    let night = hours(Season::AllYear, &[Weekday::Sunday], "20:00", "+02:00");
    let dawn = hours(Season::AllYear, &[Weekday::Monday], "01:00", "03:00");
    assert_eq!(read(&[night.clone(), dawn]), Err(SpanFlaw::Overlap { first: 1, second: 2 }));
    assert!(read(&[night, hours(Season::AllYear, &[Weekday::Monday], "02:00", "03:00")]).is_ok());
    let summer = hours(Season::Summer, &Weekday::ALL, "05:00", "19:00");
    assert_eq!(read(&[every("08:00", "18:00"), summer]), Err(SpanFlaw::Overlap { first: 1, second: 2 }));
}

#[test]
fn a_span_goes_into_the_form_and_comes_back() {
    let all = read(&[
        hours(Season::Summer, &[Weekday::Monday, Weekday::Sunday], "05:00", "19:00"),
        hours(Season::Winter, &Weekday::ALL, "00:00", "24:00"),
        HoursInput {
            from_month: Some(6),
            to_month: Some(8),
            ..hours(Season::AllYear, &[Weekday::Tuesday], "20:00", "+05:00")
        },
    ])
    .unwrap();
    for span in &all {
        assert_eq!(from_form(&to_form(span)), *span);
    }
}
