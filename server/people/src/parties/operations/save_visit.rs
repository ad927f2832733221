//! Recording a visit to somebody who hires (记录走访企业, R4).

use chrono::NaiveDate;
use kernel::divisions::Divisions;
use kernel::policy::Place;
use kernel::sheet::text;
use kernel::{Ctx, Fault, Once, Outcome, Pii, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::parties::policy;
use crate::parties::queries::visits;
use crate::parties::rows::employer_visit;
use crate::parties::rules::registration::UNIT_NAME;
use crate::parties::store::visible::{self, Scopes};
use crate::rules::{contact, scopes};

/// Characters of the names of those who went, and of what was found.
const VISITORS: usize = 100;
const NEEDS: usize = 500;
/// Nobody wants more at once.
const HEADCOUNT: std::ops::RangeInclusive<i32> = 1..=10_000;

kernel::refusals! {
    /// Why a visit was not recorded (不予记录走访).
    pub SaveVisit => SaveVisitReason, SaveVisitRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该走访记录已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this visit (now version {current}); reload and try again.",
        /// Neither a party nor a name.
        NameMissing @ "input.name": "请选择用工主体，或填写企业名称（不超过100字）。" / "Choose a party, or enter the name, at most 100 characters.",
        /// A day to come.
        InFuture @ "input.visitedOn": "走访日期不能晚于今天。" / "The day of the visit cannot be later than today.",
        /// Nobody went.
        VisitorsMissing @ "input.visitors": "请填写走访人员（不超过100字）。" / "Say who went, in at most 100 characters.",
        /// Nothing was found.
        NeedsMissing { limit: usize } @ "input.needs": "请填写用工需求或走访情况（不超过 {limit} 字）。" / "Say what was found, in at most {limit} characters.",
        /// A number that cannot be.
        Headcount @ "input.headcount": "需求人数应为 1—10000。" / "The headcount is 1 to 10,000.",
        /// It is followed up before it was made.
        FollowUpBefore @ "input.followUpOn": "回访日期不能早于走访日期。" / "It cannot be followed up before the day of the visit.",
        /// Not a county of the city.
        InvalidCounty { zh: String, en: String } @ "input.county": "{zh}" / "{en}",
    }
}

/// A visit (走访信息).
#[derive(Clone, Debug)]
pub struct VisitInput {
    /// The party, where it is registered.
    pub party: Option<Uuid>,
    /// The name it goes by; the party's own where nothing is given.
    pub name: Option<String>,
    /// The day.
    pub visited_on: NaiveDate,
    /// Who went.
    pub visitors: Pii<String>,
    /// What it needs.
    pub needs: String,
    /// How many it wants.
    pub headcount: Option<i32>,
    /// When somebody asks again.
    pub follow_up_on: Option<NaiveDate>,
    /// When somebody did.
    pub followed_up_on: Option<NaiveDate>,
    /// The county; the party's own where nothing is given.
    pub county: Option<String>,
    /// The market whose visit it was.
    pub market: Option<Uuid>,
}

