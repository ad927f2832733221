//! Looking rows over (逐行核对): what they name is read for all of them together, then each is looked over like a form that a person
//! filled in.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use entities::hiring_party;
use kernel::clock::shanghai;
use kernel::divisions::Divisions;
use kernel::sheet::text::{squash, tidy};
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use markets::Stand;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::columns::{Column, Headings};
use super::issue::{Issue, Row};
use super::read::RawRow;
use super::row::{Named, form};
use crate::forms::ShiftInput;
use crate::kinds::PostingSource;
use crate::operations::upsert_posting::{LIVE, NUMBER};
use crate::rows::posting;
use crate::rules::checking::{self, Read};
use crate::rules::describe::{Around, Described, describe, end_of};
use crate::rules::figures::Figures;
use crate::rules::lane::{By, Lane, Licence, Stopped, Trust, lane};
use crate::store::posting::{self as rows, Belongs};
use crate::store::{doors, settings};

/// Keys looked up in one statement.
const KEYS: usize = 500;

/// Whose file it is, and whether it is published without review (导入身份).
#[derive(Clone, Copy, Debug)]
pub struct Whose {
    /// The agency.
    pub agency: Uuid,
    /// May whoever imports publish by right?
    pub publishes: bool,
}

/// What rows are held against (核对依据).
#[derive(Clone, Debug)]
pub struct Setting {
    whose: Whose,
    licence: Licence,
    parties: HashMap<String, Vec<hiring_party::Model>>,
    markets: HashMap<String, Stand>,
    numbers: HashSet<String>,
    figures: Figures,
    city: String,
    now: DateTime<Utc>,
}

/// A row that can be taken in (合格行).
#[derive(Clone, Debug)]
pub struct Good {
    /// Whose the posting is.
    pub belongs: Belongs,
    /// The posting.
    pub read: Described,
    /// The agency's own number.
    pub external: Option<String>,
    /// Which way it goes.
    pub lane: Lane,
    /// What is told of its cells and keeps it from nothing: what only warns, and what could not be checked.
    pub notes: Vec<Issue>,
}

/// A row, looked over (核对结果).
#[derive(Clone, Debug)]
pub struct Looked {
    /// What is the matter with it; what could be read besides is in it where nothing is.
    pub result: Result<Box<Good>, Vec<Issue>>,
    /// What finds its text again.
    pub key: String,
}

impl Looked {
    /// What is told of the row, whether it is taken in or not.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        match &self.result {
            Ok(good) => &good.notes,
            Err(issues) => issues,
        }
    }
}

impl Setting {
    /// Reads what these rows name: a few statements, however many they are.
    pub async fn of(ctx: &Ctx, db: &impl ConnectionTrait, whose: Whose, rows: &[RawRow]) -> Result<Self, Fault> {
        let cell = |row: &RawRow, column: Column| {
            Row { headings: &Headings::default(), cells: &row.cells }.cell(column).to_owned()
        };
        let distinct = |column: Column| {
            let all: HashSet<String> =
                rows.iter().map(|row| cell(row, column)).filter(|text| !text.is_empty()).collect();
            all.into_iter().collect::<Vec<String>>()
        };
        let markets = markets::listed_of_agency(db, whose.agency).await?;
        Ok(Self {
            whose,
            licence: doors::licence(ctx, db, Some(whose.agency)).await?,
            parties: parties(db, whose.agency, &distinct(Column::Party)).await?,
            markets: markets.into_iter().map(|stand| (squash(&stand.name), stand)).collect(),
            numbers: numbers(db, whose.agency, &distinct(Column::ExternalId)).await?,
            figures: settings::figures(db).await?,
            city: ctx.tenant().code.clone(),
            now: ctx.now(),
        })
    }

    /// Why the agency may publish nothing at all, if it may not.
    #[must_use]
    pub fn licence(&self) -> &Licence {
        &self.licence
    }

    /// Looks rows over. A number that stands twice in the file is taken once.
    #[must_use]
    pub fn look(&self, headings: &Headings, rows: &[RawRow]) -> Vec<Looked> {
        let mut seen = HashSet::new();
        let one = |raw: &RawRow| {
            let row = Row { headings, cells: &raw.cells };
            self.one(row, &mut seen)
        };
        rows.iter().map(one).collect()
    }

