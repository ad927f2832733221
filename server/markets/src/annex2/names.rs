//! The name rule (名称规则): 无正规名称的以约定俗成或所在地址名称代称.

use kernel::sheet::{Words, text};
use serde::{Deserialize, Serialize};

use super::issue::{Field, Finding, FormIssueCode};
use super::nature::Nature;

/// What a market's name rests on (名称依据).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AliasBasis {
    /// 正规名称: an official name.
    Official,
    /// 约定俗成: what people call it.
    Customary,
    /// 所在地址名称: the name of the place.
    Address,
}

/// A name as read (名称判读).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReading {
    /// The name without the marker.
    pub name: String,
    /// What it rests on.
    pub basis: AliasBasis,
    /// What to tell about it.
    pub note: Option<Finding>,
}

/// Characters a name may have.
const MAX_NAME: usize = 100;

/// What a marker in brackets says about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    Is(AliasBasis),
    /// An alias; of which kind, the name itself shows.
    Alias,
}

/// What says in brackets that a name is one of the kinds.
const MARKERS: [(&str, Marker); 11] = [
    ("正规名称", Marker::Is(AliasBasis::Official)),
    ("正式名称", Marker::Is(AliasBasis::Official)),
    ("约定俗成代称", Marker::Is(AliasBasis::Customary)),
    ("约定俗成", Marker::Is(AliasBasis::Customary)),
    ("俗称", Marker::Is(AliasBasis::Customary)),
    ("习惯称呼", Marker::Is(AliasBasis::Customary)),
    ("地址代称", Marker::Is(AliasBasis::Address)),
    ("所在地址代称", Marker::Is(AliasBasis::Address)),
    ("地名代称", Marker::Is(AliasBasis::Address)),
    ("代称", Marker::Alias),
    ("无正规名称", Marker::Alias),
];

/// Cells that say there is no name.
const NO_NAME: &[&str] = &["", "无", "无名称", "无正规名称", "暂无", "暂无名称", "没有名称", "-", "—", "--", "——", "/"];

/// Institutions have an official name.
const INSTITUTION: &[&str] = &[
    "市场",
    "驿站",
    "中心",
    "服务站",
    "之家",
    "大厅",
    "公司",
    "服务所",
    "服务部",
    "超市",
    "基地",
    "集市",
    "工作站",
    "服务点",
    "园",
    "港湾",
];

/// What only the name of a place has.
const PLACE_WORDS: &[&str] = &[
    "附近",
    "路口",
    "交叉口",
    "十字",
    "桥头",
    "桥下",
    "对面",
    "旁边",
    "门口",
    "一带",
    "周边",
    "沿线",
    "街角",
    "东侧",
    "西侧",
    "南侧",
    "北侧",
    "桥东",
    "桥西",
    "出口",
    "交汇处",
];
const PLACE_ENDS: &[&str] = &[
    "路",
    "街",
    "巷",
    "桥",
    "村",
    "号",
    "道",
    "口",
    "旁",
    "广场",
    "公园",
    "里",
    "大道",
    "路段",
    "街道",
    "站前",
    "车站",
    "公交站",
    "地铁站",
    "门",
];

/// Reads a name; an empty one is taken from the address, as the form asks.
pub fn read(cell: &str, address: &str, nature: Option<Nature>) -> Result<NameReading, Finding> {
    let (name, marker) = unmarked(&text::tidy(cell));
    if NO_NAME.contains(&text::squash(&name).trim_matches(['(', ')'])) {
        return from_address(address);
    }
    if name.chars().count() > MAX_NAME {
        return Err(too_long(Field::Name, MAX_NAME));
    }
    let basis = match marker {
        Some(Marker::Is(basis)) => basis,
        Some(Marker::Alias) if guess(&name, nature) == AliasBasis::Address => AliasBasis::Address,
        Some(Marker::Alias) => AliasBasis::Customary,
        None => guess(&name, nature),
    };
    let note = note(&name, basis);
    Ok(NameReading { name, basis, note })
}

/// A text longer than the directory keeps.
pub(super) fn too_long(field: Field, limit: usize) -> Finding {
    let title = field.title();
    Finding::error(
        FormIssueCode::TooLong,
        Words::new(
            format!("“{}”超过 {limit} 个字。", title.zh),
            format!("The {} has more than {limit} characters.", title.en),
        ),
        Words::new("请缩短内容，说明文字可写入备注。", "Shorten it; explanations belong into the remark."),
    )
}

/// The name without a marker in brackets (or before a colon), and what the marker says.
fn unmarked(name: &str) -> (String, Option<Marker>) {
    for (open, close) in [('（', '）'), ('(', ')'), ('（', ')'), ('(', '）'), ('【', '】')] {
        let Some(start) = name.rfind(open) else {
            continue;
        };
        let Some(length) = name[start..].find(close) else {
            continue;
        };
        let inner = &name[start + open.len_utf8()..start + length];
        if let Some(basis) = marker(inner) {
            let rest = format!("{}{}", &name[..start], &name[start + length + close.len_utf8()..]);
            return (rest.trim().to_owned(), Some(basis));
        }
    }
    for (word, basis) in MARKERS {
        let rest = name.strip_prefix(word).and_then(|rest| rest.strip_prefix([':', '：']));
        if let Some(rest) = rest {
            return (rest.trim().to_owned(), Some(basis));
        }
    }
    (name.to_owned(), None)
}

