//! Bids for a place (抢单): the worker, held, with all that the rules ask of the shift, in one statement. Many come at one moment, and
//! each statement more is one that the others wait for.

use entities::{citizen, setting, worker};
use kernel::{Fault, Tx};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityName as _, ExprTrait as _, FromQueryResult, JoinType, QueryResult, QuerySelect as _,
};
use serde_json::Value;
use uuid::Uuid;

use super::deal::columns;
use super::hire_rules;
use super::offer::{Offer, selected};
use super::workers::Held;
use crate::engagements::rules::settings::HireRules;

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

/// The bid of a citizen for a place of a shift; nothing where there is no such shift, or the citizen is no worker.
pub async fn held(tx: &Tx, citizen: Uuid, shift: Uuid) -> Result<Option<Bid>, Fault> {
    let query = selected(tx.ctx(), shift)
        .column_as(citizen::Column::Status, "citizen_status")
        .column_as(setting::Column::Value, "hire_rules");
    let mut query = columns::<_, worker::Entity>(query, "w_");
    let behind = Expr::col((worker::Entity, worker::Column::CitizenId)).equals((citizen::Entity, citizen::Column::Id));
    let named = Expr::col((setting::Entity, setting::Column::Name)).eq(hire_rules::NAME);
    sea_orm::QuerySelect::query(&mut query)
        .join(JoinType::InnerJoin, worker::Entity, worker::Column::CitizenId.eq(citizen))
        .join(JoinType::InnerJoin, citizen::Entity, behind)
        .join(JoinType::LeftJoin, setting::Entity, named)
        .lock_with_tables(LockType::NoKeyUpdate, [worker::Entity.table_ref()]);
    let Some(read) = query.into_model::<Read>().one(tx).await? else { return Ok(None) };
    Ok(Some(Bid { worker: read.worker, offer: read.offer, rules: hire_rules::parsed(read.rules)? }))
}
