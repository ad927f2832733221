//! A market as everybody sees it (公开市场信息): address, hours, trades, contact (人社部发〔2022〕38号 九).

use std::sync::Arc;

use async_graphql::{ID, Object, Result};
use kernel::gql::Answer;
use kernel::{Ctx, Lang};

use super::counts::Queue;
use super::market::{minute_of, qr_svg};
use super::parts::{PickupBay, failed};
use super::reference::{Trade, division_name};
use super::values::{Crowd, MapLinks, MarketContact, Point, TransparencyBlock};
use crate::kinds::{FacilityKind, FacilityState, OperatingNature, ServiceKind};
use crate::queries::directory::PublicRow;
use crate::queries::standard::newest;
use crate::rules::spans::{self, Span};
use crate::rules::standard;
use crate::store::batch::Batch;
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
        let page = Batch::new(ctx, rows.iter().map(|(row, _)| row.id).collect());
        rows.into_iter().map(|(row, distance)| Self { row, distance, page: Arc::clone(&page) }).collect()
    }

    fn ctx(&self) -> &Ctx {
        self.page.ctx()
    }

    fn place(&self) -> Option<kernel::geo::Point> {
        point(self.row.lat, self.row.lng, self.row.crs.as_deref())
    }

    async fn spans(&self) -> Result<Vec<Span>> {
        let rows = self.page.hours(self.row.id).await.map_err(failed(&self.page))?;
        Ok(rows.iter().map(Span::from).collect())
    }
}

/// A market in the public directory (名录市场).
#[Object]
impl PublicMarket {
    /// Id (标识).
    async fn id(&self) -> ID {
        self.ctx().gid("Market", self.row.id)
    }

    /// Its name in URLs (网址编号).
    async fn slug(&self) -> &str {
        &self.row.slug
    }

    /// Name (名称).
    async fn name(&self) -> &str {
        &self.row.display_name
    }

    /// What people call it besides (代称).
    async fn alias(&self) -> Option<&str> {
        self.row.alias.as_deref()
    }

    /// Operating nature (运营性质).
    async fn nature(&self) -> OperatingNature {
        self.row.nature
    }

    /// Who runs it (运营机构名称).
    async fn operator_name(&self) -> Option<&str> {
        self.row.operator_name.as_deref()
    }

    /// The number of the operator's licence, of commercial markets (人力资源服务许可证编号).
    async fn licence_no(&self) -> Option<&str> {
        self.row.licence_no.as_deref().filter(|_| self.row.nature == OperatingNature::Commercial)
    }

    /// Free of charge and in the public interest (公益性)?
    async fn public_interest(&self) -> bool {
        self.row.public_interest
    }

    /// City, county and township (所在区划).
    async fn division_name(&self) -> String {
        division_name(&self.row.division)
    }

    /// Street and number or landmark (详细地址).
    async fn address(&self) -> &str {
        &self.row.address
    }

    /// The point at the door (坐标).
    async fn point(&self) -> Option<Point> {
        self.place().map(Point::from)
    }

    /// Links that open it in a map (地图链接).
    async fn map_links(&self) -> Option<MapLinks> {
        self.place().map(|p| MapLinks::to(p, &self.row.display_name, &self.row.address))
    }

    /// Opening hours in words (运行时间).
    async fn hours_text(&self) -> Result<String> {
        Ok(match self.ctx().lang() {
            Lang::Zh => self.row.hours_text.clone(),
            Lang::En => spans::words(&self.spans().await?, Lang::En),
        })
    }

    /// Today's hours (今日运行时间).
    async fn hours_today(&self) -> Result<Vec<String>> {
        Ok(spans::on_day(&self.spans().await?, self.ctx().today()))
    }

    /// Open now (正在营业)?
    async fn open_now(&self) -> Result<bool> {
        Ok(spans::is_open(&self.spans().await?, self.ctx().today(), minute_of(self.ctx())))
    }

    /// Opens before the office hours of halls (提早开放)?
    async fn early_opening(&self) -> bool {
        self.row.early_opening
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
        Ok(rows.iter().filter_map(|t| Trade::of(t.code.as_deref()?)).collect())
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
        Ok(standard::verdict(row.status, row.nature, row.public_interest, &newest(rows), today).standardised)
    }

    /// What the public is told about rules and complaints (公开事项).
    async fn transparency(&self) -> TransparencyBlock {
        TransparencyBlock::of(self.ctx())
    }

    /// QR code of this page, SVG (二维码).
    async fn qr_svg(&self) -> Result<String> {
        qr_svg(self.ctx(), &self.row.slug)
    }

    /// Remark (备注).
    async fn remark(&self) -> Option<&str> {
        self.row.remark.as_deref()
    }

    /// Metres from the place that was searched around (距离).
    async fn distance_metres(&self) -> Option<i32> {
        self.distance
    }
}
