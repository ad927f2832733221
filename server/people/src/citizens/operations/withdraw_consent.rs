//! Withdrawing a consent (撤回同意, 个人信息保护法 art 15): what rested on it goes. Without the consent to hardship being written
//! down nothing of it is kept; without that to being registered the registration is closed.

use kernel::fault::Stop;
use kernel::{Ctx, Fault, Once, Outcome, Place};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::citizens::consents::ConsentPurpose;
use crate::citizens::policy;
use crate::citizens::rows::consent;
use crate::workers::store as workers;

kernel::refusals! {
    /// Why the consent holds (不予撤回同意).
    pub WithdrawConsent => WithdrawConsentRefused, WithdrawConsentRefusalCode {
        /// It was withdrawn.
        AlreadyWithdrawn: "该项同意已经撤回。" / "This consent was withdrawn already.",
    }
}

/// Withdraws a consent (撤回同意): one's own, or at the counter on behalf of whoever asks for it.
pub async fn withdraw_consent(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<WithdrawConsent>> {
    ctx.transact_once(&policy::WITHDRAW_CONSENT, once, |tx| async move {
        let row = consent::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let worker = match tx.ctx().actor().citizen_id() {
            Some(own) if own == row.citizen_id => {
                tx.about("Consent", id);
                tx.authorize(&policy::WITHDRAW_CONSENT, &Place::city()).await?;
                workers::load::of_citizen(&tx, own).await?
            }
            Some(_) => return Err(Stop::Fault(Fault::NotFound)),
            None => {
                let worker = workers::load::of_citizen(&tx, row.citizen_id).await?.ok_or(Fault::NotFound)?;
                let worker = workers::visible::load_for(&tx, &policy::WITHDRAW_CONSENT, worker.id).await?;
                tx.about("Consent", id);
                Some(worker)
            }
        };
        let withdrawn = consent::Entity::update_many()
            .col_expr(consent::Column::WithdrawnAt, Expr::value(tx.ctx().now()))
            .filter(consent::Column::Id.eq(id))
            .filter(consent::Column::WithdrawnAt.is_null())
            .exec(&tx)
            .await?;
        if withdrawn.rows_affected == 0 {
            return Err(Stop::Refused(WithdrawConsent::AlreadyWithdrawn));
        }
        tx.note("purpose", row.purpose.as_str());
        match (ConsentPurpose::stored(&row.purpose), worker) {
            (ConsentPurpose::Difficulty, Some(worker)) => {
                let gone = workers::save::forget_difficulties(&tx, worker.id, Some(id)).await?;
                tx.note("difficulties", gone);
            }
            (ConsentPurpose::Registration, Some(worker)) if worker.status == "ACTIVE" => {
                workers::save::close(&tx, &worker).await?;
            }
            _ => {}
        }
        Ok(Outcome::of("Consent", id, 0))
    })
    .await
}
