//! Numbers of people (人数): 300, 约300, 200-300, 1.2万, 旺季300淡季100.

mod numbers;

use kernel::sheet::{Cell, Words, text};
use serde::{Deserialize, Serialize};

use self::numbers::{Mark, Numbers};
use super::issue::{Field, Finding, FormIssueCode};

pub(super) use self::numbers::chinese_digit;

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
    if matches!(
        text::squash(&shown).as_str(),
        "" | "-" | "—" | "--" | "——" | "/" | "\\" | "无" | "暂无" | "不详" | "未统计" | "暂无统计" | "无法统计"
    ) {
        return Ok((None, Some(missing(field))));
    }
    if text.contains('月') && text.ends_with('日') {
        return Err(became_date(&shown));
    }
    let numbers = Numbers::scan(&text).ok_or_else(|| not_understood(&shown))?;
    let (low, high) = match numbers.values[..] {
        [one] => (one, one),
        [low, high] if numbers.has(Mark::Range) && low > high => return Err(reversed(&shown)),
        [low, high] if numbers.has(Mark::Range) => (low, high),
        [first, ..] if numbers.has(Mark::Season) => {
            let all = &numbers.values;
            (all.iter().copied().min().unwrap_or(first), all.iter().copied().max().unwrap_or(first))
        }
        _ => return Err(not_understood(&shown)),
    };
    if high > MAX_PEOPLE {
        return Err(too_large(&shown));
    }
    let loose = [Mark::Rounded, Mark::Open, Mark::Season].into_iter().any(|mark| numbers.has(mark));
    let approximate = loose || numbers.has(Mark::About);
    let figure = Figure { low, high, approximate, text: shown.clone() };
    let note = loose.then(|| {
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

fn examples() -> Words {
    Words::new(
        "请填写人数，例如：300、约300、200-300。",
        "Write a number of people, for example 300, 约300 or 200-300.",
    )
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
        for text in ["300", "３００", "300人", "300人/天", "日均300人次", "每天 300 名", "三百", "3百人"]
        {
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
        for text in ["200-300", "200～300人", "200—300", "200至300人", "200人到300人", "２００－３００"]
        {
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
        assert_eq!(code("二三百"), FormIssueCode::FigureNotUnderstood);
        assert_eq!(code("近千人"), FormIssueCode::FigureNotUnderstood);
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
