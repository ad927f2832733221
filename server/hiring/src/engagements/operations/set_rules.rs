//! Setting the city's rules of the hire (设置用工规则).

use kernel::{Ctx, Once, Outcome, Place, Stop};
use uuid::Uuid;

use crate::engagements::forms::HireRulesInput;
use crate::engagements::rules::settings::Wrong;
use crate::engagements::store::hire_rules;
use crate::policy;

kernel::refusals! {
    /// Why the rules were not set (不予设置).
    pub SetHireRules => SetHireRulesReason, SetHireRulesRefusalCode {
        /// Someone else changed them.
        Conflict { current: i32 } @ "version":
            "用工规则已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed the rules (now version {current}); reload and try again.",
        /// A figure that cannot be.
        Figure { at: String, zh: String, en: String, least: i32, most: i32 } @ [at]:
            "“{zh}”应在 {least} 到 {most} 之间。" / "{en}: from {least} to {most}.",
    }
}

/// Sets the rules of the hire (设置用工规则): what is late, what it costs, how long points count.
pub async fn set_hire_rules(
    ctx: &Ctx,
    version: i32,
    input: HireRulesInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetHireRules>> {
    ctx.transact_once(&policy::SET_RULES, once, |tx| async move {
        tx.authorize(&policy::SET_RULES, &Place::city()).await?;
        let now = hire_rules::held(&tx).await?;
        if now.version != version {
            return Err(Stop::Refused(SetHireRules::Conflict { current: now.version }));
        }
        let new = input.rules(version + 1);
        if let Err(Wrong { field, name, least, most }) = new.check() {
            return Err(Stop::Refused(SetHireRules::Figure {
                at: field.to_owned(),
                zh: name.zh.to_owned(),
                en: name.en.to_owned(),
                least,
                most,
            }));
        }
        if !hire_rules::write(&tx, &new).await? {
            return Err(Stop::Refused(SetHireRules::Conflict { current: new.version }));
        }
        let (before, after) = (serde_json::to_value(&now), serde_json::to_value(&new));
        tx.note("before", before.unwrap_or_default());
        tx.note("after", after.unwrap_or_default());
        Ok(Outcome::of("HireRules", Uuid::nil(), new.version))
    })
    .await
}
