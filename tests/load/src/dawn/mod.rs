//! A morning (清晨): the hour of the load model with its peak, told in five minutes, against the demo province on a server in a
//! process of its own; then the rate at which this machine has enough.
//!
//! Requests come when they are due, whether or not those before them were answered, and each is timed from when it was due: a
//! server that falls behind is seen to.

mod causes;
mod crowd;
mod figures;
mod model;
mod scene;
mod session;

use std::path::Path;

use clap::Args;

use crate::place::Place;
use crate::process::Server;
use crate::{Result, process};
use figures::Morning;
use model::Hour;
use scene::Scene;

/// How much of a morning.
#[derive(Args)]
pub(crate) struct Dawn {
    /// The hour takes so many seconds.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(5..=3600))]
    seconds: u32,
    /// Registered workers of the province.
    #[arg(long, default_value_t = 300_000)]
    workers: u32,
    /// Hiring parties.
    #[arg(long, default_value_t = 40_000)]
    parties: u32,
    /// Postings that are open when the hour begins: of three days.
    #[arg(long, default_value_t = 18_000)]
    postings: u32,
    /// Workers with a session: as many as look for work in a day, so that no two sessions of a run are of one.
    #[arg(long, default_value_t = 30_000)]
    seekers: u32,
    /// The first step of the search for the rate at which it has enough, operations a second; each next one is faster by half.
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    from: u32,
    /// The plateau of each step takes so many seconds; the way up to it and down again takes a session each.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(20..=120))]
    step: u32,
    /// SQLite alone, or PostgreSQL alone; both where nothing is said.
    #[arg(long)]
    back: Option<String>,
}

/// Measures a morning on each back end.
pub(crate) async fn run(server: &Path, dir: &Path, write: Option<&Path>, dawn: &Dawn) -> Result<()> {
    let wanted = |back: &str| dawn.back.as_ref().is_none_or(|only| only.eq_ignore_ascii_case(back));
    let mut places = Vec::new();
    if wanted("sqlite") {
        places.push(Place::at(dir, "dawn"));
    }
    match std::env::var("YIZHAN_TEST_PG_ADMIN_URL") {
        Ok(admin) if wanted("postgresql") => places.push(Place::database(dir, &admin, "bench_dawn").await?),
        Ok(_) => {}
        Err(_) => eprintln!("dawn: no PostgreSQL here; run it as scripts/with-postgres …"),
    }
    let mut mornings = Vec::new();
    for place in &places {
        let morning = morning(server, place, dawn).await?;
        println!("{}", morning.text());
        mornings.push(morning);
    }
    if let Some(path) = write {
        figures::write(path, dawn, &mornings)?;
    }
    Ok(())
}

async fn morning(server: &Path, place: &Place, dawn: &Dawn) -> Result<Morning> {
    place.clear().await?;
    demo(server, place)?;
    let towns = crowd::fill(place, dawn).await?;
    place.settle().await?;
    let running = serve(server, place).await?;
    let hour = Hour { seconds: f64::from(dawn.seconds) };
    let mut scene = Scene::new(&running, place.back, hour, towns);
    let (before, own) = (running.cpu()?, process::cpu_of("self")?);
    eprintln!("dawn: {}: an hour in {} s", place.back, dawn.seconds);
    let run = scene.hold(hour.sessions()).await?;
    let mut morning = Morning::of(place.back, hour, run);
    morning.cpu = (running.cpu()? - before, process::cpu_of("self")? - own);
    morning.climbed(scene.climb(dawn).await?);
    morning.resident = running.resident()?;
    Ok(morning)
}

/// The demo's province, made and not yet served.
fn demo(server: &Path, place: &Place) -> Result<()> {
    let mut command = place.command(server)?;
    command.args(["demo", "--prepare-only", "--password", "Yz-load-only-7"]);
    if command.status()?.success() { Ok(()) } else { Err("the demo could not be made; see its log".into()) }
}

/// The server as the demo runs it: text messages go to a page.
async fn serve(server: &Path, place: &Place) -> Result<Server> {
    place.serve_with(server, &[("YIZHAN_SMS__GATEWAY", "page")]).await
}
