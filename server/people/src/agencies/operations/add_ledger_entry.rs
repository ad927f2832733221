//! Adding an entry to the service ledger (登记服务台账): what stands there is not changed.

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::agencies::forms::LedgerEntryInput;
use crate::agencies::policy;
use crate::agencies::rows::ledger_entry;
use crate::agencies::rules::identity::{NAME, PROSE};
use crate::agencies::rules::ledger::{self, Flaw, WORKERS};
use crate::agencies::store;

kernel::refusals! {
    /// Why nothing was added to the ledger (不予登记台账).
    pub AddLedgerEntry => AddLedgerEntryRefused, AddLedgerEntryRefusalCode {
        /// A day to come.
        InFuture @ "input.servedOn": "服务日期不能晚于今天。" / "The day of the service cannot be later than today.",
        /// Nobody was served.
        HiringPartyMissing { limit: usize } @ "input.hiringParty":
            "请填写用工主体名称，不超过 {limit} 个字。" / "Enter the hiring party's name, in at most {limit} characters.",
        /// A number that is none.
        WorkersInvalid { most: i32 } @ "input.workers": "服务人数应在 0 到 {most} 之间。" / "The number of workers is between 0 and {most}.",
        /// Nothing came of it, not even in words.
        ResultMissing { limit: usize } @ "input.result": "请填写服务结果，不超过 {limit} 个字。" / "Say what it came to, in at most {limit} characters.",
    }
}

impl From<Flaw> for AddLedgerEntry {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::InFuture => Self::InFuture,
            Flaw::HiringParty => Self::HiringPartyMissing { limit: NAME },
            Flaw::Workers => Self::WorkersInvalid { most: WORKERS },
            Flaw::Result => Self::ResultMissing { limit: PROSE },
        }
    }
}

/// Adds an entry to the service ledger of an agency (登记服务台账; 人力资源市场暂行条例 第三十三条).
pub async fn add_ledger_entry(
    ctx: &Ctx,
    agency: Uuid,
    input: LedgerEntryInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<AddLedgerEntry>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        store::hold(&tx, &policy::KEEP, agency).await?;
        let ctx = tx.ctx();
        let checked = ledger::check(&input, ctx.today()).map_err(|flaw| Stop::Refused(AddLedgerEntry::from(flaw)))?;
        let id = ctx.new_id();
        let sealed = ctx.keys().await?.seal("agency_ledger_entry", "hiring_party", id, &checked.hiring_party)?;
        let row = ledger_entry::ActiveModel {
            id: Set(id),
            agency_id: Set(agency),
            served_on: Set(input.served_on.0),
            hiring_party: Set(sealed),
            household: Set(input.household),
            kind: Set(input.kind),
            online: Set(input.online),
            workers: Set(input.workers),
            result: Set(checked.result),
            entered_at: Set(ctx.now()),
            entered_by: Set(ctx.actor().account_id()),
        };
        ledger_entry::Entity::insert(row).exec_without_returning(&tx).await?;
        Ok(Outcome::of("LedgerEntry", id, 1))
    })
    .await
}
