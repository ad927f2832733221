//! The key of a person (个人密钥), wrapped by the tenant's: what the audit says about the person is sealed under it.

use sea_orm::entity::prelude::*;

/// The key of a person (个人密钥), wrapped by the tenant's: what the audit says about the person is sealed under it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person_key")]
pub struct Model {
    /// Whose: an account, or nobody's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    /// The key, sealed; empty once it was forgotten.
    pub wrapped: Option<Vec<u8>>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was forgotten: nothing is noted about the person any more.
    pub forgotten_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
