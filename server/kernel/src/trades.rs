//! Trades (工种): the occupations of casual work and the names people call them on the street.
//!
//! Codes are those of the 2022 occupational classification (职业分类大典), `d-dd-dd-dd`. People say 瓦工 or
//! 水电工; the alias table turns that into one or several official occupations.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use crate::packs::{Pack, PackError, Table};

/// What a text says about a trade (工种识别结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TradeMatch<'a> {
    /// An official code or name.
    Exact(&'a str),
    /// A street name; it may mean more than one occupation (水电工 is 电工 and 管工), in the order of the table.
    Alias {
        /// The official codes it stands for, never empty.
        codes: &'a [String],
    },
    /// Neither: the user must pick from the list.
    Unknown,
}

/// The trades (工种目录) and their aliases.
#[derive(Debug, Clone)]
pub struct Trades {
    pack: Pack,
    names: BTreeMap<String, String>,
    codes: HashMap<String, String>,
    aliases: BTreeMap<String, Vec<String>>,
    certified: HashSet<String>,
}

static STANDARD: LazyLock<Trades> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded files are read by a test of this module")]
    Trades::from_csv(
        include_str!("../data/occupations-odd-job.csv"),
        include_str!("../data/trade-aliases.csv"),
        include_str!("../data/trades-certified.csv"),
    )
    .expect("the embedded trades are valid")
});

impl Trades {
    /// The trades that ship with the software.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads the occupations (`code,name`), their street names (`alias,code`) and the special-operation
    /// trades (`code`).
    ///
    /// # Errors
    /// [`PackError`] with line and column: a code of the wrong shape or twice, an alias of nothing.
    pub fn from_csv(occupations: &str, aliases: &str, certified: &str) -> Result<Self, PackError> {
        let table = Table::read(occupations)?;
        let mut trades = Self {
            pack: Pack {
                name: "occupations-odd-job.csv".to_owned(),
                source: "中华人民共和国职业分类大典（2022年版）公示稿".to_owned(),
                valid_from: None,
                rows: table.len(),
            },
            names: BTreeMap::new(),
            codes: HashMap::new(),
            aliases: BTreeMap::new(),
            certified: HashSet::new(),
        };
        let (code, name) = (table.column("code")?, table.column("name")?);
        for (line, row) in table.rows() {
            let text = |at: usize| row.get(at).unwrap_or_default().to_owned();
            if !is_code(&text(code)) {
                return Err(PackError::Value { line, column: "code" });
            }
            if trades.names.insert(text(code), text(name)).is_some() {
                return Err(PackError::Duplicate { line, column: "code" });
            }
            if trades.codes.insert(text(name), text(code)).is_some() {
                return Err(PackError::Duplicate { line, column: "name" });
            }
        }
        trades.read_aliases(&Table::read(aliases)?)?;
        let table = Table::read(certified)?;
        let code = table.column("code")?;
        for (line, row) in table.rows() {
            let code = trades.known(row.get(code), line)?;
            trades.certified.insert(code);
        }
        Ok(trades)
    }

    fn read_aliases(&mut self, table: &Table) -> Result<(), PackError> {
        let (alias, code) = (table.column("alias")?, table.column("code")?);
        for (line, row) in table.rows() {
            let code = self.known(row.get(code), line)?;
            let alias = row.get(alias).filter(|a| !a.is_empty()).ok_or(PackError::Value { line, column: "alias" })?;
            let codes = self.aliases.entry(alias.to_owned()).or_default();
            if codes.contains(&code) {
                return Err(PackError::Duplicate { line, column: "alias" });
            }
            codes.push(code);
        }
        Ok(())
    }

    fn known(&self, code: Option<&str>, line: u64) -> Result<String, PackError> {
        code.filter(|code| self.names.contains_key(*code))
            .map(str::to_owned)
            .ok_or(PackError::Dangling { line, column: "code" })
    }

