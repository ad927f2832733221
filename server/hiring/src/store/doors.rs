//! What this chapter asks of others about parties and licences (他章接口): for which parties a citizen acts, and whether an
//! agency's licence is good.

use std::collections::HashMap;

use entities::{agency, party_member};
use kernel::{Ctx, Fault, Text};
use people::LicenceState;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use crate::rules::lane::Licence;

/// The parties a citizen acts for.
#[must_use]
pub fn parties_of(citizen: Uuid) -> SelectStatement {
    party_member::Entity::find()
        .select_only()
        .column(party_member::Column::PartyId)
        .filter(party_member::Column::CitizenId.eq(citizen))
        .filter(party_member::Column::EndedAt.is_null())
        .into_query()
}

/// How good an agency's licence is today, for a posting that rests on it.
pub async fn licence(ctx: &Ctx, db: &impl ConnectionTrait, agency: Option<Uuid>) -> Result<Licence, Fault> {
    let Some(agency) = agency else { return Ok(Licence::NotNeeded) };
    Ok(licences(ctx, db, &[agency]).await?.remove(&agency).map_or(UNKNOWN, |known| known.licence))
}

const UNKNOWN: Licence = Licence::Bad(Text::new("未经核验", "nobody has held it against its original"));

/// Introducing workers needs a licence for it (业务范围不含职业中介; 人力资源市场暂行条例 art 18).
const NO_INTERMEDIATION: Licence =
    Licence::Bad(Text::new("业务范围不含职业中介", "its scope holds no job intermediation"));

/// What a state of a licence means for what is published under it (许可证可否发布), where its scope holds the introducing
/// of workers and where it does not.
fn good(state: LicenceState, introduces: bool) -> Licence {
    match state {
        LicenceState::Valid { .. } if introduces => Licence::Good,
        LicenceState::Valid { .. } => NO_INTERMEDIATION,
        LicenceState::Expired { .. } => Licence::Bad(Text::new("已到期", "it ran out")),
        LicenceState::Suspended { .. } => Licence::Bad(Text::new("已暂停", "it is suspended")),
        LicenceState::Revoked { .. } => Licence::Bad(Text::new("已吊销", "it was revoked")),
        LicenceState::Unknown => UNKNOWN,
    }
}

/// An agency as its postings show it (发布机构).
#[derive(Clone, Debug)]
pub struct Licensed {
    /// Its name.
    pub name: String,
    /// The number of its licence.
    pub licence_no: String,
    /// How good it is today.
    pub licence: Licence,
}

/// The same of many: one statement for their names, one for their licences.
pub async fn licences(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    agencies: &[Uuid],
) -> Result<HashMap<Uuid, Licensed>, Fault> {
    if agencies.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = agency::Entity::find().filter(agency::Column::Id.is_in(agencies.iter().copied())).all(db).await?;
    let states = people::licences_of(db, agencies, ctx.today()).await?;
    let licensed = |row: agency::Model| {
        let introduces = people::may_introduce(&row);
        let licence = states.get(&row.id).map_or(UNKNOWN, |state| good(*state, introduces));
        (row.id, Licensed { name: row.name, licence_no: row.licence_no, licence })
    };
    Ok(rows.into_iter().map(licensed).collect())
}
