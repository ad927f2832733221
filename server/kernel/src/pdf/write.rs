//! The bytes of the file: two fonts, one stream a page, no compression.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::layout::Item;
use super::measure::is_latin;

const HAN: Name<'static> = Name(b"F1");
const LATIN: Name<'static> = Name(b"F2");

/// The numbers of the objects that exist once.
struct Ids {
    catalog: Ref,
    pages: Ref,
    info: Ref,
    han: Ref,
    cid: Ref,
    descriptor: Ref,
    latin: Ref,
}

pub(super) fn file(title: &str, (width, height): (f32, f32), pages: &[Vec<Item>]) -> Vec<u8> {
    let mut next = Ref::new(1);
    let ids = Ids {
        catalog: next.bump(),
        pages: next.bump(),
        info: next.bump(),
        han: next.bump(),
        cid: next.bump(),
        descriptor: next.bump(),
        latin: next.bump(),
    };
    let mut pdf = Pdf::new();
    // UniGB-UTF16-H is predefined since 1.5.
    pdf.set_version(1, 7);
    let mut catalog = pdf.catalog(ids.catalog);
    catalog.pages(ids.pages).lang(TextStr("zh-CN"));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    pdf.document_info(ids.info).title(TextStr(title)).producer(TextStr("yizhan"));
    fonts(&mut pdf, &ids);
    let placed: Vec<(Ref, Ref)> = pages.iter().map(|_| (next.bump(), next.bump())).collect();
    let count = i32::try_from(placed.len()).unwrap_or(i32::MAX);
    pdf.pages(ids.pages).kids(placed.iter().map(|(page, _)| *page)).count(count);
    for ((page_id, content_id), items) in placed.iter().zip(pages) {
        let mut page = pdf.page(*page_id);
        page.parent(ids.pages).media_box(Rect::new(0.0, 0.0, width, height)).contents(*content_id);
        page.resources().fonts().pair(HAN, ids.han).pair(LATIN, ids.latin);
        page.finish();
        pdf.stream(*content_id, &content(items, height));
    }
    pdf.finish()
}

fn fonts(pdf: &mut Pdf, ids: &Ids) {
    let gb1 = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"GB1"), supplement: 5 };
    pdf.type0_font(ids.han)
        .base_font(Name(b"STSong-Light-UniGB-UTF16-H"))
        .encoding_predefined(Name(b"UniGB-UTF16-H"))
        .descendant_font(ids.cid);
    // Only full-width characters are set in this font, so the default width is the only one.
    pdf.cid_font(ids.cid)
        .subtype(CidFontType::Type0)
        .base_font(Name(b"STSong-Light"))
        .system_info(gb1)
        .font_descriptor(ids.descriptor)
        .default_width(1000.0);
    pdf.font_descriptor(ids.descriptor)
        .name(Name(b"STSong-Light"))
        .flags(FontFlags::SERIF | FontFlags::SYMBOLIC)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
    pdf.type1_font(ids.latin).base_font(Name(b"Times-Roman")).encoding_predefined(Name(b"WinAnsiEncoding"));
}

fn content(items: &[Item], height: f32) -> Vec<u8> {
    let mut content = Content::new();
    content.set_line_width(0.5);
    for item in items {
        match item {
            Item::Frame { x, y, width, height: high, fill } => {
                content.rect(*x, height - y - high, *width, *high);
                match fill {
                    Some(grey) => {
                        content.set_fill_gray(*grey).fill_nonzero_and_stroke().set_fill_gray(0.0);
                    }
                    None => {
                        content.stroke();
                    }
                }
            }
            Item::Square { x, y, side } => {
                content.rect(*x, height - y - side, *side, *side).fill_nonzero();
            }
            Item::Text { text, .. } if text.is_empty() => {}
            Item::Text { x, y, size, text } => line(&mut content, *x, height - y, *size, text),
        }
    }
    content.finish().into_vec()
}

/// One line; the font changes between Chinese and ASCII, and each run begins where the last one ended.
fn line(content: &mut Content, x: f32, y: f32, size: f32, text: &str) {
    content.begin_text().next_line(x, y);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let latin = is_latin(first);
        let end = rest.find(|c| is_latin(c) != latin).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if latin {
            content.set_font(LATIN, size).show(Str(run.as_bytes()));
        } else {
            let utf16: Vec<u8> = run.encode_utf16().flat_map(u16::to_be_bytes).collect();
            content.set_font(HAN, size).show(Str(&utf16));
        }
        rest = after;
    }
    content.end_text();
}