fn marker(inner: &str) -> Option<Marker> {
    let inner = text::squash(inner);
    MARKERS.iter().find(|(word, _)| inner == *word).map(|(_, basis)| *basis)
}

/// What an unmarked name rests on.
fn guess(name: &str, nature: Option<Nature>) -> AliasBasis {
    let name = text::squash(name);
    let bare = name.split('(').next().unwrap_or(&name);
    let is_place =
        PLACE_WORDS.iter().any(|word| bare.contains(word)) || PLACE_ENDS.iter().any(|end| bare.ends_with(end));
    let is_institution = INSTITUTION.iter().any(|end| bare.ends_with(end));
    // Nobody gave a market that formed by itself an official name.
    if is_institution && nature != Some(Nature::Spontaneous) {
        AliasBasis::Official
    } else if is_place {
        AliasBasis::Address
    } else {
        AliasBasis::Customary
    }
}

fn note(name: &str, basis: AliasBasis) -> Option<Finding> {
    let (zh, en) = match basis {
        AliasBasis::Official => return None,
        AliasBasis::Customary => ("约定俗成的代称", "what people call it"),
        AliasBasis::Address => ("所在地址的代称", "the name of its place"),
    };
    Some(Finding::note(
        FormIssueCode::AliasRead,
        Words::new(
            format!("“{name}”读作{zh}，不作为正规名称。"),
            format!("“{name}” was read as an alias ({en}), not as an official name."),
        ),
    ))
}

fn from_address(address: &str) -> Result<NameReading, Finding> {
    let name = text::tidy(address);
    if name.is_empty() {
        return Err(Finding::missing(
            Field::Name,
            Words::new(
                "请填写名称；没有正规名称的，用约定俗成或所在地址的名称代称。",
                "Write a name; without an official one, use what people call it or the name of its place.",
            ),
        ));
    }
    let name: String = name.chars().take(MAX_NAME).collect();
    let note = note(&name, AliasBasis::Address);
    Ok(NameReading { name, basis: AliasBasis::Address, note })
}

/// The name as the form shows it: plain where it reads as what it is, with a marker where not.
pub fn render(name: &str, basis: AliasBasis, nature: Nature) -> String {
    let plain = read(name, "", Some(nature)).is_ok_and(|reading| reading.basis == basis && reading.name == name);
    if plain {
        return name.to_owned();
    }
    let marker = match basis {
        AliasBasis::Official => "正规名称",
        AliasBasis::Customary => "约定俗成代称",
        AliasBasis::Address => "地址代称",
    };
    format!("{name}（{marker}）")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis(name: &str, nature: Nature) -> (String, AliasBasis) {
        let reading = read(name, "太原市迎泽区某街1号", Some(nature)).unwrap();
        (reading.name, reading.basis)
    }

    #[test]
    fn an_institution_has_an_official_name() {
        let name = "太原市小店区零工市场";
        assert_eq!(basis(name, Nature::Public), (name.into(), AliasBasis::Official));
        assert_eq!(read(name, "", Some(Nature::Public)).unwrap().note, None);
        assert_eq!(basis("迎泽桥东零工驿站（总站）", Nature::Public).1, AliasBasis::Official);
    }

    #[test]
    fn a_street_corner_is_named_by_its_address_and_a_people_market_by_custom() {
        assert_eq!(basis("南内环街桥头", Nature::Spontaneous).1, AliasBasis::Address);
        assert_eq!(basis("老军营附近", Nature::Spontaneous).1, AliasBasis::Address);
        assert_eq!(basis("小店汽车站", Nature::Spontaneous).1, AliasBasis::Address);
        assert_eq!(basis("五一路", Nature::Spontaneous).1, AliasBasis::Address);
        assert_eq!(basis("老军营人市", Nature::Spontaneous).1, AliasBasis::Customary);
        assert_eq!(basis("大营盘零工市场", Nature::Spontaneous).1, AliasBasis::Customary);
    }

    #[test]
    fn a_marker_decides_and_is_taken_off() {
        assert_eq!(basis("大营盘（代称）", Nature::Spontaneous), ("大营盘".into(), AliasBasis::Customary));
        assert_eq!(basis("迎泽桥头（代称）", Nature::Spontaneous), ("迎泽桥头".into(), AliasBasis::Address));
        assert_eq!(basis("俗称：工夫市", Nature::Spontaneous), ("工夫市".into(), AliasBasis::Customary));
        assert_eq!(basis("柳巷（正规名称）", Nature::Public), ("柳巷".into(), AliasBasis::Official));
    }

    #[test]
    fn without_a_name_the_address_stands_for_it() {
        assert_eq!(basis("（无）", Nature::Spontaneous).1, AliasBasis::Address);
        assert_eq!(basis("无正规名称", Nature::Spontaneous), ("太原市迎泽区某街1号".into(), AliasBasis::Address));
        assert_eq!(read("", "", None).unwrap_err().code, FormIssueCode::Missing);
    }

    #[test]
    fn a_written_name_reads_as_what_it_is() {
        for name in ["太原市零工市场", "柳巷", "迎泽桥头", "老军营人市", "某某（总站）"] {
            for basis in [AliasBasis::Official, AliasBasis::Customary, AliasBasis::Address] {
                for nature in [Nature::Public, Nature::Spontaneous] {
                    let reading = read(&render(name, basis, nature), "", Some(nature)).unwrap();
                    assert_eq!((reading.name.as_str(), reading.basis), (name, basis));
                }
            }
        }
    }
}
