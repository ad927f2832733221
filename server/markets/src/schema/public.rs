//! A market as everybody sees it (公开市场信息): address, hours, trades, contact (人社部发〔2022〕38号 九).

use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::{ID, Lookahead, Object, Result};
use kernel::gql::Answer;
use kernel::plain::{self, Json, Plain};
use kernel::{Ctx, Fault, Lang};
use people::LicenceStanding;

use super::counts::Queue;
use super::parts::{PickupBay, failed};
use super::reference::{Trade, division_name};
use super::shown::{licence_state, minute_of, qr_svg};
use super::values::{Crowd, MapLinks, MarketContact, Point, TransparencyBlock};
use crate::kinds::{FacilityKind, FacilityState, OperatingNature, ServiceKind};
use crate::queries::public_row::PublicRow;
use crate::queries::standard::newest;
use crate::rules::spans::{self, Span};
use crate::rules::standard;
use crate::store::batch::{Batch, TradeRow};
use crate::store::market::point;

/// A market in the public directory (名录市场).
#[derive(Debug)]
pub struct PublicMarket {
    row: PublicRow,
    distance: Option<i32>,
    page: Arc<Batch>,
}

impl PublicMarket {
    /// Markets of one page, each with its distance where one was asked for.
    #[must_use]
    pub fn page(ctx: &Ctx, rows: Vec<(PublicRow, Option<i32>)>) -> Vec<Self> {
        let agencies = rows.iter().filter_map(|(row, _)| row.agency().ok().copied().flatten());
        let page = Batch::run_by(ctx, rows.iter().map(|(row, _)| row.id).collect(), agencies.collect());
        rows.into_iter().map(|(row, distance)| Self { row, distance, page: Arc::clone(&page) }).collect()
    }

    /// Reads beforehand what is asked of every market of a page, so that none of its fields has to wait.
    pub async fn read_ahead(page: &[Self], asked: &Lookahead<'_>) {
        if let (Some(first), true) = (page.first(), asked.field("trades").exists()) {
            // What cannot be read now is asked for again by the field, which says so.
            let _later = first.page.trades(first.row.id).await;
        }
    }

    fn ctx(&self) -> &Ctx {
        self.page.ctx()
    }

    /// A cell of the row, which was read because somebody asked for it.
    fn cell<T>(&self, cell: Result<T, Fault>) -> Result<T> {
        cell.map_err(failed(&self.page))
    }

    fn place(&self) -> Result<Option<kernel::geo::Point>> {
        let (lat, lng) = (*self.cell(self.row.lat())?, *self.cell(self.row.lng())?);
        Ok(point(lat, lng, self.cell(self.row.crs())?.as_deref()))
    }

    async fn spans(&self) -> Result<Vec<Span>> {
        let rows = self.page.hours(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(Span::from).collect())
    }
}

impl Plain for PublicMarket {
    fn plain(&self, name: &str, field: &Field, out: &mut Json) -> Option<()> {
        let row = &self.row;
        match name {
            "id" => out.put(self.ctx().gid("Market", row.id).as_str()),
            "slug" => out.put(row.slug().ok()?),
            "name" => out.put(&row.display_name),
            "nature" => out.put(row.nature().ok()?.code()),
            "operatorName" => out.put(row.operator_name().ok()?),
            "publicInterest" => out.put(row.public_interest().ok()?),
            "earlyOpening" => out.put(row.early_opening().ok()?),
            "divisionName" => out.put(&division_name(row.division().ok()?)),
            "address" => out.put(row.address().ok()?),
            "hoursText" if self.ctx().lang() == Lang::Zh => out.put(row.hours_text().ok()?),
            "trades" => {
                let rows = self.page.trades_at_hand(row.id)?;
                plain::list(rows.iter().filter_map(listed_trade), &field.selection_set.node, out)
            }
            _ => None,
        }
    }
}

/// A trade that the catalogue has.
fn listed_trade(row: &TradeRow) -> Option<Trade> {
    Trade::of(row.code.as_deref()?)
}

