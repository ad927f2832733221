//! Requests to act for a party (经办申请), as whoever asked reads them.

use entities::hiring_party;
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use crate::parties::rows::agent_authorisation::{self, Column};

/// So many are shown, the newest.
const SHOWN: u64 = 20;

/// A request, and what the party is called.
pub type Asked = (agent_authorisation::Model, Option<hiring_party::Model>);

/// The newest requests of the citizen, answered or not.
pub async fn own(ctx: &Ctx) -> Result<Vec<Asked>, Fault> {
    let citizen = ctx.citizen()?.id;
    let of_party = agent_authorisation::Entity::belongs_to(hiring_party::Entity)
        .from(Column::PartyId)
        .to(hiring_party::Column::Id)
        .into();
    let rows = agent_authorisation::Entity::find()
        .join(JoinType::InnerJoin, of_party)
        .select_also(hiring_party::Entity)
        .filter(Column::CitizenId.eq(citizen))
        .order_by_desc(Column::Id)
        .limit(SHOWN)
        .all(&ctx.scope())
        .await?;
    Ok(rows)
}
