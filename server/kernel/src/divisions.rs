//! Administrative divisions (行政区划) by GB/T 2260: province, city, county, township, village.
//!
//! Codes are retired and stay on living people's identity cards (吕梁 was 1423xx until 2003), so a code
//! is *current*, *retired* or *unknown*, and a retired one names its successor where there is one.
//! Statistical zones (统计用区) are kept apart: the statistics bureau lists them among the counties, the
//! official number of counties leaves them out.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::packs::{Pack, PackError, Table};

/// The level of a division (区划级别).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum,
)]
#[graphql(name = "DivisionLevel")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// Province (省级).
    Province,
    /// City or prefecture (地级).
    City,
    /// County, district or county-level city (县级).
    County,
    /// Township, town or sub-district (乡级).
    Township,
    /// Village or neighbourhood committee (村级).
    Village,
}

impl Level {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "province" => Self::Province,
            "city" => Self::City,
            "county" => Self::County,
            "township" => Self::Township,
            "village" => Self::Village,
            _ => return None,
        })
    }
}

/// A division (行政区划) that exists today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// GB/T 2260 code of 6 digits, or the statistics bureau's 9 (township) or 12 (village).
    pub code: String,
    /// Its own name, without those above it.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Code of the division above; `None` for the province.
    pub parent: Option<String>,
    /// A zone that exists for statistics only (统计用区); not one of the official counties.
    pub statistical_zone: bool,
}

/// A division (已撤销的行政区划) whose code is no longer issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// The retired code.
    pub code: String,
    /// The last name it had.
    pub name: String,
    /// The level it had.
    pub level: Level,
    /// End of the month of the first list that has it; `None` if it is older than the lists (1980).
    pub valid_from: Option<NaiveDate>,
    /// End of the month of the last list that has it.
    pub valid_to: Option<NaiveDate>,
    /// The current code that stands for the same place; `None` where the place was split or redrawn.
    pub successor: Option<String>,
}

/// What a code stands for today (区划代码查询结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// A division that exists.
    Current(&'a Division),
    /// A division that is gone.
    Retired {
        /// The current code of the same place, if there is exactly one.
        successor: Option<&'a str>,
        /// Until when the code is known to have been listed.
        valid_to: Option<NaiveDate>,
    },
    /// Not a code of this tree, now or before.
    Unknown,
}

/// The tree of divisions (行政区划树).
#[derive(Debug, Clone)]
pub struct Divisions {
    pack: Pack,
    retired_pack: Pack,
    all: Vec<Division>,
    by_code: HashMap<String, usize>,
    children: HashMap<String, Vec<usize>>,
    retired: HashMap<String, Retired>,
}

static STANDARD: LazyLock<Divisions> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded files are read by a test of this module")]
    Divisions::from_csv(include_str!("../data/divisions-shanxi.csv"), include_str!("../data/divisions-retired.csv"))
        .expect("the embedded divisions are valid")
});

impl Divisions {
    /// The divisions of Shanxi (山西省) that ship with the software.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads the tree: `code,name,level,parent,statistical_zone` with parents before their children, and
    /// `code,name,level,valid_from,valid_to,successor` of the retired ones.
    ///
    /// # Errors
    /// [`PackError`] with line and column: a parent or successor that is not in the tree, a code twice.
    pub fn from_csv(current: &str, retired: &str) -> Result<Self, PackError> {
        let table = Table::read(current)?;
        let mut tree = Self {
            pack: Pack {
                name: "divisions-shanxi.csv".to_owned(),
                source: "国家统计局统计用区划代码 (Administrative-divisions-of-China, china-division 2.7.0)".to_owned(),
                valid_from: None,
                rows: table.len(),
            },
            retired_pack: Pack {
                name: "divisions-retired.csv".to_owned(),
                source: "民政部县以上行政区划代码, 1980-12 to 2019-04 (cn/GB2260)".to_owned(),
                valid_from: None,
                rows: 0,
            },
            all: Vec::with_capacity(table.len()),
            by_code: HashMap::with_capacity(table.len()),
            children: HashMap::new(),
            retired: HashMap::new(),
        };
        tree.read_current(&table)?;
        tree.read_retired(&Table::read(retired)?)?;
        Ok(tree)
    }

    fn read_current(&mut self, table: &Table) -> Result<(), PackError> {
        let (code, name, level) = (table.column("code")?, table.column("name")?, table.column("level")?);
        let (parent, zone) = (table.column("parent")?, table.column("statistical_zone")?);
        for (line, row) in table.rows() {
            let text = |at: usize| row.get(at).unwrap_or_default();
            if !is_code(text(code)) {
                return Err(PackError::Value { line, column: "code" });
            }
            let level = Level::parse(text(level)).ok_or(PackError::Value { line, column: "level" })?;
            let above = (!text(parent).is_empty()).then(|| text(parent).to_owned());
            let at = self.all.len();
            if self.by_code.insert(text(code).to_owned(), at).is_some() {
                return Err(PackError::Duplicate { line, column: "code" });
            }
            if let Some(above) = &above {
                if !self.by_code.contains_key(above) || above == text(code) {
                    return Err(PackError::Dangling { line, column: "parent" });
                }
                self.children.entry(above.clone()).or_default().push(at);
            }
            self.all.push(Division {
                code: text(code).to_owned(),
                name: text(name).to_owned(),
                level,
                parent: above,
                statistical_zone: text(zone) == "1",
            });
        }
        Ok(())
    }

