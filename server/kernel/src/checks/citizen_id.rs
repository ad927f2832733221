//! The citizen number (公民身份号码, GB 11643): 6 division · 8 birth date · 3 sequence · 1 check.
//!
//! The six digits of the division are never compared with today's divisions: codes are retired and stay
//! on living people's cards. Residence cards of foreigners (first digit 9, 2023 edition) and residence
//! permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) share shape and check.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::half_width;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// Youngest age at which anybody may be hired (劳动法 art 15, 禁止使用童工规定 art 2), years.
pub const MIN_WORKING_AGE: u32 = 16;

/// A citizen number (公民身份号码) that is valid by its standard. Personal data: it has no `Display`, and
/// `Debug` shows it masked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CitizenId {
    text: String,
    birth: NaiveDate,
}

/// What kind of card the number is on (证件类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// Resident identity card (居民身份证).
    Citizen,
    /// Residence permit of a Hong Kong, Macao or Taiwan resident (港澳台居民居住证).
    HongKongMacaoTaiwan,
    /// Permanent residence card of a foreigner (外国人永久居留身份证).
    Foreigner,
}

/// Sex by GB/T 2261.1 (性别), as the sequence number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 1 male (男).
    Male,
    /// 2 female (女).
    Female,
}

/// Why a text is not a citizen number (身份证号错误).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CitizenIdError {
    /// Not 18 characters.
    #[error("an identity card number has 18 characters")]
    Length,
    /// Other characters than digits, or an X elsewhere than at the end.
    #[error("an identity card number has 17 digits and a digit or X at the end")]
    Characters,
    /// The eight digits of the birth date are no date.
    #[error("digits 7 to 14 are not a date of birth")]
    BirthDate,
    /// The last character does not fit the others: a digit was mistyped.
    #[error("the number does not check: compare every digit with the card")]
    Check,
    /// A number of 15 digits, issued before 1999; taken by imports only.
    #[error("this is an old number of 15 digits: enter the 18 digits of the present card")]
    Legacy,
}

impl CitizenIdError {
    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Length => "身份证号码应为 18 位",
            Self::Characters => "身份证号码前 17 位应为数字，末位为数字或 X",
            Self::BirthDate => "身份证号码第 7 至 14 位不是有效的出生日期",
            Self::Check => "身份证号码校验不通过，请逐位核对证件",
            Self::Legacy => "这是 15 位旧号码，请填写现行证件上的 18 位号码",
        }
    }
}

/// Why somebody may not be hired by age (年龄不符).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgeError {
    /// The birth date lies after the day of the check.
    #[error("the date of birth lies in the future")]
    NotBorn,
    /// Younger than 16: child labour (童工).
    #[error("the person is {age}; nobody under 16 may be hired")]
    Child {
        /// Age in completed years.
        age: u32,
    },
}

impl AgeError {
    /// The same in Chinese.
    pub fn zh(self) -> String {
        match self {
            Self::NotBorn => "出生日期晚于今天".to_owned(),
            Self::Child { age } => format!("该人员 {age} 周岁，禁止招用未满 16 周岁的未成年人"),
        }
    }
}

impl CitizenId {
    /// Reads a number of 18 characters; a small x and full-width digits are understood.
    ///
    /// # Errors
    /// [`CitizenIdError`] says what is wrong; it never repeats the number.
    pub fn parse(text: &str) -> Result<Self, CitizenIdError> {
        let text = half_width(text).to_ascii_uppercase();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        match (text.chars().count(), digits) {
            (18, 18) => {}
            (18, 17) if text.ends_with('X') => {}
            (18, _) => return Err(CitizenIdError::Characters),
            (15, 15) => return Err(CitizenIdError::Legacy),
            _ => return Err(CitizenIdError::Length),
        }
        let birth = birth_date(text.get(6..14).unwrap_or_default()).ok_or(CitizenIdError::BirthDate)?;
        let (body, check) = text.as_bytes().split_at(17);
        if check != [check_character(body)] {
            return Err(CitizenIdError::Check);
        }
        Ok(Self { text, birth })
    }

    /// Reads an old list: numbers of 18 characters, and those of 15 digits, which get their century (19) and
    /// check character. Only imports may call it.
    pub fn parse_legacy(text: &str) -> Result<Self, CitizenIdError> {
        let old = half_width(text);
        match Self::parse(&old) {
            Err(CitizenIdError::Legacy) => {
                let (division, rest) = old.split_at(6);
                let mut text = format!("{division}19{rest}");
                text.push(char::from(check_character(text.as_bytes())));
                Self::parse(&text)
            }
            other => other,
        }
    }

    /// All 18 characters, with a capital X. Personal data: seal it, never log it.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// First three and last four characters (140***********0012); the birth date stays hidden.
    pub fn masked(&self) -> String {
        super::mask::citizen_id(&self.text)
    }

    /// Date of birth.
    pub const fn birth_date(&self) -> NaiveDate {
        self.birth
    }

    /// The first six digits: the division where the number was first issued, maybe long retired. For
    /// foreigners they are no division.
    pub fn division(&self) -> &str {
        self.text.get(..6).unwrap_or_default()
    }

    /// What kind of card the number is on.
    pub fn kind(&self) -> CardKind {
        match self.text.as_bytes() {
            [b'9', ..] => CardKind::Foreigner,
            [b'8', b'1' | b'2' | b'3', ..] => CardKind::HongKongMacaoTaiwan,
            _ => CardKind::Citizen,
        }
    }

