//! Safety cards of trades (安全提示卡): shown to everybody, and named on every work slip. They are a file, `data/safety-cards.toml`.

use std::sync::LazyLock;

use kernel::Lang;
use serde::Deserialize;

/// A safety card (安全提示卡).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name in slips.
    pub id: String,
    /// Counts its changes.
    pub version: i32,
    /// Beginnings of the codes of its trades.
    prefixes: Vec<String>,
    title_zh: String,
    title_en: String,
    lines_zh: Vec<String>,
    lines_en: Vec<String>,
    /// The laws and standards it rests on.
    pub laws: Vec<String>,
}

impl Card {
    /// What it is called.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { &self.title_zh } else { &self.title_en }
    }

    /// What it says.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> &[String] {
        if lang == Lang::Zh { &self.lines_zh } else { &self.lines_en }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cards {
    card: Vec<Card>,
}

static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded file is read by a test of this module")]
    toml::from_str::<Cards>(include_str!("../../data/safety-cards.toml")).expect("the embedded cards are valid").card
});

/// All of them, the general one first.
pub fn all() -> &'static [Card] {
    &CARDS
}

/// The card of a trade: that of the longest beginning of its code, or the general one.
#[must_use]
pub fn of(trade: &str) -> Option<&'static Card> {
    let fit = |card: &Card| {
        card.prefixes.iter().filter(|prefix| trade.starts_with(prefix.as_str())).map(String::len).max().unwrap_or(0)
    };
    // Of equals the first, which is the general one.
    CARDS.iter().rev().max_by_key(|card| fit(card))
}

/// The card of this name.
#[must_use]
pub fn named(id: &str) -> Option<&'static Card> {
    CARDS.iter().find(|card| card.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_card_is_whole_in_both_languages_and_has_a_name_of_its_own() {
        assert_eq!(all().first().unwrap().id, "general");
        let ids: HashSet<&str> = all().iter().map(|card| card.id.as_str()).collect();
        assert_eq!(ids.len(), all().len());
        for card in all() {
            assert_eq!(card.lines_zh.len(), card.lines_en.len(), "{}", card.id);
            assert!(card.version > 0 && card.lines_zh.len() >= 3 && !card.laws.is_empty(), "{}", card.id);
            assert!(card.lines_en.iter().all(|line| line.is_ascii()), "{}", card.id);
        }
    }

    #[test]
    fn a_trade_has_the_card_of_the_longest_beginning_of_its_code() {
        for (trade, id) in [
            ("6-29-01-05", "scaffold"),
            ("6-29-01-01", "construction"),
            ("6-31-01-03", "electrical"),
            ("4-02-05-01", "loading"),
            ("4-02-07-08", "delivery"),
            ("5-05-05-01", "machines"),
            ("5-01-02-02", "farm"),
            ("4-04-05-03", "general"),
            ("", "general"),
        ] {
            assert_eq!(of(trade).unwrap().id, id, "{trade}");
        }
    }
}
