//! Somebody with an account (账号): of its name, address, sessions, keys, letters, cases and copies nothing is left.

use std::collections::BTreeSet;

use cases::Opener;
use cases::testing::appealed;
use kernel::{Actor, Pii};
use people::{HashedPassword, LiaisonInput, NewAccount, NewRole, SignInInput, SignedIn, Source};
use uuid::Uuid;

use super::places::{Sought, found};
use super::{MARK, WHY, caller, name};
use crate::world::{PASSWORD, TAIYUAN, World, account};

/// Every place in which something of an account may stand.
const PLACES: [&str; 10] = [
    "140100 account",
    "140100 api_key",
    "140100 audit",
    "140100 case_event",
    "140100 case_file",
    "140100 file PERSONAL",
    "140100 invitation",
    "140100 liaison",
    "140100 mail",
    "140100 session",
];

fn liaison(name: &str, email: &str) -> LiaisonInput {
    LiaisonInput {
        name: name.into(),
        unit: "市人力资源和社会保障局".to_owned(),
        position: "科长".to_owned(),
        phone: "0351-5278313".into(),
        email: Some(email.into()),
    }
}

/// An account about which everything is marked, and that did everything an account can leave behind.
pub(super) async fn marked(world: &World) -> Uuid {
    let (name, email) = (name(), format!("{MARK}@example.org"));
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
    people::disable_account(&system, id, 1, &format!("{name}离职"), None).await.expect("disabled");
    id
}

async fn nothing_is_left(world: World) {
    let sought = Sought::default();
    assert_eq!(found(&world, &sought).await, BTreeSet::new(), "before anybody was marked");
    let id = marked(&world).await;
    let held: BTreeSet<String> = PLACES.map(str::to_owned).into();
    assert_eq!(found(&world, &sought).await, held, "a disabled account keeps what it has");
    let security = caller(&world, "secadmin").await;
    people::erase_personal_data(&security, id, 2, WHY, None).await.expect("erased");
    assert_eq!(found(&world, &sought).await, BTreeSet::new(), "after the person was erased");
    world.drain(TAIYUAN).await;
    assert_eq!(found(&world, &sought).await, BTreeSet::new(), "and nothing brings it back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_person_nothing_is_left_in_the_store_on_sqlite() {
    nothing_is_left(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_person_nothing_is_left_in_the_store_on_postgresql() {
    nothing_is_left(World::on_postgres().await).await;
}
