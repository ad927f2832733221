//! Stories of the yearly return, each against stores of its own.

mod city;
mod comparison;
mod first_report;
mod monitoring;
mod province;
mod reminders;
mod reports;
mod world;
