//! What is done with an agency's registration and its licence (登记和许可证).

use async_graphql::{Context, ID, Object};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::super::agency::Agency;
use super::{again, newest};
use crate::agencies::forms::{AgencyInput, LicenceDecisionInput};
use crate::agencies::operations::amend_agency::{AmendAgency, AmendAgencyReason, AmendAgencyRefusalCode, amend_agency};
use crate::agencies::operations::lift_licence::{
    LiftAgencyLicence, LiftAgencyLicenceReason, LiftAgencyLicenceRefusalCode, lift_licence,
};
use crate::agencies::operations::register_agency::{RegisterAgencyRefused, register_agency};
use crate::agencies::operations::revoke_licence::{
    RevokeAgencyLicence, RevokeAgencyLicenceReason, RevokeAgencyLicenceRefusalCode, revoke_licence,
};
use crate::agencies::operations::suspend_licence::{
    SuspendAgencyLicence, SuspendAgencyLicenceReason, SuspendAgencyLicenceRefusalCode, suspend_licence,
};
use crate::agencies::operations::verify_licence::{
    VerifyAgencyLicence, VerifyAgencyLicenceReason, VerifyAgencyLicenceRefusalCode, verify_licence,
};
use crate::schema::mutation::result;

result! {
    /// How registering an agency ended (登记结果).
    RegisterAgencyResult = Agency | RegisterAgencyRefused
}
result! {
    /// How amending an agency ended (变更结果).
    AmendAgencyResult = Agency | AmendAgencyRefused
}
result! {
    /// How verifying a licence ended (核验结果).
    VerifyAgencyLicenceResult = Agency | VerifyAgencyLicenceRefused
}
result! {
    /// How suspending a licence ended (暂停结果).
    SuspendAgencyLicenceResult = Agency | SuspendAgencyLicenceRefused
}
result! {
    /// How revoking a licence ended (吊销结果).
    RevokeAgencyLicenceResult = Agency | RevokeAgencyLicenceRefused
}
result! {
    /// How giving a licence back ended (恢复结果).
    LiftAgencyLicenceResult = Agency | LiftAgencyLicenceRefused
}

kernel::with_current! {
    /// Why an agency was not amended (不予变更).
    AmendAgencyRefused(Agency) = AmendAgency: AmendAgencyReason, AmendAgencyRefusalCode;
    /// Why a licence was not verified (不予核验).
    VerifyAgencyLicenceRefused(Agency) =
        VerifyAgencyLicence: VerifyAgencyLicenceReason, VerifyAgencyLicenceRefusalCode;
    /// Why a licence was not suspended (不予暂停).
    SuspendAgencyLicenceRefused(Agency) =
        SuspendAgencyLicence: SuspendAgencyLicenceReason, SuspendAgencyLicenceRefusalCode;
    /// Why a licence was not revoked (不予吊销).
    RevokeAgencyLicenceRefused(Agency) =
        RevokeAgencyLicence: RevokeAgencyLicenceReason, RevokeAgencyLicenceRefusalCode;
    /// Why a licence was not given back (不予恢复).
    LiftAgencyLicenceRefused(Agency) = LiftAgencyLicence: LiftAgencyLicenceReason, LiftAgencyLicenceRefusalCode;
}

/// What is done with an agency's registration and its licence.
#[derive(Default)]
pub struct LicenceMutation;

#[Object]
impl LicenceMutation {
    /// Registers an agency; one that was only heard of keeps its id (登记人力资源服务机构). Its licence counts once it is verified.
    async fn register_agency(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The number of the licence, which is the agency's for good (许可证编号)")] licence_no: String,
        #[graphql(desc = "What it is (机构信息)")] input: AgencyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RegisterAgencyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&licence_no, &input));
        let done = again(ctx, register_agency(ctx, licence_no, input, once).await).await;
        RegisterAgencyResult::of(ctx, done, RegisterAgencyRefused::from_refusal)
    }

    /// Amends an agency (变更机构登记): every city hears of it. Where the licence says something else, it must be verified again.
    async fn amend_agency(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What it shall be (机构信息)")] input: AgencyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AmendAgencyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done = async { amend_agency(ctx, ctx.parse_id("Agency", &id)?, version, input, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        AmendAgencyResult::of(ctx, done, |refusal, lang| AmendAgencyRefused::of(refusal, lang, current))
    }

    /// Holds a licence against its original: from now on it counts, in every city (核验许可证).
    async fn verify_agency_licence(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "How it was verified (核验说明)")] note: Option<String>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<VerifyAgencyLicenceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &note));
        let done = async { verify_licence(ctx, ctx.parse_id("Agency", &id)?, version, note, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        VerifyAgencyLicenceResult::of(ctx, done, |refusal, lang| VerifyAgencyLicenceRefused::of(refusal, lang, current))
    }

    /// Suspends a licence: nothing is published under it any more, in any city (暂停许可证).
    async fn suspend_agency_licence(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What it rests on (依据)")] input: LicenceDecisionInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SuspendAgencyLicenceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done = async { suspend_licence(ctx, ctx.parse_id("Agency", &id)?, version, input, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        SuspendAgencyLicenceResult::of(ctx, done, |refusal, lang| {
            SuspendAgencyLicenceRefused::of(refusal, lang, current)
        })
    }

    /// Revokes a licence: nothing is published under it any more, in any city (吊销许可证).
    async fn revoke_agency_licence(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What it rests on (依据)")] input: LicenceDecisionInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RevokeAgencyLicenceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done = async { revoke_licence(ctx, ctx.parse_id("Agency", &id)?, version, input, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        RevokeAgencyLicenceResult::of(ctx, done, |refusal, lang| RevokeAgencyLicenceRefused::of(refusal, lang, current))
    }

    /// Gives a suspended or revoked licence back (恢复许可证).
    async fn lift_agency_licence(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What it rests on (依据)")] input: LicenceDecisionInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<LiftAgencyLicenceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done = async { lift_licence(ctx, ctx.parse_id("Agency", &id)?, version, input, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        LiftAgencyLicenceResult::of(ctx, done, |refusal, lang| LiftAgencyLicenceRefused::of(refusal, lang, current))
    }
}
