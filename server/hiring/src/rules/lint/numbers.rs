//! Numbers as people write them (数字): 180, 1.5, 三百五, 一三九; in hundredths, so that a half is exact.

use super::text::{Gap, Glyph};

/// One whole, in the unit of the values here.
pub(super) const ONE: i64 = 100;
/// Longer runs are numbers to call or to copy, not amounts.
const LONGEST: usize = 12;

/// A number that was read: its value, and how many glyphs it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: i64,
    pub(super) length: usize,
}

/// The digit that a Chinese numeral stands for.
pub(super) fn numeral(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '两' | '俩' | '贰' => 2,
        '三' | '仨' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn magnitude(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' | 'k' => 1_000,
        '万' | 'w' => 10_000,
        _ => return None,
    })
}

/// The number that begins at the first of these glyphs.
pub(super) fn number(glyphs: &[Glyph]) -> Option<Number> {
    let first = glyphs.first()?.folded;
    if first.is_ascii_digit() {
        Some(arabic(glyphs))
    } else if numeral(first).is_some() || matches!(first, '十' | '百' | '千' | '半') {
        Some(chinese(glyphs))
    } else {
        None
    }
}

/// Digits with a decimal point and a magnitude after them: `1.5`, `3千`, `5k`.
fn arabic(glyphs: &[Glyph]) -> Number {
    let mut value = 0_i64;
    let mut length = 0;
    let mut fraction = 0_i64;
    for glyph in glyphs {
        let Some(digit) = glyph.folded.to_digit(10).map(i64::from) else { break };
        let touches = length == 0 || glyph.gap == Gap::None;
        let point = length > 0 && fraction == 0 && glyph.separator == Some('.') && glyph.gap == Gap::Mark;
        if !touches && !point {
            break;
        }
        if point {
            fraction = 1;
        }
        match fraction {
            0 if length < LONGEST => value = value * 10 + digit * ONE,
            1 => value += digit * 10,
            2 => value += digit,
            _ => {}
        }
        fraction += i64::from(fraction > 0);
        length += 1;
    }
    let next = glyphs.get(length).filter(|g| g.gap == Gap::None).map(|g| g.folded);
    let latin_follows = glyphs.get(length + 1).is_some_and(|g| g.gap == Gap::None && g.folded.is_ascii_alphanumeric());
    let times = next.and_then(magnitude).filter(|times| *times > 10).filter(|_| length <= 4);
    match times {
        Some(times) if !(latin_follows && next.is_some_and(|c| c.is_ascii())) => {
            Number { value: value.saturating_mul(times), length: length + 1 }
        }
        _ => Number { value, length },
    }
}

/// Chinese numerals: `十八`, `一百五`, `两万`, `一三九`, `半`.
fn chinese(glyphs: &[Glyph]) -> Number {
    let run: Vec<char> = glyphs
        .iter()
        .enumerate()
        .take_while(|(i, g)| *i == 0 || g.gap <= Gap::Mark)
        .map(|(_, g)| g.folded)
        .take_while(|c| numeral(*c).is_some() || (magnitude(*c).is_some() && !c.is_ascii()) || *c == '半')
        .take(LONGEST)
        .collect();
    if run.first() == Some(&'半') {
        return Number { value: ONE / 2, length: 1 };
    }
    let run: Vec<char> = run.into_iter().take_while(|c| *c != '半').collect();
    let length = run.len();
    if length > 1 && run.iter().all(|c| numeral(*c).is_some()) {
        let value = run.iter().filter_map(|c| numeral(*c)).fold(0_i64, |sum, d| sum * 10 + d);
        return Number { value: value.saturating_mul(ONE), length };
    }
    let (mut total, mut below, mut digit, mut last) = (0_i64, 0_i64, None, 1_i64);
    for c in run {
        if let Some(times) = magnitude(c) {
            if times == 10_000 {
                total += (below + digit.unwrap_or(i64::from(below == 0))) * times;
                below = 0;
            } else {
                below += digit.unwrap_or(1) * times;
            }
            (digit, last) = (None, times);
        } else {
            // A zero says that the next digit is a unit: 一百零五 is 105 and 一百五 is 150.
            let d = numeral(c).unwrap_or_default();
            (digit, last) = if d == 0 { (None, 1) } else { (Some(d), last) };
        }
    }
    let tail = digit.unwrap_or_default() * if last > 10 { last / 10 } else { 1 };
    Number { value: (total + below + tail).saturating_mul(ONE), length }
}

#[cfg(test)]
mod tests {
    use super::super::text::glyphs;
    use super::*;

    fn read(text: &str) -> Option<(i64, usize)> {
        number(&glyphs(text)).map(|n| (n.value, n.length))
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(read("180元"), Some((18_000, 3)));
        assert_eq!(read("18.5元"), Some((1_850, 3)));
        assert_eq!(read("1.55"), Some((155, 3)));
        assert_eq!(read("１８"), Some((1_800, 2)));
        assert_eq!(read("3千"), Some((300_000, 2)));
        assert_eq!(read("5k一月"), Some((500_000, 2)));
        assert_eq!(read("5kg"), Some((500, 1)));
        assert_eq!(read("十八岁"), Some((1_800, 2)));
        assert_eq!(read("四十五"), Some((4_500, 3)));
        assert_eq!(read("一百五"), Some((15_000, 3)));
        assert_eq!(read("一百零五"), Some((10_500, 4)));
        assert_eq!(read("三百五十"), Some((35_000, 4)));
        assert_eq!(read("两千"), Some((200_000, 2)));
        assert_eq!(read("一万二"), Some((1_200_000, 3)));
        assert_eq!(read("两百"), Some((20_000, 2)));
        assert_eq!(read("半个月"), Some((50, 1)));
        assert_eq!(read("一三九"), Some((13_900, 3)));
        assert_eq!(read("18-45"), Some((1_800, 2)));
        assert_eq!(read("元"), None);
    }

    #[test]
    fn a_run_without_end_is_no_amount() {
        assert!(read(&"9".repeat(400)).is_some_and(|(value, length)| value < i64::MAX && length == 400));
        assert!(read(&"万".repeat(40)).is_none());
        assert!(read(&format!("一{}", "万".repeat(40))).is_some());
    }
}
