//! The demo's markets: thirty in Taiyuan, from a committed table; a few in each other city, by rule from its counties.

use std::sync::Arc;

use kernel::checks::Phone;
use kernel::clock::day_of;
use kernel::ctx::Actor;
use kernel::divisions::Divisions;
use kernel::fault::{Fault, Stop};
use kernel::geo::Crs;
use kernel::kernel::Kernel;
use kernel::text::Lang;
use kernel::Ctx;
use markets::{
    AddressInput, AliasBasis, CheckItem, CheckResult, ContactInput, FigureInput, FigureMethod, HoursInput, MarketInput,
    OperatingNature, OperatorKind, PointInput, SafetyCheckInput, Season, ServiceKind, Weekday,
};
use uuid::Uuid;

const TAIYUAN: &str = include_str!("taiyuan.csv");
const COLUMNS: usize = 18;

/// Fills one city.
pub(super) async fn fill(kernel: &Arc<Kernel>, code: &str) -> Result<(), Fault> {
    let ctx = kernel.ctx(code, Actor::System("demo"), Lang::Zh).await?;
    if code == "140100" {
        for (n, line) in TAIYUAN.lines().skip(1).enumerate() {
            let cells: Vec<&str> = line.split(',').collect();
            if cells.len() != COLUMNS {
                return Err(Fault::internal("read the demo's table of markets: a row has not its columns"));
            }
            add(&ctx, from_cells(&ctx, &cells)?, cells[17], n).await?;
        }
        return Ok(());
    }
    let counties = Divisions::standard().children(code);
    for (n, county) in counties.iter().filter(|d| !d.statistical_zone).take(4).enumerate() {
        let spontaneous = n == 3;
        add(&ctx, by_rule(&ctx, &county.code, &county.name, n, spontaneous), "LISTED", n).await?;
    }
    Ok(())
}

async fn add(ctx: &Ctx, input: MarketInput, status: &str, n: usize) -> Result<(), Fault> {
    let public = input.nature == OperatingNature::Public;
    let planned = status == "PLANNED";
    let made = if planned {
        markets::plan_market(ctx, input, None).await
    } else {
        markets::register_market(ctx, input, None).await
    }
    .map_err(Stop::into_fault)?;
    if planned || status == "DRAFT" {
        return Ok(());
    }
    // Every third public market has not passed its checks yet, so that the target page has something to say.
    if public && n % 3 != 2 {
        checks(ctx, made.id).await?;
    }
    let version = markets::version_of(ctx, made.id).await?;
    let listed = markets::list_market(ctx, made.id, version, None).await.map_err(Stop::into_fault)?;
    if status == "SUSPENDED" {
        let reason = "采收季结束，暂停开放".to_owned();
        markets::suspend_market(ctx, made.id, listed.version, reason, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

async fn checks(ctx: &Ctx, market: Uuid) -> Result<(), Fault> {
    let today = ctx.today();
    for item in CheckItem::ALL {
        let input = SafetyCheckInput {
            item,
            result: CheckResult::Passed,
            inspector: "李建国".to_owned(),
            inspected_on: today.into(),
            expires_on: (today + chrono::Days::new(365)).into(),
            note: None,
        };
        markets::record_safety_check(ctx, market, input, None).await.map_err(Stop::into_fault)?;
    }
    Ok(())
}

fn from_cells(ctx: &Ctx, cells: &[&str]) -> Result<MarketInput, Fault> {
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
        public_interest: cells[6] == "1",
        layout: None,
        address: AddressInput {
            division: cells[7].to_owned(),
            text: cells[8].to_owned(),
            point: number(9).zip(number(10)).map(|(lat, lng)| PointInput { lat, lng, crs: Some(Crs::Wgs84) }),
        },
        hours: cells[11].split('|').map(|span| hours(span).ok_or_else(wrong)).collect::<Result<_, _>>()?,
        trades: cells[12].split(' ').filter(|t| !t.is_empty()).map(str::to_owned).collect(),
        services: cells[13].split(' ').filter_map(ServiceKind::from_code).collect(),
        contacts: contact(cells[14]),
        seeker_scale: figure(ctx, cells[15]),
        daily_successes: figure(ctx, cells[16]),
        remark: None,
        area_square_metres: None,
    })
}

fn contact(phone: &str) -> Vec<ContactInput> {
    let label = "服务电话".to_owned();
    Phone::parse(phone).ok().map(|_| ContactInput { label, phone: phone.to_owned(), public: true }).into_iter().collect()
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
    let trades = [["6-29-01-01", "4-02-05-01"], ["4-10-01-06", "4-09-08-01"], ["5-01-02-02", "4-02-05-01"], ["6-29-04-01", "6-31-01-03"]];
    MarketInput {
        official_name: (!spontaneous).then(|| format!("{city}{county}零工市场")),
        alias: spontaneous.then(|| format!("{county}汽车站前零工点")),
        alias_basis: if spontaneous { AliasBasis::Customary } else { AliasBasis::Official },
        nature: if spontaneous { OperatingNature::Spontaneous } else { OperatingNature::Public },
        operator_kind: if spontaneous { OperatorKind::None } else { OperatorKind::HrssDirect },
        operator_name: (!spontaneous).then(|| format!("{county}人力资源和社会保障局")),
        public_interest: !spontaneous,
        layout: None,
        address: AddressInput {
            division: code.to_owned(),
            text: if spontaneous { format!("{county}汽车站前广场") } else { format!("{county}人力资源市场一层大厅") },
            point: None,
        },
        hours: hours(if spontaneous { "A 04:30-08:30" } else { "A 05:30-18:00" }).into_iter().collect(),
        trades: trades[n % trades.len()].iter().map(|t| (*t).to_owned()).collect(),
        contacts: Vec::new(),
        services: if spontaneous { Vec::new() } else { vec![ServiceKind::PolicyAdvice, ServiceKind::RightsProtection] },
        seeker_scale: figure(ctx, "80-120"),
        daily_successes: figure(ctx, "25"),
        remark: None,
        area_square_metres: None,
    }
}
