//! What a form is read as, and what is wrong with it.

use chrono::DateTime;
use kernel::gql::Date;

use super::*;
use crate::forms::ShiftInput;

fn now() -> DateTime<Utc> {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

fn around() -> Around<'static> {
    Around {
        city: "140100",
        now: now(),
        county: "140105",
        unit: true,
        source: PostingSource::Counter,
        may_say_source: true,
        trades: Trades::standard(),
        kept: &[],
    }
}

fn form() -> PostingInput {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
    PostingInput {
        party_id: async_graphql::ID("party".to_owned()),
        trade: "搬运工".to_owned(),
        duties: "搬运水果，装车卸车".to_owned(),
        place: "坞城路1号仓库".to_owned(),
        wage_fen: 20_000,
        wage_unit: WageUnit::Day,
        shifts: vec![ShiftInput {
            starts_at: at("2026-11-24T06:00:00+08:00"),
            ends_at: at("2026-11-24T15:00:00+08:00"),
            headcount: 10,
            break_minutes: Some(60),
        }],
        title: None,
        conditions: None,
        pay_text: None,
        kind: None,
        source: None,
        engagement: None,
        pay_day: None,
        county: None,
        market_id: None,
        point: None,
        cover: None,
        needs_certificate: None,
        instant: None,
        priority: None,
        valid_from: None,
        valid_until: None,
    }
}

#[test]
fn what_is_left_out_follows_from_the_nine_things_that_are_asked() {
    let read = describe(&form(), &around()).unwrap();
    assert_eq!(read.trade, "4-02-05-01");
    assert_eq!(read.title, "招装卸搬运工10人");
    assert_eq!((read.county.as_str(), read.headcount), ("140105", 10));
    assert_eq!((read.pay_day, read.engagement), (PayDay::OnCompletion, EngagementType::Temporary));
    assert_eq!(read.cover, AccidentCover::None);
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    assert_eq!((read.valid_from, read.valid_until), (day(23), day(24)));
    assert_eq!(read.closes_at(), read.starts_at());
    assert_eq!(read.wage_order(), 20_000);
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let input = PostingInput {
        trade: "宇航员".to_owned(),
        duties: "搬".to_owned(),
        place: "厂".to_owned(),
        wage_fen: 1,
        title: Some("长".repeat(41)),
        county: Some("140214".to_owned()),
        shifts: Vec::new(),
        ..form()
    };
    let flaws = describe(&input, &around()).unwrap_err();
    assert_eq!(flaws.len(), 7, "{flaws:?}");
    assert!(matches!(flaws.first(), Some(Flaw::TradeUnknown { name }) if name == "宇航员"));
    assert!(flaws.iter().any(|flaw| matches!(flaw, Flaw::County { .. })));
    assert!(flaws.contains(&Flaw::Wage {
        unit_zh: "元/天".to_owned(),
        unit_en: "yuan a day".to_owned(),
        low: "10".to_owned(),
        high: "10000".to_owned()
    }));
}

#[test]
fn a_street_name_of_two_trades_must_be_told_apart() {
    let flaws = describe(&PostingInput { trade: "水电工".to_owned(), ..form() }, &around()).unwrap_err();
    assert_eq!(flaws, [Flaw::TradeAmbiguous { name: "水电工".to_owned(), choices: "电工、管工".to_owned() }]);
}

#[test]
fn trades_that_the_law_names_ask_for_a_certificate_whatever_the_form_says() {
    let scaffolder = PostingInput { trade: "架子工".to_owned(), needs_certificate: Some(false), ..form() };
    assert!(describe(&scaffolder, &around()).unwrap().needs_certificate);
    let porter = PostingInput { needs_certificate: Some(true), ..form() };
    assert!(describe(&porter, &around()).unwrap().needs_certificate);
    assert!(!describe(&form(), &around()).unwrap().needs_certificate);
}

#[test]
fn an_internship_is_offered_by_units_after_a_talk_and_never_at_dangerous_work() {
    let input = PostingInput {
        kind: Some(PostingKind::Internship),
        instant: Some(true),
        wage_unit: WageUnit::Piece,
        trade: "电工".to_owned(),
        ..form()
    };
    let person = Around { unit: false, ..around() };
    assert_eq!(
        describe(&input, &person).unwrap_err(),
        [Flaw::InternshipOfPerson, Flaw::InternshipInstant, Flaw::InternshipByPiece, Flaw::InternshipHazard]
    );
    let fine = PostingInput { kind: Some(PostingKind::Internship), ..form() };
    assert!(describe(&fine, &around()).is_ok());
}

#[test]
fn part_time_work_is_not_paid_by_the_month() {
    let monthly = PostingInput {
        engagement: Some(EngagementType::PartTime),
        wage_unit: WageUnit::Month,
        wage_fen: 200_000,
        ..form()
    };
    assert_eq!(describe(&monthly, &around()).unwrap_err(), [Flaw::PartTimeByMonth]);
    let phased = PostingInput { engagement: Some(EngagementType::Phased), ..monthly };
    assert_eq!(describe(&phased, &around()).unwrap().pay_day, PayDay::Monthly);
}

#[test]
fn a_posting_is_valid_for_ninety_days_at_most_and_not_before_today() {
    let day = |text: &str| Some(Date(text.parse().unwrap()));
    let until = |text: &str| PostingInput { valid_until: day(text), ..form() };
    assert!(describe(&until("2027-02-21"), &around()).is_ok());
    assert_eq!(describe(&until("2027-02-22"), &around()).unwrap_err(), [Flaw::ValidTooLong { days: AHEAD }]);
    assert_eq!(describe(&until("2026-11-22"), &around()).unwrap_err(), [Flaw::ValidReversed]);
    let over = PostingInput { valid_from: day("2026-11-01"), ..until("2026-11-22") };
    assert_eq!(describe(&over, &around()).unwrap_err(), [Flaw::ValidOver]);
}

#[test]
fn a_valid_period_that_ends_before_the_work_closes_the_posting() {
    let mut input = form();
    input.valid_until = Some(Date(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()));
    let read = describe(&input, &around()).unwrap();
    assert_eq!(read.closes_at().to_rfc3339(), "2026-11-23T16:00:00+00:00");
}

#[test]
fn a_hiring_partys_own_entry_is_online_whatever_it_says() {
    let input = PostingInput { source: Some(PostingSource::EmployerVisit), ..form() };
    let own = Around { source: PostingSource::Online, may_say_source: false, ..around() };
    assert_eq!(describe(&input, &own).unwrap().source, PostingSource::Online);
    assert_eq!(describe(&input, &around()).unwrap().source, PostingSource::EmployerVisit);
}

#[test]
fn wages_are_sorted_as_a_days() {
    let of = |wage_unit, wage_fen| describe(&PostingInput { wage_fen, wage_unit, ..form() }, &around()).unwrap();
    assert_eq!(of(WageUnit::Hour, 2_500).wage_order(), 20_000);
    assert_eq!(of(WageUnit::Month, 435_000).wage_order(), 20_000);
    assert_eq!(of(WageUnit::Job, 20_000).wage_order(), 20_000);
    assert_eq!(of(WageUnit::Piece, 20_000).wage_order(), 0);
}
