//! A field as the rules look at it (读取): its words, and bounded looks to either side of one.

use std::cell::Cell;

use super::finding::{LintField, LintRule, Severity, Span};
use super::input::Engagement;
use super::text::{Gap, Glyph, glyphs};
use super::tokens::{Token, cut};
use super::words::Tag;

/// How many words a rule looks to either side; no clause that people write is longer.
const WINDOW: usize = 16;

/// What is true of the whole draft and weighs in more than one field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) engagement: Engagement,
    pub(super) hazardous: bool,
    /// Work that the law keeps women from, or work close to the body, is spoken of.
    pub(super) one_sex: bool,
    /// A kitchen under rules of belief is spoken of.
    pub(super) halal: bool,
}

/// Words that break a rule, by their first and last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) rule: LintRule,
    pub(super) severity: Severity,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// A field, cut into words.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) field: LintField,
    text: &'a str,
    glyphs: Vec<Glyph>,
    tokens: Vec<Token>,
    steps: Cell<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(field: LintField, text: &'a str) -> Self {
        let glyphs = glyphs(text);
        let (tokens, looked) = cut(&glyphs);
        Self { field, text, glyphs, tokens, steps: Cell::new(looked) }
    }

    /// How much work the rules did on it.
    pub(super) fn steps(&self) -> usize {
        self.steps.get()
    }

    fn step(&self) {
        self.looked(1);
    }

    /// Notes that so many words or characters were looked at.
    pub(super) fn looked(&self, count: usize) {
        self.steps.set(self.steps.get() + count);
    }

    pub(super) fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `i`; beyond either end there is one that means nothing and stands alone.
    pub(super) fn token(&self, i: usize) -> Token {
        self.step();
        let nothing = Token { gap: Gap::End, clause: usize::MAX, sentence: usize::MAX, ..Token::default() };
        self.tokens.get(i).copied().unwrap_or(nothing)
    }

    pub(super) fn tag(&self, i: usize) -> Tag {
        self.token(i).tag
    }

    pub(super) fn is(&self, i: usize, tags: &[Tag]) -> bool {
        tags.contains(&self.tag(i))
    }

    /// Does the token before `i` carry one of the tags?
    pub(super) fn was(&self, i: usize, tags: &[Tag]) -> bool {
        i.checked_sub(1).is_some_and(|j| self.is(j, tags) && self.token(j).sentence == self.token(i).sentence)
    }

    /// Every token that carries one of the tags.
    pub(super) fn all<'r>(&'r self, tags: &'r [Tag]) -> impl Iterator<Item = usize> + 'r {
        (0..self.len()).filter(move |i| self.is(*i, tags))
    }

    /// The tokens before `i` in its sentence, the nearest first.
    pub(super) fn before(&self, i: usize) -> impl Iterator<Item = (usize, Token)> + '_ {
        let sentence = self.token(i).sentence;
        let back = (i.saturating_sub(WINDOW)..i).rev();
        back.map(|j| (j, self.token(j))).take_while(move |(_, t)| t.sentence == sentence)
    }

    /// The tokens after `i` in its sentence.
    pub(super) fn after(&self, i: usize) -> impl Iterator<Item = (usize, Token)> + '_ {
        let sentence = self.token(i).sentence;
        (i + 1..i + 1 + WINDOW).map(|j| (j, self.token(j))).take_while(move |(_, t)| t.sentence == sentence)
    }

    /// The tokens before `i` in its clause, the nearest first.
    pub(super) fn before_in_clause(&self, i: usize) -> impl Iterator<Item = (usize, Token)> + '_ {
        let clause = self.token(i).clause;
        self.before(i).take_while(move |(_, t)| t.clause == clause)
    }

    /// The tokens after `i` in its clause.
    pub(super) fn after_in_clause(&self, i: usize) -> impl Iterator<Item = (usize, Token)> + '_ {
        let clause = self.token(i).clause;
        self.after(i).take_while(move |(_, t)| t.clause == clause)
    }

    /// Is one of the tags within `reach` tokens of `i` in its clause, on either side?
    pub(super) fn near(&self, i: usize, reach: usize, tags: &[Tag]) -> bool {
        self.near_before(i, reach, tags) || self.near_after(i, reach, tags)
    }

    pub(super) fn near_before(&self, i: usize, reach: usize, tags: &[Tag]) -> bool {
        self.before_in_clause(i).take(reach).any(|(_, t)| tags.contains(&t.tag))
    }

    pub(super) fn near_after(&self, i: usize, reach: usize, tags: &[Tag]) -> bool {
        self.after_in_clause(i).take(reach).any(|(_, t)| tags.contains(&t.tag))
    }

    /// Is one of the tags anywhere near in the sentence of `i`?
    pub(super) fn in_sentence(&self, i: usize, tags: &[Tag]) -> bool {
        self.before(i).any(|(_, t)| tags.contains(&t.tag)) || self.after(i).any(|(_, t)| tags.contains(&t.tag))
    }

    /// The first token after `i` in its clause that is not one of `skipped`.
    pub(super) fn next_but(&self, i: usize, skipped: &[Tag]) -> Option<(usize, Token)> {
        self.after_in_clause(i).find(|(_, t)| !skipped.contains(&t.tag))
    }

    /// The first token before `i` in its clause that is not one of `skipped`.
    pub(super) fn last_but(&self, i: usize, skipped: &[Tag]) -> Option<(usize, Token)> {
        self.before_in_clause(i).find(|(_, t)| !skipped.contains(&t.tag))
    }

    /// Do the tokens from `first` to `last` stand alone, as one entry of an enumeration?
    pub(super) fn alone(&self, first: usize, last: usize) -> bool {
        let before = first == 0 || self.token(first).gap >= Gap::Blank;
        before && self.token(last + 1).gap >= Gap::Blank
    }

    /// The characters of the text from one token to another.
    pub(super) fn span(&self, first: usize, last: usize) -> Option<Span> {
        let (from, to) = self.ends(first, last)?;
        Some(Span { start: from.at, end: to.at + 1 })
    }

    /// The author's own words from one token to another.
    pub(super) fn quote(&self, first: usize, last: usize) -> &'a str {
        self.ends(first, last).and_then(|(from, to)| self.text.get(from.bytes.0..to.bytes.1)).unwrap_or_default()
    }

    fn ends(&self, first: usize, last: usize) -> Option<(&Glyph, &Glyph)> {
        let from = self.glyphs.get(self.tokens.get(first)?.glyphs.0)?;
        let to = self.glyphs.get(self.tokens.get(last)?.glyphs.1.checked_sub(1)?)?;
        Some((from, to))
    }

    /// The characters of a token after folding.
    pub(super) fn folded(&self, i: usize) -> String {
        let (from, to) = self.token(i).glyphs;
        self.glyphs.get(from..to).unwrap_or_default().iter().map(|g| g.folded).collect()
    }

    /// The token to which a glyph belongs.
    pub(super) fn token_of(&self, glyph: usize) -> usize {
        self.step();
        self.tokens.partition_point(|t| t.glyphs.1 <= glyph)
    }
}
