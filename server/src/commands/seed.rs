//! `yizhan seed`: made-up cities full of markets (样本数据), for the benchmark and for whoever wants to see many.
//!
//! The same numbers give the same markets. A second run keeps what is there, unless the schema or the numbers have
//! changed: then the seeded cities are made anew. A place with cities of its own is refused.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use hiring::MadeUpPostings;
use kernel::Kernel;
use kernel::ctx::{Actor, Ctx};
use kernel::divisions::Divisions;
use kernel::fault::Fault;
use kernel::kernel::NewTenant;
use kernel::text::Lang;
use kernel::trades::Trades;
use markets::{
    AddressInput, AliasBasis, ContactInput, HoursInput, MarketInput, OperatingNature, OperatorKind, Season,
    ServiceKind, Weekday,
};
use people::MadeUp;
use serde_json::json;

use super::Setting;
use super::demo::CITIES;

/// How much to make.
#[derive(Args)]
pub(crate) struct Seed {
    /// How many cities, 1–999: the eleven of Shanxi first, then made-up ones.
    #[arg(long, default_value_t = 11, value_parser = clap::value_parser!(u32).range(1..=999))]
    tenants: u32,
    /// How many listed markets in each city of Shanxi; made-up cities have no counties to put markets in.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(0..=5000))]
    markets: u32,
    /// How many workers in each city of Shanxi that has markets.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    workers: u32,
    /// How many hiring parties there.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    parties: u32,
    /// How many published postings there, spread over those parties and markets.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    postings: u32,
    /// Other numbers, other markets.
    #[arg(long = "seed", default_value_t = 20_260_101)]
    number: u64,
}

pub(super) async fn run(setting: Setting, seed: Seed) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let admin = setting.admin_url.as_deref();
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    kernel.ensure_platform(admin).await?;
    let there: Vec<String> = kernel.all_tenants().await?.into_iter().map(|t| t.code).collect();
    let mark = Mark::of(&kernel, &seed);
    match mark.read()? {
        None if !there.is_empty() => {
            eprintln!("yizhan: there are cities here that were not seeded; seed an empty place");
            return Ok(ExitCode::FAILURE);
        }
        Some(kept) if kept != mark.text => {
            let seeded: Vec<String> = (0..999).map(|n| named(n).code).collect();
            if there.iter().any(|code| !seeded.contains(code)) {
                eprintln!("yizhan: there are cities here that were not seeded; seed an empty place");
                return Ok(ExitCode::FAILURE);
            }
            for code in &there {
                kernel.remove_tenant(code, admin).await?;
            }
        }
        _ => {}
    }
    mark.write()?;
    let mut made = 0_u32;
    for n in 0..seed.tenants {
        made += u32::from(city(&kernel, n, &seed, admin).await?);
    }
    let kept = seed.tenants - made;
    match setting.json {
        true => println!("{}", json!({ "made": made, "kept": kept })),
        false => println!("{made} cities made, {kept} kept"),
    }
    Ok(ExitCode::SUCCESS)
}

/// What was seeded here: the schema, the numbers, the database.
struct Mark {
    path: PathBuf,
    text: String,
}

impl Mark {
    fn of(kernel: &Kernel, seed: &Seed) -> Self {
        let schema = kernel.store.fingerprint();
        let Seed { markets, workers, parties, postings, number, .. } = seed;
        let url = &kernel.config.database.url;
        let text = format!("{schema} {markets} {workers} {parties} {postings} {number} {url}\n");
        Self { path: kernel.config.data_dir.join("seed.mark"), text }
    }

    fn read(&self) -> Result<Option<String>, Fault> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Fault::of("read what was seeded")(e)),
        }
    }

    fn write(&self) -> Result<(), Fault> {
        std::fs::create_dir_all(self.path.parent().unwrap_or(&self.path))
            .map_err(Fault::of("make the data directory"))?;
        std::fs::write(&self.path, &self.text).map_err(Fault::of("write down what is seeded"))
    }
}

