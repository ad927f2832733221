//! Asking the same workers again (邀请原班人员): whoever was confirmed for a posting is told by text message that it is repeated,
//! as soon as the new one is to be seen. Nobody is bound by it: who wants to come applies.

use std::collections::HashMap;

use entities::{sms, worker};
use kernel::sms::Message;
use kernel::{Ctx, Fault, Lang, Never, Pii, Place, Stop, Tx};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::engagements::rules::terms::span;
use crate::engagements::store::contact;
use crate::engagements::texts;
use crate::kinds::PostingStatus;
use crate::policy::KEEP;
use crate::rows::posting;
use crate::rules::money;
use crate::store::templates;

/// How far the asking is (邀请进度).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Nobody sees the new posting yet.
    NotYet,
    /// So many were told; nobody where it never came to be seen.
    Told(usize),
}

/// Tells the workers of the posting `of` that it is repeated as `id`, once.
pub async fn invite_again(ctx: &Ctx, id: Uuid, of: Uuid) -> Result<Invited, Fault> {
    let done: Result<Invited, Stop<Never>> = ctx
        .transact(&KEEP, |tx| async move {
            tx.authorize(&KEEP, &Place::city()).await?;
            tx.about("Posting", id);
            let Some(row) = posting::Entity::find_by_id(id).one(&tx).await? else { return Ok(Invited::Told(0)) };
            let now = tx.ctx().now();
            Ok(match row.status {
                _ if row.starts_at <= now => Invited::Told(0),
                PostingStatus::Published | PostingStatus::Filled => Invited::Told(tell(&tx, &row, of).await?),
                PostingStatus::Draft | PostingStatus::InReview | PostingStatus::Returned => Invited::NotYet,
                _ => Invited::Told(0),
            })
        })
        .await;
    done.map_err(Stop::into_fault)
}

async fn tell(tx: &Tx, row: &posting::Model, of: Uuid) -> Result<usize, Fault> {
    if asked(tx, row.id).await? > 0 {
        return Ok(0);
    }
    let workers = templates::workers_of(tx, of).await?;
    ask(tx, row, workers).await
}

/// How many were asked to come to this posting: who was asked before is not asked again.
pub async fn asked(db: &impl ConnectionTrait, posting: Uuid) -> Result<i64, Fault> {
    Ok(asked_of(db, &[posting]).await?.remove(&posting).unwrap_or(0))
}

/// How many were asked to come to each of these postings.
pub async fn asked_of(db: &impl ConnectionTrait, postings: &[Uuid]) -> Result<HashMap<Uuid, i64>, Fault> {
    let told = sms::Entity::find()
        .select_only()
        .column(sms::Column::AboutId)
        .column_as(sms::Column::Id.count(), "so_many")
        .filter(sms::Column::AboutId.is_in(postings.iter().copied()))
        .filter(sms::Column::Template.eq(texts::INVITED))
        .group_by(sms::Column::AboutId);
    let rows: Vec<(Option<Uuid>, i64)> = told.into_tuple().all(db).await?;
    Ok(rows.into_iter().filter_map(|(posting, told)| Some((posting?, told))).collect())
}

/// Asks these workers to come, those who are in use and have a number; says how many.
pub(super) async fn ask(tx: &Tx, row: &posting::Model, workers: Vec<Uuid>) -> Result<usize, Fault> {
    let citizens: Vec<Uuid> = worker::Entity::find()
        .select_only()
        .column(worker::Column::CitizenId)
        .filter(worker::Column::Id.is_in(workers))
        .filter(worker::Column::Status.eq("ACTIVE"))
        .order_by_asc(worker::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    let mut contacts = contact::citizens(tx, tx.ctx(), &citizens).await?;
    let mut sent = 0;
    for to in citizens.iter().filter_map(|citizen| contacts.remove(citizen)) {
        let Some(phone) = to.phone else { continue };
        let message = Message::notice(phone, texts::INVITED, to.lang, Pii::new(words(to.lang, row)));
        // A number that cannot be written to is no fault: the hiring party still sees who it was.
        match tx.sms(message.about("Posting", row.id)).await? {
            Ok(_) => sent += 1,
            Err(not) => tx.note("not_sent", format!("{not:?}")),
        }
    }
    tx.note("invited", sent);
    Ok(sent)
}

fn words(lang: Lang, row: &posting::Model) -> String {
    let wage = money::wage(row.wage_fen, row.wage_unit, lang);
    texts::invited(lang, &row.title, &span(row.starts_at, row.ends_at), &row.place, &wage)
}
