//! A row as a form (逐行读取): what people write into cells, read as they mean it; a cell that means nothing is named.

use async_graphql::ID;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use kernel::clock::shanghai;
use kernel::geo::Crs;
use kernel::gql::Date;
use kernel::sheet::text::{fold, squash};
use markets::PointInput;

use super::columns::Column;
use super::issue::{Issue, Row};
use crate::forms::{PostingInput, ShiftInput};
use crate::kinds::{AccidentCover, EngagementType, PayDay, WageUnit};

/// A day as people write it: 2026-11-24, 2026/11/24, 2026.11.24, 2026年11月24日.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let folded: String =
        fold(text).chars().map(|c| if matches!(c, '年' | '月' | '/' | '.') { '-' } else { c }).collect();
    let day = folded.split_whitespace().next()?.trim_end_matches(['日', '号', '-']);
    let mut parts = day.split('-').map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if parts.next().is_some() || !(2000..=2100).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A time of day as people write it: 06:00, 6:00, 6点, 6点半, 次日2:00; and whether it is the next day's.
#[must_use]
pub fn time(text: &str) -> Option<(NaiveTime, bool)> {
    let squashed = squash(text);
    let (next, rest) = match squashed.strip_prefix("次日").or_else(|| squashed.strip_prefix("第二天")) {
        Some(rest) => (true, rest.to_owned()),
        None => (false, squashed),
    };
    let rest = rest.replace("点半", ":30").replace(['点', '时'], ":").replace('分', "");
    let (hour, minute) = rest.split_once(':').unwrap_or((rest.as_str(), ""));
    let hour: u32 = hour.parse().ok()?;
    let minute: u32 = match minute.split(':').next().unwrap_or_default() {
        "" => 0,
        minute => minute.parse().ok()?,
    };
    // Midnight at the end of a day is the beginning of the next.
    if (hour, minute) == (24, 0) {
        return Some((NaiveTime::MIN, true));
    }
    NaiveTime::from_hms_opt(hour, minute, 0).map(|at| (at, next))
}

/// Yuan as people write them, in fen: 200, 200.5, 200元.
#[must_use]
pub fn fen(text: &str) -> Option<i64> {
    let squashed = squash(text).replace(['元', '¥', '￥', ','], "");
    let (yuan, rest) = squashed.split_once('.').unwrap_or((squashed.as_str(), ""));
    if yuan.is_empty() || rest.len() > 2 || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    yuan.parse::<i64>().ok().filter(|yuan| (0..=10_000_000).contains(yuan)).map(|yuan| yuan * 100 + cents)
}

/// A whole number.
fn number(text: &str) -> Option<i32> {
    let squashed = squash(text).replace(['人', '名', '个'], "");
    squashed.strip_suffix(".0").unwrap_or(&squashed).parse().ok()
}

/// A point as people copy it from a map, in either order: 112.55,37.80; of another system with its name behind: 112.55,37.80 WGS84.
#[must_use]
pub fn degrees(text: &str) -> Option<PointInput> {
    let folded = fold(text).to_ascii_uppercase().replace([',', '，', '、', ';'], " ");
    let mut words = folded.split_whitespace();
    let (first, second) = (words.next()?.parse::<f64>().ok()?, words.next()?.parse::<f64>().ok()?);
    let crs = words.next().map_or(Some(Crs::Gcj02), |system| Crs::from_code(&system.replace('-', "")))?;
    // All of China lies east of 73°, and north of 3° and south of 54°.
    let (lng, lat) = if first > second { (first, second) } else { (second, first) };
    words.next().is_none().then_some(PointInput { lat, lng, crs: Some(crs) })
}

/// Yes or no.
fn flag(text: &str) -> Option<bool> {
    match squash(text).as_str() {
        "" | "否" | "不" | "无" | "0" => Some(false),
        "是" | "有" | "√" | "1" => Some(true),
        _ => None,
    }
}

/// A word of a list, by its name or a part of it that people write.
fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Option<T> {
    let squashed = squash(text);
    words.iter().find(|(word, _)| *word == squashed).map(|(_, value)| *value)
}