/// Makes the city of this number and fills it; says whether there was anything to do.
async fn city(kernel: &Arc<Kernel>, n: u32, seed: &Seed, admin: Option<&str>) -> Result<bool, Fault> {
    let new = named(n);
    let code = new.code.clone();
    let fresh = kernel.tenant(&code).await?.is_none();
    if fresh {
        kernel.create_tenant(new, admin).await?;
    }
    let counties = Divisions::standard().children(&code);
    if counties.is_empty() || seed.markets == 0 {
        return Ok(fresh);
    }
    let ctx = kernel.ctx(&code, Actor::System("seed"), Lang::Zh).await?;
    if markets::count(&ctx).await? > 0 {
        return Ok(fresh);
    }
    let counties: Vec<(&str, &str)> =
        counties.iter().filter(|d| !d.statistical_zone).map(|d| (d.code.as_str(), d.name.as_str())).collect();
    let mut dice = Dice(seed.number ^ u64::from(n));
    let forms: Vec<MarketInput> = (0..seed.markets).map(|m| market(&mut dice, &counties, m)).collect();
    markets::seed_markets(&ctx, &forms).await?;
    hire(&ctx, seed, &counties).await?;
    Ok(true)
}

/// Fills the city with workers, hiring parties and their postings.
async fn hire(ctx: &Ctx, seed: &Seed, counties: &[(&str, &str)]) -> Result<(), Fault> {
    let trades: Vec<(String, String)> =
        Trades::standard().search("").iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
    let people = MadeUp {
        workers: seed.workers,
        parties: seed.parties,
        counties: counties.iter().map(|(code, _)| (*code).to_owned()).collect(),
        trades: trades.iter().map(|(code, _)| code.clone()).collect(),
    };
    let parties = people::seed_people(ctx, &people).await?;
    let markets = markets::all_of(ctx).await?;
    hiring::seed_postings(ctx, &MadeUpPostings { postings: seed.postings, parties, markets, trades }).await
}

/// The city of a number: one of Shanxi's, or a made-up one.
fn named(n: u32) -> NewTenant {
    let hotline = Some("12333".to_owned());
    match CITIES.get(usize::try_from(n).unwrap_or(usize::MAX)) {
        Some((code, slug, name_en)) => {
            let name_zh = Divisions::standard().get(code).map_or(*slug, |d| d.name.as_str()).to_owned();
            let (code, slug, name_en) = ((*code).to_owned(), (*slug).to_owned(), (*name_en).to_owned());
            NewTenant { code, slug, name_zh, name_en, hotline }
        }
        None => NewTenant {
            code: format!("9{n:05}"),
            slug: format!("city-{n:03}"),
            name_zh: format!("样本城市{n:03}"),
            name_en: format!("Sample city {n:03}"),
            hotline,
        },
    }
}

/// Numbers that look random and are the same every time (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.roll() % n.max(1) as u64).unwrap_or(0)
    }
}

/// The market of a number: every fourth formed by itself.
fn market(dice: &mut Dice, counties: &[(&str, &str)], n: u32) -> MarketInput {
    let (county, name) = counties[dice.below(counties.len())];
    let spontaneous = n % 4 == 3;
    let street = ["平阳路", "坞城路", "建设路", "迎泽大街", "学府街", "滨河路"][dice.below(6)];
    let trades = Trades::standard().search("");
    let (first, some) = (dice.below(trades.len()), 2 + dice.below(3));
    let opens = format!("{:02}:{:02}", 4 + dice.below(4), 30 * dice.below(2));
    let closes = format!("{:02}:00", 15 + dice.below(5));
    let label = "服务大厅".to_owned();
    let phone = format!("0351-5{:06}", dice.below(1_000_000));
    MarketInput {
        official_name: (!spontaneous).then(|| format!("{name}第{n}零工市场")),
        alias: spontaneous.then(|| format!("{name}{street}零工点{n}")),
        alias_basis: if spontaneous { AliasBasis::Customary } else { AliasBasis::Official },
        nature: if spontaneous { OperatingNature::Spontaneous } else { OperatingNature::Public },
        operator_kind: if spontaneous { OperatorKind::None } else { OperatorKind::HrssDirect },
        operator_name: (!spontaneous).then(|| format!("{name}人力资源和社会保障局")),
        licence_no: None,
        licence_until: None,
        public_interest: !spontaneous,
        layout: None,
        address: AddressInput {
            division: county.to_owned(),
            text: format!("{street}{}号", n + 1),
            village: None,
            village_code: None,
            point: None,
        },
        hours: vec![HoursInput {
            season: Season::AllYear,
            from_month: None,
            to_month: None,
            weekdays: Weekday::ALL.to_vec(),
            opens,
            closes,
        }],
        trades: trades.iter().cycle().skip(first).take(some).map(|(code, _)| (*code).to_owned()).collect(),
        services: if spontaneous { Vec::new() } else { vec![ServiceKind::PolicyAdvice] },
        contacts: vec![ContactInput { label, phone, public: true }],
        seeker_scale: None,
        daily_successes: None,
        remark: None,
        area_square_metres: None,
    }
}
