//! What runs by itself about agencies (作业): each night those are warned whose licence runs out, and what stood in ledger and receipts
//! long enough is forgotten; each hour every store tells the others what they missed.

use kernel::Fault;
use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::text::{Text, Words};
use serde::{Deserialize, Serialize};

use super::operations::deliver_agency::tell_cities_all;
use super::operations::forget_ledger::forget_ledger;
use super::operations::forget_receipts::forget_receipts;
use super::operations::receive_agency::tell_province_all;
use super::operations::warn_of_expiry::warn_of_expiry;

/// Warns of licences that run out (许可证到期提醒).
#[derive(Serialize, Deserialize)]
struct WarnOfExpiry {}

impl Job for WarnOfExpiry {
    const KIND: &'static str = "people.warn_of_expiry";
}

/// Forgets what stood in ledger and receipts long enough (台账和收费凭证到期清理).
#[derive(Serialize, Deserialize)]
struct ForgetLedger {}

impl Job for ForgetLedger {
    const KIND: &'static str = "people.forget_ledger";
}

/// Tells the other stores what they missed (机构信息补发).
#[derive(Serialize, Deserialize)]
struct TellOfAgencies {}

impl Job for TellOfAgencies {
    const KIND: &'static str = "people.tell_of_agencies";
}

pub(super) fn kinds() -> Vec<JobKind> {
    vec![
        // Just after midnight: what is published under a licence that ran out stays, and says so on that very day.
        JobKind::new::<WarnOfExpiry, _, _>(
            Text::new("许可证到期提醒", "Warn of licences that run out"),
            |run, _| async move { warn_of_expiry(&run.ctx).await.map(|()| JobEnd::Done(None)) },
        )
        .every("5 0 * * *"),
        JobKind::new::<ForgetLedger, _, _>(
            Text::new("台账和收费凭证到期清理", "Forget what stood in ledger and receipts long enough"),
            |run, _| async move {
                forget_ledger(&run.ctx).await?;
                forget_receipts(&run.ctx).await.map(|()| JobEnd::Done(None))
            },
        )
        .every("40 3 * * *")
        .spread(30),
        JobKind::new::<TellOfAgencies, _, _>(
            Text::new("机构信息补发", "Tell the other stores of agencies what they missed"),
            |run, _| tell(run),
        )
        .every("35 * * * *")
        .spread(20),
    ]
}

async fn tell(run: JobRun) -> Result<JobEnd, Fault> {
    if !run.ctx.tenant().is_platform() {
        return tell_province_all(&run.ctx).await.map(|()| JobEnd::Done(None));
    }
    let away = tell_cities_all(&run.ctx).await?;
    let words = || {
        let codes = away.join(", ");
        Words::new(format!("以下城市暂时无法送达：{codes}"), format!("These cities are away: {codes}"))
    };
    Ok(JobEnd::Done((!away.is_empty()).then(words)))
}
