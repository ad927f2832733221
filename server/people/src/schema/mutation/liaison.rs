//! What the bureau officer does with the liaison person.

use async_graphql::{Context, InputObject, Object};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::result;
use crate::operations::set_liaison::{LiaisonInput, SetLiaison, SetLiaisonReason, SetLiaisonRefusalCode, set_liaison};
use crate::schema::types::Liaison;
use crate::views;

/// A liaison person (对接人信息).
#[derive(InputObject, serde::Serialize)]
pub(super) struct SetLiaisonInput {
    /// Name (姓名).
    pub name: String,
    /// Unit (单位).
    pub unit: String,
    /// Position (职务).
    pub position: String,
    /// Telephone number: a mobile, or a fixed line with its area code (联系电话).
    pub phone: String,
    /// Address for mail (电子邮箱).
    pub email: Option<String>,
}

result! {
    /// How naming the liaison person ended (设置对接人结果).
    SetLiaisonResult = Liaison | SetLiaisonRefused
}

kernel::with_current! {
    /// Why the liaison person stays (不予设置对接人).
    SetLiaisonRefused(Liaison) = SetLiaison: SetLiaisonReason, SetLiaisonRefusalCode;
}

/// What is done with the liaison person.
#[derive(Default)]
pub(super) struct LiaisonMutation;

#[Object]
impl LiaisonMutation {
    /// Names the city's liaison person (设置工作对接人): the province is told.
    async fn set_liaison(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The person (对接人信息)")] input: SetLiaisonInput,
        #[graphql(desc = "The version of the present one, 0 where there is none (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetLiaisonResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&input, version));
        let input = LiaisonInput {
            name: input.name.into(),
            unit: input.unit,
            position: input.position,
            phone: input.phone.into(),
            email: input.email.map(Into::into),
        };
        let done = async {
            set_liaison(ctx, input, version, once).await?;
            Ok(views::present_liaison(ctx).await?)
        };
        let done = done.await;
        let current = gql::current(&done, views::present_liaison(ctx)).await;
        SetLiaisonResult::of(ctx, done, |refusal, lang| SetLiaisonRefused::of(refusal, lang, current))
    }
}
