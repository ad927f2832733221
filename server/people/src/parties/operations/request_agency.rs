//! Asking to act for a party (申请成为经办人): whoever finds that his unit is registered already asks its owner, or the market.

use entities::hiring_party;
use kernel::checks::uscc::Uscc;
use kernel::policy::Place;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::authorise_agent::asked;
use crate::parties::kinds::{AgentRequestStatus, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::agent_authorisation::{self, Column};
use crate::parties::rules::life;
use crate::parties::store::{citizens, history, members, party as rows};

/// So many requests of one citizen wait at most: nobody asks his way through the register.
const WAITING: u64 = 5;

kernel::refusals! {
    /// Why it could not be asked for (未能申请).
    pub RequestAgency => RequestAgencyRefused, RequestAgencyRefusalCode {
        /// Not a code.
        InvalidUscc { zh: String, en: String } @ "uscc": "{zh}" / "{en}",
        /// Nobody registered it.
        NotRegistered @ "uscc":
            "该统一社会信用代码尚未登记，您可以直接登记用工主体。" /
            "Nobody has registered this code; you can register the party yourself.",
        /// He acts for it.
        AlreadyActs @ "uscc": "您已可以代该主体办理。" / "You act for this party already.",
        /// He asked.
        AlreadyAsked @ "uscc": "您的申请已提交，请等待负责人或市场处理。" / "You have asked already; its owner or the market will answer.",
        /// He asks for too many.
        TooManyWaiting { most: u64 } @ "uscc": "您有 {most} 项申请还在等待处理，请稍后再申请。" / "{most} requests of yours wait to be answered; ask again later.",
    }
}

/// Asks to act for the unit of this code (申请成为经办人).
pub async fn request_agency(ctx: &Ctx, uscc: &str, once: Option<Once>) -> Result<Outcome, Stop<RequestAgency>> {
    let uscc = uscc.to_owned();
    ctx.transact_once(&policy::ASK_TO_ACT, once, |tx| async move {
        let me = tx.ctx().citizen()?.id;
        tx.authorize(&policy::ASK_TO_ACT, &Place::city()).await?;
        let code = Uscc::parse(&uscc).map_err(|error| {
            Stop::Refused(RequestAgency::InvalidUscc { zh: format!("{}。", error.zh()), en: format!("{error}.") })
        })?;
        // Held, so that of one citizen's requests each sees those before it.
        citizens::held(&tx, me).await?;
        let party = rows::of_code(&tx, code.as_str()).await?;
        let party = party.filter(|party| life::is_open(PartyStatus::of(party)));
        let party = party.ok_or(Stop::Refused(RequestAgency::NotRegistered))?;
        decide(&tx, &party, me).await?;
        let ctx = tx.ctx();
        let id = ctx.new_id();
        let row = agent_authorisation::ActiveModel {
            id: Set(id),
            party_id: Set(party.id),
            citizen_id: Set(me),
            status: Set(AgentRequestStatus::Asked),
            asked_at: Set(ctx.now()),
            ..Default::default()
        };
        agent_authorisation::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.about("HiringParty", party.id);
        history::write(&tx, party.id, "agent_asked", None);
        Ok(Outcome::of("AgentRequest", id, 1))
    })
    .await
}

async fn decide(tx: &Tx, party: &hiring_party::Model, me: Uuid) -> Result<(), Stop<RequestAgency>> {
    if members::member(tx, party.id, me).await?.is_some() {
        return Err(Stop::Refused(RequestAgency::AlreadyActs));
    }
    if asked(tx, party.id, me).await?.is_some() {
        return Err(Stop::Refused(RequestAgency::AlreadyAsked));
    }
    let waiting = agent_authorisation::Entity::find()
        .filter(Column::CitizenId.eq(me))
        .filter(Column::Status.eq(AgentRequestStatus::Asked))
        .count(tx)
        .await
        .map_err(Fault::from)?;
    if waiting >= WAITING {
        return Err(Stop::Refused(RequestAgency::TooManyWaiting { most: WAITING }));
    }
    Ok(())
}
