//! GraphQL of imports and exports (导入导出接口): thin.

pub mod mutation;
pub mod query;
pub mod types;

pub use mutation::ImportsMutation;
pub use query::ImportsQuery;
pub use types::{CellIssue, DirectoryImport, ImportRow, IssueSeverity, NotListable};