    /// Looks one over: what is wrong in one cell hides nothing that is wrong in another.
    fn one(&self, row: Row<'_>, seen: &mut HashSet<String>) -> Looked {
        let mut issues = Vec::new();
        let external = self.number(row, seen).map_err(|issue| issues.push(*issue)).unwrap_or_default();
        let party = self.party(row).map_err(|issue| issues.push(*issue)).ok();
        let market = self.market(row).map_err(|issue| issues.push(*issue)).unwrap_or_default();
        let named = Named { party: "", market: None };
        let (mut input, unread) = form(row, named, self.tomorrow());
        issues.extend(unread);
        input.county = self.county(row).map_err(|issue| issues.push(*issue)).unwrap_or_default();
        let described = describe(&input, &self.around(party.map(|(party, _)| party), market));
        let read = described.map_err(|flaws| issues.extend(flaws.iter().map(|flaw| row.flaw(flaw)))).ok();
        let said = match &read {
            Some(read) => {
                let figures = self.figures.over(&read.county, &read.shifts);
                checking::findings(&Read::from(read), &figures)
            }
            None => checking::text_findings(&input),
        };
        let (wrong, told): (Vec<_>, Vec<_>) = said.iter().partition(|said| said.blocks());
        issues.extend(wrong.into_iter().map(|said| row.finding(said)));
        let result = match (read, party) {
            (Some(read), Some((party, lane))) if issues.is_empty() => {
                let market = market.map(|stand| stand.id);
                let belongs = Belongs { party: party.id, agency: Some(self.whose.agency), market };
                let notes = told.into_iter().map(|said| row.finding(said)).collect();
                Ok(Box::new(Good { belongs, read, external, lane, notes }))
            }
            _ => Err(issues),
        };
        Looked { result, key: checking::form_key(&input) }
    }

    /// A shift that is nowhere wrong, in the place of one that cannot be read.
    fn tomorrow(&self) -> ShiftInput {
        let eight = end_of(kernel::clock::day_of(self.now)) + Duration::hours(8);
        let of = |hours| (eight + Duration::hours(hours)).with_timezone(&shanghai());
        ShiftInput { starts_at: of(0), ends_at: of(4), headcount: 1, break_minutes: None }
    }

    fn around(&self, party: Option<&hiring_party::Model>, market: Option<&Stand>) -> Around<'_> {
        let of_market = market.and_then(|stand| self.markets.get(&squash(&stand.name)));
        let of_party = party.and_then(|party| self.parties.values().flatten().find(|known| known.id == party.id));
        let county = of_market.map(|stand| stand.county.as_str());
        // Of a party that is not there one cell is wrong, not two.
        let any = || Divisions::standard().children(&self.city).first().map(|county| county.code.as_str());
        Around {
            city: &self.city,
            now: self.now,
            county: county
                .or_else(|| of_party.map(|party| party.county.as_str()))
                .or_else(|| party.is_none().then(any).flatten())
                .unwrap_or_default(),
            unit: party.is_none_or(|party| people::PartyKind::of(party).is_unit()),
            source: PostingSource::AgencyFeed,
            may_say_source: false,
            trades: Trades::standard(),
            kept: &[],
        }
    }

    fn number(&self, row: Row<'_>, seen: &mut HashSet<String>) -> Result<Option<String>, Box<Issue>> {
        let number = squash(row.cell(Column::ExternalId));
        let issue = |code, zh: String, en: &str| Err(Box::new(row.issue(Column::ExternalId, code, zh, en)));
        if number.is_empty() {
            return Ok(None);
        }
        if number.chars().count() > NUMBER {
            return issue("TOO_LONG", format!("外部编号不超过 {NUMBER} 个字符。"), "The number is too long.");
        }
        if self.numbers.contains(&number) {
            let zh = "该外部编号的信息正在招聘，不能重复导入；如需修改，请在系统中修改。".to_owned();
            return issue("IN_USE", zh, "A posting has this number already; amend that one instead.");
        }
        if !seen.insert(number.clone()) {
            let zh = "本文件中有两行使用同一外部编号，请改为不同的编号。".to_owned();
            return issue("TWICE", zh, "Two rows of the file have this number; number them apart.");
        }
        Ok(Some(number))
    }

    fn party(&self, row: Row<'_>) -> Result<(&hiring_party::Model, Lane), Box<Issue>> {
        let issue = |code, zh: String, en: String| Box::new(row.issue(Column::Party, code, zh, en));
        let written = squash(row.cell(Column::Party));
        let unknown = || {
            let zh = "没有这个用工主体。请填写本机构已登记单位的统一社会信用代码或全称。";
            let en = "There is no such hiring party: give the credit code or the full name of one that the agency registered.";
            issue("PARTY_UNKNOWN", zh.to_owned(), en.to_owned())
        };
        let party = match self.parties.get(&written).map(Vec::as_slice) {
            Some([one]) => one,
            Some([_, _, ..]) => {
                let zh = "有几个用工主体叫这个名称，请改填统一社会信用代码。".to_owned();
                return Err(issue(
                    "PARTY_AMBIGUOUS",
                    zh,
                    "Several parties are called so; give the credit code.".to_owned(),
                ));
            }
            _ => return Err(unknown()),
        };
        let trust = Trust::of(party, kernel::clock::day_of(self.now));
        let by = if self.whose.publishes { By::Right } else { By::Other };
        lane(trust, &self.licence, by).map(|lane| (party, lane)).map_err(|stopped| {
            let (code, zh, en) = match stopped {
                Stopped::NotVerified => {
                    ("NOT_VERIFIED", "尚未核验，请先核验".to_owned(), "it is not verified yet".to_owned())
                }
                Stopped::Barred(why) => ("PARTY_BARRED", why.zh.to_owned(), why.en.to_owned()),
                Stopped::Licence(why) => ("LICENCE_INVALID", format!("机构许可证{}", why.zh), why.en.to_owned()),
            };
            issue(code, format!("该用工主体不能发布：{zh}。"), format!("The hiring party cannot publish: {en}."))
        })
    }

    fn market(&self, row: Row<'_>) -> Result<Option<&Stand>, Box<Issue>> {
        let written = squash(row.cell(Column::Market));
        if written.is_empty() {
            return Ok(None);
        }
        self.markets.get(&written).map(Some).ok_or_else(|| {
            let zh = "不是本机构运营的名录内市场，请核对市场名称，或留空。";
            let en = "No market of the directory that the agency runs is called so; correct the name or leave it out.";
            Box::new(row.issue(Column::Market, "MARKET_UNKNOWN", zh, en))
        })
    }

    /// The code of a county, also where its name was written.
    fn county(&self, row: Row<'_>) -> Result<Option<String>, Box<Issue>> {
        let written = squash(row.cell(Column::County));
        if written.is_empty() || written.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Some(written).filter(|code| !code.is_empty()));
        }
        let counties = Divisions::standard().children(&self.city);
        let known = counties.iter().find(|county| squash(&county.name) == written);
        known.map(|county| Some(county.code.clone())).ok_or_else(|| {
            let zh = "本市没有这个县（市、区），请填写区县全称或代码。";
            Box::new(row.issue(Column::County, "COUNTY_UNKNOWN", zh, "There is no such county in this city."))
        })
    }
}

