//! Pure decisions (规则): no await, no clock, no database.

pub mod checking;
pub mod describe;
pub mod figures;
pub mod flaw;
pub mod lane;
pub mod lifecycle;
pub mod lint;
pub mod money;
pub mod shifts;
