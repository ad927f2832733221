//! Telephone numbers of mainland China (电话号码): mobile, fixed, 400/800 and the public short numbers.
//!
//! Stored as E.164 (`+8613800001234`) so that one line has one form; shown as people write it.

use std::fmt;

use super::half_width;

/// Public short numbers (公共短号码) that a market may print: emergencies, 12345 government hotline, 12333 labour
/// and social security, 12348 legal aid, 12351 trade unions, 12315 consumers.
const SHORT: [&str; 9] = ["110", "119", "120", "122", "12315", "12333", "12345", "12348", "12351"];

/// What kind of line a number is (号码类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PhoneKind {
    /// Mobile (手机).
    Mobile,
    /// Fixed line with area code (固定电话).
    Fixed,
    /// 400 or 800 service number (400/800 电话).
    Service,
    /// Public short number (短号码).
    Short,
}

/// A telephone number (电话号码). Personal data when it is a person's: it has no `Display`, and `Debug` shows it
/// masked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    kind: PhoneKind,
    /// With the leading 0 of the area code, without country code.
    national: String,
    /// Length of the area code, 0 where there is none.
    area: usize,
    extension: Option<String>,
}

/// Why a text is not a telephone number (电话号码错误).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was entered.
    #[error("enter a telephone number")]
    Empty,
    /// Letters or signs that no number has.
    #[error("a telephone number has digits, blanks, hyphens and brackets only")]
    Characters,
    /// A country code other than 86.
    #[error("only numbers of mainland China (+86) are taken")]
    Foreign,
    /// A fixed line without its area code.
    #[error("add the area code, for example 0351-5278313")]
    AreaCode,
    /// A mobile number with a digit too few or too many.
    #[error("a mobile number has 11 digits")]
    MobileLength,
    /// None of the known shapes.
    #[error("this is no mobile, fixed, 400/800 or public short number")]
    Unknown,
}

impl PhoneError {
    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Empty => "请填写电话号码",
            Self::Characters => "电话号码只能包含数字、空格、短横线和括号",
            Self::Foreign => "仅支持中国大陆（+86）号码",
            Self::AreaCode => "请加上区号，例如 0351-5278313",
            Self::MobileLength => "手机号码应为 11 位",
            Self::Unknown => "不是有效的手机、固定电话、400/800 或公共短号码",
        }
    }
}

