//! What is read about agencies (查询): keyset pages, batches by id, never a query per row.

pub mod kept;
pub mod licences;
pub mod lists;
pub mod lookup;
pub mod page;
pub mod price_lists;
