//! Telling people by text message what happened (短信通知): after the commit, once, to those who have a telephone. Others read it at
//! the counter.

use chrono::{DateTime, Utc};
use entities::sms;
use kernel::sms::Message;
use kernel::{Ctx, Fault, Lang, Never, Pii, Place, Stop, Tx};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::engagements::rules::pay;
use crate::engagements::rules::steps::holds_a_place;
use crate::engagements::rules::terms::span;
use crate::engagements::store::contact::{self, Contact};
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{points, slips, talks};
use crate::engagements::texts;
use crate::kinds::{EngagementStatus, Side};
use crate::policy::KEEP;

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody applied.
    Applied,
    /// A place was confirmed; from the stand-by list?
    Confirmed(bool),
    /// Places were confirmed together.
    Group,
    /// A place was given up; by the hiring party?
    Cancelled(bool),
    /// An application was not taken.
    Declined,
    /// It is recorded that the worker did not come.
    NoShow,
    /// A dispute was looked into.
    Settled,
    /// What was recorded is put right.
    Corrected,
    /// Somebody wrote; the hiring party, or the staff?
    Written(bool),
}

/// Tells of an engagement whoever does not know it yet (短信通知). Told once, however often it is heard of.
pub async fn tell(ctx: &Ctx, id: Uuid, news: News) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.about("Engagement", id);
            let deal = match deal::held(&tx, id).await {
                Ok(deal) => deal,
                // Gone since.
                Err(Fault::NotFound) => return Ok(()),
                Err(fault) => return Err(fault.into()),
            };
            let when = span(deal.row.starts_at, deal.row.ends_at);
            match news {
                News::Applied => applied(&tx, &deal, &when).await?,
                News::Confirmed(promoted) => confirmed(&tx, &deal, &when, promoted).await?,
                News::Group => together(&tx, &deal, &when).await?,
                News::Cancelled(true) => {
                    let owed = deal.row.allowance_fen;
                    let words = |lang, title: &str| texts::cancelled(lang, title, &when, true, owed);
                    to_worker(&tx, &deal, texts::CANCELLED, words).await?;
                }
                News::Cancelled(false) => {
                    let words = |lang, title: &str| texts::cancelled(lang, title, &when, false, None);
                    to_party(&tx, &deal, texts::CANCELLED, words).await?;
                }
                News::Declined => {
                    to_worker(&tx, &deal, texts::DECLINED, |lang, title| texts::declined(lang, title, &when)).await?;
                }
                News::NoShow => no_show(&tx, &deal, &when).await?,
                News::Settled => settled(&tx, &deal, &when).await?,
                News::Corrected => corrected(&tx, &deal, &when).await?,
                News::Written(by_party) => written(&tx, &deal, &when, by_party).await?,
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// The first application for a shift is news; the others are seen with it.
async fn applied(tx: &Tx, deal: &Deal, when: &str) -> Result<(), Fault> {
    let to = contact::party(tx.ctx(), &deal.party).await?;
    let notice = Notice { about: ("Shift", deal.row.shift_id), ..Notice::of(texts::APPLIED, deal) };
    send(tx, deal, &to, notice, |lang, title| texts::applied(lang, title, when)).await.map(drop)
}

async fn confirmed(tx: &Tx, deal: &Deal, when: &str, promoted: bool) -> Result<(), Fault> {
    // Cancelled since: what was confirmed then is no news.
    let Some(slip) = slips::of(tx, deal.row.id).await?.filter(|_| deal.row.status == EngagementStatus::Confirmed)
    else {
        return Ok(());
    };
    let (terms, number) = (slips::read(&slip)?, slip.number);
    to_worker(tx, deal, texts::CONFIRMED, |lang, _| texts::confirmed(lang, &terms, &number, promoted)).await?;
    // Who took the worker knows it; whom the staff took at its counter, the hiring party need not. Of a group it hears once.
    if deal.row.entered_by == Side::Party || deal.row.group_no.is_some() {
        return Ok(());
    }
    to_party(tx, deal, texts::TAKEN, |lang, title| texts::taken(lang, title, when, &number)).await
}

/// One text for those who were taken together, about the first of them; who took all of them itself knows it.
async fn together(tx: &Tx, deal: &Deal, when: &str) -> Result<(), Fault> {
    let Some(group) = &deal.row.group_no else { return Ok(()) };
    let all = deal::group(tx, deal.row.shift_id, group).await?;
    let still: Vec<Side> =
        all.into_iter().filter(|(status, _)| *status == EngagementStatus::Confirmed).map(|(_, by)| by).collect();
    if still.iter().all(|by| *by == Side::Party) {
        return Ok(());
    }
    to_party(tx, deal, texts::TAKEN, |lang, title| texts::taken_together(lang, title, when, still.len())).await
}

/// Where it has points: how many, and that one can appeal.
async fn no_show(tx: &Tx, deal: &Deal, when: &str) -> Result<(), Fault> {
    let Some(point) = points::in_force_of(tx, deal.row.id).await? else { return Ok(()) };
    let words = |lang, title: &str| texts::no_show(lang, title, when, point.points, point.expires_on);
    to_worker(tx, deal, texts::NO_SHOW, words).await
}

/// Both sides: what was found is about both.
async fn settled(tx: &Tx, deal: &Deal, when: &str) -> Result<(), Fault> {
    to_worker(tx, deal, texts::SETTLED, |lang, title| texts::settled(lang, title, when)).await?;
    to_party(tx, deal, texts::SETTLED_PARTY, |lang, title| texts::settled(lang, title, when)).await
}

/// Both sides hear that the worker was there after all, or that a cancellation was no emergency. Changed again since, it is no news.
async fn corrected(tx: &Tx, deal: &Deal, when: &str) -> Result<(), Fault> {
    let (came, allowance) = (holds_a_place(deal.row.status), deal.row.allowance_fen);
    if !came && deal.row.allowance.is_none() {
        return Ok(());
    }
    let words = |lang, title: &str, to_party| match came {
        true => texts::came(lang, title, when, to_party),
        false => texts::owed(lang, title, when, allowance),
    };
    to_worker(tx, deal, texts::CORRECTED, |lang, title| words(lang, title, false)).await?;
    to_party(tx, deal, texts::CORRECTED_TOO, |lang, title| words(lang, title, true)).await
}

/// The first message that the other side has not read is news; those after it are read with it.
async fn written(tx: &Tx, deal: &Deal, when: &str, by_party: bool) -> Result<(), Fault> {
    let Some(since) = talks::unread_since(tx, deal.row.id, by_party).await? else { return Ok(()) };
    let (to, template) = if by_party {
        let Some(worker) = worker_of(tx, deal).await? else { return Ok(()) };
        (worker, texts::WRITTEN)
    } else {
        (contact::party(tx.ctx(), &deal.party).await?, texts::ANSWERED)
    };
    let notice = Notice { since: Some(since), ..Notice::of(template, deal) };
    send(tx, deal, &to, notice, |lang, title| texts::written(lang, title, when, by_party)).await.map(drop)
}

async fn to_worker(
    tx: &Tx,
    deal: &Deal,
    template: &'static str,
    words: impl FnOnce(Lang, &str) -> String,
) -> Result<(), Fault> {
    let Some(to) = worker_of(tx, deal).await? else { return Ok(()) };
    send(tx, deal, &to, Notice::of(template, deal), words).await.map(drop)
}

async fn to_party(
    tx: &Tx,
    deal: &Deal,
    template: &'static str,
    words: impl FnOnce(Lang, &str) -> String,
) -> Result<(), Fault> {
    let to = contact::party(tx.ctx(), &deal.party).await?;
    send(tx, deal, &to, Notice::of(template, deal), words).await.map(drop)
}

async fn worker_of(tx: &Tx, deal: &Deal) -> Result<Option<Contact>, Fault> {
    let Some(worker) = &deal.worker else { return Ok(None) };
    Ok(contact::citizens(tx, tx.ctx(), &[worker.citizen_id]).await?.into_values().next())
}

/// A text message about something (通知).
#[derive(Clone, Copy, Debug)]
struct Notice {
    template: &'static str,
    about: (&'static str, Uuid),
    /// One that was sent before this moment was about something else.
    since: Option<DateTime<Utc>>,
    /// Does it ask for an answer?
    asks: bool,
}

impl Notice {
    /// About an engagement, once.
    const fn of(template: &'static str, deal: &Deal) -> Self {
        Self { template, about: ("Engagement", deal.row.id), since: None, asks: false }
    }
}

/// Sends it, unless it was sent before; was it?
async fn send(
    tx: &Tx,
    deal: &Deal,
    to: &Contact,
    Notice { template, about, since, asks }: Notice,
    words: impl FnOnce(Lang, &str) -> String,
) -> Result<bool, Fault> {
    let Some(phone) = &to.phone else { return Ok(false) };
    let told = sms::Entity::find()
        .filter(sms::Column::AboutId.eq(about.1))
        .filter(sms::Column::Template.eq(template))
        .filter(sms::Column::Direction.eq("OUT"))
        .filter(Condition::all().add_option(since.map(|since| sms::Column::QueuedAt.gte(since))));
    if told.count(tx).await? > 0 {
        return Ok(false);
    }
    let text = Pii::new(words(to.lang, &deal.posting.title));
    let message = Message::notice(phone.clone(), template, to.lang, text).about(about.0, about.1);
    let message = if asks { message.asking() } else { message };
    // A number that cannot be written to is no fault: the counter tells.
    if let Err(not) = tx.sms(message).await? {
        tx.note("not_sent", format!("{not:?}"));
        return Ok(false);
    }
    Ok(true)
}

/// Asks a worker whether the wage was paid (询问工资是否收到).
pub(super) async fn ask_pay(tx: &Tx, deal: &Deal) -> Result<(), Fault> {
    let Some(to) = worker_of(tx, deal).await? else { return Ok(()) };
    let day = kernel::clock::day_of(deal.row.starts_at).to_string();
    let (sum, unseen) = (pay::to_get(&deal.row), deal.is_by_the_clock());
    let words = |lang, title: &str| texts::ask_paid(lang, title, &day, sum, unseen);
    send(tx, deal, &to, Notice { asks: true, ..Notice::of(texts::PAID, deal) }, words).await.map(drop)
}

/// Asks once whether a wage was really so much less than was asked about (再次询问); was it asked now?
pub(super) async fn ask_again(tx: &Tx, deal: &Deal, paid_fen: i64, asked_fen: i64) -> Result<bool, Fault> {
    let Some(to) = worker_of(tx, deal).await? else { return Ok(false) };
    let words = |lang, title: &str| texts::ask_paid_again(lang, title, paid_fen, asked_fen);
    send(tx, deal, &to, Notice { asks: true, ..Notice::of(texts::PAID_AGAIN, deal) }, words).await
}
