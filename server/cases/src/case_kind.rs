//! Kinds of case (办件类型): declared as data and code by the chapters above, handed to the engine when the house is opened.
//! The engine owns owner, clock, course and decision; the kind says what the case is about and what a decision does there.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::calendar::DayCount;
use kernel::personal::async_trait;
use kernel::{Action, Fault, Kernel, Place, Text, Tx, Words};
use parking_lot::RwLock;
use uuid::Uuid;

use crate::kinds::CaseDecision;

/// A kind of case (办件类型).
#[derive(Clone)]
pub struct CaseKind {
    /// Its code: `NO_SHOW_APPEAL`.
    pub code: &'static str,
    /// In words.
    pub title: Text,
    /// What its reference numbers begin with: `SS` for 申诉.
    pub prefix: &'static str,
    /// What it is about, as global ids spell it; `kernel::subjects` says what such a thing is called.
    pub subject: &'static str,
    /// By when it is decided.
    pub deadline: DeadlineRule,
    /// What an official must be allowed, beside the engine's own actions, to handle one.
    pub handled_by: &'static Action,
    /// What may be decided.
    pub decisions: &'static [CaseDecision],
    /// May the same person open another about the same thing once this one is decided? An appeal is decided once.
    pub repeatable: bool,
    /// The code of it.
    pub matter: Arc<dyn Matter>,
}

/// By when something is decided (时限规则).
#[derive(Clone, Copy, Debug)]
pub struct DeadlineRule {
    /// Names rule and version, as each case keeps it: `appeal/1`. Another value is another version.
    pub version: &'static str,
    /// So many days; the day on which it came in is not counted.
    pub value: u32,
    /// Working days or calendar days.
    pub count: DayCount,
    /// The law or rule it rests on.
    pub law: Text,
    /// The article.
    pub article: Text,
}

/// A case, as the code of its kind sees it (所办事项).
#[derive(Clone, Debug)]
pub struct OpenCaseFile {
    /// The case.
    pub id: Uuid,
    /// Its reference number.
    pub reference: String,
    /// What it is about.
    pub subject: Uuid,
}

/// What a kind of case does where it is about (办件事项). All of it runs in the transaction of the operation.
#[async_trait]
pub trait Matter: Send + Sync {
    /// Where a case about this stands: its county and its market decide who handles it. [`Fault::NotFound`] where there is
    /// no such thing.
    async fn place(&self, tx: &Tx, subject: Uuid) -> Result<Place, Fault>;

    /// Who made the decision that is contested, if a person did and it is still known: nobody decides about their own.
    async fn contested(&self, tx: &Tx, subject: Uuid) -> Result<Option<Uuid>, Fault>;

    /// Does what was decided: an appeal that is upheld undoes what it is about. Where that cannot be it says why, and nothing is
    /// decided; a fault undoes the decision too.
    async fn decide(&self, tx: &Tx, case: &OpenCaseFile, decision: CaseDecision) -> Result<Result<(), Words>, Fault>;
}

#[derive(Default)]
struct Kinds(RwLock<BTreeMap<&'static str, Arc<CaseKind>>>);

/// Declares a kind of case; once, when the house is opened.
pub fn teach(kernel: &Kernel, kind: CaseKind) {
    kernel.part(|_| Kinds::default()).0.write().insert(kind.code, Arc::new(kind));
}

/// Every kind, by code.
pub(crate) fn all(kernel: &Kernel) -> Vec<Arc<CaseKind>> {
    kernel.part(|_| Kinds::default()).0.read().values().cloned().collect()
}

/// The kind of this code, where somebody declared it.
pub(crate) fn known(kernel: &Kernel, code: &str) -> Option<Arc<CaseKind>> {
    kernel.part(|_| Kinds::default()).0.read().get(code).cloned()
}

/// As [`known`], for what cannot go on without.
pub(crate) fn of(kernel: &Kernel, code: &str) -> Result<Arc<CaseKind>, Fault> {
    known(kernel, code).ok_or(Fault::internal("find the kind of a case: nobody declared it"))
}
