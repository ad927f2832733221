//! How a licence stands on a day, and what may be decided about it (许可证状态).

use chrono::{Days, NaiveDate};
use entities::agency;
use kernel::clock::day_of;
use kernel::store::PLATFORM;

use super::identity::scope_of;
use crate::agencies::kinds::{LicenceScope, LicenceStanding, LicenceStatus};

/// How a licence stands today (许可证状态): nobody publishes but under one that is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicenceState {
    /// Verified, in its time, and nothing speaks against it.
    Valid {
        /// The last day it is good for, where one is printed on it.
        until: Option<NaiveDate>,
    },
    /// It ran out.
    Expired {
        /// The first day it was good for nothing.
        since: NaiveDate,
    },
    /// Suspended.
    Suspended {
        /// Since this day.
        since: NaiveDate,
    },
    /// Revoked.
    Revoked {
        /// Since this day.
        since: NaiveDate,
    },
    /// Nobody has held it against its original, or there is no such agency.
    Unknown,
}

impl LicenceState {
    /// In one word.
    #[must_use]
    pub const fn standing(self) -> LicenceStanding {
        match self {
            Self::Valid { .. } => LicenceStanding::Valid,
            Self::Expired { .. } => LicenceStanding::Expired,
            Self::Suspended { .. } => LicenceStanding::Suspended,
            Self::Revoked { .. } => LicenceStanding::Revoked,
            Self::Unknown => LicenceStanding::Unverified,
        }
    }

    /// May anything be published under it?
    #[must_use]
    pub const fn may_publish(self) -> bool {
        matches!(self, Self::Valid { .. })
    }

    /// Since when nothing may be published under it, where that is known.
    #[must_use]
    pub const fn since(self) -> Option<NaiveDate> {
        match self {
            Self::Expired { since } | Self::Suspended { since } | Self::Revoked { since } => Some(since),
            Self::Valid { .. } | Self::Unknown => None,
        }
    }
}

/// How the licence of an agency stands on `today`. Its last day counts; what was decided about it counts more than the day.
#[must_use]
pub fn state_of(row: &agency::Model, today: NaiveDate) -> LicenceState {
    let since = || row.status_since.unwrap_or_else(|| day_of(row.entered_at));
    match LicenceStatus::from_code(&row.status) {
        Some(LicenceStatus::Suspended) => LicenceState::Suspended { since: since() },
        Some(LicenceStatus::Revoked) => LicenceState::Revoked { since: since() },
        Some(LicenceStatus::Valid) => match row.expires_on {
            Some(until) if until < today => LicenceState::Expired { since: until + Days::new(1) },
            until if row.verified_at.is_some() => LicenceState::Valid { until },
            _ => LicenceState::Unknown,
        },
        None => LicenceState::Unknown,
    }
}

/// Does this scope hold the introducing of workers (职业中介活动; 人力资源市场暂行条例 第十八条)? Job intermediation does, and what is a way of
/// it: on the network, at fairs, looking for people. All else is filed only, and lets nobody introduce anybody.
#[must_use]
pub fn introduces(scope: &[LicenceScope]) -> bool {
    use LicenceScope::{ExecutiveSearch, JobFairs, JobIntermediation, OnlineRecruitment};
    scope.iter().any(|one| matches!(one, JobIntermediation | OnlineRecruitment | JobFairs | ExecutiveSearch))
}

/// The same of an agency (业务范围含职业中介): apart from how its licence stands, because a market may be run under one that
/// introduces nobody.
#[must_use]
pub fn may_introduce(row: &agency::Model) -> bool {
    introduces(&scope_of(&row.scope))
}

/// What is decided about a licence (处理).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is suspended.
    Suspend,
    /// It is revoked.
    Revoke,
    /// It holds again.
    Lift,
}

/// Why nothing is decided (不予处理).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// It is so already, or not so that this could follow.
    NotFromHere(LicenceStatus),
    /// Another store decided what stands, and takes it back alone.
    ByAnother,
}

