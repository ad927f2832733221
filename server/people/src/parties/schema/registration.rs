//! Registering parties, and amending them.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Lang, Once, Pii, Stop};

use super::party::HiringParty;
use super::results;
use crate::parties::kinds::PartyKind;
use crate::parties::operations::amend_party::{
    AmendParty, AmendPartyInput as Amended, AmendPartyReason, AmendPartyRefusalCode, amend_party,
};
use crate::parties::operations::confirm_hiring::{ConfirmHiringRefused, confirm_hiring};
use crate::parties::operations::register_party::{
    RegisterInput, RegisterParty, RegisterPartyReason, RegisterPartyRefusalCode, register_party,
};
use crate::parties::operations::sign_pledge::{SignPledge, SignPledgeReason, SignPledgeRefusalCode, sign_pledge};
use crate::parties::operations::who::Who;

/// A hiring party to be registered (登记信息).
#[derive(InputObject, serde::Serialize)]
pub struct RegisterPartyInput {
    /// Its kind (类别).
    pub kind: PartyKind,
    /// The name of the unit, as its licence has it; the name of a person, as the card has it. A citizen who said its name
    /// before need not say it again (名称或姓名).
    pub name: Option<String>,
    /// Unified social credit code of a unit (统一社会信用代码).
    pub uscc: Option<String>,
    /// Citizen number of a person; a citizen who said it before need not say it again (公民身份号码).
    pub id_number: Option<String>,
    /// Whom to ask for; the person itself where nothing is given (联系人).
    pub contact_name: Option<String>,
    /// The number to call; the citizen's own where nothing is given (联系电话).
    pub contact_phone: Option<String>,
    /// The county, by its code (县区代码).
    pub county: String,
    /// Where it is, in words; of units only (地址).
    pub address: Option<String>,
    /// The market that registers it (登记市场).
    pub market_id: Option<ID>,
    /// The agency whose lead it is; the one that runs the market where nothing is given (所属机构).
    pub agency_id: Option<ID>,
}

impl RegisterPartyInput {
    fn read(self, ctx: &Ctx) -> Result<RegisterInput, Fault> {
        let who = if self.kind.is_unit() {
            Who::Unit { kind: self.kind, name: self.name.unwrap_or_default(), uscc: self.uscc }
        } else {
            let (name, id_number) = (self.name.map(Pii::from), self.id_number.map(Pii::from));
            Who::Person { kind: self.kind, name, id_number }
        };
        Ok(RegisterInput {
            who,
            contact_name: self.contact_name.map(Into::into),
            contact_phone: self.contact_phone.map(Into::into),
            county: self.county,
            address: self.address,
            market: self.market_id.map(|id| ctx.parse_id("Market", &id)).transpose()?,
            agency: self.agency_id.map(|id| ctx.parse_id("Agency", &id)).transpose()?,
        })
    }
}

/// What is amended of a hiring party (修改内容); what is not given stays.
#[derive(InputObject, serde::Serialize)]
pub struct AmendPartyInput {
    /// The name of a unit that is not verified yet (名称).
    pub name: Option<String>,
    /// Whom to ask for (联系人).
    pub contact_name: Option<String>,
    /// The number to call (联系电话).
    pub contact_phone: Option<String>,
    /// The county, by its code (县区代码).
    pub county: Option<String>,
    /// The address of a unit; an empty one takes it away (地址).
    pub address: Option<String>,
}

results! {
    /// How registering a hiring party ended (登记用工主体结果).
    RegisterPartyResult = HiringParty | RegisterPartyRefused;
    /// How amending a hiring party ended (修改用工主体结果).
    AmendPartyResult = HiringParty | AmendPartyRefused;
    /// How signing the pledge ended (签署承诺书结果).
    SignPledgeResult = HiringParty | SignPledgeRefused;
    /// How saying that it still hires ended (确认用工结果).
    ConfirmHiringResult = HiringParty | ConfirmHiringRefused;
}

kernel::with_current! {
    /// Why a hiring party was not amended (不予修改用工主体).
    AmendPartyRefused(HiringParty) = AmendParty: AmendPartyReason, AmendPartyRefusalCode;
    /// Why the pledge was not signed (未能签署承诺书).
    SignPledgeRefused(HiringParty) = SignPledge: SignPledgeReason, SignPledgeRefusalCode;
}

