//! When a session holds, and what its owner must do first.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use entities::account;
use kernel::clock;
use kernel::config::PeopleConfig;
use kernel::policy::Held;

use super::roles;

/// An administrator's session ends after so many minutes without use, if the setting does not say fewer
/// (GB/T 22239-2019 8.1.4.1 b).
pub(crate) const ADMIN_IDLE_MINUTES: i64 = 15;
/// The last use of a session is written down at most so often, in seconds.
pub(crate) const TOUCH_SECONDS: i64 = 60;

/// After how long without use a session ends.
#[must_use]
pub(crate) fn idle(config: &PeopleConfig, held: &[Held], today: NaiveDate) -> Duration {
    let admin = held.iter().any(|h| roles::holds_now(h, today) && roles::is_administrator(&h.role));
    let minutes = if admin { config.idle_minutes.min(ADMIN_IDLE_MINUTES) } else { config.idle_minutes };
    Duration::minutes(minutes)
}

/// When a session that begins now ends, whatever happens.
#[must_use]
pub(crate) fn ends(config: &PeopleConfig, now: DateTime<Utc>) -> DateTime<Utc> {
    now + Duration::hours(config.session_hours)
}

/// Must the account choose a new password first?
#[must_use]
pub(crate) fn must_change_password(account: &account::Model, config: &PeopleConfig, today: NaiveDate) -> bool {
    account.must_change_password
        || account.password_changed_at.is_some_and(|at| config.password_preset.is_expired(clock::day_of(at), today))
}

/// Has the account a one-time password that nobody used in time? A password is one as long as it must be changed.
#[must_use]
pub(crate) fn has_lapsed(account: &account::Model, config: &PeopleConfig, now: DateTime<Utc>) -> bool {
    let ends = |issued: DateTime<Utc>| issued + Duration::hours(config.one_time_hours);
    account.must_change_password && account.password_changed_at.is_some_and(|issued| ends(issued) <= now)
}

/// Must the account enrol a second factor first?
#[must_use]
pub(crate) fn must_enrol_totp(account: &account::Model, held: &[Held], config: &PeopleConfig) -> bool {
    config.staff_totp && !account.totp_confirmed && roles::is_staff(held)
}