/// What a decision leads to. What somebody imposed is theirs to change; the province may change what a city imposed.
pub fn decide(row: &agency::Model, here: &str, decision: Decision) -> Result<LicenceStatus, Barred> {
    // What nobody can read is taken for the worst.
    let status = LicenceStatus::from_code(&row.status).unwrap_or(LicenceStatus::Revoked);
    let next = match (decision, status) {
        (Decision::Suspend, LicenceStatus::Valid) => LicenceStatus::Suspended,
        (Decision::Revoke, LicenceStatus::Valid | LicenceStatus::Suspended) => LicenceStatus::Revoked,
        (Decision::Lift, LicenceStatus::Suspended | LicenceStatus::Revoked) => LicenceStatus::Valid,
        _ => return Err(Barred::NotFromHere(status)),
    };
    if may_change(row, here) { Ok(next) } else { Err(Barred::ByAnother) }
}

/// May this store change the status that stands?
#[must_use]
pub fn may_change(row: &agency::Model, here: &str) -> bool {
    row.status == LicenceStatus::Valid.code() || here == PLATFORM || row.status_by.as_deref() == Some(here)
}

/// Days before the last day of a licence on which those are warned who should see to a new one.
pub const WARNINGS: [i32; 3] = [60, 30, 7];

/// In place of days: the licence ran out.
pub const RAN_OUT: i32 = -1;

/// The warning that is due: the nearest one, and each is sent once. [`RAN_OUT`] once the last day is over.
#[must_use]
pub fn warning(expires_on: NaiveDate, today: NaiveDate, sent: &[i32]) -> Option<i32> {
    let left = (expires_on - today).num_days();
    let due = if left < 0 { RAN_OUT } else { WARNINGS.into_iter().filter(|days| left <= i64::from(*days)).min()? };
    (!sent.contains(&due)).then_some(due)
}

