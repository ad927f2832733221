//! Rows of imports (导入行存取): a row that was gone through becomes a typed row, and comes back as what it says.

use kernel::trades::Trades;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::annex2::{Columns, FormRow};
use crate::kinds::{AliasBasis, ImportAction};
use crate::rows::{cell_issue, directory_import, import_row};
use crate::rules::import::{self, Assessed, Cells, Decision, Draft, Issue, People};
use crate::rules::naming::some;
use crate::rules::trades::Trade;

/// The name of the key under which a division that somebody chose for a row is kept beside its cells.
const CHOSEN: &str = "DIVISION";

/// A row that was gone through, to be kept.
pub fn row(import: Uuid, read: &FormRow, cells: &Cells, chosen: Option<&str>, a: &Assessed) -> import_row::ActiveModel {
    let draft = a.draft.as_ref();
    let name = some(Some(&read.name));
    let official = import::basis_of(read.alias_basis) == AliasBasis::Official;
    let people = |p: Option<People>| (p.map(|p| p.low), p.map(|p| p.high), p.is_some_and(|p| p.approximate));
    let (scale_low, scale_high, scale_approximate) = people(draft.and_then(|d| d.scale));
    let (success_low, success_high, success_approximate) = people(draft.and_then(|d| d.successes));
    let hours = crate::annex2::hours::render(&read.hours);
    let (known, other) = names(read);
    let action = match a.decision {
        None => ImportAction::Skip,
        Some(Decision::Create(_)) => ImportAction::Create,
        Some(Decision::Update(..)) => ImportAction::Update,
        Some(Decision::Unchanged(..)) => ImportAction::Unchanged,
    };
    let division = a.decision.as_ref().map(|d| d.described().located.division.clone());
    import_row::ActiveModel {
        import_id: Set(import),
        row_no: Set(i32::try_from(read.row).unwrap_or(i32::MAX)),
        official_name: Set(name.clone().filter(|_| official)),
        alias: Set(name.filter(|_| !official)),
        alias_basis: Set(Some(import::basis_of(read.alias_basis))),
        nature: Set(read.nature.map(|n| import::nature_of(n.nature))),
        reading_zh: Set(read.nature.map(|n| n.how.to_owned())),
        reading_en: Set(read.nature.map(|n| n.how_en.to_owned())),
        public_interest: Set(read.nature.and_then(|n| n.public_interest)),
        hours_text: Set(some(Some(&hours))),
        address: Set(some(Some(&read.address))),
        division: Set(division.or_else(|| draft.and_then(|d| d.division.clone()))),
        scale_low: Set(scale_low),
        scale_high: Set(scale_high),
        scale_approximate: Set(scale_approximate),
        success_low: Set(success_low),
        success_high: Set(success_high),
        success_approximate: Set(success_approximate),
        trades: Set(json!(known)),
        other_trades: Set(json!(other)),
        remark: Set(read.remark.clone()),
        cells: Set(kept(cells, chosen)),
        action: Set(action),
        good: Set(a.decision.is_some()),
        market_id: Set(a.decision.as_ref().and_then(Decision::market)),
    }
}

/// Occupation codes, and the words the catalogue does not have.
fn names(read: &FormRow) -> (Vec<String>, Vec<String>) {
    let mut known = Vec::new();
    let mut other = Vec::new();
    for trade in crate::rules::trades::lenient(Trades::standard(), &read.trades) {
        match trade {
            Trade::Known(code) => known.push(code),
            Trade::Other(name) => other.push(name),
        }
    }
    (known, other)
}

fn kept(cells: &Cells, chosen: Option<&str>) -> Value {
    let mut kept = json!(cells);
    if let (Some(object), Some(code)) = (kept.as_object_mut(), chosen) {
        object.insert(CHOSEN.to_owned(), json!(code));
    }
    kept
}

/// The cells of a kept row, and the division somebody chose for it.
pub fn cells(row: &import_row::Model) -> (Cells, Option<String>) {
    let mut value = row.cells.clone();
    let chosen = value.as_object_mut().and_then(|o| o.remove(CHOSEN)).and_then(|v| v.as_str().map(str::to_owned));
    (serde_json::from_value(value).unwrap_or_default(), chosen)
}

/// What a kept row says; none for one that lacks a required value.
pub fn draft(row: &import_row::Model) -> Option<Draft> {
    let people =
        |low: Option<i32>, high: Option<i32>, approximate| Some(People { low: low?, high: high?, approximate });
    let list = |value: &Value| serde_json::from_value::<Vec<String>>(value.clone()).unwrap_or_default();
    let known = list(&row.trades).into_iter().map(Trade::Known);
    Some(Draft {
        name: row.official_name.clone().or_else(|| row.alias.clone())?,
        basis: row.alias_basis?,
        nature: row.nature?,
        public_interest: row.public_interest,
        hours: import::hours_of(row.hours_text.as_deref()?),
        address: row.address.clone()?,
        division: row.division.clone(),
        scale: people(row.scale_low, row.scale_high, row.scale_approximate),
        successes: people(row.success_low, row.success_high, row.success_approximate),
        trades: known.chain(list(&row.other_trades).into_iter().map(Trade::Other)).collect(),
        remark: row.remark.clone(),
    })
}

/// Issues, to be kept in their order.
pub fn issues(tx: &Tx, import: Uuid, found: &[Issue]) -> Vec<cell_issue::ActiveModel> {
    found
        .iter()
        .zip(0_i32..)
        .map(|(issue, position)| cell_issue::ActiveModel {
            id: Set(tx.ctx().new_id()),
            import_id: Set(import),
            row_no: Set(issue.row),
            position: Set(position),
            column_name: Set(issue.column.clone()),
            column_title: Set(issue.title.clone()),
            value: Set(issue.value.clone()),
            code: Set(issue.code.clone()),
            is_error: Set(issue.is_error),
            message_zh: Set(issue.message.zh.clone()),
            message_en: Set(issue.message.en.clone()),
            hint_zh: Set(issue.hint.zh.clone()),
            hint_en: Set(issue.hint.en.clone()),
        })
        .collect()
}

/// Where the columns of the form are in the file of an import.
pub fn columns(import: &directory_import::Model) -> Columns {
    serde_json::from_value(import.columns.clone()).unwrap_or_default()
}

/// The rows of an import, all or the good ones, in order.
pub async fn rows(db: &impl ConnectionTrait, import: Uuid, good: bool) -> Result<Vec<import_row::Model>, Fault> {
    use sea_orm::QueryOrder as _;
    let mut query = import_row::Entity::find().filter(import_row::Column::ImportId.eq(import));
    if good {
        query = query.filter(import_row::Column::Good.eq(true));
    }
    Ok(query.order_by_asc(import_row::Column::RowNo).all(db).await?)
}
