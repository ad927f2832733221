//! Accepting (接收): the province takes a city's return; from then on it stands.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use crate::events::ReturnDecided;
use crate::rows::platform_return::{self, ActiveModel};
use crate::rules::returns::ReturnStatus;
use crate::{policy, queries, rules};

kernel::refusals! {
    /// Why a return was not accepted (不予接收).
    pub AcceptReturn => AcceptReturnReason, AcceptReturnRefusalCode {
        /// It was returned.
        AlreadyReturned: "该市的报送已退回，请等待其重新报送后再接收。" / "It was returned; wait for the city to submit again, then accept it.",
        /// It was accepted.
        AlreadyAccepted: "该市的报送已接收，无需重复接收。" / "It was accepted already.",
        /// Somebody was faster.
        Conflict { current: i32 } @ "version": "该报送刚被他人处理（现为第{current}版），请刷新后再试。" / "Someone else has just decided on it (now version {current}); reload and try again.",
    }
}

/// Accepts a city's return.
pub async fn accept_return(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<AcceptReturn>> {
    ctx.transact_once(&policy::PROVINCE_ACCEPT, once, |tx| async move {
        if !tx.ctx().tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.about("ProvinceReturn", id);
        tx.authorize(&policy::PROVINCE_ACCEPT, &Place::city()).await?;
        let row = platform_return::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;

        rules::province::accept(queries::province::status_of(&row)?).map_err(Stop::Refused)?;
        // The city may have handed in again since this was seen: nobody accepts what he has not read.
        if row.version != version {
            return Err(Stop::Refused(AcceptReturn::Conflict { current: row.version }));
        }

        let change = ActiveModel {
            status: Set(ReturnStatus::Accepted.name().to_owned()),
            decided_at: Set(Some(tx.ctx().now())),
            ..Default::default()
        };
        if !decide(&tx, &row, change).await? {
            return Err(Stop::Refused(AcceptReturn::Conflict { current: row.version + 1 }));
        }
        let done = Outcome::of("ProvinceReturn", id, row.version + 1);
        tx.announce(&decision(row, true))?;
        Ok(done)
    })
    .await
}

/// What the city is told.
pub(super) fn decision(row: platform_return::Model, accepted: bool) -> ReturnDecided {
    let platform_return::Model { id, city, year, version_no, snapshot_id, .. } = row;
    ReturnDecided { id, city, year, version_no, snapshot: snapshot_id, accepted }
}

/// Saves a decision unless somebody was faster.
pub(super) async fn decide(tx: &Tx, row: &platform_return::Model, mut change: ActiveModel) -> Result<bool, Fault> {
    change.version = Set(row.version + 1);
    let saved = platform_return::Entity::update_many()
        .set(change)
        .filter(platform_return::Column::Id.eq(row.id))
        .filter(platform_return::Column::Version.eq(row.version))
        .exec(tx)
        .await?;
    tx.note("city", row.city.as_str());
    tx.note("year", row.year);
    tx.note("versionNo", row.version_no);
    Ok(saved.rows_affected == 1)
}
