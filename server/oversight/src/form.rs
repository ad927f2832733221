//! The form on paper (填报表): what was frozen, printed exactly as annex 2 wants it, and the province's workbook.

use async_graphql::Enum;
use chrono::{DateTime, NaiveDate, Utc};
use kernel::sheet::{TableColumn, TableModel, Value, Workbook};
use kernel::{Fault, Lang, Pii};
use markets::annex2::{DirectoryForm, DirectoryRow, Nature};
use serde::Serialize;
use uuid::Uuid;

use crate::rules::compare::difference;
use crate::rules::returns::ReturnStatus;
use markets::ExportFormat;

/// A frozen row (名录行): the texts of the eight columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 序号, from 1.
    pub serial: i32,
    /// The market it is about; not printed.
    pub market: Uuid,
    /// 零工市场名称.
    pub name: String,
    /// 运营性质.
    pub nature: Nature,
    /// 运行时间.
    pub hours_text: String,
    /// 详细地址.
    pub address: String,
    /// 求职人员规模（人）.
    pub seeker_scale: String,
    /// 主要招聘工种.
    pub trades: String,
    /// 日均招聘成功人数（人）.
    pub daily_successes: String,
}

/// The nature as stored.
#[must_use]
pub const fn nature_code(nature: Nature) -> &'static str {
    match nature {
        Nature::Public => "PUBLIC",
        Nature::Commercial => "COMMERCIAL",
        Nature::Spontaneous => "SPONTANEOUS",
    }
}

/// The nature from what is stored.
pub fn nature_of(code: &str) -> Result<Nature, Fault> {
    [Nature::Public, Nature::Commercial, Nature::Spontaneous]
        .into_iter()
        .find(|nature| nature_code(*nature) == code)
        .ok_or(Fault::internal("read the nature of a frozen row"))
}

/// The directory's rows as the form prints them: what is frozen is the printed text, so that a later change of the
/// printing rules cannot change a return that was handed in.
#[must_use]
pub fn lines(rows: Vec<(Uuid, DirectoryRow)>) -> Vec<Line> {
    let marks: Vec<(Uuid, Nature)> = rows.iter().map(|(market, row)| (*market, row.nature)).collect();
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let table = DirectoryForm { rows, ..DirectoryForm::default() }.table();
    let print = |(serial, (values, (market, nature))): (i32, (Vec<Value>, (Uuid, Nature)))| {
        let text = |column: usize| values.get(column).map(Value::text).unwrap_or_default();
        Line {
            serial,
            market,
            name: text(1),
            nature,
            hours_text: text(3),
            address: text(4),
            seeker_scale: text(5),
            trades: text(6),
            daily_successes: text(7),
        }
    };
    (1..).zip(table.rows.into_iter().zip(marks)).map(print).collect()
}

/// A count is a number that can be added up; about, from–to and empty are not.
fn figure(text: &str) -> Value {
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => Value::from(number),
        _ if text.is_empty() => Value::Blank,
        _ => Value::from(text),
    }
}

impl Line {
    fn values(&self) -> Vec<Value> {
        vec![
            Value::from(u32::try_from(self.serial).unwrap_or_default()),
            self.name.as_str().into(),
            self.nature.word().into(),
            self.hours_text.as_str().into(),
            self.address.as_str().into(),
            figure(&self.seeker_scale),
            self.trades.as_str().into(),
            figure(&self.daily_successes),
        ]
    }
}

/// 太原 and 太原市 are both 太原市 on the form.
#[must_use]
pub fn city_name(name_zh: &str) -> String {
    if name_zh.ends_with('市') { name_zh.to_owned() } else { format!("{name_zh}市") }
}

/// A city's form.
#[must_use]
pub fn city_table(name_zh: &str, lines: &[Line], filer: &Pii<String>, phone: &Pii<String>) -> TableModel {
    let form = DirectoryForm {
        city_name: city_name(name_zh),
        filer: Some(filer.clone()),
        filer_phone: Some(phone.clone()),
        ..DirectoryForm::default()
    };
    TableModel { rows: lines.iter().map(Line::values).collect(), ..form.table() }
}

/// For whom the province exports (导出对象): the ministry is told no hours (人社部发〔2022〕38号 closing clause).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
#[graphql(name = "ReportReader")]
pub enum Reader {
    /// The province itself: the eight columns of annex 2 (省级汇总).
    #[default]
    Province,
    /// The ministry: without 运行时间 (上报人社部).
    Ministry,
}

