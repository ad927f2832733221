//! Golden files: what the house promises others, as text that is read in review. `make golden` rewrites them.

use std::fmt::Write as _;

use kernel::plugin::Manifest;
use kernel::policy::{Action, Grant, OperatorClass, ROLES, TenantPolicy, default_lines};

use crate::house::{manifests, sdl};
use crate::workspace::root;

/// Actions that no role holds, and who does them. One that a role has come to hold must leave this list.
const BY_NO_ROLE: [(&str, &str); 44] = [
    ("account.create", "the house: the command line and the demo"),
    ("account.lock", "the house: each night"),
    ("agency.deliver", "the house: what the province knows of agencies arrives in the cities"),
    ("agency.forget", "the house: each night"),
    ("agency.receive", "the house: what a city says of its agencies arrives at the province"),
    ("agency.warn", "the house: each night"),
    ("audit.prune", "the house: the command line"),
    ("channel.deliver", "the house: postings leave for the channels"),
    ("channel.receive", "the house: a city's postings arrive at the province"),
    ("citizen.seed", "the house: the command line"),
    ("hiring.keep", "the house: by the clock"),
    ("case.watch", "the house: each morning"),
    ("case.withdraw", "whoever opened it"),
    ("citizen.sign_in", "a stranger becomes a citizen"),
    ("invitation.accept", "whoever holds the letter"),
    ("key.backup", "the house: the command line"),
    ("key.rotate_root", "the house: the command line"),
    ("liaison.receive", "the house: a city's liaison arrives at the province"),
    ("party.draw", "the house: each month"),
    ("password.change", "everybody, their own"),
    ("password.remind", "the house: each morning"),
    ("posting.seed", "the house: the command line"),
    ("person.erase_again", "the house: the command line"),
    ("person.remember_erased", "the house: who was erased in a city is remembered at the province"),
    ("phone_code.request", "anybody; what the code is good for decides the rest"),
    ("province.receive", "the house: a city's return arrives at the province"),
    ("return.decide", "the house: the province's decision arrives at the city"),
    ("return.deliver", "the house: a return leaves the city"),
    ("return.remind", "the house: by the calendar"),
    ("session.purge", "the house: each night"),
    ("session.revoke", "everybody, their own"),
    ("session.sign_in", "a stranger becomes somebody"),
    ("session.sign_out", "everybody, their own"),
    ("sms.receive", "the gateway: what people answer"),
    ("tenant.backup", "the house: the command line"),
    ("tenant.create", "the house: the command line"),
    ("tenant.remove", "the house: the command line"),
    ("tenant.restore", "the house: the command line"),
    ("tenant.set_hotline", "the house: the command line"),
    ("tenant.set_limits", "the house: the command line"),
    ("tenant.set_status", "the house: the command line"),
    ("totp.begin", "everybody, their own"),
    ("totp.confirm", "everybody, their own"),
    ("worker.tend", "the house: each morning"),
];

/// Compares what the code says with the golden file, or rewrites the file where that was asked for.
pub(super) fn compare(name: &str, now: &str) {
    let path = root().join("tests/golden").join(name);
    if std::env::var("YIZHAN_GOLDEN").as_deref() == Ok("write") {
        std::fs::write(path, now).expect("the golden file can be written");
        return;
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    let changes = changes(&golden, now);
    assert!(changes.is_empty(), "tests/golden/{name} differs; read this, and if it is meant: make golden\n{changes}");
}

/// The lines that differ, `-` golden and `+` now, between the first and the last difference.
fn changes(golden: &str, now: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (golden.lines().collect(), now.lines().collect());
    let same_head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_head;
    let same_tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for (sign, lines) in [('-', &old), ('+', &new)] {
        for line in &lines[same_head..lines.len() - same_tail] {
            writeln!(out, "{sign} {line}").expect("a string takes text");
        }
    }
    out
}

fn actions(manifests: &[Manifest]) -> Vec<&'static Action> {
    let mut all: Vec<&Action> = manifests.iter().flat_map(|m| m.actions.iter().copied()).collect();
    all.sort_by_key(|a| a.name());
    all
}

async fn policy(manifests: &[Manifest]) -> TenantPolicy {
    let grants: Vec<&'static Grant> = manifests.iter().flat_map(|m| m.grants).collect();
    TenantPolicy::new(default_lines(&grants)).await.expect("the default policy loads")
}

/// Who may do what by default: per action the roles that may, and at which class of market.
async fn matrix(manifests: &[Manifest]) -> String {
    let policy = policy(manifests).await;
    let mut out = String::from(
        "# Who may do what by default (默认权限表): per action the roles that may, and in which class; whoever is not named may not.\n\
         # bureau 主管部门: not at a market; public 公共, commercial 经营性, volunteer 志愿, unattended 无主体: the class of the market.\n\
         # A role holds in the scope it was assigned in. Generated by `make golden`.\n",
    );
    for action in actions(manifests) {
        writeln!(out, "\n{}  {}  {}", action.name(), action.title.zh, action.title.en).expect("a string takes text");
        for role in ROLES {
            let held = [role.name];
            let cells = OperatorClass::ALL
                .map(|class| if policy.ask(&held, &held, class, action).0 { class.name() } else { "·" });
            if cells.iter().any(|c| *c != "·") {
                let [bureau, public, commercial, volunteer, unattended] = cells;
                writeln!(
                    out,
                    "    {:<20} {bureau:<7} {public:<7} {commercial:<11} {volunteer:<10} {unattended}",
                    role.name
                )
                .expect("a string takes text");
            }
        }
        if let Some((_, who)) = BY_NO_ROLE.iter().find(|(name, _)| *name == action.name()) {
            writeln!(out, "    (no role: {who})").expect("a string takes text");
        }
    }
    out
}

