//! What a clerk could tell of this chapter, over a store on disk (章节测试).

#[cfg(test)]
#[path = "stories/accounts.rs"]
mod accounts;
#[cfg(test)]
#[path = "stories/administrators.rs"]
mod administrators;
#[cfg(test)]
#[path = "stories/agencies/mod.rs"]
mod agencies;
#[cfg(test)]
#[path = "stories/amending.rs"]
mod amending;
#[cfg(test)]
#[path = "stories/citizens.rs"]
mod citizens;
#[cfg(test)]
#[path = "stories/common.rs"]
mod common;
#[cfg(test)]
#[path = "stories/counters.rs"]
mod counters;
#[cfg(test)]
#[path = "stories/erasing.rs"]
mod erasing;
#[cfg(test)]
#[path = "stories/hardship.rs"]
mod hardship;
#[cfg(test)]
#[path = "stories/interface.rs"]
mod interface;
#[cfg(test)]
#[path = "stories/jobs.rs"]
mod jobs;
#[cfg(test)]
#[path = "stories/keys.rs"]
mod keys;
#[cfg(test)]
#[path = "stories/liaison.rs"]
mod liaison;
#[cfg(test)]
#[path = "stories/lines.rs"]
mod lines;
#[cfg(test)]
#[path = "stories/looking.rs"]
mod looking;
#[cfg(test)]
#[path = "stories/own.rs"]
mod own;
#[cfg(test)]
#[path = "stories/parties/mod.rs"]
mod parties;
#[cfg(test)]
#[path = "stories/personal.rs"]
mod personal;
#[cfg(test)]
#[path = "stories/reach.rs"]
mod reach;
#[cfg(test)]
#[path = "stories/roles.rs"]
mod roles;
#[cfg(test)]
#[path = "stories/signing_in.rs"]
mod signing_in;
#[cfg(test)]
#[path = "stories/workers.rs"]
mod workers;
