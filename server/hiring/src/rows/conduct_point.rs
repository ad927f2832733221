//! A point (履约记分) for a no-show: it expires and can be appealed.

use sea_orm::entity::prelude::*;

/// A point (履约记分) for a no-show: it expires and can be appealed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conduct_point")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The worker.
    pub worker_id: Uuid,
    /// The engagement.
    pub engagement_id: Uuid,
    /// How many.
    pub points: i32,
    /// For what, as a code.
    pub reason: String,
    /// When.
    pub given_on: Date,
    /// The last day it counts.
    pub expires_on: Date,
    /// The account that recorded what it is for, where one did.
    pub given_by: Option<Uuid>,
    /// The appeal against it.
    pub case_id: Option<Uuid>,
    /// When an appeal, or whoever put the no-show right, lifted it.
    pub lifted_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
