//! Engagements (用工对接) and pay.

use migrations::{Column, ColumnType, Index, Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [engagement, work_slip, talk, conduct_point, wage_sheet, wage_line].map(|table| Step::Create(table())).into()
}

/// Work whose arrival nobody recorded, and pay that was less than agreed: few rows of many, looked for every few minutes.
pub(super) fn left_open() -> Vec<Step> {
    let index = |columns, of| Step::AddIndex("engagement", Index { columns, unique: false, only_where: Some(of) });
    vec![
        index(&["ends_at", "id"], "status = 'CONFIRMED'"),
        index(&["pay_due_at", "id"], "status = 'PAID' AND paid_fen < agreed_fen"),
    ]
}

/// What is less than it was to be, also where the wage sheet alone says how much that was.
pub(super) fn held_to_the_sheet() -> Vec<Step> {
    const OLD: &str = "CREATE INDEX engagement_pay_due_at_id_idx ON engagement (pay_due_at, id) \
                       WHERE status = 'PAID' AND paid_fen < agreed_fen";
    const DROP: &str = "DROP INDEX engagement_pay_due_at_id_idx";
    let less = "status = 'PAID' AND paid_fen < COALESCE(agreed_fen, due_fen)";
    let index = Index { columns: &["pay_due_at", "id"], unique: false, only_where: Some(less) };
    vec![
        Step::Sql { sqlite: &[DROP], postgres: &[DROP], sqlite_down: &[OLD], postgres_down: &[OLD] },
        Step::AddIndex("engagement", index),
    ]
}

/// The sum about which a worker was asked, so that its answer means that one.
pub(super) fn asked_about() -> Vec<Step> {
    vec![Step::AddColumn("engagement", nullable("asked_fen", ColumnType::BigInt))]
}

/// Who said that a worker came.
pub(super) fn arrived_by() -> Vec<Step> {
    vec![Step::AddColumn("engagement", nullable("arrived_by", ColumnType::Text))]
}

/// Allowances that are owed: few rows of many, looked for every few minutes.
pub(super) fn allowances() -> Vec<Step> {
    let owed = "status = 'CANCELLED_BY_PARTY' AND allowance_fen IS NOT NULL";
    let index = Index { columns: &["pay_due_at", "allowance_fen"], unique: false, only_where: Some(owed) };
    vec![Step::AddIndex("engagement", index)]
}

const fn nullable(name: &'static str, kind: ColumnType) -> Column {
    Column { name, kind, nullable: true, references: None, default: None }
}

/// An engagement (用工对接).
fn engagement() -> Table {
    let begun = table("engagement")
        .id()
        .int("version")
        .uuid("posting_id")
        .to("posting")
        .uuid("shift_id")
        .to("shift")
        .uuid("worker_id")
        .to("worker")
        .null()
        .uuid("party_id")
        .to("hiring_party")
        .uuid("market_id")
        .to("market")
        .null()
        .text("status")
        .moment("starts_at")
        .moment("ends_at")
        .int("standby_no")
        .null()
        .text("group_no")
        .null()
        .text("entered_by")
        .text("age_band")
        .bigint("wage_fen")
        .text("wage_unit")
        .text("pay_day")
        .moment("applied_at")
        .moment("contacted_at")
        .null()
        .text("agreed_first")
        .null()
        .moment("agreed_at")
        .null()
        .moment("confirmed_at")
        .null()
        .moment("arrived_at")
        .null()
        .moment("completed_at")
        .null()
        .moment("paid_at")
        .null();
    engagement_rest(begun)
}

fn engagement_rest(begun: Table) -> Table {
    begun
        .moment("ended_at")
        .null()
        .text("end_reason")
        .null()
        .bool("late")
        .text("completed_by")
        .null()
        .text("disputed_by")
        .null()
        .moment("disputed_at")
        .null()
        .bytes("dispute_words")
        .null()
        .int("arrival_tries")
        .moment("pay_due_at")
        .null()
        .bigint("agreed_fen")
        .null()
        .bigint("due_fen")
        .null()
        .bigint("paid_fen")
        .null()
        .moment("asked_at")
        .null()
        .moment("warned_at")
        .null()
        .text("allowance")
        .null()
        .bigint("allowance_fen")
        .null()
        .unique_where(&["worker_id", "shift_id"], "ended_at IS NULL")
        .index(&["worker_id", "starts_at"])
        .index(&["shift_id", "status", "standby_no"])
        .index(&["party_id", "starts_at"])
        .index_where(&["pay_due_at"], "status = 'COMPLETED'")
        .index_where(&["ends_at"], "status = 'ARRIVED'")
        .index(&["starts_at", "id"])
        .index(&["market_id", "starts_at"])
}

/// A work slip (用工单).
fn work_slip() -> Table {
    table("work_slip")
        .uuid("engagement_id")
        .to("engagement")
        .text("number")
        .json("terms")
        .bool("over_age_agreement")
        .moment("accepted_by_worker_at")
        .null()
        .moment("accepted_by_party_at")
        .null()
        .moment("made_at")
        .key(&["engagement_id"])
        .unique(&["number"])
}

/// A relayed message (转达消息) between the two sides.
fn talk() -> Table {
    table("talk")
        .id()
        .uuid("engagement_id")
        .to("engagement")
        .text("side")
        .bytes("words")
        .moment("at")
        .moment("read_at")
        .null()
}

/// A point (履约记分) for a no-show.
fn conduct_point() -> Table {
    table("conduct_point")
        .id()
        .uuid("worker_id")
        .to("worker")
        .uuid("engagement_id")
        .to("engagement")
        .int("points")
        .text("reason")
        .date("given_on")
        .date("expires_on")
        .uuid("given_by")
        .null()
        .uuid("case_id")
        .null()
        .moment("lifted_at")
        .null()
        .unique(&["engagement_id"])
        .index(&["expires_on"])
}

/// A wage sheet (工资支付台账) of a hiring party.
fn wage_sheet() -> Table {
    table("wage_sheet")
        .id()
        .int("version")
        .uuid("party_id")
        .to("hiring_party")
        .uuid("posting_id")
        .to("posting")
        .moment("made_at")
        .uuid("made_by")
        .null()
        .date("keep_until")
        .index(&["keep_until"])
}

/// A line of a wage sheet (工资条).
fn wage_line() -> Table {
    table("wage_line")
        .id()
        .uuid("sheet_id")
        .to("wage_sheet")
        .uuid("engagement_id")
        .to("engagement")
        .uuid("worker_id")
        .to("worker")
        .null()
        .bytes("worker_name")
        .int("minutes")
        .int("pieces")
        .null()
        .bigint("agreed_fen")
        .null()
        .bigint("due_fen")
        .bigint("deduction_fen")
        .text("deduction_reason")
        .null()
        .bigint("paid_fen")
        .moment("paid_at")
        .text("method")
        .uuid("proof_file")
        .null()
        .unique(&["engagement_id"])
}
