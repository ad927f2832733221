//! The lines around the table (表头表尾): the city above it, the filer and his telephone under it.

use kernel::sheet::{Grid, text};

use super::issue::shortened;

/// A longer line is prose and holds neither city nor filer.
const MAX_LINE: usize = 300;

/// The texts of a row from left to right, tidied, blanks left out.
pub(super) fn texts(grid: &Grid, row: usize) -> Vec<String> {
    let cells = grid.cells.get(row).map(Vec::as_slice).unwrap_or_default();
    cells.iter().filter(|cell| !cell.is_blank()).map(|cell| shortened(&cell.text(), MAX_LINE)).collect()
}

/// Words before 市 that name no city.
const NO_CITY: &[&str] =
    &["城", "全", "各", "本", "我", "该", "某", "地", "省", "县", "超", "上", "股", "门", "集", "早", "夜", "人"];

/// The city in a line above the table: `太原市`, `填报单位：太原市人社局`, `__太原__市零工市场名录`.
pub fn city(line: &str) -> Option<String> {
    if line.chars().nth(MAX_LINE).is_some() {
        return None;
    }
    let line: String = text::squash(line).chars().filter(|c| *c != '_').collect();
    if let Some(named) =
        line.strip_prefix("市:").or_else(|| line.strip_prefix("城市:")).filter(|named| !named.contains('市'))
    {
        return is_place(named).then(|| format!("{named}市"));
    }
    let marks = line.match_indices('市').chain(line.match_indices("自治州"));
    for (at, mark) in marks {
        let after = &line[at + mark.len()..];
        // 市 in 零工市场, 城市, 市区 and 市级 names no city.
        if after.starts_with(['场', '级', '容', '民', '政', '监']) {
            continue;
        }
        let before = &line[..at];
        let start = before
            .rfind(|c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let mut name = &before[start..];
        for prefix in ["年度", "年", "省", "自治区", "填报单位", "填报地区", "单位"] {
            name = name.rsplit(prefix).next().unwrap_or(name);
        }
        if is_place(name) {
            return Some(format!("{name}{mark}"));
        }
    }
    None
}

fn is_place(name: &str) -> bool {
    (1..=7).contains(&name.chars().count())
        && name.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
        && !NO_CITY.iter().any(|word| name == *word || (name.chars().count() > 1 && name.ends_with(['城', '零', '工'])))
}

/// What is filled in behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Filer,
    Phone,
    Other,
}

/// Labels around the table; a longer one stands before one it contains.
const LABELS: &[(&str, Label)] = &[
    ("填报单位", Label::Other),
    ("填报日期", Label::Other),
    ("填报时间", Label::Other),
    ("填报人员", Label::Filer),
    ("填报人", Label::Filer),
    ("填表人", Label::Filer),
    ("制表人", Label::Filer),
    ("联系电话", Label::Phone),
    ("联系方式", Label::Phone),
    ("办公电话", Label::Phone),
    ("手机号码", Label::Phone),
    ("手机号", Label::Phone),
    ("手机", Label::Phone),
    ("电话", Label::Phone),
    ("审核人", Label::Other),
    ("审批人", Label::Other),
    ("单位负责人", Label::Other),
    ("负责人", Label::Other),
    ("联系人", Label::Other),
    ("制表日期", Label::Other),
    ("日期", Label::Other),
    ("备注", Label::Other),
    ("单位盖章", Label::Other),
    ("(盖章)", Label::Other),
];

/// Name and telephone of the filer (填报人、联系电话), as far as a line has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filer {
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Something stands behind the label that is no telephone number.
    pub bad_phone: bool,
}

