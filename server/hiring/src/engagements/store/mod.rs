//! How the hire reads and writes its rows (存取). Whoever locks does so in one order, so that nobody waits for somebody who waits:
//! workers by id, engagements by id, the shift, the posting; the last, and workers on a stand-by list, only if nobody else
//! holds them.

pub mod bids;
pub mod change;
pub mod contact;
pub mod deal;
pub mod doors;
pub mod hire_rules;
pub mod offer;
pub mod places;
pub mod points;
pub mod record;
pub mod slips;
pub mod standby;
pub mod talks;
pub mod wages;
pub mod workers;
