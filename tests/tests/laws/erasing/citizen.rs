//! Somebody who works and has others work (个人用户): before erasing the mark stands in every place listed here, after in none
//! but the statutory ledgers.

use std::collections::BTreeSet;

use entities::{citizen, event};
use kernel::Actor;
use people::PhoneCodePurpose;
use people::testing::code;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::acting::Acting;
use super::kept::{self, LEDGERS};
use super::life::{Life, lived};
use super::places::{Sought, found};
use super::{WHY, caller, household, name};
use crate::world::{PLATFORM, TAIYUAN, World};

/// What kind of place it is (位置类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A row, its values sealed or not (数据行).
    Row,
    /// By what the person, or what it wrote, is searched (检索词).
    Token,
    /// By what a sealed value is found (盲索引).
    BlindIndex,
    /// What is on its way out, or has arrived (发件箱).
    Outbox,
    /// What was said (消息).
    Message,
    /// A file that was brought in (上传文件).
    Upload,
    /// A file that was made (导出文件).
    Export,
}

/// Every place in which something of the person stands.
const PLACES: &[(Kind, &str)] = &[
    (Kind::Row, "140100 agency_fee_receipt"),
    (Kind::Row, "140100 agency_ledger_entry"),
    (Kind::Row, "140100 audit"),
    (Kind::Row, "140100 case_event"),
    (Kind::Row, "140100 case_file"),
    (Kind::Row, "140100 citizen"),
    (Kind::Row, "140100 citizen_session"),
    (Kind::Row, "140100 citizen_session.citizen_id"),
    (Kind::Row, "140100 conduct_point.worker_id"),
    (Kind::Row, "140100 consent.citizen_id"),
    (Kind::Row, "140100 engagement"),
    (Kind::Row, "140100 engagement.worker_id"),
    (Kind::Row, "140100 favourite.worker_id"),
    (Kind::Row, "140100 hiring_party"),
    (Kind::Row, "140100 idempotency"),
    (Kind::Row, "140100 party_event"),
    (Kind::Row, "140100 party_member.citizen_id"),
    (Kind::Row, "140100 posting"),
    (Kind::Row, "140100 posting_event"),
    (Kind::Row, "140100 posting_template"),
    (Kind::Row, "140100 taken_down_text"),
    (Kind::Row, "140100 verification_step"),
    (Kind::Row, "140100 wage_line"),
    (Kind::Row, "140100 work_slip"),
    (Kind::Row, "140100 work_slip.terms"),
    (Kind::Row, "140100 worker_certificate"),
    (Kind::Row, "140100 worker_difficulty"),
    (Kind::Token, "140100 posting.text_key"),
    (Kind::Token, "140100 taken_down_text.text_key"),
    (Kind::Token, "140100 worker_trade.worker_id"),
    (Kind::BlindIndex, "140100 citizen.id_index"),
    (Kind::BlindIndex, "140100 citizen.phone_index"),
    (Kind::BlindIndex, "140100 hiring_party.contact_index"),
    (Kind::BlindIndex, "140100 phone_code.phone_index"),
    (Kind::BlindIndex, "140100 sms.phone_index"),
    (Kind::Outbox, "140100 channel_output"),
    (Kind::Outbox, "platform province_posting"),
    (Kind::Outbox, "the file of a partner"),
    (Kind::Message, "140100 sms"),
    (Kind::Message, "140100 talk"),
    (Kind::Upload, "140100 file PARTY_EVIDENCE"),
    (Kind::Upload, "140100 file PERSON_PAPER"),
    (Kind::Upload, "140100 file WAGE_PROOF"),
    (Kind::Export, "140100 file EXPORT"),
    (Kind::Export, "140100 file PERSONAL"),
];

