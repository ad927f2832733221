//! Hours, first step (运行时间分词): the text is cut into words that mean something.

use kernel::sheet::text;

use super::super::figures::chinese_digit;
use super::{Season, WEEKEND, WORKDAYS};

/// A part of the day, which tells 5 in the morning from 5 in the afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// 凌晨, 清晨: twelve is midnight.
    Dawn,
    /// 早上, 上午.
    Morning,
    /// 中午: one and two are after noon.
    Noon,
    /// 下午.
    Afternoon,
    /// 傍晚, 晚上, 夜间: twelve is midnight.
    Night,
}

/// A word of the hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A named season; the flag says that the name is wider than the season it is read as.
    Season(Season, bool),
    /// The rest of the year.
    Rest,
    Month(u8),
    /// A day of a month.
    Day(u8),
    /// Days of the week as a mask.
    Weekdays(u8),
    EveryDay,
    /// 除外, 休息: the days named before it are closed.
    Closed,
    Holiday,
    AllDay,
    Part(Part),
    NextDay,
    /// Hour and minute, not yet checked.
    Time(u32, u32),
    /// A number without a unit.
    Bare(u32),
    About,
    Dash,
    Separator,
    Open,
    Close,
    Unknown(String),
}

/// What a word becomes; `None` is noise.
type Word = (&'static str, Option<Token>);

const fn season(season: Season) -> Token {
    Token::Season(season, false)
}

const fn wide(season: Season) -> Token {
    Token::Season(season, true)
}

/// Known words; where one begins another, the longer stands first.
const WORDS: &[Word] = &[
    ("24小时", Some(Token::AllDay)),
    ("24h", Some(Token::AllDay)),
    ("二十四小时", Some(Token::AllDay)),
    ("全天候", Some(Token::AllDay)),
    ("全天", Some(Token::AllDay)),
    ("全日", Some(Token::AllDay)),
    ("整天", Some(Token::AllDay)),
    ("昼夜", Some(Token::AllDay)),
    ("春夏", Some(wide(Season::Summer))),
    ("夏秋", Some(wide(Season::Summer))),
    ("秋冬", Some(wide(Season::Winter))),
    ("冬春", Some(wide(Season::Winter))),
    ("夏令时", Some(season(Season::Summer))),
    ("夏令", Some(season(Season::Summer))),
    ("夏时制", Some(season(Season::Summer))),
    ("夏天", Some(season(Season::Summer))),
    ("夏", Some(season(Season::Summer))),
    ("冬令时", Some(season(Season::Winter))),
    ("冬令", Some(season(Season::Winter))),
    ("冬时制", Some(season(Season::Winter))),
    ("冬天", Some(season(Season::Winter))),
    ("冬", Some(season(Season::Winter))),
    ("其余", Some(Token::Rest)),
    ("其他", Some(Token::Rest)),
    ("其它", Some(Token::Rest)),
    ("全年无休", Some(season(Season::AllYear))),
    ("全年不休", Some(season(Season::AllYear))),
    ("全年", Some(season(Season::AllYear))),
    ("常年", Some(season(Season::AllYear))),
    ("四季", Some(season(Season::AllYear))),
    ("无休", None),
    ("不休息", None),
    ("不休", None),
    ("法定节假日", Some(Token::Holiday)),
    ("节假日", Some(Token::Holiday)),
    ("节日", Some(Token::Holiday)),
    ("法定", None),
    ("工作日", Some(Token::Weekdays(WORKDAYS))),
    ("双休日", Some(Token::Weekdays(WEEKEND))),
    ("休息日", Some(Token::Weekdays(WEEKEND))),
    ("周末", Some(Token::Weekdays(WEEKEND))),
    ("每天", Some(Token::EveryDay)),
    ("每日", Some(Token::EveryDay)),
    ("天天", Some(Token::EveryDay)),
    ("每年", None),
    ("每", None),
    ("次年", None),
    ("翌年", None),
    ("来年", None),
    ("休息", Some(Token::Closed)),
    ("除外", Some(Token::Closed)),
    ("不营业", Some(Token::Closed)),
    ("不开放", Some(Token::Closed)),
    ("闭市", Some(Token::Closed)),
    ("休市", Some(Token::Closed)),
    ("次日", Some(Token::NextDay)),
    ("翌日", Some(Token::NextDay)),
    ("第二天", Some(Token::NextDay)),
    ("隔日", Some(Token::NextDay)),
    ("隔天", Some(Token::NextDay)),
    ("凌晨", Some(Token::Part(Part::Dawn))),
    ("清晨", Some(Token::Part(Part::Dawn))),
    ("清早", Some(Token::Part(Part::Dawn))),
    ("早晨", Some(Token::Part(Part::Morning))),
    ("早上", Some(Token::Part(Part::Morning))),
    ("早间", Some(Token::Part(Part::Morning))),
    ("早市", Some(Token::Part(Part::Morning))),
    ("上午", Some(Token::Part(Part::Morning))),
    ("早", Some(Token::Part(Part::Morning))),
    ("朝", Some(Token::Part(Part::Morning))),
    ("晨", Some(Token::Part(Part::Morning))),
    ("中午", Some(Token::Part(Part::Noon))),
    ("正午", Some(Token::Part(Part::Noon))),
    ("午间", Some(Token::Part(Part::Noon))),
    ("下午", Some(Token::Part(Part::Afternoon))),
    ("午后", Some(Token::Part(Part::Afternoon))),
    ("傍晚", Some(Token::Part(Part::Night))),
    ("晚上", Some(Token::Part(Part::Night))),
    ("晚间", Some(Token::Part(Part::Night))),
    ("晚市", Some(Token::Part(Part::Night))),
    ("夜间", Some(Token::Part(Part::Night))),
    ("夜里", Some(Token::Part(Part::Night))),
    ("夜市", Some(Token::Part(Part::Night))),
    ("晚", Some(Token::Part(Part::Night))),
    ("夜", Some(Token::Part(Part::Night))),
    ("am", Some(Token::Part(Part::Morning))),
    ("pm", Some(Token::Part(Part::Afternoon))),
    ("左右", Some(Token::About)),
    ("大约", Some(Token::About)),
    ("大概", Some(Token::About)),
    ("约", Some(Token::About)),
    ("前后", Some(Token::About)),
    ("营业时间", None),
    ("运行时间", None),
    ("开放时间", None),
    ("服务时间", None),
    ("运营时间", None),
    ("营业", None),
    ("运营", None),
    ("运行", None),
    ("开放", None),
    ("时间", None),
    ("时段", None),
    ("季节", None),
    ("季", None),
    ("月份", None),
    ("分别为", None),
    ("不间断", None),
    ("为", None),
    ("从", None),
    ("自", None),
    ("起", None),
    ("开始", None),
    ("结束", None),
    ("开门", None),
    ("关门", None),
    ("以后", None),
    ("之后", None),
    ("止", None),
    (":", None),
    ("到", Some(Token::Dash)),
    ("至", Some(Token::Dash)),
    ("-", Some(Token::Dash)),
    ("~", Some(Token::Dash)),
    ("及", Some(Token::Separator)),
    ("和", Some(Token::Separator)),
    ("与", Some(Token::Separator)),
    ("(", Some(Token::Open)),
    (")", Some(Token::Close)),
];

/// Cuts a text into tokens. Noise is left out; what is not known becomes [`Token::Unknown`].
pub(super) fn scan(cell: &str) -> Vec<Token> {
    let text: String = text::fold(cell)
        .to_lowercase()
        .chars()
        .map(|c| {
            if matches!(c, '—' | '–' | '―' | '‐' | '‑' | '‒' | '−' | 'ー' | '〜' | '∼' | '～' | '─' | '﹣')
            {
                '-'
            } else {
                c
            }
        })
        .collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        if let Some((token, length)) = weekday(rest).or_else(|| word(rest)).or_else(|| number(rest)) {
            rest = &rest[length..];
            // A dash may be doubled, as in `8:00——18:00`.
            if token.is_some() && !(token == Some(Token::Dash) && tokens.last() == Some(&Token::Dash)) {
                tokens.extend(token);
            }
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if matches!(c, ',' | ';' | '、' | '.' | '\n' | '/' | '|' | '+' | '&') {
            tokens.push(Token::Separator);
        } else if !c.is_whitespace() {
            match tokens.last_mut() {
                Some(Token::Unknown(unknown)) => unknown.push(c),
                _ => tokens.push(Token::Unknown(c.to_string())),
            }
        }
    }
    tokens
}

fn word(text: &str) -> Option<(Option<Token>, usize)> {
    WORDS.iter().find(|(word, _)| text.starts_with(word)).map(|(word, token)| (token.clone(), word.len()))
}

/// `周一`, `星期六日`, `周1`: several Chinese numerals in a row are several days.
fn weekday(text: &str) -> Option<(Option<Token>, usize)> {
    let prefix = ["星期", "礼拜", "周"].into_iter().find(|prefix| text.starts_with(prefix))?;
    let after = &text[prefix.len()..];
    if let Some(digit) = after.chars().next().and_then(|c| c.to_digit(10)) {
        let mask = day_mask(digit)?;
        return Some((Some(Token::Weekdays(mask)), prefix.len() + 1));
    }
    let mut mask = 0;
    let mut length = prefix.len();
    let mut chars = after.chars().peekable();
    while let Some(c) = chars.next() {
        let day = if matches!(c, '日' | '天') { Some(7) } else { chinese_digit(c) };
        // In `周日五点` the five is an hour.
        let is_time = mask != 0 && chars.peek().is_some_and(|next| matches!(next, '点' | '时' | '月' | '十' | '半'));
        let Some(bit) = day.and_then(day_mask).filter(|_| !is_time) else {
            break;
        };
        mask |= bit;
        length += c.len_utf8();
    }
    (mask != 0).then_some((Some(Token::Weekdays(mask)), length))
}

/// The mask of a day counted from Monday = 1 to Sunday = 7.
pub(super) fn day_mask(day: u32) -> Option<u8> {
    (1..=7).contains(&day).then(|| 1 << (day - 1))
}

/// A number with its unit: `4:30`, `4点半`, `5月`, `1日`, `0430`, `5`.
fn number(text: &str) -> Option<(Option<Token>, usize)> {
    let (value, digits, mut length) = whole(text)?;
    let after = &text[length..];
    let token = if after.starts_with("小时") {
        return None;
    } else if let Some(unit) = strip(after, &["月份", "月"]) {
        length += unit;
        Token::Month(u8::try_from(value).unwrap_or(u8::MAX))
    } else if let Some(unit) = strip(after, &["日", "号"]) {
        length += unit;
        Token::Day(u8::try_from(value).unwrap_or(u8::MAX))
    } else if let Some(unit) = strip(after, &["点钟", "点整", "时整", "点", "时", "點"]) {
        let (minutes, taken) = minutes_after(&after[unit..]);
        length += unit + taken;
        Token::Time(value, minutes)
    } else if let Some((minutes, taken)) = minutes_behind_colon(after) {
        length += taken;
        Token::Time(value, minutes)
    } else if digits == 4 {
        Token::Time(value / 100, value % 100)
    } else {
        Token::Bare(value)
    };
    Some((Some(token), length))
}

fn strip(text: &str, units: &[&str]) -> Option<usize> {
    units.iter().find(|unit| text.starts_with(**unit)).map(|unit| unit.len())
}

/// A whole number in digits or Chinese numerals: its value, its digits and its length in bytes.
fn whole(text: &str) -> Option<(u32, usize, usize)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if length > 0 {
        return (length <= 6).then(|| text[..length].parse().ok().map(|value| (value, length, length))).flatten();
    }
    let (mut value, mut digit, mut bytes) = (0, None, 0);
    for c in text.chars() {
        if c == '十' {
            value = digit.take().unwrap_or(1) * 10;
        } else if let Some(next) = chinese_digit(c) {
            // `〇五` is five; `三五` is two numbers and means nothing here.
            if digit.is_some_and(|earlier| earlier != 0) {
                break;
            }
            digit = Some(next);
        } else {
            break;
        }
        bytes += c.len_utf8();
    }
    (bytes > 0).then(|| (value + digit.unwrap_or(0), 1, bytes))
}

