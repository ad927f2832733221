//! Where everything stands on the pages. Lengths in points; `y` is counted down from the upper edge.

use super::measure::text_width;
use super::wrap::lines;
use super::{Align, Orientation, PageWords, TableDocument};

const MARGIN: f32 = 42.0;
const TITLE: f32 = 16.0;
const TEXT: f32 = 10.0;
const CELL: f32 = 9.0;
const LEADING: f32 = 1.35;
const PADDING: f32 = 3.0;
/// The side of a QR code: 28 mm, read from half a metre.
const CODE: f32 = 80.0;
/// Room below the text for the page number.
const FOOT: f32 = 18.0;

/// Something drawn on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A line of text; `y` is its baseline.
    Text { x: f32, y: f32, size: f32, text: String },
    /// A black square without a frame.
    Square { x: f32, y: f32, side: f32 },
    /// A frame, filled with a shade of grey if it has one.
    Frame { x: f32, y: f32, width: f32, height: f32, fill: Option<f32> },
}

/// Width and height of the sheet.
pub(super) const fn size(orientation: Orientation) -> (f32, f32) {
    match orientation {
        Orientation::Portrait => (595.28, 841.89),
        Orientation::Landscape => (841.89, 595.28),
    }
}

/// Sets a document page by page.
pub(super) struct Setter {
    pages: Vec<Vec<Item>>,
    y: f32,
    bottom: f32,
    width: f32,
    /// Left edge and width of each column.
    columns: Vec<(f32, f32)>,
    head: Vec<Vec<String>>,
}

impl Setter {
    pub(super) fn new(document: &TableDocument) -> Self {
        let (width, height) = size(document.orientation);
        let room = width - 2.0 * MARGIN;
        let total: f32 = document.columns.iter().map(|column| column.weight).sum();
        let mut x = MARGIN;
        let columns: Vec<_> = document
            .columns
            .iter()
            .map(|column| {
                let at = (x, room * column.weight / total);
                x += at.1;
                at
            })
            .collect();
        let head = document.columns.iter().zip(&columns).map(|(column, at)| cell_lines(&column.title, at.1)).collect();
        Self { pages: vec![Vec::new()], y: MARGIN, bottom: height - MARGIN - FOOT, width, columns, head }
    }

    pub(super) fn set(mut self, document: &TableDocument, code: Option<&[Vec<bool>]>) -> Vec<Vec<Item>> {
        for line in lines(&document.title, self.width - 2.0 * MARGIN, TITLE) {
            self.line(&line, TITLE, Align::Centre);
        }
        self.y += PADDING;
        for text in &document.header {
            self.paragraph(text);
        }
        self.y += PADDING;
        self.start_table();
        let aligns: Vec<Align> = document.columns.iter().map(|column| column.align).collect();
        for row in &document.rows {
            let cells = row.iter().zip(&self.columns).map(|(text, at)| cell_lines(text, at.1)).collect();
            self.row(cells, &aligns);
        }
        self.y += 2.0 * PADDING;
        for text in &document.footer {
            self.paragraph(text);
        }
        if let Some(squares) = code {
            self.code(squares);
        }
        self.number_pages(document.page_words);
        self.pages
    }

    fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    fn paragraph(&mut self, text: &str) {
        for line in lines(text, self.width - 2.0 * MARGIN, TEXT) {
            self.line(&line, TEXT, Align::Left);
        }
    }

    /// A QR code at the left edge, whole on one page.
    fn code(&mut self, squares: &[Vec<bool>]) {
        if self.y + CODE > self.bottom {
            self.new_page();
        }
        let top = self.y + PADDING;
        let side = CODE / f32::from(u16::try_from(squares.len().max(1)).unwrap_or(u16::MAX));
        let mut y = top;
        for row in squares {
            let mut x = MARGIN;
            for dark in row {
                if *dark {
                    self.put(Item::Square { x, y, side });
                }
                x += side;
            }
            y += side;
        }
        self.y = top + CODE;
    }

