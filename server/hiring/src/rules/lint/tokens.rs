//! A field cut into words (分词): the longest known word at each place, numbers, and single characters for the rest.

use super::numbers::number;
use super::text::{Gap, Glyph};
use super::trie::WORDS;
use super::words::Tag;

/// A word of a field.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Token {
    pub(super) tag: Tag,
    /// The first glyph, and the one after the last.
    pub(super) glyphs: (usize, usize),
    /// The value of a number, in hundredths.
    pub(super) value: i64,
    /// What stands before it.
    pub(super) gap: Gap,
    /// The one separator before it, when there is exactly one.
    pub(super) separator: Option<char>,
    /// Which clause of the field it belongs to: commas, brackets and ends of sentences divide clauses.
    pub(super) clause: usize,
    /// Which sentence.
    pub(super) sentence: usize,
}

/// Cuts the glyphs of a field, and says how many glyphs were looked at.
pub(super) fn cut(glyphs: &[Glyph]) -> (Vec<Token>, usize) {
    let mut tokens = Vec::new();
    let (mut at, mut looked) = (0_usize, 0_usize);
    let (mut clause, mut sentence) = (0, 0);
    while let Some(glyph) = glyphs.get(at) {
        clause += usize::from(at > 0 && glyph.gap >= Gap::Comma);
        sentence += usize::from(at > 0 && glyph.gap == Gap::End);
        let rest = glyphs.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|i| glyphs.get(i)).filter(|_| glyph.gap == Gap::None);
        let word = WORDS.longest(rest, before.map(|g| g.folded));
        looked += word.looked.max(1);
        let (tag, value, length) = match (word.tag, number(rest)) {
            (Some(tag), figure) if figure.is_none_or(|n| n.length < word.length) => (tag, 0, word.length),
            (_, Some(figure)) => {
                looked += figure.length;
                (Tag::Number, figure.value, figure.length)
            }
            (tag, None) => (tag.unwrap_or_default(), 0, word.length.max(1)),
        };
        let end = at + length;
        let (gap, separator) = (glyph.gap, glyph.separator);
        tokens.push(Token { tag, glyphs: (at, end), value, gap, separator, clause, sentence });
        at = end;
    }
    (tokens, looked)
}

#[cfg(test)]
mod tests {
    use super::super::text::glyphs;
    use super::*;

    fn tags(text: &str) -> Vec<Tag> {
        cut(&glyphs(text)).0.iter().map(|t| t.tag).collect()
    }

    #[test]
    fn the_longest_word_hides_those_inside_it() {
        assert_eq!(tags("女装"), [Tag::Harmless]);
        assert_eq!(tags("女工"), [Tag::Woman]);
        assert_eq!(tags("代考勤"), [Tag::Harmless]);
        assert_eq!(tags("代考"), [Tag::Illegal]);
        assert_eq!(tags("一天180元"), [Tag::EachDay, Tag::Number, Tag::Yuan]);
    }

    #[test]
    fn a_word_goes_on_over_blanks_and_marks_and_not_over_commas() {
        assert_eq!(tags("押 金"), [Tag::Deposit]);
        assert_eq!(tags("押.金"), [Tag::Deposit]);
        assert_eq!(tags("押，金"), [Tag::Press, Tag::Other]);
    }

    #[test]
    fn latin_words_end_where_the_letters_end() {
        assert_eq!(tags("加v"), [Tag::Divert]);
        assert_eq!(tags("加V12345").first(), Some(&Tag::Divert));
        assert_ne!(tags("加vivo").first(), Some(&Tag::Divert));
    }

    #[test]
    fn clauses_and_sentences_are_counted() {
        let (tokens, _) = cut(&glyphs("甲，乙。丙（丁）"));
        assert_eq!(tokens.iter().map(|t| (t.clause, t.sentence)).collect::<Vec<_>>(), [(0, 0), (1, 0), (2, 1), (3, 1)]);
    }
}
