//! The demo's agencies: those that run commercial markets in Taiyuan. One licence is suspended, and one nobody has verified.

use chrono::{Days, Months, NaiveDate};
use kernel::Ctx;
use kernel::fault::{Fault, Stop};
use kernel::gql::Date;
use people::{
    AgencyInput, FeePayer, LicenceDecisionInput, LicenceScope, PriceItemInput, PriceListInput, RegisterAgency,
};

/// Place in the demo's table of the market whose agency's licence is suspended, and of that which nobody verified.
const SUSPENDED: usize = 14;
const UNVERIFIED: usize = 26;
/// That whose licence ends in twenty days.
const EXPIRING: usize = 11;

/// An agency as its market's form names it (演示机构).
pub(super) struct Named {
    /// The number of its licence.
    pub licence_no: String,
    /// Its name.
    pub name: String,
    /// Its county.
    pub county: String,
    /// Place of its market in the table.
    pub at: usize,
}

/// Registers them (登记机构). One that the province knows from before the city was reset is there already.
pub(super) async fn register(ctx: &Ctx, named: Vec<Named>) -> Result<(), Fault> {
    for one in named {
        let (licence_no, at) = (one.licence_no.clone(), one.at);
        let made = match people::register_agency(ctx, licence_no, form(ctx, one), None).await {
            Ok(made) => made,
            Err(Stop::Refused(RegisterAgency::AlreadyRegistered { .. })) => continue,
            Err(stop) => return Err(stop.into_fault()),
        };
        people::save_price_list(ctx, made.id, prices(ctx.today()), None).await.map_err(Stop::into_fault)?;
        if at == UNVERIFIED {
            continue;
        }
        let how = Some("与发证机关登记核对一致".to_owned());
        let verified = people::verify_licence(ctx, made.id, made.version, how, None).await.map_err(Stop::into_fault)?;
        if at == SUSPENDED {
            let why = LicenceDecisionInput {
                reason: "多次发布虚假招聘信息，责令停业整顿".to_owned(),
                article: "人力资源市场暂行条例第四十三条".to_owned(),
            };
            let suspended = people::suspend_licence(ctx, verified.id, verified.version, why, None).await;
            suspended.map_err(Stop::into_fault)?;
        }
    }
    Ok(())
}

fn form(ctx: &Ctx, one: Named) -> AgencyInput {
    let issued_on = match one.at {
        EXPIRING => ctx.today() + Days::new(20) - Months::new(36),
        _ => ctx.today() - Months::new(12),
    };
    AgencyInput {
        name: one.name,
        uscc: None,
        county: Some(one.county),
        issuer: format!("{}人力资源和社会保障局", ctx.tenant().name_zh),
        scope: vec![LicenceScope::JobIntermediation],
        issued_on: Date(issued_on),
        expires_on: Some(Date(issued_on + Months::new(36))),
    }
}

fn prices(from: NaiveDate) -> PriceListInput {
    let item = |item: &str, fen| PriceItemInput {
        item: item.to_owned(),
        unit: "人次".to_owned(),
        fen,
        payer: FeePayer::HiringParty,
    };
    PriceListInput { effective_from: Date(from), items: vec![item("代理招聘", 5000), item("零工派单", 1000)] }
}
