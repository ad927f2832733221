//! Main trades (主要招聘工种): an occupation code, or the words as written where the catalogue has none.

use kernel::sheet::text;
use kernel::trades::{TradeMatch, Trades};

use super::flaw::Flaw;

/// A trade of a market (工种).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trade {
    /// In the catalogue.
    Known(String),
    /// As written.
    Other(String),
}

/// Trades of one market at most.
pub const MOST: usize = 60;

/// The trades of a form; a name that the catalogue does not have is refused, unless the market has it already (`kept`: a
/// spreadsheet brought it).
pub fn strict(catalogue: &Trades, written: &[String], kept: &[String]) -> Result<Vec<Trade>, Flaw> {
    if written.len() > MOST {
        return Err(Flaw::TooMuch {
            at: "trades".into(),
            field_zh: "主要招聘工种".into(),
            field_en: "trades".into(),
            limit: MOST,
        });
    }
    let mut found = Vec::new();
    for name in written {
        let codes = codes_of(catalogue, name);
        if codes.is_empty() {
            let tidy = text::tidy(name);
            if !kept.contains(&tidy) {
                return Err(Flaw::TradeUnknown { name: name.chars().take(40).collect() });
            }
            push(&mut found, std::iter::once(Trade::Other(tidy)));
            continue;
        }
        push(&mut found, codes.into_iter().map(Trade::Known));
    }
    Ok(found)
}

/// The trades of a spreadsheet: what the catalogue does not have is kept as written.
#[must_use]
pub fn lenient(catalogue: &Trades, written: &[String]) -> Vec<Trade> {
    let mut found = Vec::new();
    for name in written.iter().take(MOST) {
        let codes = codes_of(catalogue, name);
        if codes.is_empty() {
            push(&mut found, std::iter::once(Trade::Other(text::tidy(name))));
        } else {
            push(&mut found, codes.into_iter().map(Trade::Known));
        }
    }
    found
}

/// The codes that a code, an official name or a street name stands for.
#[must_use]
pub fn codes_of(catalogue: &Trades, name: &str) -> Vec<String> {
    match catalogue.resolve(&text::squash(name)) {
        TradeMatch::Exact(code) => vec![code.to_owned()],
        TradeMatch::Alias { codes } => codes.to_vec(),
        TradeMatch::Unknown => Vec::new(),
    }
}

fn push(found: &mut Vec<Trade>, more: impl Iterator<Item = Trade>) {
    for trade in more {
        if !found.contains(&trade) {
            found.push(trade);
        }
    }
}

impl Trade {
    /// Its name for people.
    #[must_use]
    pub fn name<'a>(&'a self, catalogue: &'a Trades) -> &'a str {
        match self {
            Self::Known(code) => catalogue.name(code).unwrap_or(code),
            Self::Other(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_name_becomes_its_occupations_each_once() {
        let trades = strict(Trades::standard(), &["水电工".into(), "电工".into()], &[]).unwrap();
        assert_eq!(trades, [Trade::Known("6-31-01-03".into()), Trade::Known("6-29-03-04".into())]);
    }

    #[test]
    fn an_unknown_trade_is_refused_in_a_form_and_kept_from_a_spreadsheet() {
        let written = ["宇航员".to_owned(), "瓦工".to_owned()];
        assert_eq!(strict(Trades::standard(), &written, &[]), Err(Flaw::TradeUnknown { name: "宇航员".into() }));
        let kept = strict(Trades::standard(), &written, &["宇航员".to_owned()]).unwrap();
        assert_eq!(kept[0], Trade::Other("宇航员".into()), "what the market has, it keeps");
        assert_eq!(
            lenient(Trades::standard(), &written),
            [Trade::Other("宇航员".into()), Trade::Known("6-29-01-01".into())]
        );
    }
}
