//! The statutory ledgers (法定台账): what erasing leaves, with term and article; and that the software tells the person the same.

use std::collections::BTreeSet;

use kernel::Actor;
use kernel::personal::{CitizenPerson, document_of_citizen};
use serde_json::Value;

use super::life::Life;
use crate::world::{TAIYUAN, World};

/// How long something is kept (保存期限), in the words in which the person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    /// As the law says it.
    For(&'static str),
    /// The law says none: as what it stays all the same. Nothing of the person is in it.
    Endless(&'static str),
}

impl Term {
    const fn words(self) -> &'static str {
        match self {
            Self::For(words) | Self::Endless(words) => words,
        }
    }
}

/// What is kept by law.
#[derive(Debug)]
pub(super) struct Ledger {
    /// As the copy of what is held about a person calls it.
    what: &'static str,
    /// How long.
    term: Term,
    /// Which law.
    article: &'static str,
    /// Where the person still stands in it; nowhere where only a frame without the person is kept.
    places: &'static [&'static str],
}

/// Everything that is kept of somebody who is erased.
pub(super) const LEDGERS: &[Ledger] = &[
    Ledger {
        what: "工资支付台账",
        term: Term::For("3年"),
        article: "《保障农民工工资支付条例》第十五条",
        places: &["140100 wage_line", "140100 file WAGE_PROOF"],
    },
    Ledger {
        what: "本人的用工主体",
        term: Term::For("三年"),
        article: "《保障农民工工资支付条例》第十五条",
        places: &[],
    },
    Ledger {
        what: "超龄用工协议", term: Term::For("二年"), article: "《劳动合同法》第五十条", places: &[]
    },
    Ledger {
        what: "机构服务台账和收费凭证",
        term: Term::For("两年"),
        article: "《人力资源市场暂行条例》第三十三条",
        places: &["140100 agency_ledger_entry", "140100 agency_fee_receipt"],
    },
    Ledger {
        what: "本人操作的审计记录",
        term: Term::For("不少于六个月"),
        article: "《网络安全法》第二十三条",
        places: &[],
    },
    Ledger {
        what: "本人的办件",
        term: Term::Endless("依法履职的记录"),
        article: "《个人信息保护法》第十三条",
        places: &[],
    },
];

/// Where the mark stands after erasing.
pub(super) fn places() -> BTreeSet<String> {
    LEDGERS.iter().flat_map(|ledger| ledger.places).map(|place| (*place).to_owned()).collect()
}

/// What the person is told is kept is what the table says, in both directions.
pub(super) async fn the_software_says_so(world: &World, life: &Life) {
    let ctx = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    let merged = Vec::new();
    let person = CitizenPerson { citizen: life.citizen, name: None, phone: None, id_number: None, merged };
    let copy = document_of_citizen(&ctx, &person).await.expect("a copy");
    let copy: Value = serde_json::from_slice(&copy).expect("JSON");
    let chapters = copy["chapters"].as_array().expect("chapters").iter();
    let items = chapters.flat_map(|chapter| chapter["items"].as_array().expect("items"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let kept: BTreeSet<(String, String)> =
        items.filter(|item| !item["kept"].is_null()).map(|item| (text(&item["what"]), text(&item["kept"]))).collect();
    for (what, why) in &kept {
        let ledger = LEDGERS.iter().find(|ledger| ledger.what == what);
        let ledger = ledger.unwrap_or_else(|| panic!("{what} is kept ({why}) and stands in no line of the table"));
        let says = why.contains(ledger.article) && why.contains(ledger.term.words());
        assert!(says, "{what}: {why} does not say {ledger:?}");
    }
    let told: BTreeSet<&str> = kept.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(told, LEDGERS.iter().map(|ledger| ledger.what).collect(), "all of the table is told");
}

#[test]
fn nobody_stands_in_a_ledger_for_ever() {
    let endless = LEDGERS.iter().filter(|ledger| matches!(ledger.term, Term::Endless(_)) && !ledger.places.is_empty());
    assert_eq!(endless.count(), 0);
}

#[test]
fn every_ledger_names_its_article_and_its_term_or_why_it_has_none() {
    for ledger in LEDGERS {
        let article =
            ledger.article.starts_with('《') && ledger.article.contains("》第") && ledger.article.ends_with('条');
        assert!(article && !ledger.term.words().is_empty(), "{ledger:?}");
    }
}