    /// Sex: an odd sequence number is male.
    pub fn sex(&self) -> Sex {
        if self.text.as_bytes().get(16).is_some_and(|digit| digit % 2 == 1) { Sex::Male } else { Sex::Female }
    }

    /// Age in completed years (周岁) on a day; a year is completed on the birthday. `None` before birth.
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        day.years_since(self.birth)
    }

    /// The age on the day of hiring, if anybody of that age may be hired.
    ///
    /// # Errors
    /// [`AgeError::Child`] under 16 completed years.
    pub fn working_age_on(&self, day: NaiveDate) -> Result<u32, AgeError> {
        match self.age_on(day) {
            None => Err(AgeError::NotBorn),
            Some(age) if age < MIN_WORKING_AGE => Err(AgeError::Child { age }),
            Some(age) => Ok(age),
        }
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({})", self.masked())
    }
}

fn birth_date(digits: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let year = i32::try_from(number(0..4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(4..6)?, number(6..8)?)?;
    // Nobody alive was born earlier; a year such as 0199 is a typing error.
    (date.year() >= 1850).then_some(date)
}

/// The check character of the first 17 digits (ISO 7064, MOD 11-2).
fn check_character(body: &[u8]) -> u8 {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
    CHECKS.get((sum % 11) as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_number_of_the_standard_is_valid() {
        let id = CitizenId::parse("11010519491231002X").unwrap();
        assert_eq!(id.birth_date(), day("1949-12-31"));
        assert_eq!((id.sex(), id.kind(), id.division()), (Sex::Female, CardKind::Citizen, "110105"));
    }

    #[test]
    fn a_constructed_number_of_xiaodian_is_valid() {
        let id = CitizenId::parse("140105199003070012").unwrap();
        assert_eq!((id.birth_date(), id.sex()), (day("1990-03-07"), Sex::Male));
        assert_eq!(id.masked(), "140***********0012");
        assert_eq!(id.reveal(), "140105199003070012");
    }

    #[test]
    fn a_small_x_blanks_and_full_width_digits_are_understood() {
        let id = CitizenId::parse(" １１０１０５１９４９１２３１００２x ").unwrap();
        assert_eq!(id.reveal(), "11010519491231002X");
    }

    #[test]
    fn any_single_mistyped_digit_is_noticed() {
        let good = b"140105199003070012";
        for at in 0..17 {
            for digit in b'0'..=b'9' {
                let mut typed = *good;
                typed[at] = digit;
                let text = std::str::from_utf8(&typed).unwrap();
                assert_eq!(CitizenId::parse(text).is_ok(), digit == good[at], "{text}");
            }
        }
    }

    #[test]
    fn each_fault_is_named() {
        for (text, error) in [
            ("", CitizenIdError::Length),
            ("14010519900307001", CitizenIdError::Length),
            ("1401051990030700123", CitizenIdError::Length),
            ("14010519900307001A", CitizenIdError::Characters),
            ("1401051990X3070012", CitizenIdError::Characters),
            ("一二三四五六七八九十一二三四五六七八", CitizenIdError::Characters),
            ("140105199002300012", CitizenIdError::BirthDate),
            ("140105019903070012", CitizenIdError::BirthDate),
            ("140105199003070013", CitizenIdError::Check),
            ("140105900307001", CitizenIdError::Legacy),
        ] {
            assert_eq!(CitizenId::parse(text), Err(error), "{text}");
            assert!(!error.zh().is_empty());
        }
    }

    #[test]
    fn an_old_number_is_taken_by_an_import_only() {
        let id = CitizenId::parse_legacy("140105900307001").unwrap();
        assert_eq!(id, CitizenId::parse("140105199003070012").unwrap());
        assert_eq!(CitizenId::parse_legacy("140105901307001"), Err(CitizenIdError::BirthDate));
        assert_eq!(CitizenId::parse_legacy("140105199003070013"), Err(CitizenIdError::Check));
    }

    #[test]
    fn retired_divisions_stay_valid_on_a_card() {
        let mut text = "14232219700101001".to_owned();
        text.push(char::from(check_character(text.as_bytes())));
        assert_eq!(CitizenId::parse(&text).unwrap().division(), "142322");
    }

    #[test]
    fn residence_cards_are_told_apart() {
        for (start, kind) in [("911", CardKind::Foreigner), ("830", CardKind::HongKongMacaoTaiwan)] {
            let mut text = format!("{start}00019700101001");
            text.push(char::from(check_character(text.as_bytes())));
            assert_eq!(CitizenId::parse(&text).unwrap().kind(), kind);
        }
    }

    #[test]
    fn nobody_under_sixteen_may_be_hired() {
        let id = CitizenId::parse("140105199003070012").unwrap();
        assert_eq!(id.working_age_on(day("2006-03-06")), Err(AgeError::Child { age: 15 }));
        assert_eq!(AgeError::Child { age: 15 }.zh(), "该人员 15 周岁，禁止招用未满 16 周岁的未成年人");
        assert_eq!(id.working_age_on(day("2006-03-07")), Ok(16));
        assert_eq!(id.working_age_on(day("1990-03-06")), Err(AgeError::NotBorn));
    }

    #[test]
    fn a_log_line_never_shows_the_number() {
        let id = CitizenId::parse("140105199003070012").unwrap();
        assert_eq!(format!("{id:?}"), "CitizenId(140***********0012)");
    }
}
