//! Whoever is erased is gone (删除个人信息): a mark that stood in every table that can hold it is found nowhere in the
//! store, sealed or not, and so it was until that moment.

use std::collections::BTreeSet;

use cases::Opener;
use cases::testing::appealed;
use kernel::house::queries::audit::{EntryFilter, entries};
use kernel::{Actor, Ctx, Pii};
use people::testing::{citizen, code, id_number, worker as form};
use people::{
    CertificateInput, ConsentForm, DifficultyBasis, DifficultyForm, DifficultyKind, HashedPassword, LiaisonInput,
    NewAccount, NewRole, PhoneCodePurpose, SignInInput, SignedIn, Source,
};

use crate::world::{House, PASSWORD, PLATFORM, TAIYUAN, World, account};

/// Stands in everything about the person but the user name; so long that no random text holds it by chance.
const MARK: &str = "Zqxjvkwpy";
const WHY: &str = "本人书面申请删除";

/// The number of a citizen who is erased; nobody else's holds these digits.
const PHONE: &str = "13987654321";

fn is_marked(text: &str) -> bool {
    text.to_lowercase().contains(&MARK.to_lowercase()) || text.contains(PHONE)
}

/// Where the mark stands, in the city and at the province, sealed or not; what the audit says is read as its page does.
async fn found(world: &World) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for code in [TAIYUAN, PLATFORM] {
        let town = world.town(code);
        let ctx = world.ctx(town, Actor::System("test")).await;
        for (table, rows) in &*town.window.dump().await {
            if rows.iter().any(|row| is_marked(row)) {
                found.insert(format!("{code} {table}"));
            }
        }
        let ring = ctx.keys().await.expect("the keys");
        let opened = town.window.opened(&ring).await;
        assert!(!opened.is_empty(), "something lies sealed in {code}");
        found
            .extend(opened.into_iter().filter(|(_, text)| is_marked(text)).map(|(table, _)| format!("{code} {table}")));
        let read = entries(&ctx, &EntryFilter::default(), None, 1000).await.expect("the audit");
        if read.iter().any(|(entry, _)| is_marked(&entry.detail.to_string())) {
            found.insert(format!("{code} audit"));
        }
    }
    found
}

fn liaison(name: &str, email: &str) -> LiaisonInput {
    LiaisonInput {
        name: name.into(),
        unit: "市人力资源和社会保障局".to_owned(),
        position: "科长".to_owned(),
        phone: "0351-5278313".into(),
        email: Some(email.into()),
    }
}

async fn caller(world: &World, name: &str) -> Ctx {
    let town = world.town(TAIYUAN);
    let actor = town.callers.iter().find(|c| c.name == name).expect("somebody of this world").actor.clone();
    world.ctx(town, actor).await
}

/// An account about which everything is marked, and that did everything an account can leave behind.
async fn marked(world: &World) -> uuid::Uuid {
    let (name, email) = (format!("李{MARK}"), format!("{MARK}@example.org"));
    let (system, security, bureau) =
        (caller(world, "sysadmin").await, caller(world, "secadmin").await, caller(world, "bureau").await);
    let invited = people::InviteInput {
        email: email.clone().into(),
        display_name: Pii::new(name.clone()),
        role: "developer".to_owned(),
        kind: kernel::policy::ScopeKind::City,
        key: None,
        department: None,
    };
    people::invite_account(&system, invited, None).await.expect("an invitation");
    let new = NewAccount {
        roles: vec![NewRole::city("developer")],
        password: Some(HashedPassword::of(PASSWORD).await.expect("a hash")),
        email: Some(email.clone().into()),
        ..NewAccount::named("leaver", &name)
    };
    let id = account(&world.kernel, TAIYUAN, new).await;
    let stranger = world.ctx(world.town(TAIYUAN), Actor::Anonymous).await;
    let typed = SignInInput { username: "leaver".to_owned(), password: PASSWORD.to_owned(), totp: None };
    let source = Source::new("59.49.12.77".parse().expect("an address"), Some(format!("{MARK}/5.0")));
    let signed_in = people::sign_in(&stranger, typed, &source).await.expect("signed in");
    let SignedIn::Done { actor, .. } = signed_in else { panic!("a code was asked for") };
    let key = people::KeyInput {
        label: format!("{MARK}的电脑"),
        scopes: vec!["market.read".to_owned()],
        origins: Vec::new(),
        ends: None,
    };
    people::create_api_key(&stranger.as_actor(actor), key).await.expect("a key");
    let house = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    let words = format!("我{MARK}当天到了");
    let (case, _) = appealed(&house, None, Opener::Account(id), &words).await.expect("a case");
    cases::note_case(&bureau, case, 1, format!("{MARK}本人来电").into(), None).await.expect("a note");
    people::set_liaison(&bureau, liaison(&name, &email), 0, None).await.expect("a liaison person");
    world.drain(TAIYUAN).await;
    people::set_liaison(&bureau, liaison("王敏", "wang@example.org"), 1, None).await.expect("another");
    world.drain(TAIYUAN).await;
    people::export_personal_data(&security, id, WHY, None).await.expect("a copy");
    id
}

