//! One row of the table (名录行), cell by cell.

use kernel::sheet::{Cell, Grid, Words, text};

use super::figures::{self, Figure};
use super::hours;
use super::issue::{Field, Finding, FormIssue, FormIssueCode, shortened};
use super::layout::Columns;
use super::names::{self, AliasBasis, NameReading};
use super::nature;
use super::read::FormRow;
use super::trades;

/// Characters an address and a remark may have.
const MAX_ADDRESS: usize = 200;
const MAX_REMARK: usize = 1_000;

/// Cells that repeat the one above.
const DITTO: &[&str] = &["同上", "同前", "〃", "″", "\"", "''", "''''"];

/// What reading a row needs around it.
pub(super) struct RowReader<'a> {
    pub grid: &'a Grid,
    pub columns: &'a Columns,
    pub knows_trade: &'a dyn Fn(&str) -> bool,
    /// The cells of the row above, for 同上.
    pub above: Vec<(Field, Cell)>,
    pub issues: Vec<FormIssue>,
}

impl RowReader<'_> {
    /// Reads one row; what is wrong with it is added to the issues. `continuation` are the rows
    /// below that belong to the same market because its name is merged over them.
    pub(super) fn read(&mut self, row: usize, continuation: &[usize]) -> FormRow {
        let before = self.issues.len();
        let cells: Vec<(Field, Cell)> = Field::FORM
            .into_iter()
            .chain([Field::Remark])
            .map(|field| (field, self.gather(row, continuation, field)))
            .collect();
        let cell =
            |field: Field| cells.iter().find(|(at, _)| *at == field).map_or(Cell::Empty, |(_, cell)| cell.clone());
        let nature = self.take(row, Field::Nature, &cell(Field::Nature), |cell| nature::read(&cell.text()));
        let address = self.text(row, Field::Address, &cell(Field::Address), MAX_ADDRESS);
        let name = self.name(row, &cell(Field::Name), &address, nature.as_ref().map(|reading| reading.nature));
        let hours_cell = cell(Field::Hours);
        let spans = self.hours(row, &hours_cell);
        let seeker_scale = self.figure(row, Field::SeekerScale, &cell(Field::SeekerScale));
        let trades_cell = cell(Field::Trades);
        let trades = self.trades(row, &trades_cell);
        let daily_successes = self.figure(row, Field::DailySuccesses, &cell(Field::DailySuccesses));
        self.compare(row, seeker_scale.as_ref(), daily_successes.as_ref());
        let remark = self.text(row, Field::Remark, &cell(Field::Remark), MAX_REMARK);
        let serial = shortened(&cell(Field::Serial).text(), 20);
        let good = !self.issues[before..].iter().any(FormIssue::is_error);
        self.above = cells;
        FormRow {
            row: u32::try_from(row + 1).unwrap_or(u32::MAX),
            good,
            serial: (!serial.is_empty()).then_some(serial),
            name: name.name,
            alias_basis: name.basis,
            nature,
            hours: spans,
            hours_text: shortened(&hours_cell.text(), MAX_REMARK),
            address,
            seeker_scale,
            trades,
            trades_text: shortened(&trades_cell.text(), MAX_REMARK),
            daily_successes,
            remark: (!remark.is_empty()).then_some(remark),
        }
    }

    /// The cell of a field, with what its continuation rows add.
    fn gather(&mut self, row: usize, continuation: &[usize], field: Field) -> Cell {
        let cell = self.columns.cell(self.grid, row, field).clone();
        if DITTO.contains(&text::squash(&cell.text()).as_str())
            && let Some((_, above)) = self.above.iter().find(|(above, _)| *above == field)
        {
            let above = above.clone();
            let note = Finding::note(
                FormIssueCode::CopiedFromAbove,
                Words::new(
                    format!("“同上”读作“{}”。", above.text()),
                    format!("“同上” (ditto) was read as “{}”.", above.text()),
                ),
            );
            self.add(row, field, cell.text(), note);
            return above;
        }
        let joint = match field {
            Field::Hours => "；",
            Field::Trades | Field::Remark => "、",
            _ => return cell,
        };
        let mut parts = vec![cell.text()];
        for below in continuation {
            let text = self.columns.cell(self.grid, *below, field).text();
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        parts.retain(|part| !part.is_empty());
        if parts.len() < 2 { cell } else { Cell::Text(parts.join(joint)) }
    }

    fn add(&mut self, row: usize, field: Field, value: String, finding: Finding) {
        self.issues.push(self.columns.issue(row, field, value, finding));
    }

    /// Runs the rule of a cell and keeps what it has to tell.
    fn take<T>(
        &mut self,
        row: usize,
        field: Field,
        cell: &Cell,
        rule: impl FnOnce(&Cell) -> Result<(T, Option<Finding>), Finding>,
    ) -> Option<T> {
        // A missing column was told once, at the headings.
        self.columns.get(field)?;
        if let Cell::Error(shown) = cell {
            self.add(row, field, shown.clone(), formula_error(shown));
            return None;
        }
        // No statement of hours or trades is that long; what is longer is not read at all.
        let checked = if cell.text().chars().nth(MAX_REMARK).is_some() {
            Err(names::too_long(field, MAX_REMARK))
        } else {
            rule(cell)
        };
        match checked {
            Ok((value, note)) => {
                if let Some(note) = note {
                    self.add(row, field, cell.text(), note);
                }
                Some(value)
            }
            Err(finding) => {
                self.add(row, field, cell.text(), finding);
                None
            }
        }
    }

    fn text(&mut self, row: usize, field: Field, cell: &Cell, limit: usize) -> String {
        let read = self.take(row, field, cell, |cell| {
            let text = cell.text().split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() && field == Field::Address {
                let hint = Words::new("请填写到街道门牌或显著地标。", "Write the street and number or a landmark.");
                return Err(Finding::missing(field, hint));
            }
            if text.chars().count() > limit {
                return Err(names::too_long(field, limit));
            }
            Ok((text, None))
        });
        read.unwrap_or_default()
    }

    fn name(&mut self, row: usize, cell: &Cell, address: &str, nature: Option<nature::Nature>) -> NameReading {
        let read = self.take(row, Field::Name, cell, |cell| {
            let text = cell.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let mut reading = names::read(&text, address, nature)?;
            let note = reading.note.take();
            Ok((reading, note))
        });
        read.unwrap_or_else(|| NameReading {
            name: shortened(&cell.text(), MAX_ADDRESS),
            basis: AliasBasis::Official,
            note: None,
        })
    }

    fn hours(&mut self, row: usize, cell: &Cell) -> Vec<hours::HoursSpan> {
        let mut notes = Vec::new();
        let spans = self.take(row, Field::Hours, cell, |cell| {
            let reading = hours::read(cell)?;
            notes = reading.notes;
            Ok((reading.spans, None))
        });
        for note in notes {
            self.add(row, Field::Hours, cell.text(), note);
        }
        spans.unwrap_or_default()
    }

    fn figure(&mut self, row: usize, field: Field, cell: &Cell) -> Option<Figure> {
        self.take(row, field, cell, |cell| figures::read(field, cell)).flatten()
    }

    fn trades(&mut self, row: usize, cell: &Cell) -> Vec<String> {
        let knows_trade = self.knows_trade;
        let read = self.take(row, Field::Trades, cell, |cell| {
            let names = trades::split(&cell.text());
            if names.is_empty() {
                let hint = Words::new(
                    "请填写主要工种，用顿号分隔，例如：瓦工、木工、保洁。",
                    "Write the main trades, separated by 、, for example 瓦工、木工、保洁.",
                );
                return Err(Finding::missing(Field::Trades, hint));
            }
            if let Some(finding) = trades::too_long(&names) {
                return Err(finding);
            }
            let unknown: Vec<String> = names.iter().filter(|name| !knows_trade(name)).cloned().collect();
            let note = (!unknown.is_empty()).then(|| trades::unknown(&unknown));
            Ok((names, note))
        });
        read.unwrap_or_default()
    }

    /// More people hired a day than there are seekers is a slip in one of the two; the form of a market refuses it too.
    fn compare(&mut self, row: usize, scale: Option<&Figure>, successes: Option<&Figure>) {
        let (Some(scale), Some(successes)) = (scale, successes) else { return };
        if successes.low <= scale.high {
            return;
        }
        let (most, hired) = (scale.render(), successes.render());
        let finding = Finding::error(
            FormIssueCode::FigureImplausible,
            Words::new(
                format!("日均招聘成功人数（{hired}）大于求职人员规模（{most}）。"),
                format!("The daily successes ({hired}) exceed the seeker scale ({most})."),
            ),
            Words::new("核对两个数，改正其中填错的一个。", "Check both numbers and correct the wrong one."),
        );
        self.add(row, Field::DailySuccesses, successes.text.clone(), finding);
    }
}

fn formula_error(shown: &str) -> Finding {
    Finding::error(
        FormIssueCode::FormulaError,
        Words::new(format!("单元格是公式错误（{shown}）。"), format!("The cell shows a formula error ({shown}).")),
        Words::new("请改为直接填写内容。", "Type the content itself instead of a formula."),
    )
}
