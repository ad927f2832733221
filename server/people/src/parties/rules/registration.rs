//! What is typed in when a hiring party is registered (用工主体登记).

use chrono::{Datelike as _, NaiveDate};
use kernel::Pii;
use kernel::checks::citizen_id::{CitizenId, CitizenIdError, Sex};
use kernel::checks::phone::Phone;
use kernel::checks::uscc::{Uscc, UsccError};
use kernel::sheet::text;

use super::codes;
use crate::parties::kinds::PartyKind;
use crate::rules::contact;

/// Characters of a unit's name.
pub const UNIT_NAME: usize = 100;
/// Characters of a person's name.
pub const PERSON_NAME: usize = 50;
/// Characters of an address.
pub const ADDRESS: usize = 200;
/// Whoever hires is of full capacity (民法典 arts 17, 18). Years.
pub const ADULT: u32 = 18;

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No name, or too long a one.
    Name,
    /// No code although it is a unit.
    NoCode,
    /// Not a code.
    Code(UsccError),
    /// The code of another kind of unit.
    CodeOfAnotherKind,
    /// No number although it is a person.
    NoIdNumber,
    /// Not a number.
    IdNumber(CitizenIdError),
    /// Too young to have others work.
    Minor,
    /// No number to call, or none that can be.
    Phone,
    /// Nobody to call.
    ContactName,
    /// Too long an address.
    Address,
}

/// A unit as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Its code.
    pub uscc: String,
}

/// Reads a unit.
pub fn unit(kind: PartyKind, name: &str, uscc: Option<&str>) -> Result<Unit, Flaw> {
    let name = contact::line(&text::tidy(name), UNIT_NAME).ok_or(Flaw::Name)?;
    let typed = uscc.filter(|typed| !typed.trim().is_empty()).ok_or(Flaw::NoCode)?;
    let code = Uscc::parse(typed).map_err(Flaw::Code)?;
    if !codes::fits(kind, &code) {
        return Err(Flaw::CodeOfAnotherKind);
    }
    Ok(Unit { name, uscc: code.as_str().to_owned() })
}

/// Who somebody is, as the identity card says.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Name.
    pub name: Pii<String>,
    /// Citizen number, 18 characters.
    pub id_number: Pii<String>,
    /// Year of birth.
    pub birth_year: i32,
    /// GB/T 2261.1.
    pub sex: i32,
}

/// Reads a person who hires, on `today`.
pub fn identity(name: &Pii<String>, id_number: &Pii<String>, today: NaiveDate) -> Result<Identity, Flaw> {
    let name = name.try_map(|name| contact::line(&text::tidy(name), PERSON_NAME)).ok_or(Flaw::Name)?;
    if id_number.is_blank() {
        return Err(Flaw::NoIdNumber);
    }
    let mut told = Err(Flaw::NoIdNumber);
    let id_number = id_number.try_map(|typed| match CitizenId::parse(typed) {
        Ok(id) => {
            let sex = if id.sex() == Sex::Male { 1 } else { 2 };
            told = Ok((id.birth_date().year(), sex, id.age_on(today)));
            Some(id.reveal().to_owned())
        }
        Err(error) => {
            told = Err(Flaw::IdNumber(error));
            None
        }
    });
    let (birth_year, sex, age) = told?;
    if age.is_none_or(|age| age < ADULT) {
        return Err(Flaw::Minor);
    }
    Ok(Identity { name, id_number: id_number.ok_or(Flaw::NoIdNumber)?, birth_year, sex })
}

/// A number to call.
#[derive(Clone, Debug)]
pub struct Called {
    /// As people write it, and as it is kept.
    pub shown: Pii<String>,
    /// As it is found.
    pub sought: Pii<String>,
}

/// Reads a number to call.
pub fn phone(typed: &Pii<String>) -> Result<Called, Flaw> {
    let read = typed.try_map(|typed| Phone::parse(typed).ok()).ok_or(Flaw::Phone)?;
    Ok(Called { shown: read.map(Phone::display), sought: read.map(Phone::e164) })
}

/// Reads whom one asks for.
pub fn contact_name(typed: &Pii<String>) -> Result<Pii<String>, Flaw> {
    typed.try_map(|name| contact::line(&text::tidy(name), PERSON_NAME)).ok_or(Flaw::ContactName)
}

/// Reads an address; an empty one is none.
pub fn address(typed: Option<&str>) -> Result<Option<String>, Flaw> {
    match typed.map(text::tidy).filter(|typed| !typed.is_empty()) {
        None => Ok(None),
        Some(typed) => contact::line(&typed, ADDRESS).map(Some).ok_or(Flaw::Address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-07-01".parse().unwrap()
    }

    #[test]
    fn a_unit_has_a_name_and_a_code_of_its_kind() {
        let read = unit(PartyKind::Enterprise, " 晋阳装卸有限公司 ", Some("91350100m000100y43")).unwrap();
        assert_eq!((read.name.as_str(), read.uscc.as_str()), ("晋阳装卸有限公司", "91350100M000100Y43"));
        assert_eq!(unit(PartyKind::Enterprise, "", Some("91350100M000100Y43")), Err(Flaw::Name));
        assert_eq!(unit(PartyKind::Enterprise, "晋阳装卸", Some(" ")), Err(Flaw::NoCode));
        assert_eq!(unit(PartyKind::Enterprise, "晋阳装卸", Some("91")), Err(Flaw::Code(UsccError::Length)));
        let other = unit(PartyKind::IndividualBusiness, "晋阳装卸", Some("91350100M000100Y43"));
        assert_eq!(other, Err(Flaw::CodeOfAnotherKind));
    }

    #[test]
    fn whoever_hires_is_of_age_and_the_number_says_so() {
        let read = identity(&"张三".into(), &"140105199003070012".into(), today()).unwrap();
        assert_eq!((read.birth_year, read.sex), (1990, 1));
        assert_eq!(read.id_number, "140105199003070012".into());
        let wrong = identity(&"张三".into(), &"140105199003070013".into(), today());
        assert_eq!(wrong.unwrap_err(), Flaw::IdNumber(CitizenIdError::Check));
        assert_eq!(identity(&"张三".into(), &" ".into(), today()).unwrap_err(), Flaw::NoIdNumber);
        let at_seventeen: NaiveDate = "2008-03-06".parse().unwrap();
        assert_eq!(identity(&"张三".into(), &"140105199003070012".into(), at_seventeen).map(|_| ()), Err(Flaw::Minor));
    }

    #[test]
    fn a_number_is_found_however_it_was_written() {
        let (one, other) = (phone(&"138 0000 1234".into()).unwrap(), phone(&"+86-13800001234".into()).unwrap());
        assert_eq!(one.sought, other.sought);
        assert_eq!(phone(&"1380000".into()).unwrap_err(), Flaw::Phone);
    }
}
