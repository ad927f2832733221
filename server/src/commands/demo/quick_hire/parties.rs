//! The demo's hiring parties (演示用工主体): one of each kind, verified, waiting, sent back, suspended.

use entities::hiring_party;
use kernel::checks::uscc::Uscc;
use kernel::ctx::{Actor, Ctx};
use kernel::fault::Fault;
use kernel::{Pii, blob};
use people::{PartyKind, PartyStep, PartyStepResult, RegisterInput, RejectInput, StepInput, Who};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::done;
use super::folk::{self, Crew, id_number};
use super::stage::Stage;

/// Numbers of those who have others work and sign in with a code.
pub(super) const HIRER: &str = "13800000201";
pub(super) const HOUSEHOLD: &str = "13800000202";

/// A hiring party and a citizen who acts for it, if one does (演示用工主体).
pub(super) struct Party {
    pub(super) id: Uuid,
    pub(super) owner: Option<Actor>,
}

/// Everybody who has others work.
pub(super) struct Parties {
    /// An enterprise in the fast lane, whose owner signs in.
    pub(super) movers: Party,
    /// A household that signs in.
    pub(super) household: Party,
    /// An individual business.
    pub(super) noodles: Uuid,
    /// A farmers' co-operative.
    pub(super) grapes: Uuid,
    /// A public institution in the fast lane.
    pub(super) gardens: Uuid,
    /// Who leads a gang without a licence.
    pub(super) gang: Uuid,
    /// An enterprise that is suspended in the end.
    pub(super) decorators: Uuid,
    /// The leads of the two agencies.
    pub(super) builders: Uuid,
    pub(super) logistics: Uuid,
    /// A household that the volunteers entered.
    pub(super) neighbour: Uuid,
}

