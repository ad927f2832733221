//! Main trades (主要招聘工种): one cell, many names. Which catalogue entry a name means is asked of
//! the caller, who holds the trades pack.

use kernel::sheet::{Words, text};
use serde::{Deserialize, Serialize};

use super::issue::{Finding, FormIssueCode};

/// What the catalogue says about a name (工种匹配).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TradeMatch<T> {
    /// Exactly one entry.
    One(T),
    /// Several entries; a person has to choose.
    Many(Vec<T>),
    /// None.
    Unknown,
}

/// Names longer than this are sentences.
const MAX_NAME: usize = 20;
/// What stands before or behind a list and is no trade.
const FRAME: &[&str] =
    &["主要招聘工种", "主要工种", "主要有", "主要为", "主要是", "主要", "以及", "包括", "有", "各类", "各种"];
/// What people add in brackets that is no trade.
const QUALIFIERS: &[&str] =
    &["男", "女", "男女", "男女不限", "不限", "临时", "日结", "短工", "长期", "若干", "其他", "其它"];

/// Splits a cell into names of trades (工种拆分), in order and without doubles.
pub fn split(cell: &str) -> Vec<String> {
    let text = text::fold(cell).replace("以及", "、").replace("——", "、");
    let is_separator =
        |c: char| matches!(c, '、' | ',' | ';' | '/' | '\\' | '|' | '\n' | '.' | ':' | '(' | ')' | '+' | '&' | '·');
    let mut names: Vec<String> = Vec::new();
    for part in text.split(is_separator) {
        for name in joined_letters(part).into_iter().flat_map(|word| pair(&word)) {
            let name = stripped(&name);
            let is_trade = !name.is_empty() && !QUALIFIERS.contains(&name.as_str());
            if is_trade && !name.chars().all(|c| c.is_ascii_digit() || c == '-') && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Blanks separate names, but `瓦 工` spread over a cell is one.
fn joined_letters(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    if words.len() > 1 && words.iter().all(|word| word.chars().count() == 1) {
        return words.chunks(2).map(<[&str]>::concat).collect();
    }
    words.into_iter().map(ToOwned::to_owned).collect()
}

/// `保洁和家政` is two trades, `和面工` is one.
fn pair(word: &str) -> Vec<String> {
    for link in ["及", "和", "与"] {
        if let Some((left, right)) = word.split_once(link)
            && left.chars().count() >= 2
            && right.chars().count() >= 2
        {
            return [pair(left), pair(right)].concat();
        }
    }
    vec![word.to_owned()]
}

fn stripped(name: &str) -> String {
    let numbered = |c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳' | '-' | '*' | '•');
    let mut name = name.trim().trim_start_matches(numbered);
    for frame in FRAME {
        name = name.strip_prefix(frame).unwrap_or(name);
    }
    // `护工等服务类`: what stands behind 等 names no trade; `等离子切割工` begins with it.
    if let Some((trade, _)) = name.split_once('等').filter(|(trade, _)| !trade.is_empty()) {
        name = trade;
    }
    name = name.strip_suffix('类').unwrap_or(name);
    name.trim().to_owned()
}

/// Asks the catalogue about each name.
pub fn resolve<T>(names: &[String], lookup: &dyn Fn(&str) -> Vec<T>) -> Vec<(String, TradeMatch<T>)> {
    names
        .iter()
        .map(|name| {
            let mut found = lookup(name);
            let matched = match found.len() {
                0 => TradeMatch::Unknown,
                1 => found.pop().map_or(TradeMatch::Unknown, TradeMatch::One),
                _ => TradeMatch::Many(found),
            };
            (name.clone(), matched)
        })
        .collect()
}

/// The note about names that are not in the catalogue.
pub fn unknown(names: &[String]) -> Finding {
    let list = names.join("、");
    Finding::note(
        FormIssueCode::TradeUnknown,
        Words::new(
            format!("工种“{list}”不在职业目录中，按原文保留，不能按职业检索。"),
            format!(
                "“{list}” is not in the catalogue of occupations; it is kept as written and cannot be searched by occupation."
            ),
        ),
    )
}

/// An error for a name that is a sentence.
pub fn too_long(names: &[String]) -> Option<Finding> {
    let long = names.iter().find(|name| name.chars().count() > MAX_NAME)?;
    Some(Finding::error(
        FormIssueCode::TooLong,
        Words::new(
            format!("工种“{long}”超过 {MAX_NAME} 个字。"),
            format!("The trade “{long}” has more than {MAX_NAME} characters."),
        ),
        Words::new(
            "请填写工种名称，用顿号分隔，例如：瓦工、木工、保洁。",
            "Write names of trades separated by 、, for example 瓦工、木工、保洁.",
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trades_are_split_at_every_separator_people_use() {
        for cell in [
            "瓦工、木工、搬运工",
            "瓦工，木工,搬运工",
            "瓦工/木工／搬运工",
            "瓦工；木工;搬运工",
            "瓦工 木工　搬运工",
            "瓦工\n木工\n搬运工",
            "主要有瓦工、木工和搬运工等",
            "1.瓦工 2.木工 3.搬运工",
            "瓦工、木工及搬运工等工种。",
        ] {
            assert_eq!(split(cell), ["瓦工", "木工", "搬运工"], "{cell}");
        }
    }

    #[test]
    fn brackets_hold_trades_or_qualifiers() {
        assert_eq!(split("装修（水电工、油漆工）"), ["装修", "水电工", "油漆工"]);
        assert_eq!(split("普工（男女不限）"), ["普工"]);
    }

    #[test]
    fn a_name_spread_over_the_cell_and_a_name_with_he_stay_whole() {
        assert_eq!(split("瓦 工"), ["瓦工"]);
        assert_eq!(split("和面工、保洁"), ["和面工", "保洁"]);
        assert_eq!(split("护工等服务类、等离子切割工、搬家等临时性工作"), ["护工", "等离子切割工", "搬家"]);
        assert_eq!(split("瓦工、瓦工"), ["瓦工"]);
        assert!(split(" 、 ").is_empty());
    }

    #[test]
    fn the_catalogue_is_the_callers() {
        let lookup = |name: &str| match name {
            "瓦工" => vec![1],
            "普工" => vec![2, 3],
            _ => vec![],
        };
        let names = ["瓦工", "普工", "棒棒"].map(ToOwned::to_owned);
        let matched: Vec<_> = resolve(&names, &lookup).into_iter().map(|(_, matched)| matched).collect();
        assert_eq!(matched, [TradeMatch::One(1), TradeMatch::Many(vec![2, 3]), TradeMatch::Unknown]);
    }
}
