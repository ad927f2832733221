//! The kit as a whole: what is written is read again, and no file whatever makes it fall over.

use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn region(first_row: usize, first_column: usize, last_row: usize, last_column: usize) -> MergedRange {
    MergedRange { first_row, first_column, last_row, last_column }
}

fn workbook(fill: impl FnOnce(&mut Sheet)) -> Vec<u8> {
    let mut sheet = Sheet::new("名录");
    fill(&mut sheet);
    let mut workbook = Workbook::new(1_663_632_000);
    workbook.add(sheet);
    workbook.to_bytes().unwrap()
}

fn sample() -> Vec<u8> {
    workbook(|sheet| {
        sheet.merge(region(0, 0, 0, 2), "零工市场名录", Style::Title);
        sheet.put(1, 0, "序号", Style::Heading).put(1, 1, "名称", Style::Heading);
        sheet.put(3, 0, 1, Style::Body).put(3, 1, "=HYPERLINK(\"x\")", Style::Body);
    })
}

/// A small archive with the given parts, which need not be a sensible workbook.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The sample workbook with other XML in its only sheet.
fn with_sheet_xml(xml: &str) -> Vec<u8> {
    let mut whole = zip::ZipArchive::new(Cursor::new(sample())).unwrap();
    let mut parts = Vec::new();
    for index in 0..whole.len() {
        let mut part = whole.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            bytes = xml.as_bytes().to_vec();
        }
        parts.push((name, bytes));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&parts)
}

fn refusal(bytes: &[u8]) -> SheetRefusal {
    read(bytes, &Limits::default()).unwrap_err()
}

#[test]
fn what_is_written_as_a_workbook_is_read_again_with_rows_columns_and_merges_in_place() {
    let grid = read(&sample(), &Limits::default()).unwrap();
    assert_eq!(grid.sheet_name, "名录");
    assert_eq!(grid.merged, vec![region(0, 0, 0, 2)]);
    assert_eq!(grid.text(0, 0), "零工市场名录");
    assert_eq!(grid.text(1, 1), "名称");
    assert_eq!(grid.cells[2], vec![]);
    assert_eq!(grid.cell(3, 0), &Cell::Number(1.0));
    assert_eq!(grid.cell(3, 1), &Cell::Text("=HYPERLINK(\"x\")".into()));
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(sample(), sample());
}

#[test]
fn a_formula_typed_by_a_person_leaves_as_text_in_a_workbook_and_behind_an_apostrophe_in_csv() {
    let book = workbook(|sheet| {
        sheet.put(0, 0, "=1+1", Style::Body);
    });
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml).unwrap();
    assert!(xml.contains("t=\"s\"") && !xml.contains("<f>"), "{xml}");

    let texts = ["=1+1", "+86", "-5", "@SUM", "\t=1", "＝1", "a,b", "a\"b", " x "];
    let row: Vec<Value> = texts.iter().map(|text| Value::from(*text)).collect();
    let bytes = csv::write(&[row]);
    let shown = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(shown, "\u{FEFF}'=1+1,'+86,'-5,'@SUM,\"'\t=1\",'＝1,\"a,b\",\"a\"\"b\",\" x \"\r\n");
    let grid = read(&bytes, &Limits::default()).unwrap();
    let back: Vec<Cell> = texts.iter().map(|text| Cell::Text((*text).into())).collect();
    assert_eq!(grid.cells, vec![back]);
}

#[test]
fn csv_is_read_in_utf8_with_and_without_bom_in_utf16_and_in_gbk_with_any_separator() {
    for separator in [",", ";", "\t"] {
        let text = format!("序号{separator}名称\r\n\r\n1{separator}\"迎泽桥\"\"东\"\"\n零工市场\"\r\n");
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let files = [
            text.clone().into_bytes(),
            format!("\u{FEFF}{text}").into_bytes(),
            GB18030.encode(&text).0.into_owned(),
            utf16,
        ];
        for bytes in files {
            let grid = read(&bytes, &Limits::default()).unwrap();
            assert_eq!(grid.height(), 3, "a blank line keeps its row number");
            assert_eq!(grid.text(0, 1), "名称");
            assert_eq!(grid.text(2, 1), "迎泽桥\"东\"\n零工市场");
        }
    }
}

