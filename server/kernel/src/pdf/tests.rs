use super::*;

/// Reads the strings shown on each page back from the file: literal and hexadecimal strings before `Tj`,
/// decoded by the font that was set.
fn texts(file: &[u8]) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    for stream in between(file, b"stream\n", b"endstream") {
        let mut page = Vec::new();
        for block in between(stream, b"BT", b"ET") {
            page.push(shown(block));
        }
        pages.push(page);
    }
    pages
}

fn between<'a>(mut data: &'a [u8], open: &[u8], close: &[u8]) -> Vec<&'a [u8]> {
    let find = |data: &[u8], what: &[u8]| data.windows(what.len()).position(|window| window == what);
    let mut found = Vec::new();
    while let Some(start) = find(data, open) {
        let rest = &data[start + open.len()..];
        let Some(end) = find(rest, close) else { break };
        found.push(&rest[..end]);
        data = &rest[end + close.len()..];
    }
    found
}

fn shown(block: &[u8]) -> String {
    let mut out = String::new();
    let mut han = false;
    let mut at = 0;
    while at < block.len() {
        match block[at] {
            b'/' => {
                han = block[at..].starts_with(b"/F1");
                at += 3;
            }
            open @ (b'(' | b'<') => {
                let (bytes, next) = if open == b'(' { literal(block, at + 1) } else { hexadecimal(block, at + 1) };
                at = next;
                if han {
                    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                    out.push_str(&String::from_utf16(&units).unwrap());
                } else {
                    out.push_str(&String::from_utf8(bytes).unwrap());
                }
            }
            _ => at += 1,
        }
    }
    out
}

fn literal(block: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let (mut bytes, mut depth) = (Vec::new(), 1);
    loop {
        match block[at] {
            b'\\' => {
                at += 1;
                match block[at] {
                    b'n' => bytes.push(b'\n'),
                    b'r' => bytes.push(b'\r'),
                    b't' => bytes.push(b'\t'),
                    b'b' => bytes.push(8),
                    b'f' => bytes.push(12),
                    b'0'..=b'7' => {
                        let octal = std::str::from_utf8(&block[at..at + 3]).unwrap();
                        bytes.push(u8::from_str_radix(octal, 8).unwrap());
                        at += 2;
                    }
                    other => bytes.push(other),
                }
            }
            b'(' => {
                depth += 1;
                bytes.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return (bytes, at + 1);
                }
                bytes.push(b')');
            }
            other => bytes.push(other),
        }
        at += 1;
    }
}

fn hexadecimal(block: &[u8], at: usize) -> (Vec<u8>, usize) {
    let end = at + block[at..].iter().position(|byte| *byte == b'>').unwrap();
    (data_encoding::HEXUPPER_PERMISSIVE.decode(&block[at..end]).unwrap(), end + 1)
}

fn directory(rows: usize) -> TableDocument {
    TableDocument {
        title: "零工市场名录（样表）".to_owned(),
        header: vec!["填报单位：太原市人力资源和社会保障局".to_owned(), "填报人：张三  电话：0351-5278313".to_owned()],
        columns: vec![
            Column::new("序号", 1.0).align(Align::Centre),
            Column::new("市场名称", 4.0),
            Column::new("详细地址", 5.0),
            Column::new("日均招聘成功人数", 2.0).align(Align::Right),
        ],
        rows: (1..=rows)
            .map(|n| {
                vec![
                    n.to_string(),
                    format!("小店区第 {n} 零工市场"),
                    "太原市小店区坞城路 92 号（公交 812 路终点）".to_owned(),
                    (n * 7).to_string(),
                ]
            })
            .collect(),
        footer: vec!["注：每年年底前更新。".to_owned()],
        ..TableDocument::default()
    }
}

#[test]
fn a_short_table_stands_on_one_page_with_all_its_texts() {
    let pages = texts(&directory(2).render().unwrap());
    assert_eq!(pages.len(), 1);
    let page = &pages[0];
    for text in [
        "零工市场名录（样表）",
        "填报人：张三  电话：0351-5278313",
        "序号",
        "小店区第 1 零工市场",
        "14",
        "注：每年年底前更新。",
        "第 1 页，共 1 页",
    ] {
        assert!(page.iter().any(|shown| shown == text), "{text} is missing from {page:?}");
    }
    let address: String = page.iter().filter(|t| t.contains("坞城") || t.contains("终点")).cloned().collect();
    assert!(address.contains("太原市小店区坞城路"), "{address}");
}

