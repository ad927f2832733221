//! A whole life of quick hire (一名零工的全过程): registered, certified, in hardship, hired, written to, disputed, paid, absent once and
//! appealing, liked and coming again; everything that somebody can write about the person is marked.

use std::collections::BTreeSet;

use entities::{citizen, worker};
use hiring::engagements::testing::{NewPosting, Posted, Somebody, citizen_actor, new_party, new_posting};
use hiring::kinds::{PayDay, WageUnit};
use kernel::{Actor, Ctx, Pii, sms};
use people::testing::{code, code_sent, notice_version};
use people::{PhoneCodePurpose, SignInCitizenInput, Source};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::Value;
use uuid::Uuid;

use super::acting::Acting;
use super::places::Sought;
use super::{FORMER, ID, MARK, PHONE, WHY, arrange, caller, household, name};
use crate::world::{TAIYUAN, World};

/// Somebody who lived it.
pub(super) struct Life {
    /// The citizen, signed in.
    pub(super) me: Actor,
    pub(super) citizen: Uuid,
    /// Its household.
    pub(super) party: Uuid,
    /// What stands for it where nobody reads its name.
    pub(super) sought: Sought,
}

/// Lives it, as somebody who works and as somebody who has others work.
pub(super) async fn lived(world: &World) -> Life {
    let acting = Acting::new(world);
    let me = signed_in(world, FORMER).await;
    let worker = registered(&acting, &me).await;
    leaves_nothing_at_the_former_number(&acting, worker).await;
    let market = market(world).await;
    let bureau = caller(world, "bureau").await;
    let hirer = arrange(&bureau, |tx| async move { new_party(&tx, "ENTERPRISE", "晋建公司", 77).await }).await;
    let home = household::settled(&acting, &me).await;
    let wall = hired(&acting, &me, (hirer, market)).await;
    let moved = home.hires(&acting, &me).await;
    acting.go("2026-11-23T22:00:00Z").await;
    let boss = citizen_actor(hirer.citizen);
    for who in [&me, &boss] {
        acting.done(who, "acceptAgreement", &format!("id: {}", wall.1), "Engagement { id }").await;
    }
    acting.step(&boss, "recordArrival", &wall.1, "").await;
    let words = format!(", words: \"{}提前走了\"", name());
    acting.step(&boss, "disputeEngagement", &wall.1, &words).await;
    acting.go("2026-11-24T00:05:00Z").await;
    acting.step(&me, "recordArrival", &moved, "").await;
    acting.go("2026-11-24T08:00:00Z").await;
    acting.step(&boss, "completeEngagement", &wall.1, "").await;
    paid(&acting, &boss, (&wall.0, &wall.1)).await;
    home.pays(&acting, &me, &moved).await;
    let (party, who) = (Acting::gid("HiringParty", hirer.id), Acting::gid("Worker", worker));
    let liked = format!("partyId: {party}, workerId: {who}");
    acting.done(&boss, "saveFavourite", &liked, "Favourite { __typename }").await;
    absent(&acting, &me, (hirer, market)).await;
    home.publishes_more(&acting, &me).await;
    exported(&acting, (&me, worker), (&boss, &wall.1), &moved).await;
    let citizen = me.citizen_id().expect("a citizen");
    Life { sought: sought(world, citizen, worker, home.party).await, me, citizen, party: home.party }
}

/// Signs in from a device that is marked.
async fn signed_in(world: &World, phone: &str) -> Actor {
    let stranger = world.ctx(world.town(TAIYUAN), Actor::Anonymous).await;
    let source = Source::new("59.49.12.77".parse().expect("an address"), Some(format!("{MARK}/5.0")));
    people::request_phone_code(&stranger, phone, PhoneCodePurpose::SignIn, &source).await.expect("a code is sent");
    let input = SignInCitizenInput {
        phone: phone.to_owned(),
        code: code_sent(&stranger, phone).await.expect("it came"),
        notice_version: notice_version().to_owned(),
        id_tail: None,
        not_mine: false,
    };
    people::sign_in_citizen(&stranger, input, &source).await.expect("signed in").actor
}

/// Registers as a worker with a certificate; the bureau writes hardship down, with a signed paper and a scan.
async fn registered(acting: &Acting<'_>, me: &Actor) -> Uuid {
    let bureau = caller(acting.world, "bureau").await;
    let version = notice_version();
    let input = format!(
        "input: {{name: \"{}\", idNumber: \"{}\", phone: \"无\", trades: [\"瓦工\", \"搬运工\"], county: \"140105\", consent: {{noticeVersion: \"{version}\", how: ONLINE}}, point: {{lat: 37.8, lng: 112.5, crs: WGS84}}, certificates: [{{trade: \"电工\", number: \"{MARK}0001\", validUntil: \"2030-01-01\"}}]}}",
        name(),
        *ID
    );
    let id = acting.done(me, "registerWorker", &input, "Worker { id }").await["id"].clone();
    let staff = bureau.actor();
    let paper = acting.upload(staff, "PERSON_PAPER", &format!("{}的同意书", name())).await;
    let scan = acting.upload(staff, "PERSON_PAPER", &format!("{}的残疾人证", name())).await;
    let input = format!(
        "workerId: {id}, input: {{kind: DISABLED, basis: CERTIFIED, certifiedBy: \"{MARK}街道残联\", certifiedOn: \"2026-11-01\", evidence: {scan}, consent: {{noticeVersion: \"{version}\", how: SIGNED_PAPER, paper: {paper}}}}}"
    );
    acting.done(staff, "recordDifficulty", &input, "Worker { id }").await;
    let own = worker::Entity::find().filter(worker::Column::CitizenId.eq(me.citizen_id()));
    own.one(&bureau.scope()).await.expect("workers are read").expect("it is there").id
}

