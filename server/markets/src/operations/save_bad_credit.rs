//! Recording an operator's seriously bad credit, and that it was lifted (记录严重失信).

use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::saving::{self, Which};
use crate::forms::BadCreditInput;
use crate::policy;
use crate::rows::bad_credit;
use crate::rules::venue::{TEXT, fits};
use crate::store::{history, visible};

kernel::refusals! {
    /// Why an entry of bad credit was not saved (不予记录严重失信).
    pub SaveBadCredit => SaveBadCreditReason, SaveBadCreditRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该失信记录已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this entry (now version {current}); reload and try again.",
        /// The market is delisted.
        Delisted @ "marketId": "该市场已移出名录，不能再修改。" / "This market is delisted and stays as it is.",
        /// Nothing to rest on.
        SourceMissing { limit: usize } @ "input.source":
            "请填写依据（哪份名单或哪个决定），不超过 {limit} 个字。" /
            "Say what it rests on – which list, which decision – in at most {limit} characters.",
        /// A day to come.
        SinceFuture @ "input.since": "列入日期不能晚于今天。" / "The first day cannot be later than today.",
        /// Lifted before it began, or on a day to come.
        LiftedOn @ "input.liftedOn": "移出日期应不早于列入日期，且不晚于今天。" / "It is lifted between its first day and today.",
    }
}

/// Records that an operator is of seriously bad credit, or that it was lifted (记录严重失信). What is in the directory
/// stays there: taking it out is a decision of its own, with a reason.
pub async fn save_bad_credit(
    ctx: &Ctx,
    market: Uuid,
    which: Which,
    input: BadCreditInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveBadCredit>> {
    ctx.transact_once(&policy::CREDIT, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CREDIT, market).await?;
        if saving::is_over(&row) {
            return Err(Stop::Refused(SaveBadCredit::Delisted));
        }
        let kept = kept(&tx, market, which).await?;
        let version =
            saving::version(which, kept).map_err(|current| Stop::Refused(SaveBadCredit::Conflict { current }))?;
        decide(&input, tx.ctx().today()).map_err(Stop::Refused)?;
        let id = which.id.unwrap_or_else(|| tx.ctx().new_id());
        save(&tx, market, id, version, &input).await?;
        saving::touch(&tx, market).await?;
        let kind = if input.lifted_on.is_some() { "credit_lifted" } else { "credit_recorded" };
        history::write(&tx, market, kind, Some(text::tidy(&input.source)));
        Ok(Outcome::of("BadCredit", id, version))
    })
    .await
}

/// The version of a known one of this market; another's is not there.
async fn kept(tx: &Tx, market: Uuid, which: Which) -> Result<Option<i32>, Fault> {
    let Some(id) = which.id else { return Ok(None) };
    let of_market = bad_credit::Column::MarketId.eq(market);
    let row = bad_credit::Entity::find_by_id(id).filter(of_market).one(tx).await?.ok_or(Fault::NotFound)?;
    Ok(Some(row.version))
}

fn decide(input: &BadCreditInput, today: chrono::NaiveDate) -> Result<(), SaveBadCredit> {
    if !fits(&input.source, TEXT) {
        return Err(SaveBadCredit::SourceMissing { limit: TEXT });
    }
    if input.since.0 > today {
        return Err(SaveBadCredit::SinceFuture);
    }
    if input.lifted_on.is_some_and(|day| day.0 < input.since.0 || day.0 > today) {
        return Err(SaveBadCredit::LiftedOn);
    }
    Ok(())
}

async fn save(tx: &Tx, market: Uuid, id: Uuid, version: i32, input: &BadCreditInput) -> Result<(), Fault> {
    let row = bad_credit::ActiveModel {
        id: Set(id),
        market_id: Set(market),
        version: Set(version),
        since: Set(input.since.0),
        source: Set(text::tidy(&input.source)),
        lifted_on: Set(input.lifted_on.map(|day| day.0)),
        recorded_by: NotSet,
        recorded_at: NotSet,
    };
    if version == 1 {
        let (by, at) = (tx.ctx().actor().account_id(), tx.ctx().now());
        let row = bad_credit::ActiveModel { recorded_by: Set(by), recorded_at: Set(at), ..row };
        bad_credit::Entity::insert(row).exec_without_returning(tx).await?;
    } else {
        bad_credit::Entity::update_many().set(row).filter(bad_credit::Column::Id.eq(id)).exec(tx).await?;
    }
    Ok(())
}
