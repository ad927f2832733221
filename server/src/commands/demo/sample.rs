//! The demo's markets: thirty in Taiyuan, from a committed table; a few in each other city, by rule from its counties.

use std::sync::Arc;

use chrono::Datelike as _;
use kernel::Ctx;
use kernel::checks::Phone;
use kernel::clock::day_of;
use kernel::ctx::Actor;
use kernel::divisions::Divisions;
use kernel::fault::{Fault, Stop};
use kernel::geo::Crs;
use kernel::kernel::Kernel;
use kernel::store::PLATFORM;
use kernel::text::Lang;
use kernel::worker::Worker;
use markets::{
    AddressInput, AliasBasis, ContactInput, FigureInput, FigureMethod, HoursInput, MarketInput, MarketLayout,
    OperatingNature, OperatorKind, PointInput, Season, ServiceKind, Weekday,
};
use uuid::Uuid;

use super::agencies::{self, Named};
use super::venue;

const TABLE: &str = include_str!("taiyuan.csv");
pub(super) const TAIYUAN: &str = "140100";
const COLUMNS: usize = 18;

/// Rows of the table that came to the directory this year.
const NEW_THIS_YEAR: [usize; 3] = [24, 25, 26];

/// A market of the demo, and what becomes of it (演示市场).
struct Plan {
    input: MarketInput,
    /// `PLANNED`, `DRAFT`, `LISTED`, `SUSPENDED` or `DELISTED`: where it stands at the end.
    status: String,
    /// Came to the directory this year?
    new: bool,
    /// Its place in the table.
    at: usize,
}

/// A city that has not handed in a return yet: the day of its first is still to be set.
const NEVER_REPORTED: &str = "141100";

/// What a city does last year: it fills its directory, hands in its return, and hears that it was accepted.
pub(super) async fn last_year(past: &Arc<Kernel>, code: &str) -> Result<(), Fault> {
    let ctx = past.ctx(code, Actor::System("demo"), Lang::Zh).await?;
    for plan in plans(&ctx, code)? {
        let listed = matches!(plan.status.as_str(), "LISTED" | "SUSPENDED" | "DELISTED") && !plan.new;
        if listed {
            let made = markets::register_market(&ctx, plan.input, None).await.map_err(Stop::into_fault)?;
            markets::list_market(&ctx, made.id, made.version, None).await.map_err(Stop::into_fault)?;
        }
    }
    if code == NEVER_REPORTED {
        return deliver(past, code).await;
    }
    let year = ctx.today().year();
    hand_in(&ctx, year).await?;
    deliver(past, code).await?;
    let province = past.ctx(PLATFORM, Actor::System("demo"), Lang::Zh).await?;
    for (id, version) in oversight::handed_in(&province, year).await? {
        oversight::accept_return(&province, id, version, None).await.map_err(Stop::into_fault)?;
    }
    deliver(past, PLATFORM).await?;
    deliver(past, code).await
}

/// What a city did this year: new markets, one that closed, checks, venues, and in two cities the return.
pub(super) async fn this_year(kernel: &Arc<Kernel>, code: &str) -> Result<(), Fault> {
    let ctx = kernel.ctx(code, Actor::System("demo"), Lang::Zh).await?;
    for plan in plans(&ctx, code)? {
        go_on(&ctx, plan).await?;
    }
    if code == TAIYUAN {
        venue::taiyuan(&ctx).await?;
        agencies::register(&ctx, named(&ctx)?).await?;
    }
    liaison(&ctx).await?;
    if matches!(code, "140200" | "140300") {
        hand_in(&ctx, ctx.today().year()).await?;
    }
    Ok(())
}

/// What the province did: it named two cities for monitoring.
pub(super) async fn province(kernel: &Arc<Kernel>, past: &Arc<Kernel>) -> Result<(), Fault> {
    let ctx = past.ctx(PLATFORM, Actor::System("demo"), Lang::Zh).await?;
    for city in ["140100", "140200"] {
        oversight::set_monitoring_city(&ctx, city.to_owned(), true, 0, None).await.map_err(Stop::into_fault)?;
    }
    for code in kernel.tenant_codes().await? {
        deliver(kernel, &code).await?;
    }
    Ok(())
}

