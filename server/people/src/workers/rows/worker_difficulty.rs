//! Hardship of a worker (困难情形): sensitive, so which it is and who certified it lie sealed, under a consent of its own.

use sea_orm::entity::prelude::*;

/// Hardship of a worker (困难情形): sensitive, so which it is and who certified it lie sealed, under a consent of its own; a blind
/// index finds the kind.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_difficulty")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub worker_id: Uuid,
    /// Sealed kind.
    pub kind: Vec<u8>,
    /// What finds the rows of a kind, for counting.
    pub kind_index: Vec<u8>,
    /// `DECLARED` or `CERTIFIED`.
    pub basis: String,
    /// The scan that proves it.
    pub evidence: Option<Uuid>,
    /// The last day on which it counts.
    pub valid_until: Option<Date>,
    /// The office that certified it, sealed: its name tells the kind.
    pub certified_by: Option<Vec<u8>>,
    /// When it did.
    pub certified_on: Option<Date>,
    /// The consent it rests on.
    pub consent_id: Uuid,
    /// The account that wrote it down; empty where the worker did.
    pub recorded_by: Option<Uuid>,
    /// When it was written down.
    pub created_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
