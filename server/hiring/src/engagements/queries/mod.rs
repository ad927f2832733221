//! What can be asked of the hire (查询): within everybody's reach, and no more.

pub mod alternatives;
pub mod figures;
pub mod lists;
pub mod points;
pub mod priority;
pub mod sheets;
pub mod talks;
