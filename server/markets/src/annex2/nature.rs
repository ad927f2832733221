//! The operating nature (运营性质): one of the form's three words, or what people write for them.

use kernel::sheet::{Words, text};
use serde::{Deserialize, Serialize};

use super::issue::{Field, Finding, FormIssueCode};

/// The operating nature (运营性质) of a market: exactly the three of annex 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Nature {
    /// 公共
    Public,
    /// 经营性
    Commercial,
    /// 自形成
    Spontaneous,
}

impl Nature {
    /// The form's own word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "公共",
            Self::Commercial => "经营性",
            Self::Spontaneous => "自形成",
        }
    }

    /// The word in English.
    pub fn english(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Commercial => "commercial",
            Self::Spontaneous => "spontaneously formed",
        }
    }
}

/// How a nature was read (性质判读).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NatureReading {
    /// One of the three.
    pub nature: Nature,
    /// Whether the cell says that the market serves the public interest (公益性); `None` when it
    /// says nothing about it, because 公共 alone does not.
    pub public_interest: Option<bool>,
    /// How the reading came about, in Chinese.
    pub how: &'static str,
    /// The same in English.
    pub how_en: &'static str,
}

/// Words that mean a nature, longest first within each.
const WORDS: [(Nature, &[&str]); 3] = [
    (Nature::Public, &["公共性", "公共", "公办", "公立", "公营", "政府", "官办", "国营", "人社", "公益性", "公益"]),
    (
        Nature::Commercial,
        &[
            "经营性",
            "经营",
            "商业性",
            "商业",
            "营利性",
            "营利",
            "盈利",
            "民营",
            "私营",
            "民办",
            "私人",
            "私企",
            "市场化",
            "企业",
        ],
    ),
    (
        Nature::Spontaneous,
        &["自发形成", "自然形成", "自行形成", "自我形成", "自形成", "自发性", "自发", "自然", "马路", "自由市场"],
    ),
];

/// Marks of a chosen and of an open box.
const TICKS: &[char] = &['☑', '✓', '✔', '√', '■', '●', '☒', '◉', '⊙', '▣'];
const BOXES: &[char] = &['□', '☐', '○', '◯', '▢', '〇'];

/// Reads a cell of the column 运营性质. The second value is what to tell about a loose reading.
pub fn read(cell: &str) -> Result<(NatureReading, Option<Finding>), Finding> {
    let text = text::squash(cell);
    if text.is_empty() {
        return Err(Finding::missing(Field::Nature, choices()));
    }
    let text = text.replace("民办非企业", "").replace("非经营", "").replace("非营利", "公益").replace("非盈利", "公益");
    let text = ticked(&text).unwrap_or(text);
    let denied = text.contains("非公益");
    let text = text.replace("非公益性", "").replace("非公益", "");
    let public_interest = if denied { Some(false) } else { text.contains("公益").then_some(true) };
    let mut natures: Vec<Nature> = WORDS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| text.contains(word) && !word.starts_with("公益")))
        .map(|(nature, _)| *nature)
        .collect();
    if natures.is_empty() && public_interest == Some(true) {
        natures.push(Nature::Public);
    }
    match natures[..] {
        [nature] => Ok(reading(nature, public_interest, &text, cell)),
        [] => Err(unknown(cell)),
        _ => Err(Finding::error(
            FormIssueCode::NatureAmbiguous,
            Words::new(
                format!("“{cell}”含有多种运营性质。"),
                format!("“{cell}” names more than one operating nature."),
            ),
            choices(),
        )),
    }
}

fn reading(nature: Nature, public_interest: Option<bool>, text: &str, cell: &str) -> (NatureReading, Option<Finding>) {
    let (how, how_en) = match (nature, public_interest) {
        (Nature::Public, Some(true)) if !text.contains("公共") => (
            "“公益”读作公共，并标记为公益性",
            "公益 (public interest) read as public and flagged as serving the public interest",
        ),
        (Nature::Public, Some(true)) => ("公共，并标记为公益性", "public, flagged as serving the public interest"),
        (Nature::Commercial, Some(true)) => {
            ("经营性，并标记为公益性", "commercial, flagged as serving the public interest")
        }
        (Nature::Spontaneous, Some(true)) => {
            ("自形成，并标记为公益性", "spontaneously formed, flagged as serving the public interest")
        }
        _ if text == nature.word() => ("与样表用语一致", "written as in the form"),
        (Nature::Public, _) => ("读作公共", "read as public"),
        (Nature::Commercial, _) => ("读作经营性", "read as commercial"),
        (Nature::Spontaneous, _) => ("读作自形成", "read as spontaneously formed"),
    };
    let reading = NatureReading { nature, public_interest, how, how_en };
    let note = (text != nature.word()).then(|| {
        Finding::note(
            FormIssueCode::NatureRead,
            Words::new(format!("“{cell}”：{how}。"), format!("“{cell}”: {how_en}.")),
        )
    });
    (reading, note)
}

fn choices() -> Words {
    Words::new(
        "请只填写“公共”“经营性”“自形成”中的一种。",
        "Write exactly one of 公共 (public), 经营性 (commercial), 自形成 (spontaneously formed).",
    )
}

