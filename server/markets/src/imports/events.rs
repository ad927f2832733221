//! What imports announce (事件): one event for the whole file, not one a market.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A directory was imported (名录已导入).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryImported {
    /// The import.
    pub id: Uuid,
    /// Markets made.
    pub created: i32,
    /// Markets changed.
    pub updated: i32,
}

impl Event for DirectoryImported {
    const KIND: &'static str = "directory.imported";

    fn subject(&self) -> (&'static str, Uuid) {
        ("DirectoryImport", self.id)
    }
}

/// The markets of an import were listed together (导入的市场已列入名录).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportListed {
    /// The import.
    pub id: Uuid,
    /// Markets listed.
    pub listed: i32,
}

impl Event for ImportListed {
    const KIND: &'static str = "directory.listed";

    fn subject(&self) -> (&'static str, Uuid) {
        ("DirectoryImport", self.id)
    }
}
