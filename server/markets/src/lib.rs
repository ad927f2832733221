//! Markets (零工市场): the directory, venues and their upkeep, and the form in which it is handed in.
//!
//! Begin with README.md; this file is the manifest and the front door.

pub mod annex2;
pub mod events;
pub mod forms;
pub mod imports;
pub mod kinds;
pub mod migrations;
pub mod operations;
mod personal;
pub mod policy;
pub mod queries;
pub mod rows;
pub mod rules;
pub mod schema;
pub mod store;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use kernel::Text;
use kernel::plugin::Manifest;

pub use events::{MarketAmended, MarketDelisted, MarketListed, MarketRegistered, MarketResumed, MarketSuspended};
pub use forms::{
    AddressInput, AnnotationInput, BadCreditInput, BayInput, ContactInput, ContractIndicatorInput, ContractInput,
    FacilityInput, FigureInput, HoursInput, MarketInput, MilestoneInput, MonitoringSampleInput, PointInput,
    ProjectInput, SafetyCheckInput, ZoneInput,
};
pub use imports::form_rows;
pub use kinds::{
    AliasBasis, AnnotationStatus, CheckItem, CheckResult, ConstructionMode, CrowdLevel, ExportFormat, FacilityKind,
    FacilityState, FigureMethod, MarketLayout, MarketStatus, OperatingNature, OperatorKind, SampleSession, Season,
    ServiceKind, Weekday, ZoneKind,
};
pub use operations::amend_market::amend_market;
pub use operations::call_number::call_queue_number;
pub use operations::compute_figures::compute_figures;
pub use operations::delist_market::delist_market;
pub use operations::issue_number::issue_queue_number;
pub use operations::list_market::list_market;
pub use operations::record_safety_check::record_safety_check;
pub use operations::register_market::{plan_market, register_market};
pub use operations::report_crowd::report_crowd;
pub use operations::resume_market::resume_market;
pub use operations::save_annotation::save_annotation;
pub use operations::save_bad_credit::save_bad_credit;
pub use operations::save_bay::save_bay;
pub use operations::save_contract::save_contract;
pub use operations::save_facility::save_facility;
pub use operations::save_project::save_project;
pub use operations::save_sample::save_monitoring_sample;
pub use operations::save_zone::save_zone;
pub use operations::saving::Which;
pub use operations::seed_markets::seed_markets;
pub use operations::suspend_market::suspend_market;
pub use queries::conditions::{contains, nothing};
pub use queries::directory::{NearInput, RADIUS, box_around};
pub use queries::lookup::{agency_of, all_of, count, market_named, names_of, public_qr, teach, version_of};
pub use queries::stands::{Stand, ids_of_class, listed_of_agency, points_around, stand, with_name};
pub use rules::place::{county_in, map_point};
pub use rules::trades::codes_of;
pub use schema::arguments::{check_division, check_near};
pub use schema::mutation::MarketsMutation;
pub use schema::query::MarketsQuery;
pub use schema::reference::{Division, Trade, division_name};
pub use schema::values::{MapLinks, Point};
pub use schema::venue::Removed;

/// What this chapter adds to the house (清单).
#[must_use]
pub fn manifest() -> Manifest {
    Manifest {
        name: "markets",
        title: Text::new("零工市场", "Markets"),
        switchable: false,
        root_fields: &[],
        migrations: vec![migrations::SET],
        actions: policy::ACTIONS,
        grants: policy::GRANTS,
        jobs: imports::jobs::kinds(),
        listeners: Vec::new(),
        personal: Some(Arc::new(personal::OfMarkets)),
    }
}
