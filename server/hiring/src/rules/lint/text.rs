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

/// Traditional characters, each before the simplified one that it is read as: those of the Unicode transliteration that no
/// simplified text has.
const VARIANTS: &str = include_str!("traditional.txt");

/// The table above, by the traditional form.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut pairs = VARIANTS.chars().filter(|c| !c.is_whitespace());
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
        '(' | ')' | '[' | ']' | '{' | '}' | '【' | '】' | '「' | '」' | '『' | '』' | '〔' | '〕' | '|' => {
            Gap::Bracket
        }
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
        assert_eq!(VARIANTS.chars().filter(|c| !c.is_whitespace()).count(), SIMPLIFIED.len() * 2);
        assert_eq!(SIMPLIFIED.get(&'費'), Some(&'费'));
        for (from, to) in SIMPLIFIED.iter() {
            assert!(!SIMPLIFIED.contains_key(to), "{from} leads to {to}, which leads on");
        }
    }
}
