//! Letters (邮件): to those who file, and to those who collect.

use entities::{account, role_assignment};
use kernel::kernel::TenantInfo;
use kernel::mail::Letter;
use kernel::{Fault, Lang, Pii, Tx};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::form::city_name;
use crate::rules::calendar::Schedule;

/// Who files a city's return.
pub const FILER_ROLE: &str = "bureau_officer";

/// Somebody to write to (收件人).
pub struct Officer {
    /// The address.
    pub email: Pii<String>,
    /// The language of the letter.
    pub lang: Lang,
}

/// The active holders of `role` that have an address.
pub async fn officers(tx: &Tx, role: &str) -> Result<Vec<Officer>, Fault> {
    let today = tx.ctx().today();
    let holders = Query::select()
        .column(role_assignment::Column::AccountId)
        .from(role_assignment::Entity)
        .and_where(role_assignment::Column::Role.eq(role))
        .cond_where(
            Condition::any()
                .add(role_assignment::Column::ValidUntil.is_null())
                .add(role_assignment::Column::ValidUntil.gte(today)),
        )
        .to_owned();
    let rows = account::Entity::find()
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(account::Column::Email.is_not_null())
        .filter(account::Column::Id.in_subquery(holders))
        .order_by_asc(account::Column::Id)
        .all(tx)
        .await?;
    let ring = tx.ctx().keys().await?;
    let open = |row: account::Model| {
        let sealed = row.email.unwrap_or_default();
        let email = ring.open("account", "email", row.id, &sealed)?;
        Ok(Officer { email, lang: Lang::from_code(&row.lang) })
    };
    rows.into_iter().map(open).collect()
}

fn letter(to: &Officer, template: &'static str, subject: String, text: String) -> Letter {
    Letter { to: to.email.clone(), template, lang: to.lang, subject: subject.into(), text: text.into() }
}

/// The return is due (填报提醒).
#[must_use]
pub fn reminder(to: &Officer, city: &TenantInfo, schedule: &Schedule, left: u32) -> Letter {
    let Schedule { year, due_on, remind_on, provisional, .. } = schedule;
    let (subject, text) = match to.lang {
        Lang::Zh => {
            let note = if *provisional {
                "\n该年度放假安排尚未公布，以上工作日按普通周历暂计。"
            } else {
                ""
            };
            let shifted = if due_on == remind_on {
                String::new()
            } else {
                format!("（当日非工作日，请于{remind_on}前完成）")
            };
            (
                format!("【提醒】{year}年度零工市场名录报送，还剩{left}个工作日"),
                format!(
                    "您好：\n\n{}{year}年度零工市场名录须于{due_on}前报送省级{shifted}，距截止还有{left}个工作日。\n请登录系统核对名录、冻结并报送。{note}\n",
                    city_name(&city.name_zh)
                ),
            )
        }
        Lang::En => {
            let note = if *provisional {
                "\nThe holidays of that year are not announced yet; working days are counted by the plain week."
            } else {
                ""
            };
            let shifted = if due_on == remind_on {
                String::new()
            } else {
                format!(" (not a working day, so please finish by {remind_on})")
            };
            (
                format!("Reminder: market directory return {year}, {left} working days left"),
                format!(
                    "Hello,\n\n{}'s directory return of {year} is due with the province on {due_on}{shifted}; {left} working days are left.\nPlease sign in, check the directory, freeze it and submit it.{note}\n",
                    city.name_en
                ),
            )
        }
    };
    letter(to, "oversight.reminder", subject, text)
}

/// The province decided (审核结果): accepted, or returned with a reason.
#[must_use]
pub fn decided(to: &Officer, year: i32, version_no: i32, reason: Option<&str>) -> Letter {
    let (subject, text) = match (to.lang, reason) {
        (Lang::Zh, None) => (
            format!("{year}年度零工市场名录已由省级接收"),
            format!("您好：\n\n贵市报送的{year}年度零工市场名录（第{version_no}版）省级已接收。\n"),
        ),
        (Lang::Zh, Some(reason)) => (
            format!("{year}年度零工市场名录被省级退回，请更正后重新报送"),
            format!(
                "您好：\n\n贵市报送的{year}年度零工市场名录（第{version_no}版）被省级退回，原因：\n\n{reason}\n\n请更正名录，重新冻结并报送。\n"
            ),
        ),
        (Lang::En, None) => (
            format!("Market directory return {year}: accepted by the province"),
            format!("Hello,\n\nThe province has accepted version {version_no} of your directory return of {year}.\n"),
        ),
        (Lang::En, Some(reason)) => (
            format!("Market directory return {year}: returned, please correct it"),
            format!(
                "Hello,\n\nThe province has returned version {version_no} of your directory return of {year}. The reason:\n\n{reason}\n\nPlease correct the directory, freeze it again and submit it.\n"
            ),
        ),
    };
    letter(to, "oversight.decided", subject, text)
}

/// A city handed in (收到报送).
#[must_use]
pub fn received(to: &Officer, city: &str, year: i32, version_no: i32) -> Letter {
    let (subject, text) = match to.lang {
        Lang::Zh => (
            format!("{}已报送{year}年度零工市场名录", city_name(city)),
            format!(
                "您好：\n\n{}已报送{year}年度零工市场名录（第{version_no}版），请登录系统审核。\n",
                city_name(city)
            ),
        ),
        Lang::En => (
            format!("{city} submitted its market directory return of {year}"),
            format!(
                "Hello,\n\n{city} submitted version {version_no} of its directory return of {year}. Please sign in and check it.\n"
            ),
        ),
    };
    letter(to, "oversight.received", subject, text)
}
