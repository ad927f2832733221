//! The first gate: raw bytes, one pass, no recursion.

use super::super::limits::Limits;
use super::{Measure, Refused, hold};

/// What the scanner saw (扫描结果).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Work: bytes looked at.
    pub bytes_scanned: u64,
    /// Opening brackets outside strings and comments.
    pub openers: u64,
    /// The deepest nesting of brackets.
    pub nesting: u64,
}

/// Counts brackets outside strings, block strings and comments, and stops at the first limit.
///
/// The scanner must agree with the parser about where a string ends: the parser falls back from
/// an unterminated `"""` to an empty string followed by another string, and would then recurse
/// into brackets the scanner took for text. So an unterminated string is refused here.
///
/// # Errors
/// [`Refused::Over`] for bytes, openers or nesting; [`Refused::UnterminatedString`].
pub fn scan(text: &str, limits: &Limits) -> Result<Scanned, Refused> {
    hold(Measure::QueryBytes, limits.query_bytes, text.len() as u64)?;
    let bytes = text.as_bytes();
    let mut seen = Scanned::default();
    let mut open = 0_u64;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'#' => end_of_comment(bytes, at + 1),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => end_of_block(bytes, at + 3)?,
            b'"' => end_of_string(bytes, at + 1)?,
            b'{' | b'[' | b'(' => {
                open += 1;
                seen.openers += 1;
                seen.nesting = seen.nesting.max(open);
                hold(Measure::Openers, limits.openers, seen.openers)?;
                hold(Measure::Nesting, limits.nesting, open)?;
                at + 1
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                at + 1
            }
            _ => at + 1,
        };
        seen.bytes_scanned = at as u64;
    }
    Ok(seen)
}

/// The index behind a comment, which ends before a line terminator.
fn end_of_comment(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |length| from + length)
}

/// The index behind a string, which may not hold a line terminator.
fn end_of_string(bytes: &[u8], from: usize) -> Result<usize, Refused> {
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') if !matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => at += 2,
            None | Some(b'\n' | b'\r' | b'\\') => return Err(Refused::UnterminatedString),
            Some(_) => at += 1,
        }
    }
}

/// The index behind a block string, in which only `\"""` escapes.
fn end_of_block(bytes: &[u8], from: usize) -> Result<usize, Refused> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return Err(Refused::UnterminatedString);
        } else if rest.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if rest.starts_with(b"\"\"\"") {
            return Ok(at + 3);
        } else {
            at += 1;
        }
    }
}