/// Reads a row around the table; label and value may share a cell or not.
pub(super) fn filer(texts: &[String]) -> Filer {
    let line = texts.iter().map(|text| text::squash(text)).collect::<Vec<_>>().join("|");
    if line.chars().nth(MAX_LINE).is_some() {
        return Filer::default();
    }
    let labels = labels(&line);
    let mut filer = Filer::default();
    for (at, (start, length, label)) in labels.iter().enumerate() {
        let end = labels.get(at + 1).map_or(line.len(), |next| next.0);
        let filled = line[start + length..end]
            .split('|')
            .map(|part| part.trim_matches(|c: char| matches!(c, ':' | '_' | '-' | ',' | ';' | '.' | '(' | ')')))
            .find(|part| !part.is_empty());
        let Some(value) = filled else { continue };
        match label {
            Label::Filer if value.chars().count() <= 20 && !value.contains(|c: char| c.is_ascii_digit()) => {
                filer.name.get_or_insert_with(|| value.to_owned());
            }
            Label::Phone if is_phone(value) => {
                filer.phone.get_or_insert_with(|| value.to_owned());
            }
            Label::Phone => filer.bad_phone = true,
            Label::Filer | Label::Other => {}
        }
    }
    filer
}

/// Where labels stand in a line: start, length, kind.
fn labels(line: &str) -> Vec<(usize, usize, Label)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let label = LABELS.iter().find(|(label, _)| line[at..].starts_with(label));
        if let Some((label, kind)) = label {
            found.push((at, label.len(), *kind));
            at += label.len();
        } else {
            at += c.len_utf8();
        }
    }
    found
}

/// Seven to twenty-four digits with what people write between them.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '+' | '/' | '、' | ',' | '转' | '—');
    (7..=24).contains(&digits) && value.chars().all(allowed)
}

/// Whether a row belongs to the foot of the form: its first cell is a label, or some cell names the filer.
pub(super) fn is_foot(texts: &[String]) -> bool {
    let squashed: Vec<String> = texts.iter().map(|text| text::squash(text)).collect();
    let Some(first) = squashed.first() else {
        return false;
    };
    let is_label = LABELS
        .iter()
        .filter(|(word, _)| !matches!(*word, "备注" | "日期" | "手机" | "电话"))
        .any(|(word, _)| first.starts_with(word));
    is_note(first) || is_label || squashed.iter().any(|text| text.starts_with("填报人") || text.starts_with("填表人"))
}

/// Whether a line says of itself that it is a note (备注). What is written out must be known by this when it is read again.
pub(super) fn is_note(line: &str) -> bool {
    let line = text::squash(line);
    ["备注", "注", "说明", "填表说明"]
        .iter()
        .any(|word| line == *word || line.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', '.', '1'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_city_is_found_in_every_place_people_write_it() {
        for line in [
            "太原市",
            "　太原　市",
            "__太原__市",
            "填报单位：太原市人力资源和社会保障局",
            "山西省太原市零工市场名录",
            "市：太原",
            "城市：太原市",
            "2022年太原市零工市场名录（样表）",
        ] {
            assert_eq!(city(line).as_deref(), Some("太原市"), "{line}");
        }
        for line in ["____市", "零工市场名录", "全市零工市场名录", "城市零工市场", "附件2", "各市填报"]
        {
            assert_eq!(city(line), None, "{line}");
        }
    }

    fn filled(cells: &[&str]) -> (Option<String>, Option<String>) {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let filer = filer(&cells);
        (filer.name, filer.phone)
    }

    #[test]
    fn the_filer_and_the_telephone_share_a_cell_or_not() {
        let expected = (Some("张三".to_owned()), Some("0351-5278313".to_owned()));
        assert_eq!(filled(&["填报人：张三　　　联系电话：0351-5278313"]), expected);
        assert_eq!(filled(&["填报人：张三", "联系电话：０３５１－５２７８３１３"]), expected);
        assert_eq!(filled(&["填报人：", "张 三", "联系电话：", "0351-5278313"]), expected);
        assert_eq!(filled(&["填 报 人", "张三", "审核人", "李四", "电 话", "0351-5278313"]), expected);
        assert_eq!(filled(&["填报人：____  联系电话：____"]), (None, None));
    }

    #[test]
    fn a_telephone_number_that_is_none_is_told() {
        assert!(filer(&["联系电话：见通讯录".to_owned()]).bad_phone);
    }
}
