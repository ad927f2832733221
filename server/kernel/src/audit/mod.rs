//! The audit (审计): every operation one entry, linked into a hash chain by one sealer per tenant.
//!
//! Entries are written in the transaction of the change and sealed within a second, so that the chain does not
//! serialise writers. Kept at least six months: 网络安全法 art 23. What is older may be removed, below a signed horizon.

mod chain;
mod checkpoint;
mod horizon;
mod prune;
mod signers;
mod verify;

pub use chain::{link, seal, seal_all};
pub use checkpoint::checkpoint;
pub(crate) use checkpoint::set_aside;
pub use horizon::horizon;
pub(crate) use horizon::line as horizon_line;
pub use prune::{NotPruned, PRUNE, Pruned, prune};
pub(crate) use signers::succeed;
pub use verify::{Broken, Verified, verify};
