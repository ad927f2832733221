//! The demo's quick hire (演示即时快招): who hires, who works, what is offered and what became of it, in Taiyuan.
//!
//! Everything is done by the operations themselves, as the people who would do it, on a clock that walks through the last
//! eight days up to this morning. Where it stands depends on today's date and on the hour alone.

mod deals;
mod folk;
mod parties;
mod postings;
mod stage;

use std::sync::Arc;

use kernel::clock::ManualClock;
use kernel::fault::{Fault, Stop};
use kernel::kernel::Kernel;
use kernel::refusal::Refusal;

use folk::Crew;
use stage::Stage;

/// What the welcome says of those who sign in with a telephone: the number, and who it is.
pub(super) const TELEPHONES: [(&str, &str); 5] = [
    (
        folk::WORKER,
        "零工张建军：今明两天有活，昨天的工钱待确认 · has work today, is to say whether he was paid for yesterday",
    ),
    (folk::MOTHER, "零工周桂英：大龄，申报困难 · older worker who declared hardship"),
    (folk::MINOR, "零工马晓东：17岁 · worker of seventeen"),
    (parties::HIRER, "晋阳装卸服务有限公司负责人：快速发布通道 · enterprise in the fast lane"),
    (parties::HOUSEHOLD, "家庭雇主王秀兰：待回复的报名 · household with applications"),
];

/// Plays the last eight days in Taiyuan (演示快招数据), as `past` has the stores and `clock` tells it the time.
pub(super) async fn make(kernel: &Arc<Kernel>, past: &Arc<Kernel>, clock: &ManualClock) -> Result<(), Fault> {
    let stage = Stage::new(kernel, past, clock);
    let crew = Crew::of(&stage).await?;
    stage.go(-8, (8, 30));
    let parties = parties::register(&stage, &crew).await?;
    stage.go(-8, (14, 0));
    let workers = folk::register(&stage, &crew).await?;
    postings::channels(&stage, &crew).await?;
    deals::last_week(&stage, &crew, &parties, &workers).await?;
    stage.go(-1, (15, 30));
    let offered = postings::offer(&stage, &crew, &parties).await?;
    deals::yesterday(&stage, &crew, &offered, &workers).await?;
    parties::suspend(&stage, &crew, &parties).await?;
    deals::today(&stage, &crew, &offered, &workers).await?;
    postings::settle(&stage, &crew, &offered).await
}

/// What an operation of the demo was refused is a fault of the demo.
fn done<T, R: Refusal>(outcome: Result<T, Stop<R>>) -> Result<T, Fault> {
    outcome.map_err(Stop::into_fault)
}
