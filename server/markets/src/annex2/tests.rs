//! Whole forms as bureaus send them, through bytes.

use kernel::sheet::{self, Limits, MergedRange, Severity, Sheet, Style, Workbook};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::hours::{DAY, EVERY_DAY};
use super::*;

pub(super) fn form(bytes: &[u8]) -> Form {
    let grids = sheet::read_all(bytes, &Limits::default()).unwrap();
    read(&grids, &|_| true).unwrap()
}

fn book(fill: impl FnOnce(&mut Sheet)) -> Vec<u8> {
    let mut page = Sheet::new("Sheet1");
    fill(&mut page);
    let mut workbook = Workbook::new(1_663_632_000);
    workbook.add(page);
    workbook.to_bytes().unwrap()
}

fn region(first_row: usize, first_column: usize, last_row: usize, last_column: usize) -> MergedRange {
    MergedRange { first_row, first_column, last_row, last_column }
}

fn line(sheet: &mut Sheet, row: usize, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        sheet.put(row, column, *cell, Style::Body);
    }
}

const HEADINGS: [&str; 8] = [
    "序号",
    "零工市场名称",
    "运营性质",
    "运行时间",
    "详细地址",
    "求职人员规模（人）",
    "主要招聘工种",
    "日均招聘成功人数（人）",
];
const GOOD: [&str; 8] =
    ["1", "杏花岭区零工市场", "公共", "06:00—18:00", "太原市杏花岭区胜利街1号", "100", "瓦工", "20"];

pub(super) fn errors(form: &Form) -> Vec<(u32, &str, FormIssueCode)> {
    form.issues
        .iter()
        .filter(|issue| issue.is_error())
        .map(|issue| (issue.row, issue.column.as_str(), issue.code))
        .collect()
}

fn notes(form: &Form) -> Vec<(u32, FormIssueCode)> {
    form.issues.iter().filter(|issue| issue.severity == Severity::Note).map(|issue| (issue.row, issue.code)).collect()
}

/// A personal value as it was read.
fn whole(value: Option<&kernel::Pii<String>>) -> Option<&str> {
    value.map(|value| value.expose().as_str())
}

#[test]
fn a_form_in_utf8_is_read_with_its_city_its_filer_and_every_market() {
    let form = form(include_bytes!("fixtures/taiyuan-utf8.csv"));
    assert_eq!(errors(&form), []);
    assert_eq!(form.city.as_deref(), Some("太原市"));
    assert_eq!((whole(form.filer.as_ref()), whole(form.filer_phone.as_ref())), (Some("王芳"), Some("0351-5278313")));
    let names: Vec<_> = form.rows.iter().map(|row| (row.row, row.name.as_str(), row.alias_basis)).collect();
    assert_eq!(
        names,
        [
            (5, "太原市小店区零工市场", AliasBasis::Official),
            (6, "晋阳零工驿站", AliasBasis::Official),
            (8, "大营盘", AliasBasis::Customary),
        ]
    );
    let first = &form.rows[0];
    assert_eq!(first.address, "太原市小店区坞城路123号");
    assert_eq!(hours::render(&first.hours), "夏季 05:00—19:00；冬季 06:00—18:00");
    assert_eq!(first.seeker_scale.as_ref().map(Figure::render).as_deref(), Some("约300"));
    assert_eq!(form.rows[1].trades, ["保洁", "家政", "月嫂"]);
    assert_eq!(form.rows[1].seeker_scale.as_ref().map(|figure| (figure.low, figure.high)), Some((200, 300)));
    assert_eq!(form.rows[2].daily_successes, None);
}

