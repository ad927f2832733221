//! Who may be in the directory (列入条件): beside public agencies, commercial markets that are licensed and of good record
//! (人社部发〔2022〕38号 九 诚信运营; 人力资源市场暂行条例 第十八条).

use chrono::NaiveDate;
use kernel::Text;
use people::{LicenceStanding, LicenceState};

use super::flaw::Flaw;
use super::naming::some;
use crate::kinds::{MarketStatus, OperatingNature, OperatorKind};

/// Characters a licence's number may have. Its form differs from place to place and is not checked.
pub const NUMBER: usize = 50;

/// The operator's licence (人力资源服务许可证).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its number, as printed on it.
    pub number: String,
    /// The last day it is good for; none where none is printed on it.
    pub until: Option<NaiveDate>,
}

/// What a market is run under (运营依据): what of its form says whether it may be in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunUnder {
    /// Operating nature.
    pub nature: OperatingNature,
    /// Who runs it.
    pub operator: OperatorKind,
    /// The operator's licence; the agency that runs it is the one with this licence.
    pub licence: Option<Licence>,
}

/// A licence as filled in: a last day needs a number.
pub fn licence(number: Option<&str>, until: Option<NaiveDate>) -> Result<Option<Licence>, Flaw> {
    let Some(number) = some(number) else {
        return if until.is_some() { Err(Flaw::LicenceNo { limit: NUMBER }) } else { Ok(None) };
    };
    if number.chars().count() > NUMBER {
        return Err(Flaw::LicenceNo { limit: NUMBER });
    }
    Ok(Some(Licence { number, until }))
}

/// Why a market may not be in the directory (不符合列入条件).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// No licence is known.
    NoLicence,
    /// The licence ran out on this day, by the market's own form.
    Expired(NaiveDate),
    /// It is good for nothing since this day, by what is registered of the agency.
    RanOut(NaiveDate),
    /// It is suspended since this day.
    Suspended(NaiveDate),
    /// It is revoked since this day.
    Revoked(NaiveDate),
    /// The operator is of seriously bad credit since this day.
    BadCredit(NaiveDate),
}

impl Unfit {
    /// What to see to, in words.
    #[must_use]
    pub const fn cure(self) -> Text {
        match self {
            Self::NoLicence => Text::new("人力资源服务许可证编号", "the number of the operator's licence"),
            Self::Expired(_) | Self::RanOut(_) => {
                Text::new("有效的人力资源服务许可证（现证已到期）", "a licence that has not run out")
            }
            Self::Suspended(_) => {
                Text::new("恢复后的人力资源服务许可证（现证已暂停）", "a licence that is not suspended")
            }
            Self::Revoked(_) => {
                Text::new("另一家持证机构（现机构许可证已吊销）", "another agency: the licence of this one is revoked")
            }
            Self::BadCredit(_) => {
                Text::new("严重失信的移出日期（信用修复后）", "the day on which the bad credit was lifted")
            }
        }
    }
}

/// Is an entry of seriously bad credit in force today? It is lifted from the day on which it is lifted.
#[must_use]
pub fn in_force(since: NaiveDate, lifted_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    since <= today && lifted_on.is_none_or(|day| day > today)
}

