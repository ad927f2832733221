//! Who is in the story: an enterprise in the fast lane, a gang leader, a client of the agency, three workers with telephones and
//! twelve who stand in the hall.

use serde_json::Value;

use super::hall::Hall;

/// Numbers of those who act by telephone.
const HIRER: &str = "13800000201";
const WORKERS: [(&str, &str, &str, u32); 3] = [
    ("13800000101", "张建军", "1985-03-07", 11),
    ("13800000102", "李秀英", "1990-06-11", 22),
    ("13800000103", "王小明", "1995-09-15", 33),
];
/// Those who stand in the hall have no telephone.
const IN_THE_HALL: u32 = 12;

/// The code of the agency's client.
pub(super) const CLIENT: &str = "91140100MA0K00005K";

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR";

/// Somebody who works and acts by telephone.
pub(super) struct Worker {
    pub(super) token: String,
}

/// Everybody.
pub(super) struct Cast {
    /// The owner of the enterprise, signed in.
    pub(super) hirer: String,
    /// The enterprise and the gang leader.
    pub(super) enterprise: Value,
    pub(super) gang: Value,
    /// Those with a telephone, and those in the hall.
    pub(super) zhang: Worker,
    pub(super) li: Worker,
    pub(super) wang: Worker,
    pub(super) hall: Vec<Value>,
}

/// Registers those who hire, and those with a telephone, on the day before.
pub(super) async fn gather(hall: &Hall) -> Cast {
    let hirer = hall.citizen(HIRER).await;
    let staff = hall.staff("staff").await;
    let manager = hall.staff("manager").await;
    let enterprise = unit(hall, &hirer, ("太原晋阳装卸服务有限公司", &code(1))).await;
    verify(hall, &staff, &enterprise, &["USCC_CHECKED", "LICENCE_SEEN", "IDENTITY_SEEN", "AGENT_AUTHORISED"]).await;
    pledge(hall, &hirer, &enterprise).await;
    let fast = party_now(hall, &manager, &enterprise).await;
    hall.done(&manager, "grantFastLane", &fast, "HiringParty { fastLane }").await;
    let person = format!(
        "input: {{kind: GANG_LEADER, name: \"赵铁柱\", idNumber: \"{}\", contactPhone: \"13700000301\", county: \"140105\", marketId: \"{}\"}}",
        people::testing::id_number("1976-04-12", 123),
        hall.market
    );
    let gang = hall.done(&staff, "registerParty", &person, "HiringParty { id }").await["id"].clone();
    verify(hall, &staff, &gang, &["IDENTITY_SEEN", "SITE_VISITED"]).await;
    client(hall).await;
    let [zhang, li, wang] = WORKERS;
    Cast {
        zhang: by_telephone(hall, zhang).await,
        li: by_telephone(hall, li).await,
        wang: by_telephone(hall, wang).await,
        hall: Vec::new(),
        hirer,
        enterprise,
        gang,
    }
}

/// The agency's client, whom the bureau verifies.
async fn client(hall: &Hall) {
    let (agent, bureau) = (hall.staff("agent").await, hall.staff("bureau").await);
    let input = format!(
        "input: {{kind: ENTERPRISE, name: \"客户物流有限公司\", uscc: \"{CLIENT}\", contactName: \"路通\", contactPhone: \"0351-7000001\", county: \"140105\", agencyId: \"{}\"}}",
        hall.agency
    );
    let lead = hall.done(&agent, "registerParty", &input, "HiringParty { id }").await["id"].clone();
    verify(hall, &bureau, &lead, &["USCC_CHECKED", "LICENCE_SEEN", "IDENTITY_SEEN", "AGENT_AUTHORISED"]).await;
    let now = party_now(hall, &agent, &lead).await;
    let refused = hall.send(&agent, "verifyParty", &now, "HiringParty { status }").await;
    assert_eq!(refused["error"], "FORBIDDEN", "a licensed operator verifies nobody: {refused}");
}