/// A market in the public directory (名录市场).
#[Object]
impl PublicMarket {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx().gid("Market", self.row.id)
    }

    /// Its name in URLs (网址编号).
    async fn slug(&self) -> Result<&str> {
        Ok(self.cell(self.row.slug())?)
    }

    /// Name (名称).
    async fn name(&self) -> &str {
        &self.row.display_name
    }

    /// What people call it besides (代称).
    async fn alias(&self) -> Answer<&str> {
        self.cell(self.row.alias()).map(Option::as_deref).transpose()
    }

    /// Operating nature (运营性质).
    async fn nature(&self) -> Result<OperatingNature> {
        Ok(*self.cell(self.row.nature())?)
    }

    /// Who runs it (运营机构名称).
    async fn operator_name(&self) -> Answer<&str> {
        self.cell(self.row.operator_name()).map(Option::as_deref).transpose()
    }

    /// The number of the operator's licence, of commercial markets (人力资源服务许可证编号).
    async fn licence_no(&self) -> Answer<&str> {
        let commercial = match self.cell(self.row.nature()) {
            Ok(nature) => *nature == OperatingNature::Commercial,
            Err(fault) => return Some(Err(fault)),
        };
        self.cell(self.row.licence_no()).map(|no| no.as_deref().filter(|_| commercial)).transpose()
    }

    /// How the licence stands under which a commercial market is run; empty for the others (许可证状态). One that ran out, or is
    /// suspended or revoked, says so here while the market is still in the directory.
    async fn licence_state(&self) -> Answer<LicenceStanding> {
        let cells = || Ok((*self.row.nature()?, *self.row.licence_until()?, *self.row.agency()?));
        let (nature, until, agency) = match self.cell(cells()) {
            Ok(cells) => cells,
            Err(fault) => return Some(Err(fault)),
        };
        let state = licence_state(&self.page, nature, until, agency).await;
        state.map_err(failed(&self.page)).transpose()
    }

    /// Free of charge and in the public interest (公益性)?
    async fn public_interest(&self) -> Result<bool> {
        Ok(*self.cell(self.row.public_interest())?)
    }

    /// City, county and township (所在区划).
    async fn division_name(&self) -> Result<String> {
        Ok(division_name(self.cell(self.row.division())?))
    }

    /// Street and number or landmark (详细地址).
    async fn address(&self) -> Result<&str> {
        Ok(self.cell(self.row.address())?)
    }

    /// The point at the door (坐标).
    async fn point(&self) -> Answer<Point> {
        self.place().map(|place| place.map(Point::from)).transpose()
    }

    /// Links that open it in a map (地图链接).
    async fn map_links(&self) -> Answer<MapLinks> {
        let links = || {
            let (place, address) = (self.place()?, self.cell(self.row.address())?);
            Ok(place.map(|p| MapLinks::to(p, &self.row.display_name, address)))
        };
        links().transpose()
    }

    /// Opening hours in words (运行时间).
    async fn hours_text(&self) -> Result<String> {
        Ok(match self.ctx().lang() {
            Lang::Zh => self.cell(self.row.hours_text())?.clone(),
            Lang::En => spans::words(&self.spans().await?, Lang::En),
        })
    }

    /// Today's hours (今日运行时间).
    async fn hours_today(&self) -> Result<Vec<String>> {
        let ctx = self.ctx();
        Ok(spans::on_day(&self.spans().await?, ctx.today(), minute_of(ctx), ctx.lang()))
    }

    /// Open now (正在营业)?
    async fn open_now(&self) -> Result<bool> {
        Ok(spans::is_open(&self.spans().await?, self.ctx().today(), minute_of(self.ctx())))
    }

    /// Opens before the office hours of halls (提早开放)?
    async fn early_opening(&self) -> Result<bool> {
        Ok(*self.cell(self.row.early_opening())?)
    }

    /// How full it is, as its staff said; null when nobody said so lately (拥挤程度).
    async fn crowd(&self) -> Answer<Crowd> {
        let rows = self.page.crowd(self.row.id).await.map_err(failed(&self.page));
        rows.map(|rows| Crowd::of(self.ctx(), rows)).transpose()
    }

    /// Queue numbers of today; null while none was issued (排队号).
    async fn queue_numbers(&self) -> Answer<Queue> {
        let rows = self.page.queues(self.row.id).await.map_err(failed(&self.page));
        rows.map(|rows| Queue::today(self.ctx(), rows)).transpose()
    }

    /// Main trades by occupation (主要招聘工种).
    async fn trades(&self) -> Result<Vec<Trade>> {
        let rows = self.page.trades(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().filter_map(listed_trade).collect())
    }

    /// Trades that the catalogue does not have, as written (其他工种).
    async fn other_trades(&self) -> Result<Vec<String>> {
        let rows = self.page.trades(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().filter_map(|t| t.name.clone()).collect())
    }

    /// Public contacts (联系方式).
    async fn contacts(&self) -> Result<Vec<MarketContact>> {
        let rows = self.page.contacts(self.row.id).await.map_err(failed(&self.page))?;
        let public = rows.iter().filter(|c| c.public);
        Ok(public
            .filter_map(|c| {
                Some(MarketContact {
                    id: self.ctx().gid("MarketContact", c.id),
                    label: c.label.clone(),
                    phone: c.phone.clone()?,
                    phone_display: c.phone_display.clone(),
                    public: true,
                })
            })
            .collect())
    }

    /// Services (服务项目).
    async fn services(&self) -> Result<Vec<ServiceKind>> {
        let rows = self.page.services(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|s| s.kind).collect())
    }

    /// Kinds of facilities that are in service (便民设施).
    async fn facilities(&self) -> Result<Vec<FacilityKind>> {
        let rows = self.page.facilities(self.row.id).await.map_err(failed(&self.page))?;
        let mut kinds: Vec<_> =
            rows.iter().filter(|f| f.state != FacilityState::OutOfService).map(|f| f.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Ok(kinds)
    }

    /// Stop-and-go bays (即停即走上车点).
    async fn bays(&self) -> Result<Vec<PickupBay>> {
        let rows = self.page.bays(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(|row| PickupBay::of(self.ctx(), row)).collect())
    }

    /// Standardised, by its checklist (规范化)?
    async fn standardised(&self) -> Result<bool> {
        let rows = self.page.current_checks(self.row.id).await.map_err(failed(&self.page))?;
        let (row, today) = (&self.row, self.ctx().today());
        let verdict = |row: &PublicRow| {
            let (status, nature, interest) = (*row.status()?, *row.nature()?, *row.public_interest()?);
            Ok(standard::verdict(status, nature, interest, &newest(rows), today).standardised)
        };
        self.cell(verdict(row))
    }

    /// What the public is told about rules and complaints (公开事项).
    async fn transparency(&self) -> TransparencyBlock {
        TransparencyBlock::of(self.ctx())
    }

    /// QR code of this page, SVG (二维码).
    async fn qr_svg(&self) -> Result<String> {
        qr_svg(self.ctx(), self.cell(self.row.slug())?)
    }

    /// Remark (备注).
    async fn remark(&self) -> Answer<&str> {
        self.cell(self.row.remark()).map(Option::as_deref).transpose()
    }

    /// Metres from the place that was searched around (距离).
    async fn distance_metres(&self) -> Option<i32> {
        self.distance
    }
}
