//! Stories of the yearly return, each against stores of its own.

mod city;
mod province;
mod reminders;
mod world;
