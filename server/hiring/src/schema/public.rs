//! A posting as everybody sees it (公开招聘信息): no name of a person, no number to call.

use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::{Error, ID, Lookahead, Object, Result};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, Date, moment};
use kernel::plain::{self, Json, Plain};
use kernel::trades::Trades;
use kernel::{Ctx, Fault};
use markets::{MapLinks, Point, Trade, division_name};
use people::PartyKind;

use super::values::{PostingAgency, Shift, places_left};
use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingStatus, WageUnit};
use crate::queries::public_row::PublicRow;
use crate::rows::shift;
use crate::store::batch::Batch;

/// A posting as everybody sees it (公开招聘信息).
#[derive(Debug)]
pub struct PublicPosting {
    row: PublicRow,
    distance: Option<i32>,
    page: Arc<Batch>,
}

/// A moment as text.
fn at(at: DateTime<chrono::Utc>) -> String {
    moment(at).to_rfc3339()
}

impl PublicPosting {
    /// Postings of one page, each with its distance where one was asked for.
    #[must_use]
    pub fn page(ctx: &Ctx, rows: Vec<(PublicRow, Option<i32>)>) -> Vec<Self> {
        let agencies = rows.iter().filter_map(|(row, _)| row.agency_id().ok().copied().flatten());
        let page = Batch::public(ctx, rows.iter().map(|(row, _)| row.id).collect(), agencies);
        rows.into_iter().map(|(row, distance)| Self { row, distance, page: Arc::clone(&page) }).collect()
    }

    /// Reads beforehand what is asked of every posting of a page, so that none of its fields has to wait.
    pub async fn read_ahead(page: &[Self], asked: &Lookahead<'_>) {
        let shifts = asked.field("shifts").exists() || asked.field("placesLeft").exists();
        if let (Some(first), true) = (page.first(), shifts) {
            // What cannot be read now is asked for again by the field, which says so.
            let _later = first.page.shifts(first.row.id).await;
        }
    }

    fn ctx(&self) -> &Ctx {
        self.page.ctx()
    }

    fn failed(&self) -> impl Fn(Fault) -> Error + '_ {
        |fault| gql::error(self.page.ctx(), &fault)
    }

    /// A cell of the row, which was read because somebody asked for it.
    fn cell<T>(&self, cell: Result<T, Fault>) -> Result<T> {
        cell.map_err(self.failed())
    }

    async fn shift_rows(&self) -> Result<&[shift::Model]> {
        self.page.shifts(self.row.id).await.map_err(self.failed())
    }

    fn left(&self, rows: &[shift::Model]) -> i32 {
        rows.iter().map(|row| places_left(self.ctx(), row)).sum()
    }

    fn spot(&self) -> Result<Option<Point>> {
        let (lat, lng) = (*self.cell(self.row.lat())?, *self.cell(self.row.lng())?);
        Ok(lat.zip(lng).map(|(lat, lng)| Point { lat, lng, crs: kernel::geo::Crs::Gcj02 }))
    }
}

/// The official name of a trade's code.
fn trade_name(code: &str) -> &str {
    Trades::standard().name(code).unwrap_or(code)
}

/// Is a party of this kind a unit?
fn is_unit(kind: &str) -> bool {
    PartyKind::from_code(kind).is_none_or(PartyKind::is_unit)
}

impl Plain for PublicPosting {
    fn plain(&self, name: &str, field: &Field, out: &mut Json) -> Option<()> {
        let row = &self.row;
        match name {
            "id" => out.put(self.ctx().gid("Posting", row.id).as_str()),
            "title" => out.put(row.title().ok()?),
            "tradeName" => out.put(trade_name(row.trade().ok()?)),
            "status" => out.put(row.status().ok()?.code()),
            "kind" => out.put(row.kind().ok()?.code()),
            "engagement" => out.put(row.engagement().ok()?.code()),
            "headcount" => out.put(row.headcount().ok()?),
            "wageFen" => out.put(row.wage_fen().ok()?),
            "wageUnit" => out.put(row.wage_unit().ok()?.code()),
            "payDay" => out.put(row.pay_day().ok()?.code()),
            "place" => out.put(row.place().ok()?),
            "countyName" => out.put(&division_name(row.county().ok()?)),
            "duties" => out.put(row.duties().ok()?),
            "conditions" => out.put(row.conditions().ok()?),
            "payText" => out.put(row.pay_text().ok()?),
            "cover" => out.put(row.cover().ok()?.code()),
            "instant" => out.put(row.instant().ok()?),
            "priority" => out.put(row.priority().ok()?),
            "needsCertificate" => out.put(row.needs_certificate().ok()?),
            "startsAt" => out.put(&at(row.starts_at)),
            "endsAt" => out.put(&at(*row.ends_at().ok()?)),
            "closesAt" => out.put(&at(*row.closes_at().ok()?)),
            "partyName" => out.put(row.party_name().ok()?),
            "marketName" => out.put(row.market_name().ok()?),
            "placesLeft" => out.put(&self.left(self.page.shifts_at_hand(row.id)?)),
            "distanceMetres" => out.put(&self.distance),
            "shifts" => {
                let rows = self.page.shifts_at_hand(row.id)?;
                let shifts = rows.iter().map(|row| Shift::of(self.ctx(), row));
                plain::list(shifts, &field.selection_set.node, out)
            }
            _ => None,
        }
    }
}

