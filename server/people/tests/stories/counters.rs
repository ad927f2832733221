//! Markets with counters, for the stories of workers: this chapter knows no market, so the tests say where three of them are.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::places::{self, Kind};
use kernel::policy::{OperatorClass, Place, ScopeKind};
use kernel::{Ctx, blob};
use people::testing::{House, TAIYUAN, notice_version};
use people::{ConsentForm, ConsentHow, ConsentInput, NewRole, WorkerInput};
use uuid::Uuid;

use super::common::as_account;

pub(crate) const PUBLIC: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);
pub(crate) const COMMERCIAL: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002);
pub(crate) const STREET: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0003);

fn place(market: Uuid) -> Option<Place> {
    let class = match market {
        PUBLIC => OperatorClass::Public,
        COMMERCIAL => OperatorClass::Commercial,
        STREET => OperatorClass::Volunteer,
        _ => return None,
    };
    Some(Place { class, county: Some("140105".to_owned()), departments: true, market: Some(market), agency: None })
}

/// Says where the three markets are.
fn teach(house: &House) {
    let name = |id: Uuid| place(id).map(|place| (id, format!("{}零工市场", place.class.name())));
    let kind = Kind {
        locate: Arc::new(|_, id| Box::pin(async move { Ok(place(id)) })),
        name: Arc::new(move |_, ids| {
            Box::pin(async move { Ok(ids.into_iter().filter_map(name).collect::<HashMap<_, _>>()) })
        }),
        find: Arc::new(|_, _, _| Box::pin(async { Ok(Vec::new()) })),
    };
    places::teach(&house.kernel, "Market", kind);
}

pub(crate) async fn city() -> (House, tempfile::TempDir) {
    let (house, dir) = super::common::city_without_totp().await;
    teach(&house);
    (house, dir)
}

/// Somebody who works in a market.
pub(crate) async fn at(house: &House, username: &str, role: &'static str, market: Uuid) -> Ctx {
    let held = NewRole { role, kind: ScopeKind::Market, key: market.to_string() };
    house.account(TAIYUAN, username, vec![held]).await.unwrap();
    as_account(house, username).await
}

/// Somebody of the bureau.
pub(crate) async fn officer(house: &House, username: &str, role: &'static str) -> Ctx {
    house.account(TAIYUAN, username, vec![NewRole::city(role)]).await.unwrap();
    as_account(house, username).await
}

/// A scan of a signed paper.
pub(crate) async fn paper(ctx: &Ctx) -> Uuid {
    let bytes = b"%PDF-1.7 signed".to_vec();
    let size = i64::try_from(bytes.len()).unwrap();
    let ticket = blob::create_upload(ctx, &blob::PERSON_PAPER, "签字件.pdf", size, None).await.unwrap();
    let token = ticket.url.rsplit('/').next().unwrap().to_owned();
    let body = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
    blob::receive(ctx, &token, body).await.unwrap();
    blob::complete(ctx, ticket.id, None).await.unwrap();
    ticket.id
}

/// A consent on a signed paper.
pub(crate) async fn signed(ctx: &Ctx) -> ConsentForm {
    ConsentForm::on_paper(paper(ctx).await)
}

/// The form as a counter fills it in: the consent is given beside it.
pub(crate) fn form(name: &str, id_number: &str, phone: &str) -> WorkerInput {
    let consent = ConsentInput {
        notice_version: notice_version().to_owned(),
        how: ConsentHow::SignedPaper,
        paper: None,
        witness: None,
        code: None,
    };
    WorkerInput { consent, ..people::testing::worker(name, id_number, phone) }
}