#[test]
fn a_form_in_gbk_with_other_headings_and_semicolons_is_read_and_its_bad_cells_are_named() {
    let form = form(include_bytes!("fixtures/datong-gbk.csv"));
    assert_eq!(form.city.as_deref(), Some("大同市"));
    assert_eq!((whole(form.filer.as_ref()), whole(form.filer_phone.as_ref())), (Some("李强"), Some("13900000000")));
    assert_eq!(
        errors(&form),
        [
            (6, "H", FormIssueCode::FigureImplausible),
            (7, "D", FormIssueCode::HoursImpossible),
            (7, "F", FormIssueCode::FigureNotUnderstood)
        ]
    );
    assert_eq!(form.rows.iter().map(|row| row.good).collect::<Vec<_>>(), [true, true, false, false]);
    let natures: Vec<_> = form
        .rows
        .iter()
        .filter_map(|row| row.nature)
        .map(|reading| (reading.nature, reading.public_interest))
        .collect();
    assert_eq!(
        natures,
        [
            (Nature::Public, Some(true)),
            (Nature::Spontaneous, None),
            (Nature::Commercial, None),
            (Nature::Spontaneous, None)
        ]
    );
    assert_eq!(form.rows[0].hours, [HoursSpan { season: Season::AllYear, weekdays: EVERY_DAY, opens: 0, closes: DAY }]);
    assert_eq!(form.rows[0].seeker_scale.as_ref().map(|figure| figure.low), Some(12_000));
    assert_eq!(form.rows[0].remark.as_deref(), Some("含大厅"));
    assert_eq!((form.rows[3].name.as_str(), form.rows[3].alias_basis), ("灵丘县汽车站附近", AliasBasis::Address));
    let issue = form.issues.iter().find(|issue| issue.is_error() && issue.row == 7).unwrap();
    assert_eq!((issue.column_title.as_str(), issue.value.as_str()), ("营业时间", "25:00-26:00"));
    assert!(issue.message.zh.contains("25:00") && issue.hint.en.contains("24:00"));
}

