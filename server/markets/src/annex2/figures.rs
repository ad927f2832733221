//! Numbers of people (人数): 300, 约300, 200-300, 1.2万, 旺季300淡季100.

use kernel::sheet::{Cell, Words, text};
use serde::{Deserialize, Serialize};

use super::issue::{Field, Finding, FormIssueCode};

/// More people than any market gathers; the largest known street market has about 50,000.
const MAX_PEOPLE: u32 = 500_000;

/// A number of people as filled in (填报人数): exact when `low == high` and not `approximate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The lower end.
    pub low: u32,
    /// The upper end.
    pub high: u32,
    /// Whether the text says "about", "more than" and the like.
    pub approximate: bool,
    /// The text as it stood in the cell.
    pub text: String,
}

impl Figure {
    /// An exact number.
    pub fn exact(people: u32) -> Self {
        Self { low: people, high: people, approximate: false, text: people.to_string() }
    }

    /// The figure as the form shows it: `300`, `约300`, `200—300`.
    pub fn render(&self) -> String {
        let about = if self.approximate { "约" } else { "" };
        if self.low == self.high {
            format!("{about}{}", self.low)
        } else {
            format!("{about}{}—{}", self.low, self.high)
        }
    }
}

/// Reads a cell with a number of people; `None` when it is empty or says that nothing is known.
pub fn read(field: Field, cell: &Cell) -> Result<(Option<Figure>, Option<Finding>), Finding> {
    if let Cell::Date(date) = cell {
        return Err(became_date(&date.text()));
    }
    let shown = cell.text();
    let text = text::fold(&shown);
    if matches!(text::squash(&shown).as_str(), "" | "-" | "—" | "--" | "——" | "/" | "\\" | "无" | "暂无" | "不详" | "未统计" | "暂无统计" | "无法统计") {
        return Ok((None, Some(missing(field))));
    }
    if text.contains('月') && text.ends_with('日') {
        return Err(became_date(&shown));
    }
    let mut numbers = Numbers::scan(&text).ok_or_else(|| not_understood(&shown))?;
    let (low, high) = match numbers.values[..] {
        [one] => (one, one),
        [low, high] if numbers.is_range && low > high => return Err(reversed(&shown)),
        [low, high] if numbers.is_range => (low, high),
        [..] if numbers.by_season => {
            numbers.approximate = true;
            let least = numbers.values.iter().copied().min().unwrap_or(0);
            (least, numbers.values.iter().copied().max().unwrap_or(0))
        }
        _ => return Err(not_understood(&shown)),
    };
    if high > MAX_PEOPLE {
        return Err(too_large(&shown));
    }
    let figure = Figure { low, high, approximate: numbers.approximate, text: shown.clone() };
    let note = (numbers.rounded || numbers.by_season || numbers.open_ended).then(|| {
        Finding::note(
            FormIssueCode::FigureRead,
            Words::new(
                format!("“{shown}”读作{}人。", figure.render()),
                format!("“{shown}” was read as {} people.", figure.render()),
            ),
        )
    });
    Ok((Some(figure), note))
}

/// What stands in a text about people.
#[derive(Default)]
struct Numbers {
    values: Vec<u32>,
    /// The first two numbers have a dash between them.
    is_range: bool,
    approximate: bool,
    /// A fraction of a person was rounded.
    rounded: bool,
    /// Words such as 以上, whose other end is not known.
    open_ended: bool,
    by_season: bool,
}

/// Words that change nothing.
const NOISE: &[&str] = &[
    "人次", "人数", "人", "名", "个", "位", "日均", "平均", "每天", "每日", "一天", "天", "日", "每", "共", "求职者", "求职", "成功", "/", "(", ")", ":",
];
const ABOUT: &[&str] = &["左右", "大约", "大概", "约", "近", "上下", "余", "多", "来", "几乎", "接近", "不等", "≈"];
const OPEN: &[&str] = &["以上", "以下", "以内", "不少于", "不低于", "不超过", "超过", "超", "最多", "最少", "至少", "不足", "≥", "≤", ">", "<", "+"];
const SEASONS: &[&str] = &["旺季", "淡季", "夏季", "冬季", "春季", "秋季", "农忙", "农闲", "平时", "高峰期", "高峰", "最高", "最低", "节后", "周末"];
const DASHES: &[char] = &['-', '~', '—', '–', '―', '−', '～', '〜', '至', '到'];

