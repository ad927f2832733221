//! The village of an address (村、社区): its name, and its twelve digits where they are known.

use kernel::sheet::text;

use super::flaw::Flaw;
use super::naming::some;
use super::place::Located;

/// Characters a village's name may have.
const NAME: usize = 50;

/// A village or neighbourhood (村、社区).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Village {
    /// Its name.
    pub name: String,
    /// Its code of the statistical tree: twelve digits, of which nine are the township's.
    pub code: Option<String>,
}

/// The village as filled in: a code needs a name, and lies in the township of the address.
pub fn village(name: Option<&str>, code: Option<&str>, located: &Located) -> Result<Option<Village>, Flaw> {
    let code = some(code).map(|code| text::squash(&code));
    let Some(name) = some(name) else {
        return if code.is_some() { Err(Flaw::VillageName { limit: NAME }) } else { Ok(None) };
    };
    if name.chars().count() > NAME {
        return Err(Flaw::VillageName { limit: NAME });
    }
    let fits = |code: &String| {
        let within = located.township.as_deref().unwrap_or(&located.county);
        code.len() == 12 && code.bytes().all(|b| b.is_ascii_digit()) && code.starts_with(within)
    };
    if code.as_ref().is_some_and(|code| !fits(code)) {
        return Err(Flaw::VillageCode);
    }
    Ok(Some(Village { name, code }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_has_a_name_and_its_code_begins_with_its_township() {
        let located = Located {
            division: "140105001".into(),
            township: Some("140105001".into()),
            county: "140105".into(),
            city: "140100".into(),
        };
        let of = |name, code| village(name, code, &located);
        assert_eq!(of(None, None), Ok(None));
        assert_eq!(of(Some("坞城村"), None).unwrap().unwrap().name, "坞城村");
        assert!(of(Some("坞城村"), Some("140105001201")).is_ok());
        assert_eq!(of(Some("坞城村"), Some("140105002201")), Err(Flaw::VillageCode));
        assert_eq!(of(Some("坞城村"), Some("14010500120")), Err(Flaw::VillageCode));
        assert_eq!(of(None, Some("140105001201")), Err(Flaw::VillageName { limit: 50 }));
    }
}
