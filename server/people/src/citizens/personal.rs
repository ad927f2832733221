//! What is held about citizens (个人信息): handed out, erased.

use entities::{citizen, hiring_party, party_member};
use kernel::gql::moment;
use kernel::personal::{CitizenPerson, Piece};
use kernel::{Ctx, Fault, Pii, Text, Tx, blob, sms};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::rows::{citizen_merger, citizen_session, consent};
use super::{attempts, store};
use crate::workers;

/// The texts that are there.
pub(crate) fn texts<const N: usize>(values: [(&'static str, Option<String>); N]) -> Vec<(&'static str, Pii<String>)> {
    values.into_iter().filter_map(|(name, value)| Some((name, value?.into()))).collect()
}

/// Everything this chapter holds about a citizen.
pub(crate) async fn held(ctx: &Ctx, person: &CitizenPerson) -> Result<Vec<Piece>, Fault> {
    let row = store::citizen(&ctx.scope(), person.citizen).await?;
    let mut values: Vec<(&'static str, Pii<String>)> = Vec::new();
    values.extend(person.name.clone().map(|name| ("name", name)));
    values.extend(person.phone.clone().map(|phone| ("phone", phone)));
    values.extend(person.id_number.clone().map(|number| ("idNumber", number)));
    values.extend(texts([
        ("status", Some(row.status)),
        ("birthYear", row.birth_year.map(|year| year.to_string())),
        ("sex", row.sex.map(|sex| sex.to_string())),
        ("noticeVersion", row.notice_version),
        ("createdAt", Some(moment(row.created_at).to_rfc3339())),
    ]));
    let mut pieces = vec![Piece { title: Text::new("个人用户", "Citizen"), values, kept: None }];
    pieces.extend(sessions(ctx, person.citizen).await?);
    pieces.extend(consents(ctx, person.citizen).await?);
    pieces.extend(workers::personal::held(ctx, person).await?);
    pieces.extend(crate::parties::personal::held(ctx, person.citizen).await?);
    if let Some(phone) = &person.phone
        && let Some(index) = sms::index(ctx, phone).await?
    {
        pieces.extend(sms::held_by(ctx, &index).await?);
    }
    Ok(pieces)
}

async fn sessions(ctx: &Ctx, citizen: Uuid) -> Result<Vec<Piece>, Fault> {
    let rows = citizen_session::Entity::find()
        .filter(citizen_session::Column::CitizenId.eq(citizen))
        .order_by_asc(citizen_session::Column::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: citizen_session::Model| Piece {
        title: Text::new("会话", "Session"),
        values: texts([
            ("createdAt", Some(moment(row.created_at).to_rfc3339())),
            ("network", row.ip_masked),
            ("userAgent", row.user_agent),
        ]),
        kept: None,
    };
    Ok(rows.into_iter().map(piece).collect())
}

async fn consents(ctx: &Ctx, citizen: Uuid) -> Result<Vec<Piece>, Fault> {
    let rows = consent::Entity::find()
        .filter(consent::Column::CitizenId.eq(citizen))
        .order_by_asc(consent::Column::Id)
        .all(&ctx.scope())
        .await?;
    let piece = |row: consent::Model| Piece {
        title: Text::new("同意记录", "Consent"),
        values: texts([
            ("purpose", Some(row.purpose)),
            ("noticeVersion", Some(row.notice_version)),
            ("how", Some(row.how)),
            ("givenAt", Some(moment(row.given_at).to_rfc3339())),
            ("withdrawnAt", row.withdrawn_at.map(|at| moment(at).to_rfc3339())),
        ]),
        kept: None,
    };
    Ok(rows.into_iter().map(piece).collect())
}

/// Does a hiring party in the citizen's own name still stand?
pub(crate) async fn has_open_party(tx: &Tx, citizen: Uuid) -> Result<bool, Fault> {
    let open = hiring_party::Entity::find()
        .filter(hiring_party::Column::CitizenId.eq(citizen))
        .filter(hiring_party::Column::Status.ne("CLOSED"));
    Ok(open.one(tx).await?.is_some())
}

/// Lets go of everything this chapter holds about a citizen, the citizen last.
pub(crate) async fn erase(tx: &Tx, person: &CitizenPerson) -> Result<u64, Fault> {
    let id = person.citizen;
    let mut rows = workers::personal::erase(tx, person).await?;
    rows += papers(tx, id).await?;
    rows += by_number(tx, person).await?;
    // Before the row of the citizen is gone: a contact of a unit is known as the person's by the number.
    rows += crate::parties::personal::erase(tx, id).await?;
    rows += parties(tx, id).await?;
    for gone in [
        consent::Entity::delete_many().filter(consent::Column::CitizenId.eq(id)).exec(tx).await?,
        citizen_session::Entity::delete_many()
            .filter(citizen_session::Column::CitizenId.is_in(person.ids()))
            .exec(tx)
            .await?,
        citizen_merger::Entity::delete_many().filter(own_mergers(person)).exec(tx).await?,
        party_member::Entity::delete_many().filter(party_member::Column::CitizenId.eq(id)).exec(tx).await?,
        citizen::Entity::delete_many().filter(citizen::Column::Id.is_in(person.ids())).exec(tx).await?,
    ] {
        rows += gone.rows_affected;
    }
    Ok(rows)
}

/// Where it is written that entries are the citizen's, or that the citizen is somebody else.
fn own_mergers(person: &CitizenPerson) -> Condition {
    Condition::any()
        .add(citizen_merger::Column::CitizenId.eq(person.citizen))
        .add(citizen_merger::Column::EntryId.is_in(person.ids()))
}

/// The signed papers.
async fn papers(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    let files: Vec<Option<Uuid>> = consent::Entity::find()
        .select_only()
        .column(consent::Column::FileId)
        .filter(consent::Column::CitizenId.eq(citizen))
        .filter(consent::Column::FileId.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    blob::discard(tx, &files.into_iter().flatten().collect::<Vec<_>>()).await
}

/// Codes and messages that went to the number.
async fn by_number(tx: &Tx, person: &CitizenPerson) -> Result<u64, Fault> {
    let Some(phone) = &person.phone else { return Ok(0) };
    let index = tx.ctx().keys().await?.blind("citizen.phone", phone);
    let codes = attempts::forget(tx, &index).await?;
    let Some(index) = sms::index(tx.ctx(), phone).await? else { return Ok(codes) };
    Ok(codes + sms::forget(tx, &index).await?)
}

/// Of a household or a gang leader that was closed, the entry stays without the person.
async fn parties(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    let detached = hiring_party::Entity::update_many()
        .col_expr(hiring_party::Column::CitizenId, Expr::value(Option::<Uuid>::None))
        .filter(hiring_party::Column::CitizenId.eq(citizen))
        .exec(tx)
        .await?;
    Ok(detached.rows_affected)
}
