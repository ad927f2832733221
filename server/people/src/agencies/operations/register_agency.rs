//! Registering an agency (登记人力资源服务机构): this city, or the province, answers for it from now on.

use entities::agency;
use kernel::{Ctx, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::shared::{announce, columns, is_taken, refusals_of_form};
use crate::agencies::forms::AgencyInput;
use crate::agencies::kinds::AgencyEventKind;
use crate::agencies::policy;
use crate::agencies::rules::identity::{self, Identity, NUMBER, licence_key};
use crate::agencies::store::{self, Line, called, place};

refusals_of_form! {
    /// Why an agency was not registered (不予登记).
    pub RegisterAgency => RegisterAgencyRefused, RegisterAgencyRefusalCode {
        /// It is registered.
        AlreadyRegistered { zh: String, en: String } @ "licenceNo":
            "该许可证的机构已由{zh}登记，一证一机构，请直接查询使用。" /
            "The agency with this licence is registered already, by {en}: one licence is one agency. Look it up.",
        /// No number.
        NumberMissing { limit: usize } @ "licenceNo":
            "请填写许可证编号，不超过 {limit} 个字。" / "Enter the number of the licence, in at most {limit} characters.",
    }
}

/// Registers an agency (登记人力资源服务机构). One that was only heard of, from a market's form, keeps its id, its markets and
/// those who hold a role there. Its licence counts once it is verified.
pub async fn register_agency(
    ctx: &Ctx,
    licence_no: String,
    input: AgencyInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RegisterAgency>> {
    ctx.transact_once(&policy::REGISTER, once, |tx| async move {
        let here = tx.ctx().tenant().code.clone();
        tx.ctx().reach(&policy::REGISTER).await?;
        let number = identity::number(&licence_no);
        let number = number.ok_or(Stop::Refused(RegisterAgency::NumberMissing { limit: NUMBER }))?;
        let checked = identity::check(&input, &here, tx.ctx().today());
        let checked = checked.map_err(|flaw| Stop::Refused(RegisterAgency::from(flaw)))?;
        tx.authorize(&policy::REGISTER, &place(None, checked.county.clone())).await?;
        let known = store::held_by_key(&tx, &licence_key(&number)).await?;
        if let Some(home) = known.as_ref().and_then(|row| row.home.as_deref()) {
            return Err(refused(&tx, home).await?);
        }
        let (id, version) = save(&tx, known, &number, &checked, &here).await?;
        tx.about("Agency", id);
        store::log(&tx, id, Line::of(AgencyEventKind::Registered, version));
        announce(&tx, id)?;
        Ok(Outcome::of("Agency", id, version))
    })
    .await
}

async fn refused(tx: &Tx, home: &str) -> Result<Stop<RegisterAgency>, kernel::Fault> {
    let by = called(tx.ctx(), home).await?;
    Ok(Stop::Refused(RegisterAgency::AlreadyRegistered { zh: by.zh, en: by.en }))
}

async fn save(
    tx: &Tx,
    known: Option<agency::Model>,
    number: &str,
    identity: &Identity,
    here: &str,
) -> Result<(Uuid, i32), Stop<RegisterAgency>> {
    let now = tx.ctx().now();
    let row = agency::ActiveModel {
        licence_no: Set(number.to_owned()),
        home: Set(Some(here.to_owned())),
        amended_at: Set(Some(now)),
        ..columns(identity)
    };
    if let Some(known) = known {
        return Ok((known.id, store::change(tx, &known, row).await?));
    }
    let id = tx.ctx().new_id();
    let row = agency::ActiveModel {
        id: Set(id),
        licence_key: Set(licence_key(number)),
        entered_at: Set(now),
        version: Set(1),
        ..row
    };
    match agency::Entity::insert(row).exec_without_returning(tx).await {
        Ok(_) => Ok((id, 1)),
        Err(error) if is_taken(&error) => Err(refused(tx, here).await?),
        Err(error) => Err(error.into()),
    }
}
