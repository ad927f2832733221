//! One licence in two cities (一证两市): what an agency does in Taiyuan and in Datong stops in both at once when its licence is
//! suspended, revoked or over, and goes on in both once it is in force again.

use async_graphql::ID;
use kernel::policy::ScopeKind;
use kernel::store::PLATFORM;
use people::NewRole;
use serde_json::{Value, json};

use super::town::Town;
use crate::postgres::Fresh;

const NAME: &str = "晋才人力资源有限公司";
const LICENCE: &str = "晋人服证字〔2026〕第7号";
const BECAUSE: &str = "input: {reason: \"发布虚假招聘信息\", article: \"人力资源市场暂行条例第四十三条\"}";
const PHONE: &str = "13800000101";

/// What is asked for of a posting, of a hire and of a market.
const POSTING: &str = "Posting { id version status shifts { id } }";
const HIRE: &str = "Engagement { status }";
const MARKET: &str = "Market { id version status }";

/// A city in which the agency works.
struct City {
    code: &'static str,
    slug: &'static str,
    county: &'static str,
}

static TAIYUAN: City = City { code: "140100", slug: "taiyuan", county: "140105" };
static DATONG: City = City { code: "140200", slug: "datong", county: "140213" };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_licence_that_is_suspended_revoked_or_over_stops_its_agency_at_once_in_every_city_on_sqlite() {
    let town = Town::still(Town::defaults(), None).await;
    a_licence_stops_its_agency_in_every_city(town, None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_licence_that_is_suspended_revoked_or_over_stops_its_agency_at_once_in_every_city_on_postgresql() {
    let fresh = Fresh::new().await;
    let mut config = Town::defaults();
    config.database.url.clone_from(&fresh.url);
    config.database.prefix.clone_from(&fresh.prefix);
    let town = Town::still(config, Some(&fresh.url)).await;
    a_licence_stops_its_agency_in_every_city(town, Some(&fresh.url)).await;
}

async fn a_licence_stops_its_agency_in_every_city(town: Town, admin: Option<&str>) {
    town.found([DATONG.code, DATONG.slug, "大同市", "Datong"], admin).await;
    register(&town).await;
    let offices = [Office::open(&town, &TAIYUAN).await, Office::open(&town, &DATONG).await];

    decide(&town, TAIYUAN.slug, "bureau", "suspendAgencyLicence").await;
    let waiting = stopped(&offices, "SUSPENDED", "已暂停", "LICENCE_SUSPENDED").await;
    decide(&town, TAIYUAN.slug, "bureau", "liftAgencyLicence").await;
    go_on(&offices, &waiting).await;

    decide(&town, PLATFORM, "province", "revokeAgencyLicence").await;
    let waiting = stopped(&offices, "REVOKED", "已吊销", "LICENCE_REVOKED").await;
    decide(&town, PLATFORM, "province", "liftAgencyLicence").await;
    go_on(&offices, &waiting).await;

    // Nobody does anything about it: its last day is over.
    town.go("2026-11-27 09:00");
    let waiting = stopped(&offices, "EXPIRED", "已到期", "AGENCY_LICENCE_EXPIRED").await;
    renew(&town).await;
    go_on(&offices, &waiting).await;
    for office in &offices {
        office.hires_and_opens_its_second_market().await;
    }
}

/// In every city nothing goes on; what the agency entered meanwhile.
async fn stopped(offices: &[Office<'_>], state: &str, problem: &str, unlisted: &str) -> Vec<Value> {
    let mut waiting = Vec::new();
    for office in offices {
        waiting.push(office.has_stopped(state, problem, unlisted).await);
    }
    waiting
}

/// In every city it goes on, with what waited.
async fn go_on(offices: &[Office<'_>], waiting: &[Value]) {
    for (office, waiting) in offices.iter().zip(waiting) {
        office.goes_on(waiting).await;
    }
}

/// What is registered of the agency.
fn form(last_day: &str) -> String {
    format!(
        "input: {{name: \"{NAME}\", county: \"{}\", issuer: \"太原市人力资源和社会保障局\", scope: [JOB_INTERMEDIATION], issuedOn: \"2026-01-05\", expiresOn: \"{last_day}\"}}",
        TAIYUAN.county
    )
}

/// Taiyuan's bureau registers the agency and holds its licence against the original.
async fn register(town: &Town) {
    let bureau = town.sign_in(TAIYUAN.slug, "bureau").await;
    let call = format!("licenceNo: \"{LICENCE}\", {}", form("2026-11-26"));
    let made = done(town, TAIYUAN.slug, &bureau, ("registerAgency", &call), "Agency { id version }").await;
    verify(town, &bureau, &made).await;
}

/// Taiyuan's bureau writes down until when it is good now.
async fn renew(town: &Town) {
    let bureau = town.sign_in(TAIYUAN.slug, "bureau").await;
    let call = format!("{}, {}", seen(&agency(town, TAIYUAN.slug, &bureau).await), form("2029-01-04"));
    let renewed = done(town, TAIYUAN.slug, &bureau, ("amendAgency", &call), "Agency { id version }").await;
    verify(town, &bureau, &renewed).await;
}

async fn verify(town: &Town, bureau: &str, of: &Value) {
    let state = "Agency { licenceState }";
    let verified = done(town, TAIYUAN.slug, bureau, ("verifyAgencyLicence", &seen(of)), state).await;
    assert_eq!(verified["licenceState"], "VALID", "{verified}");
    every_city_hears(town).await;
}

/// Somebody who may decides about the licence.
async fn decide(town: &Town, slug: &str, who: &str, what: &str) {
    let token = town.sign_in(slug, who).await;
    let call = format!("{}, {BECAUSE}", seen(&agency(town, slug, &token).await));
    done(town, slug, &token, (what, &call), "Agency { licenceState }").await;
    every_city_hears(town).await;
}

/// What was said in one store reaches the others, there and back.
async fn every_city_hears(town: &Town) {
    for _ in 0..2 {
        town.work_in(&[TAIYUAN.code, PLATFORM, DATONG.code]).await;
    }
}

/// The agency as it is known in a store.
async fn agency(town: &Town, slug: &str, token: &str) -> Value {
    let query = "query($s: String!) { agencies(filter: {search: $s}) { edges { node { id version licenceState } } } }";
    let found = town.get(slug, token, query, json!({"s": LICENCE}), "agencies").await;
    found["edges"][0]["node"].clone()
}

/// `id: "…", version: 3` of what was shown.
fn seen(of: &Value) -> String {
    format!("id: {}, version: {}", of["id"], of["version"])
}

/// Sends a mutation with its arguments as they are written in GraphQL: the success, or the refusal with its code.
async fn send(town: &Town, slug: &str, token: &str, (name, arguments): (&str, &str), success: &str) -> Value {
    let refused = name[..1].to_uppercase() + &name[1..] + "Refused";
    let query =
        format!("mutation {{ {name}({arguments}) {{ ... on {success} ... on {refused} {{ code message field }} }} }}");
    let token = Some(token).filter(|token| !token.is_empty());
    let answer = town.ask(slug, token, &query, json!({})).await;
    assert!(answer.get("errors").is_none(), "{query}: {answer}");
    answer["data"][name].clone()
}

/// The same, and it is done.
async fn done(town: &Town, slug: &str, token: &str, call: (&str, &str), success: &str) -> Value {
    let answer = send(town, slug, token, call, success).await;
    assert!(!answer.is_null() && answer["code"].is_null(), "{call:?}: {answer}");
    answer
}

/// What the agency has in a city: a market in the directory and one that is not in it yet, a client, and a posting for which
/// somebody looks.
struct Office<'a> {
    town: &'a Town,
    city: &'static City,
    client: Value,
    second: Value,
    running: Value,
    seeker: String,
    worker: Value,
}

impl<'a> Office<'a> {
    async fn open(town: &'a Town, city: &'static City) -> Self {
        let bureau = town.sign_in(city.slug, "bureau").await;
        let agency = agency(town, city.slug, &bureau).await;
        assert_eq!(agency["licenceState"], "VALID", "{agency}");
        let id = ID(agency["id"].as_str().expect("an id").to_owned());
        let key = town.itself_in(city.code).await.parse_id("Agency", &id).expect("an agency of the city").to_string();
        let manager = NewRole { role: "agency_manager", kind: ScopeKind::Agency, key };
        town.clerk_in(city.code, "agent", manager).await;
        let first = market(town, city, &bureau, ("晋阳零工驿站", "迎新街")).await;
        done(town, city.slug, &bureau, ("listMarket", &seen(&first)), MARKET).await;
        let second = market(town, city, &bureau, ("汾河用工市场", "府西街")).await;
        let client = client(town, city, &bureau, &agency).await;
        let (seeker, worker) = seeker(town, city).await;
        let running = Value::Null;
        let mut office = Self { town, city, client, second, running, seeker, worker };
        let draft = office.draft().await;
        office.running = office.as_agent("submitPosting", &seen(&draft), POSTING).await;
        assert_eq!(office.running["status"], "PUBLISHED", "{}", office.running);
        office.shows("VALID", &Value::Null).await;
        office
    }

    async fn as_agent(&self, name: &str, arguments: &str, success: &str) -> Value {
        let agent = self.town.sign_in(self.city.slug, "agent").await;
        send(self.town, self.city.slug, &agent, (name, arguments), success).await
    }

    async fn as_bureau(&self, name: &str, arguments: &str, success: &str) -> Value {
        let bureau = self.town.sign_in(self.city.slug, "bureau").await;
        send(self.town, self.city.slug, &bureau, (name, arguments), success).await
    }

    /// A posting for the client that is not handed in yet.
    async fn draft(&self) -> Value {
        let input = format!(
            "input: {{partyId: {}, trade: \"搬运工\", duties: \"水果装卸，装车卸车\", title: \"水果装卸\", place: \"物流园1号仓库\", wageFen: 22000, wageUnit: DAY, instant: true, cover: COMMERCIAL, shifts: [{{startsAt: \"2026-11-28T08:00:00+08:00\", endsAt: \"2026-11-28T16:00:00+08:00\", headcount: 5, breakMinutes: 60}}]}}",
            self.client
        );
        let draft = self.as_agent("savePosting", &input, POSTING).await;
        assert_eq!(draft["status"], "DRAFT", "{draft}");
        draft
    }

    async fn apply(&self) -> Value {
        let call = format!("shiftId: {}", self.running["shifts"][0]["id"]);
        send(self.town, self.city.slug, &self.seeker, ("applyForShift", &call), HIRE).await
    }

    /// Nothing goes on here; what the agency entered meanwhile.
    async fn has_stopped(&self, state: &str, problem: &str, unlisted: &str) -> Value {
        let waiting = self.draft().await;
        let refused = self.as_agent("submitPosting", &seen(&waiting), POSTING).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_INVALID"), &json!("partyId")), "{refused}");
        self.shows(state, &json!(problem)).await;
        assert_eq!(self.apply().await["code"], "LICENCE_INVALID");
        let walk_in = format!("shiftId: {}, workerId: {}", self.running["shifts"][0]["id"], self.worker);
        let refused = self.as_bureau("hireWalkIn", &walk_in, HIRE).await;
        assert_eq!(refused["code"], "LICENCE_INVALID", "{refused}");
        let refused = self.as_bureau("listMarket", &seen(&self.second), MARKET).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!(unlisted), &json!("agency")), "{refused}");
        assert_eq!(self.directory().await, json!([{ "name": "晋阳零工驿站", "licenceState": state }]));
        waiting
    }

    /// What waited is published, and nothing speaks against the agency any more.
    async fn goes_on(&self, waiting: &Value) {
        let published = self.as_agent("submitPosting", &seen(waiting), POSTING).await;
        assert_eq!(published["status"], "PUBLISHED", "{published}");
        self.shows("VALID", &Value::Null).await;
    }

    async fn hires_and_opens_its_second_market(&self) {
        assert_eq!(self.apply().await["status"], "CONFIRMED");
        let listed = self.as_bureau("listMarket", &seen(&self.second), MARKET).await;
        assert_eq!(listed["status"], "LISTED", "{listed}");
        assert_eq!(self.directory().await.as_array().map(Vec::len), Some(2));
    }

    /// How everybody reads of the licence: beside each posting that runs here, and at the market in the directory.
    async fn shows(&self, state: &str, problem: &Value) {
        let agency = "agency { licenceValid licenceProblem }";
        let question = format!(
            "{{ publicPosting(id: {}) {{ {agency} }} openPostings {{ edges {{ node {{ {agency} }} }} }} }}",
            self.running["id"]
        );
        let answer = self.town.ask(self.city.slug, None, &question, json!({})).await;
        let told = json!({ "licenceValid": problem.is_null(), "licenceProblem": problem });
        assert_eq!(answer["data"]["publicPosting"]["agency"], told, "{answer}");
        let open = answer["data"]["openPostings"]["edges"].as_array().expect("postings").clone();
        assert!(!open.is_empty() && open.iter().all(|one| one["node"]["agency"] == told), "{answer}");
        assert_eq!(self.directory().await[0]["licenceState"], state);
    }

    /// The city's directory, as everybody reads it.
    async fn directory(&self) -> Value {
        let question = "{ directory { edges { node { name licenceState } } } }";
        let answer = self.town.ask(self.city.slug, None, question, json!({})).await;
        let edges = answer["data"]["directory"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        edges.iter().map(|edge| edge["node"].clone()).collect()
    }
}

/// A market that the agency runs, as the bureau registers it.
async fn market(town: &Town, city: &City, bureau: &str, (name, street): (&str, &str)) -> Value {
    let week = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    let form = json!({
        "officialName": name, "aliasBasis": "OFFICIAL", "nature": "COMMERCIAL", "operatorKind": "LICENSED_AGENCY",
        "operatorName": NAME, "licenceNo": LICENCE, "publicInterest": false,
        "address": {"division": city.county, "text": format!("{street}7号")},
        "hours": [{"season": "ALL_YEAR", "opens": "04:30", "closes": "18:00", "weekdays": week}],
        "trades": ["瓦工", "电工"], "services": [],
        "contacts": [{"label": "服务大厅", "phone": "0351-5278313", "public": true}],
    });
    let query = "mutation($i: MarketInput!) { registerMarket(input: $i) {
        ... on Market { id version } ... on RegisterMarketRefused { code message field } } }";
    let made = town.get(city.slug, bureau, query, json!({"i": form}), "registerMarket").await;
    assert!(made["id"].is_string(), "{made}");
    made
}

