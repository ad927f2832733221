//! Breaking of texts into lines: between Chinese characters, between Latin words, and inside a word only
//! when it is longer than the line. Closing punctuation never begins a line, opening never ends one.

use super::measure::{char_width, is_latin};

const CLOSING: &str = "，。、；：！？）》〉」』】〕”’％…·,.;:!?)]}%";
const OPENING: &str = "（《〈「『【〔“‘([{";

/// The lines of a text in a column of this width, in points; at least one. Line feeds begin a new line,
/// other control characters become blanks.
pub(super) fn lines(text: &str, width: f32, size: f32) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split(['\n', '\r']).flat_map(|paragraph| paragraph_lines(paragraph, width / size)).collect()
}

fn paragraph_lines(paragraph: &str, width: f32) -> Vec<String> {
    let clean: String = paragraph.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for unit in units(&clean) {
        let wide: f32 = unit.chars().map(char_width).sum();
        if used + wide > width && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0.0;
            if unit == " " {
                continue;
            }
        }
        if wide <= width {
            line.push_str(unit);
            used += wide;
            continue;
        }
        // A unit longer than the line is cut wherever the line is full.
        for c in unit.chars() {
            if used + char_width(c) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += char_width(c);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Pieces between which a line may break: a blank, a Latin word, or a Chinese character with the
/// punctuation that clings to it.
fn units(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        if previous.is_some_and(|before| may_break(before, c)) {
            cuts.push(at);
        }
        previous = Some(c);
    }
    cuts.push(text.len());
    cuts.windows(2).filter_map(|pair| text.get(*pair.first()?..*pair.last()?)).filter(|unit| !unit.is_empty()).collect()
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' {
        return true;
    }
    let word = is_latin(before) && is_latin(after);
    !word && !CLOSING.contains(after) && !OPENING.contains(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_between_characters() {
        assert_eq!(lines("太原市小店区零工市场", 40.0, 10.0), ["太原市小", "店区零工", "市场"]);
    }

    #[test]
    fn a_comma_does_not_begin_a_line_and_a_bracket_does_not_end_one() {
        assert_eq!(lines("太原市小，店区", 40.0, 10.0), ["太原市", "小，店区"]);
        assert_eq!(lines("太原市（小店）", 40.0, 10.0), ["太原市", "（小店）"]);
    }

    #[test]
    fn a_latin_word_stays_whole_if_it_fits() {
        assert_eq!(lines("open daily from 5", 50.0, 10.0), ["open daily", "from 5"]);
        assert_eq!(lines("电话 0351-5278313", 60.0, 10.0), ["电话", "0351-5278313"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(lines("0123456789", 20.0, 10.0), ["0123", "4567", "89"]);
    }

    #[test]
    fn line_feeds_begin_lines_and_control_characters_vanish() {
        assert_eq!(lines("a\r\nb\n\nc", 100.0, 10.0), ["a", "b", "", "c"]);
        assert_eq!(lines("a\tb\u{0}c", 100.0, 10.0), ["a b c"]);
        assert_eq!(lines("", 100.0, 10.0), [""]);
    }

    #[test]
    fn a_column_narrower_than_a_character_still_gets_one_a_line() {
        assert_eq!(lines("太原", 1.0, 10.0), ["太", "原"]);
    }
}
