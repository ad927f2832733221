//! Appealing against points (记分申诉): a case of the bureau's, with an owner and a clock.

use cases::Opener;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Place, Stop, Tx};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::engagements::appeal::KIND;
use crate::engagements::store::{deal, doors};
use crate::policy;
use crate::rows::conduct_point::{self, Column, Entity};
use crate::store::visible;

kernel::refusals! {
    /// Why an appeal was not taken in (不予受理申诉).
    pub AppealPoint => AppealPointRefused, AppealPointRefusalCode {
        /// It does not count any more.
        NotInForce @ "id": "该记分已到期或已撤销，不需要申诉。" / "These points expired or were lifted; there is nothing to appeal against.",
        /// Nothing written, or more than is kept.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请说明理由（{least}至{most}字）。" / "Say why, in {least} to {most} characters.",
        /// One is in hand.
        AlreadyOpen @ "id": "您已提出申诉，正在办理，请等待结果。" / "Your appeal is in hand; please wait for the result.",
        /// One was decided.
        AlreadyDecided { reference: String } @ "id":
            "该记分的申诉（{reference} 号）已办结，不再重复受理。" /
            "An appeal against these points was decided under {reference}; it is not taken up again.",
    }
}

impl From<cases::OpenCase> for AppealPoint {
    fn from(refused: cases::OpenCase) -> Self {
        match refused {
            cases::OpenCase::ReasonNeeded { least, most } => Self::ReasonNeeded { least, most },
            cases::OpenCase::AlreadyOpen => Self::AlreadyOpen,
            cases::OpenCase::AlreadyDecided { reference } => Self::AlreadyDecided { reference },
        }
    }
}

/// Appeals against points (记分申诉): the worker does, or the counter for the worker. Whoever recorded what they are for does not
/// decide.
pub async fn appeal_point(
    ctx: &Ctx,
    id: Uuid,
    reason: Pii<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<AppealPoint>> {
    ctx.transact_once(&policy::APPEAL, once, |tx| async move {
        let (point, opener, citizen) = own(&tx, id).await?;
        if point.lifted_at.is_some() || point.expires_on < tx.ctx().today() {
            return Err(Stop::Refused(AppealPoint::NotInForce));
        }
        let new = cases::NewCase { kind: KIND, subject: id, opened_by: opener, citizen, reason };
        let opened = cases::open(&tx, new).await.map_err(|stop| match stop {
            Stop::Refused(refused) => Stop::Refused(refused.into()),
            Stop::Fault(fault) => Stop::Fault(fault),
        })?;
        Entity::update_many()
            .col_expr(Column::CaseId, Expr::value(opened.id))
            .filter(Column::Id.eq(id))
            .exec(&tx)
            .await?;
        tx.about("ConductPoint", id);
        Ok(Outcome::of("ConductPoint", id, 1))
    })
    .await
}

/// Points of the worker who asks, or of one for whom a counter asks; another's are not there. Held: the worker and a counter may
/// ask at one moment.
async fn own(tx: &Tx, id: Uuid) -> Result<(conduct_point::Model, Opener, Option<Uuid>), Fault> {
    let ctx = tx.ctx();
    let point = Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx).await?.ok_or(Fault::NotFound)?;
    if let Some(citizen) = ctx.actor().citizen_id() {
        tx.authorize(&policy::APPEAL, &Place::city()).await?;
        let own = doors::own_worker(tx, citizen).await?;
        let own = own == Some(point.worker_id);
        return if own { Ok((point, Opener::Citizen(citizen), None)) } else { Err(Fault::NotFound) };
    }
    let account = ctx.account()?.id;
    let deal = deal::read(tx, point.engagement_id).await?;
    let place = visible::place_of(tx, &deal.posting).await?;
    if !ctx.reach_by_class(&policy::APPEAL).await?.holds(&place) {
        return Err(Fault::NotFound);
    }
    let citizen = deal.worker.map(|worker| worker.citizen_id);
    Ok((point, Opener::Account(account), citizen))
}
