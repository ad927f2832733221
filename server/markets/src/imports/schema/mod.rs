//! GraphQL of imports and exports (导入导出接口): thin.

mod mutation;
mod query;
mod types;

pub use mutation::ImportsMutation;
pub use query::ImportsQuery;
pub use types::{CellIssue, DirectoryImport, ImportRow, IssueSeverity, NotListable};
