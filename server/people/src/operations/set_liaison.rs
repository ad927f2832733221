//! Naming the city's liaison person (设置工作对接人; provincial notice P四: 姓名、单位及职务、联系电话; R85).

use kernel::checks::phone::Phone;
use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome, Pii, Place, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, Set, SqlErr};
use uuid::Uuid;

use crate::events::LiaisonChanged;
use crate::rows::liaison;
use crate::rules::contact;
use crate::{policy, queries};

kernel::refusals! {
    /// Why the liaison person stays (不予设置对接人).
    pub SetLiaison => SetLiaisonReason, SetLiaisonRefusalCode {
        /// The province has none of its own.
        NotACity: "省级平台没有本级对接人，请在各市设置。" / "The province has no liaison person of its own; cities name theirs.",
        /// Somebody named another one meanwhile.
        Conflict { current: i32 } @ "version":
            "工作对接人刚被他人更改（现为第{current}版），请核对最新信息后再试。" /
            "Someone else has just named a liaison person (now version {current}); look at the newest one and try again.",
        /// Not a name.
        InvalidName @ "name": "请填写对接人姓名（不超过50字）。" / "Enter the name, at most 50 characters.",
        /// Not a unit.
        InvalidUnit @ "unit": "请填写单位（不超过100字）。" / "Enter the unit, at most 100 characters.",
        /// Not a position.
        InvalidPosition @ "position": "请填写职务（不超过50字）。" / "Enter the position, at most 50 characters.",
        /// Not a number.
        InvalidPhone @ "phone":
            "联系电话不正确：请填写11位手机号码，或带区号的固定电话。" /
            "This is not a telephone number: enter 11 digits of a mobile, or a fixed line with its area code.",
        /// Not an address.
        InvalidEmail @ "email": "电子邮箱地址不正确，请检查，或留空。" / "This is not a mail address; check it or leave it empty.",
    }
}

/// A liaison person as typed in (对接人信息).
#[derive(Clone, Debug)]
pub struct LiaisonInput {
    /// Name.
    pub name: Pii<String>,
    /// Unit.
    pub unit: String,
    /// Position.
    pub position: String,
    /// Telephone number.
    pub phone: Pii<String>,
    /// Address.
    pub email: Option<Pii<String>>,
}

/// A liaison person as it is kept, before it is sealed.
struct Checked {
    name: Pii<String>,
    unit: String,
    position: String,
    phone: Pii<String>,
    email: Option<Pii<String>>,
}

fn check(input: &LiaisonInput) -> Result<Checked, SetLiaison> {
    let phone = input.phone.try_map(|phone| Phone::parse(phone).ok().map(|phone| phone.display()));
    let email = input.email.as_ref().filter(|email| !email.is_blank());
    let email_of = |typed: &Pii<String>| typed.try_map(|email| contact::email(email)).ok_or(SetLiaison::InvalidEmail);
    Ok(Checked {
        name: input.name.try_map(|name| contact::line(name, 50)).ok_or(SetLiaison::InvalidName)?,
        unit: contact::line(&input.unit, 100).ok_or(SetLiaison::InvalidUnit)?,
        position: contact::line(&input.position, 50).ok_or(SetLiaison::InvalidPosition)?,
        phone: phone.ok_or(SetLiaison::InvalidPhone)?,
        email: email.map(email_of).transpose()?,
    })
}

/// Names the liaison person (设置工作对接人): the former one stays in the history, the province is told. `version` is
/// that of the present one, 0 where there is none.
pub async fn set_liaison(
    ctx: &Ctx,
    input: LiaisonInput,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SetLiaison>> {
    ctx.transact_once(&policy::SET_LIAISON, once, |tx| async move {
        tx.authorize(&policy::SET_LIAISON, &Place::city()).await?;
        if tx.ctx().tenant().is_platform() {
            return Err(Stop::Refused(SetLiaison::NotACity));
        }
        let checked = check(&input).map_err(Stop::Refused)?;
        let present = queries::liaisons(&tx, 1).await?.pop().map_or(0, |row| row.version);
        if present != version {
            return Err(Stop::Refused(SetLiaison::Conflict { current: present }));
        }
        let version = version + 1;
        let id = save(&tx, checked, version).await?;
        tx.about("Liaison", id);
        tx.announce(&LiaisonChanged { liaison: id, version })?;
        Ok(Outcome::of("Liaison", id, version))
    })
    .await
}

async fn save(tx: &Tx, new: Checked, version: i32) -> Result<Uuid, Stop<SetLiaison>> {
    let (ctx, now) = (tx.ctx(), tx.ctx().now());
    liaison::Entity::update_many()
        .col_expr(liaison::Column::ValidUntil, Expr::value(now))
        .filter(liaison::Column::ValidUntil.is_null())
        .exec(tx)
        .await?;
    let (id, ring) = (ctx.new_id(), ctx.keys().await?);
    let seal = |column: &'static str, text: &Pii<String>| ring.seal("liaison", column, id, text);
    let row = liaison::ActiveModel {
        id: Set(id),
        name: Set(seal("name", &new.name)?),
        unit: Set(new.unit),
        position: Set(new.position),
        phone: Set(seal("phone", &new.phone)?),
        email: Set(new.email.as_ref().map(|email| seal("email", email)).transpose()?),
        valid_from: Set(now),
        valid_until: Set(None),
        changed_by: Set(ctx.actor().account_id()),
        version: Set(version),
    };
    let named = liaison::Entity::insert(row).exec_without_returning(tx).await;
    named.map(|_| id).map_err(|error| taken(error, version))
}

/// Two who name one at the same moment count alike: the table takes the first, the second is told.
fn taken(error: DbErr, current: i32) -> Stop<SetLiaison> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Stop::Refused(SetLiaison::Conflict { current }),
        _ => error.into(),
    }
}
