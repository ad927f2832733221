//! Entering agencies (登记人力资源服务机构): a front door for the chapters that learn of them.

use std::collections::{BTreeMap, HashMap};

use entities::agency;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::agencies::rules::identity::licence_key;

/// An agency as it is written somewhere (机构).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licensed {
    /// The number of its licence (人力资源服务许可证编号).
    pub number: String,
    /// Its name; the number stands for it where none is written (机构名称).
    pub name: Option<String>,
}

/// The agencies that were written down (已登记机构), by their licences.
#[derive(Clone, Debug, Default)]
pub struct Agencies(HashMap<String, Uuid>);

impl Agencies {
    /// The agency of this licence.
    #[must_use]
    pub fn of(&self, number: &str) -> Option<Uuid> {
        self.0.get(&licence_key(number)).copied()
    }
}

/// Enters agencies (登记人力资源服务机构): one row for each licence, called as it was written last until somebody registers it.
/// Asks nobody's permission: whoever writes down what an agency runs was asked there.
pub async fn enter_agencies(tx: &Tx, written: &[Licensed]) -> Result<Agencies, Fault> {
    let wanted: BTreeMap<String, &Licensed> = written.iter().map(|one| (licence_key(&one.number), one)).collect();
    if wanted.is_empty() {
        return Ok(Agencies::default());
    }
    let keys: Vec<&String> = wanted.keys().collect();
    let known: HashMap<String, agency::Model> =
        there(tx, &keys).await?.into_iter().map(|row| (row.licence_key.clone(), row)).collect();
    let fresh: Vec<agency::ActiveModel> = wanted
        .iter()
        .filter(|(key, one)| known.get(*key).is_none_or(|row| !says(row, one)))
        .map(|(key, one)| entered(tx, key, one))
        .collect();
    if fresh.is_empty() {
        return Ok(Agencies(known.into_iter().map(|(key, row)| (key, row.id)).collect()));
    }
    // Two may hear of one agency at one moment: the row that is there keeps its id, and once registered its name.
    let over = OnConflict::column(agency::Column::LicenceKey)
        .update_columns([agency::Column::LicenceNo, agency::Column::Name])
        .action_and_where(agency::Column::Home.is_null())
        .to_owned();
    agency::Entity::insert_many(fresh).on_conflict(over).exec_without_returning(tx).await?;
    Ok(Agencies(there(tx, &keys).await?.into_iter().map(|row| (row.licence_key, row.id)).collect()))
}

async fn there(tx: &Tx, keys: &[&String]) -> Result<Vec<agency::Model>, Fault> {
    let keys = keys.iter().map(|key| key.as_str());
    Ok(agency::Entity::find().filter(agency::Column::LicenceKey.is_in(keys)).all(tx).await?)
}

/// The name, or the number where none is written.
fn called(one: &Licensed) -> &str {
    one.name.as_deref().unwrap_or(&one.number)
}

/// Is it written like this already, or registered, so that a market's form says nothing new of it?
fn says(row: &agency::Model, one: &Licensed) -> bool {
    row.home.is_some() || row.licence_no == one.number && row.name == called(one)
}

fn entered(tx: &Tx, key: &str, one: &Licensed) -> agency::ActiveModel {
    agency::ActiveModel {
        id: Set(tx.ctx().new_id()),
        licence_no: Set(one.number.clone()),
        licence_key: Set(key.to_owned()),
        name: Set(called(one).to_owned()),
        entered_at: Set(tx.ctx().now()),
        ..agency::ActiveModel::default()
    }
}