const UNITS: &[(&str, WageUnit)] = &[
    ("小时", WageUnit::Hour),
    ("元/小时", WageUnit::Hour),
    ("时", WageUnit::Hour),
    ("天", WageUnit::Day),
    ("日", WageUnit::Day),
    ("元/天", WageUnit::Day),
    ("元/日", WageUnit::Day),
    ("件", WageUnit::Piece),
    ("元/件", WageUnit::Piece),
    ("次", WageUnit::Job),
    ("元/次", WageUnit::Job),
    ("月", WageUnit::Month),
    ("元/月", WageUnit::Month),
];

const PAY_DAYS: &[(&str, PayDay)] = &[
    ("完工即付", PayDay::OnCompletion),
    ("完工结", PayDay::OnCompletion),
    ("当场结", PayDay::OnCompletion),
    ("日结", PayDay::Daily),
    ("周结", PayDay::Weekly),
    ("半月结", PayDay::HalfMonthly),
    ("月结", PayDay::Monthly),
];

const ENGAGEMENTS: &[(&str, EngagementType)] = &[
    ("非全日制用工", EngagementType::PartTime),
    ("非全日制", EngagementType::PartTime),
    ("小时工", EngagementType::PartTime),
    ("临时性用工", EngagementType::Temporary),
    ("临时性", EngagementType::Temporary),
    ("临时", EngagementType::Temporary),
    ("阶段性用工", EngagementType::Phased),
    ("阶段性", EngagementType::Phased),
];

const COVERS: &[(&str, AccidentCover)] = &[
    ("工伤保险", AccidentCover::WorkInjury),
    ("用人单位参加工伤保险", AccidentCover::WorkInjury),
    ("商业意外险", AccidentCover::Commercial),
    ("意外险", AccidentCover::Commercial),
    ("无", AccidentCover::None),
];

/// Reads cells one after the other, and gathers what is the matter.
struct Reader<'a> {
    row: Row<'a>,
    issues: Vec<Issue>,
}

impl Reader<'_> {
    /// The value of a cell that must have one.
    fn must<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Option<T>, zh: &str, en: &str) -> Option<T> {
        let value = read(self.row.cell(column));
        if value.is_none() {
            let code = if self.row.cell(column).is_empty() { "MISSING" } else { "NOT_READABLE" };
            self.issues.push(self.row.issue(column, code, zh, en));
        }
        value
    }

    /// The value of a cell that may be empty.
    fn may<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Option<T>, zh: &str, en: &str) -> Option<T> {
        if self.row.cell(column).is_empty() { None } else { self.must(column, read, zh, en) }
    }

    fn text(&self, column: Column) -> Option<String> {
        Some(self.row.cell(column).to_owned()).filter(|text| !text.is_empty())
    }
}

/// A wage that is nowhere wrong.
const A_WAGE: (i64, WageUnit) = (20_000, WageUnit::Day);

/// What a row names, found beforehand (行内引用).
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Id of the hiring party.
    pub party: &'a str,
    /// Id of the market.
    pub market: Option<&'a str>,
}

