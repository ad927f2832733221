//! What the two views of a market show alike (共用字段): its QR code, the minute of the day, how its licence stands.

use async_graphql::Result;
use chrono::NaiveDate;
use kernel::gql::{self, moment};
use kernel::{Ctx, Fault};
use people::{LicenceStanding, LicenceState};
use uuid::Uuid;

use crate::kinds::OperatingNature;
use crate::queries::lookup;
use crate::rules::inclusion;
use crate::store::batch::Batch;

/// The minute of the day in Asia/Shanghai.
pub(crate) fn minute_of(ctx: &Ctx) -> i32 {
    use chrono::Timelike as _;
    let now = moment(ctx.now());
    i32::try_from(now.hour() * 60 + now.minute()).unwrap_or_default()
}

/// The QR code of a market's public page.
pub(crate) fn qr_svg(ctx: &Ctx, slug: &str) -> Result<String> {
    lookup::qr_of(ctx, slug).map_err(gql::fail(ctx))
}

/// How the licence stands under which a commercial market is run; nothing for the others, which need none.
pub(crate) async fn licence_state(
    page: &Batch,
    nature: OperatingNature,
    until: Option<NaiveDate>,
    agency: Option<Uuid>,
) -> Result<Option<LicenceStanding>, Fault> {
    if nature != OperatingNature::Commercial {
        return Ok(None);
    }
    let state = match agency {
        Some(id) => page.agencies().await?.get(&id).map_or(LicenceState::Unknown, people::Agency::licence),
        None => LicenceState::Unknown,
    };
    Ok(inclusion::standing(nature, until, state, page.ctx().today()))
}
