//! Contacts (联系方式) as those see them who work with the market.

use async_graphql::Result;
use kernel::policy::Place;
use kernel::{Ctx, Fault, gql};

use super::values::MarketContact;
use crate::policy;
use crate::rows::market_contact;

/// The contacts; a number that is not public is masked for those who may not amend the market at this place.
pub(super) async fn shown(ctx: &Ctx, place: &Place, rows: &[market_contact::Model]) -> Result<Vec<MarketContact>> {
    let fault = |fault: Fault| gql::error(ctx, &fault);
    let opens = rows.iter().any(|c| !c.public) && ctx.allows(&policy::AMEND, place).await.map_err(fault)?;
    let mut contacts = Vec::with_capacity(rows.len());
    for row in rows {
        let sealed = row.phone_sealed.as_ref().filter(|_| opens);
        let opened = match sealed {
            Some(sealed) => {
                let ring = ctx.keys().await.map_err(fault)?;
                let phone = ring.open("market_contact", "phone_sealed", row.id, sealed).map_err(fault)?;
                // Whoever may amend the market at this place sees the number whole.
                Some(phone.expose().clone())
            }
            None => row.phone.clone(),
        };
        let display = match (&opened, row.public) {
            (Some(phone), false) => as_written(phone),
            _ => row.phone_display.clone(),
        };
        contacts.push(MarketContact {
            id: ctx.gid("MarketContact", row.id),
            label: row.label.clone(),
            phone: opened.unwrap_or_else(|| row.phone_display.clone()),
            phone_display: display,
            public: row.public,
        });
    }
    Ok(contacts)
}

/// A stored number as people write it.
fn as_written(stored: &str) -> String {
    kernel::checks::Phone::parse(stored).map_or_else(|_| stored.to_owned(), |phone| phone.display())
}
