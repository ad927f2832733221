//! QR codes (二维码) as SVG: entrance codes of markets, posters, enrolment of a second factor.

use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

/// The text does not fit into a QR code: 2,331 bytes at the error correction used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct QrTooLong;

impl QrTooLong {
    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        "内容过长，无法生成二维码"
    }
}

/// An SVG document of at least 200 by 200 pixels with a quiet zone, black on white. Error correction M: a
/// poster outdoors may lose 15 % of its surface.
pub fn svg(text: &str) -> Result<String, QrTooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| QrTooLong)?;
    Ok(code.render::<Color<'_>>().min_dimensions(200, 200).build())
}

/// The squares of a QR code row by row, dark or not, without its quiet zone: for those who draw it themselves.
pub fn squares(text: &str) -> Result<Vec<Vec<bool>>, QrTooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| QrTooLong)?;
    let dark: Vec<bool> = code.to_colors().into_iter().map(|colour| colour == qrcode::Color::Dark).collect();
    Ok(dark.chunks(code.width().max(1)).map(<[bool]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_an_svg_that_scales() {
        let svg = svg("https://example.gov.cn/taiyuan/m/驿站").unwrap();
        assert!(svg.contains("<svg xmlns=\"http://www.w3.org/2000/svg\""));
        assert!(svg.contains("viewBox=\"0 0 "));
        assert!(svg.ends_with("</svg>"));
    }

    #[test]
    fn the_same_text_gives_the_same_picture_and_never_itself() {
        assert_eq!(svg("<script>").unwrap(), svg("<script>").unwrap());
        assert!(!svg("<script>").unwrap().contains("script"));
    }

    #[test]
    fn the_squares_of_a_code_are_as_many_across_as_down() {
        let squares = squares("https://example.gov.cn/taiyuan").unwrap();
        assert!(squares.len() >= 21 && squares.iter().all(|row| row.len() == squares.len()));
        // The finder pattern in the corner: seven dark squares, then a light one.
        assert_eq!(squares[0][..8], [true, true, true, true, true, true, true, false]);
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused() {
        assert_eq!(svg(&"x".repeat(2331)).map(|_| ()), Ok(()));
        assert_eq!(svg(&"x".repeat(2332)), Err(QrTooLong));
    }
}
