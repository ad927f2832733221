//! Workers as they are kept (零工人员存取).

pub(crate) mod batch;
pub(crate) mod load;
pub(crate) mod save;
pub(crate) mod visible;
