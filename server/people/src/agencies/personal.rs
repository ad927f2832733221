//! What this part holds about a person with an account (个人信息): that they inspected.

use kernel::personal::{Person, Piece};
use kernel::{Ctx, Fault, Text};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::rows::{inspection, inspector};

/// The inspections that a person made. They stay as a record of official work; the name stands with the account, and goes
/// with it.
pub(crate) async fn held(ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
    let mine =
        inspector::Entity::find().filter(inspector::Column::AccountId.eq(person.account)).all(&ctx.scope()).await?;
    let ids: Vec<Uuid> = mine.into_iter().map(|row| row.inspection_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = inspection::Entity::find()
        .filter(inspection::Column::Id.is_in(ids))
        .order_by_asc(inspection::Column::InspectedOn)
        .all(&ctx.scope())
        .await?;
    let kept = Text::new(
        "监督检查记录须由两名以上检查人员作出，作为履职记录保留；姓名随账号删除",
        "kept as a record of official work, made by two at least; the name goes with the account",
    );
    let piece = |row: inspection::Model| Piece {
        title: Text::new("监督检查", "Inspection"),
        values: vec![("inspectedOn", row.inspected_on.to_string().into()), ("kind", row.kind.code().into())],
        kept: Some(kept),
    };
    Ok(rows.into_iter().map(piece).collect())
}
