//! The demo's people (演示人员): whoever sits at the counters, and workers of every age who look for work.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use entities::{account, role_assignment, worker};
use kernel::checks::CitizenId;
use kernel::ctx::{AccountActor, Actor, CitizenActor, Ctx, Via};
use kernel::fault::Fault;
use kernel::gql::Date;
use kernel::policy::{Held, ScopeKind};
use kernel::sms;
use kernel::{Action, Never, Pii, Stop, blob};
use people::{
    CertificateInput, ConsentForm, ConsentHow, ConsentInput, DifficultyBasis, DifficultyForm, DifficultyKind,
    PhoneCodePurpose, SignInCitizenInput, Source, WorkHours, WorkerInput,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::done;
use super::stage::Stage;

/// Numbers of workers who sign in with a code.
pub(super) const WORKER: &str = "13800000101";
pub(super) const MOTHER: &str = "13800000102";
pub(super) const MINOR: &str = "13800000103";

/// The hall where most of it happens.
const HALL: &str = "太原市小店区零工市场";
/// The market of the agency whose licence is good, that of the one whose licence ends soon, and that of the volunteers.
const BUILDERS: &str = "并州建筑劳务市场";
const LOGISTICS: &str = "汾河物流用工市场";
const VOLUNTEERS: &str = "新兰路早市零工点";

static FILE: Action = Action::new("demo", "file", "存放演示材料", "File a paper of the demo");

/// A picture of one pixel: what a scanner of the demo sees.
const SCAN: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff\xff\x7f\0\t\xfb\x03\xfd\x05CE\xca\0\0\0\0IEND\xaeB`\x82";

/// Who sits at the counters (演示经办人), and where.
pub(super) struct Crew {
    /// The counter of the hall.
    pub(super) staff: Actor,
    /// Who manages the hall.
    pub(super) manager: Actor,
    /// The county's officer.
    pub(super) county: Actor,
    /// The bureau's officer.
    pub(super) bureau: Actor,
    /// The operator of the builders' market, under a licence.
    pub(super) builders: Actor,
    /// The operator of the logistics market, whose licence ends soon.
    pub(super) logistics: Actor,
    /// The lead of the volunteers.
    pub(super) volunteer: Actor,
    /// The hall, the builders' market, the logistics market, the volunteers' corner.
    pub(super) hall: Uuid,
    pub(super) at_builders: Uuid,
    pub(super) at_logistics: Uuid,
    pub(super) corner: Uuid,
}

impl Crew {
    pub(super) async fn of(stage: &Stage) -> Result<Self, Fault> {
        let ctx = stage.itself().await?;
        Ok(Self {
            staff: actor(&ctx, "staff").await?,
            manager: actor(&ctx, "manager").await?,
            county: actor(&ctx, "county").await?,
            bureau: actor(&ctx, "bureau").await?,
            builders: actor(&ctx, "agency").await?,
            logistics: actor(&ctx, "logistics").await?,
            volunteer: actor(&ctx, "volunteer").await?,
            hall: named(&ctx, HALL).await?,
            at_builders: named(&ctx, BUILDERS).await?,
            at_logistics: named(&ctx, LOGISTICS).await?,
            corner: named(&ctx, VOLUNTEERS).await?,
        })
    }
}

async fn named(ctx: &Ctx, name: &str) -> Result<Uuid, Fault> {
    markets::market_named(ctx, name).await?.ok_or(Fault::internal("play the demo: a market of the table is missing"))
}

/// An account of the demo, at its desk.
async fn actor(ctx: &Ctx, username: &str) -> Result<Actor, Fault> {
    let row = account::Entity::find().filter(account::Column::Username.eq(username)).one(&ctx.scope()).await?;
    let row = row.ok_or(Fault::internal("play the demo: an account is missing"))?;
    let of = role_assignment::Entity::find().filter(role_assignment::Column::AccountId.eq(row.id));
    let held = of.all(&ctx.scope()).await?.into_iter().filter_map(|one| {
        let kind = ScopeKind::parse(&one.scope_kind)?;
        Some(Held { role: one.role, kind, key: one.scope_key, until: one.valid_until })
    });
    Ok(Actor::Account(AccountActor {
        id: row.id,
        username: row.username,
        held: held.collect(),
        via: Via::Session(Uuid::nil()),
        restricted: false,
    }))
}

/// Files a scan for this purpose in the caller's own name.
pub(super) async fn scan(ctx: &Ctx, purpose: &'static blob::Purpose, name: &str) -> Result<Uuid, Fault> {
    let until = ctx.now() + chrono::Duration::hours(24);
    let kept: Result<Uuid, Stop<Never>> = ctx
        .transact(&FILE, |tx| async move { Ok(blob::store(&tx, purpose, name, "image/png", SCAN, Some(until)).await?) })
        .await;
    done(kept)
}

/// Signs somebody in with the code that came to the number.
pub(super) async fn sign_in(stage: &Stage, phone: &str) -> Result<Actor, Fault> {
    let ctx = stage.by(&Actor::Anonymous).await?;
    let source = Source::default();
    done(people::request_phone_code(&ctx, phone, PhoneCodePurpose::SignIn, &source).await)?;
    let input = SignInCitizenInput {
        phone: phone.to_owned(),
        code: code_sent(&ctx, phone).await?,
        notice_version: people::notice_in_force().to_owned(),
        id_tail: None,
        not_mine: false,
    };
    Ok(done(people::sign_in_citizen(&ctx, input, &source).await)?.actor)
}

/// The code that came to a number: the six digits of its newest message.
async fn code_sent(ctx: &Ctx, phone: &str) -> Result<String, Fault> {
    let missing = Fault::internal("play the demo: no code came");
    let Some(index) = sms::index(ctx, &Pii::from(phone)).await? else { return Err(missing) };
    let newest = entities::sms::Entity::find()
        .filter(entities::sms::Column::PhoneIndex.eq(index))
        .order_by_desc(entities::sms::Column::Id);
    let Some(row) = newest.one(&ctx.scope()).await? else { return Err(missing) };
    let text = sms::open(ctx, &row).await?.text;
    let digits = text.expose().split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned);
    digits.ok_or(missing)
}

/// A citizen number of somebody born on a day in Xiaodian; an odd sequence is a man.
pub(super) fn id_number(born: NaiveDate, sequence: u32) -> String {
    let body = format!("140105{}{sequence:03}", born.format("%Y%m%d"));
    let checks = "0123456789X".chars().map(|check| format!("{body}{check}"));
    checks.into_iter().find(|number| CitizenId::parse(number).is_ok()).unwrap_or(body)
}

/// A worker of the demo (演示零工): id, and the citizen it is.
#[derive(Clone)]
pub(super) struct Folk {
    pub(super) id: Uuid,
    pub(super) citizen: Actor,
}

/// Name, born (year, or so many years ago where it is small), sequence, trades.
type Row = (&'static str, i32, u32, &'static [&'static str]);

/// Those whom the counter registers: the same place in this table is the same person everywhere in the demo.
const AT_COUNTER: [Row; 22] = [
    ("李铁成", 1979, 11, &["搬运工", "瓦工"]),
    ("王根生", 1983, 13, &["搬运工"]),
    ("刘二虎", 1990, 15, &["搬运工", "分拣"]),
    ("赵保国", 1975, 17, &["搬运工", "绿化"]),
    ("孙喜顺", 1988, 19, &["搬运工"]),
    ("郝建平", 1981, 21, &["瓦工", "抹灰工"]),
    ("郭满仓", 1977, 23, &["瓦工"]),
    ("高志强", 1986, 25, &["瓦工", "混凝土"]),
    ("李改花", 1985, 22, &["服务员", "保洁"]),
    ("张秀梅", 1992, 24, &["服务员"]),
    ("武爱民", 1984, 27, &["搬运工"]),
    ("冯晓光", 1995, 29, &["搬运工", "分拣"]),
    ("曹丽", 1998, 26, &["分拣"]),
    ("田小军", 2001, 31, &["分拣"]),
    ("任红霞", 1991, 28, &["分拣", "打包"]),
    ("梁永刚", 1989, 33, &["分拣"]),
    ("段海龙", 1993, 35, &["分拣", "搬运工"]),
    ("牛福贵", 1958, 37, &["绿化", "保洁"]),
    ("侯春来", 1970, 39, &["绿化"]),
    ("范志明", 1987, 41, &["电工"]),
    ("卫东升", 1982, 43, &["瓦工"]),
    ("乔文秀", 1980, 30, &["保洁", "家政"]),
];

/// Everybody who looks for work.
pub(super) struct Workers {
    /// Those of the table, in its order.
    pub(super) all: Vec<Folk>,
    /// Those who registered themselves.
    pub(super) zhang: Folk,
    pub(super) mother: Folk,
    pub(super) minor: Folk,
    /// Those of the builders' market and of the logistics market.
    pub(super) builders: Vec<Folk>,
    pub(super) movers: Vec<Folk>,
}

/// Registers them (登记零工).
pub(super) async fn register(stage: &Stage, crew: &Crew) -> Result<Workers, Fault> {
    let hall = stage.by(&crew.staff).await?;
    let witness = crew.manager.account_id().ok_or(Fault::Unauthenticated)?;
    let mut all = Vec::new();
    for row in AT_COUNTER {
        all.push(enter(&hall, crew.hall, &row, ConsentForm::spoken(witness)).await?);
    }
    certify(stage, &crew.manager, &all).await?;
    hardship(stage, crew, &all).await?;
    let zhang = itself(stage, WORKER, &("张建军", 1985, 45, &["搬运工", "瓦工", "分拣"])).await?;
    let mother = itself(stage, MOTHER, &("周桂英", 1974, 46, &["保洁", "家政"])).await?;
    declared(stage, &mother).await?;
    let seventeen = (stage.today() - Months::new(12 * 17)).year();
    let minor = itself(stage, MINOR, &("马晓东", seventeen, 47, &["服务员", "打包"])).await?;
    let mut builders = Vec::new();
    let ctx = stage.by(&crew.builders).await?;
    for row in [("秦大力", 1983, 49, &["钢筋"][..]), ("席建勇", 1990, 51, &["钢筋", "瓦工"])] {
        builders.push(enter(&ctx, crew.at_builders, &row, paper(&ctx).await?).await?);
    }
    let mut movers = Vec::new();
    let ctx = stage.by(&crew.logistics).await?;
    for row in [("温广林", 1986, 53, &["装卸"][..]), ("樊小虎", 1994, 55, &["装卸"])] {
        movers.push(enter(&ctx, crew.at_logistics, &row, paper(&ctx).await?).await?);
    }
    let ctx = stage.by(&crew.volunteer).await?;
    for row in [("贾来福", 1972, 57, &["搬运工"][..]), ("薛翠兰", 1976, 48, &["摘果", "保洁"])] {
        enter(&ctx, crew.corner, &row, paper(&ctx).await?).await?;
    }
    stage.rest().await?;
    Ok(Workers { all, zhang, mother, minor, builders, movers })
}

/// A consent on paper.
async fn paper(ctx: &Ctx) -> Result<ConsentForm, Fault> {
    Ok(ConsentForm::on_paper(scan(ctx, &blob::PERSON_PAPER, "知情同意书.png").await?))
}

/// At the counter of a market.
async fn enter(ctx: &Ctx, market: Uuid, row: &Row, consent: ConsentForm) -> Result<Folk, Fault> {
    let made = done(people::register_worker(ctx, Some(market), form(ctx, row, ""), consent, None).await)?;
    folk(ctx, made.id).await
}

/// By itself, on the telephone.
async fn itself(stage: &Stage, phone: &str, row: &Row) -> Result<Folk, Fault> {
    let ctx = stage.by(&sign_in(stage, phone).await?).await?;
    let made = done(people::register_worker(&ctx, None, form(&ctx, row, phone), ConsentForm::online(), None).await)?;
    folk(&ctx, made.id).await
}

async fn folk(ctx: &Ctx, id: Uuid) -> Result<Folk, Fault> {
    let row = worker::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let citizen = CitizenActor { id: row.citizen_id, session: Uuid::nil() };
    Ok(Folk { id, citizen: Actor::Citizen(citizen) })
}

fn form(ctx: &Ctx, (name, year, sequence, trades): &Row, phone: &str) -> WorkerInput {
    let born = NaiveDate::from_yo_opt(*year, 1 + sequence * 3 % 300).unwrap_or_else(|| ctx.today());
    // Every other one of the counter has a telephone.
    let number = if sequence % 4 == 3 { format!("137000{sequence:05}") } else { "无".to_owned() };
    WorkerInput {
        name: (*name).to_owned(),
        id_number: id_number(born, *sequence),
        phone: if phone.is_empty() { number } else { phone.to_owned() },
        trades: trades.iter().map(|trade| (*trade).to_owned()).collect(),
        county: "140105".to_owned(),
        consent: ConsentInput {
            notice_version: people::notice_in_force().to_owned(),
            how: ConsentHow::Online,
            paper: None,
            witness: None,
            code: None,
        },
        radius_km: Some(15),
        hours: Some(vec![WorkHours::Dawn, WorkHours::Day, WorkHours::Evening]),
        point: None,
        steady_job: Some(sequence % 3 == 0),
        training: Some(sequence % 5 == 0),
        retirement_kind: None,
        certificates: None,
        from_card: Some(sequence % 2 == 1),
    }
}

/// The manager saw the electrician's certificate.
async fn certify(stage: &Stage, manager: &Actor, all: &[Folk]) -> Result<(), Fault> {
    let ctx = stage.by(manager).await?;
    let electrician = all.get(19).ok_or(Fault::NotFound)?;
    let input = CertificateInput {
        trade: "电工".to_owned(),
        number: format!("T{}", id_number(stage.today() - Months::new(12 * 39), 41)),
        valid_until: Date(stage.today() + Days::new(400)),
    };
    let saved = done(people::save_certificate(&ctx, electrician.id, input, None).await)?;
    done(people::verify_certificate(&ctx, saved.id, None).await).map(drop)
}

/// What an office certified of somebody.
async fn hardship(stage: &Stage, crew: &Crew, all: &[Folk]) -> Result<(), Fault> {
    let ctx = stage.by(&crew.county).await?;
    let older = all.get(18).ok_or(Fault::NotFound)?;
    let witness = crew.manager.account_id().ok_or(Fault::Unauthenticated)?;
    let form = DifficultyForm {
        kind: DifficultyKind::LongTermUnemployed,
        basis: DifficultyBasis::Certified,
        consent: ConsentForm::spoken(witness),
        evidence: None,
        valid_until: Some(stage.today() + Days::new(300)),
        certified_by: Some("小店区人力资源和社会保障局".to_owned()),
        certified_on: Some(stage.today() - Days::new(60)),
    };
    done(people::record_difficulty(&ctx, older.id, form, None).await).map(drop)
}

/// What somebody says of itself.
async fn declared(stage: &Stage, who: &Folk) -> Result<(), Fault> {
    let ctx = stage.by(&who.citizen).await?;
    let form = DifficultyForm {
        kind: DifficultyKind::MinimumLiving,
        basis: DifficultyBasis::Declared,
        consent: ConsentForm::online(),
        evidence: None,
        valid_until: None,
        certified_by: None,
        certified_on: None,
    };
    done(people::record_difficulty(&ctx, who.id, form, None).await).map(drop)
}
