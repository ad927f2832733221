//! What an agency is and what its licence says (机构身份和许可证): one licence is one agency, however its number is written.

use chrono::NaiveDate;
use entities::agency;
use kernel::checks::Uscc;
use kernel::divisions::{Divisions, Level};
use kernel::sheet::text;
use kernel::store::PLATFORM;
use serde_json::{Value, json};

use crate::agencies::forms::AgencyInput;
use crate::agencies::kinds::LicenceScope;
use crate::rules::contact;
use crate::rules::scopes::{self, ScopeFlaw};

/// Characters of a licence's number. Its form differs from place to place and is not checked.
pub const NUMBER: usize = 50;
/// Characters of a name.
pub const NAME: usize = 100;
/// Characters of a reason, of what was found.
pub const PROSE: usize = 1000;
/// Characters of an article of a law.
pub const ARTICLE: usize = 200;

/// What finds an agency by the number of its licence: full-width characters, letter case and blanks make no difference.
pub fn licence_key(number: &str) -> String {
    text::squash(number).to_ascii_uppercase()
}

/// The number of a licence as it is kept.
pub fn number(typed: &str) -> Option<String> {
    line(typed, NUMBER)
}

/// One line of text as it is kept: some, and not more than `most` characters.
pub fn line(typed: &str, most: usize) -> Option<String> {
    contact::line(&text::tidy(typed), most)
}

/// Some lines of text as they are kept.
pub fn prose(typed: &str, most: usize) -> Option<String> {
    let tidied = text::tidy(typed);
    (1..=most).contains(&tidied.chars().count()).then_some(tidied)
}

/// Text that may be left out; too long a one is none of either.
pub fn note(typed: Option<&str>, most: usize) -> Result<Option<String>, ()> {
    match typed.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => prose(text, most).map(Some).ok_or(()),
    }
}

/// What is wrong with what was filled in about an agency (填写问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No name, or too long a one.
    Name,
    /// Not a unified social credit code: why, in both languages.
    Uscc(&'static str, String),
    /// Not a county that it can be in.
    County(ScopeFlaw),
    /// No issuer.
    Issuer,
    /// Licensed for nothing.
    Nothing,
    /// Issued on a day to come.
    IssuedInFuture,
    /// Good for less than a day.
    ExpiresBeforeIssue,
}

/// What an agency is, checked (机构身份).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// Its unified social credit code.
    pub uscc: Option<String>,
    /// Its county.
    pub county: Option<String>,
    /// Who issued the licence.
    pub issuer: String,
    /// What it is licensed for.
    pub scope: Vec<LicenceScope>,
    /// When the licence was issued.
    pub issued_on: NaiveDate,
    /// Its last day.
    pub expires_on: Option<NaiveDate>,
}

/// Checks what was filled in; `tenant` is the city that asks, or the province.
pub fn check(input: &AgencyInput, tenant: &str, today: NaiveDate) -> Result<Identity, Flaw> {
    let uscc = input.uscc.as_deref().filter(|typed| !typed.trim().is_empty());
    let uscc = uscc.map(|typed| Uscc::parse(typed).map_err(|error| Flaw::Uscc(error.zh(), error.to_string())));
    let county = input.county.as_deref().filter(|typed| !typed.trim().is_empty());
    let mut scope = input.scope.clone();
    scope.sort_unstable();
    scope.dedup();
    let (issued_on, expires_on) = (input.issued_on.0, input.expires_on.map(|day| day.0));
    let identity = Identity {
        name: line(&input.name, NAME).ok_or(Flaw::Name)?,
        uscc: uscc.transpose()?.map(|code| code.as_str().to_owned()),
        county: county.map(|code| seat(code, tenant).map_err(Flaw::County)).transpose()?,
        issuer: line(&input.issuer, NAME).ok_or(Flaw::Issuer)?,
        scope,
        issued_on,
        expires_on,
    };
    if identity.scope.is_empty() {
        return Err(Flaw::Nothing);
    }
    if issued_on > today {
        return Err(Flaw::IssuedInFuture);
    }
    if expires_on.is_some_and(|last| last < issued_on) {
        return Err(Flaw::ExpiresBeforeIssue);
    }
    Ok(identity)
}

/// The county of a seat: one of the city's own; at the province any.
fn seat(code: &str, tenant: &str) -> Result<String, ScopeFlaw> {
    if tenant == PLATFORM { county(code) } else { scopes::county(code, tenant, Divisions::standard()) }
}