/// A unit: kind, name, the beginning of its code, its number, whom to ask for.
type Unit = (PartyKind, &'static str, &'static str, u32, &'static str);

const NOODLES: Unit = (PartyKind::IndividualBusiness, "小店区老李面馆", "92", 1_204, "李明远");
const GRAPES: Unit = (PartyKind::Cooperative, "清徐县马峪葡萄种植专业合作社", "93", 2_305, "马福全");
const GARDENS: Unit = (PartyKind::PublicInstitution, "太原市园林绿化服务中心", "12", 3_406, "程志刚");
const DECORATORS: Unit = (PartyKind::Enterprise, "太原诚信装饰工程有限公司", "91", 4_507, "邢建");
const COURIERS: Unit = (PartyKind::Enterprise, "山西顺达快运有限公司", "91", 5_608, "申小波");
const HOMES: Unit = (PartyKind::Association, "太原市家政服务行业协会", "51", 6_709, "梅兰");
const SHOES: Unit = (PartyKind::IndividualBusiness, "小店区小白鞋洗护店", "92", 7_810, "白洁");
const BUILDERS: Unit = (PartyKind::Enterprise, "并州第三建筑工程有限公司", "91", 8_911, "石建国");
const LOGISTICS: Unit = (PartyKind::Enterprise, "山西汾河物流有限公司", "91", 9_012, "路通");
const MOVERS: Unit = (PartyKind::Enterprise, "太原晋阳装卸服务有限公司", "91", 1_113, "刘建明");

/// Registers all of them, and verifies whom it verifies (登记和核验用工主体).
pub(super) async fn register(stage: &Stage, crew: &Crew) -> Result<Parties, Fault> {
    let staff = stage.by(&crew.staff).await?;
    let owner = folk::sign_in(stage, HIRER).await?;
    let movers = unit(&stage.by(&owner).await?, MOVERS, Some(crew.hall)).await?;
    let lady = folk::sign_in(stage, HOUSEHOLD).await?;
    let ctx = stage.by(&lady).await?;
    let household = person(&ctx, PartyKind::Household, ("王秀兰", 1968, 122), None, Some(crew.hall)).await?;
    let noodles = unit(&staff, NOODLES, Some(crew.hall)).await?;
    let gardens = unit(&staff, GARDENS, Some(crew.hall)).await?;
    let phone = Some("13700000301");
    let gang = person(&staff, PartyKind::GangLeader, ("赵铁柱", 1976, 123), phone, Some(crew.hall)).await?;
    let decorators = unit(&staff, DECORATORS, Some(crew.hall)).await?;
    let bureau = stage.by(&crew.bureau).await?;
    let grapes = unit(&bureau, GRAPES, None).await?;
    let builders = unit(&stage.by(&crew.builders).await?, BUILDERS, Some(crew.at_builders)).await?;
    let logistics = unit(&stage.by(&crew.logistics).await?, LOGISTICS, Some(crew.at_logistics)).await?;
    for (party, by) in [
        (movers, &crew.staff),
        (household, &crew.staff),
        (noodles, &crew.staff),
        (gardens, &crew.staff),
        (gang, &crew.staff),
        (decorators, &crew.county),
        (grapes, &crew.bureau),
        (builders, &crew.bureau),
        (logistics, &crew.bureau),
    ] {
        verify(&stage.by(by).await?, party).await?;
    }
    for party in [movers, gardens] {
        fast(&stage.by(&crew.manager).await?, party).await?;
    }
    let neighbour = waiting(stage, crew).await?;
    stage.rest().await?;
    let (movers, household) = (Party { id: movers, owner: Some(owner) }, Party { id: household, owner: Some(lady) });
    Ok(Parties { movers, household, noodles, grapes, gardens, gang, decorators, builders, logistics, neighbour })
}

/// Those that nobody verified yet, one of them sent back; the household that the volunteers entered.
async fn waiting(stage: &Stage, crew: &Crew) -> Result<Uuid, Fault> {
    let staff = stage.by(&crew.staff).await?;
    let couriers = unit(&staff, COURIERS, Some(crew.hall)).await?;
    step(&staff, couriers, PartyStep::UsccChecked, None).await?;
    unit(&staff, HOMES, Some(crew.hall)).await?;
    let shoes = unit(&staff, SHOES, Some(crew.hall)).await?;
    let said =
        RejectInput { remarks: Some("营业执照照片不清晰，请重新拍摄".to_owned()), why_again: None };
    done(people::reject_party(&staff, shoes, version(&staff, shoes).await?, said, None).await)?;
    let volunteer = stage.by(&crew.volunteer).await?;
    let phone = Some("13700000302");
    person(&volunteer, PartyKind::Household, ("陈德厚", 1952, 125), phone, Some(crew.corner)).await
}

/// Suspends whoever cheated (暂停用工主体).
pub(super) async fn suspend(stage: &Stage, crew: &Crew, parties: &Parties) -> Result<(), Fault> {
    let county = stage.by(&crew.county).await?;
    let (id, reason) = (parties.decorators, "多次以虚假地点招工，核查期间暂停发布".to_owned());
    done(people::suspend_party(&county, id, version(&county, id).await?, reason, None).await)?;
    stage.rest().await
}

/// Registers a unit; its id.
async fn unit(ctx: &Ctx, (kind, name, begins, number, contact): Unit, market: Option<Uuid>) -> Result<Uuid, Fault> {
    let who = Who::Unit { kind, name: name.to_owned(), uscc: Some(code(begins, number)) };
    enter(ctx, who, (contact, Some(&format!("0351-{}", 7_000_000 + number))), market).await
}

/// Registers a person; its id.
async fn person(
    ctx: &Ctx,
    kind: PartyKind,
    (name, year, sequence): (&'static str, i32, u32),
    phone: Option<&str>,
    market: Option<Uuid>,
) -> Result<Uuid, Fault> {
    let born = chrono::NaiveDate::from_yo_opt(year, 100 + sequence).ok_or(Fault::NotFound)?;
    let who = Who::Person { kind, name: Some(name.into()), id_number: Some(id_number(born, sequence).into()) };
    enter(ctx, who, (name, phone), market).await
}

async fn enter(
    ctx: &Ctx,
    who: Who,
    (contact, phone): (&str, Option<&str>),
    market: Option<Uuid>,
) -> Result<Uuid, Fault> {
    let address = who.kind().is_unit().then(|| "坞城南路92号".to_owned());
    let input = RegisterInput {
        who,
        contact_name: Some(Pii::from(contact)),
        contact_phone: phone.map(Pii::from),
        county: "140105".to_owned(),
        address,
        market,
        agency: None,
    };
    Ok(done(people::register_party(ctx, input, None).await)?.id)
}

/// Looks at everything that this kind shows, has the pledge signed, and verifies.
async fn verify(ctx: &Ctx, party: Uuid) -> Result<(), Fault> {
    use PartyStep::{AgentAuthorised, IdentitySeen, LicenceSeen, SiteVisited, UsccChecked};
    let row = hiring_party::Entity::find_by_id(party).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let kind = PartyKind::from_code(&row.kind).ok_or(Fault::NotFound)?;
    let steps: &[PartyStep] = match kind {
        PartyKind::Household => &[IdentitySeen],
        PartyKind::GangLeader => &[IdentitySeen, SiteVisited],
        PartyKind::IndividualBusiness => &[UsccChecked, LicenceSeen, IdentitySeen],
        _ => &[UsccChecked, LicenceSeen, IdentitySeen, AgentAuthorised],
    };
    for one in steps {
        let file = match one {
            LicenceSeen => Some(folk::scan(ctx, &blob::PARTY_EVIDENCE, "营业执照.png").await?),
            AgentAuthorised => Some(folk::scan(ctx, &blob::PARTY_EVIDENCE, "授权委托书.png").await?),
            _ => None,
        };
        step(ctx, party, *one, file).await?;
    }
    let paper = folk::scan(ctx, &blob::PARTY_EVIDENCE, "用工承诺书.png").await?;
    let pledge = people::pledge_in_force().to_owned();
    done(people::sign_pledge(ctx, party, version(ctx, party).await?, pledge, Some(paper), None).await)?;
    done(people::verify_party(ctx, party, version(ctx, party).await?, None).await).map(drop)
}

async fn step(ctx: &Ctx, party: Uuid, step: PartyStep, evidence: Option<Uuid>) -> Result<(), Fault> {
    let input = StepInput { step, result: PartyStepResult::Passed, made_on: None, note: None, evidence };
    done(people::record_step(ctx, party, input, None).await).map(drop)
}

async fn fast(ctx: &Ctx, party: Uuid) -> Result<(), Fault> {
    done(people::grant_fast_lane(ctx, party, version(ctx, party).await?, None).await).map(drop)
}

/// The version a party stands at.
async fn version(ctx: &Ctx, party: Uuid) -> Result<i32, Fault> {
    let row = hiring_party::Entity::find_by_id(party).one(&ctx.scope()).await?;
    row.map(|row| row.version).ok_or(Fault::NotFound)
}

/// A unified social credit code that checks, of a unit in Xiaodian; the number tells units apart.
fn code(begins: &str, number: u32) -> String {
    let checks = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let all = checks.chars().flat_map(|own| checks.chars().map(move |last| (own, last)));
    let mut all = all.map(|(own, last)| format!("{begins}140105{number:08}{own}{last}"));
    all.find(|code| Uscc::parse(code).is_ok()).unwrap_or_default()
}
