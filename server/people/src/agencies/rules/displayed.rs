//! What hangs in the hall (公示内容; 人力资源市场暂行条例 第三十二条): licences, services, prices, who supervises.

use chrono::NaiveDate;
use kernel::checks::Phone;

use super::identity::{PROSE, note};
use super::licence::introduces;
use crate::agencies::forms::DisplayedItemInput;
use crate::agencies::kinds::{DisplayedKind, LicenceScope};

/// What is wrong with an item as filled in (填写问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Neither words nor a picture.
    Empty,
    /// Too many words.
    Text,
    /// No supervising body.
    Body,
    /// No telephone of the supervising body, or none that is one.
    Phone,
    /// Looked at on a day to come.
    CheckedInFuture,
}

/// An item, checked (公示项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displayed {
    /// What it says.
    pub text: Option<String>,
    /// The telephone of the supervising body, as it is shown.
    pub phone: Option<String>,
}

/// Checks an item.
pub fn check(input: &DisplayedItemInput, today: NaiveDate) -> Result<Displayed, Flaw> {
    let text = note(input.text.as_deref(), PROSE).map_err(|()| Flaw::Text)?;
    if input.checked_on.0 > today {
        return Err(Flaw::CheckedInFuture);
    }
    if input.kind == DisplayedKind::Supervisor {
        let phone = input.phone.as_deref().and_then(|typed| Phone::parse(typed).ok()).ok_or(Flaw::Phone)?;
        let body = text.ok_or(Flaw::Body)?;
        return Ok(Displayed { text: Some(body), phone: Some(phone.display()) });
    }
    if text.is_none() && input.paper.is_none() {
        return Err(Flaw::Empty);
    }
    Ok(Displayed { text, phone: None })
}

/// What should hang there and does not: an intermediary shows its licence, the others need not.
#[must_use]
pub fn missing(scope: &[LicenceScope], shown: &[DisplayedKind]) -> Vec<DisplayedKind> {
    let licensed = introduces(scope);
    let wanted = |kind: &DisplayedKind| (licensed || *kind != DisplayedKind::Licence) && !shown.contains(kind);
    DisplayedKind::ALL.into_iter().filter(wanted).collect()
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::super::licence::tests::day;
    use super::*;

    fn item(kind: DisplayedKind, text: Option<&str>, phone: Option<&str>) -> DisplayedItemInput {
        DisplayedItemInput {
            kind,
            text: text.map(str::to_owned),
            phone: phone.map(str::to_owned),
            paper: None,
            checked_on: Date(day("2026-07-01")),
        }
    }

    #[test]
    fn whoever_supervises_hangs_there_with_a_telephone() {
        let of = |text, phone| check(&item(DisplayedKind::Supervisor, text, phone), day("2026-07-01"));
        assert_eq!(of(Some("市人力资源和社会保障局"), None), Err(Flaw::Phone));
        assert_eq!(of(None, Some("12333")), Err(Flaw::Body));
        assert_eq!(of(Some("市人力资源和社会保障局"), Some("12333")).unwrap().phone.as_deref(), Some("12333"));
    }

    #[test]
    fn an_item_says_something_or_is_a_picture() {
        let empty = item(DisplayedKind::PriceList, Some(" "), None);
        assert_eq!(check(&empty, day("2026-07-01")), Err(Flaw::Empty));
        let said = item(DisplayedKind::PriceList, Some("大厅东墙"), None);
        assert_eq!(check(&said, day("2026-06-30")), Err(Flaw::CheckedInFuture));
        assert!(check(&said, day("2026-07-01")).is_ok());
    }

    #[test]
    fn an_intermediary_lacks_five_items_and_who_has_only_filed_lacks_four() {
        assert_eq!(missing(&[LicenceScope::JobIntermediation], &[]).len(), 5);
        let filed = missing(&[LicenceScope::Training], &[DisplayedKind::Services]);
        let left = [DisplayedKind::BusinessLicence, DisplayedKind::PriceList, DisplayedKind::Supervisor];
        assert_eq!(filed, left);
    }
}