async fn unit(hall: &Hall, token: &str, (name, uscc): (&str, &str)) -> Value {
    let input = format!(
        "input: {{kind: ENTERPRISE, name: \"{name}\", uscc: \"{uscc}\", contactName: \"刘建明\", contactPhone: \"{HIRER}\", county: \"140105\", marketId: \"{}\"}}",
        hall.market
    );
    hall.done(token, "registerParty", &input, "HiringParty { id }").await["id"].clone()
}

/// `id: "…", version: 3` of a party as it stands now.
async fn party_now(hall: &Hall, token: &str, party: &Value) -> String {
    let now = hall.see(token, &format!("{{ hiringParty(id: {party}) {{ version }} }}")).await;
    format!("id: {party}, version: {}", now["hiringParty"]["version"])
}

async fn verify(hall: &Hall, token: &str, party: &Value, steps: &[&str]) {
    for step in steps {
        let seen = if matches!(*step, "LICENCE_SEEN" | "AGENT_AUTHORISED") {
            format!(", evidence: {}", hall.upload(token, "PARTY_EVIDENCE", "材料.png", PNG).await)
        } else {
            String::new()
        };
        let call = format!("partyId: {party}, input: {{step: {step}, result: PASSED{seen}}}");
        hall.done(token, "recordVerificationStep", &call, "HiringParty { id }").await;
    }
    let now = party_now(hall, token, party).await;
    let verified = hall.done(token, "verifyParty", &now, "HiringParty { status }").await;
    assert_eq!(verified["status"], "VERIFIED");
}

async fn pledge(hall: &Hall, token: &str, party: &Value) {
    let now = party_now(hall, token, party).await;
    let call = format!("{now}, pledgeVersion: \"{}\"", people::pledge_in_force());
    hall.done(token, "signPledge", &call, "HiringParty { pledged }").await;
}

/// What stands in the form of a worker; `consent` is the rest of that.
fn form(name: &str, born: &str, sequence: u32, phone: &str, consent: &str) -> String {
    format!(
        "input: {{name: \"{name}\", idNumber: \"{}\", phone: \"{phone}\", trades: [\"搬运工\", \"瓦工\"], county: \"140105\", consent: {{noticeVersion: \"{}\", {consent}}}}}",
        people::testing::id_number(born, sequence),
        people::testing::notice_version()
    )
}

async fn by_telephone(hall: &Hall, (phone, name, born, sequence): (&str, &str, &str, u32)) -> Worker {
    let token = hall.citizen(phone).await;
    let call = form(name, born, sequence, "无", "how: ONLINE");
    hall.done(&token, "registerWorker", &call, "Worker { id }").await;
    Worker { token }
}

impl Cast {
    /// Those without a telephone come in and are registered at the counter.
    pub(super) async fn come_in(&mut self, hall: &Hall) {
        self.hall = in_the_hall(hall, &hall.staff("staff").await).await;
    }
}

/// At the counter, before a colleague who hears that they agree.
async fn in_the_hall(hall: &Hall, staff: &str) -> Vec<Value> {
    let me = hall.see(&hall.staff("manager").await, "{ me { account { id } } }").await;
    let witness = me["me"]["account"]["id"].clone();
    let mut all = Vec::new();
    for n in 0..IN_THE_HALL {
        let consent = format!("how: SPOKEN, witness: {witness}");
        let call = form("孙喜顺", &format!("19{}-05-20", 70 + n), 101 + 2 * n, "无", &consent);
        let call = format!("marketId: \"{}\", {call}", hall.market);
        all.push(hall.done(staff, "registerWorker", &call, "Worker { id }").await["id"].clone());
    }
    all
}

/// A unified social credit code of an enterprise that checks; the number tells codes apart.
fn code(number: u32) -> String {
    let letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let ends = letters.chars().flat_map(|own| letters.chars().map(move |last| format!("{own}{last}")));
    let mut codes = ends.map(|end| format!("91140105{number:08}{end}"));
    codes.find(|code| kernel::checks::uscc::Uscc::parse(code).is_ok()).expect("a code that checks")
}
