//! The kernel under test, on both back ends: SQLite always, PostgreSQL where `YIZHAN_TEST_PG_ADMIN_URL` names one.

mod envelope;
mod support;