#[test]
fn a_long_table_repeats_its_head_and_numbers_its_pages() {
    let pages = texts(&directory(120).render().unwrap());
    assert!(pages.len() > 2);
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(page.iter().filter(|text| *text == "市场名称").count(), 1, "page {at}");
        assert!(page.contains(&format!("第 {} 页，共 {} 页", at + 1, pages.len())));
    }
    let all: Vec<_> = pages.concat();
    for n in 1..=120 {
        assert_eq!(all.iter().filter(|text| **text == format!("小店区第 {n} 零工市场")).count(), 1, "row {n}");
    }
    assert_eq!(all.iter().filter(|text| *text == "零工市场名录（样表）").count(), 1);
}

#[test]
fn a_cell_longer_than_a_page_is_cut_and_nothing_is_lost() {
    let mut document = directory(1);
    let story = (0..3000).map(|n| format!("{n:04}字")).collect::<Vec<_>>().concat();
    document.rows[0][2].clone_from(&story);
    let pages = texts(&document.render().unwrap());
    assert!(pages.len() > 3);
    let all: String = pages.concat().into_iter().filter(|text| text.contains('字') || text.len() == 4).collect();
    for n in [0, 1500, 2999] {
        assert!(all.contains(&format!("{n:04}字")), "{n}");
    }
}

#[test]
fn a_table_across_is_a4_lying() {
    let mut document = directory(1);
    document.orientation = Orientation::Landscape;
    document.page_words = PageWords::English;
    let file = document.render().unwrap();
    assert!(file.windows(30).any(|window| window.starts_with(b"[0 0 841.89 595.28]")));
    assert!(texts(&file)[0].contains(&"Page 1 of 1".to_owned()));
}

#[test]
fn brackets_and_backslashes_are_shown_as_they_are() {
    let mut document = directory(1);
    document.rows[0][1] = r"A (b) \ c".to_owned();
    let pages = texts(&document.render().unwrap());
    assert!(pages[0].contains(&r"A (b) \ c".to_owned()));
}

#[test]
fn the_file_names_the_fonts_that_every_reader_replaces_and_embeds_none() {
    let file = directory(1).render().unwrap();
    let has = |what: &[u8]| file.windows(what.len()).any(|window| window == what);
    assert!(file.starts_with(b"%PDF-1.7"));
    assert!(file.ends_with(b"%%EOF") || file.ends_with(b"%%EOF\n"));
    for what in [&b"/STSong-Light"[..], b"/UniGB-UTF16-H", b"/Times-Roman", b"(Adobe)", b"(GB1)"] {
        assert!(has(what), "{}", String::from_utf8_lossy(what));
    }
    assert!(!has(b"/FontFile"));
    assert_eq!(file, directory(1).render().unwrap());
}

#[test]
fn a_table_that_is_none_is_a_fault() {
    assert_eq!(TableDocument::default().render(), Err(PdfError::NoColumns));
    let mut document = directory(2);
    document.rows[1].pop();
    assert_eq!(document.render(), Err(PdfError::Cells { row: 1, cells: 3 }));
    let mut document = directory(1);
    document.columns[2].weight = 0.0;
    assert_eq!(document.render(), Err(PdfError::Weight { column: 2 }));
}

#[test]
fn a_table_without_rows_still_has_its_head() {
    let pages = texts(&directory(0).render().unwrap());
    assert_eq!(pages.len(), 1);
    assert!(pages[0].contains(&"市场名称".to_owned()));
}

#[test]
fn a_qr_code_stands_after_the_footer_and_a_text_too_long_for_one_is_a_fault() {
    let plain = directory(1);
    let squares = |document: &TableDocument| {
        let file = document.render().unwrap();
        file.windows(3).filter(|window| *window == b"re\n").count()
    };
    let coded = TableDocument { code: Some("https://example.gov.cn/taiyuan".to_owned()), ..plain.clone() };
    let dark =
        crate::qr::squares("https://example.gov.cn/taiyuan").unwrap().concat().into_iter().filter(|d| *d).count();
    assert_eq!(squares(&coded) - squares(&plain), dark);
    assert_eq!(texts(&coded.render().unwrap()), texts(&plain.render().unwrap()));
    let long = TableDocument { code: Some("x".repeat(3000)), ..plain };
    assert_eq!(long.render(), Err(PdfError::CodeTooLong));
}