/// Files in which nothing of a citizen is looked for, and why (不含个人用户信息的文件).
const OF_OTHERS: &[(&str, &str)] = &[
    ("AGENCY_PAPER", "what an agency displays in its hall"),
    ("ANNEX2", "a directory of markets, by officials"),
    ("CHECK_PHOTO", "what officials inspected at a market"),
    ("POSTINGS", "an agency's own sheet, which goes with its import"),
];

/// The places as they are found.
fn places() -> BTreeSet<String> {
    PLACES.iter().map(|(_, place)| (*place).to_owned()).collect()
}

/// The person is blocked, once its household is closed, and erased at its request: nothing runs in between.
pub(super) async fn erased(world: &World, life: &Life) {
    let (bureau, security) = (caller(world, "bureau").await, caller(world, "secadmin").await);
    household::closed(&Acting::new(world), &life.me, life.party).await;
    let version = async || {
        let row = citizen::Entity::find_by_id(life.citizen).one(&bureau.scope()).await.expect("citizens are read");
        row.expect("it is there").version
    };
    people::block_citizen(&bureau, life.citizen, version().await, &format!("{}书面申请", name()), None)
        .await
        .expect("blocked");
    people::erase_citizen(&security, life.citizen, version().await, None, WHY, None).await.expect("erased");
}

async fn nothing_is_left(world: World) {
    assert_eq!(found(&world, &Sought::default()).await, BTreeSet::new(), "before anybody was marked");
    let life = lived(&world).await;
    assert_eq!(found(&world, &life.sought).await, places(), "where the person stands");
    kept::the_software_says_so(&world, &life).await;
    erased(&world, &life).await;
    announced_by_id_alone(&world, &life).await;
    let ledgers = kept::places();
    let left = found(&world, &life.sought).await;
    let here: BTreeSet<String> = left.into_iter().filter(|place| place.starts_with(TAIYUAN)).collect();
    assert_eq!(here, ledgers, "in the city nothing waits for the worker of the house");
    world.drain(TAIYUAN).await;
    world.drain(PLATFORM).await;
    assert_eq!(found(&world, &life.sought).await, ledgers, "but {LEDGERS:?}");
    let stranger = world.ctx(world.town(TAIYUAN), Actor::Anonymous).await;
    assert!(code(&stranger, "13900000009", PhoneCodePurpose::SignIn).await.is_ok(), "the city goes on");
}

/// What waits in the outbox names the person by its id: that no row of it is marked is seen with all the others.
async fn announced_by_id_alone(world: &World, life: &Life) {
    let city = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    let waiting = event::Entity::find().filter(event::Column::DispatchedAt.is_null()).all(&city.scope()).await;
    let of_the_person = |row: &event::Model| row.payload.to_string().contains(&life.citizen.to_string());
    let kinds: BTreeSet<String> =
        waiting.expect("the outbox is read").into_iter().filter(of_the_person).map(|row| row.kind).collect();
    assert_eq!(kinds, ["citizen.erased", "person.erased"].map(str::to_owned).into());
}

#[test]
fn every_kind_of_place_is_looked_into() {
    let kinds: BTreeSet<Kind> = PLACES.iter().map(|(kind, _)| *kind).collect();
    let all = [Kind::Row, Kind::Token, Kind::BlindIndex, Kind::Outbox, Kind::Message, Kind::Upload, Kind::Export];
    assert_eq!(kinds, BTreeSet::from(all));
}

#[test]
fn files_of_every_purpose_are_looked_into_or_are_of_others() {
    let marked = PLACES.iter().filter_map(|(_, place)| place.strip_prefix("140100 file "));
    let known: BTreeSet<&str> = marked.chain(OF_OTHERS.iter().map(|(purpose, _)| *purpose)).collect();
    assert_eq!(known, kernel::blob::PURPOSES.iter().map(|purpose| purpose.name).collect());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_citizen_nothing_is_left_in_the_store_on_sqlite() {
    nothing_is_left(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_an_erased_citizen_nothing_is_left_in_the_store_on_postgresql() {
    nothing_is_left(World::on_postgres().await).await;
}
