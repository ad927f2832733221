use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn due(start: &str, n: u32) -> Due {
    Calendar::standard().add_working_days(day(start), n)
}

fn firm(date: &str) -> Due {
    Due { date: day(date), provisional: false }
}

#[test]
fn five_days_in_september_2026_use_the_working_sunday() {
    assert_eq!(due("2026-09-18", 5), firm("2026-09-24"));
}

#[test]
fn five_days_before_spring_festival_2026_end_after_it() {
    assert_eq!(due("2026-02-13", 5), firm("2026-02-27"));
}

#[test]
fn five_days_before_national_day_2025_end_after_it() {
    assert_eq!(due("2025-09-26", 5), firm("2025-10-10"));
}

#[test]
fn five_days_in_january_2025_use_the_working_sunday() {
    assert_eq!(due("2025-01-24", 5), firm("2025-02-07"));
}

#[test]
fn five_days_before_labour_day_2026_use_the_working_saturday() {
    assert_eq!(due("2026-04-30", 5), firm("2026-05-11"));
}

#[test]
fn sixty_days_and_thirty_more_of_an_inspection_are_counted_through_the_holidays() {
    assert_eq!(due("2026-03-02", 60), firm("2026-05-28"));
    assert_eq!(due("2026-03-02", 90), firm("2026-07-10"));
}

#[test]
fn the_months_of_2026_have_the_working_days_of_the_notice() {
    let months: Vec<u32> = (1..=12).map(|m| Calendar::standard().working_days_in_month(2026, m)).collect();
    assert_eq!(months, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]);
    assert_eq!(months.iter().sum::<u32>(), 248);
}

#[test]
fn the_year_2025_has_248_working_days() {
    assert_eq!((1..=12).map(|m| Calendar::standard().working_days_in_month(2025, m)).sum::<u32>(), 248);
}

#[test]
fn the_four_kinds_of_day_are_told_apart() {
    let calendar = Calendar::standard();
    assert_eq!(calendar.day(day("2026-09-18")), DayKind::Working);
    assert_eq!(calendar.day(day("2026-09-20")), DayKind::ShiftedWorking);
    assert_eq!(calendar.day(day("2026-09-13")), DayKind::Weekend);
    assert_eq!(calendar.day(day("2026-09-25")), DayKind::Off);
    assert_eq!(calendar.day(day("2026-09-26")), DayKind::Off);
}

#[test]
fn a_deadline_that_crosses_into_a_year_without_notice_is_provisional() {
    assert_eq!(Calendar::standard().published_years(), [2025, 2026]);
    assert_eq!(due("2026-12-30", 1), firm("2026-12-31"));
    let crossing = due("2026-12-30", 2);
    assert_eq!(crossing, Due { date: day("2027-01-01"), provisional: true });
}

#[test]
fn loading_the_notice_makes_the_deadline_firm_and_moves_it() {
    let notice = Calendar::from_csv("2027.csv", "test", "date,kind\n2027-01-01,off\n").unwrap();
    let calendar = Calendar::standard().clone().with(&notice);
    assert_eq!(calendar.published_years(), [2025, 2026, 2027]);
    assert_eq!(calendar.add_working_days(day("2026-12-30"), 2), firm("2027-01-04"));
    assert!(calendar.pack().source.ends_with("; test"));
    assert_eq!(calendar.pack().rows, 73);
}

#[test]
fn a_year_before_the_first_notice_is_provisional_too() {
    assert!(due("2024-12-30", 1).provisional);
    assert!(due("2024-12-31", 0).provisional);
}

#[test]
fn no_days_added_is_the_day_itself_even_on_a_sunday() {
    assert_eq!(due("2026-09-13", 0), firm("2026-09-13"));
}

#[test]
fn a_warning_one_working_day_before_the_holiday_is_the_day_before() {
    let calendar = Calendar::standard();
    assert_eq!(calendar.working_days_before(day("2026-10-08"), 1), firm("2026-09-30"));
    assert_eq!(calendar.working_days_before(day("2026-09-24"), 5), firm("2026-09-18"));
}

#[test]
fn a_day_off_is_shifted_back_or_on_and_a_working_day_stays() {
    let calendar = Calendar::standard();
    assert_eq!(calendar.shift_to_previous_working_day(day("2026-10-03")), firm("2026-09-30"));
    assert_eq!(calendar.shift_to_next_working_day(day("2026-10-03")), firm("2026-10-08"));
    assert_eq!(calendar.shift_to_previous_working_day(day("2026-10-10")), firm("2026-10-10"));
    assert!(calendar.shift_to_next_working_day(day("2026-12-31")).date == day("2026-12-31"));
}

#[test]
fn counting_between_is_the_inverse_of_adding() {
    let calendar = Calendar::standard();
    for n in [1, 5, 60, 90] {
        let end = calendar.add_working_days(day("2026-03-02"), n).date;
        assert_eq!(calendar.working_days_between(day("2026-03-02"), end), n);
    }
    assert_eq!(calendar.working_days_between(day("2026-03-02"), day("2026-03-02")), 0);
    assert_eq!(calendar.working_days_between(day("2026-03-02"), day("2026-02-02")), 0);
}

#[test]
fn calendar_days_are_not_moved_for_holidays() {
    let fifteen = Calendar::standard().add_days(day("2026-09-20"), 15, DayCount::Calendar);
    assert_eq!(fifteen, firm("2026-10-05"));
    assert_eq!(Calendar::standard().add_days(day("2026-09-18"), 5, DayCount::Working), firm("2026-09-24"));
}

#[test]
fn a_statutory_holiday_is_unknown_until_somebody_says_so() {
    assert_eq!(Calendar::standard().is_statutory_holiday(day("2026-10-01")), None);
    let text = "date,kind,statutory\n2026-10-01,off,1\n2026-10-04,off,0\n";
    let calendar = Calendar::from_csv("x", "test", text).unwrap();
    assert_eq!(calendar.is_statutory_holiday(day("2026-10-01")), Some(true));
    assert_eq!(calendar.is_statutory_holiday(day("2026-10-04")), Some(false));
    assert_eq!(calendar.is_statutory_holiday(day("2026-03-03")), Some(false));
    assert_eq!(calendar.is_statutory_holiday(day("2025-03-03")), None);
}

#[test]
fn a_calendar_with_a_bad_row_is_refused_by_line_and_column() {
    let read = |text: &str| Calendar::from_csv("x", "test", text).unwrap_err();
    assert_eq!(read("date,kind\n2026-02-30,off\n"), PackError::Value { line: 2, column: "date" });
    assert_eq!(read("date,kind\n2026-02-03,holiday\n"), PackError::Value { line: 2, column: "kind" });
    assert_eq!(read("date,kind\n2026-02-03,off\n2026-02-03,work\n"), PackError::Duplicate { line: 3, column: "date" });
    assert_eq!(read("date,type\n"), PackError::Column { column: "kind" });
}

#[test]
fn the_end_of_time_does_not_panic() {
    let end = Calendar::standard().add_working_days(NaiveDate::MAX, 3);
    assert_eq!(end.date, NaiveDate::MAX);
}
