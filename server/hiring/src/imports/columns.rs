//! The columns of the sheet (导入表栏目), each with the headings people give it.

use kernel::sheet::text::squash;
use kernel::sheet::{Grid, column_letters};
use serde::{Deserialize, Serialize};

/// Makes the columns with their headings; the first is the one we write.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident $must:ident: $($heading:literal)+;)*) => {
        /// A column of the sheet (导入表栏目).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Column {
            $($(#[$doc])* $name,)*
        }

        impl Column {
            /// All of them, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The headings by which it is known.
            #[must_use]
            pub const fn headings(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($heading),+],)* }
            }

            /// Must the sheet have it?
            #[must_use]
            pub const fn is_needed(self) -> bool {
                match self { $(Self::$name => columns!(@ $must),)* }
            }
        }
    };
    (@ needed) => { true };
    (@ optional) => { false };
}

columns! {
    /// The agency's own number.
    ExternalId optional: "外部编号" "编号" "岗位编号";
    /// The hiring party: its unified social credit code, or its name.
    Party needed: "用工主体" "用工单位" "用人单位" "统一社会信用代码";
    /// The trade.
    Trade needed: "工种" "职业" "岗位工种";
    /// The title.
    Title optional: "标题" "岗位名称";
    /// The duties.
    Duties needed: "工作内容" "岗位职责";
    /// The conditions.
    Conditions optional: "招聘条件" "任职要求" "条件";
    /// How many.
    Headcount needed: "招聘人数" "人数" "用工人数";
    /// The day of the shift.
    Day needed: "工作日期" "日期" "用工日期";
    /// When it begins.
    Starts needed: "开始时间" "上班时间";
    /// When it ends; not after its beginning is the next day.
    Ends needed: "结束时间" "下班时间";
    /// Unpaid rest in minutes.
    Rest optional: "休息分钟" "休息（分钟）";
    /// The place.
    Place needed: "工作地点" "地点";
    /// Where on the map: longitude and latitude, from the map of a telephone unless the system is named.
    Point optional: "坐标" "经纬度" "坐标（经度,纬度）";
    /// The county.
    County optional: "区县" "县区" "区县代码";
    /// The wage in yuan.
    Wage needed: "工资（元）" "工资" "劳动报酬" "薪资";
    /// What it is for.
    Unit needed: "计薪单位" "单位";
    /// When it is paid.
    PayDay optional: "结算方式" "发薪方式";
    /// Words about the pay.
    PayText optional: "报酬说明" "待遇说明";
    /// Engagement type.
    Engagement optional: "用工类型";
    /// Accident cover.
    Cover optional: "意外保障" "保险";
    /// The market.
    Market optional: "发布市场" "零工市场";
    /// Instant.
    Instant optional: "即时快招";
    /// The last day it holds.
    Until optional: "有效期至" "有效期";
}

/// Where the columns of a file stand, with the headings it gives them (表头位置).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headings {
    /// The row of the headings, from 0.
    pub row: usize,
    found: Vec<(Column, usize, String)>,
}

/// Rows from the top in which headings are looked for.
const TOP: usize = 15;

impl Headings {
    /// The headings of a sheet: the row that names most columns. The missing ones, where some that are needed are not there.
    pub fn find(grid: &Grid) -> Result<Self, Vec<Column>> {
        let rows = (0..grid.height().min(TOP)).map(|row| Self::of_row(grid, row));
        let best = rows.max_by_key(|headings| (headings.found.len(), std::cmp::Reverse(headings.row)));
        let best = best.unwrap_or_default();
        let needed = Column::ALL.iter().copied().filter(|column| column.is_needed());
        let missing: Vec<Column> = needed.filter(|column| best.at(*column).is_none()).collect();
        if missing.is_empty() { Ok(best) } else { Err(missing) }
    }

    fn of_row(grid: &Grid, row: usize) -> Self {
        let mut found: Vec<(Column, usize, String)> = Vec::new();
        for at in 0..grid.width() {
            let title = grid.text(row, at);
            let squashed = squash(&title).trim_start_matches('*').to_owned();
            let names = |column: &Column| column.headings().iter().any(|heading| squash(heading) == squashed);
            if let Some(column) = Column::ALL.iter().copied().find(names)
                && !found.iter().any(|(known, _, _)| *known == column)
            {
                found.push((column, at, title));
            }
        }
        Self { row, found }
    }

    /// The column's index.
    #[must_use]
    pub fn at(&self, column: Column) -> Option<usize> {
        self.found.iter().find(|(known, _, _)| *known == column).map(|(_, at, _)| *at)
    }

    /// The column's letters and heading, as the file has them; where it has none, the heading we write.
    #[must_use]
    pub fn named(&self, column: Column) -> (String, String) {
        let known = self.found.iter().find(|(known, _, _)| *known == column);
        let ours = || column.headings().first().copied().unwrap_or_default().to_owned();
        known.map_or_else(|| (String::new(), ours()), |(_, at, title)| (column_letters(*at), title.clone()))
    }

    /// The columns there are, in the order of the file, with their headings.
    #[must_use]
    pub fn in_order(&self) -> Vec<(Column, String)> {
        let mut found = self.found.clone();
        found.sort_by_key(|(_, at, _)| *at);
        found.into_iter().map(|(column, _, title)| (column, title)).collect()
    }
}

#[cfg(test)]
mod tests {
    use kernel::sheet::Cell;

    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let cells = rows.iter().map(|row| row.iter().map(|text| Cell::Text((*text).to_owned())).collect()).collect();
        Grid { cells, ..Grid::default() }
    }

    const WHOLE: [&str; 10] =
        ["用人单位", "工种", "工作内容", "人数", "日期", "上班时间", "下班时间", "地点", "工资", "单位"];

    #[test]
    fn headings_are_found_below_a_title_and_by_their_everyday_names() {
        let headings = Headings::find(&grid(&[&["用工信息表"], &WHOLE])).unwrap();
        assert_eq!((headings.row, headings.at(Column::Wage)), (1, Some(8)));
        assert_eq!(headings.named(Column::Wage), ("I".to_owned(), "工资".to_owned()));
        assert_eq!(headings.at(Column::Market), None);
    }

    #[test]
    fn what_is_missing_among_the_headings_is_named_at_once() {
        let missing = Headings::find(&grid(&[&WHOLE[..8]])).unwrap_err();
        assert_eq!(missing, [Column::Wage, Column::Unit]);
    }
}
