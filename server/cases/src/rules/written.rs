//! What people write into cases (填写内容): how long it may be, and what a decision must say.

use std::ops::RangeInclusive;

use crate::kinds::CaseDecision;

/// Characters of what a person writes.
pub const REASON: RangeInclusive<usize> = 4..=1000;
/// Characters of the ground of a decision, and of a note, at most.
pub const TEXT: usize = 1000;
/// Characters of an article that is cited, at most.
pub const ARTICLE: usize = 200;

/// A text without blanks around it; none where nothing is left.
#[must_use]
pub fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Has a text, blanks around it left out, so many characters?
#[must_use]
pub fn fits(text: &str, length: &RangeInclusive<usize>) -> bool {
    length.contains(&text.trim().chars().count())
}

/// What is wrong with the words of a decision (办结意见问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanting {
    /// No ground.
    Ground,
    /// No article.
    Article,
    /// A ground longer than is kept.
    GroundTooLong,
    /// An article longer than is kept.
    ArticleTooLong,
}

/// Does a decision say what it must? A person who is told no is told why, and by which article (不予支持须说明理由和依据); what is put right
/// says what was found (更正须说明理由).
pub fn decision(decision: CaseDecision, ground: Option<&str>, article: Option<&str>) -> Result<(), Wanting> {
    let (ground, article) = (ground.and_then(some), article.and_then(some));
    let longer = |text: Option<&str>, limit| text.is_some_and(|text| text.chars().count() > limit);
    match decision {
        CaseDecision::Dismissed | CaseDecision::Corrected if ground.is_none() => Err(Wanting::Ground),
        CaseDecision::Dismissed if article.is_none() => Err(Wanting::Article),
        _ if longer(ground, TEXT) => Err(Wanting::GroundTooLong),
        _ if longer(article, ARTICLE) => Err(Wanting::ArticleTooLong),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_told_no_is_told_why_and_by_which_article() {
        let say = |ground, article| decision(CaseDecision::Dismissed, ground, article);
        assert_eq!(say(None, Some("第六条")), Err(Wanting::Ground));
        assert_eq!(say(Some("  "), Some("第六条")), Err(Wanting::Ground));
        assert_eq!(say(Some("有签到记录"), None), Err(Wanting::Article));
        assert_eq!(say(Some("有签到记录"), Some("第六条")), Ok(()));
        assert_eq!(decision(CaseDecision::Upheld, None, None), Ok(()));
    }

    #[test]
    fn whoever_puts_a_record_right_says_why_and_needs_no_article() {
        assert_eq!(decision(CaseDecision::Corrected, Some(" "), None), Err(Wanting::Ground));
        assert_eq!(decision(CaseDecision::Corrected, Some("有签到记录"), None), Ok(()));
    }

    #[test]
    fn what_is_longer_than_is_kept_is_named() {
        let (ground, article) = ("字".repeat(TEXT), "条".repeat(ARTICLE));
        assert_eq!(decision(CaseDecision::Upheld, Some(&ground), Some(&article)), Ok(()));
        let longer = format!("{ground}字");
        assert_eq!(decision(CaseDecision::Upheld, Some(&longer), None), Err(Wanting::GroundTooLong));
        let longer = format!("{article}条");
        assert_eq!(decision(CaseDecision::Upheld, None, Some(&longer)), Err(Wanting::ArticleTooLong));
        assert!(!fits(" 不服 ", &REASON) && fits("我当天到了", &REASON));
    }
}
