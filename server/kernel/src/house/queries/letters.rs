//! Letters, newest first. Whoever may send them again sees that there are some; only a reader opens them.

use entities::mail;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::house::policy::{MAIL_READ, MAIL_RETRY};
use crate::mail::{OpenLetter, open};
use crate::policy::Place;

/// A letter, opened if the caller may read it.
pub type Shown = (mail::Model, Option<OpenLetter>);

/// A page of letters of `status`, or of all, after the id `after`.
async fn page(ctx: &Ctx, status: Option<&str>, after: Option<Uuid>, limit: u64) -> Result<Vec<Shown>, Fault> {
    let rows = mail::Entity::find()
        .filter(
            Condition::all()
                .add_option(status.map(|s| mail::Column::Status.eq(s)))
                .add_option(after.map(|id| mail::Column::Id.lt(id))),
        )
        .order_by_desc(mail::Column::Id)
        .limit(limit)
        .all(&ctx.scope())
        .await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        shown.push(show(ctx, row).await?);
    }
    Ok(shown)
}

async fn show(ctx: &Ctx, row: mail::Model) -> Result<Shown, Fault> {
    let letter = if ctx.allows(&MAIL_READ, &Place::city()).await? { Some(open(ctx, &row).await?) } else { None };
    Ok((row, letter))
}

/// Letters that were given up.
pub async fn dead_letters(ctx: &Ctx, after: Option<Uuid>, limit: u64) -> Result<Vec<Shown>, Fault> {
    ctx.require(&MAIL_RETRY, &Place::city()).await?;
    page(ctx, Some("DEAD"), after, limit).await
}

/// Every letter.
pub async fn mailbox(ctx: &Ctx, after: Option<Uuid>, limit: u64) -> Result<Vec<Shown>, Fault> {
    ctx.require(&MAIL_READ, &Place::city()).await?;
    page(ctx, None, after, limit).await
}

/// One letter, after it was queued again.
pub async fn letter(ctx: &Ctx, id: Uuid) -> Result<Shown, Fault> {
    ctx.require(&MAIL_RETRY, &Place::city()).await?;
    let row = mail::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    show(ctx, row).await
}
