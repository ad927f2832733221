//! Authorising an agent (授权经办人): by the owner of a unit, or at a counter with the paper.

use entities::{hiring_party, party_member};
use kernel::{Actor, Ctx, Fault, Once, Outcome, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::close_party::owns_or_serves;
use crate::parties::kinds::{AgentRequestStatus, PartyKind, PartyMemberRole, PartyStatus};
use crate::parties::policy;
use crate::parties::rows::agent_authorisation;
use crate::parties::rules::{life, registration};
use crate::parties::store::{citizens, evidence, history, members, party as rows, visible};

/// So many act for one party at most.
pub(super) const MOST: u64 = 50;

kernel::refusals! {
    /// Why an agent was not authorised (不予授权经办人).
    pub AuthoriseAgent => AuthoriseAgentRefused, AuthoriseAgentRefusalCode {
        /// It is closed.
        Closed @ "partyId": "该主体已注销。" / "This party is closed.",
        /// A person sends nobody.
        NotAUnit @ "partyId": "个人用工由本人办理，不设经办人。" / "A person who hires acts itself; only units have agents.",
        /// An agent, who does not own it.
        OwnerOnly @ "partyId": "只有负责人可以授权经办人。" / "Only the owner authorises agents.",
        /// Not a mobile number.
        InvalidPhone @ "phone": "请填写经办人的11位手机号码。" / "Enter the agent's mobile number: 11 digits.",
        /// Nobody proved that number.
        UnknownPhone @ "phone":
            "该手机号尚未在本平台验证。请经办人先用该手机号获取验证码登录，再来授权。" /
            "Nobody has proved this number here; let the agent sign in with a code first, then authorise.",
        /// Acts for it already.
        AlreadyActs @ "phone": "该人员已可以代该主体办理。" / "This person acts for the party already.",
        /// Too many.
        TooMany { most: u64 } @ "partyId": "一个主体最多 {most} 名经办人，请先终止不再使用的授权。" / "At most {most} people act for one party; end an authorisation first.",
        /// At a counter the paper is kept.
        EvidenceNeeded @ "evidence": "窗口代办的，请上传授权委托书。" / "At a counter, upload the authorisation.",
        /// A file that cannot be used.
        EvidenceNotReady @ "evidence":
            "文件未上传完成、已过期或已用于其他事项，请重新上传。" /
            "The file was not uploaded whole, has expired or belongs to something else; upload it again.",
    }
}

/// Authorises whoever proved this number to act for the party (授权经办人).
pub async fn authorise_agent(
    ctx: &Ctx,
    party: Uuid,
    phone: Pii<String>,
    file: Option<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<AuthoriseAgent>> {
    ctx.transact_once(&policy::AUTHORISE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::AUTHORISE, party).await?;
        if !life::is_open(PartyStatus::of(&row)) {
            return Err(Stop::Refused(AuthoriseAgent::Closed));
        }
        if !PartyKind::of(&row).is_unit() {
            return Err(Stop::Refused(AuthoriseAgent::NotAUnit));
        }
        if !owns_or_serves(&tx, party).await? {
            return Err(Stop::Refused(AuthoriseAgent::OwnerOnly));
        }
        let agent = agent(&tx, &phone).await?;
        if members::member(&tx, party, agent).await?.is_some() {
            return Err(Stop::Refused(AuthoriseAgent::AlreadyActs));
        }
        if acting(&tx, party).await? >= MOST {
            return Err(Stop::Refused(AuthoriseAgent::TooMany { most: MOST }));
        }
        let file = shown(&tx, file).await?;
        let asked = asked(&tx, party, agent).await?;
        let member = join(&tx, &row, agent, file, asked).await?;
        Ok(Outcome::of("PartyMember", member, 1))
    })
    .await
}

async fn agent(tx: &Tx, phone: &Pii<String>) -> Result<Uuid, Stop<AuthoriseAgent>> {
    let phone = registration::phone(phone).map_err(|_| Stop::Refused(AuthoriseAgent::InvalidPhone))?;
    let ring = tx.ctx().keys().await?;
    let citizen = citizens::of_proved_phone(tx, &ring, &phone.sought).await?;
    citizen.map(|row| row.id).ok_or(Stop::Refused(AuthoriseAgent::UnknownPhone))
}

/// How many act for a party.
pub(super) async fn acting(tx: &Tx, party: Uuid) -> Result<u64, Fault> {
    let count = party_member::Entity::find()
        .filter(party_member::Column::PartyId.eq(party))
        .filter(party_member::Column::EndedAt.is_null())
        .count(tx)
        .await?;
    Ok(count)
}

async fn shown(tx: &Tx, file: Option<Uuid>) -> Result<Option<Uuid>, Stop<AuthoriseAgent>> {
    match (file, tx.ctx().actor()) {
        (None, Actor::Account(_)) => Err(Stop::Refused(AuthoriseAgent::EvidenceNeeded)),
        (None, _) => Ok(None),
        (Some(file), _) => {
            let kept = evidence::take(tx, file).await?;
            kept.map(Some).ok_or(Stop::Refused(AuthoriseAgent::EvidenceNotReady))
        }
    }
}

/// The request of a citizen to act for the party that nobody has answered yet.
pub(super) async fn asked(tx: &Tx, party: Uuid, citizen: Uuid) -> Result<Option<agent_authorisation::Model>, Fault> {
    use agent_authorisation::Column;
    let row = agent_authorisation::Entity::find()
        .filter(Column::PartyId.eq(party))
        .filter(Column::CitizenId.eq(citizen))
        .filter(Column::Status.eq(AgentRequestStatus::Asked))
        .one(tx)
        .await?;
    Ok(row)
}

/// Makes the citizen an agent, and keeps how that came about; the member.
pub(super) async fn join(
    tx: &Tx,
    party: &hiring_party::Model,
    citizen: Uuid,
    file: Option<Uuid>,
    asked: Option<agent_authorisation::Model>,
) -> Result<Uuid, Fault> {
    let (ctx, now) = (tx.ctx(), tx.ctx().now());
    let joins = members::joins(ctx, party.id, citizen, PartyMemberRole::Agent);
    let member = joins.id.clone().take().unwrap_or_default();
    party_member::Entity::insert(joins).exec_without_returning(tx).await?;
    let given = agent_authorisation::ActiveModel {
        member_id: Set(Some(member)),
        status: Set(AgentRequestStatus::Granted),
        decided_at: Set(Some(now)),
        account_id: Set(ctx.actor().account_id()),
        by_citizen: Set(ctx.actor().citizen_id()),
        evidence: Set(file),
        ..Default::default()
    };
    match asked {
        Some(asked) => {
            let of = agent_authorisation::Column::Id.eq(asked.id);
            agent_authorisation::Entity::update_many().set(given).filter(of).exec(tx).await?;
        }
        None => {
            let row = agent_authorisation::ActiveModel {
                id: Set(ctx.new_id()),
                party_id: Set(party.id),
                citizen_id: Set(citizen),
                asked_at: Set(now),
                ..given
            };
            agent_authorisation::Entity::insert(row).exec_without_returning(tx).await?;
        }
    }
    rows::touch(tx, party.id).await?;
    history::write(tx, party.id, "agent_joined", None);
    Ok(member)
}