/// A posting as everybody sees it (公开招聘信息).
#[Object]
impl PublicPosting {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx().gid("Posting", self.row.id)
    }

    /// Published, or all its places are taken (状态).
    async fn status(&self) -> Result<PostingStatus> {
        Ok(*self.cell(self.row.status())?)
    }

    /// Odd job or internship (信息类别).
    async fn kind(&self) -> Result<PostingKind> {
        Ok(*self.cell(self.row.kind())?)
    }

    /// Engagement type (用工类型).
    async fn engagement(&self) -> Result<EngagementType> {
        Ok(*self.cell(self.row.engagement())?)
    }

    /// The trade (工种).
    async fn trade(&self) -> Answer<Trade> {
        self.cell(self.row.trade()).map(|code| Trade::of(code)).transpose()
    }

    /// Name of the trade (工种名称).
    async fn trade_name(&self) -> Result<&str> {
        Ok(trade_name(self.cell(self.row.trade())?))
    }

    /// What is wanted, in a line (标题).
    async fn title(&self) -> Result<&str> {
        Ok(self.cell(self.row.title())?)
    }

    /// What is to be done (工作内容).
    async fn duties(&self) -> Result<&str> {
        Ok(self.cell(self.row.duties())?)
    }

    /// What the work asks of the worker (招聘条件).
    async fn conditions(&self) -> Answer<&str> {
        self.cell(self.row.conditions()).map(Option::as_deref).transpose()
    }

    /// Places of all shifts together (招聘人数).
    async fn headcount(&self) -> Result<i32> {
        Ok(*self.cell(self.row.headcount())?)
    }

    /// Places that can still be taken (剩余名额).
    async fn places_left(&self) -> Result<i32> {
        Ok(self.left(self.shift_rows().await?))
    }

    /// The wage in fen for one unit (劳动报酬，分).
    async fn wage_fen(&self) -> Result<i64> {
        Ok(*self.cell(self.row.wage_fen())?)
    }

    /// What it is for (计薪单位).
    async fn wage_unit(&self) -> Result<WageUnit> {
        Ok(*self.cell(self.row.wage_unit())?)
    }

    /// When it is paid (结算方式).
    async fn pay_day(&self) -> Result<PayDay> {
        Ok(*self.cell(self.row.pay_day())?)
    }

    /// What is said about the pay besides (报酬说明).
    async fn pay_text(&self) -> Answer<&str> {
        self.cell(self.row.pay_text()).map(Option::as_deref).transpose()
    }

    /// Where the work is (工作地点).
    async fn place(&self) -> Result<&str> {
        Ok(self.cell(self.row.place())?)
    }

    /// City and county where the work is (所在区县).
    async fn county_name(&self) -> Result<String> {
        Ok(division_name(self.cell(self.row.county())?))
    }

    /// The point on the map (坐标).
    async fn point(&self) -> Answer<Point> {
        self.spot().transpose()
    }

    /// Links that open the place in a map (地图链接).
    async fn map_links(&self) -> Answer<MapLinks> {
        let links = || {
            let (title, place) = (self.cell(self.row.title())?, self.cell(self.row.place())?);
            let spot = self.spot()?.and_then(|p| kernel::geo::Point::new(p.lat, p.lng, p.crs).ok());
            Ok(spot.map(|spot| MapLinks::to(spot, title, place)))
        };
        links().transpose()
    }

    /// Who bears an accident (意外保障).
    async fn cover(&self) -> Result<AccidentCover> {
        Ok(*self.cell(self.row.cover())?)
    }

    /// Asks for a certificate of special operations (特种作业操作证).
    async fn needs_certificate(&self) -> Result<bool> {
        Ok(*self.cell(self.row.needs_certificate())?)
    }

    /// Confirms whoever applies while places last (即时快招).
    async fn instant(&self) -> Result<bool> {
        Ok(*self.cell(self.row.instant())?)
    }

    /// Takes those first who find work hard to get; nobody is refused for it (优先招用困难零工).
    async fn priority(&self) -> Result<bool> {
        Ok(*self.cell(self.row.priority())?)
    }

    /// First day it holds (有效期起).
    async fn valid_from(&self) -> Result<Date> {
        Ok(Date(*self.cell(self.row.valid_from())?))
    }

    /// Last day it holds (有效期止).
    async fn valid_until(&self) -> Result<Date> {
        Ok(Date(*self.cell(self.row.valid_until())?))
    }

    /// When its first shift begins (开工时间).
    async fn starts_at(&self) -> DateTime<FixedOffset> {
        moment(self.row.starts_at)
    }

    /// When its last shift ends (收工时间).
    async fn ends_at(&self) -> Result<DateTime<FixedOffset>> {
        Ok(moment(*self.cell(self.row.ends_at())?))
    }

    /// Until when somebody can apply (报名截止).
    async fn closes_at(&self) -> Result<DateTime<FixedOffset>> {
        Ok(moment(*self.cell(self.row.closes_at())?))
    }

    /// Its shifts, in the order of time (班次).
    async fn shifts(&self) -> Result<Vec<Shift>> {
        Ok(self.shift_rows().await?.iter().map(|row| Shift::of(self.ctx(), row)).collect())
    }

    /// When it was first published (发布时间).
    async fn published_at(&self) -> Answer<DateTime<FixedOffset>> {
        self.cell(self.row.published_at()).map(|at| at.map(moment)).transpose()
    }

    /// When somebody last said that it holds (最近确认时间).
    async fn last_confirmed_at(&self) -> Result<DateTime<FixedOffset>> {
        Ok(moment(*self.cell(self.row.last_confirmed_at())?))
    }

    /// The hiring party, for `publicParty` (用工主体标识).
    async fn party_id(&self) -> Result<ID> {
        Ok(self.ctx().gid("HiringParty", *self.cell(self.row.party_id())?))
    }

    /// What the hiring party is called; a person's name is masked (用工主体).
    async fn party_name(&self) -> Result<&str> {
        Ok(self.cell(self.row.party_name())?)
    }

    /// Is it a unit, rather than a household or somebody who leads a gang? Other duties and remedies follow (是否单位).
    async fn party_is_unit(&self) -> Result<bool> {
        Ok(is_unit(self.cell(self.row.party_kind())?))
    }

    /// When it was verified: the badge (核验标识日期).
    async fn party_verified_on(&self) -> Answer<Date> {
        self.cell(self.row.party_verified_on()).map(|day| day.map(Date)).transpose()
    }

    /// When a sampling check last found it in order (抽查合格日期).
    async fn party_rechecked_on(&self) -> Answer<Date> {
        self.cell(self.row.party_rechecked_on()).map(|day| day.map(Date)).transpose()
    }

    /// Id of the market (市场标识).
    async fn market_id(&self) -> Answer<ID> {
        self.cell(self.row.market_id()).map(|id| id.map(|id| self.ctx().gid("Market", id))).transpose()
    }

    /// What the market is called (市场).
    async fn market_name(&self) -> Answer<&str> {
        self.cell(self.row.market_name()).map(Option::as_deref).transpose()
    }

    /// The agency that publishes it, with its licence (发布机构).
    async fn agency(&self) -> Answer<PostingAgency> {
        let id = match self.cell(self.row.agency_id()) {
            Ok(id) => (*id)?,
            Err(error) => return Some(Err(error)),
        };
        let agencies = self.page.agencies().await.map_err(self.failed());
        let lang = self.ctx().lang();
        agencies.map(|all| all.get(&id).map(|agency| PostingAgency::new(agency, lang))).transpose()
    }

    /// Metres from the place that was searched around (距离).
    async fn distance_metres(&self) -> Option<i32> {
        self.distance
    }
}
