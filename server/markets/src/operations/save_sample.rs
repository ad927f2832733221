//! Recording a sample, and correcting one (记录抽样).

use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::MonitoringSampleInput;
use crate::policy;
use crate::rows::monitoring_sample::{ActiveModel, Column, Entity, Model};
use crate::rules::samples::counted;
use crate::rules::venue::fits;
use crate::store::{history, visible};

/// Characters of a name.
const NAME: usize = 50;

kernel::refusals! {
    /// Why a sample was not saved (不予记录抽样).
    pub SaveMonitoringSample => SaveMonitoringSampleReason, SaveMonitoringSampleRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该抽样已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this sample (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不再记录抽样。" / "This market is delisted; no more samples are recorded.",
        /// It was withdrawn.
        Withdrawn @ "id": "该抽样已撤回，请另行记录。" / "This sample was withdrawn; record another.",
        /// A day to come.
        Future @ "input.sampledOn": "抽样日期不能晚于今天。" / "The day of the sample cannot be later than today.",
        /// Numbers that cannot be.
        Numbers @ "input.successes":
            "求职人数应为 0—500000，招聘成功人数不能多于求职人数。" /
            "From 0 to 500,000 seekers, and no more of them found work than were there.",
        /// Nobody counted.
        CountedByMissing { limit: usize } @ "input.countedBy":
            "请填写计数人，不超过 {limit} 个字。" / "Say who counted, in at most {limit} characters.",
        /// That session was counted already.
        Taken @ "input.session":
            "该日该时段已有抽样，请修改原记录或先撤回。" /
            "That session of that day was counted already; correct that sample or withdraw it first.",
    }
}

/// Records a sample of a market, or corrects one (记录抽样). Figures that were computed stay as they are until they are
/// computed again.
pub async fn save_monitoring_sample(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: MonitoringSampleInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveMonitoringSample>> {
    ctx.transact_once(&policy::SAMPLE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::SAMPLE, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveMonitoringSample::Delisted));
        }
        let kept = kept(&tx, market, which).await?;
        let version = saving::version(which, kept.as_ref().map(|k| k.version))
            .map_err(|current| Stop::Refused(SaveMonitoringSample::Conflict { current }))?;
        let taken = taken(&tx, market, which, &input).await?;
        decide(kept.as_ref(), &input, taken, tx.ctx().today()).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input).await?;
        saving::touch(&tx, market).await?;
        history::write(&tx, market, "sampled", None);
        Ok(Outcome::of("MonitoringSample", id, version))
    })
    .await
}

/// A known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<Model>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let row = Entity::find_by_id(id).filter(Column::MarketId.eq(market)).one(tx).await?;
    row.map(Some).ok_or(Fault::NotFound)
}

/// Does another sample count that session of that day?
async fn taken(tx: &Tx, market: Uuid, which: Which, input: &MonitoringSampleInput) -> Result<bool, Fault> {
    let other = Entity::find()
        .filter(Column::MarketId.eq(market))
        .filter(Column::SampledOn.eq(input.sampled_on.0))
        .filter(Column::Session.eq(input.session))
        .filter(Column::WithdrawnReason.is_null())
        .one(tx)
        .await?;
    Ok(other.is_some_and(|other| Some(other.id) != which.id))
}

fn decide(
    kept: Option<&Model>,
    input: &MonitoringSampleInput,
    taken: bool,
    today: chrono::NaiveDate,
) -> Result<(), SaveMonitoringSample> {
    if kept.is_some_and(|row| row.withdrawn_reason.is_some()) {
        return Err(SaveMonitoringSample::Withdrawn);
    }
    if input.sampled_on.0 > today {
        return Err(SaveMonitoringSample::Future);
    }
    if !counted(input.seekers, input.successes) {
        return Err(SaveMonitoringSample::Numbers);
    }
    if !fits(&input.counted_by, NAME) {
        return Err(SaveMonitoringSample::CountedByMissing { limit: NAME });
    }
    if taken { Err(SaveMonitoringSample::Taken) } else { Ok(()) }
}

async fn save(tx: &Tx, market: Uuid, id: Uuid, version: i32, input: &MonitoringSampleInput) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        sampled_on: Set(input.sampled_on.0),
        session: Set(input.session),
        seekers: Set(input.seekers),
        successes: Set(input.successes),
        counted_by: Set(text::tidy(&input.counted_by)),
        recorded_by: NotSet,
        recorded_at: NotSet,
        withdrawn_reason: Set(None),
    };
    if version == 1 {
        let (by, at) = (tx.ctx().actor().account_id(), tx.ctx().now());
        let row = ActiveModel { recorded_by: Set(by), recorded_at: Set(at), ..row };
        Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(tx).await?;
    }
    Ok(())
}
