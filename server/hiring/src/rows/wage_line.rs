//! A line of a wage sheet (工资条).

use sea_orm::entity::prelude::*;

use crate::kinds::PayMethod;

/// A line of a wage sheet (工资条).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wage_line")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The sheet.
    pub sheet_id: Uuid,
    /// The engagement.
    pub engagement_id: Uuid,
    /// Whose it is, though the worker let go of the engagement; empty once the worker was erased.
    pub worker_id: Option<Uuid>,
    /// Sealed name, as the law wants it kept.
    pub worker_name: Vec<u8>,
    /// Time worked.
    pub minutes: i32,
    /// Pieces made.
    pub pieces: Option<i32>,
    /// What the agreed wage comes to, as far as that can be said.
    pub agreed_fen: Option<i64>,
    /// What is due.
    pub due_fen: i64,
    /// What was deducted.
    pub deduction_fen: i64,
    /// For what.
    pub deduction_reason: Option<String>,
    /// What was paid.
    pub paid_fen: i64,
    /// When.
    pub paid_at: DateTimeUtc,
    /// How.
    pub method: PayMethod,
    /// The proof.
    pub proof_file: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
