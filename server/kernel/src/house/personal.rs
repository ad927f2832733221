//! What the house itself holds about a person (个人信息): letters, copies that were handed out, and the audit.

use entities::{audit_entry, blob, idempotency, job, mail};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::blob::{PERSONAL, copy_name, discard};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::gql::moment;
use crate::personal::{CitizenPerson, Person, PersonalData, Piece, async_trait};
use crate::text::Text;
use crate::transact::Tx;

/// What the house knows of people.
pub(super) struct OfTheHouse;

#[async_trait]
impl PersonalData for OfTheHouse {
    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
        let (scope, ring) = (ctx.scope(), ctx.keys().await?);
        let mut pieces = Vec::new();
        if let Some(email) = &person.email {
            let to = mail::Column::RecipientIndex.eq(crate::mail::index(&ring, email));
            for row in mail::Entity::find().filter(to).order_by_asc(mail::Column::Id).all(&scope).await? {
                let subject = ring.open("mail", "subject", row.id, &row.subject)?;
                let values = vec![("subject", subject), ("queuedAt", moment(row.queued_at).to_rfc3339().into())];
                pieces.push(Piece {
                    title: Text::new("发给本人的邮件", "Letter to the person"), values, kept: None
                });
            }
        }
        pieces.push(entries_of(ctx, person.account).await?);
        Ok(pieces)
    }

    async fn erase(&self, tx: &Tx, person: &Person) -> Result<u64, Fault> {
        let mine = idempotency::Column::Account.eq(person.account.to_string());
        let repeated = idempotency::Entity::delete_many().filter(mine).exec(tx).await?.rows_affected;
        Ok(letters(tx, person).await? + copies(tx, &person.username).await? + repeated)
    }

    async fn held_of_citizen(&self, ctx: &Ctx, citizen: &CitizenPerson) -> Result<Vec<Piece>, Fault> {
        Ok(vec![entries_of(ctx, citizen.citizen).await?])
    }

    async fn erase_citizen(&self, tx: &Tx, citizen: &CitizenPerson) -> Result<u64, Fault> {
        let mine = idempotency::Column::Account.is_in(citizen.ids().map(|id| format!("citizen:{id}")));
        let repeated = idempotency::Entity::delete_many().filter(mine).exec(tx).await?.rows_affected;
        Ok(copies(tx, &citizen.citizen.to_string()).await? + unused(tx, citizen).await? + repeated)
    }
}

/// What the audit keeps of what somebody did.
async fn entries_of(ctx: &Ctx, who: Uuid) -> Result<Piece, Fault> {
    let entries = audit_entry::Entity::find().filter(audit_entry::Column::ActorId.eq(who));
    let entries = entries.count(&ctx.scope()).await?.to_string();
    // 网络安全法 art 23: a record of at least six months.
    let kept = Text::new(
        "审计日志依《网络安全法》第二十三条留存不少于六个月；其中关于本人的内容以个人密钥加密，删除后无人可读",
        "the audit is kept for at least six months under the Cybersecurity Law, art 23; what it says about the person is sealed under a key of the person, and nobody reads it after erasing",
    );
    let title = Text::new("本人操作的审计记录", "Audit of what the person did");
    Ok(Piece { title, values: vec![("entries", entries.into())], kept: Some(kept) })
}

/// Letters to the person, sent or not: one that waits is not sent any more.
async fn letters(tx: &Tx, person: &Person) -> Result<u64, Fault> {
    let Some(email) = &person.email else { return Ok(0) };
    let to = crate::mail::index(tx.ctx().keys().await?.as_ref(), email);
    let ids: Vec<Uuid> = mail::Entity::find()
        .select_only()
        .column(mail::Column::Id)
        .filter(mail::Column::RecipientIndex.eq(to))
        .into_tuple()
        .all(tx)
        .await?;
    job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::value("CANCELLED"))
        .col_expr(job::Column::FinishedAt, Expr::value(tx.ctx().now()))
        .filter(job::Column::UniqueKey.is_in(ids.iter().map(|id| crate::mail::job_key(*id))))
        .filter(job::Column::Status.eq("QUEUED"))
        .exec(tx)
        .await?;
    Ok(mail::Entity::delete_many().filter(mail::Column::Id.is_in(ids)).exec(tx).await?.rows_affected)
}

/// Files that the citizen brought in and that nobody took into keeping.
async fn unused(tx: &Tx, citizen: &CitizenPerson) -> Result<u64, Fault> {
    let ids: Vec<Uuid> = blob::Entity::find()
        .select_only()
        .column(blob::Column::Id)
        .filter(blob::Column::CreatedBy.is_in(citizen.ids()))
        .filter(blob::Column::ExpiresAt.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    discard(tx, &ids).await
}

/// Copies of what was held about the person that were handed out and are not thrown away yet.
async fn copies(tx: &Tx, whose: &str) -> Result<u64, Fault> {
    let ids: Vec<Uuid> = blob::Entity::find()
        .select_only()
        .column(blob::Column::Id)
        .filter(blob::Column::Purpose.eq(PERSONAL.name))
        .filter(blob::Column::FileName.eq(copy_name(whose)))
        .into_tuple()
        .all(tx)
        .await?;
    discard(tx, &ids).await
}
