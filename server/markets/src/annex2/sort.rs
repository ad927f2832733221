//! Which rows are markets (行的归类), and what all the others are.

use std::collections::HashSet;

use kernel::sheet::{Grid, Words, text};

use super::issue::{Field, Finding, FormIssue, FormIssueCode};
use super::layout::{self, Layout};
use super::lines;

/// Sorts the rows of the sheet into markets and everything else.
pub(super) struct Sorter<'a> {
    original: &'a Grid,
    grid: &'a Grid,
    layout: &'a Layout,
    /// Rows of markets, each with the rows below that belong to it.
    pub(super) markets: Vec<(usize, Vec<usize>)>,
    /// Rows above, under and between the tables of several pages.
    pub(super) outside: Vec<usize>,
    pub(super) notes: Vec<FormIssue>,
    /// Rows whose name is merged with the one above.
    continued: Vec<bool>,
    /// Squashed texts above the table, which come again on later pages.
    above: HashSet<String>,
    /// Rows with a cell merged over three columns or more.
    wide: HashSet<usize>,
    in_table: bool,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(original: &'a Grid, grid: &'a Grid, layout: &'a Layout) -> Self {
        let mut continued = vec![false; grid.height()];
        if let Some(name) = layout.columns.get(Field::Name) {
            for range in original.merged.iter().filter(|range| range.contains(range.first_row, name.first)) {
                let below = range.last_row.saturating_sub(range.first_row);
                for row in continued.iter_mut().skip(range.first_row + 1).take(below) {
                    *row = true;
                }
            }
        }
        let above = (0..layout.first_heading).flat_map(|row| lines::texts(original, row));
        let wide = original
            .merged
            .iter()
            .filter(|range| range.first_row == range.last_row && range.last_column >= range.first_column + 2);
        Self {
            original,
            grid,
            layout,
            markets: Vec::new(),
            outside: (0..layout.first_heading).collect(),
            notes: Vec::new(),
            continued,
            above: above.map(|line| text::squash(&line)).collect(),
            wide: wide.map(|range| range.first_row).collect(),
            in_table: true,
        }
    }

    pub(super) fn sort(&mut self) {
        for row in self.layout.last_heading + 1..self.grid.height() {
            self.take(row);
        }
    }

    fn take(&mut self, row: usize) {
        let texts = lines::texts(self.original, row);
        if self.in_table && self.continued[row] && !self.markets.is_empty() {
            self.continue_market(row);
        } else if texts.is_empty() || self.is_number_only(row, &texts) {
        } else if layout::is_heading_row(self.grid, row) || self.is_second_heading(row) {
            self.in_table = true;
        } else if lines::is_foot(&texts) {
            self.in_table = false;
            self.outside.push(row);
        } else if !self.in_table {
            self.outside.push(row);
        } else if !is_total(&texts) && !is_page_mark(&texts) && !self.is_title_again(&texts) {
            if self.is_section(row, &texts) {
                self.skip(row, &texts);
            } else {
                self.markets.push((row, Vec::new()));
            }
        }
    }

    fn continue_market(&mut self, row: usize) {
        let Some((first, below)) = self.markets.last_mut() else {
            return;
        };
        below.push(row);
        let first = *first + 1;
        let note = Finding::note(
            FormIssueCode::ContinuationRow,
            Words::new(
                format!("名称与第 {first} 行合并，运行时间、工种和备注并入该行。"),
                format!("The name is merged with row {first}; hours, trades and remark were joined to it."),
            ),
        );
        let name = self.grid.text(row, self.layout.columns.get(Field::Name).map_or(0, |column| column.first));
        self.notes.push(self.layout.columns.issue(row, Field::Name, name, note));
    }

    fn skip(&mut self, row: usize, texts: &[String]) {
        let text = texts.join(" ");
        let note = Finding::note(
            FormIssueCode::RowSkipped,
            Words::new(
                format!("“{text}”读作分组标题，未导入。"),
                format!("“{text}” was read as a sub-heading and skipped."),
            ),
        );
        self.notes.push(note.at(row, String::new(), String::new(), text));
    }

    /// Blank rows often come numbered, and the row under the headings may number the columns.
    fn is_number_only(&self, row: usize, texts: &[String]) -> bool {
        let numbers: Vec<Option<usize>> =
            texts.iter().map(|text| text.trim_matches(['(', ')', '（', '）']).parse().ok()).collect();
        let in_serial = !self.layout.columns.cell(self.original, row, Field::Serial).is_blank();
        let is_numbering = texts.len() >= 3
            && row <= self.layout.last_heading + 2
            && numbers
                .iter()
                .enumerate()
                .all(|(at, number)| number.is_none_or(|number| number == at + 1 || number == at))
            && numbers.iter().all(Option::is_some);
        is_numbering || (texts.len() == 1 && in_serial && numbers.iter().all(Option::is_some))
    }

    /// The second row of headings, repeated on a later page.
    fn is_second_heading(&self, row: usize) -> bool {
        let heading = self.layout.last_heading;
        heading != self.layout.first_heading
            && row > heading
            && lines::texts(self.original, row) == lines::texts(self.original, heading)
    }

    /// Title and city line, repeated on a later page.
    fn is_title_again(&self, texts: &[String]) -> bool {
        let [text] = texts else { return false };
        let squashed = text::squash(text);
        squashed.contains("零工市场名录") || squashed.starts_with("附件") || self.above.contains(&squashed)
    }

    /// A line over the whole width, a numbered group, or a county by itself.
    fn is_section(&self, row: usize, texts: &[String]) -> bool {
        let [text] = texts else { return false };
        let squashed = text::squash(text);
        let numbered = squashed
            .trim_start_matches('(')
            .trim_start_matches(|c| "一二三四五六七八九十".contains(c))
            .starts_with(['、', ')', '.'])
            && !squashed.starts_with(['、', '.']);
        let in_serial = !self.layout.columns.cell(self.original, row, Field::Serial).is_blank();
        self.wide.contains(&row) || numbered || in_serial || squashed.ends_with(['区', '县'])
    }
}

fn is_total(texts: &[String]) -> bool {
    texts.iter().take(2).any(|text| {
        let squashed = text::squash(text);
        ["合计", "小计", "总计", "共计", "累计", "本页合计"].iter().any(|word| squashed.starts_with(word))
    })
}

fn is_page_mark(texts: &[String]) -> bool {
    let line = text::squash(&texts.concat());
    line.ends_with('页') && (line.starts_with('第') || line.starts_with('共')) && line.chars().count() <= 16
}
