//! Normalisation of what people type into cells (文本规整).

/// The half-width form of a full-width ASCII character (全角转半角): `１` → `1`, `（` → `(`.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Characters that show nothing and only break comparisons.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Spaces of any width, the ideographic and the no-break one included.
fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{00A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Line ends become `\n`; invisible and control characters go; wide spaces become spaces.
fn plain(text: &str) -> String {
    let text = text.replace("_x000D_", "").replace("\r\n", "\n");
    text.chars()
        .filter(|c| !is_invisible(*c))
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0085}' => Some('\n'),
            '\t' => Some(' '),
            c if is_wide_space(c) => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// Tidies prose (规整文字): full-width letters and digits become half-width, spaces become plain
/// ones, ends are trimmed. Chinese punctuation stays, because names and addresses are shown again.
pub fn tidy(text: &str) -> String {
    let tidied: String = plain(text)
        .chars()
        .map(|c| {
            let half = half_width(c);
            if half.is_ascii_alphanumeric() { half } else { c }
        })
        .collect();
    tidied.trim().to_owned()
}

/// Folds text for reading by rules (归一化): the whole full-width ASCII block becomes half-width and
/// the Chinese forms of the same signs too, so that a rule knows one comma, one bracket, one colon.
pub fn fold(text: &str) -> String {
    let folded: String = plain(text)
        .chars()
        .map(|c| match c {
            '【' | '〔' | '［' | '「' | '『' | '〖' => '(',
            '】' | '〕' | '］' | '」' | '』' | '〗' => ')',
            '。' | '｡' => '.',
            '︰' | '∶' | '﹕' => ':',
            '﹐' => ',',
            '﹔' => ';',
            '﹑' => '、',
            c => half_width(c),
        })
        .collect();
    folded.trim().to_owned()
}

/// Folded and without any white space (压缩): the form in which headings and labels are compared.
pub fn squash(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Takes out what XML 1.0 cannot carry; a form must open in every spreadsheet program.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect()
}

/// Whether a spreadsheet program could take a text for a formula (公式注入): it starts with
/// `= + - @`, their full-width forms, a tab, a carriage return or a line feed.
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_and_letters_become_half_width_and_chinese_punctuation_stays() {
        assert_eq!(tidy("　太原市Ａ座１２３号（东）\u{00A0}"), "太原市A座123号（东）");
    }

    #[test]
    fn a_rule_sees_one_kind_of_punctuation() {
        assert_eq!(fold("０４：３０～０８：００，（夏）；【冬】"), "04:30~08:00,(夏);(冬)");
    }

    #[test]
    fn headings_are_compared_without_white_space() {
        assert_eq!(squash("序 号\r\n（ 人 ）\u{200B}"), "序号(人)");
    }

    #[test]
    fn a_text_that_starts_like_a_formula_is_recognised_in_both_widths() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"] {
            assert!(looks_like_formula(text), "{text:?}");
        }
        assert!(!looks_like_formula("零工市场=1"));
    }
}
