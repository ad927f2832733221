//! Changing one's telephone number (更换手机号): with a code to the present number and one to the new one.

use kernel::checks::Phone;
use kernel::fault::Stop;
use kernel::{Ctx, Fault, Outcome, Place};

use super::request_phone_code::mobile;
use crate::citizens::rules::codes::PhoneCodePurpose;
use crate::citizens::{attempts, policy, store};

kernel::refusals! {
    /// Why the number stays as it is (不予更换手机号).
    pub ChangePhone => ChangePhoneReason, ChangePhoneRefusalCode {
        /// Somebody else changed the entry.
        Conflict { current: i32 } @ "version":
            "您的信息已有变动（现为第{current}版），请刷新后再试。" /
            "Your entry was changed (now version {current}); reload and try again.",
        /// It is no mobile number.
        NotMobile @ "input.newPhone": "请填写11位手机号码。" / "Enter a mobile number of 11 digits.",
        /// It is the present one.
        Unchanged @ "input.newPhone": "新号码与现号码相同。" / "That is the present number.",
        /// The code to the present number is wrong, over or used.
        WrongCode @ "input.code":
            "现号码收到的验证码不正确、已过期或已使用。现号码已停用的，请持身份证到柜台办理。" /
            "The code to the present number is wrong, over or used. If you have that number no longer, come to a counter with your identity card.",
        /// The code to the new number is wrong, over or used, or the number cannot be taken.
        WrongNewCode @ "input.newCode":
            "新号码无法核验，请核对号码和验证码；仍不成功的，请持身份证到柜台办理。" /
            "The new number could not be proved: look at number and code again, or come to a counter with your identity card.",
    }
}

/// What is typed to change the number (更换手机号).
#[derive(Clone)]
pub struct ChangePhoneInput {
    /// The code that came to the present number.
    pub code: String,
    /// The new number.
    pub new_phone: String,
    /// The code that came to the new number.
    pub new_code: String,
}

/// Changes one's number (更换手机号): the other sessions end.
pub async fn change_phone(ctx: &Ctx, version: i32, input: ChangePhoneInput) -> Result<Outcome, Stop<ChangePhone>> {
    let me = ctx.citizen()?;
    let seen = store::citizen(&ctx.scope(), me.id).await?;
    let present = present(ctx, &seen).await?;
    let new = mobile(&input.new_phone);
    let by_present = match &present {
        Some(phone) => attempts::check(ctx, phone, PhoneCodePurpose::ChangePhone, &input.code).await?,
        None => None,
    };
    let by_new = match &new {
        Some(phone) => attempts::check(ctx, phone, PhoneCodePurpose::ChangePhone, &input.new_code).await?,
        None => None,
    };
    ctx.transact(&policy::CHANGE_PHONE, |tx| async move {
        tx.about("Citizen", me.id);
        tx.authorize(&policy::CHANGE_PHONE, &Place::city()).await?;
        let row = store::lock(&tx, me.id).await?;
        if row.version != version {
            return Err(Stop::Refused(ChangePhone::Conflict { current: row.version }));
        }
        let Some(new) = new else { return Err(Stop::Refused(ChangePhone::NotMobile)) };
        if present.as_ref() == Some(&new) {
            return Err(Stop::Refused(ChangePhone::Unchanged));
        }
        match by_present {
            // The number that was proved must still be the number.
            Some(proof) if row.phone_index == seen.phone_index && proof.use_up(&tx).await? => {}
            _ => return Err(Stop::Refused(ChangePhone::WrongCode)),
        }
        match by_new {
            Some(proof) if proof.use_up(&tx).await? => {}
            _ => return Err(Stop::Refused(ChangePhone::WrongNewCode)),
        }
        if store::by_phone(tx.ctx(), &tx, &new).await?.is_some() {
            return Err(Stop::Refused(ChangePhone::WrongNewCode));
        }
        let known = store::Known { phone: store::Number::Is(new), proved: true, ..Default::default() };
        store::amend(&tx, &row, known).await?;
        store::end_sessions(&tx, me.id, Some(me.session)).await?;
        Ok(Outcome::of("Citizen", me.id, version + 1))
    })
    .await
}

/// The present number, opened and read.
async fn present(ctx: &Ctx, row: &entities::citizen::Model) -> Result<Option<Phone>, Fault> {
    let ring = ctx.keys().await?;
    let sealed = store::open(&ring, row.id, "phone", row.phone.as_deref())?;
    Ok(sealed.and_then(|number| number.try_map(|text| mobile(text))).map(store::plain))
}
