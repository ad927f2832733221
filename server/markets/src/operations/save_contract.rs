//! Saving a contract (保存运营协议).

use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::ContractInput;
use crate::policy;
use crate::rows::contract_indicator;
use crate::rows::operator_contract;
use crate::rules::venue::{self, ContractFlaw, NAME, TEXT};
use crate::store::parts::insert;
use crate::store::{history, visible};

kernel::refusals! {
    /// Why a contract was not saved (不予保存运营协议).
    pub SaveContract => SaveContractReason, SaveContractRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "运营协议已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this contract (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// No operator.
        OperatorMissing { limit: usize } @ "input.operator": "请填写运营方，不超过 {limit} 个字。" / "Name the operator, in at most {limit} characters.",
        /// No scope.
        ScopeMissing { limit: usize } @ "input.scope": "请填写服务范围，不超过 {limit} 个字。" / "Say what it covers, in at most {limit} characters.",
        /// It ends before it begins.
        EndsBeforeStart @ "input.endsOn": "终止日期不能早于起始日期。" / "It cannot end before it begins.",
        /// An indicator that says nothing.
        Indicator { row: usize } @ "input.indicators":
            "第 {row} 项考核指标有误：请填写指标、目标值（不小于 0）和单位，最多 50 项。" /
            "Indicator {row}: give a name, a target of at least 0 and a unit; at most 50 of them.",
    }
}

/// Saves a new or a known contract of a market (保存运营协议).
pub async fn save_contract(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: ContractInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveContract>> {
    ctx.transact_once(&policy::CONTRACT, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CONTRACT, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveContract::Delisted));
        }
        let kept = kept(&tx, market, which).await?;
        let version =
            saving::version(which, kept).map_err(|current| Stop::Refused(SaveContract::Conflict { current }))?;
        decide(&input).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "contracted", None);
        Ok(Outcome::of("OperatorContract", id, version))
    })
    .await
}

/// The version of a known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_market = operator_contract::Column::MarketId.eq(market);
    let row = operator_contract::Entity::find_by_id(id).filter(of_market).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

async fn save(tx: &Tx, market: Uuid, id: Uuid, version: i32, input: &ContractInput) -> Result<(), Fault> {
    let row = operator_contract::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        operator: Set(text::tidy(&input.operator)),
        scope: Set(text::tidy(&input.scope)),
        starts_on: Set(input.starts_on.0),
        ends_on: Set(input.ends_on.0),
    };
    if version == 1 {
        operator_contract::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        operator_contract::Entity::update_many().set(row).filter(operator_contract::Column::Id.eq(id)).exec(tx).await?;
    }
    contract_indicator::Entity::delete_many().filter(contract_indicator::Column::ContractId.eq(id)).exec(tx).await?;
    let indicators =
        input.indicators.iter().zip(0_i32..).map(|(indicator, position)| contract_indicator::ActiveModel {
            id: Set(tx.ctx().new_id()),
            contract_id: Set(id),
            market_id: Set(market),
            position: Set(position),
            name: Set(text::tidy(&indicator.name)),
            target: Set(indicator.target),
            unit: Set(text::tidy(&indicator.unit)),
            actual: Set(indicator.actual),
        });
    insert::<contract_indicator::Entity>(tx, indicators.collect()).await
}

fn decide(input: &ContractInput) -> Result<(), SaveContract> {
    venue::contract(input).map_err(|flaw| match flaw {
        ContractFlaw::Operator => SaveContract::OperatorMissing { limit: NAME },
        ContractFlaw::Coverage => SaveContract::ScopeMissing { limit: TEXT },
        ContractFlaw::Term => SaveContract::EndsBeforeStart,
        ContractFlaw::Indicator(row) => SaveContract::Indicator { row },
    })
}
