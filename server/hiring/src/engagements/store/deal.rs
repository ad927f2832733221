//! An engagement with all that it stands on (对接及其所涉): posting, shift, hiring party and worker, in one statement; and who of them
//! the actor is.

use entities::{hiring_party, worker};
use kernel::policy::{Action, Place};
use kernel::{Actor, Ctx, Fault, Tx};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, LockType};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityName as _, EntityTrait, FromQueryResult, IdenStatic as _,
    Iterable as _, JoinType, QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _, RelationDef, Select,
};
use uuid::Uuid;

use super::doors;
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::{engagement, posting, shift};
use crate::store::visible;

/// An engagement and what it stands on.
#[derive(Clone, Debug)]
pub struct Deal {
    /// The engagement.
    pub row: engagement::Model,
    /// Its posting.
    pub posting: posting::Model,
    /// Its shift.
    pub shift: shift::Model,
    /// The hiring party.
    pub party: hiring_party::Model,
    /// The worker; nobody once the worker let go of it.
    pub worker: Option<worker::Model>,
}

impl Deal {
    /// Does it count as done although nobody recorded an arrival (无到岗记录), nor did the staff find that the worker was there?
    #[must_use]
    pub fn is_unseen(&self) -> bool {
        let done = self.row.status == EngagementStatus::Completed && self.row.arrived_at.is_none();
        done && self.row.completed_by != Some(Side::Staff)
    }

    /// Did only the clock count it as done: did neither side say that anybody was there (到期自动完工)?
    #[must_use]
    pub fn is_by_the_clock(&self) -> bool {
        self.is_unseen() && self.row.completed_by.is_none()
    }
}

impl FromQueryResult for Deal {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: engagement::Model::from_query_result(row, "e_")?,
            posting: posting::Model::from_query_result(row, "p_")?,
            shift: shift::Model::from_query_result(row, "s_")?,
            party: hiring_party::Model::from_query_result(row, "h_")?,
            worker: worker::Model::from_query_result_optional(row, "w_")?,
        })
    }
}

/// All columns of a joined table, each with a prefix.
pub(in crate::engagements) fn columns<E: EntityTrait, F: EntityTrait>(select: Select<E>, prefix: &str) -> Select<E> {
    F::Column::iter().fold(select, |select, column| select.column_as(column, format!("{prefix}{}", column.as_str())))
}