/// Actions that no role has, exemptions nobody needs, roles that no grant should name, and grants of actions that nobody
/// declared.
async fn uncovered(manifests: &[Manifest], by_no_role: &[(&str, &str)]) -> Vec<String> {
    let policy = policy(manifests).await;
    let actions = actions(manifests);
    let mut found = Vec::new();
    for action in &actions {
        let held = ROLES.iter().any(|role| policy.role_may(role.name, action));
        let exempt = by_no_role.iter().any(|(name, _)| *name == action.name());
        match (held, exempt) {
            (false, false) => found.push(format!("{}: no role may", action.name())),
            (true, true) => found.push(format!("{}: exempt, but a role may", action.name())),
            _ => {}
        }
    }
    let gone = by_no_role.iter().filter(|(name, _)| !actions.iter().any(|a| a.name() == *name));
    found.extend(gone.map(|(name, _)| format!("{name}: exempt, but there is no such action")));
    for pair in actions.windows(2) {
        if pair[0].name() == pair[1].name() {
            found.push(format!("{}: declared twice", pair[0].name()));
        }
    }
    for grant in manifests.iter().flat_map(|m| m.grants) {
        if !ROLES.iter().any(|role| role.name == grant.role) {
            found.push(format!("{}: granted to, but no role", grant.role));
        }
        let undeclared = grant.actions.iter().filter(|a| !actions.contains(a));
        found.extend(undeclared.map(|a| format!("{}: granted, but declared by nobody", a.name())));
    }
    found
}

#[tokio::test]
async fn the_permissions_are_the_golden_ones() {
    compare("permissions.txt", &matrix(&manifests()).await);
}

#[test]
fn the_schema_is_the_golden_one() {
    compare("schema.graphql", &sdl());
}

#[tokio::test]
async fn every_action_is_held_by_some_role_and_every_grant_is_of_a_declared_action() {
    assert_eq!(uncovered(&manifests(), &BY_NO_ROLE).await, Vec::<String>::new());
}

/// What only looks: reading, verifying a chain, asking why.
const LOOKING: [&str; 3] = ["read", "verify", "explain"];

/// 三员分立: what one of the three administrators changes, another sees; nobody holds two of their powers to change.
#[tokio::test]
async fn no_two_exclusive_administrators_share_a_power_to_change() {
    let manifests = manifests();
    let policy = policy(&manifests).await;
    let administrators: Vec<&str> = ROLES.iter().filter(|r| r.exclusive.is_some()).map(|r| r.name).collect();
    assert_eq!(administrators, ["audit_admin", "security_admin", "system_admin"]);
    let mut shared = Vec::new();
    for action in actions(&manifests).into_iter().filter(|a| !LOOKING.contains(&a.act)) {
        let who: Vec<&&str> = administrators.iter().filter(|role| policy.role_may(role, action)).collect();
        if who.len() > 1 {
            shared.push(format!("{}: {who:?}", action.name()));
        }
    }
    assert_eq!(shared, Vec::<String>::new());
}

static LOST: Action = Action::new("thing", "lose", "丢失", "Lose");
static KEPT: Action = Action::new("thing", "keep", "保管", "Keep");
static STRANGE: Action = Action::new("thing", "steal", "窃取", "Steal");
static PLANTED_ACTIONS: &[&Action] = &[&LOST, &KEPT, &KEPT];
static PLANTED: &[Grant] = &[
    Grant { role: "bureau_officer", classes: &[OperatorClass::Public], actions: &[&KEPT, &STRANGE] },
    Grant { role: "emperor", classes: &[], actions: &[&KEPT] },
];

fn planted() -> Vec<Manifest> {
    vec![Manifest {
        name: "planted",
        title: kernel::Text::new("植入", "Planted"),
        switchable: false,
        root_fields: &[],
        migrations: Vec::new(),
        actions: PLANTED_ACTIONS,
        grants: PLANTED,
        jobs: Vec::new(),
        listeners: Vec::new(),
        personal: None,
    }]
}

#[tokio::test]
async fn actions_without_a_role_and_grants_without_an_action_are_caught() {
    assert_eq!(
        uncovered(&planted(), &[("thing.keep", "nobody"), ("thing.gone", "nobody")]).await,
        [
            "thing.keep: exempt, but a role may",
            "thing.keep: exempt, but a role may",
            "thing.lose: no role may",
            "thing.gone: exempt, but there is no such action",
            "thing.keep: declared twice",
            "thing.steal: granted, but declared by nobody",
            "emperor: granted to, but no role",
        ]
    );
}

#[tokio::test]
async fn the_matrix_shows_each_class_by_itself() {
    let text = matrix(&planted()).await;
    let shown = text.lines().find(|l| l.contains("bureau_officer")).unwrap_or_default();
    assert_eq!(shown, "    bureau_officer       ·       public  ·           ·          ·");
}

#[test]
fn a_changed_line_is_shown_with_what_stood_there() {
    assert_eq!(changes("a\nb\nc\n", "a\nB\nc\n"), "- b\n+ B\n");
    assert_eq!(changes("a\nb\n", "a\nb\nc\n"), "+ c\n");
    assert_eq!(changes("a\n", "a\n"), "");
}