/// Marks the rows whose text was taken down: one statement for some hundred.
pub async fn without_taken_down(
    db: &impl ConnectionTrait,
    headings: &Headings,
    rows: &[RawRow],
    looked: &mut [Looked],
) -> Result<(), Fault> {
    let keys: Vec<String> = looked.iter().map(|one| one.key.clone()).collect();
    let mut down = HashSet::new();
    for some in keys.chunks(KEYS) {
        down.extend(rows::taken_down(db, some.to_vec()).await?);
    }
    for (raw, one) in rows.iter().zip(looked) {
        if down.contains(&one.key) {
            let row = Row { headings, cells: &raw.cells };
            let zh = "相同内容曾被下架，不能再次发布。";
            let en = "The same text was taken down before and is not published again.";
            let issue = row.issue(Column::Duties, "TAKEN_DOWN_BEFORE", zh, en);
            if let Err(issues) = &mut one.result {
                issues.push(issue);
            } else {
                one.result = Err(vec![issue]);
            }
        }
    }
    Ok(())
}

/// The agency's parties by what was written: credit codes and names.
async fn parties(
    db: &impl ConnectionTrait,
    agency: Uuid,
    written: &[String],
) -> Result<HashMap<String, Vec<hiring_party::Model>>, Fault> {
    use hiring_party::Column;
    let mut found: HashMap<String, Vec<hiring_party::Model>> = HashMap::new();
    for some in written.chunks(KEYS) {
        let codes = some.iter().map(|text| squash(text).to_uppercase());
        let names = some.iter().map(|text| tidy(text));
        let either = Condition::any().add(Column::Uscc.is_in(codes)).add(Column::DisplayName.is_in(names));
        let of_agency = hiring_party::Entity::find().filter(Column::AgencyId.eq(agency)).filter(either);
        for row in of_agency.all(db).await? {
            for text in some {
                let by_code = row.uscc.as_deref() == Some(squash(text).to_uppercase().as_str());
                if by_code || row.display_name == tidy(text) {
                    let known = found.entry(squash(text)).or_default();
                    if !known.iter().any(|other| other.id == row.id) {
                        known.push(row.clone());
                    }
                }
            }
        }
    }
    Ok(found)
}

/// Those of these numbers that live postings of the agency have.
async fn numbers(db: &impl ConnectionTrait, agency: Uuid, written: &[String]) -> Result<HashSet<String>, Fault> {
    let mut found = HashSet::new();
    for some in written.chunks(KEYS) {
        let used: Vec<Option<String>> = posting::Entity::find()
            .select_only()
            .column(posting::Column::ExternalId)
            .filter(posting::Column::AgencyId.eq(agency))
            .filter(posting::Column::ExternalId.is_in(some.iter().map(|text| squash(text))))
            .filter(posting::Column::Status.is_in(LIVE))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(used.into_iter().flatten());
    }
    Ok(found)
}