/// The last day of a licence of which somebody may have to hear today.
#[must_use]
pub fn warned_until(today: NaiveDate) -> NaiveDate {
    today + Days::new(WARNINGS.into_iter().max().unwrap_or_default().unsigned_abs().into())
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::{DateTime, Utc};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    pub(in crate::agencies) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(in crate::agencies) fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// A verified agency of Taiyuan.
    pub(in crate::agencies) fn agency() -> agency::Model {
        agency::Model {
            id: Uuid::from_u128(1),
            licence_no: "晋人服证字〔2026〕第1号".to_owned(),
            licence_key: "晋人服证字(2026)第1号".to_owned(),
            name: "某某人力资源服务有限公司".to_owned(),
            entered_at: moment("2026-01-05T02:00:00Z"),
            uscc: None,
            county: Some("140105".to_owned()),
            issuer: Some("太原市人力资源和社会保障局".to_owned()),
            scope: json!(["JOB_INTERMEDIATION"]),
            issued_on: Some(day("2026-01-05")),
            expires_on: Some(day("2026-11-23")),
            verified_at: Some(moment("2026-01-06T02:00:00Z")),
            verified_by: None,
            verified_in: Some("140100".to_owned()),
            status: "VALID".to_owned(),
            status_since: None,
            status_reason: None,
            status_article: None,
            status_by: None,
            home: Some("140100".to_owned()),
            amended_at: Some(moment("2026-01-06T02:00:00Z")),
            status_at: None,
            version: 1,
        }
    }

    fn suspended_by(code: &str) -> agency::Model {
        agency::Model {
            status: "SUSPENDED".to_owned(),
            status_since: Some(day("2026-06-01")),
            status_by: Some(code.to_owned()),
            ..agency()
        }
    }

    #[test]
    fn the_last_day_of_a_licence_counts_and_the_day_after_it_is_good_for_nothing() {
        let row = agency();
        let until = Some(day("2026-11-23"));
        assert_eq!(state_of(&row, day("2026-11-23")), LicenceState::Valid { until });
        let expired = LicenceState::Expired { since: day("2026-11-24") };
        assert_eq!(state_of(&row, day("2026-11-24")), expired);
        assert_eq!(state_of(&row, day("2027-05-01")), expired);
        assert!(!expired.may_publish());
        let endless = agency::Model { expires_on: None, ..agency() };
        assert_eq!(state_of(&endless, day("2036-01-01")), LicenceState::Valid { until: None });
    }

    #[test]
    fn a_licence_that_nobody_verified_is_not_known_to_be_good_but_known_to_have_run_out() {
        let row = agency::Model { verified_at: None, ..agency() };
        assert_eq!(state_of(&row, day("2026-11-23")), LicenceState::Unknown);
        assert_eq!(state_of(&row, day("2026-11-24")).standing(), LicenceStanding::Expired);
    }

    #[test]
    fn what_was_decided_counts_more_than_the_day() {
        let row = suspended_by("140100");
        let suspended = LicenceState::Suspended { since: day("2026-06-01") };
        assert_eq!(state_of(&row, day("2026-07-01")), suspended);
        assert_eq!(state_of(&row, day("2027-07-01")), suspended, "although it ran out meanwhile");
        assert_eq!(suspended.since(), Some(day("2026-06-01")));
    }

    #[test]
    fn workers_are_introduced_under_four_scopes_and_under_none_that_is_filed_only() {
        let of = |scope: serde_json::Value| may_introduce(&agency::Model { scope, ..agency() });
        for one in ["JOB_INTERMEDIATION", "ONLINE_RECRUITMENT", "JOB_FAIRS", "EXECUTIVE_SEARCH"] {
            assert!(of(json!(["TRAINING", one])), "{one}");
        }
        let filed = ["INFORMATION", "GUIDANCE", "CONSULTING", "ASSESSMENT", "TRAINING", "OUTSOURCING"];
        assert!(!of(json!(filed)));
        assert!(!of(json!([])));
    }

    #[test]
    fn a_suspended_licence_is_revoked_or_given_back_and_not_suspended_again() {
        let (valid, suspended) = (agency(), suspended_by("140100"));
        assert_eq!(decide(&valid, "140100", Decision::Suspend), Ok(LicenceStatus::Suspended));
        assert_eq!(decide(&valid, "140100", Decision::Lift), Err(Barred::NotFromHere(LicenceStatus::Valid)));
        assert_eq!(decide(&suspended, "140100", Decision::Revoke), Ok(LicenceStatus::Revoked));
        assert_eq!(decide(&suspended, "140100", Decision::Lift), Ok(LicenceStatus::Valid));
        let again = decide(&suspended, "140100", Decision::Suspend);
        assert_eq!(again, Err(Barred::NotFromHere(LicenceStatus::Suspended)));
    }

    #[test]
    fn what_the_province_imposed_no_city_takes_back_and_the_province_takes_back_what_a_city_imposed() {
        assert_eq!(decide(&suspended_by(PLATFORM), "140100", Decision::Lift), Err(Barred::ByAnother));
        assert_eq!(decide(&suspended_by("140100"), PLATFORM, Decision::Lift), Ok(LicenceStatus::Valid));
    }

    #[test]
    fn each_warning_is_sent_once_and_the_nearest_one_alone() {
        let until = day("2026-11-23");
        let due = |today: &str, sent: &[i32]| warning(until, day(today), sent);
        assert_eq!(due("2026-09-23", &[]), None, "61 days before");
        assert_eq!(due("2026-09-24", &[]), Some(60));
        assert_eq!(due("2026-09-25", &[60]), None);
        assert_eq!(due("2026-10-24", &[60]), Some(30));
        assert_eq!(due("2026-11-20", &[]), Some(7), "entered late: one letter, not three");
        assert_eq!(due("2026-11-23", &[7]), None);
        assert_eq!(due("2026-11-24", &[7]), Some(RAN_OUT));
        assert_eq!(due("2026-11-25", &[7, RAN_OUT]), None);
    }
}