/// The directory is frozen and handed in.
async fn hand_in(ctx: &Ctx, year: i32) -> Result<(), Fault> {
    let (filer, phone) = ("王芳".into(), telephone(&ctx.tenant().code, 0).into());
    let frozen = oversight::freeze_return(ctx, year, filer, phone, None).await.map_err(Stop::into_fault)?;
    oversight::submit_return(ctx, frozen.id, frozen.version, None).await.map_err(Stop::into_fault)?;
    Ok(())
}

/// Does what waits in a store.
async fn deliver(kernel: &Arc<Kernel>, code: &str) -> Result<(), Fault> {
    Worker::new(Arc::clone(kernel), "demo".to_owned()).drain(code).await
}

fn plans(ctx: &Ctx, code: &str) -> Result<Vec<Plan>, Fault> {
    if code == TAIYUAN {
        let lines = TABLE.lines().skip(1).enumerate();
        return lines
            .map(|(at, line)| {
                let cells: Vec<&str> = line.split(',').collect();
                if cells.len() != COLUMNS {
                    return Err(Fault::internal("read the demo's table of markets: a row has not its columns"));
                }
                let new = NEW_THIS_YEAR.contains(&at);
                Ok(Plan { input: from_cells(ctx, &cells, at)?, status: cells[17].to_owned(), new, at })
            })
            .collect();
    }
    let counties = Divisions::standard().children(code);
    let some = counties.iter().filter(|d| !d.statistical_zone).take(4).enumerate();
    Ok(some
        .map(|(at, county)| Plan {
            input: by_rule(ctx, &county.code, &county.name, at, at == 3),
            status: "LISTED".to_owned(),
            new: at == 2,
            at,
        })
        .collect())
}

/// The agencies that the markets of the table name.
fn named(ctx: &Ctx) -> Result<Vec<Named>, Fault> {
    let of = |Plan { input, at, .. }: Plan| {
        let county = Divisions::standard().county_of(&input.address.division)?.code.clone();
        Some(Named { licence_no: input.licence_no?, name: input.operator_name?, county, at })
    };
    Ok(plans(ctx, TAIYUAN)?.into_iter().filter_map(of).collect())
}

/// What became of a market this year.
async fn go_on(ctx: &Ctx, plan: Plan) -> Result<(), Fault> {
    let Plan { mut input, status, at, .. } = plan;
    let public = input.nature == OperatingNature::Public;
    let name = input.official_name.clone().or_else(|| input.alias.clone()).unwrap_or_default();
    let known = markets::market_named(ctx, &name).await?;
    let id = match known {
        Some(id) => id,
        None if status == "PLANNED" => {
            return markets::plan_market(ctx, input, None).await.map(|_| ()).map_err(Stop::into_fault);
        }
        None => markets::register_market(ctx, input.clone(), None).await.map_err(Stop::into_fault)?.id,
    };
    // Every third public market has not passed its checks yet, so that the target page has something to say.
    if public && at % 3 != 2 && status != "DRAFT" {
        venue::checks(ctx, id, at).await?;
    }
    // The first market counted again this year: a change that the comparison shows.
    if at == 0 {
        input.seeker_scale = figure(ctx, "460-560");
        amend(ctx, id, input).await?;
    }
    let version = markets::version_of(ctx, id).await?;
    match status.as_str() {
        "LISTED" if known.is_none() => {
            markets::list_market(ctx, id, version, None).await.map(|_| ()).map_err(Stop::into_fault)
        }
        "SUSPENDED" => {
            let reason = "采收季结束，暂停开放".to_owned();
            markets::suspend_market(ctx, id, version, reason, None).await.map(|_| ()).map_err(Stop::into_fault)
        }
        "DELISTED" => {
            let reason = "场地拆迁，业务并入小店区零工市场".to_owned();
            markets::delist_market(ctx, id, version, reason, None).await.map(|_| ()).map_err(Stop::into_fault)
        }
        _ => Ok(()),
    }
}

async fn amend(ctx: &Ctx, id: Uuid, input: MarketInput) -> Result<(), Fault> {
    let version = markets::version_of(ctx, id).await?;
    markets::amend_market(ctx, id, version, input, None).await.map(|_| ()).map_err(Stop::into_fault)
}

