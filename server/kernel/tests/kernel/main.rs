//! The kernel under test, on both back ends: SQLite always, PostgreSQL where `YIZHAN_TEST_PG_ADMIN_URL` names one.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod backups;
mod connections;
mod envelope;
mod files;
mod fitting;
mod graphql;
mod homes;
mod horizon;
mod persons;
mod post;
mod processes;
mod roots;
mod sms;
mod storage;
mod support;
mod switches;
mod tasks;
mod trust;
mod work;
mod writing;
