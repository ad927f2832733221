//! Computing a market's figures from its samples (按抽样计算规模和成功人数).

use chrono::NaiveDate;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::saving;
use crate::events::MarketAmended;
use crate::kinds::FigureMethod;
use crate::policy;
use crate::rows::market;
use crate::rows::monitoring_sample::{Column, Entity};
use crate::rules::samples::{Means, Sample, is_window, means};
use crate::store::{history, market as rows, visible};

kernel::refusals! {
    /// Why figures were not computed (不予计算).
    pub ComputeFigures => ComputeFiguresReason, ComputeFiguresRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this market (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "id": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// It ends before it begins, or is longer than a year.
        Window @ "to": "统计期的截止日应不早于起始日，且不超过一年。" / "The last day is not before the first, and a year after it at most.",
        /// A day to come.
        Future @ "to": "统计期不能晚于今天。" / "The last day cannot be later than today.",
        /// Nothing to compute from.
        NoSamples { from: String, to: String } @ "from":
            "{from} 至 {to} 没有抽样，请先记录抽样，或另选统计期；没有抽样的可人工填报并说明理由。" /
            "There is no sample from {from} to {to}; record one, choose other days, or set the figure by hand with a reason.",
    }
}

/// Computes the number of seekers and the daily average of successes from the samples of some days (按抽样计算): the arithmetic
/// mean of the days, half a person and more rounded up. Both then say how they came about.
pub async fn compute_figures(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    from: NaiveDate,
    to: NaiveDate,
    once: Option<Once>,
) -> Result<Outcome, Stop<ComputeFigures>> {
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let market = visible::load_for(&tx, &policy::AMEND, id).await?;
        decide(&market, version, (from, to), tx.ctx().today()).map_err(Stop::Refused)?;
        let none = || ComputeFigures::NoSamples { from: from.to_string(), to: to.to_string() };
        let means = means(&samples(&tx, id, from, to).await?).ok_or_else(|| Stop::Refused(none()))?;
        if !rows::change(&tx, &market, figures(&means, from, to)).await? {
            return Err(Stop::Refused(ComputeFigures::Conflict { current: market.version + 1 }));
        }
        tx.note("samples", means.samples);
        history::write_fields(&tx, id, "computed", &["seekerScale", "dailySuccesses"]);
        tx.announce(&MarketAmended { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(
    market: &market::Model,
    version: i32,
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<(), ComputeFigures> {
    if market.version != version {
        return Err(ComputeFigures::Conflict { current: market.version });
    }
    if saving::is_over(market) {
        return Err(ComputeFigures::Delisted);
    }
    if !is_window(from, to) {
        return Err(ComputeFigures::Window);
    }
    if to > today { Err(ComputeFigures::Future) } else { Ok(()) }
}

/// The samples of these days that were not withdrawn.
async fn samples(tx: &Tx, market: Uuid, from: NaiveDate, to: NaiveDate) -> Result<Vec<Sample>, Fault> {
    let rows: Vec<(NaiveDate, i32, i32)> = Entity::find()
        .select_only()
        .columns([Column::SampledOn, Column::Seekers, Column::Successes])
        .filter(Column::MarketId.eq(market))
        .filter(Column::SampledOn.between(from, to))
        .filter(Column::WithdrawnReason.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|(day, seekers, successes)| Sample { day, seekers, successes }).collect())
}

fn figures(means: &Means, from: NaiveDate, to: NaiveDate) -> market::ActiveModel {
    let (samples, days) = (Set(Some(means.samples)), Set(Some(means.days)));
    market::ActiveModel {
        scale_low: Set(Some(means.seekers)),
        scale_high: Set(Some(means.seekers)),
        scale_approximate: Set(false),
        scale_method: Set(Some(FigureMethod::Computed)),
        scale_reason: Set(None),
        scale_as_of: Set(Some(to)),
        scale_samples: samples.clone(),
        scale_days: days.clone(),
        scale_from: Set(Some(from)),
        success_low: Set(Some(means.successes)),
        success_high: Set(Some(means.successes)),
        success_approximate: Set(false),
        success_method: Set(Some(FigureMethod::Computed)),
        success_reason: Set(None),
        success_as_of: Set(Some(to)),
        success_samples: samples,
        success_days: days,
        success_from: Set(Some(from)),
        ..market::ActiveModel::default()
    }
}