/// Made-up names of liaison persons, one for each city.
fn liaison_name(city: &str) -> &'static str {
    const NAMES: [&str; 11] =
        ["赵敏", "王建军", "李秀兰", "张志强", "刘慧", "陈卫东", "杨丽", "郭瑞", "马晓燕", "韩涛", "高俊峰"];
    let at = super::cities::CITIES.iter().position(|(code, ..)| *code == city);
    NAMES[at.unwrap_or_default() % NAMES.len()]
}

/// The city's liaison person (工作对接人).
async fn liaison(ctx: &Ctx) -> Result<(), Fault> {
    let input = people::LiaisonInput {
        name: liaison_name(&ctx.tenant().code).into(),
        unit: format!("{}人力资源和社会保障局", ctx.tenant().name_zh),
        position: "就业促进科科长".to_owned(),
        phone: telephone(&ctx.tenant().code, 1).into(),
        email: Some(format!("liaison@{}.example", ctx.tenant().slug).into()),
    };
    people::set_liaison(ctx, input, 0, None).await.map(|_| ()).map_err(Stop::into_fault)
}

fn from_cells(ctx: &Ctx, cells: &[&str], at: usize) -> Result<MarketInput, Fault> {
    let text = |i: usize| Some(cells[i].to_owned()).filter(|t| !t.is_empty());
    let number = |i: usize| cells[i].parse::<f64>().ok();
    let wrong = || Fault::internal("read the demo's table of markets");
    Ok(MarketInput {
        official_name: text(0),
        alias: text(1),
        alias_basis: AliasBasis::from_code(cells[2]).ok_or_else(wrong)?,
        nature: OperatingNature::from_code(cells[3]).ok_or_else(wrong)?,
        operator_kind: OperatorKind::from_code(cells[4]).ok_or_else(wrong)?,
        operator_name: text(5),
        licence_no: (cells[3] == "COMMERCIAL").then(|| format!("演示许可证{}号", at + 1)),
        licence_until: (cells[3] == "COMMERCIAL").then(|| (day_of(ctx.now()) + chrono::Months::new(24)).into()),
        public_interest: cells[6] == "1",
        layout: layout(cells[4]),
        address: AddressInput {
            division: cells[7].to_owned(),
            text: cells[8].to_owned(),
            village: None,
            village_code: None,
            point: number(9).zip(number(10)).map(|(lat, lng)| PointInput { lat, lng, crs: Some(Crs::Wgs84) }),
        },
        hours: cells[11].split('|').map(|span| hours(span).ok_or_else(wrong)).collect::<Result<_, _>>()?,
        trades: cells[12].split(' ').filter(|t| !t.is_empty()).map(str::to_owned).collect(),
        services: cells[13].split(' ').filter_map(ServiceKind::from_code).collect(),
        contacts: contact(cells[14]),
        seeker_scale: figure(ctx, cells[15]).map(|scale| of_nature(cells[3], scale)),
        daily_successes: figure(ctx, cells[16]),
        remark: None,
        area_square_metres: None,
    })
}

/// What kind of market its operator makes of it.
fn layout(operator: &str) -> Option<MarketLayout> {
    match operator {
        "HRSS_DIRECT" | "ENTRUSTED" => Some(MarketLayout::Comprehensive),
        "LICENSED_AGENCY" => Some(MarketLayout::Sector),
        "PUBLIC_AGENCY_SIGNBOARD" => Some(MarketLayout::ServiceStation),
        _ => None,
    }
}

/// A market that formed by itself has no system that counts: its number is set by hand, with the reason.
fn of_nature(nature: &str, scale: FigureInput) -> FigureInput {
    if nature != "SPONTANEOUS" {
        return scale;
    }
    let reason = Some("自形成市场无系统数据，按街道现场巡查估计".to_owned());
    FigureInput { method: FigureMethod::Override, override_reason: reason, ..scale }
}