impl Numbers {
    /// Reads the text from left to right; a word it does not know makes it fail.
    fn scan(text: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Blanks separate: `300 200` is two numbers, and that is not understood.
            if c.is_whitespace() {
                rest = rest.trim_start();
            } else if let Some((value, rounded, length)) = number(rest) {
                found.values.push(value);
                found.rounded |= rounded;
                found.approximate |= rounded;
                rest = &rest[length..];
            } else if DASHES.contains(&c) {
                found.is_range |= found.values.len() == 1;
                // `-5` is no number of people, and `200-` is no range.
                if found.values.is_empty() {
                    return None;
                }
                rest = rest.trim_start_matches(DASHES);
                if rest.is_empty() {
                    return None;
                }
            } else if let Some(after) = strip_any(rest, SEASONS) {
                found.by_season = true;
                rest = after;
            } else if let Some(after) = strip_any(rest, OPEN) {
                found.open_ended = true;
                found.approximate = true;
                rest = after;
            } else if let Some(after) = strip_any(rest, ABOUT) {
                found.approximate = true;
                rest = after;
            } else if let Some(after) = strip_any(rest, NOISE) {
                rest = after;
            } else if matches!(c, ',' | ';' | '、' | '.') && found.by_season {
                rest = &rest[c.len_utf8()..];
            } else {
                return None;
            }
        }
        found.share_unit(text);
        (!found.values.is_empty()).then_some(found)
    }

    /// In `1-2万` the unit holds for both ends.
    fn share_unit(&mut self, text: &str) {
        let tail = text.rsplit(DASHES).next().unwrap_or_default();
        let unit = if tail.contains('万') { 10_000 } else if tail.contains('千') { 1_000 } else { 1 };
        if let [low, high] = &mut self.values[..]
            && self.is_range
            && unit > 1
            && *low < 100
            && *low < *high / unit.max(1) + 1
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
pub(super) fn chinese_digit(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().position(|digit| digit == c).and_then(|at| u32::try_from(at).ok()).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

fn examples() -> Words {
    Words::new("请填写人数，例如：300、约300、200-300。", "Write a number of people, for example 300, 约300 or 200-300.")
}

fn missing(field: Field) -> Finding {
    let title = field.title();
    Finding::note(
        FormIssueCode::FigureMissing,
        Words::new(
            format!("“{}”没有数据，将由监测样本计算或以后补填。", title.zh),
            format!("The {} has no figure; it will be computed from samples or filled in later.", title.en),
        ),
    )
}

fn became_date(shown: &str) -> Finding {
    Finding::error(
        FormIssueCode::BecameDate,
        Words::new(
            format!("单元格是日期（{shown}），可能是填写“10-20”一类的范围时被 Excel 自动转换。"),
            format!("The cell holds a date ({shown}); Excel makes one out of a range such as 10-20."),
        ),
        Words::new(
            "请把单元格格式改为“文本”后重新填写，例如“10—20”。",
            "Format the cell as text and type it again, for example 10—20.",
        ),
    )
}

fn not_understood(shown: &str) -> Finding {
    Finding::error(
        FormIssueCode::FigureNotUnderstood,
        Words::new(format!("“{shown}”不是可以识别的人数。"), format!("“{shown}” is not a number of people.")),
        examples(),
    )
}

fn reversed(shown: &str) -> Finding {
    Finding::error(
        FormIssueCode::FigureReversed,
        Words::new(format!("“{shown}”的上限小于下限。"), format!("“{shown}”: the upper end is below the lower one.")),
        examples(),
    )
}

fn too_large(shown: &str) -> Finding {
    Finding::error(
        FormIssueCode::FigureTooLarge,
        Words::new(
            format!("“{shown}”超过 {MAX_PEOPLE} 人，不可能是一个市场的人数。"),
            format!("“{shown}” is over {MAX_PEOPLE} people, more than one market can have."),
        ),
        examples(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Option<(u32, u32, bool)> {
        let read = read(Field::SeekerScale, &Cell::Text(text.into()));
        read.ok().and_then(|(figure, _)| figure).map(|figure| (figure.low, figure.high, figure.approximate))
    }

    #[test]
    fn exact_numbers_are_read_in_every_spelling() {
        for text in ["300", "３００", "300人", "300人/天", "日均300人次", "每天 300 名", "三百", "3百人"] {
            assert_eq!(figure(text), Some((300, 300, false)), "{text}");
        }
        assert_eq!(figure("3,000"), Some((3_000, 3_000, false)));
        assert_eq!(figure("1.2万"), Some((12_000, 12_000, false)));
        assert_eq!(figure("一千二百"), Some((1_200, 1_200, false)));
        assert_eq!(figure("两万人"), Some((20_000, 20_000, false)));
        assert_eq!(figure("0"), Some((0, 0, false)));
    }

    #[test]
    fn loose_numbers_are_marked_as_approximate() {
        for text in ["约300", "300人左右", "大约300人", "近300", "300余人", "300多人", "300人以上"] {
            assert_eq!(figure(text), Some((300, 300, true)), "{text}");
        }
        assert_eq!(figure("12.5"), Some((13, 13, true)));
    }

    #[test]
    fn a_range_keeps_both_ends() {
        for text in ["200-300", "200～300人", "200—300", "200至300人", "200人到300人", "２００－３００"] {
            assert_eq!(figure(text), Some((200, 300, false)), "{text}");
        }
        assert_eq!(figure("约200-300人"), Some((200, 300, true)));
        assert_eq!(figure("1-2万"), Some((10_000, 20_000, false)));
        assert_eq!(figure("旺季300人，淡季100人"), Some((100, 300, true)));
    }

    #[test]
    fn what_is_no_number_of_people_is_an_error_with_its_kind() {
        let code = |text: &str| read(Field::SeekerScale, &Cell::Text(text.into())).unwrap_err().code;
        assert_eq!(code("很多"), FormIssueCode::FigureNotUnderstood);
        assert_eq!(code("-5"), FormIssueCode::FigureNotUnderstood);
        assert_eq!(code("200-"), FormIssueCode::FigureNotUnderstood);
        assert_eq!(code("300-200"), FormIssueCode::FigureReversed);
        assert_eq!(code("20220920"), FormIssueCode::FigureTooLarge);
        assert_eq!(code("10月20日"), FormIssueCode::BecameDate);
        assert_eq!(code("300 200"), FormIssueCode::FigureNotUnderstood);
    }

    #[test]
    fn an_empty_figure_is_a_note_because_it_can_be_computed() {
        let (figure, note) = read(Field::DailySuccesses, &Cell::Text("—".into())).unwrap();
        assert_eq!((figure, note.unwrap().code), (None, FormIssueCode::FigureMissing));
    }
}
