//! Does a store fit this build (结构核对)? Asked once, as it opens: a tenant whose tables are others is in maintenance alone.

use std::time::{Duration, Instant};

use migrations::MigrationSet;

use super::Store;
use super::migrate::Ledger;

/// So long a store that did not fit is believed not to; the word that it was migrated may be lost.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// In what a store differs from what this build needs (结构不符): owners and names of migrations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Misfit {
    /// Migrations that were not applied to it.
    pub lacks: Vec<String>,
    /// Migrations that this build does not know.
    pub unknown: Vec<String>,
}

/// What was found as a store opened.
#[derive(Debug)]
pub(super) struct Fit {
    pub(super) misfit: Option<Misfit>,
    asked: Instant,
}

impl Fit {
    pub(super) fn of(sets: &[&MigrationSet], ledger: &[Ledger]) -> Self {
        let known = sets.iter().flat_map(|set| set.migrations.iter().map(|m| (set.owner, m.name)));
        let known: Vec<(&str, &str)> = known.collect();
        let applied: Vec<(&str, &str)> = ledger.iter().map(|l| (l.owner.as_str(), l.name.as_str())).collect();
        let without = |these: &[(&str, &str)], others: &[(&str, &str)]| {
            let missing = these.iter().filter(|one| !others.contains(one));
            missing.map(|(owner, name)| format!("{owner}/{name}")).collect()
        };
        let found = Misfit { lacks: without(&known, &applied), unknown: without(&applied, &known) };
        Self { misfit: (found != Misfit::default()).then_some(found), asked: Instant::now() }
    }

    /// Is it time to look again?
    pub(super) fn is_doubtful(&self) -> bool {
        self.misfit.is_some() && self.asked.elapsed() >= LOOK_AGAIN
    }
}

impl Store {
    /// Logs once that a store does not fit, and again only after it did.
    pub(super) fn tell(&self, code: &str, misfit: Option<&Misfit>) {
        let mut unfit = self.unfit.lock();
        match misfit {
            None => _ = unfit.remove(code),
            Some(misfit) if unfit.insert(code.to_owned()) => {
                tracing::error!(tenant = code, %misfit, "a tenant is in maintenance until `yizhan migrate` has run");
            }
            Some(_) => {}
        }
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let or_none = |names: &[String]| if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        write!(f, "it lacks {} and has {} that this build does not know", or_none(&self.lacks), or_none(&self.unknown))
    }
}

#[cfg(test)]
mod tests {
    use migrations::CORE;

    use super::*;

    fn line(owner: &str, name: &str) -> Ledger {
        Ledger { owner: owner.to_owned(), name: name.to_owned(), checksum: String::new() }
    }

    #[test]
    fn a_store_fits_with_exactly_the_migrations_of_this_build() {
        let mut ledger: Vec<Ledger> = CORE.migrations.iter().map(|m| line("core", m.name)).collect();
        assert_eq!(Fit::of(&[&CORE], &ledger).misfit, None);
        ledger.push(line("core", "9999_later"));
        let first = ledger.remove(0);
        let found = Fit::of(&[&CORE], &ledger).misfit.unwrap();
        assert_eq!(
            found,
            Misfit { lacks: vec![format!("core/{}", first.name)], unknown: vec!["core/9999_later".to_owned()] }
        );
        let told = found.to_string();
        assert!(told.contains("lacks core/0001_core") && told.contains("has core/9999_later"), "{told}");
    }
}
