//! What is the matter with a cell (单元格问题), as it is kept with its row.

use kernel::Lang;
use kernel::Words;
use kernel::refusal::Refusal;
use serde::{Deserialize, Serialize};

use super::columns::{Column, Headings};
use crate::rules::checking::Said;
use crate::rules::flaw::Flaw;

/// What is the matter with a cell (单元格问题).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Letters of the column; empty where the file has none.
    pub column: String,
    /// Its heading.
    pub title: String,
    /// What the cell holds, cut.
    pub value: String,
    /// The kind of issue, as a stable code.
    pub code: String,
    /// What is the matter, and what to do.
    pub message: Words,
}

/// Characters of a cell that are shown.
const SHOWN: usize = 60;

/// Where the field of a form stands in the sheet.
fn column_of(field: &str) -> Column {
    match field {
        "trade" | "kind" => Column::Trade,
        "title" => Column::Title,
        "conditions" => Column::Conditions,
        "payText" => Column::PayText,
        "place" => Column::Place,
        "point" => Column::Point,
        "county" => Column::County,
        "marketId" => Column::Market,
        "wageFen" => Column::Wage,
        "wageUnit" => Column::Unit,
        "payDay" => Column::PayDay,
        "shifts" => Column::Day,
        "shifts.headcount" => Column::Headcount,
        "validUntil" => Column::Until,
        "instant" => Column::Instant,
        "partyId" => Column::Party,
        _ => Column::Duties,
    }
}

/// Where what a flaw is about stands in the sheet: of a shift, which is one field of the form, the cell that is wrong.
fn cell_of(flaw: &Flaw) -> Column {
    match flaw {
        Flaw::ShiftBreak { .. } => Column::Rest,
        Flaw::ShiftReversed { .. } => Column::Ends,
        other => column_of(other.field().unwrap_or_default()),
    }
}

/// `WAGE_BELOW_MINIMUM` of `WageBelowMinimum`.
fn screaming(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 4);
    for (at, c) in code.char_indices() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

/// Makes issues of the cells of one row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Where the columns are.
    pub headings: &'a Headings,
    /// What the cells hold, in the order of [`Column::ALL`].
    pub cells: &'a [String],
}

impl Row<'_> {
    /// What the cell of a column holds.
    #[must_use]
    pub fn cell(&self, column: Column) -> &str {
        let at = Column::ALL.iter().position(|known| *known == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// An issue of a column's cell.
    #[must_use]
    pub fn issue(&self, column: Column, code: &str, zh: impl Into<String>, en: impl Into<String>) -> Issue {
        let (letters, title) = self.headings.named(column);
        let value = self.cell(column).chars().take(SHOWN).collect();
        Issue { column: letters, title, value, code: code.to_owned(), message: Words::new(zh, en) }
    }

    /// The issue that a flaw of the form is.
    #[must_use]
    pub fn flaw(&self, flaw: &Flaw) -> Issue {
        self.issue(cell_of(flaw), &screaming(flaw.code()), flaw.message(Lang::Zh), flaw.message(Lang::En))
    }

    /// The issue that a finding of the linter is.
    #[must_use]
    pub fn finding(&self, said: &Said) -> Issue {
        let (why, instead) = (&said.why, &said.instead);
        let (zh, en) = (format!("{}{}", why.zh, instead.zh), format!("{} {}", why.en, instead.en));
        self.issue(column_of(&said.field), &said.rule, zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_cells_are_spelt_as_those_of_the_interface() {
        assert_eq!(screaming("TradeUnknown"), "TRADE_UNKNOWN");
        let cells = vec![String::new(); Column::ALL.len()];
        let row = Row { headings: &Headings::default(), cells: &cells };
        let issue = row.flaw(&Flaw::Headcount { limit: 500 });
        assert_eq!((issue.code.as_str(), issue.title.as_str()), ("HEADCOUNT", "招聘人数"));
        let title = |flaw| row.flaw(&flaw).title;
        assert_eq!(title(Flaw::ShiftBreak { row: 1 }), "休息分钟");
        assert_eq!(title(Flaw::ShiftReversed { row: 1 }), "结束时间");
        assert_eq!(title(Flaw::ShiftPast { row: 1 }), "工作日期");
    }
}
