//! Finding a worker by a whole number (按号码查找零工人员): of a telephone or of a card, for whoever stands at the counter. Each look is in
//! the audit; parts of a number find nobody.

use entities::worker;
use kernel::fault::Stop;
use kernel::{Ctx, Fault, Pii, Place};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::citizens::operations::request_phone_code::mobile;
use crate::citizens::store as citizens;
use crate::operations::shared;
use crate::workers::policy;
use crate::workers::rules::form;
use crate::workers::store::visible;

kernel::refusals! {
    /// Why nobody was looked for (不予查找).
    pub LookUpWorker => LookUpWorkerRefused, LookUpWorkerRefusalCode {
        /// Neither number was given whole, or both were.
        OneNumber @ "input":
            "请填写完整的手机号或公民身份号码，两者填一项。" / "Enter one whole number: of a telephone, or of a card.",
        /// Nobody with this number is registered.
        NotRegistered: "没有找到该号码的求职登记。" / "Nobody with this number is registered.",
    }
}

/// By which number somebody is sought.
#[derive(Clone)]
pub enum Sought {
    /// Of a telephone.
    Phone(String),
    /// Of a card.
    IdNumber(String),
}

/// Finds a worker (按号码查找零工人员), at the counter of a market, in a county or for the city; the worker.
pub async fn look_up_worker(
    ctx: &Ctx,
    market: Option<Uuid>,
    sought: Option<Sought>,
) -> Result<worker::Model, Stop<LookUpWorker>> {
    ctx.transact(&policy::LOOK_UP, |tx| async move {
        let ctx = tx.ctx();
        shared::free_session(ctx)?;
        match market {
            Some(market) => {
                let place = visible::of_market(ctx, market).await?.ok_or(Fault::NotFound)?;
                let place = Place { departments: false, ..place };
                tx.authorize(&policy::LOOK_UP, &place).await?;
            }
            // Whoever works for a county meets people from the next one.
            None if ctx.allows(&policy::LOOK_UP, &Place::city()).await? => {}
            None => {
                let reach = ctx.reach(&policy::LOOK_UP).await?;
                if reach.counties.is_empty() {
                    return Err(Stop::Fault(Fault::Forbidden));
                }
            }
        }
        let one = || Stop::Refused(LookUpWorker::OneNumber);
        let found = match sought.ok_or_else(one)? {
            Sought::Phone(number) => {
                tx.note("by", "phone");
                let phone = mobile(&number).ok_or_else(one)?;
                citizens::by_phone(ctx, &tx, &phone).await?
            }
            Sought::IdNumber(number) => {
                tx.note("by", "id_number");
                let id = form::card(&Pii::from(number)).map_err(|_| one())?;
                citizens::by_id_number(ctx, &tx, &id).await?
            }
        };
        let nobody = || Stop::Refused(LookUpWorker::NotRegistered);
        let citizen = found.ok_or_else(nobody)?;
        let row = worker::Entity::find().filter(worker::Column::CitizenId.eq(citizen.id)).one(&tx).await?;
        let row = row.ok_or_else(nobody)?;
        tx.about("Worker", row.id);
        Ok(row)
    })
    .await
}