/// A row as a form, and every cell that means nothing. In the place of those stands what is nowhere wrong, so that all that
/// is wrong with the others is told at the same time: `tomorrow` for a shift, a day's wage for a wage.
#[must_use]
pub fn form(row: Row<'_>, named: Named<'_>, tomorrow: ShiftInput) -> (PostingInput, Vec<Issue>) {
    let mut cells = Reader { row, issues: Vec::new() };
    let shift = shift(&mut cells).unwrap_or(tomorrow);
    let wage =
        cells.must(Column::Wage, fen, "请填写工资，如 200 或 200.50（元）。", "Enter the wage in yuan: 200 or 200.50.");
    let unit = cells.must(
        Column::Unit,
        |text| word(text, UNITS),
        "计薪单位应为：小时、天、件、次、月。",
        "The unit is 小时 (hour), 天 (day), 件 (piece), 次 (job) or 月 (month).",
    );
    let pay_day = cells.may(
        Column::PayDay,
        |text| word(text, PAY_DAYS),
        "结算方式应为：完工即付、日结、周结、半月结、月结。",
        "The pay day is 完工即付, 日结, 周结, 半月结 or 月结.",
    );
    let (engagement, cover) = choices(&mut cells);
    let instant = cells.may(Column::Instant, flag, "即时快招应为：是、否。", "Instant is 是 (yes) or 否 (no).");
    let until = cells.may(Column::Until, day, "有效期应为日期，如 2026-11-24。", "The last day is a date: 2026-11-24.");
    let (wage_fen, wage_unit) = wage.zip(unit).unwrap_or(A_WAGE);
    let input = PostingInput {
        party_id: ID(named.party.to_owned()),
        trade: row.cell(Column::Trade).to_owned(),
        duties: row.cell(Column::Duties).to_owned(),
        place: row.cell(Column::Place).to_owned(),
        wage_fen,
        wage_unit,
        shifts: vec![shift],
        title: cells.text(Column::Title),
        conditions: cells.text(Column::Conditions),
        pay_text: cells.text(Column::PayText),
        kind: None,
        source: None,
        engagement,
        pay_day,
        county: cells.text(Column::County),
        market_id: named.market.map(|id| ID(id.to_owned())),
        point: point(&mut cells),
        cover,
        needs_certificate: None,
        instant,
        priority: None,
        valid_from: None,
        valid_until: until.map(Date),
    };
    (input, cells.issues)
}

/// The engagement type and the cover: what is chosen from a list, and may be left out.
fn choices(cells: &mut Reader<'_>) -> (Option<EngagementType>, Option<AccidentCover>) {
    let engagement = cells.may(
        Column::Engagement,
        |text| word(text, ENGAGEMENTS),
        "用工类型应为：非全日制、临时性、阶段性。",
        "The engagement type is 非全日制, 临时性 or 阶段性.",
    );
    let cover = cells.may(
        Column::Cover,
        |text| word(text, COVERS),
        "意外保障应为：工伤保险、商业意外险、无。",
        "The cover is 工伤保险, 商业意外险 or 无.",
    );
    (engagement, cover)
}

fn point(cells: &mut Reader<'_>) -> Option<PointInput> {
    cells.may(
        Column::Point,
        degrees,
        "坐标应为经度和纬度（高德、腾讯地图），如 112.55,37.80；其他坐标系请注明，如 112.55,37.80 WGS84。",
        "The point is longitude and latitude of a Chinese map: 112.55,37.80; name another system behind: 112.55,37.80 WGS84.",
    )
}

fn shift(cells: &mut Reader<'_>) -> Option<ShiftInput> {
    let of = "如 06:00；次日写作“次日02:00”。";
    let en = "Enter a time of day: 06:00; the next day is written 次日02:00.";
    let day = cells.must(Column::Day, day, "请填写工作日期，如 2026-11-24。", "Enter the day of the work: 2026-11-24.");
    let starts = cells.must(Column::Starts, time, &format!("请填写开始时间，{of}"), en);
    let ends = cells.must(Column::Ends, time, &format!("请填写结束时间，{of}"), en);
    let headcount =
        cells.must(Column::Headcount, number, "请填写招聘人数（整数）。", "Enter how many are wanted, a whole number.");
    let rest = cells.may(Column::Rest, number, "休息时间应为分钟数。", "The rest is a number of minutes.");
    let (day, (starts, _), (ends, next), headcount) = (day?, starts?, ends?, headcount?);
    let last = if next || ends <= starts { day.checked_add_days(Days::new(1))? } else { day };
    Some(ShiftInput { starts_at: at(day, starts)?, ends_at: at(last, ends)?, headcount, break_minutes: rest })
}

fn at(day: NaiveDate, time: NaiveTime) -> Option<DateTime<FixedOffset>> {
    day.and_time(time).and_local_timezone(shanghai()).single()
}

#[cfg(test)]
mod tests {
    use super::super::columns::Headings;
    use super::*;

