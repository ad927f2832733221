//! What a sheet holds (网格), independent of the file it came from.

use super::text;

/// A sheet as read (网格): rows may be of different length, [`Grid::cell`] fills in empty ones.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// Rows from the top of the sheet, blank ones included, so that an index is Excel's row less one.
    pub cells: Vec<Vec<Cell>>,
    /// Merged regions (合并单元格), clipped to the cells that exist.
    pub merged: Vec<MergedRange>,
    /// The sheet's name; empty for CSV.
    pub sheet_name: String,
}

/// One cell (单元格).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing in it.
    #[default]
    Empty,
    /// Text as stored in the file, not yet tidied.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A date or a time of day; Excel also makes these out of typed ranges such as `10-20`.
    Date(DateCell),
    /// TRUE or FALSE.
    Bool(bool),
    /// A formula error such as `#REF!`.
    Error(String),
}

/// A date, a time or both (日期单元格), as the sheet shows it; no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateCell {
    /// Year, month (1–12) and day (1–31), when the cell holds a date.
    pub date: Option<(u16, u8, u8)>,
    /// Hour and minute, when the cell holds a time. Hours pass 24 in a duration.
    pub time: Option<(u32, u8)>,
}

/// A merged region (合并区域), zero-based and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedRange {
    /// First row.
    pub first_row: usize,
    /// First column.
    pub first_column: usize,
    /// Last row.
    pub last_row: usize,
    /// Last column.
    pub last_column: usize,
}

impl MergedRange {
    /// Whether a cell lies in the region.
    pub fn contains(&self, row: usize, column: usize) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }

    /// Whether a cell is the one that holds the region's value.
    pub fn is_anchor(&self, row: usize, column: usize) -> bool {
        row == self.first_row && column == self.first_column
    }
}

/// Bytes that filling merged regions may cost.
const FILL_BYTES: usize = 64 * 1024 * 1024;

static EMPTY: Cell = Cell::Empty;

impl Cell {
    /// The cell as a person reads it (单元格文字), tidied by [`text::tidy`].
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(value) | Self::Error(value) => text::tidy(value),
            // `{}` never uses an exponent, so a telephone number stays one.
            Self::Number(value) => format!("{value}"),
            Self::Date(value) => value.text(),
            Self::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// Whether nothing can be seen in the cell; blanks count as nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(value) => text::tidy(value).is_empty(),
            _ => false,
        }
    }
}

impl DateCell {
    /// `2022-09-20`, `05:30` or both.
    pub fn text(&self) -> String {
        let date = self.date.map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
        let time = self.time.map(|(h, m)| format!("{h:02}:{m:02}"));
        match (date, time) {
            (Some(date), Some(time)) => format!("{date} {time}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => String::new(),
        }
    }
}

impl Grid {
    /// The cell at a zero-based position; empty outside the sheet.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.cells.get(row).and_then(|cells| cells.get(column)).unwrap_or(&EMPTY)
    }

    /// The tidied text at a zero-based position.
    pub fn text(&self, row: usize, column: usize) -> String {
        self.cell(row, column).text()
    }

    /// Number of rows.
    pub fn height(&self) -> usize {
        self.cells.len()
    }

    /// Number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().flatten().all(Cell::is_blank)
    }

    /// The merged region a cell lies in.
    pub fn merge_at(&self, row: usize, column: usize) -> Option<&MergedRange> {
        self.merged.iter().find(|range| range.contains(row, column))
    }

    /// The same grid with each merged region's value in all its cells (合并单元格填充).
    ///
    /// Work and memory are bounded: a file may declare a hundred thousand overlapping regions, or one
    /// over the whole sheet with a text of thirty thousand characters. The first region that claims a
    /// cell keeps it, and beyond the bound regions stay unfilled.
    #[must_use]
    pub fn with_merges_filled(&self) -> Self {
        let width = self.width();
        let mut filled = self.clone();
        let mut budget = FILL_BYTES;
        for range in &self.merged {
            let value = self.cell(range.first_row, range.first_column).clone();
            if value == Cell::Empty {
                continue;
            }
            let cost = size_of::<Cell>() + if let Cell::Text(text) = &value { text.len() } else { 0 };
            for row in range.first_row..=range.last_row.min(self.height().saturating_sub(1)) {
                let Some(cells) = filled.cells.get_mut(row) else {
                    break;
                };
                let last = range.last_column.min(width.saturating_sub(1));
                if cells.len() <= last {
                    cells.resize(last + 1, Cell::Empty);
                }
                for cell in cells.iter_mut().take(last + 1).skip(range.first_column) {
                    let Some(left) = budget.checked_sub(cost) else { return filled };
                    budget = left;
                    if *cell == Cell::Empty {
                        *cell = value.clone();
                    }
                }
            }
        }
        filled
    }
}

/// The letters of a zero-based column (列号): 0 → `A`, 26 → `AA`.
pub fn column_letters(column: usize) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// The A1 name of a zero-based cell (单元格坐标): `a1(3, 1)` → `B4`.
pub fn a1(row: usize, column: usize) -> String {
    format!("{}{}", column_letters(column), row.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_excel() {
        assert_eq!(a1(0, 0), "A1");
        assert_eq!(a1(3, 1), "B4");
        assert_eq!(column_letters(25), "Z");
        assert_eq!(column_letters(26), "AA");
        assert_eq!(column_letters(701), "ZZ");
        assert_eq!(column_letters(702), "AAA");
        assert_eq!(column_letters(16_383), "XFD");
    }

    #[test]
    fn numbers_are_shown_without_a_decimal_point_or_an_exponent() {
        assert_eq!(Cell::Number(300.0).text(), "300");
        assert_eq!(Cell::Number(13_900_001_234.0).text(), "13900001234");
        assert_eq!(Cell::Number(12.5).text(), "12.5");
    }

    #[test]
    fn a_merged_value_reaches_every_cell_of_its_region() {
        let grid = Grid {
            cells: vec![vec![Cell::Text("公共".into()), Cell::Empty, Cell::Number(1.0)], vec![]],
            merged: vec![MergedRange { first_row: 0, first_column: 0, last_row: 1, last_column: 1 }],
            sheet_name: String::new(),
        };
        let filled = grid.with_merges_filled();
        assert_eq!(filled.text(1, 1), "公共");
        assert_eq!(filled.text(0, 1), "公共");
        assert_eq!(filled.text(1, 2), "");
        assert_eq!(filled.text(0, 2), "1");
    }

    #[test]
    fn overlapping_giant_regions_do_bounded_work() {
        let all = MergedRange { first_row: 0, first_column: 0, last_row: usize::MAX, last_column: usize::MAX };
        let grid = Grid {
            cells: vec![vec![Cell::Number(1.0); 50]; 100],
            merged: vec![all; 100_000],
            sheet_name: String::new(),
        };
        assert_eq!(grid.with_merges_filled().height(), 100);
    }

    #[test]
    fn a_giant_region_with_a_long_text_does_not_fill_the_memory() {
        let all = MergedRange { first_row: 0, first_column: 0, last_row: usize::MAX, last_column: usize::MAX };
        let mut cells = vec![vec![Cell::Empty; 64]; 10_000];
        cells[0][0] = Cell::Text("长".repeat(10_000));
        let filled = Grid { cells, merged: vec![all], sheet_name: String::new() }.with_merges_filled();
        let held = |cell: &Cell| if let Cell::Text(text) = cell { text.len() } else { 0 };
        let bytes: usize = filled.cells.iter().flatten().map(held).sum();
        assert!((60_000..=FILL_BYTES + 30_000).contains(&bytes), "{bytes}");
    }
}
