use kernel::divisions::Divisions;
use kernel::trades::Trades;
use uuid::Uuid;

use super::*;
use crate::kinds::OperatorKind;
use crate::rules::describe::Around;
use crate::rules::flaw::Flaw;

fn around() -> Around<'static> {
    Around {
        city: "140100",
        today: "2026-11-23".parse().unwrap(),
        divisions: Divisions::standard(),
        trades: Trades::standard(),
    }
}

fn draft(name: &str, address: &str) -> Draft {
    Draft {
        name: name.into(),
        basis: AliasBasis::Official,
        nature: OperatingNature::Public,
        public_interest: None,
        hours: hours_of("04:30—08:00"),
        address: address.into(),
        division: crate::rules::place::find_in(Divisions::standard(), "140100", address),
        scale: Some(People { low: 200, high: 300, approximate: true }),
        successes: None,
        trades: trades::lenient(Trades::standard(), &["瓦工".into()]),
        remark: None,
    }
}

fn against(draft: &Draft, there: &[Standing]) -> Result<Decision, RowFlaw> {
    let index = Index::of(there.iter(), Divisions::standard());
    let setting = Setting { around: around(), index: &index, default_division: None, counties: None };
    decide(draft, &setting)
}

fn taken_in(draft: &Draft) -> Standing {
    let Ok(Decision::Create(described)) = against(draft, &[]) else { panic!("not created") };
    Standing { id: Uuid::from_u128(1), described }
}

#[test]
fn the_same_row_again_changes_nothing_and_doubles_nothing() {
    let row = draft("小店区零工市场", "小店区坞城路1号");
    let there = [taken_in(&row)];
    assert!(matches!(against(&row, &there), Ok(Decision::Unchanged(..))));
    let longer = draft("小店区零工市场", "山西省太原市小店区坞城路１号");
    assert!(matches!(against(&longer, &there), Ok(Decision::Unchanged(..))));
}

#[test]
fn a_market_that_moved_within_its_county_is_updated() {
    let there = [taken_in(&draft("小店区零工市场", "小店区坞城路1号"))];
    let moved = draft("小店区零工市场", "小店区许坦东街9号");
    let Ok(Decision::Update(id, d)) = against(&moved, &there) else { panic!("not updated") };
    assert_eq!((id, d.address.as_str()), (Uuid::from_u128(1), "小店区许坦东街9号"));
    let elsewhere = draft("小店区零工市场", "迎泽区柳巷9号");
    assert!(matches!(against(&elsewhere, &there), Ok(Decision::Create(_))));
}

#[test]
fn a_blank_and_what_the_form_does_not_have_stay_as_they_are() {
    let mut there = taken_in(&draft("小店区零工市场", "小店区坞城路1号"));
    there.described.operator_kind = OperatorKind::Entrusted;
    there.described.operator_name = Some("某某公司".into());
    let mut row = draft("小店区零工市场", "小店区坞城路1号");
    row.scale = None;
    row.trades.clear();
    assert!(matches!(against(&row, &[there.clone()]), Ok(Decision::Unchanged(..))));
    row.nature = OperatingNature::Commercial;
    let Ok(Decision::Update(_, d)) = against(&row, &[there]) else { panic!("not updated") };
    assert_eq!((d.operator_kind, d.operator_name, d.public_interest), (OperatorKind::LicensedAgency, None, false));
}

#[test]
fn a_row_whose_address_names_no_county_takes_the_default_or_is_bad() {
    let row = draft("柳巷零工市场", "柳巷1号");
    assert_eq!(against(&row, &[]), Err(RowFlaw::NoDivision));
    let index = Index::of([].iter(), Divisions::standard());
    let counties = ["140106".to_owned()];
    let setting = |default, counties| Setting { around: around(), index: &index, default_division: default, counties };
    assert!(matches!(decide(&row, &setting(Some("140106"), None)), Ok(Decision::Create(_))));
    assert!(matches!(decide(&row, &setting(Some("140105"), Some(&counties))), Err(RowFlaw::OutOfReach { .. })));
}

#[test]
fn a_market_nobody_runs_cannot_be_imported_as_public_interest() {
    let mut row = draft("坞城人市", "小店区坞城路口");
    row.nature = OperatingNature::Spontaneous;
    row.public_interest = Some(true);
    let flaw = against(&row, &[]).unwrap_err();
    assert!(matches!(flaw, RowFlaw::Flaw(_, Flaw::PublicInterestWithoutOperator)));
    let issue = of_flaw(7, &annex2::Columns::default(), &flaw, "自形成、公益");
    assert_eq!((issue.row, issue.code.as_str()), (7, "PUBLIC_INTEREST_WITHOUT_OPERATOR"));
}
