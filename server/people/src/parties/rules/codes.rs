//! Which unified social credit code fits which kind of unit (统一社会信用代码与类别): its first two characters name the organ
//! that registered it and the kind it was registered as (GB 32100-2015: 1 机构编制, 5 民政, 9 市场监管).

use kernel::checks::uscc::{Uscc, UsccKind};
use kernel::text::Text;

use crate::parties::kinds::PartyKind;

/// The kinds of code that a unit of this kind has; none where it has no code at all.
const fn registered_as(kind: PartyKind) -> &'static [UsccKind] {
    match kind {
        // 91
        PartyKind::Enterprise => &[UsccKind::Enterprise],
        // 92
        PartyKind::IndividualBusiness => &[UsccKind::IndividualBusiness],
        // 93
        PartyKind::Cooperative => &[UsccKind::Cooperative],
        // 11, 12
        PartyKind::PublicInstitution => &[UsccKind::StateOrgan, UsccKind::PublicInstitution],
        // 51, 52, 53
        PartyKind::Association => &[UsccKind::Association, UsccKind::PrivateNonEnterprise, UsccKind::Foundation],
        PartyKind::Household | PartyKind::GangLeader => &[],
    }
}

/// Can a unit of this kind have this code?
pub fn fits(kind: PartyKind, code: &Uscc) -> bool {
    registered_as(kind).contains(&code.kind())
}

/// What the code of such a unit begins with, for whoever typed another.
pub const fn begins_with(kind: PartyKind) -> Text {
    match kind {
        PartyKind::Enterprise => Text::new("企业为 91", "an enterprise: 91"),
        PartyKind::IndividualBusiness => Text::new("个体工商户为 92", "an individual business: 92"),
        PartyKind::Cooperative => Text::new("农民专业合作社为 93", "a farmers' co-operative: 93"),
        PartyKind::PublicInstitution => {
            Text::new("机关为 11、事业单位为 12", "a state organ: 11, a public institution: 12")
        }
        PartyKind::Association => Text::new(
            "社会团体为 51、民办非企业单位为 52、基金会为 53",
            "an association: 51, a private non-enterprise unit: 52, a foundation: 53",
        ),
        PartyKind::Household | PartyKind::GangLeader => Text::new("个人没有", "a person has none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_the_kind_it_was_registered_as_and_no_other() {
        let enterprise = Uscc::parse("91350100M000100Y43").unwrap();
        let fitting: Vec<PartyKind> = PartyKind::ALL.into_iter().filter(|kind| fits(*kind, &enterprise)).collect();
        assert_eq!(fitting, [PartyKind::Enterprise]);
    }

    #[test]
    fn every_unit_is_told_what_its_code_begins_with() {
        for kind in PartyKind::ALL {
            assert_eq!(registered_as(kind).is_empty(), !kind.is_unit(), "{kind:?}");
            assert_eq!(begins_with(kind).zh.chars().any(|c| c.is_ascii_digit()), kind.is_unit(), "{kind:?}");
        }
    }
}