/// The heading of the column that the ministry is not told.
const HOURS: &str = "运行时间";

impl Reader {
    /// The table as this reader gets it.
    fn view(self, mut table: TableModel) -> TableModel {
        if self == Self::Ministry
            && let Some(at) = table.columns.iter().position(|column| column.title == HOURS)
        {
            table.columns.remove(at);
            for row in &mut table.rows {
                row.remove(at);
            }
        }
        table
    }
}

/// Runs CPU work on a thread of its own, so that other requests go on.
pub async fn apart(work: impl FnOnce() -> Result<Vec<u8>, Fault> + Send + 'static) -> Result<Vec<u8>, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::of("write a form"))?
}

/// A city in the province's export (汇总行).
#[derive(Clone, Debug)]
pub struct CityPart {
    /// Chinese name.
    pub name_zh: String,
    /// Its status.
    pub status: ReturnStatus,
    /// The snapshot handed in.
    pub version_no: Option<i32>,
    /// Rows this year.
    pub row_count: Option<i32>,
    /// Rows last year.
    pub last_year: Option<i32>,
    /// The day of the last version.
    pub submitted_on: Option<NaiveDate>,
    /// Late?
    pub late: bool,
    /// Named for monitoring?
    pub monitoring: bool,
    /// 填报人.
    pub filer: Pii<String>,
    /// 联系电话.
    pub phone: Pii<String>,
    /// The rows, where they lie with the province.
    pub lines: Option<Vec<Line>>,
}

/// Which state of the returns an export shows (汇总口径).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// The returns as they stand, for the province's own work.
    Working,
    /// The report to the ministry as it would be now (草稿).
    Draft,
    /// A frozen version of the report (定稿).
    Frozen {
        /// Its number.
        version_no: i32,
        /// The day it was frozen.
        on: NaiveDate,
    },
}

impl Edition {
    /// What titles and file names say of it.
    #[must_use]
    pub fn mark(self) -> Option<String> {
        match self {
            Self::Working => None,
            Self::Draft => Some("草稿".to_owned()),
            Self::Frozen { version_no, .. } => Some(format!("第{version_no}版")),
        }
    }

    fn titled(self, title: String) -> String {
        self.mark().map_or(title.clone(), |mark| format!("{title}（{mark}）"))
    }
}

/// The province's export (全省汇总).
#[derive(Clone, Debug)]
pub struct ProvinceBook {
    /// For whom.
    pub reader: Reader,
    /// Of which state.
    pub edition: Edition,
    /// The year reported.
    pub year: i32,
    /// When the cities were due.
    pub cities_due: NaiveDate,
    /// When the province is due.
    pub ministry_due: NaiveDate,
    /// The cities, by code.
    pub cities: Vec<CityPart>,
}

const fn status_word(status: ReturnStatus) -> &'static str {
    match status {
        ReturnStatus::Open | ReturnStatus::Frozen => "未报送",
        ReturnStatus::Submitted => "已报送",
        ReturnStatus::Returned => "已退回",
        ReturnStatus::Accepted => "已接收",
    }
}

fn number(value: Option<i32>) -> Value {
    value.map_or(Value::Blank, |n| Value::Number(f64::from(n)))
}

fn column(title: &str, width: f32, centred: bool) -> TableColumn {
    TableColumn { title: title.to_owned(), width, centred }
}

impl ProvinceBook {
    /// Where a city stands; of a frozen version, why it was left out.
    fn standing(&self, city: &CityPart) -> Value {
        let word = status_word(city.status);
        match self.edition {
            Edition::Frozen { .. } if city.lines.is_none() => format!("未纳入（{word}）").as_str().into(),
            _ => word.into(),
        }
    }

