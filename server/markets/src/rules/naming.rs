//! Name, nature and operator (名称、性质与主体), and what of them contradicts each other.

use kernel::sheet::text;

use super::flaw::Flaw;
use crate::kinds::{AliasBasis, OperatingNature, OperatorKind};

/// Characters a name may have.
pub const NAME: usize = 100;

/// The names of a market (名称).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The official one.
    pub official: Option<String>,
    /// The alias.
    pub alias: Option<String>,
    /// What the shown one rests on.
    pub basis: AliasBasis,
}

impl Names {
    /// The name that is shown.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.official.as_deref().or(self.alias.as_deref()).unwrap_or_default()
    }
}

/// A text without blanks around it, if anything is left.
#[must_use]
pub fn some(written: Option<&str>) -> Option<String> {
    written.map(text::tidy).filter(|t| !t.is_empty())
}

/// Decides the names (名录样表: 无正规名称的以约定俗成或所在地址名称代称).
pub fn names(official: Option<&str>, alias: Option<&str>, basis: AliasBasis) -> Result<Names, Flaw> {
    let (official, alias) = (some(official), some(alias));
    match (&official, &alias, basis) {
        (None, None, _) => return Err(Flaw::NameMissing),
        (None, Some(_), AliasBasis::Official) => return Err(Flaw::OfficialNameMissing),
        (Some(_), _, AliasBasis::Customary | AliasBasis::Address) => return Err(Flaw::AliasBasisContradicts),
        _ => {}
    }
    let too_long = |name: &Option<String>| name.as_ref().is_some_and(|n| n.chars().count() > NAME);
    if too_long(&official) || too_long(&alias) {
        return Err(Flaw::NameTooLong { limit: NAME });
    }
    Ok(Names { official, alias, basis })
}

/// Who may run a market of this nature: public ones the public side, commercial ones licensed agencies alone
/// (人力资源市场暂行条例 第十八条), those that formed by themselves nobody or volunteers.
#[must_use]
pub const fn operators_of(nature: OperatingNature) -> &'static [OperatorKind] {
    match nature {
        OperatingNature::Public => &[
            OperatorKind::HrssDirect,
            OperatorKind::PublicAgencySignboard,
            OperatorKind::Entrusted,
            OperatorKind::VolunteerTeam,
        ],
        OperatingNature::Commercial => &[OperatorKind::LicensedAgency],
        OperatingNature::Spontaneous => &[OperatorKind::None, OperatorKind::VolunteerTeam],
    }
}

/// Must this kind of operator have a name?
#[must_use]
pub const fn needs_name(kind: OperatorKind) -> bool {
    matches!(kind, OperatorKind::Entrusted | OperatorKind::LicensedAgency | OperatorKind::VolunteerTeam)
}

/// Checks nature, operator and public interest against each other.
pub fn operator(
    nature: OperatingNature,
    kind: OperatorKind,
    name: Option<&str>,
    public_interest: bool,
) -> Result<Option<String>, Flaw> {
    let allowed = operators_of(nature);
    if !allowed.contains(&kind) {
        let list = |title: fn(&OperatorKind) -> &'static str| allowed.iter().map(title).collect::<Vec<_>>();
        let zh = list(|k| k.title().zh).join("、");
        let en = list(|k| k.title().en).join(", ");
        return Err(Flaw::OperatorMismatch {
            nature: format!("{} ({})", nature.title().zh, nature.title().en),
            allowed: format!("{zh} ({en})"),
        });
    }
    let name = some(name);
    if needs_name(kind) && name.is_none() {
        return Err(Flaw::OperatorNameMissing);
    }
    if name.as_ref().is_some_and(|n| n.chars().count() > NAME) {
        return Err(Flaw::NameTooLong { limit: NAME });
    }
    public_interest_of(kind, public_interest)?;
    Ok(name)
}

/// The flag follows the operator where the law leaves no choice.
pub fn public_interest_of(kind: OperatorKind, flag: bool) -> Result<(), Flaw> {
    match (kind, flag) {
        (OperatorKind::None, true) => Err(Flaw::PublicInterestWithoutOperator),
        (OperatorKind::HrssDirect | OperatorKind::PublicAgencySignboard, false) => Err(Flaw::PublicInterestRequired),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_needs_a_name_or_an_alias() {
        assert_eq!(names(None, Some("  "), AliasBasis::Customary), Err(Flaw::NameMissing));
        assert_eq!(names(None, Some("老军营"), AliasBasis::Official), Err(Flaw::OfficialNameMissing));
        assert_eq!(names(Some("零工市场"), None, AliasBasis::Address), Err(Flaw::AliasBasisContradicts));
        assert_eq!(names(Some(&"长".repeat(101)), None, AliasBasis::Official), Err(Flaw::NameTooLong { limit: 100 }));
        let both = names(Some("小店区零工市场"), Some("坞城人市"), AliasBasis::Official).unwrap();
        assert_eq!(both.shown(), "小店区零工市场");
        assert_eq!(names(None, Some("坞城人市"), AliasBasis::Customary).unwrap().shown(), "坞城人市");
    }

    #[test]
    fn a_commercial_market_needs_a_licensed_agency_with_a_name() {
        let commercial = |kind, name| operator(OperatingNature::Commercial, kind, name, false);
        assert!(matches!(commercial(OperatorKind::HrssDirect, None), Err(Flaw::OperatorMismatch { .. })));
        assert_eq!(commercial(OperatorKind::LicensedAgency, Some(" ")), Err(Flaw::OperatorNameMissing));
        assert!(commercial(OperatorKind::LicensedAgency, Some("某某人力")).is_ok());
    }

    #[test]
    fn a_market_nobody_runs_is_no_public_interest_market_and_a_public_agencys_always_is() {
        let spontaneous = OperatingNature::Spontaneous;
        assert_eq!(operator(spontaneous, OperatorKind::None, None, true), Err(Flaw::PublicInterestWithoutOperator));
        let public = OperatingNature::Public;
        assert_eq!(operator(public, OperatorKind::HrssDirect, None, false), Err(Flaw::PublicInterestRequired));
        assert!(operator(public, OperatorKind::Entrusted, Some("某某公司"), false).is_ok());
        assert!(operator(spontaneous, OperatorKind::VolunteerTeam, Some("青年志愿队"), true).is_ok());
    }
}
