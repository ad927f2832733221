//! The province's roll-up (全省汇总定稿规则): what may be frozen, when a new version is due, what is recorded of its sending.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::returns::ReturnStatus;
use crate::operations::freeze_province_report::FreezeProvinceReport;
use crate::operations::mark_province_report_sent::MarkProvinceReportSent;

/// Characters a document number may have.
pub const MAX_DOCUMENT_NO: usize = 50;

/// A snapshot at the province: the return, and the number of its arrival.
pub type Arrival = (Uuid, i32);

/// A city in the roll-up (汇总组成): as a version has it, or as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its code.
    pub city: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// What was accepted of it; none where it is left out.
    pub accepted: Option<Arrival>,
    /// Named for monitoring?
    pub monitoring: bool,
}

/// What of a city may be in the roll-up: nothing that the province has not accepted.
#[must_use]
pub fn accepted(status: ReturnStatus, arrival: Arrival) -> Option<Arrival> {
    (status == ReturnStatus::Accepted).then_some(arrival)
}

/// The year's roll-up, as somebody wants to freeze it (定稿申请).
#[derive(Clone, Copy, Debug)]
pub struct Freezing<'a> {
    /// The year.
    pub year: i32,
    /// The number of the last version that was seen, and of the last there is.
    pub numbers: (i32, i32),
    /// The cities as they stand.
    pub now: &'a [Part],
    /// The cities as the last version has them.
    pub before: &'a [Part],
    /// Those it shall go without.
    pub without: &'a [String],
}

/// May it be frozen? Every city that is not accepted is left out by name, so that none is forgotten, and none that is
/// accepted is: the number of the version, one higher than the last.
pub fn freeze(asked: &Freezing<'_>) -> Result<i32, FreezeProvinceReport> {
    let Freezing { year, numbers: (seen, current), now, before, without } = *asked;
    if seen != current {
        return Err(FreezeProvinceReport::Conflict { current });
    }
    if now.iter().all(|part| part.accepted.is_none()) {
        return Err(FreezeProvinceReport::NothingAccepted { year });
    }
    if let Some(code) = without.iter().find(|code| now.iter().all(|part| part.city != **code)) {
        return Err(FreezeProvinceReport::UnknownCity { city: code.clone() });
    }
    let left_out = |part: &&Part| without.contains(&part.city);
    let (zh, en) = names(now.iter().filter(|part| part.accepted.is_some()).filter(left_out));
    if !zh.is_empty() {
        return Err(FreezeProvinceReport::CityAccepted { zh, en });
    }
    let (zh, en) = names(now.iter().filter(|part| part.accepted.is_none() && !left_out(part)));
    if !zh.is_empty() {
        return Err(FreezeProvinceReport::CitiesMissing { zh, en });
    }
    if current > 0 && changed(before, now).is_empty() && watched(before) == watched(now) {
        return Err(FreezeProvinceReport::Unchanged { current });
    }
    Ok(current + 1)
}

/// The cities of which a version no longer has what is accepted: handed in anew, accepted since, or gone.
#[must_use]
pub fn changed(before: &[Part], now: &[Part]) -> BTreeSet<String> {
    let of = |parts: &[Part], city: &str| parts.iter().find(|part| part.city == city).and_then(|part| part.accepted);
    let cities = before.iter().chain(now).map(|part| part.city.as_str());
    cities.filter(|city| of(before, city) != of(now, city)).map(str::to_owned).collect()
}

fn watched(parts: &[Part]) -> BTreeSet<&str> {
    parts.iter().filter(|part| part.monitoring).map(|part| part.city.as_str()).collect()
}

fn names<'a>(parts: impl Iterator<Item = &'a Part>) -> (String, String) {
    let (zh, en): (Vec<&str>, Vec<&str>) = parts.map(|part| (part.zh.as_str(), part.en.as_str())).unzip();
    (zh.join("、"), en.join(", "))
}