/// What speaks against a market's being in the directory: for commercial ones alone, public ones and those that formed by
/// themselves need no licence. The market's own form counts, and what is registered of the agency with that licence; one
/// that nobody has verified yet speaks against nothing, and shows.
#[must_use]
pub fn unfit(
    nature: OperatingNature,
    licence: Option<&Licence>,
    agency: LicenceState,
    bad_credit: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<Unfit> {
    if nature != OperatingNature::Commercial {
        return None;
    }
    let Some(licence) = licence else { return Some(Unfit::NoLicence) };
    match (licence.until, agency) {
        (_, LicenceState::Revoked { since }) => Some(Unfit::Revoked(since)),
        (_, LicenceState::Suspended { since }) => Some(Unfit::Suspended(since)),
        (_, LicenceState::Expired { since }) => Some(Unfit::RanOut(since)),
        (Some(until), _) if until < today => Some(Unfit::Expired(until)),
        _ => bad_credit.map(Unfit::BadCredit),
    }
}

/// What speaks against running a market under something else than before (变更运营依据): a listed one is not handed to
/// an agency under which it could not be listed. What it is run under already may have come to be good for nothing since:
/// that shows, and the rest of the form is amended all the same. A suspended one is not in the directory: resuming asks
/// again, and until then its form is free to be put right. Bad credit is entered of the market, whatever its form says,
/// and bars no change of it.
#[must_use]
pub fn unfit_as_amended(
    status: MarketStatus,
    before: &RunUnder,
    after: &RunUnder,
    agency: LicenceState,
    today: NaiveDate,
) -> Option<Unfit> {
    if status != MarketStatus::Listed || before == after {
        return None;
    }
    unfit(after.nature, after.licence.as_ref(), agency, None, today)
}

/// How the licence stands under which a market is run, by its own form and by what is registered of the agency; nothing for
/// those that need none.
#[must_use]
pub fn standing(
    nature: OperatingNature,
    until: Option<NaiveDate>,
    agency: LicenceState,
    today: NaiveDate,
) -> Option<LicenceStanding> {
    if nature != OperatingNature::Commercial {
        return None;
    }
    let over = until.is_some_and(|until| until < today);
    Some(match agency {
        LicenceState::Valid { .. } | LicenceState::Unknown if over => LicenceStanding::Expired,
        agency => agency.standing(),
    })
}

/// The refusals of listing and resuming that say why a market is unfit, from what speaks against it.
macro_rules! refused_as_unfit {
    ($refusal:ident) => {
        impl From<$crate::rules::inclusion::Unfit> for $refusal {
            fn from(unfit: $crate::rules::inclusion::Unfit) -> Self {
                use $crate::rules::inclusion::Unfit;
                match unfit {
                    Unfit::NoLicence => Self::NoLicence,
                    Unfit::Expired(until) => Self::LicenceExpired { until: until.to_string() },
                    Unfit::RanOut(since) => Self::AgencyLicenceExpired { since: since.to_string() },
                    Unfit::Suspended(since) => Self::LicenceSuspended { since: since.to_string() },
                    Unfit::Revoked(since) => Self::LicenceRevoked { since: since.to_string() },
                    Unfit::BadCredit(since) => Self::BadCredit { since: since.to_string() },
                }
            }
        }
    };
}
pub(crate) use refused_as_unfit;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_commercial_market_needs_a_licence_that_is_good_today() {
        let today = day("2026-11-23");
        let of =
            |licence: Option<&Licence>| unfit(OperatingNature::Commercial, licence, LicenceState::Unknown, None, today);
        assert_eq!(of(None), Some(Unfit::NoLicence));
        let mut licence = Licence { number: "某许可证".into(), until: Some(today) };
        assert_eq!(of(Some(&licence)), None, "its last day counts");
        licence.until = Some(day("2026-11-22"));
        assert_eq!(of(Some(&licence)), Some(Unfit::Expired(day("2026-11-22"))));
        licence.until = None;
        assert_eq!(of(Some(&licence)), None);
        for nature in [OperatingNature::Public, OperatingNature::Spontaneous] {
            assert_eq!(unfit(nature, None, LicenceState::Unknown, Some(today), today), None);
        }
    }

    #[test]
    fn what_is_registered_of_the_agency_counts_beside_the_markets_own_form() {
        let (today, since) = (day("2026-11-23"), day("2026-11-01"));
        let licence = Licence { number: "某许可证".into(), until: None };
        let of = |agency, until| {
            let licence = Licence { until, ..licence.clone() };
            let commercial = OperatingNature::Commercial;
            (unfit(commercial, Some(&licence), agency, None, today), standing(commercial, until, agency, today))
        };
        let over = Some(day("2026-11-22"));
        let suspended = LicenceState::Suspended { since };
        assert_eq!(of(suspended, None), (Some(Unfit::Suspended(since)), Some(LicenceStanding::Suspended)));
        assert_eq!(of(suspended, over), (Some(Unfit::Suspended(since)), Some(LicenceStanding::Suspended)));
        let revoked = LicenceState::Revoked { since };
        assert_eq!(of(revoked, None), (Some(Unfit::Revoked(since)), Some(LicenceStanding::Revoked)));
        let expired = LicenceState::Expired { since };
        assert_eq!(of(expired, None), (Some(Unfit::RanOut(since)), Some(LicenceStanding::Expired)));
        let valid = LicenceState::Valid { until: None };
        assert_eq!(of(valid, None), (None, Some(LicenceStanding::Valid)));
        assert_eq!(of(valid, over), (Some(Unfit::Expired(day("2026-11-22"))), Some(LicenceStanding::Expired)));
        assert_eq!(of(LicenceState::Unknown, None), (None, Some(LicenceStanding::Unverified)));
        for nature in [OperatingNature::Public, OperatingNature::Spontaneous] {
            assert_eq!(unfit(nature, Some(&licence), revoked, None, today), None);
            assert_eq!(standing(nature, None, revoked, today), None);
        }
    }

    #[test]
    fn a_listed_market_is_run_under_nothing_else_that_could_not_list_it_and_keeps_what_it_has() {
        let (today, since) = (day("2026-11-23"), day("2026-11-01"));
        let under = |nature, number: &str, until| RunUnder {
            nature,
            operator: OperatorKind::LicensedAgency,
            licence: Some(Licence { number: number.to_owned(), until }),
        };
        let before = under(OperatingNature::Commercial, "某许可证", None);
        let other = under(OperatingNature::Commercial, "另一许可证", None);
        let suspended = LicenceState::Suspended { since };
        let of = |status, after: &RunUnder, agency| unfit_as_amended(status, &before, after, agency, today);
        assert_eq!(of(MarketStatus::Listed, &other, suspended), Some(Unfit::Suspended(since)));
        assert_eq!(of(MarketStatus::Listed, &before, suspended), None, "it has that licence already");
        assert_eq!(of(MarketStatus::Listed, &other, LicenceState::Unknown), None);
        for status in [MarketStatus::Planned, MarketStatus::Draft, MarketStatus::Suspended] {
            assert_eq!(of(status, &other, suspended), None, "{status:?}");
        }
        let over = under(OperatingNature::Commercial, "某许可证", Some(day("2026-11-22")));
        let valid = LicenceState::Valid { until: None };
        assert_eq!(of(MarketStatus::Listed, &over, valid), Some(Unfit::Expired(day("2026-11-22"))));
        let public = under(OperatingNature::Public, "另一许可证", None);
        assert_eq!(of(MarketStatus::Listed, &public, suspended), None, "it needs no licence");
    }

    #[test]
    fn bad_credit_holds_from_its_day_until_the_day_it_is_lifted() {
        let (since, lifted) = (day("2026-01-10"), day("2026-11-23"));
        assert!(!in_force(since, None, day("2026-01-09")));
        assert!(in_force(since, None, day("2026-01-10")));
        assert!(in_force(since, Some(lifted), day("2026-11-22")));
        assert!(!in_force(since, Some(lifted), lifted));
        let licence = Licence { number: "某许可证".into(), until: None };
        let found = unfit(OperatingNature::Commercial, Some(&licence), LicenceState::Unknown, Some(since), lifted);
        assert_eq!(found, Some(Unfit::BadCredit(since)));
    }

    #[test]
    fn a_last_day_needs_a_number_and_a_number_needs_no_form() {
        assert_eq!(licence(Some("　"), None), Ok(None));
        assert_eq!(licence(None, Some(day("2027-01-01"))), Err(Flaw::LicenceNo { limit: 50 }));
        assert_eq!(licence(Some(&"长".repeat(51)), None), Err(Flaw::LicenceNo { limit: 50 }));
        assert_eq!(licence(Some(" 任意编号 "), None).unwrap().unwrap().number, "任意编号");
    }
}