/// Why a hiring party was not registered (不予登记用工主体).
#[derive(SimpleObject)]
pub struct RegisterPartyRefused {
    /// Why, as a code (原因代码).
    pub code: RegisterPartyRefusalCode,
    /// What is wrong and what to do next, in the caller's language (说明).
    pub message: String,
    /// The input field it is about, as a path (所涉字段).
    pub field: Option<String>,
    /// The party that is there already, for `ALREADY_HERE` (已登记主体).
    pub existing: Option<HiringParty>,
}

impl RegisterPartyRefused {
    fn of(refusal: &RegisterParty, lang: Lang, existing: Option<HiringParty>) -> Self {
        let RegisterPartyReason { code, message, field } = RegisterPartyReason::from_refusal(refusal, lang);
        Self { code, message, field, existing }
    }
}

/// The party that is there already, where the caller sees it.
async fn existing<T>(ctx: &Ctx, done: &Result<T, Stop<RegisterParty>>) -> Option<HiringParty> {
    match done {
        Err(Stop::Refused(RegisterParty::AlreadyHere { id, .. })) => HiringParty::again(ctx, *id).await.ok(),
        _ => None,
    }
}

/// Its newest state.
pub(super) async fn newest(ctx: &Ctx, id: &ID) -> Result<HiringParty, Fault> {
    HiringParty::again(ctx, ctx.parse_id("HiringParty", id)?).await
}

/// Registering parties, and amending them.
#[derive(Default)]
pub struct RegistrationMutation;

#[Object]
impl RegistrationMutation {
    /// Registers a hiring party (登记用工主体): a citizen registers itself or a unit it owns, staff whoever stands at the counter.
    async fn register_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (登记信息)")] input: RegisterPartyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RegisterPartyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &input);
        let done = async {
            let outcome = register_party(ctx, input.read(ctx)?, once).await?;
            Ok(HiringParty::again(ctx, outcome.id).await?)
        };
        let done = done.await;
        let existing = existing(ctx, &done).await;
        RegisterPartyResult::of(ctx, done, |refusal, lang| RegisterPartyRefused::of(refusal, lang, existing))
    }

    /// Amends a hiring party (修改用工主体); one that was told what is missing is handed in again.
    async fn amend_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "What is amended (修改内容)")] input: AmendPartyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AmendPartyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &input));
        let amended = Amended {
            name: input.name,
            contact_name: input.contact_name.map(Into::into),
            contact_phone: input.contact_phone.map(Into::into),
            county: input.county,
            address: input.address,
        };
        let done = async {
            let outcome = amend_party(ctx, ctx.parse_id("HiringParty", &id)?, version, amended, once).await?;
            Ok(HiringParty::again(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, newest(ctx, &id)).await;
        AmendPartyResult::of(ctx, done, |refusal, lang| AmendPartyRefused::of(refusal, lang, current))
    }

    /// Signs the pledge of those who hire (签署用工承诺书): at a counter with the signed paper.
    async fn sign_pledge(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "The version of the pledge that was read (承诺书版本)")] pledge_version: String,
        #[graphql(desc = "A completed upload: the signed paper (签字文件)")] evidence: Option<ID>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SignPledgeResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &pledge_version, &evidence));
        let done = async {
            let file = evidence.map(|id| ctx.parse_id("Upload", &id)).transpose()?;
            let party = ctx.parse_id("HiringParty", &id)?;
            let outcome = sign_pledge(ctx, party, version, pledge_version, file, once).await?;
            Ok(HiringParty::again(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, newest(ctx, &id)).await;
        SignPledgeResult::of(ctx, done, |refusal, lang| SignPledgeRefused::of(refusal, lang, current))
    }

    /// Says with one tap that a party still hires (确认仍在用工).
    async fn confirm_hiring(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ConfirmHiringResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let outcome = confirm_hiring(ctx, ctx.parse_id("HiringParty", &id)?, once).await?;
            Ok(HiringParty::again(ctx, outcome.id).await?)
        };
        ConfirmHiringResult::of(ctx, done.await, ConfirmHiringRefused::from_refusal)
    }
}