    /// A line over the whole width, on the next page if this one is full.
    fn line(&mut self, text: &str, size: f32, align: Align) {
        if self.y + size * LEADING > self.bottom {
            self.new_page();
        }
        let x = aligned(text, size, align, MARGIN, self.width - 2.0 * MARGIN);
        let y = self.y + size;
        self.put(Item::Text { x, y, size, text: text.to_owned() });
        self.y += size * LEADING;
    }

    /// The head of the table, on the next page if not even one line would fit below it.
    fn start_table(&mut self) {
        if self.y + row_height(&self.head) + row_height(&[vec![String::new()]]) > self.bottom {
            self.new_page();
        }
        self.head();
    }

    fn head(&mut self) {
        let head = self.head.clone();
        let centred = vec![Align::Centre; head.len()];
        self.draw(&head, &centred, Some(0.9));
    }

    /// A row, whole on one page if a page can hold it, else cut line by line.
    fn row(&mut self, mut cells: Vec<Vec<String>>, aligns: &[Align]) {
        let full_page = self.bottom - MARGIN - row_height(&self.head);
        if self.y + row_height(&cells) > self.bottom && row_height(&cells) <= full_page {
            self.next_table_page();
        }
        while self.y + row_height(&cells) > self.bottom {
            let room = lines_that_fit(self.bottom - self.y);
            if room == 0 && self.y > MARGIN + row_height(&self.head) + 1.0 {
                self.next_table_page();
                continue;
            }
            // At least one line a page, or a table whose head fills the page would never end.
            let (now, later) = cut(&cells, room.max(1));
            self.draw(&now, aligns, None);
            if later.iter().all(Vec::is_empty) {
                return;
            }
            cells = later;
            self.next_table_page();
        }
        self.draw(&cells, aligns, None);
    }

    fn next_table_page(&mut self) {
        self.new_page();
        self.head();
    }

    fn draw(&mut self, cells: &[Vec<String>], aligns: &[Align], fill: Option<f32>) {
        let height = row_height(cells);
        let top = self.y;
        for ((cell, &(x, width)), align) in cells.iter().zip(&self.columns.clone()).zip(aligns) {
            self.put(Item::Frame { x, y: top, width, height, fill });
            let mut y = top + PADDING + CELL;
            for text in cell {
                let x = aligned(text, CELL, *align, x + PADDING, width - 2.0 * PADDING);
                self.put(Item::Text { x, y, size: CELL, text: text.clone() });
                y += CELL * LEADING;
            }
        }
        self.y = top + height;
    }

    fn number_pages(&mut self, words: PageWords) {
        let count = self.pages.len();
        let (width, y) = (self.width, self.bottom + FOOT);
        for (at, page) in self.pages.iter_mut().enumerate() {
            let text = match words {
                PageWords::Chinese => format!("第 {} 页，共 {count} 页", at + 1),
                PageWords::English => format!("Page {} of {count}", at + 1),
            };
            let x = aligned(&text, CELL, Align::Centre, MARGIN, width - 2.0 * MARGIN);
            page.push(Item::Text { x, y, size: CELL, text });
        }
    }
}

fn cell_lines(text: &str, width: f32) -> Vec<String> {
    lines(text, width - 2.0 * PADDING, CELL)
}

fn row_height(cells: &[Vec<String>]) -> f32 {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * CELL * LEADING + 2.0 * PADDING
}

fn lines_that_fit(height: f32) -> usize {
    let mut lines: u16 = 0;
    while lines < u16::MAX && f32::from(lines + 1) * CELL * LEADING + 2.0 * PADDING <= height {
        lines += 1;
    }
    usize::from(lines)
}

/// The first lines of each cell, and the rest.
fn cut(cells: &[Vec<String>], at: usize) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    cells
        .iter()
        .map(|cell| {
            let (now, later) = cell.split_at(at.min(cell.len()));
            (now.to_vec(), later.to_vec())
        })
        .unzip()
}

fn aligned(text: &str, size: f32, align: Align, x: f32, width: f32) -> f32 {
    let rest = (width - text_width(text, size)).max(0.0);
    match align {
        Align::Left => x,
        Align::Centre => x + rest / 2.0,
        Align::Right => x + rest,
    }
}
