//! What an API key (接口密钥) may be given: no more than its owner may do.

use chrono::{DateTime, Duration, Utc};

use super::contact;

/// A key without an end of its own ends after so many days.
pub(crate) const DEFAULT_DAYS: i64 = 365;
/// No key is given for longer, in days.
pub(crate) const MOST_DAYS: i64 = 1096;
/// Live keys of one account at most.
pub(crate) const MOST_KEYS: usize = 20;
/// Origins of one key at most.
pub(crate) const MOST_ORIGINS: usize = 20;

/// Why a key cannot be made so (密钥问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyFlaw {
    /// It would be good for nothing.
    NoScope,
    /// Not an action, nor `object.*`.
    UnknownScope(String),
    /// Its owner may not do that.
    BeyondOwner(String),
    /// Too many origins.
    TooManyOrigins,
    /// Not an origin.
    InvalidOrigin(String),
    /// It would be over already, or last too long.
    InvalidEnd,
}

/// The scopes as they are kept, sorted, each once: names of actions among `permissions`, or `object.*`.
pub(crate) fn scopes(typed: &[String], permissions: &[String], all: &[String]) -> Result<Vec<String>, KeyFlaw> {
    let covers = |names: &[String], scope: &str| match scope.strip_suffix(".*") {
        Some(object) => names.iter().any(|name| name.split_once('.').is_some_and(|(o, _)| o == object)),
        None => names.iter().any(|name| name == scope),
    };
    let mut scopes: Vec<String> = typed.iter().map(|scope| scope.trim().to_owned()).collect();
    scopes.sort();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(KeyFlaw::NoScope);
    }
    if let Some(unknown) = scopes.iter().find(|scope| !covers(all, scope)) {
        return Err(KeyFlaw::UnknownScope(unknown.clone()));
    }
    match scopes.iter().find(|scope| !covers(permissions, scope)) {
        Some(beyond) => Err(KeyFlaw::BeyondOwner(beyond.clone())),
        None => Ok(scopes),
    }
}

/// The origins as they are kept, sorted, each once.
pub(crate) fn origins(typed: &[String]) -> Result<Vec<String>, KeyFlaw> {
    if typed.len() > MOST_ORIGINS {
        return Err(KeyFlaw::TooManyOrigins);
    }
    let read = |typed: &String| contact::origin(typed).ok_or_else(|| KeyFlaw::InvalidOrigin(typed.clone()));
    let mut origins = typed.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    origins.sort();
    origins.dedup();
    Ok(origins)
}

/// When the key ends.
pub(crate) fn end(typed: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, KeyFlaw> {
    let end = typed.unwrap_or(now + Duration::days(DEFAULT_DAYS));
    if end > now && end <= now + Duration::days(MOST_DAYS) { Ok(end) } else { Err(KeyFlaw::InvalidEnd) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_key_has_no_more_than_its_owner() {
        let all = names(&["account.read", "market.list", "market.read"]);
        let mine = names(&["market.read"]);
        assert_eq!(scopes(&names(&["market.read", " market.read"]), &mine, &all), Ok(names(&["market.read"])));
        assert_eq!(scopes(&names(&["market.*"]), &mine, &all), Ok(names(&["market.*"])));
        assert_eq!(scopes(&names(&["market.list"]), &mine, &all), Err(KeyFlaw::BeyondOwner("market.list".to_owned())));
        assert_eq!(scopes(&names(&["account.*"]), &mine, &all), Err(KeyFlaw::BeyondOwner("account.*".to_owned())));
        for unknown in ["*", "market", "market.sell", "*.read", ""] {
            assert_eq!(scopes(&names(&[unknown]), &mine, &all), Err(KeyFlaw::UnknownScope(unknown.to_owned())));
        }
        assert_eq!(scopes(&[], &mine, &all), Err(KeyFlaw::NoScope));
    }

    #[test]
    fn origins_are_checked_one_by_one() {
        let typed = names(&["https://B.cn/", "https://a.cn", "https://b.cn"]);
        assert_eq!(origins(&typed), Ok(names(&["https://a.cn", "https://b.cn"])));
        assert_eq!(origins(&names(&["https://a.cn", "*"])), Err(KeyFlaw::InvalidOrigin("*".to_owned())));
        assert_eq!(origins(&vec!["https://a.cn".to_owned(); 21]), Err(KeyFlaw::TooManyOrigins));
    }

    #[test]
    fn a_key_ends_after_a_year_unless_said_otherwise_and_never_later_than_three() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        assert_eq!(end(None, now), Ok(now + Duration::days(365)));
        assert_eq!(end(Some(now), now), Err(KeyFlaw::InvalidEnd));
        assert_eq!(end(Some(now + Duration::days(1097)), now), Err(KeyFlaw::InvalidEnd));
    }
}