#[test]
fn files_that_are_no_sheets_are_refused_by_their_kind() {
    assert_eq!(refusal(b""), SheetRefusal::Empty);
    let xls = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    assert_eq!(refusal(&xls), SheetRefusal::LegacyXls);
    let mut locked = xls.to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refusal(&locked), SheetRefusal::Encrypted);
    assert_eq!(refusal(b"%PDF-1.7 ..."), SheetRefusal::NotASheet);
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), SheetRefusal::NotASheet);
    assert_eq!(refusal(b"<html><table></table></html>"), SheetRefusal::NotASheet);
    assert_eq!(refusal(&archive(&[("word/document.xml", b"<x/>")])), SheetRefusal::NotASheet);
    assert_eq!(refusal(&sample()[..900]), SheetRefusal::Corrupt);
    assert_eq!(refusal(b"\r\n,,,\r\n"), SheetRefusal::NoSheet);
    assert_eq!(refusal(&workbook(|_| {})), SheetRefusal::NoSheet);
    assert_eq!(refusal(b"a,b\n1,\"x\n"), SheetRefusal::UnclosedQuote { row: 2 });
}

#[test]
fn a_file_of_fifty_megabytes_and_one_of_two_hundred_thousand_rows_are_refused() {
    let bytes = vec![b'1'; 50 * 1024 * 1024];
    assert_eq!(refusal(&bytes).code(), SheetRefusalCode::TooLarge);
    let limit = Limits::default().max_rows;
    assert_eq!(refusal("1,a\n".repeat(200_000).as_bytes()), SheetRefusal::TooManyRows { limit });
    let rows = (1..=200_000).fold(String::new(), |rows, row| {
        rows + format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>").as_str()
    });
    let book = with_sheet_xml(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    assert_eq!(refusal(&book), SheetRefusal::TooManyRows { limit });
}

#[test]
fn formatting_far_outside_the_table_is_ignored_and_content_there_is_refused() {
    let far = |cell: &str| {
        with_sheet_xml(&format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\">{cell}</row></sheetData></worksheet>"
        ))
    };
    let grid = read(&far("<c r=\"XFD1048576\" s=\"0\"/>"), &Limits::default()).unwrap();
    assert_eq!((grid.height(), grid.width()), (1, 1));
    assert_eq!(refusal(&far("<c r=\"XFD1048576\"><v>1</v></c>")).code(), SheetRefusalCode::TooManyRows);
    let wide =
        with_sheet_xml("<worksheet><sheetData><row r=\"1\"><c r=\"ZZ1\"><v>1</v></c></row></sheetData></worksheet>");
    assert_eq!(refusal(&wide).code(), SheetRefusalCode::TooManyColumns);
}

#[test]
fn a_zip_bomb_is_refused_before_anything_is_parsed() {
    let big = vec![b' '; 24 * 1024 * 1024];
    let one = archive(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &big)]);
    assert!(one.len() < 100_000);
    assert_eq!(refusal(&one), SheetRefusal::ZipBomb);
    let limits = Limits { max_unpacked_bytes: 1_000_000, ..Limits::default() };
    let noise: Vec<u8> = (0..300_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let parts = archive(&[("xl/workbook.xml", &noise), ("a", &noise)]);
    assert_eq!(read(&parts, &limits), Err(SheetRefusal::ZipBomb));
}

#[test]
fn hostile_cell_names_and_merges_are_damage_and_never_a_panic() {
    for xml in [
        "<worksheet><sheetData><row r=\"4294967295\"><c r=\"A4294967296\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"AAAAAAAAAAAAAA1\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><dimension ref=\"B2:A1\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"C9:A1\"/></mergeCells></worksheet>",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>",
    ] {
        match read(&with_sheet_xml(xml), &Limits::default()) {
            Ok(_) => {}
            Err(refusal) => assert!(!refusal.message().zh.is_empty()),
        }
    }
}

