//! Text as the rules read it (文字归一): one width, one case, simplified characters, and what was pushed between characters
//! to hide them taken out but remembered.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What stands between two characters that are read, from nothing to the end of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// They touch.
    #[default]
    None,
    /// A mark that separates nothing: `.`, `*`, a dash, an emoji.
    Mark,
    /// A slash.
    Slash,
    /// Blanks inside a line.
    Blank,
    /// A colon.
    Colon,
    /// The comma of a list, `、`.
    List,
    /// A comma.
    Comma,
    /// A bracket.
    Bracket,
    /// The end of a sentence or a line.
    End,
}

/// A character that is read, and where it stands in the author's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// The character after folding.
    pub(super) folded: char,
    /// Which character of the text it is.
    pub(super) at: usize,
    /// The bytes it takes in the text.
    pub(super) bytes: (usize, usize),
    /// The widest gap before it.
    pub(super) gap: Gap,
    /// The one separator before it, when there is exactly one.
    pub(super) separator: Option<char>,
}

/// Characters in another script that are read as these: traditional, then simplified.
const VARIANTS: &str = "證证費费錢钱擔担報报紹绍體体檢检訓训會会員员務务險险償偿資资時时歲岁齡龄優优擾扰懷怀農农戶户殘残聾聋啞哑徵征銀银\
單单號号聯联繫系電电話话賺赚萬万億亿錄录過过僅仅祇只隻只無无沒没須须個个為为與与結结賬账帳账發发業业場场處处漢汉維维滿满寫写\
價价貼贴補补續续繳缴納纳還还點点鐘钟週周暫暂後后試试輕轻鬆松辦办壓压質质駕驾駛驶執执護护館馆貨货車车裝装來来們们嗎吗對对應应\
開开關关門门間间進进廠厂產产麼么樣样麗丽顏颜氣气貌貌籤签簽签協协議议責责任任傷伤殺杀賠赔頭头槍枪賭赌爾尔藏藏壯壮滿满蘇苏陝陕\
湖湖貴贵雲云寧宁廣广東东聽听說说講讲讀读學学歷历級级廳厅樓楼園园師师傅傅婦妇媽妈嬰婴兒儿縣县區区鄉乡鎮镇國国際际網网線线頁页";

/// The table above, by the traditional form.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut pairs = VARIANTS.chars();
    let mut table = HashMap::new();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        table.insert(from, to);
    }
    table
});

/// One character in the one width and case and script.
fn fold(c: char) -> char {
    let narrow = match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2460}'..='\u{2473}' => ';',
        '\u{2795}' => '+',
        '￥' => '¥',
        _ => c,
    };
    let lower = narrow.to_ascii_lowercase();
    SIMPLIFIED.get(&lower).copied().unwrap_or(lower)
}

/// Characters that take no room and say nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}' | '\u{20e3}')
}

/// Is the folded character read, or does it stand between what is read?
fn is_read(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '+' | '@' | '%' | '¥' | '〇')
}

fn gap_of(c: char) -> Gap {
    match c {
        '\n' | '\r' | '。' | '!' | '?' | ';' | '…' => Gap::End,
        '(' | ')' | '[' | ']' | '{' | '}' | '【' | '】' | '「' | '」' | '『' | '』' | '〔' | '〕' | '|' => Gap::Bracket,
        ',' => Gap::Comma,
        '、' => Gap::List,
        ':' => Gap::Colon,
        '/' | '\\' => Gap::Slash,
        ' ' | '\t' => Gap::Blank,
        _ => Gap::Mark,
    }
}

/// The characters of a text that are read, in order.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let mut found = Vec::new();
    let mut gap = Gap::None;
    let mut separators = 0_usize;
    let mut separator = None;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        if is_invisible(c) {
            continue;
        }
        let folded = fold(c);
        if is_read(folded) {
            let bytes = (byte, byte + c.len_utf8());
            let only = if separators == 1 { separator } else { None };
            found.push(Glyph { folded, at, bytes, gap, separator: only });
            (gap, separators, separator) = (Gap::None, 0, None);
        } else {
            gap = gap.max(gap_of(folded));
            separators += 1;
            separator = Some(folded);
        }
    }
    found
}

/// What is left of a text when width, case, script, blanks and punctuation are ignored.
pub(super) fn squashed(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_invisible(*c)).map(fold).filter(|c| is_read(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        glyphs(text).iter().map(|g| g.folded).collect()
    }

    #[test]
    fn width_case_script_and_what_was_pushed_between_are_taken_out() {
        assert_eq!(read("押　金"), "押金");
        assert_eq!(read("押.金、押*金，押💰金"), "押金押金押金");
        assert_eq!(read("ＡｂＣ１２３"), "abc123");
        assert_eq!(read("報名費，身份證"), "报名费身份证");
        assert_eq!(read("押\u{200b}金"), "押金");
        assert_eq!(read("➕V"), "+v");
    }

    #[test]
    fn gaps_are_remembered_and_the_widest_counts() {
        let gaps: Vec<Gap> = glyphs("甲 乙，丙。 丁（戊").iter().map(|g| g.gap).collect();
        assert_eq!(gaps, [Gap::None, Gap::Blank, Gap::Comma, Gap::End, Gap::Bracket]);
        let separators: Vec<Option<char>> = glyphs("1.5--2").iter().map(|g| g.separator).collect();
        assert_eq!(separators, [None, Some('.'), None]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let found = glyphs("a，押 金");
        assert_eq!(found.iter().map(|g| g.at).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(found.iter().map(|g| g.bytes).collect::<Vec<_>>(), [(0, 1), (4, 7), (8, 11)]);
    }

    #[test]
    fn the_table_leads_to_characters_that_it_leaves_alone() {
        assert_eq!(VARIANTS.chars().count() % 2, 0);
        assert_eq!(SIMPLIFIED.get(&'費'), Some(&'费'));
        for (from, to) in SIMPLIFIED.iter() {
            assert!(from == to || !SIMPLIFIED.contains_key(to), "{from} leads to {to}, which leads on");
        }
    }
}
