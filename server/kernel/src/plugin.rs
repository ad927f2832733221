//! The contract of chapters and plugins (插件契约): a manifest one can review in a minute.

use migrations::MigrationSet;

use crate::jobs::JobKind;
use crate::outbox::Listener;
use crate::policy::{Action, Grant};
use crate::text::Text;

/// What a chapter or plugin adds to the house (清单).
pub struct Manifest {
    /// Its name: folder, crate, owner of its migrations.
    pub name: &'static str,
    /// In words.
    pub title: Text,
    /// Can tenants switch it off? Chapters cannot be; plugins can.
    pub switchable: bool,
    /// The root fields of GraphQL that are its own; consulted once after the parse for switchable ones.
    pub root_fields: &'static [&'static str],
    /// Its tables.
    pub migrations: Vec<MigrationSet>,
    /// What can be done in it.
    pub actions: &'static [&'static Action],
    /// Who may do it by default.
    pub grants: &'static [Grant],
    /// Its jobs.
    pub jobs: Vec<JobKind>,
    /// What it listens to.
    pub listeners: Vec<Listener>,
}
