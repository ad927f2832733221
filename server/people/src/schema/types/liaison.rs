//! The liaison person, whole or masked.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, FixedOffset};

/// A liaison person (工作对接人), current or former. Name, number and address are masked for those who may not see them.
#[derive(Clone, Debug, SimpleObject)]
pub struct Liaison {
    /// Its id (标识).
    pub id: ID,
    /// Name (姓名).
    pub name: String,
    /// Unit (单位).
    pub unit: String,
    /// Position (职务).
    pub position: String,
    /// Telephone number (联系电话).
    pub phone: String,
    /// Address for mail (电子邮箱).
    pub email: Option<String>,
    /// Since when (起始时间).
    pub valid_from: DateTime<FixedOffset>,
    /// Until when; empty for the present one (终止时间).
    pub valid_until: Option<DateTime<FixedOffset>>,
    /// Who entered it (登记人).
    pub changed_by: Option<String>,
    /// Counts the liaison persons of the city; empty at the province, which names none (版本).
    pub version: Option<i32>,
}