/// Some columns of a table as a type (部分列): what is read of it where many read at one moment, and nothing else.
macro_rules! some_columns {
    (
        $(#[$doc:meta])*
        pub struct $name:ident of $table:ident {
            $($(#[$field_doc:meta])* pub $field:ident: $type:ty = $column:ident,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, ::sea_orm::FromQueryResult)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl From<&$table::Model> for $name {
            fn from(row: &$table::Model) -> Self {
                Self { $($field: ::std::clone::Clone::clone(&row.$field),)* }
            }
        }

        impl $name {
            /// Its columns, each with a prefix, added to a statement.
            pub(in crate::engagements) fn columns<E: ::sea_orm::EntityTrait>(
                select: ::sea_orm::Select<E>,
                prefix: &str,
            ) -> ::sea_orm::Select<E> {
                use ::sea_orm::{IdenStatic as _, QuerySelect as _};
                let all = [$($table::Column::$column),*];
                all.into_iter().fold(select, |select, column| {
                    select.column_as(column, format!("{prefix}{}", column.as_str()))
                })
            }
        }
    };
}
pub(in crate::engagements) use some_columns;

/// How two tables are joined.
pub(in crate::engagements) fn on<F: EntityTrait, T: EntityTrait>(from: F::Column, to: T::Column) -> RelationDef {
    F::belongs_to(T::default()).from(from).to(to).into()
}

/// Engagements, joined with their postings: for what asks for the two.
pub(in crate::engagements) fn with_posting(select: Select<engagement::Entity>) -> Select<engagement::Entity> {
    use engagement::Column as Of;
    let posting = on::<engagement::Entity, posting::Entity>(Of::PostingId, posting::Column::Id);
    select.join(JoinType::InnerJoin, posting)
}

/// Engagements, joined with their shifts.
pub(in crate::engagements) fn with_shift(select: Select<engagement::Entity>) -> Select<engagement::Entity> {
    use engagement::Column as Of;
    select.join(JoinType::InnerJoin, on::<engagement::Entity, shift::Entity>(Of::ShiftId, shift::Column::Id))
}

fn joined() -> Select<engagement::Entity> {
    use engagement::Column as Of;
    let shift = on::<engagement::Entity, shift::Entity>(Of::ShiftId, shift::Column::Id);
    let party = on::<engagement::Entity, hiring_party::Entity>(Of::PartyId, hiring_party::Column::Id);
    let worker = on::<engagement::Entity, worker::Entity>(Of::WorkerId, worker::Column::Id);
    let all = with_posting(engagement::Entity::find().select_only())
        .join(JoinType::InnerJoin, shift)
        .join(JoinType::InnerJoin, party)
        .join(JoinType::LeftJoin, worker);
    let all = columns::<_, engagement::Entity>(all, "e_");
    let all = columns::<_, posting::Entity>(all, "p_");
    let all = columns::<_, shift::Entity>(all, "s_");
    let all = columns::<_, hiring_party::Entity>(all, "h_");
    columns::<_, worker::Entity>(all, "w_")
}

/// Work that is done and not paid, in the words of the index that holds it: what is bound, no plan looks at.
#[must_use]
pub fn completed() -> Expr {
    engagement::Column::Status.into_expr().eq(Expr::Constant(EngagementStatus::Completed.code().into()))
}

/// Work that somebody is at, in the words of its index.
#[must_use]
pub fn arrived() -> Expr {
    engagement::Column::Status.into_expr().eq(Expr::Constant(EngagementStatus::Arrived.code().into()))
}

/// Work that somebody has a place for, in the words of its index.
#[must_use]
pub fn confirmed() -> Expr {
    engagement::Column::Status.into_expr().eq(Expr::Constant(EngagementStatus::Confirmed.code().into()))
}

/// What a worker is to get (应得), as `rules::pay::to_get` says it, in the words of the index.
#[must_use]
pub fn to_get() -> Expr {
    Func::coalesce([engagement::Column::AgreedFen.into_expr(), engagement::Column::DueFen.into_expr()]).into()
}

/// Less was paid than the worker was to get, as it says (少付).
#[must_use]
pub fn less() -> Expr {
    engagement::Column::PaidFen.into_expr().lt(to_get())
}

/// Work that was paid, and with less than was agreed, in the words of its index.
#[must_use]
pub fn short() -> Expr {
    let paid = engagement::Column::Status.into_expr().eq(Expr::Constant(EngagementStatus::Paid.code().into()));
    paid.and(less())
}

/// An allowance for a late cancellation that is not paid, or not all of it, as the worker says (未付补偿), in the words of its index.
#[must_use]
pub fn allowance_owed() -> Expr {
    use engagement::Column as Of;
    let cancelled = Of::Status.into_expr().eq(Expr::Constant(EngagementStatus::CancelledByParty.code().into()));
    let less = Of::PaidFen.into_expr().lt(Of::AllowanceFen.into_expr());
    cancelled.and(Of::AllowanceFen.is_not_null()).and(Of::PaidFen.is_null().or(less))
}

/// The engagements of a shift that were taken together (成组): of each its state, and who entered it.
pub async fn group(
    db: &impl ConnectionTrait,
    shift: Uuid,
    group_no: &str,
) -> Result<Vec<(EngagementStatus, Side)>, Fault> {
    let all = engagement::Entity::find()
        .select_only()
        .columns([engagement::Column::Status, engagement::Column::EnteredBy])
        .filter(engagement::Column::ShiftId.eq(shift))
        .filter(engagement::Column::GroupNo.eq(group_no));
    Ok(all.into_tuple().all(db).await?)
}

/// An engagement, held until the end of the transaction. Who takes a place for it has its worker held already.
pub async fn held(tx: &Tx, id: Uuid) -> Result<Deal, Fault> {
    held_all(tx, &[id]).await?.pop().ok_or(Fault::NotFound)
}

/// Engagements by id, held in that order.
pub async fn held_all(tx: &Tx, ids: &[Uuid]) -> Result<Vec<Deal>, Fault> {
    let mut query =
        joined().filter(engagement::Column::Id.is_in(ids.iter().copied())).order_by_asc(engagement::Column::Id);
    // The left join may be empty: only the engagement itself is held.
    sea_orm::QuerySelect::query(&mut query).lock_with_tables(LockType::NoKeyUpdate, [engagement::Entity.table_ref()]);
    Ok(query.into_model::<Deal>().all(tx).await?)
}

/// An engagement as it stands, for reading.
pub async fn read(db: &impl ConnectionTrait, id: Uuid) -> Result<Deal, Fault> {
    joined().filter(engagement::Column::Id.eq(id)).into_model::<Deal>().one(db).await?.ok_or(Fault::NotFound)
}

/// The workers of engagements, so that they can be held before the engagements are.
pub async fn workers_of(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Uuid>, Fault> {
    let rows: Vec<Option<Uuid>> = engagement::Entity::find()
        .select_only()
        .column(engagement::Column::WorkerId)
        .filter(engagement::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().flatten().collect())
}

/// Who of an engagement the actor is, and the place at which policy is asked; *not found* for whoever may not know that there
/// is one.
async fn side(db: &impl ConnectionTrait, ctx: &Ctx, deal: &Deal) -> Result<(Side, Place), Fault> {
    match ctx.actor() {
        Actor::Anonymous => Err(Fault::Unauthenticated),
        Actor::Citizen(citizen) => {
            if deal.worker.as_ref().is_some_and(|worker| worker.citizen_id == citizen.id) {
                return Ok((Side::Worker, Place::city()));
            }
            let party = doors::acts_for(ctx, db, deal.row.party_id).await?;
            if party { Ok((Side::Party, Place::city())) } else { Err(Fault::NotFound) }
        }
        Actor::Account(_) | Actor::System(_) => {
            let place = visible::place_of(db, &deal.posting).await?;
            let seen = ctx.reach_by_class(&policy::READ_DEALS).await?.holds(&place);
            if seen { Ok((Side::Staff, place)) } else { Err(Fault::NotFound) }
        }
    }
}

/// Who of an engagement the actor is, for reading it.
pub async fn standing(db: &impl ConnectionTrait, ctx: &Ctx, deal: &Deal) -> Result<Side, Fault> {
    Ok(side(db, ctx, deal).await?.0)
}

/// Which side the actor is who may do `action` with an engagement, outside a transaction: for reading.
pub async fn may(db: &impl ConnectionTrait, ctx: &Ctx, action: &Action, deal: &Deal) -> Result<Side, Fault> {
    let (side, place) = side(db, ctx, deal).await?;
    ctx.require(action, &place).await?;
    Ok(side)
}

/// Lets the actor do `action`, which is for these sides, to an engagement; says which side it is.
pub async fn authorize(tx: &Tx, action: &Action, deal: &Deal, sides: &[Side]) -> Result<Side, Fault> {
    tx.about("Engagement", deal.row.id);
    let (side, place) = side(tx, tx.ctx(), deal).await?;
    tx.authorize(action, &place).await?;
    if sides.contains(&side) { Ok(side) } else { Err(Fault::Forbidden) }
}

/// Holds an engagement and lets the actor do `action` to it.
pub async fn held_for(tx: &Tx, action: &Action, id: Uuid, sides: &[Side]) -> Result<(Deal, Side), Fault> {
    let deal = held(tx, id).await?;
    let side = authorize(tx, action, &deal, sides).await?;
    Ok((deal, side))
}
