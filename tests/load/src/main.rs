//! The benchmark (性能基准): the server beside the same work done by hand, in the same run, on both back ends.
//!
//! `make bench` builds it and starts it beside a throw-away PostgreSQL. It loads 127.0.0.1 alone, each load is bounded in
//! time and count, and it ends by itself. Each pair is measured several times, the two sides in turn; the median counts.

mod bare;
mod client;
mod dawn;
mod directory;
mod fleet;
mod hire;
mod pair;
mod place;
mod posting_rows;
mod postings;
mod process;
mod report;
mod rows;
mod start;
mod writes;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kernel::clock::{Clock as _, SystemClock, day_of};

use place::Place;
use report::Report;

/// The bare work uses the allocator of the server, so that it is no part of the difference.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever went wrong; the benchmark stops at the first.
pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// Measures the server beside the same work done by hand.
#[derive(Parser)]
struct Arguments {
    /// The binary of the server; the one beside this, built in the same way, if not said.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Where data is kept between two runs.
    #[arg(long, default_value = "target/bench")]
    dir: PathBuf,
    /// Where the results are written; nowhere if not said.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Measure these alone: `directory`, `hire`, `writes`, `fleet`, `start`.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Workers of the city that hires.
    #[arg(long, default_value_t = 300_000)]
    workers: u32,
    /// Hiring parties there.
    #[arg(long, default_value_t = 5_000)]
    parties: u32,
    /// Postings there.
    #[arg(long, default_value_t = 100_000)]
    postings: u32,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Answer the directory by hand: what the server is measured against.
    Bare(bare::Bare),
    /// Tell the hour of the load model with its peak in five minutes, against the demo province.
    Dawn(dawn::Dawn),
}

impl Arguments {
    fn server(&self) -> Result<PathBuf> {
        Ok(match &self.server {
            Some(server) => server.clone(),
            None => std::env::current_exe()?.with_file_name("yizhan"),
        })
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            let mut source = error.source();
            while let Some(error) = source {
                eprintln!("  because {error}");
                source = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match arguments.command {
        Some(Command::Bare(command)) => runtime.block_on(bare::run(command)),
        Some(Command::Dawn(ref command)) => {
            let Arguments { dir, write, .. } = &arguments;
            runtime.block_on(dawn::run(&arguments.server()?, dir, write.as_deref(), command))
        }
        None => runtime.block_on(measure(&arguments, &arguments.server()?)),
    }
}

async fn measure(arguments: &Arguments, server: &Path) -> Result<()> {
    let wanted = |what: &str| arguments.only.is_empty() || arguments.only.iter().any(|o| o == what);
    let admin = std::env::var("YIZHAN_TEST_PG_ADMIN_URL").ok();
    let mut places = vec![Place::at(&arguments.dir, "sqlite")];
    match &admin {
        Some(admin) => places.push(Place::database(&arguments.dir, admin, "bench").await?),
        None => eprintln!("bench: no PostgreSQL here; run it as scripts/with-postgres …"),
    }
    let mut report = Report::default();
    for place in &places {
        place.renew().await?;
        place.seed(server, 11, 200)?;
        if wanted("start") {
            start::measure(server, place, &mut report).await?;
        }
        if wanted("directory") {
            directory::measure(server, place, &mut report).await?;
        }
    }
    if wanted("hire") {
        hire(arguments, server, &Place::at(&arguments.dir, "hire"), &mut report).await?;
        if let Some(admin) = &admin {
            hire(arguments, server, &Place::database(&arguments.dir, admin, "bench_hire").await?, &mut report).await?;
        }
    }
    if wanted("writes") {
        writes::measure(server, &Place::at(&arguments.dir, "writes"), &mut report).await?;
        if let Some(admin) = &admin {
            let place = Place::database(&arguments.dir, admin, "bench_writes").await?;
            writes::measure(server, &place, &mut report).await?;
        }
    }
    if wanted("fleet") {
        fleet::measure(server, &arguments.dir, admin.as_deref(), &mut report).await?;
    }
    report.print();
    if let Some(path) = &arguments.write {
        report.write(path)?;
    }
    Ok(())
}

/// Finding and taking work in a city full of postings.
async fn hire(arguments: &Arguments, server: &Path, place: &Place, report: &mut Report) -> Result<()> {
    // Postings are of the three weeks after they were made.
    let today = day_of(SystemClock.now());
    place.renew_where(&format!(" {today}")).await?;
    let size = [("workers", arguments.workers), ("parties", arguments.parties), ("postings", arguments.postings)];
    place.seed_with(server, &[&[("tenants", 1), ("markets", 200)], &size[..]].concat())?;
    place.settle().await?;
    postings::measure(server, place, report).await?;
    hire::measure(place, report).await
}
