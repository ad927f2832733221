//! Leaving a note for colleagues (内部备注) at a case: the person never reads it.

use kernel::{Ctx, Once, Outcome, Pii, Stop};
use uuid::Uuid;

use crate::policy;
use crate::rules::written::{TEXT, fits};
use crate::store::{timeline, visible};

kernel::refusals! {
    /// Why no note was left (不予备注).
    pub NoteCase => NoteCaseReason, NoteCaseRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该办件刚被他人变更（现为第{current}版），请看过之后再备注。" /
            "Someone else has just changed this case (now version {current}); look at it before you leave a note.",
        /// Nothing written, or more than is kept.
        NoteNeeded { limit: usize } @ "note":
            "请填写备注，不超过 {limit} 个字。" / "Write the note, in at most {limit} characters.",
    }
}

/// Leaves a note (内部备注), also at a case that is closed. It changes nothing of the case: its version stays.
pub async fn note_case(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    note: Pii<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<NoteCase>> {
    ctx.transact_once(&policy::NOTE, once, |tx| async move {
        let (row, _) = visible::load_for(&tx, &policy::NOTE, id).await?;
        if row.version != version {
            return Err(Stop::Refused(NoteCase::Conflict { current: row.version }));
        }
        let note = note.try_map(|text| fits(text, &(1..=TEXT)).then(|| text.trim().to_owned()));
        let note = note.ok_or(Stop::Refused(NoteCase::NoteNeeded { limit: TEXT }))?;
        timeline::note(&tx, id, &note).await?;
        tx.note("reference", row.reference);
        Ok(Outcome::of("Case", id, version))
    })
    .await
}
