//! People (人员): accounts, what they may, and how they are known again.

use crate::{Column, ColumnType, Index, Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [account, role_assignment, session, api_key].map(|table| Step::Create(table())).into()
}

/// No two accounts have one address. Where two have it already, the one made first is found by it; the others keep it for
/// their letters and are found again once their address is changed.
pub(super) fn one_address() -> Vec<Step> {
    const UP: &[&str] = &[
        "UPDATE account SET email_index = NULL WHERE EXISTS (SELECT 1 FROM account AS older WHERE older.email_index = account.email_index AND older.id < account.id)",
        "DROP INDEX account_email_index_idx",
        "CREATE UNIQUE INDEX account_email_index_idx ON account (email_index) WHERE email_index IS NOT NULL",
    ];
    const DOWN: &[&str] =
        &["DROP INDEX account_email_index_idx", "CREATE INDEX account_email_index_idx ON account (email_index)"];
    vec![Step::Sql { sqlite: UP, postgres: UP, sqlite_down: DOWN, postgres_down: DOWN }]
}

/// Agency (人力资源服务机构): one licence is one agency.
pub(super) fn agencies() -> Vec<Step> {
    let agency = table("agency")
        .id()
        .text("licence_no")
        .text("licence_key")
        .text("name")
        .moment("entered_at")
        .unique(&["licence_key"])
        .index(&["name"]);
    vec![Step::Create(agency)]
}

/// What is one about an agency across cities: its licence, and who answers for it.
pub(super) fn agency_licences() -> Vec<Step> {
    use ColumnType::{Date, Int, Json, Moment, Text, Uuid};
    let column = |name, kind| Column { name, kind, nullable: true, references: None, default: None };
    let set = |name, kind, literal| Column { nullable: false, default: Some(literal), ..column(name, kind) };
    let columns = [
        column("uscc", Text),
        column("county", Text),
        column("issuer", Text),
        set("scope", Json, "'[]'"),
        column("issued_on", Date),
        column("expires_on", Date),
        column("verified_at", Moment),
        column("verified_by", Uuid),
        column("verified_in", Text),
        set("status", Text, "'VALID'"),
        column("status_since", Date),
        column("status_reason", Text),
        column("status_article", Text),
        column("status_by", Text),
        column("home", Text),
        column("amended_at", Moment),
        column("status_at", Moment),
        set("version", Int, "1"),
    ];
    let index = |columns| Step::AddIndex("agency", Index { columns, unique: false, only_where: None });
    let mut steps: Vec<Step> = columns.into_iter().map(|column| Step::AddColumn("agency", column)).collect();
    steps.extend([index(&["county"]), index(&["expires_on"])]);
    steps
}

/// Account (账号).
fn account() -> Table {
    table("account")
        .id()
        .text("username")
        .bytes("display_name")
        .bytes("display_name_index")
        .bytes("email")
        .null()
        .bytes("email_index")
        .null()
        .text("department")
        .null()
        .text("status")
        .text("lang")
        .text("password_hash")
        .null()
        .moment("password_changed_at")
        .null()
        .bool("must_change_password")
        .bytes("totp_secret")
        .null()
        .bigint("totp_last_step")
        .null()
        .bool("totp_confirmed")
        .moment("last_sign_in_at")
        .null()
        .moment("created_at")
        .moment("updated_at")
        .int("version")
        .unique(&["username"])
        .index(&["email_index"])
        .index(&["display_name_index"])
}

/// Role assignment (角色授权).
fn role_assignment() -> Table {
    table("role_assignment")
        .id()
        .uuid("account_id")
        .to("account")
        .text("role")
        .text("scope_kind")
        .text("scope_key")
        .date("valid_until")
        .null()
        .uuid("assigned_by")
        .null()
        .moment("assigned_at")
        .unique(&["account_id", "role", "scope_kind", "scope_key"])
        .index(&["role"])
}

/// Session (会话).
fn session() -> Table {
    table("session")
        .id()
        .uuid("account_id")
        .to("account")
        .bytes("token_hash")
        .text("user_agent")
        .null()
        .text("ip_masked")
        .null()
        .moment("created_at")
        .moment("last_used_at")
        .moment("expires_at")
        .moment("revoked_at")
        .null()
        .unique(&["token_hash"])
}

/// Api key (接口密钥).
fn api_key() -> Table {
    table("api_key")
        .id()
        .uuid("account_id")
        .to("account")
        .text("label")
        .text("prefix")
        .bytes("token_hash")
        .json("scopes")
        .json("origins")
        .moment("created_at")
        .moment("expires_at")
        .null()
        .moment("last_used_at")
        .null()
        .moment("revoked_at")
        .null()
        .unique(&["token_hash"])
}