#[test]
fn a_workbook_with_merged_two_row_headings_and_pages_is_read() {
    let bytes = book(|sheet| {
        sheet.merge(region(0, 0, 0, 8), "零工市场名录", Style::Title);
        sheet.merge(region(1, 0, 1, 8), "____太原____市", Style::Line);
        for (column, heading) in HEADINGS.iter().enumerate().take(5) {
            sheet.merge(region(2, column, 3, column), *heading, Style::Heading);
        }
        sheet.merge(region(2, 5, 2, 7), "用工情况", Style::Heading);
        line(sheet, 3, &["", "", "", "", "", "求职人员规模", "主要招聘工种", "日均招聘成功人数"]);
        sheet.merge(region(2, 8, 3, 8), "备注", Style::Heading);
        line(sheet, 4, &["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        sheet.merge(region(5, 0, 5, 8), "一、迎泽区", Style::Body);
        // One market over two rows: summer and winter.
        sheet.merge(region(6, 0, 7, 0), 1, Style::Body).merge(region(6, 1, 7, 1), "迎泽零工市场", Style::Body);
        sheet.merge(region(6, 2, 8, 2), "公共", Style::Body).merge(region(6, 4, 7, 4), "迎泽大街1号", Style::Body);
        line(sheet, 6, &["", "", "", "夏季5:00-19:00", "", "100", "瓦工", "20"]);
        line(sheet, 7, &["", "", "", "冬季6:00-18:00", "", "", "木工", ""]);
        line(sheet, 8, &["2", "柳巷零工驿站", "", "24小时", "柳巷2号", "", "同上", "5"]);
        line(sheet, 9, &["3"]);
        line(sheet, 10, &["小计", "2个"]);
        sheet.merge(region(11, 0, 11, 8), "第 1 页 共 2 页", Style::Line);
        for (column, heading) in HEADINGS.iter().enumerate() {
            sheet.put(12, column, *heading, Style::Heading);
        }
        line(sheet, 13, &["1", "南内环街桥头", "自形成", "4:30-8:00", "南内环街", "200", "小工", "90"]);
        line(sheet, 14, &["填报人：", "张三", "", "联系电话：", "0351-1234567"]);
        line(sheet, 16, &["", "此处为说明文字，不是市场"]);
    });
    let form = form(&bytes);
    assert_eq!(errors(&form), []);
    assert_eq!(form.city.as_deref(), Some("太原市"));
    assert_eq!((whole(form.filer.as_ref()), whole(form.filer_phone.as_ref())), (Some("张三"), Some("0351-1234567")));
    assert_eq!(form.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [7, 9, 14]);
    assert_eq!(hours::render(&form.rows[0].hours), "夏季 05:00—19:00；冬季 06:00—18:00");
    assert_eq!(form.rows[0].trades, ["瓦工", "木工"]);
    assert_eq!(form.rows[1].nature.map(|reading| reading.nature), Some(Nature::Public));
    assert_eq!(form.rows[1].trades, ["瓦工", "木工"]);
    assert_eq!(form.rows[2].alias_basis, AliasBasis::Address);
    assert_eq!(
        notes(&form),
        [
            (6, FormIssueCode::RowSkipped),
            (8, FormIssueCode::ContinuationRow),
            (9, FormIssueCode::CopiedFromAbove),
            (9, FormIssueCode::FigureMissing),
            (14, FormIssueCode::AliasRead),
        ]
    );
}

#[test]
fn columns_stand_in_any_order_and_a_column_that_is_not_in_the_form_is_left_out() {
    let bytes = book(|sheet| {
        line(sheet, 0, &["县区", "详细地址", "零工市场名称", "主要招聘工种", "运营性质", "运行时间", "联系电话"]);
        line(sheet, 1, &["迎泽区", "迎泽大街1号", "迎泽零工市场", "瓦工", "公共", "全天", "0351-1"]);
    });
    let form = form(&bytes);
    assert_eq!(errors(&form), []);
    assert_eq!(
        (form.rows[0].name.as_str(), form.rows[0].address.as_str(), form.rows[0].good),
        ("迎泽零工市场", "迎泽大街1号", true)
    );
    assert_eq!(
        notes(&form),
        [
            (0, FormIssueCode::CityMissing),
            (1, FormIssueCode::ColumnMissing),
            (1, FormIssueCode::ColumnMissing),
            (1, FormIssueCode::ColumnIgnored),
            (1, FormIssueCode::ColumnIgnored),
        ]
    );
}

#[test]
fn a_missing_required_column_is_told_once_and_no_row_is_good() {
    let bytes = book(|sheet| {
        line(sheet, 0, &["序号", "零工市场名称", "运营性质", "运行时间", "主要招聘工种"]);
        for row in 1..4 {
            line(sheet, row, &["1", &format!("零工市场{row}号院中心"), "公共", "全天", "瓦工"]);
        }
    });
    let form = form(&bytes);
    assert_eq!(errors(&form), [(1, "", FormIssueCode::ColumnMissing)]);
    assert_eq!(form.rows.len(), 3);
    assert_eq!(form.good_rows().count(), 0);
}

#[test]
fn every_bad_cell_of_a_row_is_named_and_the_other_rows_are_good() {
    let bytes = book(|sheet| {
        line(sheet, 0, &HEADINGS);
        line(sheet, 1, &GOOD);
        line(sheet, 2, &["2", "", "其他", "天亮开始", "", "300-200", "", "很多"]);
        line(sheet, 3, &GOOD);
    });
    let form = form(&bytes);
    assert_eq!(
        errors(&form),
        [
            (3, "C", FormIssueCode::NatureUnknown),
            (3, "E", FormIssueCode::Missing),
            (3, "B", FormIssueCode::Missing),
            (3, "D", FormIssueCode::HoursNotUnderstood),
            (3, "F", FormIssueCode::FigureReversed),
            (3, "G", FormIssueCode::Missing),
            (3, "H", FormIssueCode::FigureNotUnderstood),
            (4, "B", FormIssueCode::DuplicateMarket),
        ]
    );
    assert_eq!(form.good_rows().map(|row| row.row).collect::<Vec<_>>(), [2]);
    for issue in &form.issues {
        for text in [&issue.message.zh, &issue.message.en, &issue.hint.zh, &issue.hint.en] {
            assert!(!text.is_empty());
        }
    }
}

#[test]
fn a_range_that_excel_made_a_date_of_and_a_formula_error_are_explained() {
    let bytes = book(|sheet| {
        line(sheet, 0, &HEADINGS);
        line(sheet, 1, &["1", "零工市场", "公共", "全天", "某街1号", "10月20日", "瓦工", "5"]);
    });
    assert_eq!(errors(&form(&bytes)), [(2, "F", FormIssueCode::BecameDate)]);
}

#[test]
fn a_sheet_without_the_table_and_a_table_without_markets_are_refused() {
    let grids = |bytes: &[u8]| sheet::read_all(bytes, &Limits::default()).unwrap();
    assert_eq!(read(&grids("姓名,电话\n张三,1\n".as_bytes()), &|_| true), Err(FormRefusal::NoTable));
    let empty = book(|sheet| line(sheet, 0, &HEADINGS));
    assert_eq!(read(&grids(&empty), &|_| true), Err(FormRefusal::NoRows));
}

#[test]
fn the_table_is_found_on_the_sheet_that_has_it() {
    let mut workbook = Workbook::new(0);
    let mut guide = Sheet::new("填表说明");
    guide.put(0, 0, "请填写名录", Style::Body);
    let mut table = Sheet::new("名录");
    line(&mut table, 0, &HEADINGS);
    line(&mut table, 1, &GOOD);
    workbook.add(guide).add(table);
    let form = form(&workbook.to_bytes().unwrap());
    assert_eq!((form.sheet_name.as_str(), form.rows.len()), ("名录", 1));
}

#[test]
fn trades_outside_the_catalogue_are_noted_and_kept() {
    let bytes = book(|sheet| {
        line(sheet, 0, &HEADINGS);
        line(sheet, 1, &["1", "零工市场", "公共", "全天", "某街1号", "5", "瓦工、棒棒", "5"]);
    });
    let grids = sheet::read_all(&bytes, &Limits::default()).unwrap();
    let form = read(&grids, &|name| name == "瓦工").unwrap();
    assert_eq!(form.rows[0].trades, ["瓦工", "棒棒"]);
    let note = form.issues.iter().find(|issue| issue.code == FormIssueCode::TradeUnknown).unwrap();
    assert!(note.message.zh.contains("棒棒") && !note.message.zh.contains("瓦工"));
}

#[test]
fn the_filer_is_not_in_the_debug_output() {
    let form = form(include_bytes!("fixtures/taiyuan-utf8.csv"));
    let shown = format!("{form:?}");
    assert!(shown.contains("小店区") && !shown.contains("王芳") && !shown.contains("5278313"));
}

#[test]
fn ten_thousand_rows_and_a_file_full_of_junk_are_read_with_bounded_findings() {
    let mut text = HEADINGS.join(",");
    for row in 0..10_000 {
        text += format!("\n{row},零工市场{row},公共,夏季5:00-19:00；冬季6:00-18:00,某街{row}号,约300,瓦工、木工,50")
            .as_str();
    }
    let clean = form(text.as_bytes());
    assert_eq!((clean.rows.len(), clean.good_rows().count()), (10_000, 10_000));

    let junk = "市".repeat(8_000);
    let row = format!("\n1,{junk},{junk},{junk},{junk},{junk},{junk},{junk}");
    let bad = form(format!("{junk}\n{}{}", HEADINGS.join(","), row.repeat(12)).as_bytes());
    assert_eq!(bad.good_rows().count(), 0);
    let sizes = bad.issues.iter().map(|issue| issue.value.len() + issue.message.zh.len() + issue.message.en.len());
    assert!(sizes.max() < Some(2_000));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2022), ..ProptestConfig::with_cases(100) })]

    #[test]
    fn any_grid_is_read_or_refused(cells in proptest::collection::vec(proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(HEADINGS.to_vec()).prop_map(ToOwned::to_owned),
            proptest::sample::select(vec!["填报人：", "合计", "太原市", "备注：", "同上", "1", "", "无", "公共", "第1页"]).prop_map(ToOwned::to_owned),
            "[0-9一-龥：:、（）()市 -]{0,8}",
        ], 0..10), 0..12), merges in proptest::collection::vec((0_usize..12, 0_usize..10, 0_usize..12, 0_usize..10), 0..6)) {
        let cells = cells.into_iter().map(|row| row.into_iter().map(sheet::Cell::Text).collect()).collect();
        let merged = merges.into_iter().map(|(row, column, rows, columns)| region(row, column, row + rows, column + columns)).collect();
        let _ = read(&[sheet::Grid { cells, merged, sheet_name: String::new() }], &|_| false);
    }
}
