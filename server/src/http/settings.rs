//! The section `[http]` of the settings file (传输层配置), read and checked.

use std::fmt;

use super::gate::Options;
use super::limits::Limits;

/// What the section says (传输层设置与限额).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The transport as a whole.
    pub options: Options,
    /// What one tenant's callers may ask for.
    pub limits: Limits,
}

/// Why the section is not taken, in words for whoever wrote it.
#[derive(Debug, PartialEq, Eq)]
pub struct Misread(String);

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misread {}

impl Settings {
    /// Reads the section. A misspelt name is refused, and so is a limit above the one that protects every tenant.
    pub fn read(section: &toml::Table) -> Result<Self, Misread> {
        let mut rest = section.clone();
        let limits = rest.remove("limits").unwrap_or_else(|| toml::Value::Table(toml::Table::new()));
        let limits: Limits = limits.try_into().map_err(|e: toml::de::Error| said("http.limits", &e))?;
        let options: Options = rest.try_into().map_err(|e: toml::de::Error| said("http", &e))?;
        if let Some((name, most)) = raised(&limits) {
            return Err(Misread(format!("http.limits.{name} may only be lowered: it is at most {most}")));
        }
        if limits.concurrency == 0 || limits.sockets == 0 || options.connections == 0 {
            return Err(Misread(
                "http.connections, http.limits.concurrency and http.limits.sockets are at least 1".into(),
            ));
        }
        Ok(Self { options, limits })
    }
}

fn said(section: &str, error: &toml::de::Error) -> Misread {
    Misread(format!("{section}: {}", error.message()))
}

/// The first protecting limit that stands above its default, and that default. Rates and sizes are the machine's.
fn raised(limits: &Limits) -> Option<(String, toml::Value)> {
    let ceiling = Limits {
        concurrency: limits.concurrency,
        queue_ms: limits.queue_ms,
        sockets: limits.sockets,
        account_per_second: limits.account_per_second,
        address_per_second: limits.address_per_second,
        proofs_per_minute: limits.proofs_per_minute,
        tenant_per_second: limits.tenant_per_second,
        messages_per_second: limits.messages_per_second,
        ..Limits::default()
    };
    let held = toml::Table::try_from(limits.clone().under(&ceiling)).unwrap_or_default();
    let wished = toml::Table::try_from(limits).unwrap_or_default();
    held.into_iter().find(|(name, most)| wished.get(name) != Some(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> toml::Table {
        text.parse().unwrap()
    }

    fn refused(text: &str) -> String {
        Settings::read(&section(text)).unwrap_err().to_string()
    }

    #[test]
    fn the_commented_default_file_says_every_default_of_the_transport() {
        let file = section(kernel::config::DEFAULT_FILE);
        let http = file["http"].as_table().unwrap();
        assert_eq!(Settings::read(http), Ok(Settings::default()));
        let written = |table: &toml::Table| table.keys().cloned().collect::<Vec<_>>();
        let mut all = toml::Table::try_from(Options::default()).unwrap();
        all.insert("limits".to_owned(), toml::Value::Boolean(true));
        assert_eq!(written(http), written(&all));
        assert_eq!(
            written(http["limits"].as_table().unwrap()),
            written(&toml::Table::try_from(Limits::default()).unwrap())
        );
    }

    #[test]
    fn a_limit_that_protects_every_tenant_may_be_lowered_and_not_raised() {
        assert_eq!(Settings::read(&section("[limits]\ndepth = 6")).unwrap().limits.depth, 6);
        assert_eq!(refused("[limits]\ndepth = 13"), "http.limits.depth may only be lowered: it is at most 12");
        assert_eq!(
            refused("[limits]\nbody_bytes = 262145"),
            "http.limits.body_bytes may only be lowered: it is at most 262144"
        );
    }

    #[test]
    fn rates_and_sizes_fit_the_machine() {
        let wide = Settings::read(&section("[limits]\naddress_per_second = 0\nconcurrency = 512")).unwrap();
        assert_eq!((wide.limits.address_per_second, wide.limits.concurrency), (0, 512));
        assert!(refused("[limits]\nconcurrency = 0").contains("at least 1"));
    }

    #[test]
    fn a_misspelt_setting_of_the_transport_is_refused_by_name() {
        assert!(refused("htps = true").contains("htps"), "{}", refused("htps = true"));
        assert!(refused("[limits]\ndept = 3").contains("dept"));
        assert!(refused("trusted_proxies = [\"a proxy\"]").starts_with("http: "));
    }
}
