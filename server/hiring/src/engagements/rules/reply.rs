//! What an answer by text message means (短信回复): "were you paid?" is answered by 1, by 2 and a sum, or by 0, and where
//! nobody recorded the arrival by 3; people also write it in words.

use kernel::sheet::text;

/// What a worker answers to "were you paid?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// All of it.
    InFull,
    /// So many fen.
    Sum(i64),
    /// Nothing.
    Nothing,
    /// The worker was not there.
    Absent,
    /// It cannot be told: the counter asks.
    Unclear,
}

/// No day's work is paid with more yuan than this: what says so was typed wrongly.
const MOST_YUAN: i64 = 1_000_000;

const ALL: [&str; 8] = ["已收到", "收到了", "收到", "已收", "全部收到", "齐了", "付了", "已付"];
const NONE: [&str; 8] = ["没有收到", "没收到", "未收到", "没给", "没付", "没有", "未付", "欠薪"];

/// Word for word: 老板没去银行 is no such answer.
const ABSENT: [&str; 6] = ["没去", "没有去", "我没去", "没到岗", "未到岗", "没去干活"];

/// Is it so much less than what was agreed that it may have been typed wrongly: less than half?
#[must_use]
pub const fn is_doubtful(paid_fen: i64, agreed_fen: i64) -> bool {
    paid_fen > 0 && paid_fen < agreed_fen / 2
}

/// Reads an answer.
#[must_use]
pub fn read(answer: &str) -> Reply {
    let folded = text::fold(answer).to_lowercase();
    let said: String = folded.chars().filter(|c| !matches!(c, ',' | '!' | '(' | ')')).collect();
    let said = said.trim().trim_end_matches('.').trim();
    if ABSENT.contains(&said) {
        return Reply::Absent;
    }
    if NONE.iter().any(|word| said.contains(word)) {
        return Reply::Nothing;
    }
    let mut words = said.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("1"), None, _) => Reply::InFull,
        (Some("0"), None, _) => Reply::Nothing,
        (Some("3"), None, _) => Reply::Absent,
        (Some("2"), Some(sum), None) => fen(sum).map_or(Reply::Unclear, Reply::Sum),
        (Some(one), None, _) => in_words(one),
        _ => Reply::Unclear,
    }
}

/// 收到150元, 收到, 150元.
fn in_words(said: &str) -> Reply {
    let word = ALL.iter().find(|word| said.starts_with(**word));
    let rest = word.map_or(said, |word| said.strip_prefix(word).unwrap_or_default());
    match (word, rest.is_empty()) {
        (Some(_), true) => Reply::InFull,
        (None, _) if !["元", "块", "块钱"].iter().any(|unit| rest.ends_with(unit)) => Reply::Unclear,
        _ => fen(rest).map_or(Reply::Unclear, Reply::Sum),
    }
}

/// A sum in yuan, with at most two digits after the point, in fen.
fn fen(sum: &str) -> Option<i64> {
    let sum = sum
        .trim_start_matches(['¥', '￥'])
        .trim_end_matches("块钱")
        .trim_end_matches("yuan")
        .trim_end_matches(['元', '块', '.']);
    let (yuan, rest) = sum.split_once('.').unwrap_or((sum, ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(yuan) || (!rest.is_empty() && !digits(rest)) || rest.len() > 2 {
        return None;
    }
    let yuan: i64 = yuan.parse().ok().filter(|yuan| *yuan <= MOST_YUAN)?;
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    Some(yuan * 100 + cents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_answers_that_were_asked_for_are_understood() {
        for (answer, meaning) in [
            ("1", Reply::InFull),
            (" １ ", Reply::InFull),
            ("1。", Reply::InFull),
            ("0", Reply::Nothing),
            ("2 180", Reply::Sum(18_000)),
            ("2　180元", Reply::Sum(18_000)),
            ("2 150.5", Reply::Sum(15_050)),
            ("2 0", Reply::Sum(0)),
            ("2 50yuan", Reply::Sum(5_000)),
            ("3", Reply::Absent),
        ] {
            assert_eq!(read(answer), meaning, "{answer}");
        }
    }

    #[test]
    fn words_that_people_use_are_understood() {
        for (answer, meaning) in [
            ("收到了", Reply::InFull),
            ("已收到！", Reply::InFull),
            ("收到150元", Reply::Sum(15_000)),
            ("150块钱", Reply::Sum(15_000)),
            ("没收到", Reply::Nothing),
            ("老板还没给", Reply::Nothing),
            ("我没去", Reply::Absent),
            ("老板没去银行，没给钱", Reply::Nothing),
        ] {
            assert_eq!(read(answer), meaning, "{answer}");
        }
    }

    #[test]
    fn less_than_half_is_doubtful_and_nothing_is_an_answer() {
        assert!(is_doubtful(100, 22_000));
        assert!(is_doubtful(10_999, 22_000));
        assert!(!is_doubtful(11_000, 22_000));
        assert!(!is_doubtful(0, 22_000));
    }

    #[test]
    fn what_may_mean_two_things_means_nothing() {
        for answer in ["", "2", "2180", "2 180 90", "收到一半", "你好", "2 1.234", "2 99999999", "4"] {
            assert_eq!(read(answer), Reply::Unclear, "{answer}");
        }
    }
}