impl Phone {
    /// Reads a number as people write it: `138 0000 1234`, `(010) 84202533`, `0351-5278313转801`,
    /// `+86 351 5278313`, `12345`.
    ///
    /// # Errors
    /// [`PhoneError`] says what to do; it never repeats the number.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = half_width(text);
        // 转 as people write it, a comma as it is dialled and stored.
        let (main, extension) = match text.split_once(['转', ',']) {
            Some((main, extension)) => (main, Some(extension.trim())),
            None => (text.as_str(), None),
        };
        if extension.is_some_and(|e| !(1..=6).contains(&e.len()) || !e.bytes().all(|b| b.is_ascii_digit())) {
            return Err(PhoneError::Characters);
        }
        let (plus, digits) = digits(main)?;
        let (country, national) = match (plus, digits.strip_prefix("86"), digits.strip_prefix("0086")) {
            (true, Some(rest), _) | (false, _, Some(rest)) => (true, rest.to_owned()),
            (true, None, _) => return Err(PhoneError::Foreign),
            (false, Some(rest), None) if is_mobile(rest) => (true, rest.to_owned()),
            _ => (false, digits),
        };
        let (kind, national, area) = classify(country, national)?;
        let extension = extension.filter(|_| kind == PhoneKind::Fixed || kind == PhoneKind::Service).map(str::to_owned);
        Ok(Self { kind, national, area, extension })
    }

    /// What kind of line it is.
    pub const fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The form to store and to compare: E.164, or the short number itself, which has no E.164. Without the
    /// extension.
    pub fn e164(&self) -> String {
        match self.kind {
            PhoneKind::Short => self.national.clone(),
            _ => format!("+86{}", self.national.strip_prefix('0').unwrap_or(&self.national)),
        }
    }

    /// The form to dial and to store with its extension: `+863515278313,801`, where a comma is a pause.
    pub fn dial(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{},{extension}", self.e164()),
            None => self.e164(),
        }
    }

    /// The extension (分机) behind a switchboard.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The form to show to those who may see it: `138 0000 1234`, `0351-5278313转801`, `400-123-4567`.
    pub fn display(&self) -> String {
        let cut = |at: usize| self.national.split_at_checked(at).unwrap_or((&self.national, ""));
        let mut shown = match self.kind {
            PhoneKind::Short => self.national.clone(),
            PhoneKind::Mobile => {
                let ((head, _), (middle, tail)) = (cut(3), cut(7));
                format!("{head} {} {tail}", middle.get(3..).unwrap_or_default())
            }
            PhoneKind::Service => {
                let ((head, _), (middle, tail)) = (cut(3), cut(6));
                format!("{head}-{}-{tail}", middle.get(3..).unwrap_or_default())
            }
            PhoneKind::Fixed => {
                let (area, line) = cut(self.area);
                format!("{area}-{line}")
            }
        };
        if let Some(extension) = &self.extension {
            shown.push('转');
            shown.push_str(extension);
        }
        shown
    }

    /// The form to show to everybody else: `138****1234`, `0351-****313`. Service and short numbers are public
    /// and shown whole.
    pub fn masked(&self) -> String {
        let last = |n: usize| self.national.get(self.national.len() - n..).unwrap_or_default();
        match self.kind {
            PhoneKind::Mobile => format!("{}****{}", self.national.get(..3).unwrap_or_default(), last(4)),
            PhoneKind::Fixed => format!("{}-****{}", self.national.get(..self.area).unwrap_or_default(), last(3)),
            PhoneKind::Service | PhoneKind::Short => self.display(),
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

/// The digits, and whether a plus stands before them.
fn digits(text: &str) -> Result<(bool, String), PhoneError> {
    let text = text.trim();
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut out = String::with_capacity(rest.len());
    for c in rest.chars() {
        match c {
            '0'..='9' => out.push(c),
            ' ' | '-' | '(' | ')' | '—' | '–' => {}
            _ => return Err(PhoneError::Characters),
        }
    }
    if out.is_empty() { Err(PhoneError::Empty) } else { Ok((plus, out)) }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Kind, number with leading 0, and length of the area code.
fn classify(country: bool, digits: String) -> Result<(PhoneKind, String, usize), PhoneError> {
    if is_mobile(&digits) {
        return Ok((PhoneKind::Mobile, digits, 0));
    }
    if !country && SHORT.contains(&digits.as_str()) {
        return Ok((PhoneKind::Short, digits, 0));
    }
    if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
        return Ok((PhoneKind::Service, digits, 0));
    }
    if matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && (9..=13).contains(&digits.len()) && !country {
        return Err(PhoneError::MobileLength);
    }
    if !country && (7..=8).contains(&digits.len()) && matches!(digits.as_bytes(), [b'2'..=b'9', ..]) {
        return Err(PhoneError::AreaCode);
    }
    let national = if country && !digits.starts_with('0') { format!("0{digits}") } else { digits };
    // 010 and 02x have three digits, all other area codes four.
    let area = match national.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'9', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return Err(PhoneError::Unknown),
    };
    match national.as_bytes().split_at_checked(area) {
        Some((_, line @ [b'2'..=b'9', ..])) if (7..=8).contains(&line.len()) => Ok((PhoneKind::Fixed, national, area)),
        _ => Err(PhoneError::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> (PhoneKind, String, String, String) {
        let phone = Phone::parse(text).unwrap();
        (phone.kind(), phone.e164(), phone.display(), phone.masked())
    }

    fn expect(text: &str, kind: PhoneKind, e164: &str, display: &str, masked: &str) {
        assert_eq!(forms(text), (kind, e164.to_owned(), display.to_owned(), masked.to_owned()), "{text}");
    }

    #[test]
    fn a_mobile_number_has_one_stored_form_however_it_is_written() {
        for text in [
            "13800001234",
            "138 0000 1234",
            "138-0000-1234",
            "+8613800001234",
            "+86 138 0000 1234",
            "008613800001234",
            "8613800001234",
            "１３８００００１２３４",
        ] {
            expect(text, PhoneKind::Mobile, "+8613800001234", "138 0000 1234", "138****1234");
        }
    }

    #[test]
    fn the_two_fixed_lines_of_the_notices_are_read() {
        expect("0351-5278313", PhoneKind::Fixed, "+863515278313", "0351-5278313", "0351-****313");
        expect("(010) 84202533", PhoneKind::Fixed, "+861084202533", "010-84202533", "010-****533");
        expect("（0351）5278313", PhoneKind::Fixed, "+863515278313", "0351-5278313", "0351-****313");
    }

    #[test]
    fn a_stored_number_reads_back_as_itself() {
        for text in ["13800001234", "0351-5278313", "010 84202533", "400-123-4567", "12345", "0359-88882222"] {
            let phone = Phone::parse(text).unwrap();
            assert_eq!(Phone::parse(&phone.e164()).unwrap(), phone);
            assert_eq!(Phone::parse(&phone.display()).unwrap(), phone);
        }
    }

    #[test]
    fn an_extension_is_kept_apart() {
        let phone = Phone::parse("0351-5278313转801").unwrap();
        assert_eq!((phone.e164().as_str(), phone.extension()), ("+863515278313", Some("801")));
        assert_eq!(phone.display(), "0351-5278313转801");
        assert_eq!(phone.dial(), "+863515278313,801");
        assert_eq!(Phone::parse(&phone.dial()).unwrap(), phone, "as it is stored, it is saved again");
        assert_eq!(Phone::parse("0351-5278313转"), Err(PhoneError::Characters));
        assert_eq!(Phone::parse("0351-5278313转一"), Err(PhoneError::Characters));
    }

    #[test]
    fn public_numbers_are_shown_whole() {
        for short in ["12333", "12345", "12348", "110", "120"] {
            expect(short, PhoneKind::Short, short, short, short);
        }
        expect("4001234567", PhoneKind::Service, "+864001234567", "400-123-4567", "400-123-4567");
        expect("800 820 8820", PhoneKind::Service, "+868008208820", "800-820-8820", "800-820-8820");
    }

    #[test]
    fn each_fault_says_what_to_do() {
        for (text, error) in [
            ("", PhoneError::Empty),
            (" - ", PhoneError::Empty),
            ("call me", PhoneError::Characters),
            ("+1 202 555 0100", PhoneError::Foreign),
            ("5278313", PhoneError::AreaCode),
            ("1380000123", PhoneError::MobileLength),
            ("138000012345", PhoneError::MobileLength),
            ("12800001234", PhoneError::Unknown),
            ("0351-527831", PhoneError::Unknown),
            ("0351-127831300", PhoneError::Unknown),
            ("0151-5278313", PhoneError::Unknown),
            ("99999", PhoneError::Unknown),
        ] {
            assert_eq!(Phone::parse(text), Err(error), "{text}");
            assert!(!error.zh().is_empty());
        }
    }

    #[test]
    fn a_log_line_never_shows_the_number() {
        assert_eq!(format!("{:?}", Phone::parse("13800001234").unwrap()), "Phone(138****1234)");
    }
}