fn unknown(cell: &str) -> Finding {
    let hint = if cell.contains("志愿") {
        Words::new(
            "志愿服务是运营主体，不是运营性质：由公共机构组织的请填“公共”，自发聚集的请填“自形成”。",
            "Volunteers say who runs the market, not its nature: write 公共 if a public agency organises it, 自形成 if it formed by itself.",
        )
    } else {
        choices()
    };
    Finding::error(
        FormIssueCode::NatureUnknown,
        Words::new(
            format!("无法从“{cell}”判断运营性质。"),
            format!("“{cell}” is none of the three operating natures."),
        ),
        hint,
    )
}

/// The words beside a tick when the cell keeps all three choices (`☑公共□经营性□自形成`, `公共√ 经营性`).
fn ticked(text: &str) -> Option<String> {
    let is_mark = |c: char| TICKS.contains(&c) || BOXES.contains(&c);
    if !text.contains(TICKS) {
        return None;
    }
    let before = text.starts_with(is_mark);
    let mut chosen = String::new();
    let mut word = String::new();
    let mut mark = None;
    for c in text.chars().chain(std::iter::once('□')) {
        if !is_mark(c) {
            word.push(c);
            continue;
        }
        // A mark before the words closes the word of the mark before it; one after closes its own.
        let decides = if before { mark } else { Some(c) };
        if decides.is_some_and(|mark| TICKS.contains(&mark)) {
            chosen.push_str(if before { &word } else { last_choice(&word) });
        }
        word.clear();
        mark = Some(c);
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// Of `公共经营性√` the tick means the last choice.
fn last_choice(words: &str) -> &str {
    let starts = WORDS.iter().flat_map(|(_, words)| words.iter());
    let last = starts.filter_map(|word| words.rfind(word).map(|at| (at + word.len(), at))).max();
    let Some((end, _)) = last else { return words };
    let longest = WORDS.iter().flat_map(|(_, list)| list.iter()).filter(|word| words[..end].ends_with(**word));
    longest.map(|word| word.len()).max().map_or(words, |length| &words[end - length..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nature(cell: &str) -> Option<(Nature, Option<bool>)> {
        read(cell).ok().map(|(reading, _)| (reading.nature, reading.public_interest))
    }

    #[test]
    fn the_forms_own_words_are_read_without_a_note() {
        for (word, expected) in
            [("公共", Nature::Public), ("经营性", Nature::Commercial), ("自形成", Nature::Spontaneous)]
        {
            let (reading, note) = read(word).unwrap();
            assert_eq!((reading.nature, reading.public_interest, note), (expected, None, None));
        }
    }

    #[test]
    fn what_people_write_instead_is_read_and_shown() {
        for (word, expected) in [
            ("公共性", Nature::Public),
            ("政府主办", Nature::Public),
            ("经营", Nature::Commercial),
            ("民营企业", Nature::Commercial),
            ("自发", Nature::Spontaneous),
            ("自发形成", Nature::Spontaneous),
            ("自 发 性", Nature::Spontaneous),
            ("马路零工市场", Nature::Spontaneous),
            ("私人", Nature::Commercial),
        ] {
            let (reading, note) = read(word).unwrap();
            assert_eq!(reading.nature, expected, "{word}");
            assert_eq!(note.unwrap().code, FormIssueCode::NatureRead, "{word}");
        }
    }

    #[test]
    fn public_interest_is_read_as_public_and_said_so() {
        let (reading, note) = read("公益").unwrap();
        assert_eq!((reading.nature, reading.public_interest), (Nature::Public, Some(true)));
        assert!(note.unwrap().message.zh.contains("读作公共"));
        assert_eq!(nature("公共（公益性）"), Some((Nature::Public, Some(true))));
        assert_eq!(nature("经营性（公益）"), Some((Nature::Commercial, Some(true))));
        assert_eq!(nature("经营性（非公益）"), Some((Nature::Commercial, Some(false))));
    }

    #[test]
    fn a_tick_chooses_among_the_printed_words() {
        assert_eq!(nature("☑公共 □经营性 □自形成"), Some((Nature::Public, None)));
        assert_eq!(nature("□公共 □经营性 ☑自形成"), Some((Nature::Spontaneous, None)));
        assert_eq!(nature("公共/经营性√/自形成"), Some((Nature::Commercial, None)));
        assert_eq!(nature("公共□ 经营性□ 自形成■"), Some((Nature::Spontaneous, None)));
    }

    #[test]
    fn several_natures_none_or_volunteers_are_errors() {
        assert_eq!(read("公共/经营性/自形成").unwrap_err().code, FormIssueCode::NatureAmbiguous);
        assert_eq!(read("民办非企业").unwrap_err().code, FormIssueCode::NatureUnknown);
        assert_eq!(read("其他").unwrap_err().code, FormIssueCode::NatureUnknown);
        assert!(read("志愿者").unwrap_err().hint.en.contains("Volunteers"));
        assert_eq!(read("　").unwrap_err().code, FormIssueCode::Missing);
    }
}