/// What is recorded of the sending: the document number, tidied. Recording it again corrects it.
pub fn sent(
    (seen, current): (i32, i32),
    (frozen_on, sent_on, today): (NaiveDate, NaiveDate, NaiveDate),
    document_no: Option<&str>,
) -> Result<Option<String>, MarkProvinceReportSent> {
    if seen != current {
        return Err(MarkProvinceReportSent::Conflict { current });
    }
    if sent_on < frozen_on {
        return Err(MarkProvinceReportSent::BeforeFrozen { frozen: frozen_on });
    }
    if sent_on > today {
        return Err(MarkProvinceReportSent::InFuture { today });
    }
    let document_no = document_no.map(str::trim).filter(|text| !text.is_empty());
    let printable = |text: &&str| text.chars().count() <= MAX_DOCUMENT_NO && !text.chars().any(char::is_control);
    if document_no.is_some_and(|text| !printable(&text)) {
        return Err(MarkProvinceReportSent::DocumentNoInvalid { most: MAX_DOCUMENT_NO });
    }
    Ok(document_no.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(city: &str, accepted: Option<i32>) -> Part {
        let (zh, en) = (format!("{city}市"), format!("City {city}"));
        let accepted = accepted.map(|receipt| (Uuid::from_u128(7), receipt));
        Part { city: city.to_owned(), zh, en, accepted, monitoring: false }
    }

    fn asked(
        now: &[Part],
        before: &[Part],
        without: &[&str],
        numbers: (i32, i32),
    ) -> Result<i32, FreezeProvinceReport> {
        let without: Vec<String> = without.iter().map(|code| (*code).to_owned()).collect();
        freeze(&Freezing { year: 2026, numbers, now, before, without: &without })
    }

    #[test]
    fn only_what_the_province_accepted_is_in_the_roll_up() {
        let arrival = (Uuid::from_u128(7), 2);
        assert_eq!(accepted(ReturnStatus::Accepted, arrival), Some(arrival));
        for status in [ReturnStatus::Submitted, ReturnStatus::Returned, ReturnStatus::Open] {
            assert_eq!(accepted(status, arrival), None);
        }
    }

    #[test]
    fn a_city_that_is_not_accepted_is_left_out_by_name_and_one_that_is_accepted_is_not() {
        let now = [part("甲", Some(1)), part("乙", None), part("丙", None)];
        let missing = |zh: &str, en: &str| Err(FreezeProvinceReport::CitiesMissing { zh: zh.into(), en: en.into() });
        assert_eq!(asked(&now, &[], &[], (0, 0)), missing("乙市、丙市", "City 乙, City 丙"));
        assert_eq!(asked(&now, &[], &["乙"], (0, 0)), missing("丙市", "City 丙"));
        assert_eq!(asked(&now, &[], &["丙", "乙"], (0, 0)), Ok(1));
        let accepted = FreezeProvinceReport::CityAccepted { zh: "甲市".to_owned(), en: "City 甲".to_owned() };
        assert_eq!(asked(&now, &[], &["甲", "乙", "丙"], (0, 0)), Err(accepted));
        let unknown = FreezeProvinceReport::UnknownCity { city: "丁".to_owned() };
        assert_eq!(asked(&now, &[], &["丁"], (0, 0)), Err(unknown));
        let nothing = [part("甲", None)];
        assert_eq!(asked(&nothing, &[], &["甲"], (0, 0)), Err(FreezeProvinceReport::NothingAccepted { year: 2026 }));
    }

    #[test]
    fn nobody_freezes_over_a_version_that_he_has_not_seen() {
        let now = [part("甲", Some(2))];
        assert_eq!(
            asked(&now, &[part("甲", Some(1))], &[], (0, 1)),
            Err(FreezeProvinceReport::Conflict { current: 1 })
        );
        assert_eq!(asked(&now, &[part("甲", Some(1))], &[], (1, 1)), Ok(2));
    }

    #[test]
    fn the_same_again_is_no_new_version_unless_a_city_was_named_for_monitoring() {
        let now = [part("甲", Some(1)), part("乙", None)];
        assert_eq!(asked(&now, &now, &["乙"], (1, 1)), Err(FreezeProvinceReport::Unchanged { current: 1 }));
        let watched = [Part { monitoring: true, ..part("甲", Some(1)) }, part("乙", None)];
        assert_eq!(asked(&watched, &now, &["乙"], (1, 1)), Ok(2));
    }

    #[test]
    fn a_version_is_out_of_date_where_a_city_handed_in_anew_was_accepted_since_or_is_gone() {
        let before = [part("甲", Some(1)), part("乙", None), part("丙", Some(1)), part("丁", None)];
        let now = [part("甲", Some(2)), part("乙", Some(1)), part("丁", None)];
        assert_eq!(changed(&before, &now).into_iter().collect::<Vec<_>>(), ["丙", "乙", "甲"]);
        assert_eq!(changed(&before, &before), BTreeSet::new());
    }

    #[test]
    fn it_is_sent_after_it_is_frozen_and_not_tomorrow() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on = |text: &str, no: Option<&str>| sent((1, 1), (day("2026-12-22"), day(text), day("2026-12-28")), no);
        assert_eq!(on("2026-12-22", None), Ok(None));
        assert_eq!(on("2026-12-28", Some(" 晋人社函〔2026〕88号 ")), Ok(Some("晋人社函〔2026〕88号".to_owned())));
        assert_eq!(on("2026-12-28", Some("  ")), Ok(None));
        let before = MarkProvinceReportSent::BeforeFrozen { frozen: day("2026-12-22") };
        assert_eq!(on("2026-12-21", None), Err(before));
        assert_eq!(on("2026-12-29", None), Err(MarkProvinceReportSent::InFuture { today: day("2026-12-28") }));
        let invalid = MarkProvinceReportSent::DocumentNoInvalid { most: 50 };
        assert_eq!(on("2026-12-28", Some(&"号".repeat(51))), Err(invalid.clone()));
        assert_eq!(on("2026-12-28", Some("甲\u{7}")), Err(invalid));
        let days = (day("2026-12-22"), day("2026-12-22"), day("2026-12-28"));
        assert_eq!(sent((1, 2), days, None), Err(MarkProvinceReportSent::Conflict { current: 2 }));
    }
}
