//! Steps of a verification, sampling checks, and the files that were shown.

use async_graphql::{Context, ID, InputObject, Object};
use kernel::gql::{self, Answer, Date, ExportedFile};
use kernel::ids::GlobalId;
use kernel::{Ctx, Fault, Once};

use super::party::HiringParty;
use super::query::PartyRecheck;
use super::results;
use crate::parties::kinds::{PartyStep, PartyStepResult};
use crate::parties::operations::open_evidence::{OpenPartyEvidenceRefused, ShownFor, open_evidence};
use crate::parties::operations::order_recheck::{OrderRecheckRefused, order_recheck};
use crate::parties::operations::record_recheck::{
    RecheckInput, RecordRecheck, RecordRecheckReason, RecordRecheckRefusalCode, record_recheck,
};
use crate::parties::operations::record_step::{RecordVerificationStepRefused, StepInput, record_step};

/// A step of a verification (核验事项).
#[derive(InputObject, serde::Serialize)]
pub struct VerificationStepInput {
    /// What was looked at (事项).
    pub step: PartyStep,
    /// What it showed (结果).
    pub result: PartyStepResult,
    /// When; today where nothing is said (核验日期).
    pub made_on: Option<Date>,
    /// A word on it; of one that failed, what was wrong (说明).
    pub note: Option<String>,
    /// A completed upload: what was shown; of a licence and of an authorisation it is kept (核验材料).
    pub evidence: Option<ID>,
}

/// What a sampling check found (抽查结果).
#[derive(InputObject, serde::Serialize)]
pub struct RecheckResultInput {
    /// In order (是否合格)?
    pub passed: bool,
    /// What was found; of one not in order, why (情况说明).
    pub finding: Option<String>,
    /// A completed upload: what shows it (抽查材料).
    pub evidence: Option<ID>,
}

results! {
    /// How recording a step ended (记录核验事项结果).
    RecordVerificationStepResult = HiringParty | RecordVerificationStepRefused;
    /// How putting a party on the list ended (列入抽查结果).
    OrderRecheckResult = PartyRecheck | OrderRecheckRefused;
    /// How recording a sampling check ended (记录抽查结果).
    RecordRecheckResult = PartyRecheck | RecordRecheckRefused;
    /// How opening a file ended (查看核验材料结果).
    OpenPartyEvidenceResult = ExportedFile | OpenPartyEvidenceRefused;
}

kernel::with_current! {
    /// Why a sampling check was not recorded (不予记录抽查).
    RecordRecheckRefused(PartyRecheck) = RecordRecheck: RecordRecheckReason, RecordRecheckRefusalCode;
}

/// Of what a file was shown, by its id.
fn shown_for(ctx: &Ctx, of: &ID) -> Result<ShownFor, Fault> {
    let kind = GlobalId::decode(of.as_str()).ok_or(Fault::NotFound)?.kind;
    match kind.as_str() {
        "PartyMember" => ctx.parse_id("PartyMember", of).map(ShownFor::Member),
        "PartyRecheck" => ctx.parse_id("PartyRecheck", of).map(ShownFor::Recheck),
        "HiringParty" => ctx.parse_id("HiringParty", of).map(ShownFor::Pledge),
        _ => ctx.parse_id("VerificationStep", of).map(ShownFor::Step),
    }
}

/// Steps of a verification, sampling checks, and the files that were shown.
#[derive(Default)]
pub struct ChecksMutation;

#[Object]
impl ChecksMutation {
    /// Records a step of a verification (记录核验事项); of each step the newest counts.
    async fn record_verification_step(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] party_id: ID,
        #[graphql(desc = "The step (核验事项)")] input: VerificationStepInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordVerificationStepResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&party_id, &input));
        let done = async {
            let party = ctx.parse_id("HiringParty", &party_id)?;
            let evidence = input.evidence.map(|id| ctx.parse_id("Upload", &id)).transpose()?;
            let (step, result) = (input.step, input.result);
            let made_on = input.made_on.map(|day| day.0);
            record_step(ctx, party, StepInput { step, result, made_on, note: input.note, evidence }, once).await?;
            Ok(HiringParty::again(ctx, party).await?)
        };
        RecordVerificationStepResult::of(ctx, done.await, RecordVerificationStepRefused::from_refusal)
    }

    /// Puts a verified party on the list of sampling checks, beside those that are drawn each month (列入抽查).
    async fn order_recheck(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] party_id: ID,
        #[graphql(desc = "Why (原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<OrderRecheckResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&party_id, &reason));
        let done = async {
            let outcome = order_recheck(ctx, ctx.parse_id("HiringParty", &party_id)?, reason, once).await?;
            Ok(PartyRecheck::again(ctx, outcome.id).await?)
        };
        OrderRecheckResult::of(ctx, done.await, OrderRecheckRefused::from_refusal)
    }

    /// Records a sampling check (记录抽查): in order, the badge gets its day; not in order, the party is suspended. By somebody
    /// else than who verified.
    async fn record_recheck(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The check (抽查标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "What it found (抽查结果)")] input: RecheckResultInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordRecheckResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &input));
        let done = async {
            let check = ctx.parse_id("PartyRecheck", &id)?;
            let evidence = input.evidence.map(|id| ctx.parse_id("Upload", &id)).transpose()?;
            let input = RecheckInput { passed: input.passed, finding: input.finding, evidence };
            record_recheck(ctx, check, version, input, once).await?;
            Ok(PartyRecheck::again(ctx, check).await?)
        };
        let done = done.await;
        let newest = async { PartyRecheck::again(ctx, ctx.parse_id("PartyRecheck", &id)?).await };
        let current = gql::current(&done, newest).await;
        RecordRecheckResult::of(ctx, done, |refusal, lang| RecordRecheckRefused::of(refusal, lang, current))
    }

    /// Opens a file that was shown, for a reason that the audit keeps (查看核验材料): of a step, of who acts for the party, of a
    /// sampling check, or the newest signed pledge of a party.
    async fn open_party_evidence(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Of what it was shown (所属事项标识)")] of: ID,
        #[graphql(desc = "Why, in 4 to 200 characters (原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<OpenPartyEvidenceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&of, &reason));
        let done = async { Ok(open_evidence(ctx, shown_for(ctx, &of)?, &reason, once).await?.into()) };
        OpenPartyEvidenceResult::of(ctx, done.await, OpenPartyEvidenceRefused::from_refusal)
    }
}
