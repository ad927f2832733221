//! What hiring holds about people (个人信息): who entered postings, where a household lives that had somebody come, and what the hire
//! knows of a worker. Colleagues stand in it by user name alone.

use cases::Opener;
use entities::{blob, hiring_party};
use kernel::blob::EXPORT;
use kernel::gql::moment;
use kernel::personal::{CitizenPerson, Person, PersonalData, Piece, async_trait};
use kernel::{Ctx, Fault, Pii, Text, Tx};
use people::PartyKind;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use crate::channels::operations::print_list::LIST;
use crate::channels::rows::channel_output;
use crate::engagements;
use crate::rows::posting::{self, Column};
use crate::rows::{favourite, posting_event, posting_template, taken_down_text};

/// What stands where a person's words stood.
pub(crate) const GONE: &str = "已删除";

/// What this chapter knows of people.
#[derive(Debug)]
pub struct OfHiring;

#[async_trait]
impl PersonalData for OfHiring {
    async fn held(&self, _: &Ctx, _: &Person) -> Result<Vec<Piece>, Fault> {
        Ok(Vec::new())
    }

    async fn erase(&self, _: &Tx, _: &Person) -> Result<u64, Fault> {
        Ok(0)
    }

    async fn held_of_citizen(&self, ctx: &Ctx, citizen: &CitizenPerson) -> Result<Vec<Piece>, Fault> {
        let whose = Condition::any()
            .add(Column::PostedCitizen.eq(citizen.citizen))
            .add(Column::PartyId.in_subquery(own_parties(citizen.citizen)));
        let rows = posting::Entity::find().filter(whose).order_by_asc(Column::Id).all(&ctx.scope()).await?;
        let mut pieces: Vec<Piece> = rows.into_iter().map(piece).collect();
        pieces.extend(cases::held_about(ctx, Opener::Citizen(citizen.citizen)).await?);
        pieces.extend(engagements::personal::held(ctx, citizen.citizen).await?);
        Ok(pieces)
    }

    async fn erase_citizen(&self, tx: &Tx, citizen: &CitizenPerson) -> Result<u64, Fault> {
        let entered = posting::Entity::update_many()
            .col_expr(Column::PostedCitizen, Expr::value(Option::<Uuid>::None))
            .filter(Column::PostedCitizen.is_in(citizen.ids()))
            .exec(tx)
            .await?;
        let mut rows = entered.rows_affected + engagements::personal::erase(tx, citizen.citizen).await?;
        for id in citizen.ids() {
            rows += cases::forget(tx, Opener::Citizen(id)).await?;
        }
        // Workers know the household by its postings until they say nothing any more.
        rows += engagements::personal::erase_hirer(tx, own_parties(citizen.citizen)).await?;
        Ok(rows + empty(tx, citizen.citizen).await?)
    }
}

fn piece(row: posting::Model) -> Piece {
    let mut values: Vec<(&'static str, Pii<String>)> = vec![
        ("title", row.title.into()),
        ("duties", row.duties.into()),
        ("place", row.place.into()),
        ("status", row.status.code().into()),
        ("enteredAt", moment(row.created_at).to_rfc3339().into()),
    ];
    values.extend(row.published_at.map(|at| ("publishedAt", Pii::from(moment(at).to_rfc3339()))));
    Piece { title: Text::new("发布的招聘信息", "Posting"), values, kept: None }
}

/// The household of a citizen, and the gang that it leads: what units publish is theirs.
fn own_parties(citizen: Uuid) -> SelectStatement {
    hiring_party::Entity::find()
        .select_only()
        .column(hiring_party::Column::Id)
        .filter(hiring_party::Column::CitizenId.eq(citizen))
        .filter(hiring_party::Column::Kind.is_in([PartyKind::Household.code(), PartyKind::GangLeader.code()]))
        .into_query()
}

/// The postings of its household say nothing any more: that there was one stays, for whoever worked there. How many rows.
async fn empty(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    let emptied = posting::ActiveModel {
        title: Set(GONE.to_owned()),
        duties: Set(GONE.to_owned()),
        conditions: Set(None),
        place: Set(GONE.to_owned()),
        lat: Set(None),
        lng: Set(None),
        pay_text: Set(None),
        status_reason: Set(None),
        remarks: Set(None),
        text_key: Set(GONE.to_owned()),
        updated_at: Set(tx.ctx().now()),
        ..posting::ActiveModel::default()
    };
    let postings = posting::Entity::update_many()
        .set(emptied)
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::PartyId.in_subquery(own_parties(citizen)))
        .exec(tx)
        .await?;
    let ids = posting::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::PartyId.in_subquery(own_parties(citizen)))
        .into_query();
    posting_event::Entity::update_many()
        .col_expr(posting_event::Column::Reason, Expr::value(Option::<String>::None))
        .filter(posting_event::Column::PostingId.in_subquery(ids))
        .exec(tx)
        .await?;
    let shown = unpublish(tx, citizen).await?;
    let templates = posting_template::Entity::delete_many()
        .filter(posting_template::Column::PartyId.in_subquery(own_parties(citizen)))
        .exec(tx)
        .await?;
    let liked = favourite::Entity::delete_many()
        .filter(favourite::Column::PartyId.in_subquery(own_parties(citizen)))
        .exec(tx)
        .await?;
    Ok(postings.rows_affected + shown + templates.rows_affected + liked.rows_affected)
}

/// Nothing of what its household published is shown any more, on the wall or by a channel, and no text is known again by its
/// hash. What lies elsewhere is withdrawn when the worker of the house comes to it. How many rows.
async fn unpublish(tx: &Tx, citizen: Uuid) -> Result<u64, Fault> {
    let ids: Vec<Uuid> = posting::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::PartyId.in_subquery(own_parties(citizen)))
        .into_tuple()
        .all(tx)
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let of = || ids.iter().copied();
    let shown =
        channel_output::Entity::delete_many().filter(channel_output::Column::PostingId.is_in(of())).exec(tx).await?;
    let known =
        taken_down_text::Entity::delete_many().filter(taken_down_text::Column::PostingId.is_in(of())).exec(tx).await?;
    let lists = blob::Entity::find()
        .select_only()
        .column(blob::Column::Id)
        .filter(blob::Column::Purpose.eq(EXPORT.name))
        .filter(blob::Column::FileName.starts_with(LIST));
    let lists: Vec<Uuid> = lists.into_tuple().all(tx).await?;
    Ok(shown.rows_affected + known.rows_affected + kernel::blob::discard(tx, &lists).await?)
}
