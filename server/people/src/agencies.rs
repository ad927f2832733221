//! Human-resources agencies (人力资源服务机构): one identity and licence across cities, and what a city looks after about each.
//!
//! Whoever registers an agency, a city or the province, answers for it ([`rules::sync`]). What a city says of one goes to the
//! province ([`operations::receive_agency`]), and from there to every city ([`operations::deliver_agency`]). Chapters above
//! ask [`licence_of`] and listen to [`LicenceChanged`](events::LicenceChanged).

pub mod events;
pub mod forms;
mod jobs;
pub mod kinds;
mod mail;
pub(crate) mod migrations;
pub(crate) mod operations;
pub(crate) mod personal;
pub(crate) mod policy;
pub(crate) mod queries;
mod rows;
pub(crate) mod rules;
pub(crate) mod schema;
mod store;

use kernel::jobs::JobKind;
use kernel::outbox::Listener;

use events::AgencyChanged;
use operations::deliver_agency::tell_cities;
use operations::receive_agency::tell_province;

pub use queries::licences::{Licences, in_standing, licence_of, licences_numbered, licences_of, may_place};
pub use queries::lookup::{agencies_of, teach};

/// What runs by itself.
pub(crate) fn jobs() -> Vec<JobKind> {
    jobs::kinds()
}

/// Who hears of what.
pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener::new::<AgencyChanged, _, _>("people.agency_to_province", tell_province),
        Listener::new::<AgencyChanged, _, _>("people.agency_to_cities", tell_cities),
    ]
}
