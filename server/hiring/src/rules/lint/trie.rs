//! The tree of words (词树): the longest word that begins at a character, in at most as many steps as it is long.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::{Gap, Glyph};
use super::words::{LISTS, Tag};

#[derive(Debug, Default)]
struct Node {
    next: HashMap<char, usize>,
    tag: Option<Tag>,
}

/// Every word of the linter.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

/// A word that was found: what it is, how many glyphs it takes, and how many were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) tag: Option<Tag>,
    pub(super) length: usize,
    pub(super) looked: usize,
}

/// The words, put together once.
pub(super) static WORDS: LazyLock<Trie> = LazyLock::new(|| {
    let mut trie = Trie { nodes: vec![Node::default()] };
    for list in LISTS {
        for (tag, words) in *list {
            for word in words.split_whitespace() {
                trie.add(word, *tag);
            }
        }
    }
    trie
});

impl Trie {
    fn add(&mut self, word: &str, tag: Tag) {
        let mut at = 0;
        for c in word.chars() {
            let fresh = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return };
            at = *node.next.entry(c).or_insert(fresh);
            if at == fresh {
                self.nodes.push(Node::default());
            }
        }
        if let Some(node) = self.nodes.get_mut(at) {
            // The first list wins, so that an order of lists is an order of meanings.
            node.tag.get_or_insert(tag);
        }
    }

    /// The longest word at the beginning of `glyphs`; `before` is the character in front of it, when they touch.
    pub(super) fn longest(&self, glyphs: &[Glyph], before: Option<char>) -> Match {
        let mut found = Match { tag: None, length: 0, looked: 0 };
        let mut at = 0;
        let latin = |c: char| c.is_ascii_alphabetic();
        let inside = before.is_some_and(latin) && glyphs.first().is_some_and(|g| latin(g.folded));
        if inside {
            return found;
        }
        let mut looked = 0;
        for (i, glyph) in glyphs.iter().enumerate() {
            if i > 0 && glyph.gap > Gap::Blank {
                break;
            }
            looked += 1;
            let Some(next) = self.nodes.get(at).and_then(|node| node.next.get(&glyph.folded)) else { break };
            at = *next;
            let Some(tag) = self.nodes.get(at).and_then(|node| node.tag) else { continue };
            // A Latin word ends where the letters end: `加v` is not the beginning of `加vivo`.
            let goes_on = glyphs.get(i + 1).is_some_and(|g| g.gap == Gap::None && latin(g.folded));
            if !(latin(glyph.folded) && goes_on) {
                found = Match { tag: Some(tag), length: i + 1, looked };
            }
        }
        Match { looked, ..found }
    }
}
