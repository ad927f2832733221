//! Reference data (基础数据): divisions and trades.

use async_graphql::Object;
use async_graphql::parser::types::Field;
use kernel::divisions::{self, Divisions, Level, Lookup};
use kernel::gql::Date;
use kernel::plain::{Json, Plain};
use kernel::trades::Trades;

/// A division (行政区划) of today, or one that is retired.
#[derive(Clone, Debug)]
pub struct Division(Entry);

#[derive(Clone, Debug)]
enum Entry {
    Current(&'static divisions::Division),
    Retired(&'static divisions::Retired),
    /// Stored once, and since then gone from the tree.
    Gone(String),
}

impl Division {
    /// The division of a code, retired ones included.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let tree = Divisions::standard();
        match tree.lookup(code) {
            Lookup::Current(division) => Some(Self(Entry::Current(division))),
            Lookup::Retired { .. } => tree.retired(code).map(|old| Self(Entry::Retired(old))),
            Lookup::Unknown => None,
        }
    }

    /// The division of a stored code, also where a later tree no longer has it.
    #[must_use]
    pub fn stored(code: &str) -> Self {
        Self::of(code).unwrap_or_else(|| Self(Entry::Gone(code.to_owned())))
    }

    /// A division of today.
    #[must_use]
    pub const fn current(division: &'static divisions::Division) -> Self {
        Self(Entry::Current(division))
    }
}

/// A division (行政区划), GB/T 2260.
#[Object]
impl Division {
    /// Code (区划代码): 6 digits, or 9 for a township.
    async fn code(&self) -> &str {
        match &self.0 {
            Entry::Current(d) => &d.code,
            Entry::Retired(d) => &d.code,
            Entry::Gone(code) => code,
        }
    }

    /// Its own name (名称).
    async fn name(&self) -> &str {
        match &self.0 {
            Entry::Current(d) => &d.name,
            Entry::Retired(d) => &d.name,
            Entry::Gone(code) => code,
        }
    }

    /// The name from the province down (全称).
    async fn full_name(&self) -> String {
        match &self.0 {
            Entry::Current(d) => Divisions::standard().full_name(&d.code).unwrap_or_else(|| d.name.clone()),
            Entry::Retired(d) => d.name.clone(),
            Entry::Gone(code) => code.clone(),
        }
    }

    /// Level (级别).
    async fn level(&self) -> Level {
        match &self.0 {
            Entry::Current(d) => d.level,
            Entry::Retired(d) => d.level,
            Entry::Gone(code) if code.len() > 6 => Level::Township,
            Entry::Gone(_) => Level::County,
        }
    }

    /// A zone that exists for statistics only (统计用区)?
    async fn statistical_zone(&self) -> bool {
        matches!(&self.0, Entry::Current(d) if d.statistical_zone)
    }

    /// The last day its code was listed, where it is retired (撤销日期).
    async fn valid_to(&self) -> Option<Date> {
        match &self.0 {
            Entry::Retired(d) => d.valid_to.map(Date),
            _ => None,
        }
    }

    /// The code that stands for the same place today, where it is retired (现行代码).
    async fn successor(&self) -> Option<&str> {
        match &self.0 {
            Entry::Retired(d) => d.successor.as_deref(),
            _ => None,
        }
    }

    /// The divisions directly below (下级区划).
    async fn children(&self) -> Vec<Self> {
        match &self.0 {
            Entry::Current(d) => Divisions::standard().children(&d.code).into_iter().map(Self::current).collect(),
            _ => Vec::new(),
        }
    }
}

/// A trade (工种): an occupation of casual work. What is said of it is looked up when it is asked for.
#[derive(Clone, Debug)]
pub struct Trade {
    code: String,
    name: &'static str,
}

impl Trade {
    /// The trade of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Some(Self { name: Trades::standard().name(code)?, code: code.to_owned() })
    }
}

impl Plain for Trade {
    fn plain(&self, name: &str, _: &Field, out: &mut Json) -> Option<()> {
        match name {
            "code" => out.put(&self.code),
            "name" => out.put(self.name),
            _ => None,
        }
    }
}

/// A trade (工种): an occupation of casual work.
#[Object]
impl Trade {
    /// Occupation code (职业代码), 职业分类大典 2022.
    async fn code(&self) -> &str {
        &self.code
    }

    /// Official name (职业名称).
    async fn name(&self) -> &str {
        self.name
    }

    /// Street names (俗称).
    async fn aliases(&self) -> Vec<&str> {
        Trades::standard().aliases_of(&self.code)
    }

    /// Needs a special-operation certificate (特种作业操作证)?
    async fn needs_certificate(&self) -> bool {
        Trades::standard().needs_certificate(&self.code)
    }
}

/// Divisions below `parent`, or those whose name has `search`, or both; the cities where neither is given.
#[must_use]
pub fn divisions(parent: Option<&str>, search: Option<&str>, most: usize) -> Vec<Division> {
    let tree = Divisions::standard();
    let below = |d: &divisions::Division, parent: &str| d.code != parent && tree.within(&d.code, parent);
    match (parent, search.map(str::trim).filter(|s| !s.is_empty())) {
        (Some(parent), None) => tree.children(parent).into_iter().take(most).map(Division::current).collect(),
        (parent, Some(search)) => tree
            .search(search)
            .into_iter()
            .filter(|d| parent.is_none_or(|parent| below(d, parent)))
            .take(most)
            .map(Division::current)
            .collect(),
        (None, None) => tree.at_level(Level::City).take(most).map(Division::current).collect(),
    }
}

/// Trades whose code, name or street name begins with `search`.
#[must_use]
pub fn trades(search: Option<&str>, most: usize) -> Vec<Trade> {
    let found = Trades::standard().search(search.unwrap_or_default());
    found.into_iter().take(most).filter_map(|(code, _)| Trade::of(code)).collect()
}

/// The name of a division with those above it, without the province: 太原市小店区.
#[must_use]
pub fn division_name(code: &str) -> String {
    let tree = Divisions::standard();
    let chain = tree.chain(code);
    if chain.is_empty() {
        return code.to_owned();
    }
    chain.iter().skip(1).map(|d| d.name.as_str()).collect()
}
