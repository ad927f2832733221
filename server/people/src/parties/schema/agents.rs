//! Who acts for a party.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entities::party_member;
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Once};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::party::HiringParty;
use super::results;
use crate::parties::operations::answer_agency::{AnswerAgencyRequestRefused, AnswerInput, answer_agency};
use crate::parties::operations::authorise_agent::{AuthoriseAgentRefused, authorise_agent};
use crate::parties::operations::end_agent::{EndAgentRefused, end_agent};
use crate::parties::operations::request_agency::{RequestAgencyRefused, request_agency};
use crate::parties::rows::agent_authorisation;
use crate::parties::schema::public::AgencyRequested;

/// An answer to somebody who asks to act for a party (处理意见).
#[derive(InputObject, serde::Serialize)]
pub struct AnswerAgencyInput {
    /// Yes, or no (是否同意)?
    pub accept: bool,
    /// Why not (不同意的原因).
    pub reason: Option<String>,
    /// A completed upload: the authorisation, where it is answered at a counter (授权委托书).
    pub evidence: Option<ID>,
}

/// That an authorisation ended (经办授权已终止).
#[derive(SimpleObject)]
pub struct AgentEnded {
    /// Who acts no more (经办人标识).
    pub id: ID,
    /// The party; nothing for whoever left it, and sees it no more (用工主体).
    pub party: Option<HiringParty>,
}

results! {
    /// How authorising an agent ended (授权经办人结果).
    AuthoriseAgentResult = HiringParty | AuthoriseAgentRefused;
    /// How ending an authorisation ended (终止授权结果).
    EndAgentResult = AgentEnded | EndAgentRefused;
    /// How asking to act for a party ended (申请成为经办人结果).
    RequestAgencyResult = AgencyRequested | RequestAgencyRefused;
    /// How answering a request ended (处理经办申请结果).
    AnswerAgencyRequestResult = HiringParty | AnswerAgencyRequestRefused;
}

fn file(ctx: &Ctx, id: Option<&ID>) -> Result<Option<Uuid>, Fault> {
    id.map(|id| ctx.parse_id("Upload", id)).transpose()
}

/// The party of a member.
async fn of_member(ctx: &Ctx, id: Uuid) -> Result<Uuid, Fault> {
    let row = party_member::Entity::find_by_id(id).one(&ctx.scope()).await?;
    row.map(|row| row.party_id).ok_or(Fault::NotFound)
}

/// The party of a request.
async fn of_request(ctx: &Ctx, id: Uuid) -> Result<Uuid, Fault> {
    let row = agent_authorisation::Entity::find_by_id(id).one(&ctx.scope()).await?;
    row.map(|row| row.party_id).ok_or(Fault::NotFound)
}

/// Who acts for a party.
#[derive(Default)]
pub struct AgentsMutation;

#[Object]
impl AgentsMutation {
    /// Authorises whoever proved this number to act for a unit (授权经办人): by its owner, or at a counter with the paper.
    async fn authorise_agent(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] party_id: ID,
        #[graphql(desc = "The agent's mobile number (经办人手机号码)")] phone: String,
        #[graphql(desc = "A completed upload: the authorisation (授权委托书)")] evidence: Option<ID>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AuthoriseAgentResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&party_id, &phone, &evidence));
        let done = async {
            let party = ctx.parse_id("HiringParty", &party_id)?;
            authorise_agent(ctx, party, phone.into(), file(ctx, evidence.as_ref())?, once).await?;
            Ok(HiringParty::again(ctx, party).await?)
        };
        AuthoriseAgentResult::of(ctx, done.await, AuthoriseAgentRefused::from_refusal)
    }

    /// Ends an authorisation, at once (终止经办授权).
    async fn end_agent(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Who acts (经办人标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<EndAgentResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let member = ctx.parse_id("PartyMember", &id)?;
            end_agent(ctx, member, once).await?;
            let party = match HiringParty::again(ctx, of_member(ctx, member).await?).await {
                Ok(party) => Some(party),
                Err(Fault::NotFound) => None,
                Err(fault) => return Err(fault.into()),
            };
            Ok(AgentEnded { id, party })
        };
        EndAgentResult::of(ctx, done.await, EndAgentRefused::from_refusal)
    }

    /// Asks to act for the unit of this code, which somebody registered already (申请成为经办人). One's own.
    async fn request_agency(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Its unified social credit code (统一社会信用代码)")] uscc: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RequestAgencyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &uscc);
        let done = async {
            let outcome = request_agency(ctx, &uscc, once).await?;
            Ok(AgencyRequested { id: ctx.gid("AgentRequest", outcome.id) })
        };
        RequestAgencyResult::of(ctx, done.await, RequestAgencyRefused::from_refusal)
    }

    /// Answers somebody who asks to act for a party (处理经办申请): by its owner, or at a counter with the paper.
    async fn answer_agency_request(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The request (申请标识)")] id: ID,
        #[graphql(desc = "The answer (处理意见)")] input: AnswerAgencyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AnswerAgencyRequestResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, &input));
        let done = async {
            let request = ctx.parse_id("AgentRequest", &id)?;
            let evidence = file(ctx, input.evidence.as_ref())?;
            let input = AnswerInput { accept: input.accept, reason: input.reason, evidence };
            answer_agency(ctx, request, input, once).await?;
            Ok(HiringParty::again(ctx, of_request(ctx, request).await?).await?)
        };
        AnswerAgencyRequestResult::of(ctx, done.await, AnswerAgencyRequestRefused::from_refusal)
    }
}
