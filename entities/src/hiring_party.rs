//! A hiring party (用工主体): whoever has others work.

use sea_orm::entity::prelude::*;

/// A hiring party (用工主体): whoever has others work.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "hiring_party")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes, from 1.
    pub version: i32,
    /// `ENTERPRISE`, `INDIVIDUAL_BUSINESS`, `COOPERATIVE`, `PUBLIC_INSTITUTION`, `ASSOCIATION`, `HOUSEHOLD` or `GANG_LEADER`.
    pub kind: String,
    /// `PENDING`, `VERIFIED`, `REJECTED`, `SUSPENDED` or `CLOSED`.
    pub status: String,
    /// Why it was rejected or suspended.
    pub status_reason: Option<String>,
    /// What everybody reads: the name of a unit, the masked one of a person.
    pub display_name: String,
    /// Sealed name of the person, where it is one.
    pub name: Option<Vec<u8>>,
    /// Unified social credit code (GB 32100) of a unit.
    pub uscc: Option<String>,
    /// The person, where it is a household or leads a gang.
    pub citizen_id: Option<Uuid>,
    /// Sealed name of who is called.
    pub contact_name: Vec<u8>,
    /// Sealed number of who is called.
    pub contact_phone: Vec<u8>,
    /// What finds the party by that number.
    pub contact_index: Vec<u8>,
    /// Where it is (GB/T 2260).
    pub county: String,
    /// Where it is, in words; of units only.
    pub address: Option<String>,
    /// The market that registered it.
    pub market_id: Option<Uuid>,
    /// The agency whose lead it is.
    pub agency_id: Option<Uuid>,
    /// The account that registered it.
    pub registered_by: Option<Uuid>,
    /// May publish at once (快速发布通道).
    pub fast_lane: bool,
    /// The last day on which it may not, for what it did.
    pub fast_lane_lost_until: Option<Date>,
    /// When it was verified.
    pub verified_on: Option<Date>,
    /// Who verified it.
    pub verified_by: Option<Uuid>,
    /// When a sampling check last found it in order.
    pub rechecked_on: Option<Date>,
    /// Which pledge it signed.
    pub pledge_version: Option<String>,
    /// When it signed.
    pub pledged_at: Option<DateTimeUtc>,
    /// When it last said that it still hires.
    pub last_confirmed_at: DateTimeUtc,
    /// When it was registered.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