    /// Where the occupations come from.
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }

    /// What a code, an official name or a street name stands for; blanks around it do not matter.
    pub fn resolve(&self, text: &str) -> TradeMatch<'_> {
        let text = text.trim();
        if let Some((code, _)) = self.names.get_key_value(text) {
            return TradeMatch::Exact(code);
        }
        if let Some(code) = self.codes.get(text) {
            return TradeMatch::Exact(code);
        }
        match self.aliases.get(text) {
            Some(codes) => TradeMatch::Alias { codes },
            None => TradeMatch::Unknown,
        }
    }

    /// The official name of a code.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    /// Occupations whose code, name or street name begins with the text, each once, by code; all of them
    /// for an empty text.
    pub fn search(&self, prefix: &str) -> Vec<(&str, &str)> {
        let prefix = prefix.trim();
        let by_alias: HashSet<&str> = self
            .aliases
            .iter()
            .filter(|(alias, _)| alias.starts_with(prefix))
            .flat_map(|(_, codes)| codes.iter().map(String::as_str))
            .collect();
        self.names
            .iter()
            .filter(|(code, name)| {
                code.starts_with(prefix) || name.starts_with(prefix) || by_alias.contains(code.as_str())
            })
            .map(|(code, name)| (code.as_str(), name.as_str()))
            .collect()
    }

    /// The street names of a code, for pages and for search.
    pub fn aliases_of(&self, code: &str) -> Vec<&str> {
        let of_code = self.aliases.iter().filter(|(_, codes)| codes.iter().any(|c| c == code));
        of_code.map(|(alias, _)| alias.as_str()).collect()
    }

    /// Whether the trade needs a special-operation certificate (特种作业操作证): scaffolders, electricians,
    /// crane operators (安全生产法 art 30).
    pub fn needs_certificate(&self, code: &str) -> bool {
        self.certified.contains(code)
    }
}

/// `d-dd-dd-dd`.
fn is_code(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 1 | 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trades() -> &'static Trades {
        Trades::standard()
    }

    #[test]
    fn an_official_code_or_name_is_exact() {
        assert_eq!(trades().resolve(" 6-31-01-03 "), TradeMatch::Exact("6-31-01-03"));
        assert_eq!(trades().resolve("电工"), TradeMatch::Exact("6-31-01-03"));
        assert_eq!(trades().name("6-31-01-03"), Some("电工"));
        assert_eq!(trades().pack().rows, 64);
    }

    #[test]
    fn a_street_name_leads_to_its_occupation() {
        assert_eq!(trades().resolve("瓦工"), TradeMatch::Alias { codes: &["6-29-01-01".to_owned()] });
    }

    #[test]
    fn a_plumber_electrician_is_two_occupations() {
        let both = ["6-31-01-03".to_owned(), "6-29-03-04".to_owned()];
        assert_eq!(trades().resolve("水电工"), TradeMatch::Alias { codes: &both });
    }

    #[test]
    fn an_unheard_of_trade_is_unknown() {
        for text in ["宇航员", "", "9-99-99-99"] {
            assert_eq!(trades().resolve(text), TradeMatch::Unknown);
        }
        assert_eq!(trades().name("9-99-99-99"), None);
    }

    #[test]
    fn a_search_finds_by_code_name_and_street_name_each_once() {
        assert_eq!(trades().search("6-29-01-01"), [("6-29-01-01", "砌筑工")]);
        assert_eq!(trades().search("瓦"), [("6-29-01-01", "砌筑工")]);
        assert!(trades().search("管").contains(&("6-29-03-04", "管工")));
        assert_eq!(trades().search("").len(), 64);
        assert_eq!(
            trades().aliases_of("4-02-05-01"),
            ["力工", "壮工", "小工", "搬家", "搬运", "搬运工", "装卸", "装卸工"]
        );
    }

    #[test]
    fn scaffolders_electricians_and_crane_operators_need_a_certificate() {
        for code in ["6-29-01-05", "6-31-01-03", "6-30-05-01"] {
            assert!(trades().needs_certificate(code));
        }
        assert!(!trades().needs_certificate("6-29-01-01"));
    }

    #[test]
    fn a_table_with_a_bad_row_is_refused() {
        let occupations = "code,name\n6-31-01-03,电工\n";
        let read = |o: &str, a: &str| Trades::from_csv(o, a, "code\n").unwrap_err();
        assert_eq!(read("code,name\n63101-03,电工\n", "alias,code\n"), PackError::Value { line: 2, column: "code" });
        assert_eq!(read(occupations, "alias,code\n瓦工,6-29-01-01\n"), PackError::Dangling { line: 2, column: "code" });
        assert_eq!(
            read("code,name\n6-31-01-03,电工\n6-31-01-04,电工\n", "alias,code\n"),
            PackError::Duplicate { line: 3, column: "name" }
        );
    }
}
