//! Printing the slip of a registration (打印登记凭证): one sheet for whoever has no telephone, with a QR code by which the next counter
//! finds the entry. Names and numbers stand on it masked: a slip is lost in a hall.

use chrono::Duration;
use entities::worker;
use kernel::divisions::Divisions;
use kernel::fault::Stop;
use kernel::gql::moment;
use kernel::pdf::{Column, PageWords, TableDocument};
use kernel::text::Text;
use kernel::{Ctx, Fault, Lang, Mask, Once, Outcome, Tx, blob};
use uuid::Uuid;

use crate::citizens::store as citizens;
use crate::workers::kinds::WorkHours;
use crate::workers::policy;
use crate::workers::rules::form::called;
use crate::workers::store::{load, visible};

/// The file is kept so long: it is printed at once.
const KEPT: Duration = Duration::minutes(15);

kernel::refusals! {
    /// Why no slip was printed (不予打印登记凭证).
    pub PrintRegistrationSlip => PrintRegistrationSlipRefused, PrintRegistrationSlipRefusalCode {
        /// The registration is closed.
        Closed @ "workerId": "该登记已注销，请重新登记。" / "This registration is closed; register again.",
    }
}

/// Prints the slip of a registration (打印登记凭证); the outcome is the file.
pub async fn print_slip(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<PrintRegistrationSlip>> {
    ctx.transact_once(&policy::SLIP, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::SLIP, id).await?;
        if row.status != "ACTIVE" {
            return Err(Stop::Refused(PrintRegistrationSlip::Closed));
        }
        let sheet = sheet(&tx, &row).await?.render().map_err(Fault::of("set the slip of a registration"))?;
        let name = Text::new("零工登记凭证.pdf", "registration-slip.pdf").get(tx.ctx().lang());
        let until = tx.ctx().now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, name, "application/pdf", &sheet, Some(until)).await?;
        Ok(Outcome::of("File", file, 0))
    })
    .await
}

/// The address that the QR code carries: opaque, and of no use to whoever may not see the entry.
fn address(ctx: &Ctx, id: Uuid) -> String {
    let base = ctx.kernel().config.public_url.trim_end_matches('/');
    format!("{base}/{}/workers/{}", ctx.tenant().slug, ctx.gid("Worker", id).as_str())
}

/// Hours in words.
fn hours(mask: i32, lang: Lang) -> String {
    let word = |hours: WorkHours| match hours {
        WorkHours::Dawn => Text::new("清晨", "dawn"),
        WorkHours::Day => Text::new("白天", "day"),
        WorkHours::Evening => Text::new("晚间", "evening"),
        WorkHours::Night => Text::new("夜间", "night"),
    };
    let words: Vec<&str> = WorkHours::of_mask(mask).into_iter().map(|hours| word(hours).get(lang)).collect();
    words.join(if lang == Lang::Zh { "、" } else { ", " })
}

async fn sheet(tx: &Tx, row: &worker::Model) -> Result<TableDocument, Fault> {
    let (ctx, lang) = (tx.ctx(), tx.ctx().lang());
    let say = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let person = citizens::person(ctx, &citizens::citizen(tx, row.citizen_id).await?).await?;
    let trades: Vec<String> = load::trades(tx, row.id).await?.iter().map(|trade| called(trade)).collect();
    let masked = |value: Option<kernel::Pii<String>>, mask| value.map_or_else(String::new, |value| value.masked(mask));
    let county = Divisions::standard().full_name(&row.county).unwrap_or_else(|| row.county.clone());
    let until = row.looking_until.map(|at| moment(at).date_naive().to_string());
    let lines = [
        (say("姓名", "Name"), row.name_masked.clone()),
        (say("公民身份号码", "Citizen number"), masked(person.id_number, Mask::CitizenId)),
        (say("手机号", "Telephone"), masked(person.phone, Mask::Phone)),
        (say("工种", "Trades"), trades.join(&say("、", ", "))),
        (say("求职县（市、区）", "County"), county),
        (say("可工作时段", "Hours"), hours(row.hours, lang)),
        (say("求职半径", "Radius"), format!("{} km", row.radius_km)),
        (say("求职状态有效至", "On the list until"), until.unwrap_or_else(|| say("未在求职", "not looking"))),
    ];
    let hotline = ctx.tenant().hotline.as_deref().unwrap_or("12333");
    let city = if lang == Lang::Zh { &ctx.tenant().name_zh } else { &ctx.tenant().name_en };
    Ok(TableDocument {
        title: say("零工求职登记凭证", "Registration for odd jobs"),
        header: vec![format!("{city}  {}", ctx.today())],
        columns: vec![Column::new(say("项目", "What"), 2.0), Column::new(say("内容", "Entry"), 5.0)],
        rows: lines.into_iter().map(|(what, entry)| vec![what, entry]).collect(),
        footer: vec![
            say(
                "登记、求职、录用均不收取任何费用。如有人收费、收押金、扣证件，请拒绝并举报。",
                "Registering, looking and being hired cost nothing. Refuse and report whoever asks for a fee, a deposit or your card.",
            ),
            say(
                "还在找活：回复短信“1”，或持本凭证到任一柜台。",
                "Still looking: answer 1 to our message, or show this at any counter.",
            ),
            format!("{} {hotline}", say("服务热线", "Hotline")),
        ],
        code: Some(address(ctx, row.id)),
        page_words: if lang == Lang::Zh { PageWords::Chinese } else { PageWords::English },
        ..TableDocument::default()
    })
}
