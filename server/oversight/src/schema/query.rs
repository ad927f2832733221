//! Root fields to read.

use async_graphql::{Context, Object};
use kernel::gql::{self, Answer};

use super::city::DirectoryReturn;
use super::comparison::ProvinceComparison;
use super::first_report::FirstReport;
use super::province::{CityLiaison, ProvinceDeadlines, ProvinceReturn};
use super::reports::ProvinceReports;
use crate::queries;

/// What can be asked of this chapter.
#[derive(Default)]
pub struct OversightQuery;

/// What can be asked of this chapter.
#[Object]
impl OversightQuery {
    /// The city's return of a year (本市年度名录填报).
    async fn directory_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
    ) -> Answer<DirectoryReturn> {
        let ctx = gql::ctx(gql);
        let view = queries::city::directory_return(ctx, year).await;
        gql::found(ctx, view.map(|view| DirectoryReturn::new(ctx, view)))
    }

    /// The city's returns that were begun, and this year's; the latest first (历年名录填报).
    async fn directory_returns(&self, gql: &Context<'_>) -> Answer<Vec<DirectoryReturn>> {
        let ctx = gql::ctx(gql);
        let views = queries::city::directory_returns(ctx).await;
        gql::found(ctx, views.map(|views| DirectoryReturn::many(ctx, views)))
    }

    /// The day of the city's first report; a city without one follows the yearly rule (首次报送日期).
    async fn first_report(&self, gql: &Context<'_>) -> Answer<FirstReport> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, queries::city::first_report(ctx).await.map(FirstReport::from))
    }

    /// Every city with its return of a year, also those that have not handed in; on the platform only (各市报送情况).
    async fn province_returns(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
    ) -> Answer<Vec<ProvinceReturn>> {
        let ctx = gql::ctx(gql);
        let views = queries::province::province_returns(ctx, year).await;
        gql::found(ctx, views.map(|views| ProvinceReturn::many(ctx, views)))
    }

    /// Which markets came and which went in a city since the year before; on the platform only (同比增减).
    async fn province_comparison(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "GB/T 2260 code of the city (市区划代码)")] city_code: String,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
    ) -> Answer<ProvinceComparison> {
        let ctx = gql::ctx(gql);
        let comparison = queries::province::comparison(ctx, &city_code, year).await;
        gql::found(ctx, comparison.map(ProvinceComparison))
    }

    /// The dates of a year; on the platform only (报送期限).
    async fn province_deadlines(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
    ) -> Answer<ProvinceDeadlines> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, queries::province::deadlines(ctx, year).await.map(ProvinceDeadlines::from))
    }

    /// The frozen versions of a year's roll-up, and what is lacking for another; on the platform only (全省汇总定稿).
    async fn province_reports(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
    ) -> Answer<ProvinceReports> {
        let ctx = gql::ctx(gql);
        let view = queries::reports::reports(ctx, year).await;
        gql::found(ctx, view.and_then(|view| ProvinceReports::of(ctx, view)))
    }

    /// The cities with their liaison persons; on the platform only (各市对接人).
    async fn province_liaisons(&self, gql: &Context<'_>) -> Answer<Vec<CityLiaison>> {
        let ctx = gql::ctx(gql);
        let known = queries::province::liaisons(ctx).await;
        gql::found(ctx, known.map(|known| known.into_iter().map(CityLiaison::from).collect()))
    }
}
