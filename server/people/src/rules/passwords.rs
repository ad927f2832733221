//! What is wrong with a new password, in both languages.

use kernel::crypto::password::PasswordPreset;

/// Everything that is wrong with a new password (口令问题), told at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weak {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Checks a new password against the rules in force; `reused` was found out before, because it is slow.
pub(crate) fn check(preset: PasswordPreset, password: &str, username: &str, reused: bool) -> Result<(), Weak> {
    let flaws = preset.check(password, username, reused);
    if flaws.is_empty() {
        return Ok(());
    }
    let zh: Vec<String> = flaws.iter().map(|flaw| flaw.zh()).collect();
    let en: Vec<String> = flaws.iter().map(|flaw| flaw.en()).collect();
    Err(Weak { zh: format!("{}。", zh.join("；")), en: en.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_flaws_are_told_at_once_in_both_languages() {
        let weak = check(PasswordPreset::Djbh3, "liwei1", "liwei", false).unwrap_err();
        assert_eq!(weak.zh.matches('；').count(), 2, "{}", weak.zh);
        assert!(weak.en.contains("at least 10") && weak.en.contains("user name"), "{}", weak.en);
        assert_eq!(check(PasswordPreset::Djbh3, "Bench-4-Two", "liwei", false), Ok(()));
    }
}
