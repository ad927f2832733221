//! Bids for a place (抢单): the worker with all that the rules ask of the shift, in one statement; held, or as seen. Many come at one
//! moment, and each statement more is one that the others wait for.

use entities::{citizen, setting, worker};
use kernel::store::Fixed;
use kernel::{Fault, Glance, Tx};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityName as _, ExprTrait as _, FromQueryResult, JoinType, QueryResult, QuerySelect,
    QueryTrait as _, Select,
};
use serde_json::Value;
use uuid::Uuid;

use super::hire_rules;
use super::offer::{Offer, selected};
use super::workers::{self, Hand, Held};
use crate::engagements::rules::settings::HireRules;
use crate::rows::{engagement, shift};

/// A worker who wants a place of a shift.
#[derive(Clone, Debug)]
pub struct Bid {
    /// The worker, held until the end of the transaction.
    pub worker: Held,
    /// The shift, as it was before the worker was waited for: whether a place is left is for the statement that takes it.
    pub offer: Offer,
    /// The rules in force.
    pub rules: HireRules,
}

struct Read {
    worker: Held,
    offer: Offer,
    rules: Option<Value>,
}

impl FromQueryResult for Read {
    fn from_query_result(row: &QueryResult, pre: &str) -> Result<Self, DbErr> {
        Ok(Self {
            worker: Held::from_query_result(row, pre)?,
            offer: Offer::from_query_result(row, pre)?,
            rules: row.try_get("", "hire_rules")?,
        })
    }
}

/// The bid of a citizen who would be confirmed at once, read without holding anything; nothing where something stands in the
/// way of it: a place at these hours, or an engagement of this shift. Whether the citizen is in use is for the claim
/// ([`workers::claim`]), which asks for it anyhow.
pub async fn free(glance: &Glance, citizen: Uuid, shift: Uuid) -> Result<Option<Bid>, Fault> {
    /// Built once: this is what a morning asks more than anything else.
    static ASKED: Fixed<2> = Fixed::new(|[citizen, shift]| {
        let own = engagement::Column::WorkerId.into_expr().eq(worker::Column::Id.into_expr());
        let hours = (shift::Column::StartsAt.into_expr(), shift::Column::EndsAt.into_expr());
        let query = QuerySelect::limit(joined(citizen, shift), 1);
        let query = query.column_as(Expr::val("ACTIVE"), "citizen_status");
        query.into_query().and_where(workers::nothing_in_the_way(own, shift, hours)).to_owned()
    });
    let row = glance.one(&ASKED.of([citizen, shift])).await?;
    row.map(|row| bid(Read::from_query_result(&row, "")?)).transpose()
}

/// The bid of a citizen for a place of a shift; nothing where there is no such shift, or the citizen is no worker.
pub async fn held(tx: &Tx, citizen: Uuid, shift: Uuid) -> Result<Option<Bid>, Fault> {
    let mut query = joined(citizen, shift).column_as(citizen::Column::Status, "citizen_status");
    let behind = Expr::col((worker::Entity, worker::Column::CitizenId)).equals((citizen::Entity, citizen::Column::Id));
    QuerySelect::query(&mut query).join(JoinType::InnerJoin, citizen::Entity, behind);
    QuerySelect::query(&mut query).lock_with_tables(LockType::NoKeyUpdate, [worker::Entity.table_ref()]);
    query.into_model::<Read>().one(tx).await?.map(bid).transpose()
}

fn joined(citizen: Uuid, shift: Uuid) -> Select<shift::Entity> {
    let query = selected(citizen, shift).column_as(setting::Column::Value, "hire_rules");
    let mut query = Hand::columns(query, "w_");
    let named = Expr::col((setting::Entity, setting::Column::Name)).eq(hire_rules::NAME);
    QuerySelect::query(&mut query)
        .join(JoinType::InnerJoin, worker::Entity, worker::Column::CitizenId.eq(citizen))
        .join(JoinType::LeftJoin, setting::Entity, named);
    query
}

fn bid(read: Read) -> Result<Bid, Fault> {
    Ok(Bid { worker: read.worker, offer: read.offer, rules: hire_rules::parsed(read.rules)? })
}
