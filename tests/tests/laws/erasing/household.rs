//! The person as somebody who has others work (家庭用工): a household that publishes, is hung up in the hall and known at the
//! province, hires, talks, disputes and pays; everything it writes is marked.

use entities::hiring_party;
use hiring::engagements::testing::{NewWorker, Somebody, citizen_actor, new_worker};
use hiring::rows::posting;
use kernel::{Actor, Ctx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::Value;
use uuid::Uuid;

use super::acting::Acting;
use super::places::Sought;
use super::{MARK, arrange, caller, name};
use crate::world::{PLATFORM, TAIYUAN};

/// The household.
pub(super) struct Home {
    pub(super) party: Uuid,
    gid: Value,
    posting: Value,
    shift: Value,
    /// Who works there.
    hand: Somebody,
}

const POSTED: &str = "Posting { id version status shifts { id } }";

/// `id: "…", version: 3` of what was shown.
fn of(shown: &Value) -> String {
    format!("id: {}, version: {}", shown["id"], shown["version"])
}

/// Registers, is looked at, verified, suspended by a slip and given back, and publishes.
pub(super) async fn settled(acting: &Acting<'_>, me: &Actor) -> Home {
    let bureau = caller(acting.world, "bureau").await;
    let staff = bureau.actor();
    let shown = "HiringParty { id version }";
    let party = acting.done(me, "registerParty", "input: {kind: HOUSEHOLD, county: \"140105\"}", shown).await;
    let seen = acting.upload(staff, "PARTY_EVIDENCE", &format!("{}家门口", name())).await;
    for step in ["step: IDENTITY_SEEN".to_owned(), format!("step: SITE_VISITED, evidence: {seen}")] {
        let call = format!("partyId: {}, input: {{{step}, result: PASSED, note: \"{}在家\"}}", party["id"], name());
        acting.done(staff, "recordVerificationStep", &call, shown).await;
    }
    let mut party =
        acting.see(staff, &format!("{{ hiringParty(id: {}) {{ id version }} }}", party["id"])).await["hiringParty"]
            .clone();
    let why = format!(", reason: \"{}电话打不通\"", name());
    for (name, more) in [("verifyParty", ""), ("suspendParty", &*why), ("liftPartySuspension", &*why)] {
        party = acting.done(staff, name, &format!("{}{more}", of(&party)), shown).await;
    }
    // What a suspension closes is closed before anything is published.
    acting.world.drain(TAIYUAN).await;
    let days = ["2026-11-24", "2026-11-28"];
    let (posting, shift) = published(acting, me, (&party["id"], "搬家", days)).await;
    let input = form((&party["id"], "搬家", days));
    let template = format!("name: \"{MARK}家搬家\", {input}");
    acting.done(me, "savePostingTemplate", &template, "PostingTemplate { id }").await;
    served(acting, staff).await;
    let hand = arrange(&bureau, |tx| async move { new_worker(&tx, &NewWorker::named("赵六", 66)).await }).await;
    let own = hiring_party::Entity::find().filter(hiring_party::Column::CitizenId.eq(me.citizen_id()));
    let own = own.one(&bureau.scope()).await.expect("parties are read").expect("it is there");
    Home { party: own.id, gid: party["id"].clone(), posting, shift, hand }
}

/// An agency places somebody with the household: its ledger and its receipt name whom it served.
async fn served(acting: &Acting<'_>, staff: &Actor) {
    let form = "licenceNo: \"140105A0077\", input: {name: \"并州家政公司\", issuer: \"太原市人力资源和社会保障局\", \
         scope: [JOB_INTERMEDIATION], issuedOn: \"2026-01-05\"}";
    let agency = acting.done(staff, "registerAgency", form, "Agency { id }").await["id"].clone();
    let list = format!(
        "agencyId: {agency}, input: {{effectiveFrom: \"2026-11-01\", items: [{{item: \"介绍保洁\", unit: \"次\", fen: 5000, payer: HIRING_PARTY}}]}}"
    );
    let list = acting.done(staff, "savePriceList", &list, "PriceList { items { id } }").await;
    let entry = format!(
        "agencyId: {agency}, input: {{servedOn: \"2026-11-02\", hiringParty: \"{}\", household: true, kind: INTRODUCTION, online: false, workers: 1, result: \"到岗1人\"}}",
        name()
    );
    acting.done(staff, "addLedgerEntry", &entry, "LedgerEntry { id }").await;
    let receipt = format!(
        "itemId: {}, input: {{receiptNo: \"0001\", issuedOn: \"2026-11-02\", hiringParty: \"{}\", household: true, quantity: 1, fen: 5000}}",
        list["items"][0]["id"],
        name()
    );
    acting.done(staff, "recordFeeReceipt", &receipt, "FeeReceipt { id }").await;
}

/// What stands in the form of a posting.
fn form((party, what, days): (&Value, &str, [&str; 2])) -> String {
    let shift = |day: &str| {
        format!(
            "{{startsAt: \"{day}T08:00:00+08:00\", endsAt: \"{day}T15:00:00+08:00\", headcount: 2, breakMinutes: 60}}"
        )
    };
    format!(
        "input: {{partyId: {party}, trade: \"搬运工\", title: \"{what}（{MARK}家）\", duties: \"{what}，{MARK}家的家具\", conditions: \"听{MARK}安排\", payText: \"{MARK}家管午饭\", place: \"坞城路9号{MARK}家\", wageFen: 20000, wageUnit: DAY, shifts: [{}, {}]}}",
        shift(days[0]),
        shift(days[1])
    )
}

/// Enters a posting, hands it in and has it published: its id and its first shift.
async fn published(acting: &Acting<'_>, me: &Actor, what: (&Value, &str, [&str; 2])) -> (Value, Value) {
    let staff = caller(acting.world, "bureau").await.actor().clone();
    let saved = acting.done(me, "savePosting", &form(what), POSTED).await;
    let handed = acting.done(me, "submitPosting", &of(&saved), POSTED).await;
    assert_eq!(handed["status"], "IN_REVIEW", "{handed}");
    let call = format!("{}, decision: PUBLISH", of(&handed));
    let shown = acting.done(&staff, "reviewPosting", &call, POSTED).await;
    (shown["id"].clone(), shown["shifts"][0]["id"].clone())
}

impl Home {
    /// Talks with somebody who applies, and takes the worker.
    pub(super) async fn hires(&self, acting: &Acting<'_>, me: &Actor) -> Value {
        let hand = citizen_actor(self.hand.citizen);
        let call = format!("shiftId: {}", self.shift);
        let engagement = acting.done(&hand, "applyForShift", &call, "Engagement { id }").await["id"].clone();
        let words = format!("id: {engagement}, text: \"到了找{}\"", name());
        acting.done(me, "sendMessage", &words, "Engagement { id }").await;
        acting.step(me, "confirmEngagement", &engagement, "").await;
        engagement
    }

    /// The work was done; the household is not content, pays, and has the receipt.
    pub(super) async fn pays(&self, acting: &Acting<'_>, me: &Actor, engagement: &Value) {
        acting.step(me, "disputeEngagement", engagement, &format!(", words: \"{}家的柜子碰坏了\"", name())).await;
        acting.step(me, "completeEngagement", engagement, "").await;
        let proof = acting.upload(me, "WAGE_PROOF", &format!("{}付给赵六", name())).await;
        let line = format!(
            "{{engagementId: {engagement}, minutes: 360, dueFen: 20000, paidFen: 20000, paidAt: \"2026-11-24T15:40:00+08:00\", method: CASH, proof: {proof}}}"
        );
        let call = format!("postingId: {}, lines: [{line}]", self.posting);
        acting.done(me, "saveWageSheet", &call, "WageSheet { id }").await;
    }

    /// Another posting is taken down, the list is printed, and a receipt lies about that is of no sheet yet.
    pub(super) async fn publishes_more(&self, acting: &Acting<'_>, me: &Actor) {
        let staff = caller(acting.world, "bureau").await.actor().clone();
        let (other, _) = published(acting, me, (&self.gid, "打扫院子", ["2026-11-26", "2026-11-28"])).await;
        acting.world.drain(TAIYUAN).await;
        let shown =
            acting.see(&staff, &format!("{{ posting(id: {other}) {{ id version }} }}")).await["posting"].clone();
        let call =
            format!("{}, reason: \"{}家门牌写错\", article: \"网络招聘服务管理规定第十七条\"", of(&shown), name());
        acting.done(&staff, "takeDownPosting", &call, POSTED).await;
        acting.world.drain(TAIYUAN).await;
        acting.world.drain(PLATFORM).await;
        let channels = acting.see(&staff, "{ channels(first: 20) { edges { node { id kind } } } }").await;
        let nodes = channels["channels"]["edges"].as_array().expect("channels").iter().map(|edge| edge["node"].clone());
        let printed = nodes.into_iter().find(|node| node["kind"] == "PRINTED").expect("one is printed");
        acting.done(&staff, "printPostingList", &format!("id: {}", printed["id"]), "ExportedFile { fileName }").await;
        acting.upload(me, "WAGE_PROOF", &format!("{}未用的收条", name())).await;
    }
}

/// Closes the household: whoever is erased hires no more.
pub(super) async fn closed(acting: &Acting<'_>, me: &Actor, party: Uuid) {
    let gid = Acting::gid("HiringParty", party);
    let now = acting.see(me, &format!("{{ hiringParty(id: {gid}) {{ id version }} }}")).await["hiringParty"].clone();
    acting.done(me, "closeParty", &of(&now), "HiringParty { status }").await;
}

/// What finds the household and what it wrote: the number to call, and the hash of what a posting says.
pub(super) async fn sought(ctx: &Ctx, party: Uuid, sought: &mut Sought) {
    let row = hiring_party::Entity::find_by_id(party).one(&ctx.scope()).await.expect("parties are read");
    sought.bytes("hiring_party.contact_index", &row.expect("it is there").contact_index);
    let postings = posting::Entity::find().filter(posting::Column::PartyId.eq(party));
    for row in postings.all(&ctx.scope()).await.expect("postings are read") {
        sought.text("posting.text_key", &row.text_key);
        sought.text("taken_down_text.text_key", &row.text_key);
    }
}