async fn nothing_is_left(world: World) {
    assert_eq!(found(&world).await, BTreeSet::new(), "before anybody was marked");
    let id = marked(&world).await;
    let (system, security) = (caller(&world, "sysadmin").await, caller(&world, "secadmin").await);
    people::disable_account(&system, id, 1, &format!("李{MARK}离职"), None).await.expect("disabled");
    let held: BTreeSet<String> = [
        "account",
        "api_key",
        "audit",
        "blob_chunk",
        "case_event",
        "case_file",
        "invitation",
        "liaison",
        "mail",
        "session",
    ]
    .map(|table| format!("{TAIYUAN} {table}"))
    .into();
    assert_eq!(found(&world).await, held, "a disabled account keeps what it has");
    people::erase_personal_data(&security, id, 2, WHY, None).await.expect("erased");
    assert_eq!(found(&world).await, BTreeSet::new(), "after the person was erased");
    world.drain(TAIYUAN).await;
    assert_eq!(found(&world).await, BTreeSet::new(), "and nothing brings it back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_person_nothing_is_left_in_the_store_on_sqlite() {
    nothing_is_left(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_person_nothing_is_left_in_the_store_on_postgresql() {
    nothing_is_left(World::on_postgres().await).await;
}

/// A citizen about whom everything is marked, and that did everything a citizen can leave behind; its context.
async fn marked_citizen(world: &World) -> Ctx {
    let stranger = world.ctx(world.town(TAIYUAN), Actor::Anonymous).await;
    let signed_in = citizen(&stranger, PHONE).await.expect("signed in");
    let me = stranger.as_actor(signed_in.actor);
    let mut input = form(&format!("李{MARK}"), &id_number("1980-02-03", 1), "无");
    input.certificates = Some(vec![CertificateInput {
        trade: "电工".to_owned(),
        number: format!("{MARK}0001"),
        valid_until: (me.today() + chrono::Days::new(100)).into(),
    }]);
    let worker = people::register_worker(&me, None, input, ConsentForm::online(), None).await.expect("registered").id;
    let declared = DifficultyForm {
        kind: DifficultyKind::Disabled,
        basis: DifficultyBasis::Declared,
        consent: ConsentForm::online(),
        evidence: None,
        valid_until: None,
        certified_by: None,
        certified_on: None,
    };
    people::record_difficulty(&me, worker, declared, None).await.expect("written down");
    world.disputed(&House::new(), world.town(TAIYUAN), worker, &format!("我{MARK}当天做满了")).await;
    let security = caller(world, "secadmin").await;
    let id = me.actor().citizen_id().expect("a citizen");
    people::export_citizen_data(&security, id, None, WHY, None).await.expect("a copy");
    me
}

async fn nothing_is_left_of_a_citizen(world: World) {
    assert_eq!(found(&world).await, BTreeSet::new(), "before anybody was marked");
    let me = marked_citizen(&world).await;
    let id = me.actor().citizen_id().expect("a citizen");
    let (bureau, security) = (caller(&world, "bureau").await, caller(&world, "secadmin").await);
    let why = format!("李{MARK}书面申请");
    people::block_citizen(&bureau, id, 2, &why, None).await.expect("blocked");
    let held: BTreeSet<String> = ["audit", "blob_chunk", "citizen", "engagement", "sms", "talk", "worker_certificate"]
        .map(|table| format!("{TAIYUAN} {table}"))
        .into();
    assert_eq!(found(&world).await, held, "a blocked citizen keeps what it has");
    people::erase_citizen(&security, id, 3, None, WHY, None).await.expect("erased");
    assert_eq!(found(&world).await, BTreeSet::new(), "after the citizen was erased");
    world.drain(TAIYUAN).await;
    assert_eq!(found(&world).await, BTreeSet::new(), "and nothing brings it back");
    let again = code(&me.as_actor(Actor::Anonymous), "13900000009", PhoneCodePurpose::SignIn).await;
    assert!(again.is_ok(), "the city goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_citizen_nothing_is_left_in_the_store_on_sqlite() {
    nothing_is_left_of_a_citizen(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_citizen_nothing_is_left_in_the_store_on_postgresql() {
    nothing_is_left_of_a_citizen(World::on_postgres().await).await;
}
