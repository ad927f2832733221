//! Signing in with a telephone number and a code (个人用户登录). The first time makes the citizen, after the notice was shown.

use chrono::Duration;
use entities::citizen;
use kernel::checks::Phone;
use kernel::ctx::CitizenActor;
use kernel::fault::{Fault, Stop};
use kernel::{Actor, Ctx, Tx};
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use super::request_phone_code::mobile;
use crate::citizens::attempts::{self, Proof};
use crate::citizens::rows::citizen_session;
use crate::citizens::rules::codes::PhoneCodePurpose;
use crate::citizens::{notice, policy, store};
use crate::identity;
use crate::source::Source;

kernel::refusals! {
    /// Why nobody was signed in (登录被拒绝).
    pub SignInCitizen => SignInCitizenRefused, SignInCitizenRefusalCode {
        /// The code is wrong, is over or was used, or none was sent: which, is not told.
        WrongCode @ "input.code":
            "验证码不正确、已过期或已使用，请核对或重新获取。" /
            "The code is wrong, over or used; look again, or ask for another.",
        /// Another version of the notice holds.
        NoticeChanged { version: String } @ "input.noticeVersion":
            "个人信息处理告知书已更新为{version}版，请阅读后再登录。" /
            "The privacy notice is now version {version}; read it, then sign in.",
        /// The number stands in an entry that a counter made.
        IdTailNeeded @ "input.idTail":
            "该号码曾在柜台登记。如是您本人，请输入身份证号码后四位；如不是，请选择“不是我的登记”。" /
            "A counter registered this number. If that was you, enter the last four characters of your identity card; if not, say that it is not your entry.",
        /// Those are not the last four characters.
        WrongIdTail @ "input.idTail":
            "身份证号码后四位不符，请核对证件；如不是您的登记，请选择“不是我的登记”。" /
            "Those are not the last four characters; look at the card, or say that it is not your entry.",
        /// The city blocked the citizen.
        Blocked: "该用户已停用，请到柜台或拨打服务热线咨询。" / "This entry is blocked; ask at a counter or call the hotline.",
    }
}

/// What is typed at sign-in (登录信息).
#[derive(Clone)]
pub struct SignInCitizenInput {
    /// The number.
    pub phone: String,
    /// The code that came to it.
    pub code: String,
    /// The version of the notice that was shown.
    pub notice_version: String,
    /// The last four characters of the citizen number, where they are asked for.
    pub id_tail: Option<String>,
    /// The entry that a counter made with this number is somebody else's.
    pub not_mine: bool,
}

/// Signed in as a citizen (登录成功).
pub struct CitizenSignedIn {
    /// The token, given once.
    pub token: String,
    /// Who it is from now on.
    pub actor: Actor,
}

/// Signs in (个人用户登录).
pub async fn sign_in_citizen(
    ctx: &Ctx,
    input: SignInCitizenInput,
    source: &Source,
) -> Result<CitizenSignedIn, Stop<SignInCitizen>> {
    if ctx.tenant().is_platform() {
        return Err(Stop::Fault(Fault::NotFound));
    }
    let phone = mobile(&input.phone);
    let proof = match &phone {
        Some(phone) => attempts::check(ctx, phone, PhoneCodePurpose::SignIn, &input.code).await?,
        None => None,
    };
    ctx.transact(&policy::SIGN_IN, |tx| async move {
        let (Some(phone), Some(proof)) = (phone, proof) else { return Err(Stop::Refused(SignInCitizen::WrongCode)) };
        let version = notice::current().version;
        if input.notice_version != version {
            return Err(Stop::Refused(SignInCitizen::NoticeChanged { version: version.to_owned() }));
        }
        let id = enter(&tx, &phone, &proof, &input).await?;
        tx.about("Citizen", id);
        tx.note_about(id, "network", source.network.as_str());
        tx.acted_as_citizen(id);
        let (token, session) = open_session(&tx, id, source).await?;
        Ok(CitizenSignedIn { token, actor: Actor::Citizen(CitizenActor { id, session }) })
    })
    .await
}

/// Uses up the code and finds, or makes, whose number it is.
async fn enter(tx: &Tx, phone: &Phone, proof: &Proof, input: &SignInCitizenInput) -> Result<Uuid, Stop<SignInCitizen>> {
    if !proof.use_up(tx).await? {
        return Err(Stop::Refused(SignInCitizen::WrongCode));
    }
    let notice = Some(input.notice_version.clone());
    let fresh = store::Known {
        phone: store::Number::Is(phone.clone()),
        proved: true,
        notice: notice.clone(),
        ..Default::default()
    };
    let Some(found) = store::by_phone(tx.ctx(), tx, phone).await? else { return Ok(store::insert(tx, fresh).await?) };
    let row = store::lock(tx, found.id).await?;
    if row.status != "ACTIVE" {
        return Err(Stop::Refused(SignInCitizen::Blocked));
    }
    if row.phone_proved_at.is_none() && row.id_number.is_some() {
        // Whoever typed it at the counter may have mistyped it: a number that is proved goes before one that is said.
        if input.not_mine {
            let without = store::Known { phone: store::Number::Gone, ..Default::default() };
            store::amend(tx, &row, without).await?;
            return Ok(store::insert(tx, fresh).await?);
        }
        own_entry(tx.ctx(), &row, input.id_tail.as_deref()).await?;
    }
    if row.phone_proved_at.is_none() || row.notice_version != notice {
        let known = store::Known { proved: row.phone_proved_at.is_none(), notice, ..Default::default() };
        store::amend(tx, &row, known).await?;
    }
    Ok(row.id)
}

/// Does the person know the end of the citizen number in the entry?
async fn own_entry(ctx: &Ctx, row: &citizen::Model, tail: Option<&str>) -> Result<(), Stop<SignInCitizen>> {
    let tail = tail.map(|tail| tail.trim().to_ascii_uppercase()).filter(|tail| !tail.is_empty());
    let Some(tail) = tail else { return Err(Stop::Refused(SignInCitizen::IdTailNeeded)) };
    let number = store::open(ctx.keys().await?.as_ref(), row.id, "id_number", row.id_number.as_deref())?;
    let right =
        number.and_then(|number| number.try_map(|text| (tail.len() == 4 && text.ends_with(&tail)).then_some(())));
    right.map(|_| ()).ok_or(Stop::Refused(SignInCitizen::WrongIdTail))
}

async fn open_session(tx: &Tx, citizen: Uuid, source: &Source) -> Result<(String, Uuid), Fault> {
    let ctx = tx.ctx();
    let (id, now) = (ctx.new_id(), ctx.now());
    let token = identity::new_token(ctx, identity::CITIZEN_PREFIX)?;
    let row = citizen_session::ActiveModel {
        id: Set(id),
        citizen_id: Set(citizen),
        token_hash: Set(identity::token_hash(&token)),
        user_agent: Set(source.user_agent.clone()),
        ip_masked: Set(Some(source.network.clone()).filter(|network| !network.is_empty())),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now + Duration::days(ctx.kernel().config.people.citizen_session_days)),
        revoked_at: Set(None),
    };
    citizen_session::Entity::insert(row).exec_without_returning(tx).await?;
    Ok((token, id))
}