    #[test]
    fn days_times_and_wages_are_read_as_people_write_them() {
        let wanted = NaiveDate::from_ymd_opt(2026, 11, 24);
        for text in ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", " 2026-11-24 00:00"] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in ["11月24日", "2026-13-01", "明天", ""] {
            assert_eq!(day(text), None, "{text}");
        }
        let at = |hour, minute, next| Some((NaiveTime::from_hms_opt(hour, minute, 0).unwrap(), next));
        for (text, wanted) in [
            ("06:00", at(6, 0, false)),
            ("6：30", at(6, 30, false)),
            ("6点半", at(6, 30, false)),
            ("18点", at(18, 0, false)),
            ("次日02:00", at(2, 0, true)),
            ("24:00", at(0, 0, true)),
            ("早上", None),
            ("25:00", None),
        ] {
            assert_eq!(time(text), wanted, "{text}");
        }
        for (text, wanted) in
            [("200", Some(20_000)), ("200.5元", Some(20_050)), ("1,200", Some(120_000)), ("面议", None), ("-5", None)]
        {
            assert_eq!(fen(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_point_is_read_in_either_order_and_of_the_map_unless_another_system_is_named() {
        let of = |text: &str| degrees(text).map(|point| (point.lng, point.lat, point.crs));
        let map = Some((112.55, 37.8, Some(Crs::Gcj02)));
        for text in ["112.55,37.80", "37.80，112.55", " 112.55  37.80 ", "112.55,37.80 gcj-02"] {
            assert_eq!(of(text), map, "{text}");
        }
        assert_eq!(of("112.55,37.80 WGS84"), Some((112.55, 37.8, Some(Crs::Wgs84))));
        for text in ["坞城路", "112.55", "112.55,37.80,3", "112.55,37.80 北斗"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    fn cells(values: &[(Column, &str)]) -> Vec<String> {
        let value = |column: &Column| values.iter().find(|(known, _)| known == column).map_or("", |(_, text)| *text);
        Column::ALL.iter().map(|column| value(column).to_owned()).collect()
    }

    const GOOD: [(Column, &str); 10] = [
        (Column::Party, "91140100MA0K000001"),
        (Column::Trade, "搬运工"),
        (Column::Duties, "装车卸车"),
        (Column::Headcount, "10人"),
        (Column::Day, "2026-11-24"),
        (Column::Starts, "22:00"),
        (Column::Ends, "6:00"),
        (Column::Place, "坞城路1号"),
        (Column::Wage, "200"),
        (Column::Unit, "天"),
    ];

    const NAMED: Named<'static> = Named { party: "party", market: None };

    fn tomorrow() -> ShiftInput {
        let on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let of = |hour| at(on, NaiveTime::from_hms_opt(hour, 0, 0).unwrap()).unwrap();
        ShiftInput { starts_at: of(8), ends_at: of(12), headcount: 1, break_minutes: None }
    }

    #[test]
    fn a_shift_that_ends_before_it_begins_ends_the_next_day() {
        let cells = cells(&GOOD);
        let (input, issues) = form(Row { headings: &Headings::default(), cells: &cells }, NAMED, tomorrow());
        assert_eq!(issues, []);
        assert_eq!(input.shifts[0].ends_at.to_rfc3339(), "2026-11-25T06:00:00+08:00");
        assert_eq!((input.wage_fen, input.shifts[0].headcount), (20_000, 10));
    }

    #[test]
    fn every_cell_that_means_nothing_is_named_at_once() {
        let mut values = GOOD.to_vec();
        values[3] = (Column::Headcount, "若干");
        values[4] = (Column::Day, "");
        values[9] = (Column::Unit, "趟");
        values.push((Column::PayDay, "年底结"));
        let cells = cells(&values);
        let (input, issues) = form(Row { headings: &Headings::default(), cells: &cells }, NAMED, tomorrow());
        assert_eq!((&input.shifts[..], input.wage_fen, input.wage_unit), (&[tomorrow()][..], 20_000, WageUnit::Day));
        let told: Vec<_> = issues.iter().map(|issue| (issue.title.as_str(), issue.code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("工作日期", "MISSING"),
                ("招聘人数", "NOT_READABLE"),
                ("计薪单位", "NOT_READABLE"),
                ("结算方式", "NOT_READABLE")
            ]
        );
    }
}