    fn read_retired(&mut self, table: &Table) -> Result<(), PackError> {
        let (code, name, level) = (table.column("code")?, table.column("name")?, table.column("level")?);
        let (from, to, successor) =
            (table.column("valid_from")?, table.column("valid_to")?, table.column("successor")?);
        for (line, row) in table.rows() {
            let text = |at: usize| row.get(at).unwrap_or_default();
            let date = |at: usize, column| match text(at) {
                "" => Ok(None),
                date => date.parse().map(Some).map_err(|_| PackError::Value { line, column }),
            };
            let successor = (!text(successor).is_empty()).then(|| text(successor).to_owned());
            if successor.as_ref().is_some_and(|code| !self.by_code.contains_key(code)) {
                return Err(PackError::Dangling { line, column: "successor" });
            }
            let entry = Retired {
                code: text(code).to_owned(),
                name: text(name).to_owned(),
                level: Level::parse(text(level)).ok_or(PackError::Value { line, column: "level" })?,
                valid_from: date(from, "valid_from")?,
                valid_to: date(to, "valid_to")?,
                successor,
            };
            // A code cannot be both in use and retired, nor be retired twice.
            if self.by_code.contains_key(&entry.code) || self.retired.insert(entry.code.clone(), entry).is_some() {
                return Err(PackError::Duplicate { line, column: "code" });
            }
        }
        self.retired_pack.rows = table.len();
        Ok(())
    }

    /// Where the current divisions come from.
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Where the retired codes come from.
    pub const fn retired_pack(&self) -> &Pack {
        &self.retired_pack
    }

    /// The division with this code, if it exists today. Codes padded with zeros to 9 or 12 digits, as the
    /// statistics bureau writes them, are understood.
    pub fn get(&self, code: &str) -> Option<&Division> {
        self.by_code.get(unpadded(code)).and_then(|at| self.all.get(*at))
    }

    /// What the code stands for today.
    pub fn lookup(&self, code: &str) -> Lookup<'_> {
        if let Some(division) = self.get(code) {
            return Lookup::Current(division);
        }
        match self.retired(code) {
            Some(old) => Lookup::Retired { successor: old.successor.as_deref(), valid_to: old.valid_to },
            None => Lookup::Unknown,
        }
    }

    /// The retired division with this code, with its last name and its dates.
    pub fn retired(&self, code: &str) -> Option<&Retired> {
        self.retired.get(unpadded(code))
    }

    /// The division and those above it, from the province down; empty for a code that is not current.
    pub fn chain(&self, code: &str) -> Vec<&Division> {
        let mut chain = Vec::with_capacity(5);
        let mut next = self.get(code);
        while let Some(division) = next {
            chain.push(division);
            next = division.parent.as_deref().and_then(|parent| self.get(parent));
        }
        chain.reverse();
        chain
    }

    /// The divisions directly below, in order of code.
    pub fn children(&self, code: &str) -> Vec<&Division> {
        let below = self.children.get(unpadded(code)).map_or(&[][..], Vec::as_slice);
        let mut below: Vec<_> = below.iter().filter_map(|at| self.all.get(*at)).collect();
        below.sort_by(|a, b| a.code.cmp(&b.code));
        below
    }

    /// Whether the division is `ancestor` or lies in it.
    pub fn within(&self, code: &str, ancestor: &str) -> bool {
        let ancestor = unpadded(ancestor);
        self.chain(code).iter().any(|division| division.code == ancestor)
    }

    /// The whole name from the province down (山西省太原市小店区); `None` for a code that is not current.
    pub fn full_name(&self, code: &str) -> Option<String> {
        let chain = self.chain(code);
        (!chain.is_empty()).then(|| chain.iter().map(|division| division.name.as_str()).collect())
    }

    /// Divisions whose name or full name contains the text: exact names first, then from the higher levels
    /// down, then by code. An empty text finds nothing.
    pub fn search(&self, name: &str) -> Vec<&Division> {
        let name = name.trim();
        if name.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = self
            .all
            .iter()
            .filter(|d| d.name.contains(name) || self.full_name(&d.code).is_some_and(|full| full.ends_with(name)))
            .collect();
        found.sort_by(|a, b| (a.name != name, a.level, &a.code).cmp(&(b.name != name, b.level, &b.code)));
        found
    }

    /// The city a division belongs to (itself for a city); `None` above cities and for unknown codes.
    pub fn city_of(&self, code: &str) -> Option<&Division> {
        self.chain(code).into_iter().find(|division| division.level == Level::City)
    }

    /// The county a division belongs to (itself for a county); `None` above counties and for unknown codes.
    pub fn county_of(&self, code: &str) -> Option<&Division> {
        self.chain(code).into_iter().find(|division| division.level == Level::County)
    }

    /// All divisions of one level, in the order of the file.
    pub fn at_level(&self, level: Level) -> impl Iterator<Item = &Division> {
        self.all.iter().filter(move |division| division.level == level)
    }
}

fn is_code(text: &str) -> bool {
    matches!(text.len(), 6 | 9 | 12) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `140105000000` and `140105000` are the county `140105`; `140105001000` is the township `140105001`.
fn unpadded(code: &str) -> &str {
    let code = code.trim();
    if !is_code(code) {
        return code;
    }
    let code = code.strip_suffix("000").filter(|_| code.len() == 12).unwrap_or(code);
    code.strip_suffix("000").filter(|_| code.len() == 9).unwrap_or(code)
}

#[cfg(test)]
mod tests;
