//! The unified social credit code (统一社会信用代码, GB 32100): registrar · kind · 6 division · 9 organisation code
//! (GB 11714) · check. The code of a firm is public.

use super::half_width;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code (统一社会信用代码) that is valid by its standard.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Uscc(String);

/// What kind of body holds the code (主体类别), by its first two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UsccKind {
    /// 91 enterprise (企业).
    Enterprise,
    /// 92 individual business (个体工商户), often the one who hires for a day.
    IndividualBusiness,
    /// 93 farmers' cooperative (农民专业合作社).
    Cooperative,
    /// 51 social association (社会团体).
    Association,
    /// 52 private non-enterprise unit (民办非企业单位).
    PrivateNonEnterprise,
    /// 53 foundation (基金会).
    Foundation,
    /// 11 state organ (机关).
    StateOrgan,
    /// 12 public institution (事业单位).
    PublicInstitution,
    /// Any other registrar or kind.
    Other,
}

/// Why a text is not a unified social credit code (统一社会信用代码错误).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    /// Not 18 characters.
    #[error("a unified social credit code has 18 characters")]
    Length,
    /// A character outside the alphabet; I, O, S, V and Z never occur.
    #[error("a unified social credit code has digits and capital letters, never I, O, S, V or Z")]
    Characters,
    /// Characters 3 to 8 are not the digits of a division.
    #[error("characters 3 to 8 must be the six digits of a division")]
    Division,
    /// The organisation code inside does not check.
    #[error("the organisation code (characters 9 to 17) does not check: compare every character")]
    OrganisationCheck,
    /// The last character does not fit the others.
    #[error("the code does not check: compare every character with the licence")]
    Check,
}

impl UsccError {
    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Length => "统一社会信用代码应为 18 位",
            Self::Characters => "统一社会信用代码由数字和大写字母组成，不含 I、O、S、V、Z",
            Self::Division => "统一社会信用代码第 3 至 8 位应为行政区划数字代码",
            Self::OrganisationCheck => "统一社会信用代码第 9 至 17 位（组织机构代码）校验不通过，请逐位核对",
            Self::Check => "统一社会信用代码校验不通过，请与营业执照逐位核对",
        }
    }
}

impl Uscc {
    /// Reads a code; small letters and full-width characters are understood.
    ///
    /// # Errors
    /// [`UsccError`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        let text = half_width(text).to_ascii_uppercase();
        if text.chars().count() != 18 {
            return Err(UsccError::Length);
        }
        let values: Option<Vec<u32>> = text.bytes().map(value).collect();
        let values = values.ok_or(UsccError::Characters)?;
        let bytes = text.as_bytes();
        if !bytes.iter().skip(2).take(6).all(u8::is_ascii_digit) {
            return Err(UsccError::Division);
        }
        let organisation = bytes.get(8..17).unwrap_or_default();
        if organisation_check(organisation) != organisation.last().copied() {
            return Err(UsccError::OrganisationCheck);
        }
        let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        if values.last() != Some(&((31 - sum % 31) % 31)) {
            return Err(UsccError::Check);
        }
        Ok(Self(text))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of body holds it.
    pub fn kind(&self) -> UsccKind {
        match self.0.get(..2).unwrap_or_default() {
            "91" => UsccKind::Enterprise,
            "92" => UsccKind::IndividualBusiness,
            "93" => UsccKind::Cooperative,
            "51" => UsccKind::Association,
            "52" => UsccKind::PrivateNonEnterprise,
            "53" => UsccKind::Foundation,
            "11" => UsccKind::StateOrgan,
            "12" => UsccKind::PublicInstitution,
            _ => UsccKind::Other,
        }
    }

    /// The division of the registrar, six digits; maybe retired since, or 100000 for the national one.
    pub fn division(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// The organisation code (组织机构代码, GB 11714), nine characters.
    pub fn organisation_code(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }
}

fn value(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|known| *known == byte).and_then(|at| u32::try_from(at).ok())
}

/// The ninth character of an organisation code, from its first eight; letters count from A = 10.
fn organisation_check(code: &[u8]) -> Option<u8> {
    let sum: u32 = code
        .iter()
        .zip(ORGANISATION_WEIGHTS)
        .map(|(byte, weight)| char::from(*byte).to_digit(36).map(|value| value * weight))
        .sum::<Option<u32>>()?;
    Some(match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + u8::try_from(digit).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["91350100M000100Y43", "91110108551385082Q", "9144030071526726XG", "91330100799655058B"];

    #[test]
    fn four_known_codes_are_valid() {
        for text in KNOWN {
            let code = Uscc::parse(text).unwrap();
            assert_eq!((code.as_str(), code.kind()), (text, UsccKind::Enterprise));
        }
        let code = Uscc::parse("9144030071526726XG").unwrap();
        assert_eq!((code.division(), code.organisation_code()), ("440300", "71526726X"));
    }

    #[test]
    fn small_letters_and_full_width_characters_are_understood() {
        assert_eq!(Uscc::parse(" 91110108551385082q ").unwrap().as_str(), KNOWN[1]);
        assert_eq!(Uscc::parse("９１１１０１０８５５１３８５０８２Ｑ").unwrap().as_str(), KNOWN[1]);
    }

    #[test]
    fn any_single_mistyped_character_is_noticed() {
        for good in KNOWN {
            for at in 0..18 {
                for other in ALPHABET {
                    let mut typed = good.as_bytes().to_vec();
                    typed[at] = *other;
                    let text = String::from_utf8(typed).unwrap();
                    assert_eq!(Uscc::parse(&text).is_ok(), text == good, "{text}");
                }
            }
        }
    }

    #[test]
    fn each_fault_is_named() {
        for (text, error) in [
            ("", UsccError::Length),
            ("91350100M000100Y4", UsccError::Length),
            ("91350100M000100YO3", UsccError::Characters),
            ("91350100M000100Y4中", UsccError::Characters),
            ("9135A100M000100Y43", UsccError::Division),
            ("91350100M000100Y33", UsccError::OrganisationCheck),
            ("91350100M000100Y44", UsccError::Check),
        ] {
            assert_eq!(Uscc::parse(text), Err(error), "{text}");
            assert!(!error.zh().is_empty());
        }
    }

    #[test]
    fn an_individual_business_is_recognised() {
        let body = "92140105MA0000001";
        let organisation = &body.as_bytes()[8..16];
        let body = format!("{}{}", &body[..16], char::from(organisation_check(organisation).unwrap()));
        let sum: u32 = body.bytes().zip(WEIGHTS).map(|(byte, weight)| value(byte).unwrap() * weight).sum();
        let check = char::from(ALPHABET[((31 - sum % 31) % 31) as usize]);
        assert_eq!(Uscc::parse(&format!("{body}{check}")).unwrap().kind(), UsccKind::IndividualBusiness);
    }
}