#[test]
fn one_shared_text_repeated_in_every_cell_does_not_fill_the_memory() {
    let limits = Limits { max_content_bytes: 10_000, ..Limits::default() };
    let row = format!("{}\n", "a".repeat(600));
    assert_eq!(read(row.repeat(100).as_bytes(), &limits), Err(SheetRefusal::TooMuchContent { limit: 10_000 }));
}

#[test]
fn times_and_dates_are_read_as_the_sheet_shows_them() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let time = rust_xlsxwriter::Format::new().set_num_format("hh:mm");
    let date = rust_xlsxwriter::Format::new().set_num_format("m月d日");
    page.write_number_with_format(0, 0, 4.5 / 24.0, &time).unwrap();
    page.write_number_with_format(0, 1, 44_824.0, &date).unwrap();
    page.write_number(0, 2, 0.5).unwrap();
    page.write_boolean(0, 3, true).unwrap();
    let grid = read(&book.save_to_buffer().unwrap(), &Limits::default()).unwrap();
    assert_eq!(grid.cell(0, 0), &Cell::Date(DateCell { date: None, time: Some((4, 30)) }));
    assert_eq!(grid.text(0, 1), "2022-09-20");
    assert_eq!(grid.text(0, 2), "0.5");
    assert_eq!(grid.text(0, 3), "TRUE");
}

#[test]
fn every_refusal_says_in_both_languages_what_to_do() {
    let all = [
        SheetRefusal::Empty,
        SheetRefusal::TooLarge { bytes: 52_428_800, limit: 20_971_520 },
        SheetRefusal::LegacyXls,
        SheetRefusal::NotASheet,
        SheetRefusal::ZipBomb,
        SheetRefusal::TooManyRows { limit: 10_500 },
        SheetRefusal::TooManyColumns { limit: 64 },
        SheetRefusal::TooMuchContent { limit: 1_048_576 },
        SheetRefusal::Encrypted,
        SheetRefusal::Corrupt,
        SheetRefusal::NoSheet,
        SheetRefusal::UnclosedQuote { row: 3 },
    ];
    for refusal in all {
        let message = refusal.message();
        assert!(message.zh.contains('请'), "{}", message.zh);
        assert!(message.en.len() > 40, "{}", message.en);
    }
    assert!(SheetRefusal::LegacyXls.message().en.contains("save as .xlsx"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2022), ..ProptestConfig::with_cases(300) })]

    #[test]
    fn random_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), packed in any::<bool>()) {
        let mut file = if packed { b"PK\x03\x04".to_vec() } else { Vec::new() };
        file.extend(bytes);
        let _ = read_all(&file, &Limits::default());
    }

    #[test]
    fn a_workbook_with_flipped_bytes_is_read_or_refused(flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut file = sample();
        for (at, value) in flips {
            let place = at.index(file.len());
            file[place] = value;
        }
        let _ = read_all(&file, &Limits::default());
    }

    #[test]
    fn a_sheet_whose_xml_is_broken_anywhere_is_read_or_refused(cut in any::<prop::sample::Index>(), with in "[<>/\"A-C0-9 ]{0,6}") {
        let xml = "<worksheet><dimension ref=\"A1:B2\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>";
        let at = cut.index(xml.len());
        let _ = read_all(&with_sheet_xml(&format!("{}{with}{}", &xml[..at], &xml[at..])), &Limits::default());
    }

    #[test]
    fn any_text_survives_a_workbook_and_a_csv_file(texts in proptest::collection::vec("[ -~一-龥，。（）　\n]{1,30}", 1..6)) {
        let texts: Vec<String> = texts.iter().map(|text| format!("x{text}y")).collect();
        let book = workbook(|sheet| {
            for (row, text) in texts.iter().enumerate() {
                sheet.put(row, 0, text.as_str(), Style::Body);
            }
        });
        let rows: Vec<Vec<Value>> = texts.iter().map(|text| vec![Value::from(text.as_str()), Value::from(1)]).collect();
        for file in [book, csv::write(&rows)] {
            let grid = read(&file, &Limits::default()).unwrap();
            for (row, text) in texts.iter().enumerate() {
                prop_assert_eq!(grid.cell(row, 0), &Cell::Text(text.clone()));
            }
        }
    }
}