/// What finds the number that was the person's is there before it has another, and nowhere after.
async fn leaves_nothing_at_the_former_number(acting: &Acting<'_>, worker: Uuid) {
    let (mut former, town) = (Sought::default(), acting.world.town(TAIYUAN));
    of_number(&acting.world.ctx(town, Actor::System("test")).await, FORMER, &mut former).await;
    let known = ["citizen.phone_index", "phone_code.phone_index", "sms.phone_index"];
    assert_eq!(former.standing(&town.window).await, known.into(), "while it is the person's");
    moved_to_another_number(acting, worker).await;
    assert_eq!(former.standing(&town.window).await, BTreeSet::new(), "once it is not");
}

/// Signs in with a new number, and so has a second entry; that is blocked by a slip, given back, and at a counter both become one.
async fn moved_to_another_number(acting: &Acting<'_>, worker: Uuid) {
    let other = signed_in(acting.world, PHONE).await.citizen_id().expect("a citizen");
    let bureau = caller(acting.world, "bureau").await;
    people::block_citizen(&bureau, other, 1, &format!("{}冒用他人号码", name()), None).await.expect("blocked");
    people::unblock_citizen(&bureau, other, 2, None).await.expect("given back");
    // Nobody is sent two codes at once.
    acting.world.clock.advance(chrono::Duration::minutes(5));
    let code = code(&bureau, PHONE, PhoneCodePurpose::Consent).await.expect("a code comes");
    let id = Acting::gid("Worker", worker);
    let now = acting.see(bureau.actor(), &format!("{{ worker(id: {id}) {{ version }} }}")).await["worker"].clone();
    let call = format!("id: {id}, version: {}, input: {{phone: \"{PHONE}\", phoneCode: \"{code}\"}}", now["version"]);
    acting.done(bureau.actor(), "amendWorker", &call, "Worker { id }").await;
}

async fn market(world: &World) -> Uuid {
    let house = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    let made = markets::register_market(&house, markets::testing::market("小店区零工市场"), None).await;
    made.expect("a market").id
}

/// A posting of the hirer at the market, from this moment for so many hours.
async fn posting(acting: &Acting<'_>, of: (Somebody, Uuid), instant: bool, from: &str, hours: i64) -> Posted {
    let (ctx, from) = (caller(acting.world, "bureau").await, from.parse().expect("a moment"));
    let new = NewPosting {
        party: of.0.id,
        market: Some(of.1),
        trade: "6-29-01-01",
        instant,
        priority: false,
        headcount: 5,
        wage: (18_000, WageUnit::Day),
        pay_day: PayDay::Daily,
        shifts: vec![(from, hours)],
    };
    arrange(&ctx, |tx| async move { new_posting(&tx, &new).await }).await
}

async fn applied(acting: &Acting<'_>, me: &Actor, posting: &Posted) -> Value {
    let call = format!("shiftId: {}", Acting::gid("Shift", posting.shifts[0]));
    acting.done(me, "applyForShift", &call, "Engagement { id }").await["id"].clone()
}

/// Applies, talks, and has the place; the posting and the engagement.
async fn hired(acting: &Acting<'_>, me: &Actor, by: (Somebody, Uuid)) -> (Posted, Value) {
    let wall = posting(acting, by, false, "2026-11-23T22:00:00Z", 10).await;
    let engagement = applied(acting, me, &wall).await;
    let boss = citizen_actor(by.0.citizen);
    for (who, text) in [(me, format!("我是{}", name())), (&boss, format!("{}师傅，带上瓦刀", name()))] {
        let call = format!("id: {engagement}, text: \"{text}\"");
        acting.done(who, "sendMessage", &call, "Engagement { id }").await;
    }
    acting.step(&boss, "confirmEngagement", &engagement, "").await;
    (wall, engagement)
}

/// A wage sheet with a receipt that carries the name.
async fn paid(acting: &Acting<'_>, boss: &Actor, (posting, engagement): (&Posted, &Value)) {
    let proof = acting.upload(boss, "WAGE_PROOF", &format!("{}的收条", name())).await;
    let line = format!(
        "{{engagementId: {engagement}, minutes: 540, dueFen: 18000, paidFen: 18000, paidAt: \"2026-11-24T15:30:00+08:00\", method: CASH, proof: {proof}}}"
    );
    let call = format!("postingId: {}, lines: [{line}]", Acting::gid("Posting", posting.id));
    acting.done(boss, "saveWageSheet", &call, "WageSheet { id }").await;
}

