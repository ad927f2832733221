//! The exact form (导出名录表): the eight columns of annex 2, with city, note, filer and telephone.

use kernel::Pii;
use kernel::sheet::{SheetFault, TableColumn, TableModel, Value};

use super::figures::Figure;
use super::hours::{self, HoursSpan};
use super::issue::Field;
use super::lines;
use super::names::{self, AliasBasis};
use super::nature::Nature;
use super::read::FormRow;

/// The note of annex 2: when the directory is handed in.
pub const NOTE: &str = "备注：名录首次于2022年9月20日前报送，以后每年12月20日前更新报送。";

/// The form to be written (名录表).
#[derive(Clone, PartialEq, Default)]
pub struct DirectoryForm {
    /// The city with its 市, as in 太原市.
    pub city_name: String,
    /// The markets in order; numbers are given when written.
    pub rows: Vec<DirectoryRow>,
    /// 填报人.
    pub filer: Option<Pii<String>>,
    /// 联系电话.
    pub filer_phone: Option<Pii<String>>,
    /// The line under the table; [`NOTE`] unless the bureau has its own, which may leave out 备注： in front.
    pub note: Option<String>,
}

/// A market in the form (名录行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryRow {
    /// 零工市场名称.
    pub name: String,
    /// What the name rests on; shown only where the name alone would read otherwise.
    pub alias_basis: AliasBasis,
    /// 运营性质.
    pub nature: Nature,
    /// 运行时间.
    pub hours: Vec<HoursSpan>,
    /// 详细地址.
    pub address: String,
    /// 求职人员规模（人）.
    pub seeker_scale: Option<Figure>,
    /// 主要招聘工种.
    pub trades: Vec<String>,
    /// 日均招聘成功人数（人）.
    pub daily_successes: Option<Figure>,
}

impl std::fmt::Debug for DirectoryForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DirectoryForm")
            .field("city_name", &self.city_name)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl DirectoryRow {
    /// The row as read from a form; `None` when its nature is not known.
    pub fn from_form(row: &FormRow) -> Option<Self> {
        Some(Self {
            name: row.name.clone(),
            alias_basis: row.alias_basis,
            nature: row.nature?.nature,
            hours: row.hours.clone(),
            address: row.address.clone(),
            seeker_scale: row.seeker_scale.clone(),
            trades: row.trades.clone(),
            daily_successes: row.daily_successes.clone(),
        })
    }

    fn values(&self, serial: usize) -> Vec<Value> {
        vec![
            Value::from(u32::try_from(serial).unwrap_or(u32::MAX)),
            names::render(&self.name, self.alias_basis, self.nature).into(),
            self.nature.word().into(),
            hours::render(&self.hours).into(),
            self.address.as_str().into(),
            figure(self.seeker_scale.as_ref()),
            self.trades.join("、").into(),
            figure(self.daily_successes.as_ref()),
        ]
    }
}

/// An exact figure is a number that can be added up; a loose one is text.
fn figure(figure: Option<&Figure>) -> Value {
    match figure {
        None => Value::Blank,
        Some(figure) if figure.low == figure.high && !figure.approximate => figure.low.into(),
        Some(figure) => figure.render().into(),
    }
}

impl DirectoryForm {
    /// The form as a table, for a PDF or a page.
    pub fn table(&self) -> TableModel {
        let widths = [6.0, 30.0, 12.0, 26.0, 34.0, 12.0, 30.0, 14.0];
        let columns = Field::FORM
            .into_iter()
            .zip(widths)
            .map(|(field, width)| TableColumn {
                title: field.heading().to_owned(),
                width,
                centred: matches!(field, Field::Serial | Field::Nature | Field::SeekerScale | Field::DailySuccesses),
            })
            .collect();
        // The form ends with both, as annex 2 does.
        let whole = |value: &Option<Pii<String>>| value.as_ref().map(|v| v.expose().clone()).unwrap_or_default();
        let filer = whole(&self.filer);
        let phone = whole(&self.filer_phone);
        TableModel {
            title: "零工市场名录".to_owned(),
            header_lines: vec![self.city_name.clone()],
            columns,
            rows: self.rows.iter().enumerate().map(|(at, row)| row.values(at + 1)).collect(),
            footer_lines: vec![self.note_line(), format!("填报人：{filer}        联系电话：{phone}")],
        }
    }

    /// The note as annex 2 has it, with 备注： in front: without that it would be read as the heading of a group.
    fn note_line(&self) -> String {
        match &self.note {
            None => NOTE.to_owned(),
            Some(note) if lines::is_note(note) => note.clone(),
            Some(note) => format!("备注：{note}"),
        }
    }

    /// The form as a workbook. `created` is Unix seconds, from the caller's clock.
    pub fn to_xlsx(&self, created: i64) -> Result<Vec<u8>, SheetFault> {
        self.table().to_xlsx("零工市场名录", created)
    }

    /// The form as CSV.
    pub fn to_csv(&self) -> Vec<u8> {
        self.table().to_csv()
    }
}
