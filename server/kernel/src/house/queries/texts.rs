//! Text messages, newest first. Whoever may only send them again sees one without its text; a reader opens all.

use entities::sms;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::house::policy::{SMS_READ, SMS_RESEND};
use crate::policy::Place;
use crate::sms::{OpenSms, open};

/// A text message, opened if the caller may read it.
pub type Shown = (sms::Model, Option<OpenSms>);

/// Which of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextFilter {
    /// That went out, or came in.
    pub direction: Option<&'static str>,
    /// That stand like this.
    pub status: Option<&'static str>,
}

async fn show(ctx: &Ctx, row: sms::Model, may_read: bool) -> Result<Shown, Fault> {
    let text = if may_read { Some(open(ctx, &row).await?) } else { None };
    Ok((row, text))
}

/// A page of them after the id `after`.
pub async fn texts(ctx: &Ctx, filter: TextFilter, after: Option<Uuid>, limit: u64) -> Result<Vec<Shown>, Fault> {
    ctx.require(&SMS_READ, &Place::city()).await?;
    let rows = sms::Entity::find()
        .filter(
            Condition::all()
                .add_option(filter.direction.map(|d| sms::Column::Direction.eq(d)))
                .add_option(filter.status.map(|s| sms::Column::Status.eq(s)))
                .add_option(after.map(|id| sms::Column::Id.lt(id))),
        )
        .order_by_desc(sms::Column::Id)
        .limit(limit)
        .all(&ctx.scope())
        .await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        shown.push(show(ctx, row, true).await?);
    }
    Ok(shown)
}

/// One of them, after it was queued again.
pub async fn text(ctx: &Ctx, id: Uuid) -> Result<Shown, Fault> {
    ctx.require(&SMS_RESEND, &Place::city()).await?;
    let row = sms::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let may_read = ctx.allows(&SMS_READ, &Place::city()).await?;
    show(ctx, row, may_read).await
}
