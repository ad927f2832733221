//! Who acts for a party (经办人).

use entities::party_member::{self, Column};
use kernel::Fault;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait, QueryFilter as _};
use uuid::Uuid;

/// The parties that a citizen acts for.
pub fn parties_of(citizen: Uuid) -> SelectStatement {
    Query::select()
        .column(Column::PartyId)
        .from(party_member::Entity)
        .and_where(Column::CitizenId.eq(citizen))
        .and_where(Column::EndedAt.is_null())
        .to_owned()
}

/// As what the citizen acts for the party, if it does.
pub async fn member(
    db: &impl ConnectionTrait,
    party: Uuid,
    citizen: Uuid,
) -> Result<Option<party_member::Model>, Fault> {
    let row = party_member::Entity::find()
        .filter(Column::PartyId.eq(party))
        .filter(Column::CitizenId.eq(citizen))
        .filter(Column::EndedAt.is_null())
        .one(db)
        .await?;
    Ok(row)
}

/// A new member, to be inserted.
pub fn joins(
    ctx: &kernel::Ctx,
    party: Uuid,
    citizen: Uuid,
    role: crate::parties::kinds::PartyMemberRole,
) -> party_member::ActiveModel {
    use sea_orm::ActiveValue::Set;
    party_member::ActiveModel {
        id: Set(ctx.new_id()),
        party_id: Set(party),
        citizen_id: Set(citizen),
        authorised: Set(role.code().to_owned()),
        since: Set(ctx.now()),
        ended_at: Set(None),
    }
}

/// Nobody acts for the party any more.
pub async fn end_all(tx: &kernel::Tx, party: Uuid) -> Result<(), Fault> {
    party_member::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(tx.ctx().now()))
        .filter(Column::PartyId.eq(party))
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