/// What follows 点: `半`, `一刻`, `30分`, `30`, or nothing.
fn minutes_after(text: &str) -> (u32, usize) {
    for (word, minutes) in [("半", 30), ("一刻", 15), ("1刻", 15), ("三刻", 45), ("3刻", 45), ("钟", 0)] {
        if text.starts_with(word) {
            return (minutes, word.len());
        }
    }
    let Some((value, _, length)) = whole(text) else {
        return (0, 0);
    };
    let after = &text[length..];
    if after.starts_with('分') {
        return (value, length + '分'.len_utf8());
    }
    // In `8点12点` the twelve is an hour of its own.
    let is_own = after.starts_with(['点', '时', ':', '月', '日']);
    if is_own { (0, 0) } else { (value, length) }
}

/// `:30`, `.30`, `:30:00`.
fn minutes_behind_colon(text: &str) -> Option<(u32, usize)> {
    let after = text.strip_prefix([':', '.'])?;
    let length = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    // `5.1` is no time; `5:0` is a slip for 5:00 and harmless.
    if length == 0 || length > 2 || (text.starts_with('.') && length != 2) {
        return None;
    }
    let minutes = after[..length].parse().ok()?;
    let seconds = after[length..].strip_prefix(":00").map_or(0, |_| 3);
    let unit = strip(&after[length + seconds..], &["时", "点", "分"]).unwrap_or(0);
    Some((minutes, 1 + length + seconds + unit))
}
