//! Setting what the law leaves to the city (设置监管参数), from a day on.

use kernel::{Ctx, Once, Outcome, Place, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};

use crate::agencies::forms::AgencyParameterInput;
use crate::agencies::policy;
use crate::agencies::rows::parameter::{self, Column};
use crate::agencies::rules::parameters::{Bound, fits, of};

kernel::refusals! {
    /// Why a parameter was not set (不予设置监管参数).
    pub SetAgencyParameter => SetAgencyParameterRefused, SetAgencyParameterRefusalCode {
        /// The province looks after no agency itself.
        NotACity: "省级平台不设置此类参数，请在各市设置。" / "The province sets none of its own; cities set theirs.",
        /// Less than the law asks.
        BelowTheLaw { least: i32 } @ "input.value": "不得低于法定的 {least}，最多 100。" / "The law asks for at least {least}; at most 100.",
        /// More than the law allows.
        AboveTheLaw { most: i32 } @ "input.value": "应在 1 到法定的 {most} 之间。" / "The law allows between 1 and {most}.",
        /// Not a day of every year.
        NoSuchDay @ "input.value":
            "请以月日填写每年都有的日期，例如 331 表示 3 月 31 日。" / "Enter a day that every year has, as month and day: 331 is 31 March.",
    }
}

/// Sets a parameter from a day on, or unsets it (设置监管参数); what held before that day is still known.
pub async fn set_parameter(
    ctx: &Ctx,
    input: AgencyParameterInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetAgencyParameter>> {
    ctx.transact_once(&policy::PARAMETERS, once, |tx| async move {
        let ctx = tx.ctx();
        tx.authorize(&policy::PARAMETERS, &Place::city()).await?;
        if ctx.tenant().is_platform() {
            return Err(Stop::Refused(SetAgencyParameter::NotACity));
        }
        if !fits(input.code, input.value) {
            return Err(Stop::Refused(match of(input.code).bound {
                Bound::AtLeast(least) => SetAgencyParameter::BelowTheLaw { least },
                Bound::AtMost(most) => SetAgencyParameter::AboveTheLaw { most },
                Bound::MonthAndDay => SetAgencyParameter::NoSuchDay,
            }));
        }
        let from = input.effective_from.0;
        tx.note("code", input.code.code());
        tx.note("value", input.value);
        tx.note("effectiveFrom", from.to_string());
        let same = Column::Code.eq(input.code).and(Column::EffectiveFrom.eq(from));
        let known = parameter::Entity::find().filter(same).one(&tx).await?;
        let id = known.as_ref().map_or_else(|| ctx.new_id(), |known| known.id);
        let said = parameter::ActiveModel {
            id: Set(id),
            code: Set(input.code),
            effective_from: Set(from),
            value: Set(input.value),
            set_at: Set(ctx.now()),
            set_by: Set(ctx.actor().account_id()),
        };
        if known.is_some() {
            parameter::Entity::update_many().set(said).filter(Column::Id.eq(id)).exec(&tx).await?;
        } else {
            parameter::Entity::insert(said).exec_without_returning(&tx).await?;
        }
        Ok(Outcome::of("AgencyParameter", id, 1))
    })
    .await
}
