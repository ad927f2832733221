//! What is kept about hiring parties (用工主体) beside the shared nouns: how they were checked, and what became of it.

use migrations::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [verification_step, party_review, party_recheck, party_event, agent_authorisation, pledge_signature, employer_visit]
        .map(|table| Step::Create(table()))
        .into()
}

/// A step of a verification (核验事项).
fn verification_step() -> Table {
    table("verification_step")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .text("step")
        .text("result")
        .date("made_on")
        .text("note")
        .null()
        .uuid("evidence")
        .null()
        .uuid("verified_by")
        .null()
        .moment("recorded_at")
        .bool("void")
}

/// A registration that waits to be decided, or was (审核).
fn party_review() -> Table {
    table("party_review")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .moment("opened_at")
        .moment("due_at")
        .bool("waits")
        .moment("decided_at")
        .null()
        .text("decision")
        .null()
        .uuid("decided_by")
        .null()
        .text("organ")
        .null()
        .text("missing")
        .null()
        .text("remarks")
        .null()
        .unique_where(&["party_id", "waits"], "waits")
        .index_where(&["opened_at", "id"], "waits")
}

/// A sampling check of a verified party (抽查).
fn party_recheck() -> Table {
    table("party_recheck")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .int("version")
        .text("status")
        .text("draw")
        .null()
        .text("reason")
        .null()
        .moment("drawn_at")
        .date("due_on")
        .bool("provisional")
        .text("finding")
        .null()
        .uuid("evidence")
        .null()
        .uuid("done_by")
        .null()
        .date("done_on")
        .null()
        .unique_where(&["party_id", "status"], "status = 'OPEN'")
        .index(&["draw"])
        .index(&["due_on", "id"])
}

/// What happened to a party (沿革); rows are only added.
fn party_event() -> Table {
    table("party_event")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .moment("at")
        .text("kind")
        .text("reason")
        .null()
        .text("actor")
        .null()
        .uuid("citizen_id")
        .null()
}

/// How somebody came to act for a party, or asked to (经办授权).
fn agent_authorisation() -> Table {
    table("agent_authorisation")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .uuid("citizen_id")
        .to("citizen")
        .uuid("member_id")
        .null()
        .text("status")
        .moment("asked_at")
        .moment("decided_at")
        .null()
        .uuid("account_id")
        .null()
        .uuid("by_citizen")
        .null()
        .uuid("evidence")
        .null()
        .text("reason")
        .null()
        .unique_where(&["party_id", "citizen_id"], "status = 'ASKED'")
}

/// A signature under the pledge of those who hire (用工承诺书签署).
fn pledge_signature() -> Table {
    table("pledge_signature")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .text("pledge_version")
        .moment("signed_at")
        .uuid("account_id")
        .null()
        .uuid("citizen_id")
        .null()
        .uuid("evidence")
        .null()
}

/// A visit to somebody who hires, or might (走访企业).
fn employer_visit() -> Table {
    table("employer_visit")
        .id()
        .int("version")
        .uuid("party_id")
        .to("hiring_party")
        .null()
        .text("name")
        .date("visited_on")
        .bytes("visitors")
        .text("needs")
        .int("headcount")
        .null()
        .date("follow_up_on")
        .null()
        .date("followed_up_on")
        .null()
        .text("county")
        .uuid("market_id")
        .null()
        .uuid("agency_id")
        .to("agency")
        .null()
        .uuid("recorded_by")
        .null()
        .moment("recorded_at")
        .index(&["visited_on", "id"])
        .index(&["county"])
        .index(&["market_id"])
        .index(&["follow_up_on"])
}