/// The telephone for everybody, and the one of whoever is on duty, for the staff of other places.
fn contact(phone: &str) -> Vec<ContactInput> {
    let listed =
        |label: &str, phone: &str, public| ContactInput { label: label.to_owned(), phone: phone.to_owned(), public };
    match Phone::parse(phone) {
        Ok(_) => {
            let area = phone.split('-').next().filter(|area| area.starts_with('0')).unwrap_or("0351");
            vec![listed("服务电话", phone, true), listed("夜间值班", &format!("{area}-5550119"), false)]
        }
        Err(_) => Vec::new(),
    }
}

/// A number that nobody has, with the area code of the city.
fn telephone(city: &str, n: usize) -> String {
    let area = match city {
        "140200" => "0352",
        "140300" => "0353",
        "140400" => "0355",
        "140500" => "0356",
        "140600" => "0349",
        "140700" => "0354",
        "140800" => "0359",
        "140900" => "0350",
        "141000" => "0357",
        "141100" => "0358",
        _ => "0351",
    };
    format!("{area}-55502{n:02}")
}

/// `S 04:30-19:00`: summer; `W`: winter; `A`: all year; `M08-10`: these months.
fn hours(text: &str) -> Option<HoursInput> {
    let (season, span) = text.split_once(' ')?;
    let (opens, closes) = span.split_once('-')?;
    let (season, from_month, to_month) = match season.split_at_checked(1)? {
        ("S", "") => (Season::Summer, None, None),
        ("W", "") => (Season::Winter, None, None),
        ("A", "") => (Season::AllYear, None, None),
        ("M", months) => {
            let (from, to) = months.split_once('-')?;
            (Season::AllYear, from.parse().ok(), to.parse().ok())
        }
        _ => return None,
    };
    Some(HoursInput {
        season,
        from_month,
        to_month,
        weekdays: Weekday::ALL.to_vec(),
        opens: opens.to_owned(),
        closes: closes.to_owned(),
    })
}

/// `420-520` or `95`.
fn figure(ctx: &Ctx, text: &str) -> Option<FigureInput> {
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    Some(FigureInput {
        low: low.parse().ok()?,
        high: high.parse().ok()?,
        approximate: low != high,
        method: FigureMethod::Counted,
        override_reason: None,
        as_of: day_of(ctx.now()).into(),
    })
}

fn by_rule(ctx: &Ctx, code: &str, county: &str, n: usize, spontaneous: bool) -> MarketInput {
    let city = &ctx.tenant().name_zh;
    let trades = [
        ["6-29-01-01", "4-02-05-01"],
        ["4-10-01-06", "4-09-08-01"],
        ["5-01-02-02", "4-02-05-01"],
        ["6-29-04-01", "6-31-01-03"],
    ];
    MarketInput {
        official_name: (!spontaneous).then(|| format!("{city}{county}零工市场")),
        alias: spontaneous.then(|| format!("{county}汽车站前零工点")),
        alias_basis: if spontaneous { AliasBasis::Customary } else { AliasBasis::Official },
        nature: if spontaneous { OperatingNature::Spontaneous } else { OperatingNature::Public },
        operator_kind: if spontaneous { OperatorKind::None } else { OperatorKind::HrssDirect },
        operator_name: (!spontaneous).then(|| format!("{county}人力资源和社会保障局")),
        licence_no: None,
        licence_until: None,
        public_interest: !spontaneous,
        layout: None,
        address: AddressInput {
            division: code.to_owned(),
            text: if spontaneous {
                format!("{county}汽车站前广场")
            } else {
                format!("{county}人力资源市场一层大厅")
            },
            village: None,
            village_code: None,
            point: None,
        },
        hours: hours(if spontaneous { "A 04:30-08:30" } else { "A 05:30-18:00" }).into_iter().collect(),
        trades: trades[n % trades.len()].iter().map(|t| (*t).to_owned()).collect(),
        contacts: if spontaneous { Vec::new() } else { contact(&telephone(&ctx.tenant().code, n)) },
        services: if spontaneous { Vec::new() } else { vec![ServiceKind::PolicyAdvice, ServiceKind::RightsProtection] },
        seeker_scale: figure(ctx, "80-120"),
        daily_successes: figure(ctx, "25"),
        remark: None,
        area_square_metres: None,
    }
}
