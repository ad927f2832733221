//! The rows around a market's own (从属行): hours, trades, contacts, services.

use kernel::{Ctx, Fault, Tx};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::rows::{market_contact, market_hours, market_service, market_trade};
use crate::rules::describe::Described;
use crate::rules::spans::{self, Span};
use crate::rules::trades::Trade;

/// Rows of one statement; SQLite takes 32,766 values in one, and no row here has more than eleven.
const AT_ONCE: usize = 2000;

/// The rows around some markets, to be inserted together.
#[derive(Default)]
pub struct Parts {
    /// Hours.
    pub hours: Vec<market_hours::ActiveModel>,
    /// Trades.
    pub trades: Vec<market_trade::ActiveModel>,
    /// Contacts.
    pub contacts: Vec<market_contact::ActiveModel>,
    /// Services.
    pub services: Vec<market_service::ActiveModel>,
}

impl Parts {
    /// Adds those of one market.
    pub async fn add(&mut self, ctx: &Ctx, id: Uuid, d: &Described) -> Result<(), Fault> {
        self.hours.extend(d.hours.iter().map(|span| hours(ctx, id, span)));
        self.trades.extend(d.trades.iter().zip(0_i32..).map(|(trade, position)| {
            let (code, name) = match trade {
                Trade::Known(code) => (Some(code.clone()), None),
                Trade::Other(name) => (None, Some(name.clone())),
            };
            market_trade::ActiveModel {
                id: Set(ctx.new_id()),
                market_id: Set(id),
                position: Set(position),
                code: Set(code),
                name: Set(name),
            }
        }));
        self.services
            .extend(d.services.iter().map(|kind| market_service::ActiveModel { market_id: Set(id), kind: Set(*kind) }));
        for (contact, position) in d.contacts.iter().zip(0_i32..) {
            let row = ctx.new_id();
            // A number that is not public may be a person's: it lies sealed, and only its mask is in the open.
            let sealed = if contact.public {
                None
            } else {
                let ring = ctx.keys().await?;
                Some(ring.seal("market_contact", "phone_sealed", row, &contact.phone)?)
            };
            self.contacts.push(market_contact::ActiveModel {
                id: Set(row),
                market_id: Set(id),
                position: Set(position),
                label: Set(contact.label.clone()),
                phone: Set(contact.open_phone()),
                phone_display: Set(contact.shown()),
                phone_sealed: Set(sealed),
                public: Set(contact.public),
            });
        }
        Ok(())
    }

    /// Writes them, one statement a table for each two thousand rows.
    pub async fn write(self, tx: &Tx) -> Result<(), Fault> {
        insert::<market_hours::Entity>(tx, self.hours).await?;
        insert::<market_trade::Entity>(tx, self.trades).await?;
        insert::<market_contact::Entity>(tx, self.contacts).await?;
        insert::<market_service::Entity>(tx, self.services).await
    }
}

/// Inserts many rows, a few statements at a time; none where there are none.
pub async fn insert<E>(tx: &Tx, rows: Vec<<E as sea_orm::EntityTrait>::ActiveModel>) -> Result<(), Fault>
where
    E: sea_orm::EntityTrait,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
        E::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn hours(ctx: &Ctx, market: Uuid, span: &Span) -> market_hours::ActiveModel {
    market_hours::ActiveModel {
        id: Set(ctx.new_id()),
        market_id: Set(market),
        season: Set(span.season),
        from_month: Set(span.from_month),
        to_month: Set(span.to_month),
        weekdays: Set(span.weekdays),
        opens: Set(span.opens),
        closes: Set(span.closes),
        early_opening: Set(spans::is_early(span)),
    }
}

impl From<&market_hours::Model> for Span {
    fn from(row: &market_hours::Model) -> Self {
        Self {
            season: row.season,
            from_month: row.from_month,
            to_month: row.to_month,
            weekdays: row.weekdays,
            opens: row.opens,
            closes: row.closes,
        }
    }
}

/// Takes away what [`Parts`] writes, of these markets; contacts only where `contacts` says so.
pub async fn clear(tx: &Tx, ids: &[Uuid], contacts: bool) -> Result<(), Fault> {
    for some in ids.chunks(AT_ONCE) {
        let of = || some.iter().copied();
        market_hours::Entity::delete_many().filter(market_hours::Column::MarketId.is_in(of())).exec(tx).await?;
        market_trade::Entity::delete_many().filter(market_trade::Column::MarketId.is_in(of())).exec(tx).await?;
        if contacts {
            market_contact::Entity::delete_many().filter(market_contact::Column::MarketId.is_in(of())).exec(tx).await?;
            market_service::Entity::delete_many().filter(market_service::Column::MarketId.is_in(of())).exec(tx).await?;
        }
    }
    Ok(())
}

impl From<&crate::rows::zone_time::Model> for Span {
    fn from(row: &crate::rows::zone_time::Model) -> Self {
        Self {
            season: row.season,
            from_month: row.from_month,
            to_month: row.to_month,
            weekdays: row.weekdays,
            opens: row.opens,
            closes: row.closes,
        }
    }
}
