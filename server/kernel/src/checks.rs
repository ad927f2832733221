//! Checks of numbers that people and firms carry (号码校验), and how they are masked.
//!
//! A parsed value is valid by its standard; a refused one says why, in Chinese and English. Nothing here
//! asks a register whether the number was ever issued.

pub mod citizen_id;
pub mod mask;
pub mod phone;
pub mod retirement;
pub mod uscc;

pub use citizen_id::{CitizenId, CitizenIdError};
pub use phone::{Phone, PhoneError};
pub use retirement::RetirementKind;
pub use uscc::{Uscc, UsccError};

/// Full-width digits, letters and signs, as a Chinese keyboard types them, become ASCII; blanks around go.
pub(crate) fn half_width(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}
