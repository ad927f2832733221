//! Widths of characters, in units of the type size.

/// Advance widths of Times-Roman from space to tilde, in thousandths (Adobe Font Metrics).
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// Whether the character is set in the Latin font.
pub(super) fn is_latin(c: char) -> bool {
    matches!(c, ' '..='~')
}

/// Width of a character; everything that is not ASCII is an em wide.
pub(super) fn char_width(c: char) -> f32 {
    let at = u32::from(c).checked_sub(32).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| TIMES.get(at)).map_or(1.0, |width| f32::from(*width) / 1000.0)
}

/// Width of a text at a size, in points.
pub(super) fn text_width(text: &str, size: f32) -> f32 {
    text.chars().map(char_width).sum::<f32>() * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_as_wide_as_high_and_a_digit_half_of_it() {
        assert!((text_width("太原", 10.0) - 20.0).abs() < 1e-4);
        assert!((text_width("2026", 10.0) - 20.0).abs() < 1e-4);
        assert!((char_width('W') - 0.944).abs() < 1e-6);
        assert!((char_width('~') - 0.541).abs() < 1e-6);
    }
}
