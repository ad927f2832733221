//! Where the schema of a city is (数据库位置): beside the platform's, or on a PostgreSQL server of its own.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use migrations::Backend;
use parking_lot::RwLock;
use sqlx::postgres::PgConnectOptions;

use super::postgres::PostgresSettings;
use super::{PLATFORM, Store};
use crate::fault::Fault;

/// The cities with a server of their own, and its URL.
#[derive(Debug, Default)]
pub(super) struct Homes(RwLock<BTreeMap<String, String>>);

impl Homes {
    /// The settings for the schema of `code`.
    pub(super) fn of(&self, settings: &PostgresSettings, code: &str) -> PostgresSettings {
        let mut settings = settings.clone();
        if let Some(url) = self.0.read().get(code) {
            settings.url.clone_from(url);
        }
        settings
    }

    /// Whether it was elsewhere until now.
    fn settle(&self, code: &str, url: Option<&str>) -> bool {
        // Asked with every line that is read: most of the time it stands there already.
        if self.0.read().get(code).map(String::as_str) == url {
            return false;
        }
        let mut homes = self.0.write();
        match url {
            Some(url) => homes.insert(code.to_owned(), url.to_owned()),
            None => homes.remove(code),
        };
        true
    }
}

impl Store {
    /// Says where the database of `code` is, as its line in the platform does.
    pub(crate) fn settle(&self, code: &str, url: Option<&str>) {
        if self.homes.settle(code, url) {
            self.forget(code);
        }
    }

    /// Says that the database of `code` is on this server from now on, if it may be.
    pub(crate) fn settle_anew(&self, code: &str, url: &str) -> Result<(), Fault> {
        if self.backend() == Backend::Sqlite {
            return Err(Fault::internal("use a PostgreSQL server of its own: the platform is in files"));
        }
        if code == PLATFORM {
            return Err(Fault::internal("use a PostgreSQL server of its own: the platform is where the settings say"));
        }
        check(url)?;
        self.settle(code, Some(url));
        Ok(())
    }

    /// One code for each server there is: the platform's, and those of cities with a server of their own.
    pub(crate) fn servers(&self) -> Vec<String> {
        let homes = self.homes.0.read();
        let mut by_url: BTreeMap<&str, &str> = BTreeMap::new();
        for (code, url) in homes.iter() {
            by_url.entry(url).or_insert(code);
        }
        std::iter::once(PLATFORM).chain(by_url.into_values()).map(str::to_owned).collect()
    }
}

/// Refuses a URL that is none, or that carries a user or a password: those of the city's roles are derived, and what is
/// kept in the platform's list is no secret.
fn check(url: &str) -> Result<(), Fault> {
    let refused = || Fault::internal("use a database of its own: write postgres://host:port/database, without a user");
    let options = PgConnectOptions::from_str(url).map_err(|_| refused())?;
    let plain = url.starts_with("postgres://") || url.starts_with("postgresql://");
    if !plain || url.contains('@') || url.contains("password=") || options.get_database().is_none() {
        return Err(refused());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_its_own_is_named_without_a_user() {
        assert!(check("postgres://db7.example.cn:5432/yizhan").is_ok());
        for url in [
            "",
            "db7",
            "mysql://db7/x",
            "postgres://db7",
            "postgres://root:secret@db7/x",
            "postgres://db7/x?password=y",
        ] {
            assert!(check(url).is_err(), "{url}");
        }
    }

    #[test]
    fn each_server_is_named_once() {
        let homes = Homes::default();
        assert!(homes.settle("140200", Some("postgres://b/y")));
        assert!(!homes.settle("140200", Some("postgres://b/y")), "nothing new");
        assert!(homes.settle("140200", None), "it moved");
        assert!(!homes.settle("140300", None));
    }
}
