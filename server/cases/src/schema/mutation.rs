//! The chapter's mutations (变更). None opens a case: that is done by the chapter that knows what it is about.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer};
use kernel::refusal::Refusal;
use kernel::{Ctx, Once, Outcome, Pii, Stop};
use uuid::Uuid;

use super::case::Case;
use crate::operations::accept_case::{AcceptCase, AcceptCaseReason, AcceptCaseRefusalCode, accept_case};
use crate::operations::decide_case::{
    DecideCase, DecideCaseInput, DecideCaseReason, DecideCaseRefusalCode, decide_case,
};
use crate::operations::hand_over_case::{HandOverCase, HandOverCaseReason, HandOverCaseRefusalCode, hand_over_case};
use crate::operations::note_case::{NoteCase, NoteCaseReason, NoteCaseRefusalCode, note_case};
use crate::operations::take_case::{TakeCase, TakeCaseReason, TakeCaseRefusalCode, take_case};
use crate::operations::withdraw_case::{WithdrawCase, WithdrawCaseReason, WithdrawCaseRefusalCode, withdraw_case};

/// Makes the union of a mutation: the case, or why it was refused.
macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $refused:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, async_graphql::Union)]
            pub enum $name {
                /// Done.
                Done(Case),
                /// Refused.
                Refused($refused),
            }
        )*
    };
}

results! {
    /// Taking a case (受理结果).
    TakeCaseResult = TakeCaseRefused;
    /// Offering a case to another official (转办结果).
    HandOverCaseResult = HandOverCaseRefused;
    /// Accepting a case that was offered (接办结果).
    AcceptCaseResult = AcceptCaseRefused;
    /// Deciding a case (办结结果).
    DecideCaseResult = DecideCaseRefused;
    /// Taking a case back (撤回结果).
    WithdrawCaseResult = WithdrawCaseRefused;
    /// Leaving a note (备注结果).
    NoteCaseResult = NoteCaseRefused;
}

kernel::with_current! {
    /// Why a case was not taken (不予受理).
    #[derive(Debug)]
    TakeCaseRefused(Case) = TakeCase: TakeCaseReason, TakeCaseRefusalCode;
    /// Why a case was not offered (不予转办).
    #[derive(Debug)]
    HandOverCaseRefused(Case) = HandOverCase: HandOverCaseReason, HandOverCaseRefusalCode;
    /// Why a case was not accepted (不予接办).
    #[derive(Debug)]
    AcceptCaseRefused(Case) = AcceptCase: AcceptCaseReason, AcceptCaseRefusalCode;
    /// Why a case was not decided (不予办结).
    #[derive(Debug)]
    DecideCaseRefused(Case) = DecideCase: DecideCaseReason, DecideCaseRefusalCode;
    /// Why a case was not taken back (不予撤回).
    #[derive(Debug)]
    WithdrawCaseRefused(Case) = WithdrawCase: WithdrawCaseReason, WithdrawCaseRefusalCode;
    /// Why no note was left (不予备注).
    #[derive(Debug)]
    NoteCaseRefused(Case) = NoteCase: NoteCaseReason, NoteCaseRefusalCode;
}

/// The id of a case.
fn id_of<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<Uuid, Stop<R>> {
    Ok(ctx.parse_id("Case", id)?)
}

/// The case, read again; and its newest state where somebody else was faster.
async fn read<R: Refusal>(ctx: &Ctx, id: &ID, done: Result<Outcome, Stop<R>>) -> (Result<Case, Stop<R>>, Option<Case>) {
    let done = Case::again(ctx, done).await;
    let newest = async { Case::at(ctx, ctx.parse_id("Case", id)?).await };
    let current = gql::current(&done, newest).await;
    (done, current)
}

/// The mutations of cases.
#[derive(Clone, Copy, Debug, Default)]
pub struct CasesMutation;

/// The mutations of cases.
#[Object]
impl CasesMutation {
    /// Takes a case: whoever is first owns it (受理办件).
    async fn take_case(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<TakeCaseResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { take_case(ctx, id_of(ctx, &id)?, version, once).await }.await;
        let (done, current) = read(ctx, &id, done).await;
        gql::answer(ctx, done, TakeCaseResult::Done, |r| {
            TakeCaseResult::Refused(TakeCaseRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Offers a case to another official; it is theirs once they accept (提请转办).
    async fn hand_over_case(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "To whom: an account (转办给)")] to: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<HandOverCaseResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, to.as_str()));
        let done = async {
            let to = ctx.parse_id("Account", &to)?;
            hand_over_case(ctx, id_of(ctx, &id)?, version, to, once).await
        };
        let (done, current) = read(ctx, &id, done.await).await;
        gql::answer(ctx, done, HandOverCaseResult::Done, |r| {
            HandOverCaseResult::Refused(HandOverCaseRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Accepts a case that its owner offered to the caller (接办).
    async fn accept_case(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AcceptCaseResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { accept_case(ctx, id_of(ctx, &id)?, version, once).await }.await;
        let (done, current) = read(ctx, &id, done).await;
        gql::answer(ctx, done, AcceptCaseResult::Done, |r| {
            AcceptCaseResult::Refused(AcceptCaseRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Decides a case that the caller owns; what is decided is done at once (办结).
    async fn decide_case(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What is decided (办结意见)")] input: DecideCaseInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DecideCaseResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done = async { decide_case(ctx, id_of(ctx, &id)?, version, input, once).await }.await;
        let (done, current) = read(ctx, &id, done).await;
        gql::answer(ctx, done, DecideCaseResult::Done, |r| {
            DecideCaseResult::Refused(DecideCaseRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Takes back a case that the caller opened, as long as it is not decided (撤回办件).
    async fn withdraw_case(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawCaseResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { withdraw_case(ctx, id_of(ctx, &id)?, version, once).await }.await;
        let (done, current) = read(ctx, &id, done).await;
        gql::answer(ctx, done, WithdrawCaseResult::Done, |r| {
            WithdrawCaseResult::Refused(WithdrawCaseRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Leaves a note for colleagues at a case; the person never reads it (内部备注).
    async fn note_case(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The note (备注)")] note: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<NoteCaseResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &note));
        let done = async { note_case(ctx, id_of(ctx, &id)?, version, Pii::from(note), once).await }.await;
        let (done, current) = read(ctx, &id, done).await;
        gql::answer(ctx, done, NoteCaseResult::Done, |r| {
            NoteCaseResult::Refused(NoteCaseRefused::of(&r, ctx.lang(), current))
        })
    }
}
