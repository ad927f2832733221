//! What must be seen before a party counts as verified (用工主体核验), by kind.
//!
//! A unit shows its licence or approval, who comes for it, and that it sent him (人力资源市场暂行条例 art 26); an individual
//! business comes itself. A household shows who it is. Whoever leads a gang without a licence shows who he is, and somebody
//! looks at the place: nothing else vouches for him.

use std::collections::HashMap;

use kernel::text::{Lang, Words};

use crate::parties::kinds::{PartyKind, PartyStep, PartyStepResult};

/// The steps that must have passed.
pub const fn required(kind: PartyKind) -> &'static [PartyStep] {
    use PartyStep::{AgentAuthorised, IdentitySeen, LicenceSeen, SiteVisited, UsccChecked};
    match kind {
        PartyKind::Enterprise | PartyKind::Cooperative | PartyKind::PublicInstitution | PartyKind::Association => {
            &[UsccChecked, LicenceSeen, IdentitySeen, AgentAuthorised]
        }
        PartyKind::IndividualBusiness => &[UsccChecked, LicenceSeen, IdentitySeen],
        PartyKind::Household => &[IdentitySeen],
        PartyKind::GangLeader => &[IdentitySeen, SiteVisited],
    }
}

/// Has this kind of party such a step at all? A person has neither code nor licence, and sends nobody.
pub const fn has(kind: PartyKind, step: PartyStep) -> bool {
    match step {
        PartyStep::UsccChecked | PartyStep::LicenceSeen | PartyStep::AgentAuthorised => kind.is_unit(),
        PartyStep::IdentitySeen | PartyStep::SiteVisited => true,
    }
}

/// Must the paper itself be kept? An identity card is looked at and given back: no copy is needed (个人信息保护法 art 6).
pub const fn needs_evidence(step: PartyStep) -> bool {
    matches!(step, PartyStep::LicenceSeen | PartyStep::AgentAuthorised)
}

/// The required steps that have not passed, given the newest result of each.
pub fn missing(kind: PartyKind, newest: &HashMap<PartyStep, PartyStepResult>) -> Vec<PartyStep> {
    let passed = |step: &PartyStep| newest.get(step) == Some(&PartyStepResult::Passed);
    let wanted = required(kind);
    // A step that nobody asked for and that failed stands in the way all the same.
    let besides = failed(newest).into_iter().filter(|step| !wanted.contains(step));
    wanted.iter().copied().filter(|step| !passed(step)).chain(besides).collect()
}

/// The steps of which the newest result is that they failed.
pub fn failed(newest: &HashMap<PartyStep, PartyStepResult>) -> Vec<PartyStep> {
    let failed = |step: &PartyStep| newest.get(step) == Some(&PartyStepResult::Failed);
    PartyStep::ALL.into_iter().filter(failed).collect()
}

/// All that is missing, in one notice (一次性告知, 优化营商环境条例 art 36).
pub fn notice(missing: &[PartyStep], remarks: Option<&str>) -> Words {
    let all = |lang: Lang, between: &str| {
        let steps = missing.iter().map(|step| step.title().get(lang));
        steps.chain(remarks).collect::<Vec<_>>().join(between)
    };
    Words::new(all(Lang::Zh, "；"), all(Lang::En, "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(steps: &[(PartyStep, PartyStepResult)]) -> HashMap<PartyStep, PartyStepResult> {
        steps.iter().copied().collect()
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        use PartyStep::{AgentAuthorised, IdentitySeen, LicenceSeen, UsccChecked};
        let seen = results(&[(UsccChecked, PartyStepResult::Passed), (LicenceSeen, PartyStepResult::Failed)]);
        let missing = missing(PartyKind::Enterprise, &seen);
        assert_eq!(missing, [LicenceSeen, IdentitySeen, AgentAuthorised]);
        let told = notice(&missing, Some("执照上的名称与填写的不一致"));
        assert_eq!(
            told.zh,
            "查看营业执照或批准设立文件；核对本人或经办人身份证件；查看经办人授权委托书；执照上的名称与填写的不一致"
        );
    }

    #[test]
    fn a_step_beyond_what_is_required_counts_only_when_it_failed() {
        let seen =
            |result| results(&[(PartyStep::IdentitySeen, PartyStepResult::Passed), (PartyStep::SiteVisited, result)]);
        assert!(missing(PartyKind::Household, &seen(PartyStepResult::Passed)).is_empty());
        assert_eq!(missing(PartyKind::Household, &seen(PartyStepResult::Failed)), [PartyStep::SiteVisited]);
    }

    #[test]
    fn nobody_is_asked_for_a_step_its_kind_does_not_have() {
        for kind in PartyKind::ALL {
            assert!(required(kind).iter().all(|step| has(kind, *step)), "{kind:?}");
            assert_eq!(required(kind).contains(&PartyStep::LicenceSeen), kind.is_unit(), "{kind:?}");
        }
    }
}
