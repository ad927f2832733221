//! Masks (脱敏): what is shown of personal data to those who may not see it whole.
//!
//! A mask never shows more of a malformed value than of a good one: what cannot be recognised is hidden
//! altogether. The number of stars does not tell the length of a name or an address.

use super::phone::Phone;
use crate::divisions::Divisions;

/// What stands for a value that cannot be recognised.
const HIDDEN: &str = "****";

/// Which mask a personal value wears where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// [`name`].
    Name,
    /// [`phone`].
    Phone,
    /// [`email`].
    Email,
    /// [`citizen_id`].
    CitizenId,
    /// [`serial`].
    Serial,
    /// Nothing of it at all.
    Whole,
}

impl Mask {
    /// What is shown of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> String {
        match self {
            Self::Name => name(text),
            Self::Phone => phone(text),
            Self::Email => email(text),
            Self::CitizenId => citizen_id(text),
            Self::Serial => serial(text),
            Self::Whole => HIDDEN.to_owned(),
        }
    }
}

/// A telephone number: `138****1234`, `0351-****313`.
pub fn phone(text: &str) -> String {
    Phone::parse(text).map_or_else(|_| HIDDEN.to_owned(), |phone| phone.masked())
}

/// A citizen number: first three and last four characters, so that the birth date stays hidden.
pub fn citizen_id(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let shape = matches!(chars.len(), 15 | 18) && chars.iter().all(char::is_ascii_alphanumeric);
    match (chars.first_chunk::<3>(), chars.last_chunk::<4>()) {
        (Some(head), Some(tail)) if shape => {
            let stars = "*".repeat(chars.len() - 7);
            format!("{}{stars}{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
        }
        _ => HIDDEN.to_owned(),
    }
}

/// The number of a paper: its last four characters (****0012), if it has more than eight.
pub fn serial(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    match chars.last_chunk::<4>() {
        Some(tail) if chars.len() > 8 && chars.iter().all(char::is_ascii_alphanumeric) => {
            format!("{HIDDEN}{}", tail.iter().collect::<String>())
        }
        _ => HIDDEN.to_owned(),
    }
}

/// A name: its first character and one star (张*), however long it is.
pub fn name(text: &str) -> String {
    match text.trim().chars().next() {
        Some(first) => format!("{first}*"),
        None => HIDDEN.to_owned(),
    }
}

/// An address down to its county (太原市小店区****), if it begins with one that is known, with or without
/// province and city before it; nothing else of it.
pub fn address(text: &str, divisions: &Divisions) -> String {
    let text = text.trim();
    divisions
        .at_level(crate::divisions::Level::County)
        .filter(|county| text.contains(&county.name))
        .filter_map(|county| shown_part(text, &divisions.chain(&county.code)))
        .max_by_key(|part| part.len())
        .map_or_else(|| HIDDEN.to_owned(), |part| format!("{part}{HIDDEN}"))
}

/// The beginning of the address that spells a county, with as much above it as stands there.
fn shown_part<'a>(text: &'a str, chain: &[&crate::divisions::Division]) -> Option<&'a str> {
    (0..chain.len()).find_map(|skip| {
        let full: String = chain.iter().skip(skip).map(|division| division.name.as_str()).collect();
        text.get(..full.len()).filter(|head| *head == full)
    })
}

/// An electronic mail address: first character of the box and the whole domain (z***@example.com).
pub fn email(text: &str) -> String {
    match text.trim().rsplit_once('@') {
        Some((user, domain)) if !domain.is_empty() => match user.chars().next() {
            Some(first) => format!("{first}***@{domain}"),
            None => HIDDEN.to_owned(),
        },
        _ => HIDDEN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_its_ends_only() {
        assert_eq!(phone("13800001234"), "138****1234");
        assert_eq!(citizen_id("140105199003070012"), "140***********0012");
        assert_eq!(citizen_id("140105900307001"), "140********7001");
        assert_eq!(serial("T140105199003070012"), "****0012");
        assert_eq!(serial("T1234567"), "****");
    }

    #[test]
    fn a_name_shows_its_first_character_whatever_its_length() {
        assert_eq!(name("张三"), "张*");
        assert_eq!(name("欧阳建国"), "欧*");
        assert_eq!(name(" "), "****");
    }

    #[test]
    fn an_address_is_shown_down_to_its_county() {
        let mask = |text| address(text, Divisions::standard());
        assert_eq!(mask("山西省太原市小店区坞城路 92 号"), "山西省太原市小店区****");
        assert_eq!(mask("太原市小店区坞城路 92 号"), "太原市小店区****");
        assert_eq!(mask("孝义市振兴街 1 号"), "孝义市****");
        assert_eq!(mask("坞城路 92 号"), "****");
        assert_eq!(mask(""), "****");
    }

    #[test]
    fn a_mail_address_shows_its_domain() {
        assert_eq!(email("zhangsan@example.com"), "z***@example.com");
        assert_eq!(email("@example.com"), "****");
        assert_eq!(email("zhangsan"), "****");
    }

    #[test]
    fn what_cannot_be_recognised_is_hidden_altogether() {
        assert_eq!(phone("ask at the desk 1380000"), "****");
        assert_eq!(citizen_id("1234567"), "****");
        assert_eq!(citizen_id("身份证号码一二三四五六七八九十甲乙丙"), "****");
    }
}
