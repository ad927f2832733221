//! Beginning to enrol a second factor (开始绑定动态口令).

use kernel::Ctx;
use kernel::crypto::totp::{self, OtpHash};
use kernel::fault::{Fault, Stop};
use kernel::{Lang, Pii, qr};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};

use super::shared;
use crate::rows::totp_pending;
use crate::{policy, queries};

kernel::refusals! {
    /// Why no second factor can be enrolled (不予绑定动态口令).
    pub BeginTotp => BeginTotpEnrolmentRefused, BeginTotpEnrolmentRefusalCode {
        /// There is one already.
        AlreadyEnrolled:
            "该账号已绑定动态口令；如设备丢失，请联系系统管理员重置。" /
            "This account has a second factor; if the device is lost, ask the system administrator to take it away.",
    }
}

/// A secret to be put into an authenticator (待绑定的动态口令). Shown once.
pub struct Enrolment {
    /// The secret in Base32, to be typed in.
    pub secret: String,
    /// The same as a URI.
    pub uri: String,
    /// The URI as a QR code.
    pub svg: String,
}

/// Begins to enrol a second factor (开始绑定动态口令): nothing changes until a code of it was shown.
pub async fn begin_totp(ctx: &Ctx) -> Result<Enrolment, Stop<BeginTotp>> {
    let (actor, _) = shared::own_session(ctx)?;
    let (id, username) = (actor.id, actor.username.clone());
    let secret = totp::new_secret().map_err(Fault::of("make a secret"))?;
    let tenant = ctx.tenant();
    let issuer = match ctx.lang() {
        Lang::Zh => format!("驿站 {}", tenant.name_zh),
        Lang::En => format!("Yizhan {}", tenant.name_en),
    };
    let uri = totp::enrolment_uri(&secret, OtpHash::Sha1, &issuer, &username);
    let svg = qr::svg(&uri).map_err(Fault::of("draw the QR code of a second factor"))?;
    ctx.transact(&policy::BEGIN_TOTP, |tx| async move {
        tx.about("Account", id);
        let account = queries::account(&tx, id).await?.ok_or(Fault::NotFound)?;
        if account.totp_confirmed {
            return Err(Stop::Refused(BeginTotp::AlreadyEnrolled));
        }
        let sealed = tx.ctx().keys().await?.seal("account", "totp_secret", id, &Pii::new(&secret))?;
        let row =
            totp_pending::ActiveModel { account_id: Set(id), secret: Set(sealed), created_at: Set(tx.ctx().now()) };
        let anew = OnConflict::column(totp_pending::Column::AccountId)
            .update_columns([totp_pending::Column::Secret, totp_pending::Column::CreatedAt])
            .to_owned();
        totp_pending::Entity::insert(row).on_conflict(anew).exec_without_returning(&tx).await?;
        Ok(Enrolment { secret: data_encoding::BASE32_NOPAD.encode(&secret), uri, svg })
    })
    .await
}