/// A county of whichever city.
pub fn county(code: &str) -> Result<String, ScopeFlaw> {
    let divisions = Divisions::standard();
    let city = divisions.get(code).filter(|it| it.level == Level::County).and_then(|it| it.parent.as_deref());
    scopes::county(code, city.unwrap_or_default(), divisions)
}

/// The codes of what an agency is licensed for, as they are stored.
pub fn codes(scope: &[LicenceScope]) -> Value {
    json!(scope.iter().map(|one| one.code()).collect::<Vec<_>>())
}

/// What stored codes say an agency is licensed for.
pub fn scope_of(codes: &Value) -> Vec<LicenceScope> {
    codes.as_array().into_iter().flatten().filter_map(|code| LicenceScope::from_code(code.as_str()?)).collect()
}

/// The fields in which an agency differs from what was filled in, by the names of the form.
pub fn changed(row: &agency::Model, new: &Identity) -> Vec<&'static str> {
    [
        ("name", row.name != new.name),
        ("uscc", row.uscc != new.uscc),
        ("county", row.county != new.county),
        ("issuer", row.issuer.as_ref() != Some(&new.issuer)),
        ("scope", scope_of(&row.scope) != new.scope),
        ("issuedOn", row.issued_on != Some(new.issued_on)),
        ("expiresOn", row.expires_on != new.expires_on),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}

/// Does the licence say something else now, so that it must be held against its original again?
pub fn says_another_licence(changed: &[&str]) -> bool {
    changed.iter().any(|field| ["issuer", "scope", "issuedOn", "expiresOn"].contains(field))
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::super::licence::tests::{agency, day};
    use super::*;

    fn input() -> AgencyInput {
        AgencyInput {
            name: "某某人力资源服务有限公司".to_owned(),
            uscc: None,
            county: Some("140105".to_owned()),
            issuer: "太原市人力资源和社会保障局".to_owned(),
            scope: vec![LicenceScope::JobIntermediation],
            issued_on: Date(day("2026-01-05")),
            expires_on: Some(Date(day("2026-11-23"))),
        }
    }

    fn checked(input: &AgencyInput) -> Result<Identity, Flaw> {
        check(input, "140100", day("2026-07-01"))
    }

    #[test]
    fn one_licence_is_one_agency_however_its_number_is_written() {
        for written in ["140105a0001", "１４０１０５Ａ０００１", " 140105 A\u{3000}0001"] {
            assert_eq!(licence_key(written), "140105A0001", "{written}");
        }
        assert_eq!(licence_key("晋人服证字〔2024〕0001号"), licence_key("晋人服证字（2024）0001号"));
        assert_ne!(licence_key("晋人服证字〔2024〕0001号"), licence_key("晋人服证字〔2024〕0002号"));
    }

    #[test]
    fn an_agency_has_its_seat_in_a_county_of_the_city_and_at_the_province_in_any() {
        let elsewhere = AgencyInput { county: Some("140212".to_owned()), ..input() };
        assert_eq!(checked(&elsewhere), Err(Flaw::County(ScopeFlaw::OtherCity)));
        assert!(check(&elsewhere, PLATFORM, day("2026-07-01")).is_ok());
        assert_eq!(county("140100"), Err(ScopeFlaw::NotACounty));
        assert_eq!(county("999999"), Err(ScopeFlaw::UnknownDivision));
    }

    #[test]
    fn a_licence_is_not_issued_tomorrow_nor_over_before_it_began() {
        let tomorrow = AgencyInput { issued_on: Date(day("2026-07-02")), ..input() };
        assert_eq!(checked(&tomorrow), Err(Flaw::IssuedInFuture));
        let over = AgencyInput { expires_on: Some(Date(day("2026-01-04"))), ..input() };
        assert_eq!(checked(&over), Err(Flaw::ExpiresBeforeIssue));
        assert_eq!(checked(&AgencyInput { scope: Vec::new(), ..input() }), Err(Flaw::Nothing));
        let code = AgencyInput { uscc: Some("91350100M000100Y44".to_owned()), ..input() };
        assert!(matches!(checked(&code), Err(Flaw::Uscc(..))));
    }

    #[test]
    fn another_name_leaves_a_verified_licence_verified_and_another_last_day_does_not() {
        let mut new = checked(&input()).unwrap();
        assert_eq!(changed(&agency(), &new), Vec::<&str>::new());
        new.name = "另一名称".to_owned();
        assert_eq!(changed(&agency(), &new), ["name"]);
        assert!(!says_another_licence(&["name"]));
        new.expires_on = None;
        assert!(says_another_licence(&changed(&agency(), &new)));
    }
}
