//! Taking over what another store says of an agency (同步机构信息).

use entities::agency;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::shared::tell_managers;
use crate::agencies::events::LicenceChanged;
use crate::agencies::kinds::{AgencyEventKind, LicenceStatus};
use crate::agencies::mail;
use crate::agencies::rules::sync::News;
use crate::agencies::store::{self, Line};

/// What is taken over, and from whom (来源).
pub(super) struct Told<'a> {
    /// The other store's row.
    pub row: &'a agency::Model,
    /// What of it is news.
    pub news: News,
    /// Code of the other store.
    pub from: &'a str,
}

/// Writes what is news into the row that is known, or makes one; its id. Whoever publishes under the licence asks again.
pub(super) async fn take_over(tx: &Tx, known: Option<&agency::Model>, told: Told<'_>) -> Result<Uuid, Fault> {
    let change = columns(tx, &told);
    let (id, version) = match known {
        Some(known) => (known.id, store::change(tx, known, change).await?),
        None => (insert(tx, told.row, change).await?, 1),
    };
    let gave_way = known.is_some_and(|known| known.home.is_some() && known.home != told.row.home);
    let kind = if gave_way { AgencyEventKind::Superseded } else { AgencyEventKind::Received };
    let decided = told.news.status && known.is_none_or(|known| known.status != told.row.status);
    let line = Line { kind, decided_in: Some(told.from.to_owned()), ..Line::of(kind, version) };
    let line = Line { article: told.row.status_article.clone().filter(|_| decided), ..line };
    store::log(tx, id, line.because(told.row.status_reason.clone().filter(|_| decided)));
    tx.announce(&LicenceChanged { id })?;
    if let Some(status) = LicenceStatus::from_code(&told.row.status).filter(|_| decided && known.is_some()) {
        let words = (told.row.status_reason.as_deref(), told.row.status_article.as_deref());
        tell_managers(tx, id, |to, lang| mail::licence_decided(to, lang, told.row, status, words)).await?;
    }
    Ok(id)
}

fn columns(tx: &Tx, told: &Told<'_>) -> agency::ActiveModel {
    let (row, news) = (told.row, told.news);
    let mut change = agency::ActiveModel { id: NotSet, ..agency::ActiveModel::default() };
    if news.identity {
        change.licence_no = Set(row.licence_no.clone());
        change.name = Set(row.name.clone());
        change.uscc = Set(row.uscc.clone());
        change.county = Set(row.county.clone());
        change.issuer = Set(row.issuer.clone());
        change.scope = Set(row.scope.clone());
        change.issued_on = Set(row.issued_on);
        change.expires_on = Set(row.expires_on);
        change.verified_at = Set(row.verified_at);
        change.verified_in = Set(row.verified_in.clone());
        change.home = Set(row.home.clone());
        change.amended_at = Set(row.amended_at);
        // Who verified it has an account there; here the account would be nobody's.
        if row.verified_in.as_deref() != Some(tx.ctx().tenant().code.as_str()) {
            change.verified_by = Set(None);
        }
    }
    if news.status {
        change.status = Set(row.status.clone());
        change.status_since = Set(row.status_since);
        change.status_reason = Set(row.status_reason.clone());
        change.status_article = Set(row.status_article.clone());
        change.status_by = Set(row.status_by.clone());
        change.status_at = Set(row.status_at);
    }
    change
}

async fn insert(tx: &Tx, told: &agency::Model, change: agency::ActiveModel) -> Result<Uuid, Fault> {
    let id = tx.ctx().new_id();
    let row = agency::ActiveModel {
        id: Set(id),
        licence_key: Set(told.licence_key.clone()),
        entered_at: Set(tx.ctx().now()),
        version: Set(1),
        ..change
    };
    agency::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}
