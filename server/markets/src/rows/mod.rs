//! Rows (数据行) of the chapter: what is stored and nothing else. No other crate uses them.

pub mod bad_credit;
pub mod cell_issue;
pub mod check_photo;
pub mod construction_project;
pub mod contract_indicator;
pub mod directory_import;
pub mod import_row;
pub mod map_annotation;
pub mod market;
pub mod market_contact;
pub mod market_crowd;
pub mod market_event;
pub mod market_facility;
pub mod market_hours;
pub mod market_service;
pub mod market_trade;
pub mod market_zone;
pub mod milestone;
pub mod monitoring_sample;
pub mod operator_contract;
pub mod pickup_bay;
pub mod queue_number;
pub mod safety_check;
pub mod zone_time;
