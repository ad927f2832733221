//! Search (检索): one folded text per market, and the words of a question.

use kernel::divisions::Divisions;
use kernel::sheet::text;
use kernel::trades::Trades;

use super::describe::Described;
use super::trades::Trade;

/// Words of a question that count.
const WORDS: usize = 8;
/// Characters of a word that count.
const LETTERS: usize = 40;

/// The text a market is found by: its names, address, divisions, trades and their street names.
#[must_use]
pub fn searchable(market: &Described, divisions: &Divisions, catalogue: &Trades) -> String {
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(market.names.official.as_deref());
    parts.extend(market.names.alias.as_deref());
    parts.extend(market.operator_name.as_deref());
    parts.push(&market.address);
    parts.extend(divisions.chain(&market.located.division).into_iter().skip(1).map(|d| d.name.as_str()));
    for trade in &market.trades {
        parts.push(trade.name(catalogue));
        if let Trade::Known(code) = trade {
            parts.push(code);
            parts.extend(catalogue.aliases_of(code));
        }
    }
    text::fold(&parts.join("\n")).to_lowercase()
}

/// The words of a question; a market is found if it has all of them.
#[must_use]
pub fn words(question: &str) -> Vec<String> {
    text::fold(question)
        .to_lowercase()
        .split_whitespace()
        .take(WORDS)
        .map(|word| word.chars().take(LETTERS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_folded_into_a_few_words() {
        assert_eq!(words("　小店区　ＷＵ城  "), ["小店区", "wu城"]);
        assert_eq!(words("a b c d e f g h i j").len(), WORDS);
    }
}
