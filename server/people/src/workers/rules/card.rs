//! What an ID-card reader types (读卡器文本): lines of key and value, or one line of values with bars between them. Nothing of
//! it is kept; it fills a form.

use chrono::NaiveDate;
use kernel::checks::CitizenId;
use kernel::divisions::Divisions;

/// What was read of a card (读卡结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Card {
    /// The name.
    pub(crate) name: Option<String>,
    /// The number.
    pub(crate) id: Option<CitizenId>,
    /// The address.
    pub(crate) address: Option<String>,
}

impl Card {
    /// The day of birth, as the number says.
    pub(crate) fn born(&self) -> Option<NaiveDate> {
        self.id.as_ref().map(CitizenId::birth_date)
    }

    /// The county of the city that the address names, else the one where the number was issued if it is still one.
    pub(crate) fn county(&self, city: &str, divisions: &Divisions) -> Option<String> {
        let counties = divisions.children(city);
        let address = self.address.as_deref().unwrap_or_default();
        let named = counties.iter().find(|county| address.contains(&county.name));
        let issued = self.id.as_ref().and_then(|id| counties.iter().find(|county| county.code == id.division()));
        named.or(issued).map(|county| county.code.clone())
    }
}

const NAME: &[&str] = &["姓名", "name"];
const NUMBER: &[&str] = &["公民身份号码", "公民身份证号", "身份证号码", "身份证号", "证件号码", "号码"];
const ADDRESS: &[&str] = &["住址", "地址"];

/// Reads the text of a reader; `None` where neither a name nor a number stands in it.
pub(crate) fn read(text: &str) -> Option<Card> {
    let card = if text.contains(['|', '｜']) { barred(text) } else { keyed(text) };
    (card.name.is_some() || card.id.is_some()).then_some(card)
}

/// Key and value, with a colon or an equals sign between them; blanks in a key (姓　名) do not matter.
fn keyed(text: &str) -> Card {
    let mut card = Card { name: None, id: None, address: None };
    for line in text.lines() {
        let Some((key, value)) = line.split_once([':', '：', '=']) else { continue };
        let key: String = key.chars().filter(|c| !c.is_whitespace()).collect();
        let value = value.trim();
        let is = |names: &[&str]| names.iter().any(|name| key.eq_ignore_ascii_case(name));
        if is(NAME) {
            card.name = name(value);
        } else if is(NUMBER) {
            card.id = number(value);
        } else if is(ADDRESS) {
            card.address = Some(value.to_owned()).filter(|address| !address.is_empty());
        }
    }
    card
}

/// 姓名|性别|民族|出生|住址|公民身份号码|…: makers differ in what they add, so values are known by their shape.
fn barred(text: &str) -> Card {
    let fields: Vec<&str> = text.split(['|', '｜']).map(str::trim).collect();
    let address = |field: &&&str| field.chars().count() >= 6 && field.contains(['省', '市', '县', '区', '旗']);
    Card {
        name: fields.iter().find_map(|field| name(field)),
        id: fields.iter().find_map(|field| number(field)),
        address: fields.iter().find(address).map(|field| (*field).to_owned()),
    }
}

/// A name: Chinese characters, with the dot of longer names; never a sex or a people, which readers put beside it.
fn name(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c) || c == '·';
    ((2..=25).contains(&text.chars().count()) && text.chars().all(fits)).then_some(text)
}

fn number(text: &str) -> Option<CitizenId> {
    CitizenId::parse(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYED: &str = "姓　名：张三\r\n性 别：男\n民族：汉\n出生：1990年3月7日\n住址：山西省太原市小店区坞城路92号\n公民身份号码：140105199003070012\n";

    fn card() -> Card {
        Card {
            name: Some("张三".to_owned()),
            id: CitizenId::parse("140105199003070012").ok(),
            address: Some("山西省太原市小店区坞城路92号".to_owned()),
        }
    }

    #[test]
    fn lines_of_key_and_value_are_read() {
        assert_eq!(read(KEYED), Some(card()));
        assert_eq!(card().born(), NaiveDate::from_ymd_opt(1990, 3, 7));
    }

    #[test]
    fn a_line_with_bars_is_read_whatever_its_maker_added() {
        let line = "张三|男|汉|19900307|山西省太原市小店区坞城路92号|140105199003070012|太原市公安局小店分局|20150101|20350101";
        assert_eq!(read(line), Some(card()));
        let other = "01|140105199003070012|张三|1|汉族|山西省太原市小店区坞城路92号||";
        assert_eq!(read(other), Some(card()));
    }

    #[test]
    fn the_county_is_that_of_the_address_else_that_of_the_number() {
        let divisions = Divisions::standard();
        assert_eq!(card().county("140100", divisions), Some("140105".to_owned()));
        let moved = Card { address: Some("山西省太原市迎泽区新建路1号".to_owned()), ..card() };
        assert_eq!(moved.county("140100", divisions), Some("140106".to_owned()));
        let silent = Card { address: None, ..card() };
        assert_eq!(silent.county("140100", divisions), Some("140105".to_owned()));
        assert_eq!(silent.county("140200", divisions), None);
    }

    #[test]
    fn what_is_no_card_is_none_and_a_wrong_number_is_left_out() {
        assert_eq!(read(""), None);
        assert_eq!(read("今天天气很好"), None);
        let mistyped = read("姓名:张三\n公民身份号码:140105199003070013").unwrap();
        assert_eq!((mistyped.name.as_deref(), mistyped.id), (Some("张三"), None));
    }
}