    fn summary(&self) -> TableModel {
        let yes_no = |yes: bool| Value::from(if yes { "是" } else { "否" });
        let rows = self.cities.iter().map(|city| {
            vec![
                Value::from(city_name(&city.name_zh)),
                self.standing(city),
                number(city.version_no),
                number(city.row_count),
                number(city.last_year),
                number(difference(city.row_count, city.last_year)),
                city.submitted_on.map_or(Value::Blank, |day| Value::from(day.to_string())),
                yes_no(city.late),
                yes_no(city.monitoring),
                // The form asks for both, to be rung up.
                city.filer.expose().as_str().into(),
                city.phone.expose().as_str().into(),
            ]
        });
        let handed_in = self.cities.iter().filter(|city| city.lines.is_some()).count();
        // Of those that are in the book: what was sent back is none of it, though its number stands in its line.
        let markets: usize = self.cities.iter().filter_map(|city| city.lines.as_ref()).map(Vec::len).sum();
        let dates = format!("各市报送期限：{}；省级上报期限：{}", self.cities_due, self.ministry_due);
        let (header, taken) = match self.edition {
            Edition::Frozen { on, .. } => (format!("{dates}；定稿日期：{on}"), "纳入"),
            Edition::Working | Edition::Draft => (dates, "已报送"),
        };
        TableModel {
            title: self.edition.titled(format!("{}年度零工市场名录汇总表", self.year)),
            header_lines: vec![header],
            columns: vec![
                column("市", 12.0, false),
                column("报送状态", 10.0, true),
                column("版次", 7.0, true),
                column("零工市场数", 10.0, true),
                column("上年数", 9.0, true),
                column("增减", 8.0, true),
                column("报送日期", 13.0, true),
                column("是否逾期", 9.0, true),
                column("监测城市", 9.0, true),
                column("填报人", 12.0, false),
                column("联系电话", 18.0, false),
            ],
            rows: rows.collect(),
            footer_lines: vec![format!("共{}个市，{taken}{handed_in}个，零工市场{markets}家。", self.cities.len())],
        }
    }

    /// All cities' rows in one table, for formats that have no sheets.
    fn flat(&self) -> TableModel {
        let form = DirectoryForm::default().table();
        let mut columns = vec![column("市", 10.0, false)];
        columns.extend(form.columns);
        let rows = self.cities.iter().flat_map(|city| {
            let name = city_name(&city.name_zh);
            city.lines.iter().flatten().map(move |line| {
                let mut values = vec![Value::from(name.as_str())];
                values.extend(line.values());
                values
            })
        });
        let summary = self.summary();
        TableModel {
            title: self.edition.titled(format!("{}年度零工市场名录", self.year)),
            header_lines: summary.header_lines,
            columns,
            rows: rows.collect(),
            footer_lines: summary.footer_lines,
        }
    }

    /// The file: a workbook has a summary and a sheet per city that handed in, the others one table.
    pub fn render(&self, format: ExportFormat, at: DateTime<Utc>) -> Result<Vec<u8>, Fault> {
        if format != ExportFormat::Xlsx {
            return render(&self.reader.view(self.flat()), "", format, at);
        }
        let mut book = Workbook::new(at.timestamp());
        book.add(self.summary().to_sheet("汇总"));
        for city in &self.cities {
            let Some(lines) = &city.lines else { continue };
            let name = city_name(&city.name_zh);
            let table = city_table(&name, lines, &city.filer, &city.phone);
            book.add(self.reader.view(table).to_sheet(&name));
        }
        book.to_bytes().map_err(Fault::of("write the province's workbook"))
    }
}

/// A table as a file.
pub fn render(table: &TableModel, sheet: &str, format: ExportFormat, at: DateTime<Utc>) -> Result<Vec<u8>, Fault> {
    match format {
        ExportFormat::Xlsx => table.to_xlsx(sheet, at.timestamp()).map_err(Fault::of("write a workbook")),
        ExportFormat::Csv => Ok(table.to_csv()),
        ExportFormat::Pdf => table.to_document().render().map_err(Fault::of("write a PDF")),
    }
}

/// The ending of a file's name and its media type.
#[must_use]
pub const fn file_kind(format: ExportFormat) -> (&'static str, &'static str) {
    match format {
        ExportFormat::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ExportFormat::Csv => ("csv", "text/csv; charset=utf-8"),
        ExportFormat::Pdf => ("pdf", "application/pdf"),
    }
}

/// What happened, in words (经过).
#[must_use]
pub fn event_title(kind: &str, version_no: i32, lang: Lang) -> String {
    let (zh, en) = match kind {
        "FROZEN" => ("已冻结", "Frozen"),
        "UNFROZEN" => ("已解除冻结", "Unfrozen"),
        "SUBMITTED" => ("已报送省级", "Submitted to the province"),
        "DELIVERED" => ("省级已收到", "Received by the province"),
        "RETURNED" => ("省级退回", "Returned by the province"),
        "ACCEPTED" => ("省级已接收", "Accepted by the province"),
        _ => ("变更", "Changed"),
    };
    match lang {
        Lang::Zh => format!("第{version_no}版{zh}"),
        Lang::En => format!("Version {version_no}: {en}"),
    }
}