/// A client of the agency, whom the bureau verifies; its id.
async fn client(town: &Town, city: &City, bureau: &str, agency: &Value) -> Value {
    let agent = town.sign_in(city.slug, "agent").await;
    let person = format!(
        "input: {{kind: GANG_LEADER, name: \"赵铁柱\", idNumber: \"{}\", contactPhone: \"13700000301\", county: \"{}\", agencyId: {}}}",
        people::testing::id_number("1976-04-12", 123),
        city.county,
        agency["id"]
    );
    let made = done(town, city.slug, &agent, ("registerParty", &person), "HiringParty { id }").await;
    let id = made["id"].clone();
    for step in ["IDENTITY_SEEN", "SITE_VISITED"] {
        let call = format!("partyId: {id}, input: {{step: {step}, result: PASSED}}");
        done(town, city.slug, bureau, ("recordVerificationStep", &call), "HiringParty { id }").await;
    }
    let newest = format!("{{ hiringParty(id: {id}) {{ id version }} }}");
    let newest = town.get(city.slug, bureau, &newest, json!({}), "hiringParty").await;
    let verified = done(town, city.slug, bureau, ("verifyParty", &seen(&newest)), "HiringParty { status }").await;
    assert_eq!(verified["status"], "VERIFIED", "{verified}");
    id
}

/// Somebody who looks for work, by telephone: the token, and the worker's id.
async fn seeker(town: &Town, city: &City) -> (String, Value) {
    let asked = format!("phone: \"{PHONE}\", purpose: SIGN_IN");
    done(town, city.slug, "", ("requestPhoneCode", &asked), "PhoneCodeSent { goodUntil }").await;
    let code = people::testing::code_sent(&town.itself_in(city.code).await, PHONE).await.expect("a code came");
    let notice = people::testing::notice_version();
    let input = format!("input: {{phone: \"{PHONE}\", code: \"{code}\", noticeVersion: \"{notice}\"}}");
    let signed = done(town, city.slug, "", ("signInCitizen", &input), "CitizenSignedIn { token }").await;
    let token = signed["token"].as_str().expect("a token").to_owned();
    let form = format!(
        "input: {{name: \"张建军\", idNumber: \"{}\", phone: \"无\", trades: [\"搬运工\"], county: \"{}\", consent: {{noticeVersion: \"{notice}\", how: ONLINE}}}}",
        people::testing::id_number("1985-03-07", 11),
        city.county
    );
    let made = done(town, city.slug, &token, ("registerWorker", &form), "Worker { id }").await;
    (token, made["id"].clone())
}
