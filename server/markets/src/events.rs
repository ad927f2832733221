//! What the chapter announces (事件): thin, ids only.

use kernel::outbox::Event;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name {
                /// The market.
                pub id: Uuid,
            }

            impl Event for $name {
                const KIND: &'static str = $kind;

                fn subject(&self) -> (&'static str, Uuid) {
                    ("Market", self.id)
                }
            }
        )*
    };
}

events! {
    /// A market was registered (市场已登记).
    MarketRegistered = "market.registered";
    /// A market was amended (市场信息已修改).
    MarketAmended = "market.amended";
    /// A market was listed in the directory (市场已列入名录).
    MarketListed = "market.listed";
    /// A market was suspended (市场已暂停).
    MarketSuspended = "market.suspended";
    /// A market was resumed (市场已恢复).
    MarketResumed = "market.resumed";
    /// A market was delisted (市场已移出名录).
    MarketDelisted = "market.delisted";
}