/// Does not come once, and appeals against the points; the bureau decides. Then has a place to come to.
async fn absent(acting: &Acting<'_>, me: &Actor, by: (Somebody, Uuid)) {
    let missed = posting(acting, by, true, "2026-11-24T22:00:00Z", 4).await;
    let engagement = applied(acting, me, &missed).await;
    acting.go("2026-11-24T22:30:00Z").await;
    acting.step(&citizen_actor(by.0.citizen), "recordNoShow", &engagement, "").await;
    let points = acting.see(me, "{ myConductPoints { id } }").await["myConductPoints"][0]["id"].clone();
    let appeal = format!("id: {points}, reason: \"我{MARK}当天在医院\"");
    acting.done(me, "appealPoint", &appeal, "ConductPoint { id }").await;
    let bureau = caller(acting.world, "bureau").await.actor().clone();
    let case =
        acting.see(&bureau, "{ cases { edges { node { id version } } } }").await["cases"]["edges"][0]["node"].clone();
    let of = |case: &Value| format!("id: {}, version: {}", case["id"], case["version"]);
    let case = acting.done(&bureau, "takeCase", &of(&case), "Case { id version }").await;
    let note = format!("{}, note: \"{}来电说明\"", of(&case), name());
    let case = acting.done(&bureau, "noteCase", &note, "Case { id version }").await;
    let decision = format!(
        "{}, input: {{decision: DISMISSED, ground: \"{}未提供就诊记录\", article: \"本市零工市场用工规则第三条\"}}",
        of(&case),
        name()
    );
    acting.done(&bureau, "decideCase", &decision, "Case { id }").await;
    let coming = posting(acting, by, true, "2026-11-29T22:00:00Z", 4).await;
    let coming = applied(acting, me, &coming).await;
    let words = format!("id: {coming}, text: \"{MARK}一定到\", idempotencyKey: \"{MARK}-1\"");
    acting.done(me, "sendMessage", &words, "Engagement { id }").await;
    acting.go("2026-11-25T00:00:00Z").await;
    acting.answers(PHONE, &format!("我是{}，钱收到了", name())).await;
}

/// Files of the person, made by itself and by others, and a code that nobody used yet.
async fn exported(acting: &Acting<'_>, (me, worker): (&Actor, Uuid), (boss, wall): (&Actor, &Value), moved: &Value) {
    let (bureau, security) = (caller(acting.world, "bureau").await, caller(acting.world, "secadmin").await);
    for who in [me, boss, bureau.actor()] {
        acting.done(who, "exportWorkSlip", &format!("id: {wall}"), "ExportedFile { fileName }").await;
    }
    acting.done(bureau.actor(), "exportWorkSlip", &format!("id: {moved}"), "ExportedFile { fileName }").await;
    for format in ["PDF", "JSON"] {
        let call = format!("format: {format}");
        acting.done(me, "exportMyRecord", &call, "ExportedFile { fileName }").await;
    }
    let slip = format!("workerId: {}", Acting::gid("Worker", worker));
    acting.done(bureau.actor(), "printRegistrationSlip", &slip, "ExportedFile { fileName }").await;
    let citizen = me.citizen_id().expect("a citizen");
    people::export_citizen_data(&security, citizen, None, WHY, None).await.expect("a copy");
    let mine = acting.world.ctx(acting.world.town(TAIYUAN), me.clone()).await;
    code(&mine, PHONE, PhoneCodePurpose::ChangePhone).await.expect("a code comes");
}

/// What finds a telephone number where nobody reads it.
async fn of_number(ctx: &Ctx, number: &str, sought: &mut Sought) {
    let number = Pii::from(format!("+86{number}"));
    let index = ctx.keys().await.expect("the keys").blind("citizen.phone", &number);
    sought.bytes("citizen.phone_index", &index);
    sought.bytes("phone_code.phone_index", &index);
    sought.bytes("sms.phone_index", &sms::index(ctx, &number).await.expect("an index").expect("a number"));
}

/// What stands for the person where nobody reads a name: blind indexes, tokens of what it wrote, its ids. (The audit and the
/// frame of a case go on naming it by an id that is nobody's any more.)
async fn sought(world: &World, citizen: Uuid, worker: Uuid, party: Uuid) -> Sought {
    let ctx = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    let row = citizen::Entity::find_by_id(citizen).one(&ctx.scope()).await.expect("citizens are read");
    let row = row.expect("it is there");
    let mut sought = Sought::default();
    sought.bytes("citizen.id_index", &row.id_index.expect("its card is known"));
    for number in [PHONE, FORMER] {
        of_number(&ctx, number, &mut sought).await;
    }
    for place in [
        "worker_trade.worker_id",
        "favourite.worker_id",
        "conduct_point.worker_id",
        "engagement.worker_id",
        "work_slip.terms",
    ] {
        sought.text(place, &worker.simple().to_string());
    }
    for place in ["citizen_session.citizen_id", "consent.citizen_id", "party_member.citizen_id"] {
        sought.text(place, &citizen.simple().to_string());
    }
    household::sought(&ctx, party, &mut sought).await;
    sought
}