/// Records a visit, or amends one (记录走访企业).
pub async fn save_visit(
    ctx: &Ctx,
    known: Option<(Uuid, i32)>,
    input: VisitInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveVisit>> {
    ctx.transact_once(&policy::SAVE_VISIT, once, |tx| async move {
        let kept = match known {
            None => None,
            Some((id, version)) => Some(held(&tx, id, version).await?),
        };
        let about = about(&tx, &input).await?;
        tx.authorize(&policy::SAVE_VISIT, &about.place).await?;
        decide(&input, &about, tx.ctx().today()).map_err(Stop::Refused)?;
        let id = kept.as_ref().map_or_else(|| tx.ctx().new_id(), |row| row.id);
        let version = kept.as_ref().map_or(1, |row| row.version + 1);
        tx.about("EmployerVisit", id);
        save(&tx, id, version, &input, about).await?;
        Ok(Outcome::of("EmployerVisit", id, version))
    })
    .await
}

/// A visit that is known, if the actor may see and amend it.
async fn held(tx: &Tx, id: Uuid, version: i32) -> Result<employer_visit::Model, Stop<SaveVisit>> {
    let scopes = Scopes::of(tx.ctx(), &policy::READ_VISITS).await?;
    let row = visits::held(tx, &scopes, id).await?;
    let place = visible::place(tx.ctx(), &row.county, row.market_id, row.agency_id).await?;
    tx.authorize(&policy::SAVE_VISIT, &place).await?;
    if row.version == version { Ok(row) } else { Err(Stop::Refused(SaveVisit::Conflict { current: row.version })) }
}

/// What a visit is about, and where that stands.
struct About {
    name: Option<String>,
    county: String,
    place: Place,
}

async fn about(tx: &Tx, input: &VisitInput) -> Result<About, Stop<SaveVisit>> {
    let ctx = tx.ctx();
    let party = match input.party {
        None => None,
        Some(id) => Some(visible::load(tx, ctx, id).await?),
    };
    let typed = input.name.as_deref().and_then(|name| contact::line(&text::tidy(name), UNIT_NAME));
    let name = typed.or_else(|| party.as_ref().map(|party| party.display_name.clone()));
    let county = match (&input.county, &party) {
        (None, Some(party)) => party.county.clone(),
        (typed, _) => scopes::county(typed.as_deref().unwrap_or_default(), &ctx.tenant().code, Divisions::standard())
            .map_err(|flaw| Stop::Refused(SaveVisit::InvalidCounty { zh: flaw.zh(), en: flaw.en() }))?,
    };
    let agency = match input.market {
        Some(market) => visible::market_place(ctx, market).await?.and_then(|place| place.agency),
        None => party.as_ref().and_then(|party| party.agency_id),
    };
    let market = input.market.or_else(|| party.as_ref().and_then(|party| party.market_id));
    let place = visible::place(ctx, &county, market, agency).await?;
    Ok(About { name, county, place })
}

fn decide(input: &VisitInput, about: &About, today: NaiveDate) -> Result<(), SaveVisit> {
    if about.name.is_none() {
        return Err(SaveVisit::NameMissing);
    }
    if input.visited_on > today || input.followed_up_on.is_some_and(|day| day > today) {
        return Err(SaveVisit::InFuture);
    }
    if input.visitors.try_map(|names| contact::line(&text::tidy(names), VISITORS)).is_none() {
        return Err(SaveVisit::VisitorsMissing);
    }
    if !(1..=NEEDS).contains(&text::tidy(&input.needs).chars().count()) {
        return Err(SaveVisit::NeedsMissing { limit: NEEDS });
    }
    if input.headcount.is_some_and(|count| !HEADCOUNT.contains(&count)) {
        return Err(SaveVisit::Headcount);
    }
    let before = |day: Option<NaiveDate>| day.is_some_and(|day| day < input.visited_on);
    if before(input.follow_up_on) || before(input.followed_up_on) {
        return Err(SaveVisit::FollowUpBefore);
    }
    Ok(())
}

async fn save(tx: &Tx, id: Uuid, version: i32, input: &VisitInput, about: About) -> Result<(), Fault> {
    let ctx = tx.ctx();
    let visitors = input.visitors.map(|names| text::tidy(names));
    let mut row = employer_visit::ActiveModel {
        id: Set(id),
        version: Set(version),
        party_id: Set(input.party),
        name: Set(about.name.unwrap_or_default()),
        visited_on: Set(input.visited_on),
        visitors: Set(ctx.keys().await?.seal("employer_visit", "visitors", id, &visitors)?),
        needs: Set(text::tidy(&input.needs)),
        headcount: Set(input.headcount),
        follow_up_on: Set(input.follow_up_on),
        followed_up_on: Set(input.followed_up_on),
        county: Set(about.county),
        market_id: Set(about.place.market),
        agency_id: Set(about.place.agency),
        ..Default::default()
    };
    if version > 1 {
        let of = employer_visit::Column::Id.eq(id);
        employer_visit::Entity::update_many().set(row).filter(of).exec(tx).await?;
        return Ok(());
    }
    row.recorded_by = Set(ctx.actor().account_id());
    row.recorded_at = Set(ctx.now());
    employer_visit::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
