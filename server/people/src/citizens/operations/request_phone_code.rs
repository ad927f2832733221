//! Asking for a code by text message (获取短信验证码). The answer is the same whether the number is known or not.

use chrono::{DateTime, Duration, Utc};
use kernel::checks::Phone;
use kernel::checks::phone::PhoneKind;
use kernel::fault::Stop;
use kernel::sms::NotQueued;
use kernel::{Ctx, Fault, Pii, Tx};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use crate::citizens::rows::code_quota::{ActiveModel, Column, Entity};
use crate::citizens::rules::codes::{self, PhoneCodePurpose, Quota};
use crate::citizens::{attempts, messages, policy, store};
use crate::source::Source;
use crate::workers;

kernel::refusals! {
    /// Why no code was sent (不予发送验证码).
    pub RequestPhoneCode => RequestPhoneCodeRefused, RequestPhoneCodeRefusalCode {
        /// It is no mobile number.
        NotMobile @ "phone": "请填写11位手机号码。" / "Enter a mobile number of 11 digits.",
        /// One was sent to this number just now, or many lately.
        TooSoon { seconds: i64 } @ "phone":
            "该号码的验证码发送过于频繁，请在{seconds}秒后再试。" /
            "Too many codes were sent to this number: try again in {seconds} s.",
        /// Too many were asked for in this network.
        NetworkBusy { seconds: i64 }:
            "您所在网络获取验证码次数过多，请在{seconds}秒后再试，或到柜台办理。" /
            "Too many codes were asked for from this network: try again in {seconds} s, or come to a counter.",
    }
}

/// A code is on its way (验证码已发送).
#[derive(Clone, Copy, Debug)]
pub struct CodeSent {
    /// Until when it is good.
    pub good_until: DateTime<Utc>,
}

/// A mobile number, read.
pub(crate) fn mobile(typed: &str) -> Option<Phone> {
    Phone::parse(typed).ok().filter(|phone| phone.kind() == PhoneKind::Mobile)
}

/// Sends a code to a number (获取短信验证码).
pub async fn request_phone_code(
    ctx: &Ctx,
    phone: &str,
    purpose: PhoneCodePurpose,
    source: &Source,
) -> Result<CodeSent, Stop<RequestPhoneCode>> {
    let phone = mobile(phone);
    ctx.transact(&policy::REQUEST_CODE, |tx| async move {
        tx.note("purpose", purpose.name());
        let Some(phone) = phone else { return Err(Stop::Refused(RequestPhoneCode::NotMobile)) };
        authorise(tx.ctx(), purpose, &phone).await?;
        if let Err(until) = take(&tx, source).await? {
            let seconds = codes::seconds_until(until, tx.ctx().now());
            return Err(Stop::Refused(RequestPhoneCode::NetworkBusy { seconds }));
        }
        let code = attempts::make(&tx, &phone, purpose).await?;
        let ctx = tx.ctx();
        let good_until = ctx.now() + Duration::minutes(codes::GOOD_MINUTES);
        let to = Pii::from(phone.e164());
        let message = messages::code(to, ctx.lang(), purpose, &code, good_until);
        match tx.sms(message).await? {
            Ok(_) => Ok(CodeSent { good_until }),
            Err(NotQueued::NoMobile) => Err(Stop::Refused(RequestPhoneCode::NotMobile)),
            Err(NotQueued::TooMany(over)) => {
                let seconds = codes::seconds_until(over.again_at, tx.ctx().now());
                Err(Stop::Refused(RequestPhoneCode::TooSoon { seconds }))
            }
        }
    })
    .await
}

/// Anybody may ask for a code to sign in; the other ones are for whoever is about to use them.
async fn authorise(ctx: &Ctx, purpose: PhoneCodePurpose, phone: &Phone) -> Result<(), Fault> {
    if ctx.tenant().is_platform() {
        // Nobody signs in at the province by telephone.
        return Err(Fault::NotFound);
    }
    match purpose {
        PhoneCodePurpose::SignIn => Ok(()),
        PhoneCodePurpose::Consent => ctx.reach(&workers::policy::REGISTER).await.map(|_| ()),
        PhoneCodePurpose::ChangePhone => ctx.citizen().map(|_| ()),
        PhoneCodePurpose::OwnData => {
            let citizen = ctx.citizen()?;
            let own = store::by_phone(ctx, &ctx.scope(), phone).await?;
            if own.is_some_and(|row| row.id == citizen.id) { Ok(()) } else { Err(Fault::Forbidden) }
        }
    }
}

/// Takes one of what the network may ask for; the row is held, so that two at one moment are two.
async fn take(tx: &Tx, source: &Source) -> Result<Result<(), DateTime<Utc>>, Fault> {
    let ctx = tx.ctx();
    let (now, most) = (ctx.now(), ctx.kernel().config.people.codes_an_hour);
    let index = ctx.keys().await?.blind("code_quota.source", &Pii::new(&source.network));
    let fresh = ActiveModel { id: Set(ctx.new_id()), source_index: Set(index.clone()), taken: Set(0), since: Set(now) };
    let hold =
        OnConflict::column(Column::SourceIndex).value(Column::SourceIndex, Expr::value(index.clone())).to_owned();
    Entity::insert(fresh).on_conflict(hold).exec_without_returning(tx).await?;
    let row = Entity::find().filter(Column::SourceIndex.eq(index)).lock_exclusive().one(tx).await?;
    let row = row.ok_or(Fault::internal("find a count that was just held"))?;
    let before = (row.taken > 0).then_some(Quota { taken: row.taken, since: row.since });
    let quota = match codes::take(before, most, now) {
        Ok(quota) => quota,
        Err(until) => return Ok(Err(until)),
    };
    Entity::update_many()
        .col_expr(Column::Taken, Expr::value(quota.taken))
        .col_expr(Column::Since, Expr::value(quota.since))
        .filter(Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(Ok(()))
}
