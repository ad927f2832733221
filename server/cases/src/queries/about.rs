//! What became of a matter (办理情况), for the chapter that opened it: it shows it beside what it is about.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::Fault;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::kinds::{CaseDecision, CaseStatus};
use crate::rows::case_file::{Column, Entity, Model};

/// How far a case is (办理情况).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The case.
    pub id: Uuid,
    /// Its reference number.
    pub reference: String,
    /// Its state.
    pub status: CaseStatus,
    /// By when it is decided.
    pub due_on: NaiveDate,
    /// What was decided.
    pub decision: Option<CaseDecision>,
    /// Its version.
    pub version: i32,
}

impl From<Model> for Standing {
    fn from(row: Model) -> Self {
        let Model { id, reference, status, due_on, decision, version, .. } = row;
        Self { id, reference, status, due_on, decision, version }
    }
}

/// The newest case of a kind about each of these things, in one statement. Asks nobody's permission: whoever calls this
/// shows what the cases are about, to those who may see it.
pub async fn about(
    db: &impl ConnectionTrait,
    kind: &str,
    subjects: Vec<Uuid>,
) -> Result<HashMap<Uuid, Standing>, Fault> {
    if subjects.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::SubjectId.is_in(subjects))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    // Of several about one thing the newest comes last.
    Ok(rows.into_iter().map(|row| (row.subject_id, row.into())).collect())
}
