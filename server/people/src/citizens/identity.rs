//! Who presents a citizen's token (个人用户身份).

use chrono::Duration;
use entities::citizen;
use kernel::ctx::CitizenActor;
use kernel::{Actor, Ctx, Fault, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _, Select, SelectTwo};
use uuid::Uuid;

use super::rows::citizen_session::{self, Column};
use crate::cache::{Kind, Known};

/// The session of this token, if it holds and its citizen may act.
pub(crate) async fn by_token(ctx: &Ctx, hash: &[u8; 32], epoch: u64) -> Result<Option<Known>, Fault> {
    let of_token = live().filter(Column::TokenHash.eq(hash.to_vec()));
    Ok(of_token.one(&ctx.scope()).await?.map(|(row, _)| known(ctx, &row, epoch)))
}

/// The session of this id, if it holds and its citizen may act.
pub(crate) async fn by_id(ctx: &Ctx, id: Uuid) -> Result<Option<Known>, Fault> {
    Ok(live().filter(Column::Id.eq(id)).one(&ctx.scope()).await?.map(|(row, _)| known(ctx, &row, 0)))
}

fn live() -> SelectTwo<citizen_session::Entity, citizen::Entity> {
    let owner =
        citizen_session::Entity::belongs_to(citizen::Entity).from(Column::CitizenId).to(citizen::Column::Id).into();
    let sessions: Select<citizen_session::Entity> = citizen_session::Entity::find();
    sessions
        .filter(Column::RevokedAt.is_null())
        .filter(citizen::Column::Status.eq("ACTIVE"))
        .join(JoinType::InnerJoin, owner)
        .select_also(citizen::Entity)
}

fn known(ctx: &Ctx, row: &citizen_session::Model, epoch: u64) -> Known {
    let actor = Actor::Citizen(CitizenActor { id: row.citizen_id, session: row.id });
    let idle = Some(Duration::days(ctx.kernel().config.people.citizen_idle_days));
    Known::new(actor, Kind::Citizen(row.id), row.expires_at, idle, row.last_used_at, ctx.now(), epoch)
}

/// Writes down that it was used.
pub(crate) async fn touch(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    citizen_session::Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(tx.ctx().now()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
