//! A city in a frozen version of the roll-up (定稿中的各市).

use sea_orm::entity::prelude::*;

/// A city in a frozen version of the roll-up (定稿中的各市): its line of the summary as it was. Its rows are those of the
/// arrival it names, which are kept though a later one takes their place.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_report_city")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The version of the roll-up.
    pub report_id: Uuid,
    /// Code of the city.
    pub city: String,
    /// Its Chinese name on that day.
    pub name_zh: String,
    /// Its English name on that day.
    pub name_en: String,
    /// Where its return stood: `ACCEPTED` where it is in the version, otherwise why it is not.
    pub status: String,
    /// Its accepted return; none where it was left out.
    pub return_id: Option<Uuid>,
    /// The arrival whose rows are in the version.
    pub receipt_no: Option<i32>,
    /// The city's own number of that snapshot.
    pub version_no: Option<i32>,
    /// Its rows.
    pub row_count: Option<i32>,
    /// Rows of the year before.
    pub last_year: Option<i32>,
    /// The day the snapshot was handed in.
    pub submitted_on: Option<Date>,
    /// Late?
    pub late: bool,
    /// Named for monitoring?
    pub monitoring: bool,
    /// Sealed name of the filer (填报人): the return itself keeps only the last one.
    pub filer: Option<Vec<u8>>,
    /// Sealed telephone number of the filer.
    pub filer_phone: Option<Vec<u8>>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
