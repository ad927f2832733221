//! The numbers in a text about people (人数文字): digits, Chinese numerals, units, and the words around them.

/// What the words around the numbers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// The first two numbers have a dash between them.
    Range,
    /// 约, 左右 and the like.
    About,
    /// A fraction of a person was rounded.
    Rounded,
    /// Words such as 以上, whose other end is not known.
    Open,
    /// Different numbers in different seasons.
    Season,
}

/// What stands in a text about people.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The numbers from left to right.
    pub(super) values: Vec<u32>,
    marks: Vec<Mark>,
}

/// Words that change nothing.
const NOISE: &[&str] = &[
    "人次",
    "人数",
    "人",
    "名",
    "个",
    "位",
    "日均",
    "平均",
    "每天",
    "每日",
    "一天",
    "天",
    "日",
    "每",
    "共",
    "求职者",
    "求职",
    "成功",
    "/",
    "(",
    ")",
    ":",
];
const ABOUT: &[&str] = &["左右", "大约", "大概", "约", "近", "上下", "余", "多", "来", "几乎", "接近", "不等", "≈"];
const OPEN: &[&str] = &[
    "以上",
    "以下",
    "以内",
    "不少于",
    "不低于",
    "不超过",
    "超过",
    "超",
    "最多",
    "最少",
    "至少",
    "不足",
    "≥",
    "≤",
    ">",
    "<",
    "+",
];
const SEASONS: &[&str] = &[
    "旺季",
    "淡季",
    "夏季",
    "冬季",
    "春季",
    "秋季",
    "农忙",
    "农闲",
    "平时",
    "高峰期",
    "高峰",
    "最高",
    "最低",
    "节后",
    "周末",
];
const DASHES: &[char] = &['-', '~', '—', '–', '―', '−', '～', '〜', '至', '到'];

impl Numbers {
    /// Reads the text from left to right; a word it does not know makes it fail.
    pub(super) fn scan(text: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Blanks separate: `300 200` is two numbers, and that is not understood.
            if c.is_whitespace() {
                rest = rest.trim_start();
            } else if let Some((value, rounded, length)) = number(rest) {
                found.values.push(value);
                if rounded {
                    found.marks.push(Mark::Rounded);
                }
                rest = &rest[length..];
            } else if DASHES.contains(&c) {
                rest = rest.trim_start_matches(DASHES);
                // `-5` is no number of people, and `200-` is no range.
                if found.values.is_empty() || rest.is_empty() {
                    return None;
                }
                if found.values.len() == 1 {
                    found.marks.push(Mark::Range);
                }
            } else if let Some(after) = strip_any(rest, SEASONS) {
                found.marks.push(Mark::Season);
                rest = after;
            } else if let Some(after) = strip_any(rest, OPEN) {
                found.marks.push(Mark::Open);
                rest = after;
            } else if let Some(after) = strip_any(rest, ABOUT) {
                found.marks.push(Mark::About);
                rest = after;
            } else if let Some(after) = strip_any(rest, NOISE) {
                rest = after;
            } else if matches!(c, ',' | ';' | '、' | '.') && found.has(Mark::Season) {
                rest = &rest[c.len_utf8()..];
            } else {
                return None;
            }
        }
        found.share_unit(text);
        (!found.values.is_empty()).then_some(found)
    }

    /// Whether the words around the numbers say so.
    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// In `1-2万` the unit holds for both ends.
    fn share_unit(&mut self, text: &str) {
        let tail = text.rsplit(DASHES).next().unwrap_or_default();
        let unit = if tail.contains('万') {
            10_000
        } else if tail.contains('千') {
            1_000
        } else {
            1
        };
        let is_range = self.has(Mark::Range);
        if let [low, high] = &mut self.values[..]
            && is_range
            && unit > 1
            && *low < 100
            && *low <= *high / unit
        {
            *low = low.saturating_mul(unit);
        }
    }
}

fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// The number a text starts with: its value, whether it was rounded, and its length in bytes.
fn number(text: &str) -> Option<(u32, bool, usize)> {
    let length = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let digits = text[..length].trim_end_matches(['.', ',']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return chinese(text);
    }
    // A comma is a thousands sign only before exactly three digits.
    let grouped = digits.split(',').skip(1).all(|part| part.split('.').next().is_some_and(|whole| whole.len() == 3));
    let digits = if grouped { digits } else { digits.split(',').next().unwrap_or(digits) };
    let mut length = digits.len();
    let mut value: f64 = digits.replace(',', "").parse().ok()?;
    for (unit, factor) in [('万', 10_000.0), ('千', 1_000.0), ('百', 100.0)] {
        if text[length..].starts_with(unit) {
            value *= factor;
            length += unit.len_utf8();
            break;
        }
    }
    let (people, rounded) = whole(value)?;
    Some((people, rounded, length))
}

/// A whole number of people; the half goes up, as a clerk would.
fn whole(value: f64) -> Option<(u32, bool)> {
    if !(0.0..=4_000_000_000.0).contains(&value) {
        return None;
    }
    let rounded = value.round();
    // `{:.0}` of a rounded value in range is an integer; going through text needs no lossy cast.
    let people = format!("{rounded:.0}").parse().ok()?;
    Some((people, (rounded - value).abs() > 1e-9))
}

/// A number in Chinese numerals: 三百, 一千二百, 两万, 三十五.
fn chinese(text: &str) -> Option<(u32, bool, usize)> {
    let (mut total, mut section, mut digit, mut length, mut seen) = (0_u32, 0_u32, 0_u32, 0, false);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => 0,
        };
        if let Some(value) = chinese_digit(c) {
            // `二三百` is two or three hundred: no one number.
            if digit > 0 {
                return None;
            }
            digit = value;
        } else if unit == 10_000 && seen {
            total = section.saturating_add(digit).saturating_mul(unit);
            (section, digit) = (0, 0);
        } else if unit == 10 || (unit > 0 && digit > 0 && unit < 10_000) {
            section = section.saturating_add(digit.max(1).saturating_mul(unit));
            digit = 0;
        } else {
            break;
        }
        seen = true;
        length += c.len_utf8();
    }
    seen.then(|| (total.saturating_add(section).saturating_add(digit), false, length))
}

/// The value of one Chinese numeral.
pub(in super::super) fn chinese_digit(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().position(|digit| digit == c).and_then(|at| u32::try_from(at).ok()).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}
