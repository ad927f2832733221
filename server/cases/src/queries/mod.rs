//! What is read (查询): keyset pages, batches by id, never a query per row.

pub mod about;
pub mod cases;
