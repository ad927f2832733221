//! Ways to reach somebody inside a message (联系方式识别): before a place is confirmed, numbers stay hidden on both sides (个人信息保护法
//! art 23), and a message that carries one is not passed on.

use kernel::sheet::text;

use crate::kinds::Side;
use crate::rows::engagement::Model;

/// Does the hiring party read who the worker is and how to reach it (用工方可否查看零工姓名和电话)? Whom it entered itself it does not
/// until the worker came, by its own code or before the staff, or said what it was paid: else names were gathered by entering
/// people who never heard of the work (个人信息保护法 arts 6, 13).
#[must_use]
pub const fn opens_worker(row: &Model) -> bool {
    let came = matches!(row.arrived_by, Some(Side::Worker | Side::Staff));
    !matches!(row.entered_by, Side::Party) || came || row.paid_at.is_some()
}

/// What a message carries that it must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// A telephone number.
    Phone,
    /// A name at a messenger: `WeChat`, QQ.
    Messenger,
    /// An address of mail or of a page.
    Address,
}

/// Between the digits of a number people write these.
const BETWEEN: [char; 9] = [' ', '-', '.', '_', '·', '、', '—', '~', '*'];
/// Words for messengers, in lower case.
const MESSENGERS: [&str; 12] =
    ["微信", "威信", "薇信", "wechat", "weixin", "v信", "vx", "wx", "加v", "加微", "qq", "扣扣"];

/// What a message carries, if it carries any.
#[must_use]
pub fn carries(message: &str) -> Option<Carries> {
    let folded = text::fold(message).to_lowercase();
    if has_phone(&folded) {
        return Some(Carries::Phone);
    }
    if has_messenger(&folded) {
        return Some(Carries::Messenger);
    }
    let address = folded.contains('@') || folded.contains("http") || folded.contains("www.");
    address.then_some(Carries::Address)
}

/// 一三八 and 幺三捌 are digits too.
const fn digit(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => c,
        '零' | '〇' | '洞' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' | '两' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' | '拐' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

/// Digits that stand together, whatever people write between them.
fn runs(message: &str) -> Vec<String> {
    let (mut runs, mut run) = (Vec::new(), String::new());
    for c in message.chars() {
        match digit(c) {
            Some(d) => run.push(d),
            None if BETWEEN.contains(&c) => {}
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    runs.push(run);
    runs
}

fn has_phone(message: &str) -> bool {
    runs(message).iter().any(|run| is_mobile(run) || is_line(run))
}

/// A mobile number anywhere in a run of digits.
fn is_mobile(run: &str) -> bool {
    let digits: Vec<u8> = run.bytes().collect();
    digits.windows(11).any(|w| matches!(w, [b'1', b'3'..=b'9', ..]))
}

/// A line with its area code, or seven or eight digits that are no day.
fn is_line(run: &str) -> bool {
    match run.len() {
        7 => true,
        8 => !(run.starts_with("20") || run.starts_with("19")),
        10..=12 => run.starts_with('0'),
        _ => false,
    }
}

/// The word, and in the same message a name that has a digit or a sign in it: 微信 alone may be how the wage is paid. Digits
/// alone are a name at QQ only.
fn has_messenger(message: &str) -> bool {
    if !MESSENGERS.iter().any(|word| message.contains(word)) {
        return false;
    }
    let numbers = message.contains("qq") || message.contains("扣扣");
    message.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| {
        let word = MESSENGERS.iter().find_map(|m| word.strip_prefix(m)).unwrap_or(word);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let named = digits > 0 || word.contains('_');
        (5..=20).contains(&word.len()) && named && (numbers || digits < word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_seen_however_it_is_written() {
        for message in [
            "打我电话13800001234",
            "138 0000 1234",
            "１３８－００００－１２３４",
            "一三八零零零零一二三四",
            "幺三八洞洞洞洞1234",
            "电话 0351-5278313",
            "5278313 找老李",
            "工号2026 13800001234",
        ] {
            assert_eq!(carries(message), Some(Carries::Phone), "{message}");
        }
    }

    #[test]
    fn a_name_at_a_messenger_and_an_address_are_seen() {
        for message in ["加微信 zhang_san88", "vx:abc12345", "我QQ 123456", "wx13abcd55"] {
            assert_eq!(carries(message), Some(Carries::Messenger), "{message}");
        }
        for message in ["发到 a@b.cn", "看 https://example.org"] {
            assert_eq!(carries(message), Some(Carries::Address), "{message}");
        }
    }

    #[test]
    fn times_wages_days_and_pay_by_wechat_are_passed_on() {
        for message in [
            "明早6:00到18:00，180元一天，微信转账可以吗？",
            "2026-11-24 早上六点，微信转账",
            "20261124 在坞城路92号",
            "要10个人，干3天，每天200块",
            "带身份证",
        ] {
            assert_eq!(carries(message), None, "{message}");
        }
    }
}
