//! Which agency is meant (人力资源服务机构): the one with this licence, however its number is written.

use kernel::sheet::text;

/// What finds an agency by the number of its licence: full-width characters, letter case and blanks make no difference.
pub(crate) fn licence_key(number: &str) -> String {
    text::squash(number).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_licence_is_one_agency_however_its_number_is_written() {
        for written in ["140105a0001", "１４０１０５Ａ０００１", " 140105 A\u{3000}0001"] {
            assert_eq!(licence_key(written), "140105A0001", "{written}");
        }
        assert_eq!(licence_key("晋人服证字〔2024〕0001号"), licence_key("晋人服证字（2024）0001号"));
        assert_ne!(licence_key("晋人服证字〔2024〕0001号"), licence_key("晋人服证字〔2024〕0002号"));
    }
}
